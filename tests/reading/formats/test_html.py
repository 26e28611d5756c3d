"""Web pages: the text stays, the furniture goes, and what the page says of its text becomes facts."""

from __future__ import annotations

import time

import pytest
from format_files import real_paragraphs, web_page

from policykb.errors import ReadError
from policykb.models import Source
from policykb.reading.html import read_html
from policykb.reading.mht import read_mht

LINKS = "".join(f'<li><a href="/{n}">某市召开第{n}次会议，部署工作</a><span>07-2{n}</span></li>' for n in range(5))

GOVERNMENT_TABLE = """<table><tr><td>索 引 号：</td><td>000014349/2015-00012</td><td>主题分类：</td><td>党建</td></tr>
<tr><td>发文机关：</td><td>某省人民政府办公厅</td><td>成文日期：</td><td>2015年1月30日</td></tr>
<tr><td>标　　题：</td><td colspan=3>某省人民政府办公厅关于加强基层党建工作的通知</td></tr>
<tr><td>发文字号：</td><td>某政办发〔2015〕3号</td><td>发布日期：</td><td>2015-02-03</td></tr></table>"""

GOVERNMENT_LIST = """<ul><li><b>索引号：</b>000014349/2015-00012</li><li><b>发布机构：</b>某省人民政府办公厅</li>
<li><b>发文日期：</b>2015年01月30日</li><li><b>文　　号：</b>某政办发〔2015〕3号</li><li>有效性：</li></ul>"""


def read(page: str, encoding: str = "utf-8") -> Source:
    """The source of a page."""
    return read_html(page.encode(encoding), "page.html")[0]


def facts_of(source: Source) -> dict[str, str]:
    """The facts of a source, the last of each field."""
    return {fact.field: fact.value for fact in source.facts}


def old_page(title: str, paragraphs: list[str]) -> str:
    """A page of the table layouts of 2005: no paragraph, only line breaks."""
    text = "<br><br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{paragraph}" for paragraph in paragraphs)
    return (
        f"<html><head><title>{title}</title></head><body><form><table><tr><td>联系我们 | 加入收藏</td></tr><tr>"
        f"<td><table>{LINKS.replace('li>', 'tr>')}</table></td><td><table><tr><td>当前位置: 党建网 &gt; 正文</td></tr>"
        f"<tr><td><font size=5>{title}</font></td></tr><tr><td>2017-07-25 11:28:45 来源：《某日报》</td></tr>"
        f"<tr><td><font>{text}</font></td></tr><tr><td>上一篇：<a href=1>某会议</a></td></tr></table></td></tr>"
        "<tr><td>主办单位：某市委组织部 地址：某路1号 电话：0000-0000000</td></tr></table></form></body></html>"
    )


def chat_page(title: str, paragraphs: list[str]) -> str:
    """An article of a chat account: sections in sections, the text hidden until a script shows it."""
    text = "".join(f"<section><p><span>{line[:9]}</span><b>{line[9:]}</b></p></section>" for line in paragraphs)
    return (
        f'<html><head><meta property="og:title" content="{title}"></head><body><h1>\n{title}\n</h1>'
        f'<div>某区党建 <em>2020-05-01</em></div><div id="js_content" style="visibility: hidden">{text}</div>'
        "<div>微信扫一扫<br>关注该公众号</div></body></html>"
    )


def boxes_page(title: str, paragraphs: list[str]) -> str:
    """Nothing but div, and a box of other texts that hold sentences too."""
    text = "".join(f"<div>{paragraph}</div>" for paragraph in paragraphs)
    return (
        f"<html><head><title>{title}_某网</title></head><body><div><div>{LINKS}</div></div><div><div><div>{title}</div>"
        f"<div>发布时间：2020-01-01 作者：某某 点击数：<span>22</span></div><div>{text}</div>"
        "<div>[ 打印 ] [ 关闭 ]</div>"
        "</div><div><div>推荐阅读</div><div><a href=1>某县抓党建促脱贫</a></div><div>近日，某县召开会议，安排部署工作。"
        "</div></div></div><div>版权所有：某网</div></body></html>"
    )


def content_system_page(title: str, paragraphs: list[str]) -> str:
    """A page of a government's content system, its text in a box that is named like a print button."""
    around = (
        "<ul><li>时间：2019-09-18 06:23</li><li>来源：本站</li><li>打印 字体：<a>大</a> <a>小</a></li></ul>",
        f'<div class="related"><h3>相关新闻</h3><ul>{LINKS}</ul></div>',
    )
    page = web_page(title, paragraphs, around=around)
    return page.replace('class="article"', 'class="detail-printer"').replace('id="content"', 'class="TRS_Editor"')


PAGES = [old_page, chat_page, boxes_page, content_system_page]


@pytest.mark.parametrize("page", PAGES)
def test_a_long_text_comes_out_paragraph_by_paragraph(page):
    """Does every habit of building pages give the title and the paragraphs, nothing lost and nothing added?"""
    paragraphs = real_paragraphs()
    title = "加强城市基层党建　夯实党在城市的执政基础"
    assert read(page(title, paragraphs)).text.split("\n") == [title, *paragraphs]


@pytest.mark.parametrize("page", PAGES)
def test_a_short_notice_keeps_its_text_and_loses_the_navigation(page):
    """Is a notice of two lines told from the longer furniture around it, down to its signature?"""
    notice = ["各支部：", "定于本周五下午召开党员大会，请准时参加。", "某社区党委", "2018年5月17日"]
    assert read(page("关于召开党员大会的通知", notice)).text.split("\n") == ["关于召开党员大会的通知", *notice]


def test_attachments_stay_in_the_text():
    """Is a list of attached files text, though it is made of links?"""
    page = web_page(
        "通知",
        [
            "请各单位按要求报送材料，逾期不候。",
            '附件：<a href="1.doc">1.报名表.doc</a>',
            '<a href="2.xls">2.名单.xls</a>',
        ],
    )
    assert read(page).text.endswith("附件：1.报名表.doc\n2.名单.xls")


def test_tables_stay_tables():
    """Is a table of data a line a row, and a table for layout no table at all?"""
    table = "<table><tr><th>序号</th><th>任务</th></tr><tr><td>1</td><td>排查<br>整顿</td></tr></table>"
    page = web_page("任务", ["任务分解如下，请认真落实。"]).replace("</p></div>", f"</p>{table}</div>")
    assert read(page).text.endswith("序号 | 任务\n1 | 排查 整顿")


def test_meta_tags_of_government_sites_become_facts():
    """Are title, date and source taken from the tags that government sites must have?"""
    head = (
        '<meta name="ArticleTitle" content="某市推进党建工作"><meta name="PubDate" content="2019-09-18 06:23">'
        '<meta name="ContentSource" content="某日报"><meta name="Author" content="">'
    )
    source = read(web_page("某市推进党建工作", real_paragraphs()[:3], head=head))
    assert facts_of(source) == {"title": "某市推进党建工作", "published_on": "2019-09-18", "publisher": "某日报"}


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("来源：某日报 发布时间：2018-05-17 浏览次数：2168", {"publisher": "某日报", "published_on": "2018-05-17"}),
        (
            "2017年7月25日 11:28 来源: 某报 作者：甲乙、丙丁",
            {"published_on": "2017-07-25", "publisher": "某报", "authors": "丙丁"},
        ),
        ("来源:\n  | 发布时间: 2018-05-17 | 浏览次数: <span>2168</span>", {"published_on": "2018-05-17"}),
        ("来　源：某报　　责任编辑：某某　字体：[大 中 小]", {"publisher": "某报", "editor": "某某"}),
    ],
)
def test_the_line_under_the_title_becomes_facts(line, facts):
    """Is the line with source and time read into facts and kept out of the text?"""
    source = read(web_page("某市推进党建工作", real_paragraphs()[:3], around=(f"<div>{line}</div>", "")))
    assert {**facts_of(source)} == {"title": "某市推进党建工作", **facts}
    assert "来源" not in source.text


@pytest.mark.parametrize("table", [GOVERNMENT_TABLE, GOVERNMENT_LIST])
def test_the_metadata_table_of_a_government_site_becomes_facts(table):
    """Are number, authority and date read from the table, whatever it is built of, and the table left out?"""
    page = web_page("关于加强基层党建工作的通知", ["各市、县人民政府：", "现就有关事项通知如下。"], around=(table, ""))
    source = read(page)
    facts = facts_of(source)
    assert facts["document_number"] == "某政办发〔2015〕3号"
    assert facts["issuing_authority"] == "某省人民政府办公厅"
    assert facts["issued_on"] == "2015-01-30"
    assert "索引号" not in source.text.replace(" ", "")


def test_a_table_of_the_text_is_not_taken_for_metadata():
    """Does a table of tasks with a column 日期 stay in the text?"""
    table = "<table><tr><td>任务</td><td>日期</td></tr><tr><td>培训</td><td>2015年1月</td></tr></table>"
    page = web_page("安排", ["具体安排如下，请遵照执行。"]).replace("</p></div>", f"</p>{table}</div>")
    assert "任务 | 日期" in read(page).text


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8"])
def test_the_encoding_is_what_the_bytes_show(declared):
    """Is a page called gb2312 read as GB18030, so that rarer characters live?"""
    page = web_page("镕堃喆玥", real_paragraphs()[:2]).replace('"utf-8"', f'"{declared}"')
    encoding = "utf-8" if declared == "utf-8" else "gb18030"
    source = read(page, encoding)
    assert (source.encoding, source.text.split("\n")[0]) == (encoding, "镕堃喆玥")


def test_a_page_with_a_few_broken_bytes_is_read_with_its_losses_marked():
    """Does one cut character cost that character only?"""
    data = web_page("通知", real_paragraphs()).replace("utf-8", "gb2312").encode("gb18030")
    broken = data.replace("城市".encode("gb18030"), b"\xb3\xff\xca\xd0", 1)
    source = read_html(broken, "page.html")[0]
    assert source.encoding == "gb18030" and "\ufffd" in source.text


def test_null_bytes_are_passed_over():
    """Does a page with null bytes between its characters read like the page without?"""
    page = web_page("通知", ["请各支部按时参加会议，不得缺席。"]).encode()
    assert read_html(page.replace(b"<p>", b"<p>\0"), "x.html")[0].text == read_html(page, "x.html")[0].text


def test_deep_nesting_costs_no_text_and_little_time():
    """Are 100,000 boxes inside of each other read in a second, with what stands inside and behind them?"""
    page = "<html><body>" + "<div>" * 100_000 + "<p>在很深的地方，有一句话。</p>" + "</div>" * 100_000
    started = time.perf_counter()
    text = read(page + "<p>外面，还有一句话。</p></body></html>").text
    assert time.perf_counter() - started < 5
    assert text == "在很深的地方，有一句话。\n外面，还有一句话。"


def test_nothing_is_fetched_or_expanded():
    """Do external entities stay what they are: nothing?"""
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>正文，&x;一句话。</p></body></html>'
    assert "root:" not in read(page).text


@pytest.mark.parametrize("page", ["<html><body><script>document.write(1)</script></body></html>", "<html></html>"])
def test_a_page_without_text_is_refused_with_the_remedy(page):
    """Is a page that a script would fill named as such?"""
    with pytest.raises(ReadError, match="浏览器"):
        read(page)


def test_a_web_archive_is_read_like_its_page():
    """Is the page of a .mht found among its parts, through quoted-printable and GBK?"""
    page = web_page("通知", ["请各支部按时参加会议，不得缺席。"]).replace("utf-8", "gbk")
    quoted = "".join(f"={byte:02X}" for byte in page.encode("gbk"))
    lines = "=\r\n".join(quoted[start : start + 72] for start in range(0, len(quoted), 72))
    archive = (
        'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="B"\r\n\r\n'
        '--B\r\nContent-Type: text/html; charset="gbk"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        f"{lines}\r\n--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n--B--\r\n"
    )
    assert read_mht(archive.encode(), "a.mht")[0].text == "通知\n请各支部按时参加会议，不得缺席。"


def test_labels_in_brackets_are_data_of_the_page():
    """Is a list of [成文日期] 2016-05-28 read into the fields, each date into its own?"""
    labels = "[主题分类] 党建", "[发文机构] <span>某市委组织部</span>", "[实施日期] 2016-05-29", "[成文日期] 2016-05-28"
    listed = "".join(
        f"<li>{label}</li>" for label in (*labels, "[发文字号] 某组发〔2016〕2号", "[发布日期] 2016-06-02")
    )
    page = web_page("关于推进基层党建工作的通知", real_paragraphs()[:3]).replace("<h1", f"<ol>{listed}</ol><h1", 1)
    facts = facts_of(read(page))
    dates = facts["issued_on"], facts["published_on"]
    assert dates == ("2016-05-28", "2016-06-02")
    assert (facts["issuing_authority"], facts["document_number"]) == ("某市委组织部", "某组发〔2016〕2号")


def test_a_list_of_definitions_is_data_of_the_page():
    """Are dt and dd a label and its value, and is a label without value not given the next line?"""
    terms = "".join(
        f"<dt>{label}：</dt><dd>{value}</dd>" for label, value in (("索引号", "1"), ("文号", "某发〔2019〕1号"))
    )
    listed = f"<dl>{terms}<dt>成文日期：</dt><dd>2019-03-06</dd><dt>主题词：</dt><dd></dd></dl>"
    page = web_page("关于推进基层党建工作的通知", real_paragraphs()[:3]).replace("<h1", f"{listed}<h1", 1)
    source = read(page)
    facts = facts_of(source)
    assert (facts["document_number"], facts["issued_on"]) == ("某发〔2019〕1号", "2019-03-06")
    assert source.text.startswith("关于推进基层党建工作的通知")


@pytest.mark.parametrize("date", ["發佈時間", "發布時間"])
def test_a_page_in_traditional_characters_says_the_same(date):
    """Are the labels under the title read in Traditional characters too, and the foot left out?"""
    data = f"<p>{date}：2020-08-12 來源：某日報 瀏覽次數：77</p>"
    page = web_page("某市推進黨建工作", real_paragraphs()[:3]).replace("</h1>", f"</h1>{data}", 1)
    source = read(page.replace("</body>", "<p>版權所有 某日報社</p></body>"))
    facts = facts_of(source)
    assert (facts["published_on"], facts["publisher"]) == ("2020-08-12", "某日報")
    assert "版權所有" not in source.text and "瀏覽次數" not in source.text


@pytest.mark.parametrize("window", ["某县人民政府", "党建网", ""])
def test_a_title_that_nothing_marks_is_found_over_the_data_of_the_page(window):
    """Is the line over 来源：… the title where no tag names it and the window shows the site alone?"""
    title, body = (
        "某县人民政府办公室关于推进社区治理工作的意见",
        "".join(f"<p>{line}</p>" for line in real_paragraphs()[:3]),
    )
    page = (
        f"<html><head><title>{window}</title></head><body><a href=/>首页</a><table><tr><td><b>{title}</b></td>"
        f"</tr><tr><td>发布日期：2022-09-15 来源：县委办</td></tr><tr><td>{body}</td></tr></table></body></html>"
    )
    source = read(page)
    assert source.text.split("\n")[0] == title
    assert facts_of(source).get("title", title) == title
