"""Page junk goes, its facts stay, and nothing of the body goes with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from policykb.cleaning import clean
from policykb.cleaning.junk_rules import Rule, junk_rules
from policykb.models import CleanText, Source
from policykb.reading import read_sources

CORPUS = Path(__file__).parents[2] / "corpus"
BODY = "县委组织部召开全县基层党建工作推进会，各乡镇（街道）党（工）委书记参加会议，会议部署了下一步任务。"


def cleaned(text: str) -> CleanText:
    """``text`` as a source, cleaned."""
    return clean(Source(name="page.txt", text=text, encoding="utf-8", sha256="0" * 64))


def facts_of(result: CleanText) -> dict[str, str]:
    """The first fact of each field."""
    return {fact.field: fact.value for fact in reversed(result.facts)}


RULES = junk_rules()


@pytest.mark.parametrize("rule", RULES.line, ids=lambda rule: rule.name)
def test_a_line_of_junk_goes(rule: Rule) -> None:
    """Does the example of each rule about lines go, at the head or the tail, and the body stay whole?"""
    page = f"{BODY}\n{rule.example}" if rule.zone == "tail" else f"{rule.example}\n{BODY}"
    assert cleaned(page).text == BODY


@pytest.mark.parametrize("rule", RULES.caption, ids=lambda rule: rule.name)
def test_a_caption_between_paragraphs_goes(rule: Rule) -> None:
    """Does the line under a picture go from between two paragraphs, and a sentence about pictures stay?"""
    assert cleaned(f"{BODY}\n{rule.example}\n{BODY}").text == f"{BODY}\n{BODY}"
    sentence = "社区绘制民情地图，为每一户居民建立台账。"
    assert cleaned(f"{BODY}\n{sentence}\n{BODY}").text == f"{BODY}\n{sentence}\n{BODY}"


@pytest.mark.parametrize("rule", RULES.advertisement, ids=lambda rule: rule.name)
@pytest.mark.parametrize("page", ["{}\n{body}", "{body}\n{}\n{body}", "{body}\n{}"])
def test_a_line_of_advertisement_goes_from_anywhere(page: str, rule: Rule) -> None:
    """Does it go from above, between and below paragraphs?"""
    assert (
        cleaned(page.format(rule.example, body=BODY)).text == page.format("", body=BODY).replace("\n\n", "\n").strip()
    )


@pytest.mark.parametrize(
    "line",
    [
        "打击六合彩等网上赌博违法行为",
        "关于体育彩票公益金使用情况的公示",
        "整治电子游戏机和老虎机",
        "彩票公益金资助项目下达",
    ],
)
def test_a_heading_that_speaks_of_gambling_stays(line: str) -> None:
    """Is a line without an invitation to gamble left where it is?"""
    assert cleaned(f"{BODY}\n{line}\n{BODY}").text == f"{BODY}\n{line}\n{BODY}"


def test_a_menu_copied_line_by_line_goes_with_its_breadcrumb() -> None:
    """Do the short lines above 当前位置 go, those that no list knows too, and the title below stay?"""
    page = f"首页\n走进某县\n政务公开\n当前位置：首页 > 政务公开\n某县召开推进会\n{BODY}"
    assert cleaned(page).text == f"某县召开推进会\n{BODY}"
    assert cleaned(f"某县召开推进会\n{BODY}").text == f"某县召开推进会\n{BODY}"


@pytest.mark.parametrize("rule", RULES.piece, ids=lambda rule: rule.name)
def test_a_line_of_data_about_the_text_goes(rule: Rule) -> None:
    """Does the example of each piece go when it stands alone above the body?"""
    assert cleaned(f"{rule.example}\n{BODY}").text == BODY


@pytest.mark.parametrize("line", ["来源丨某县委办", "作者｜李红", "编辑丨李红 审核丨王明", "来源 | 某县委办"])
def test_labels_of_an_account_s_article_may_end_in_a_bar(line: str) -> None:
    """Do they go with a bar for the colon too?"""
    assert cleaned(f"{BODY}\n{line}").text == BODY


@pytest.mark.parametrize("rule", RULES.opening, ids=lambda rule: rule.name)
def test_a_glued_opening_goes(rule: Rule) -> None:
    """Does what a scraper glued to the beginning go?"""
    assert cleaned(rule.example + BODY).text == BODY


@pytest.mark.parametrize("rule", RULES.ending, ids=lambda rule: rule.name)
def test_a_glued_ending_goes(rule: Rule) -> None:
    """Does what a scraper glued to the end go?"""
    assert cleaned(BODY + rule.example).text == BODY


@pytest.mark.parametrize("rule", [rule for rule in RULES.footer if rule.sure], ids=lambda rule: rule.name)
def test_a_footer_goes(rule: Rule) -> None:
    """Does a footer go with the weaker lines that touch it?"""
    page = f"{BODY}\n{rule.example}\n联系电话:0835-1234567\n地址:某县人民路1号"
    assert cleaned(page).text == BODY


def test_facts_are_kept_before_their_line_goes() -> None:
    """Do date, source, author and editor of the page become facts with what stood there?"""
    result = cleaned(f"2017-07-25 11:28:45  来源:《中国组织人事报》 作者:常春晖\n{BODY}\n责任编辑:宋巍")
    assert result.text == BODY
    assert facts_of(result) == {
        "published_on": "2017-07-25",
        "publisher": "中国组织人事报",
        "authors": "常春晖",
        "editor": "宋巍",
    }
    assert [fact.quote for fact in result.facts][:2] == ["2017-07-25", "《中国组织人事报》"]


def test_front_matter_becomes_facts() -> None:
    """Are title, date and owner read out of front matter, and does it go?"""
    keys = "title: 某大学->【专栏】落实好“两个待遇” | example.com\ndate: 2023-03-09 10:20:30\ntags:\n- 党建"
    page = f"---\n{keys}\n---\n{BODY}"
    result = cleaned(page)
    assert result.text == BODY
    assert facts_of(result) == {
        "title": "【专栏】落实好“两个待遇”",
        "publisher": "某大学",
        "published_on": "2023-03-09",
    }


def test_a_list_of_other_texts_goes_with_its_heading() -> None:
    """Does the list behind 相关新闻 go, down to its last line?"""
    page = f"{BODY}\n相关新闻\n- 2017-12-25我市举办文化旅游节\n- 2017-12-22市政府党组召开会议\n下一页"
    assert cleaned(page).text == BODY


def test_an_injected_advertisement_goes_wherever_it_was_put() -> None:
    """Is an advertisement seen alone in the menu taken out of the sentence it was put into, too?"""
    advertisement = "中国体彩票app官方下载"
    page = f"首页 {advertisement} 党建要闻 通知公告\n{BODY}\n{advertisement}某市委组织部发布了公告，欢迎干部群众监督。"
    assert cleaned(page).text.split("\n")[1].startswith("某市委组织部发布了公告")


@pytest.mark.parametrize(
    "body",
    [
        "联系人：李红，联系电话：0835-2852159。",
        "各乡镇党委，县直各部门党组织：",
        "附件：1.考核评分表",
        "中共某县委组织部\n2015年1月30日",
        "（此件公开发布）",
        "彩票公益金用于社区养老，县财政每年安排30万元。",
        "（作者系中共某市委组织部副部长）",
        "王国全 黄俊基 李明 张伟 赵敏",
        "一、指导思想",
    ],
)
def test_what_only_looks_like_junk_stays(body: str) -> None:
    """Do contact notes, signature blocks, attachments, author notes and name lists of the text stay?"""
    text = f"关于做好考评工作的通知\n{BODY}\n{body}"
    assert cleaned(text).text == text


def test_captions_between_sentences_go() -> None:
    """Does a caption with its photographer, glued between two sentences, go?"""
    page = "宣讲了先进事迹。开展入户宣传（某某网发 彭某 摄）在某县有一位老人，她叫李红。"
    assert cleaned(page).text == "宣讲了先进事迹。在某县有一位老人，她叫李红。"


def test_stray_question_marks_go_and_what_they_surround_stays() -> None:
    """Do the marks of characters that the page lost go, and the number between them stay?"""
    page = f"?\n??576??\n省委领导小组办公室???????\n?\n{BODY}"
    assert cleaned(page).text == f"576\n省委领导小组办公室\n{BODY}"


def test_words_that_became_question_marks_are_marked_as_lost() -> None:
    """Does a run of ? between two Chinese characters leave a mark, and is it logged as a loss?"""
    clean_text = cleaned("认真落实????安排，抓好工作。")
    assert clean_text.text == "认真落实⍰安排，抓好工作。"
    assert [(repair.kind.value, repair.before) for repair in clean_text.repairs] == [("lost", "????")]


def test_a_sentence_cut_by_a_comment_is_whole_again() -> None:
    """Is a sentence joined where a comment stood in it, and markdown's emphasis gone?"""
    page = "**编者按**\n\n：报告把“做好离退休干\n<!--more-->\n部工作”放在重要位置。"
    assert cleaned(page).text == "编者按：报告把“做好离退休干部工作”放在重要位置。"


HEADS_AND_TAILS = {
    "fuzhou-grassroots-bulletin-2012": ("576\n", "多元化的经费保障机制。"),
    "heilongjiang-grassroots-year-2012": ("我省深入开展", "步步为营，再创佳绩。"),
    "jiuquan-party-building-overview-2017": ("党旗高扬谱新篇——", "战斗堡垒和先锋模范作用。"),
    "urban-party-building-practices-2017": ("加强城市基层党建 夯实", "更好地服务居民群众。"),
}


@pytest.mark.parametrize("name", HEADS_AND_TAILS)
def test_the_pages_of_the_corpus_lose_their_junk_and_nothing_else(name: str) -> None:
    """Do the pages begin and end with their texts, and are all long paragraphs there to the last character?"""
    source = read_sources(CORPUS / f"{name}.txt")[0]
    result = clean(source)
    begin, end = HEADS_AND_TAILS[name]
    assert result.text.startswith(begin)
    assert result.text.endswith(end)
    plain = str.maketrans("", "", ' \t\u3000\xa0"“”')
    wide = str.maketrans(",:;?!()", "，：；？！（）")
    kept = {line.translate(plain) for line in result.text.split("\n")}
    for line in source.text.translate(wide).translate(plain).split("\n"):
        assert len(line) < 60 or "地址" in line or "主办" in line or "Copyright" in line or line in kept


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("# 标题\n\n## 建强组织\n\n<!--more-->\n\n各支部定期活动。", "标题\n建强组织\n各支部定期活动。"),
        ("各支部定期\n\n<!--more-->\n\n开展活动。", "各支部定期开展活动。"),
    ],
)
def test_a_comment_below_a_heading_leaves_the_heading_its_line(raw: str, want: str) -> None:
    """Is a sentence around a comment put together again, and a heading above one not?"""
    assert "\n".join(filter(None, cleaned(raw).text.split("\n"))) == want
