"""Header, signature block and parts: small texts of the forms that official and news pages have."""

import pytest
from structure_texts import LONG, document_of, documents_of, outline

from policykb.structure.dates import is_date_line, partial_date
from policykb.structure.organs import is_organ, is_person, persons


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2015年1月30日", "2015-01-30"),
        ("二〇一五年一月三十日", "2015-01-30"),
        ("二○二三年八月", "2023-08"),
        ("2023-08-09 07:15", "2023-08-09"),
        ("23-08-09 07:15", "2023-08-09"),
        ("2012/3/16", "2012-03-16"),
        ("20123月16", "2012-03-16"),
        ("2012.03.16", "2012-03-16"),
        ("2010年第2期", "2010"),
        ("2012年13月40日", "2012"),
        ("第16期", None),
        ("", None),
    ],
)
def test_dates_are_read_as_precisely_as_they_are_written(text, date):
    """Is a date of any habit of writing understood, and none made of what is none?"""
    assert partial_date(text) == date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015年1月30日", True),
        ("（2013年5月13日）", True),
        ("二〇二三年八月三日", True),
        ("2015年1月30日召开会议", False),
    ],
)
def test_a_date_line_holds_nothing_but_a_date(text, expected):
    """Is a line of the signature block told from a sentence that begins with a date?"""
    assert is_date_line(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中共XX县教育局委员会", True),
        ("XX县人民政府办公室", True),
        ("省委创先争优活动领导小组办公室", True),
        ("关于加强街道办公室", False),
        ("建立党建工作领导小组", False),
        ("百日攻坚", False),
        ("加强党的领导，健全党委", False),
    ],
)
def test_authorities_are_told_by_their_endings(text, expected):
    """Is the name of an authority recognised, and a sentence not taken for one?"""
    assert is_organ(text) is expected


def test_persons_are_told_by_surname_and_length():
    """Are lines of names read, spaced-out ones too, and words of the same length not?"""
    assert persons("李柏红") == ("李柏红",)
    assert persons("王国全 欧阳晓明") == ("王国全", "欧阳晓明")
    assert persons("李 明") == ("李明",)
    assert not is_person("组织建设")
    assert persons("方案") == ()


NOTICE = f"""X政办发〔2023〕15号
XX县人民政府办公室
关于做好2023年招生工作的通知
各乡镇人民政府，县直各单位：
为做好招生工作，现将有关事项通知如下：
一、加强组织领导。{LONG}
二、严格招生纪律。{LONG}
附件：1.招生计划表
2.学区划分表
XX县人民政府办公室
二〇二三年八月三日
（此件公开发布）
抄送：县委办公室，县政协办公室。"""


def test_a_notice_is_read_from_number_to_imprint():
    """Are all parts of a red-header document in their fields, and none of them in the body?"""
    document = document_of(NOTICE)
    assert document.kind.value == "notice"
    assert document.title == "XX县人民政府办公室关于做好2023年招生工作的通知"
    assert document.issuing_authority == "XX县人民政府办公室"
    assert document.document_number == "X政办发〔2023〕15号"
    assert document.addressees == ("各乡镇人民政府", "县直各单位")
    assert document.issued_on == "2023-08-03"
    assert outline(document) == [[1, "一、", "加强组织领导"], [1, "二、", "严格招生纪律"]]
    assert document.text[: document.passages[-1].end].endswith("见到成效。")


@pytest.mark.parametrize(
    "number", ["X政办发〔2023〕15号", "X政办发[2023]15号", "X政办发(2023)15号", "X组电明〔2014〕XX号"]
)
def test_document_numbers_are_kept_as_they_are_written(number):
    """Is the number found whatever its brackets are?"""
    assert document_of(NOTICE.replace("X政办发〔2023〕15号", number)).document_number == number


@pytest.mark.parametrize("line", ["主要做法：", "现将有关情况汇报如下：", "一是加强领导："])
def test_a_line_that_ends_with_a_colon_is_not_always_an_address(line):
    """Are only names of authorities and groups taken for addressees?"""
    assert document_of(f"基层党建工作情况\n{line}\n{LONG}").addressees == ()


def test_a_title_over_several_lines_is_put_together():
    """Do lines of one title become one, and a subtitle not?"""
    text = f"关于印发《青石镇党建工作\n三年行动方案\n（2018—2020年）》的通知\n各党支部：\n{LONG}"
    assert document_of(text).title == "关于印发《青石镇党建工作三年行动方案（2018—2020年）》的通知"
    assert document_of(f"深耕网格惠民生\n基层治理的新探索\n{LONG}").title == "深耕网格惠民生"


def test_an_attached_plan_is_a_document_of_its_own():
    """Is a plan that is bound in behind a notice's signature told apart from the notice?"""
    text = (
        f"关于印发实施方案的通知\n各党支部：\n{LONG}\n中共青石镇委员会\n2018年9月30日\n青石镇党建实施方案\n{LONG * 4}"
    )
    notice, plan = documents_of(text)
    assert (notice.kind.value, notice.issued_on, notice.issuing_authority) == (
        "notice",
        "2018-09-30",
        "中共青石镇委员会",
    )
    assert (plan.kind.value, plan.title) == ("plan", "青石镇党建实施方案")


@pytest.mark.parametrize("form", ["第{}篇：{}", "篇{}：{}", "【第{}篇】{}", "推荐第{}篇：{}"])
def test_numbered_parts_are_documents(form):
    """Is a page of several texts split at its part lines, whatever their form?"""
    text = "\n".join(form.format(number, f"党建材料之{number}") + "\n" + LONG for number in "一二三")
    assert [document.title for document in documents_of(text)] == ["党建材料之一", "党建材料之二", "党建材料之三"]


def test_a_part_line_alone_or_out_of_order_splits_nothing():
    """Is a text kept whole where 第一篇 is only mentioned?"""
    assert len(documents_of(f"第一篇：总论\n{LONG}\n{LONG}")) == 1
    assert len(documents_of(f"第二篇：总论\n{LONG}\n第五篇：分论\n{LONG}")) == 1


def test_equal_parts_get_different_ids():
    """Do two parts of the same words stay two documents?"""
    first, second = documents_of(f"{LONG * 4}", document_id="law-1") + documents_of(f"{LONG * 4}", document_id="law-2")
    assert (first.id, second.id) == ("law-1", "law-2")
    text = "\n".join(f"第{number}篇：\n{LONG}" for number in "一二")
    twins = documents_of(text, document_id="page")
    assert [document.id for document in twins] == ["page", "page-2"]


@pytest.mark.parametrize(
    ("text", "kind", "authority", "authors"),
    [
        (f"网格惠民生\n酒泉日报记者 王国全 通讯员 黄俊基\n{LONG}", "news", "酒泉日报", ("王国全", "黄俊基")),
        (f"青石日报5月6日讯（记者 李明）{LONG}", "news", "青石日报", ("李明",)),
        (f"网格惠民生\n{LONG}兰州日报社全媒体记者 赵山 文/图", "news", "兰州日报社", ("赵山",)),
        (f"网格惠民生\n{LONG}\n（来源：青石发布）", "news", "青石发布", ()),
        (f"网格与治理\n李柏红\n{LONG}\n（作者系县委组织部副部长）", "essay", None, ("李柏红",)),
    ],
)
def test_bylines_tell_news_from_essays(text, kind, authority, authors):
    """Who wrote, for which paper, and is it news or an article of an author?"""
    document = document_of(text)
    assert (document.kind.value, document.issuing_authority, document.authors) == (kind, authority, authors)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于加强基层党建工作的意见", "opinion"),
        ("关于开展主题党日活动的请示", "request"),
        ("基层党建工作实施方案（试行）", "plan"),
        ("2019年度党建工作要点", "plan"),
        ("街道2020年工作总结", "summary"),
        ("关于召开会议的函", "letter"),
        ("关于表彰先进的决定", "decision"),
        ("党组会议纪要", "minutes"),
        ("关于先进典型的通报", "bulletin"),
        ("青石市基层党建工作综述", "news"),
        ("在全市组织部长会议上的讲话", "essay"),
        ("网格里的变化", "essay"),
    ],
)
def test_the_last_word_of_the_title_tells_the_kind(title, kind):
    """Is the kind of document (文种) read from the title?"""
    assert document_of(f"{title}\n{LONG}").kind.value == kind


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("现提出如下意见", "opinion"),
        ("特制定本方案", "plan"),
        ("现将有关事项通知如下", "notice"),
        ("现将工作情况报告如下", "report"),
    ],
)
def test_the_form_tells_the_kind_where_the_title_does_not(phrase, kind):
    """Is the phrase that opens an official text understood?"""
    assert document_of(f"加强基层建设\n{LONG}{phrase}。\n{LONG}").kind.value == kind


@pytest.mark.parametrize("title", ["社区党员收集群众意见", "青石社区有了新办法"])
def test_news_whose_title_ends_like_a_kind_of_document_stays_news(title):
    """Is a published text without any form of an official document news, whatever word ends its title?"""
    facts = [("published_on", "2023-08-09"), ("publisher", "青石日报")]
    assert document_of(f"{title}\n{LONG}", facts).kind.value == "news"
    assert document_of(f"{title}\n一、总体要求\n{LONG}\n二、任务\n{LONG}", facts).kind.value != "news"


def test_a_bulletin_is_known_by_its_issue():
    """Are masthead, issue, authority and date of a bulletin no title?"""
    document = document_of(f"工作简报\n第12期\n中共青石县委组织部  2019年5月6日\n我县“三联三送”活动成效明显\n{LONG}")
    assert (document.kind.value, document.document_number) == ("bulletin", "第12期")
    assert (document.title, document.issuing_authority) == ("我县“三联三送”活动成效明显", "中共青石县委组织部")
    assert document.issued_on == "2019-05-06"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"青石县：“网格”行动 共筑“防火墙”为进一步增强服务意识，{LONG}{LONG}", "青石县：“网格”行动 共筑“防火墙”"),
        (f"青石县擦亮工作室“红色名片”央广网青石8月19日消息（记者李斐）{LONG}", "青石县擦亮工作室“红色名片”"),
    ],
)
def test_a_title_that_lost_its_line_break_is_cut_off(text, title):
    """Is the title found where it is glued to the first sentence?"""
    document = document_of(text, facts=[("published_on", "2023-08-19 10:30")])
    assert document.title == title
    assert document.published_on == "2023-08-19"
    assert not document.text[document.passages[0].start :].startswith(title)


def test_what_the_page_says_fills_what_the_text_does_not():
    """Are page facts used, and does the text count before them?"""
    facts = [("title", "页面标题"), ("issued_on", "2020-01-02"), ("authors", "张三、李四"), ("publisher", "青石网")]
    document = document_of(LONG + LONG, facts)
    assert (document.title, document.issued_on) == ("页面标题", "2020-01-02")
    assert (document.authors, document.publisher) == (("张三", "李四"), "青石网")
    assert document_of(f"文中标题\n{LONG}", facts).title == "文中标题"


def test_a_text_without_title_is_called_by_its_first_words():
    """Is there always a title, verbatim from the text?"""
    document = document_of("随着社区管理重心下移，楼组的作用日益凸显。" + LONG)
    assert document.title == "随着社区管理重心下移，楼组的作用日益凸显"
    assert document_of("只有一行").title == "只有一行"


def test_blank_texts_hold_no_document():
    """Does a text of blanks give nothing instead of an empty document?"""
    assert documents_of(" \n\u3000\n") == ()
