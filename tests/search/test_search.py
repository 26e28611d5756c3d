"""Searching a small library: what comes first, filters, phrases, units, places, errors."""

from __future__ import annotations

import re

import pytest
from shelf import Shelf, make_document, notice, place, plan, report

from policykb.errors import QueryError
from policykb.models import Extraction
from policykb.search import Filters, Index, Tools, suggest
from policykb.terms import AdminLevel, DocumentKind, PracticeKind, SearchUnit

FIRST_HITS = [
    ("空巢老人必访", "做到空巢老人必访"),
    ("空巢老人 必访", "做到空巢老人必访"),
    ("老人有多少户？", "走访老人1200户"),
    ("四聯繫兩包抓", "“四联系两包抓”工作制度"),
    ("１２００户", "走访老人1200户"),
    ("45666", "推广“45666”社区工作法"),
    ("45666社区工作法", "推广“45666”社区工作法"),
    ("基层党建责任清单", "33个子项为架构的基层党建责任清单"),
    ("流动党员管理", "流动党员"),
]


@pytest.mark.parametrize(("query", "words"), FIRST_HITS)
def test_the_passage_that_answers_comes_first(index: Index, shelf: Shelf, query: str, words: str) -> None:
    """Does the first hit hold the words that answer the query, in whatever script and width it is typed?"""
    hits = index.search(query, shelf, k=3)
    assert words in hits[0].text


FILTERED = [
    ("空巢老人 地区:咸宁市", {"a-plan", "b-report"}),
    ("空巢老人 地区:咸宁", {"a-plan", "b-report"}),
    ("空巢老人 地区:湖北", {"a-plan", "b-report"}),
    ("空巢老人 地区:赤壁市", {"b-report"}),
    ("空巢老人 地區：赤壁市", {"b-report"}),
    ("空巢老人 类型:plan", {"a-plan"}),
    ("空巢老人 类型:方案", {"a-plan"}),
    ("空巢老人 类型:通报", set()),
    ("空巢老人 机关:组织部", {"a-plan", "c-notice"}),
    ("空巢老人 机关:民政", {"b-report"}),
    ("空巢老人 年份:2014-2017", {"a-plan", "b-report"}),
    ("空巢老人 年份：２０１４－２０１７", {"a-plan", "b-report"}),
    ("空巢老人 地区： 赤壁市", {"b-report"}),
    ("地区 : 咸宁 空巢老人 类型: plan", {"a-plan"}),
    ("空巢老人 年份:2012", {"c-notice"}),
    ("空巢老人 年份:2013", set()),
    ("空巢老人 层级:县级", {"b-report"}),
    ("空巢老人 类型:通知 机关:组织部 年份:2012-2013", {"c-notice"}),
]


@pytest.mark.parametrize(("query", "found"), FILTERED)
def test_filters_narrow_the_results(index: Index, shelf: Shelf, query: str, found: set[str]) -> None:
    """Do filters in the query leave just the documents that fit, a place with all that lies below it?"""
    hits = index.search(query, shelf, k=50, unit=SearchUnit.DOCUMENT)
    assert {hit.document.id for hit in hits} == found


def test_a_text_of_the_place_that_is_named_comes_first(tools: Tools) -> None:
    """Does 赤壁 prefer the report of 赤壁市, which does not say the name again, and only among texts that fit?"""
    at_home = [place("赤壁市", "湖北省咸宁市赤壁市", AdminLevel.COUNTY, "421281")]
    shelf = Shelf(
        (make_document("a", "甲", ["走访老人，建立名册。", "修好道路。"]), Extraction()),
        (make_document("b", "乙", ["走访了老人，也建立了名册。", "修好了道路。"], localities=at_home), Extraction()),
    )
    index = Index.in_memory(tools)
    assert [hit.document.id for hit in index.search("走访老人", shelf)] == ["a", "b"]
    assert [hit.document.id for hit in index.search("赤壁走访老人", shelf)] == ["b", "a"]
    assert index.search("赤壁", shelf) == []


FIGURES = [
    ("走访了多少群众", "走访73554人。"),
    ("走访了多少户", "走访1200户。"),
    ("走访覆盖率", "走访达到95%。"),
    ("走访多少", "走访12次。"),
]


@pytest.mark.parametrize(("query", "found"), FIGURES)
def test_a_question_for_a_figure_prefers_one_of_its_unit(tools: Tools, query: str, found: str) -> None:
    """Do 群众 ask for persons, 户 for households, 覆盖率 for a share, and does any figure go before none?"""
    texts = ["走访工作。", "走访12次。", "走访1200户。", "走访73554人。", "走访达到95%。"]
    shelf = Shelf(*((make_document(f"d{n}", "题", [text]), Extraction()) for n, text in enumerate(texts)))
    assert Index.in_memory(tools).search(query, shelf)[0].text == found


def test_a_document_gains_by_the_characters_of_words_but_is_not_found_by_them(new_index: Index) -> None:
    """Does 欠款 prefer, of two documents that say 归还, the one with 欠债, and find nothing by 款 alone?"""
    texts = ["按期归还木料。", "按期归还欠债。", "拨款修路。"]
    shelf = Shelf(*((make_document(f"d{n}", "题", [text]), Extraction()) for n, text in enumerate(texts)))
    hits = new_index.search("归还欠款", shelf, unit=SearchUnit.DOCUMENT)
    assert [hit.document.id for hit in hits] == ["d1", "d0"]


def test_filters_may_stand_beside_the_query(index: Index, shelf: Shelf) -> None:
    """Do options narrow like words in the query, and does the query go before them?"""
    options = Filters(locality="咸宁市", kind=DocumentKind.REPORT)
    assert {hit.document.id for hit in index.search("老人", shelf, filters=options)} == {"b-report"}
    assert {hit.document.id for hit in index.search("老人 类型:plan", shelf, filters=options)} == {"a-plan"}


PHRASES = [
    ("“空巢老人必访”", {"a-plan"}),
    ('"空巢老人必访"', {"a-plan"}),
    ("“必访空巢老人”", set()),
    ("「空巢老人必访」", {"a-plan"}),
    ("空巢老人 -「必访名单」 -关爱活动", {"a-plan"}),
    ("老人 “必访名单”", {"b-report"}),
    ("空巢老人 -走访", {"c-notice"}),
    ("空巢老人 -“必访名单” -关爱活动", {"a-plan"}),
    ("空巢老人 -“名单必访” -关爱活动", {"a-plan", "b-report"}),
    ("“空巢老人” “走访老人”", {"b-report"}),
    ("推广“四步”工作法", {"a-plan", "b-report", "d-jiuquan"}),
]


@pytest.mark.parametrize(("query", "found"), PHRASES)
def test_phrases_must_and_excluded_words_must_not_stand_there(
    index: Index, shelf: Shelf, query: str, found: set[str]
) -> None:
    """Are phrases that stand alone binding, and quotation marks inside of a sentence not?"""
    hits = index.search(query, shelf, k=50, unit=SearchUnit.DOCUMENT)
    assert {hit.document.id for hit in hits} == found


WRONG = [
    ("", "没有可查的词"),
    ("！？。", "没有可查的词"),
    ("地区:咸宁", "没有可查的词"),
    ("-培训", "没有可查的词"),
    ("老人 类型:小说", "方案（plan）"),
    ("老人 年份:去年", "年份:2014-2017"),
    ("老人 年份:2017-2014", "先早后晚"),
    ("老人 地区:乌有乡", "行政区划"),
    ("老人 机关:", "没有写内容"),
    ("老人 机关: 地区:咸宁", "没有写内容"),
    ("老人 层级:大", "县级（county）"),
    ("老人 做法:好", "工作法（work_method）"),
]


@pytest.mark.parametrize(("query", "remedy"), WRONG)
def test_a_query_that_cannot_be_understood_is_told_in_one_line(
    index: Index, shelf: Shelf, query: str, remedy: str
) -> None:
    """Does the message say what is allowed?"""
    with pytest.raises(QueryError, match=re.escape(remedy)) as caught:
        index.search(query, shelf)
    assert "\n" not in str(caught.value)


def test_nothing_found_is_an_empty_list(index: Index, shelf: Shelf) -> None:
    """Does a word that nobody uses find nothing, rather than the nearest passage?"""
    assert index.search("哥德巴赫", shelf) == []


def test_an_empty_index_finds_nothing(new_index: Index) -> None:
    """Is a search before anything was added no error?"""
    for unit in SearchUnit:
        assert new_index.search("空巢老人", Shelf(), unit=unit) == []


def test_a_match_scores_above_zero_even_in_a_tiny_corpus(new_index: Index) -> None:
    """Do two documents that both hold the word score above zero, where plain rank-bm25 goes negative?"""
    items = [(make_document(name, "无题", ["空巢老人。"]), Extraction()) for name in ("one", "two")]
    hits = new_index.search("空巢老人", Shelf(*items, (make_document("empty", "", [""]), Extraction())))
    assert [hit.document.id for hit in hits] == ["one", "two"]
    assert all(hit.score > 0 for hit in hits)


def test_a_practice_is_found_first_by_name_and_by_code(index: Index, shelf: Shelf) -> None:
    """Does the name or the code of a practice find it, with its record and its place?"""
    for query in ("45666", "“45666”社区工作法", "45666社区工作法", "空巢老人"):
        hit = index.search(query, shelf, unit=SearchUnit.PRACTICE)[0]
        assert hit.practice is not None
        assert hit.practice.name == "45666"
        assert hit.document.text[hit.start : hit.end] == hit.text == hit.practice.quote
    kinds = {PracticeKind.SYSTEM: "四联系两包抓"}
    for kind, name in kinds.items():
        found = index.search("工作", shelf, unit=SearchUnit.PRACTICE, filters=Filters(practice_kind=kind))
        assert [hit.practice.name for hit in found if hit.practice] == [name]


def test_a_passage_of_a_definition_is_found_by_the_name_that_it_does_not_hold(index: Index, shelf: Shelf) -> None:
    """Does 45666 also find the passage of its definition that spells out 六访?"""
    texts = [hit.text for hit in index.search("45666", shelf, k=3)]
    assert texts[1].startswith("“六访”即走访")
    assert texts[2].startswith("学习45666")


def test_every_hit_stands_where_it_says(index: Index, shelf: Shelf) -> None:
    """Do text, place, highlights and snippet agree with the document for every hit of many queries?"""
    for query in ("空巢老人必访", "党员 培训", "基层党建", "45666", "2014年", "酒泉市 组织生活 三会一课"):
        hits = index.search(query, shelf, k=50)
        assert hits
        for hit in hits:
            assert hit.text == hit.document.text[hit.start : hit.end]
            marked = [hit.text[start:end] for start, end in hit.highlights]
            assert marked or hit.practice is None
            assert "\n" not in hit.snippet
            assert all(found in marked for found in re.findall("【(.*?)】", hit.snippet))
            plain = hit.snippet.replace("【", "").replace("】", "").strip("…")
            assert plain in re.sub(r"\s+", " ", hit.text)


def test_the_words_found_are_marked(index: Index, shelf: Shelf) -> None:
    """Does the snippet show the words of the query, and no digit inside of a longer number?"""
    assert "【空巢老人必访】" in index.search("空巢老人必访", shelf)[0].snippet
    assert "【2014】年" in index.search("2014 必访", shelf)[0].snippet
    for hit in index.search("13 名单", shelf):
        assert "13" not in [hit.text[start:end] for start, end in hit.highlights if hit.text[end : end + 1].isdigit()]


def test_results_come_in_the_same_order_whatever_order_they_were_added_in(tools: Tools, shelf: Shelf) -> None:
    """Are equal scores ordered by document and place, not by chance?"""
    orders = []
    for items in (list(shelf.items.values()), list(shelf.items.values())[::-1]):
        hits = Index.in_memory(tools).search("老人 党员", Shelf(*items), k=50)
        orders.append([(hit.document.id, hit.start) for hit in hits])
    assert orders[0] == orders[1]
    assert len(orders[0]) == len(set(orders[0]))


def test_k_limits_and_a_longer_list_begins_like_a_shorter_one(index: Index, shelf: Shelf) -> None:
    """Is the list for a smaller k the beginning of the one for a larger?"""
    long = index.search("党员", shelf, k=50)
    for k in (1, 3, 7):
        assert index.search("党员", shelf, k=k) == long[:k]


def test_the_index_follows_the_library(new_index: Index, request: pytest.FixtureRequest) -> None:
    """Is what was removed found no more, what was put back found as before, and a new version in place of the old?"""
    shelf = Shelf(plan(), report(), notice())
    before = new_index.search("空巢老人", shelf, k=50)
    shelf.drop("a-plan")
    assert "a-plan" not in {hit.document.id for hit in new_index.search("空巢老人", shelf, k=50)}
    assert new_index.search("45666", shelf, unit=SearchUnit.PRACTICE) == []
    shelf.put(plan())
    after = new_index.search("空巢老人", shelf, k=50)
    assert [(hit.document.id, hit.start) for hit in after] == [(hit.document.id, hit.start) for hit in before]
    # A cluster keeps removed entries in its statistics for some seconds, until all copies have heard of them.
    tolerance = 0.3 if "opensearch" in request.node.name else 0.02
    assert [hit.score for hit in after] == pytest.approx([hit.score for hit in before], rel=tolerance)
    shelf.put((make_document("a-plan", "新方案", ["改为关爱留守儿童。"]), Extraction()))
    assert "a-plan" not in {hit.document.id for hit in new_index.search("空巢老人", shelf, k=50)}
    assert new_index.search("留守儿童", shelf)[0].text == "改为关爱留守儿童。"


def test_documents_of_a_village_without_a_code_are_found_by_its_name(new_index: Index) -> None:
    """Is a place that no gazetteer knows a filter if a document names it?"""
    village = place("太沙村", "江西省萍乡市莲花县六市乡太沙村", AdminLevel.VILLAGE, None)
    document = make_document("v", "志愿服务", ["志愿者队伍从26人壮大到537人。"], localities=[village])
    assert len(new_index.search("志愿者 地区:太沙村", Shelf((document, Extraction())))) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("三会一刻", "三会一课"), ("空朝老人关爱", "空巢老人关爱"), ("45667", "45666"), ("枫桥经厉", "枫桥经验")],
)
def test_near_misses_are_suggested(typed: str, meant: str) -> None:
    """Does a slip of the pen still lead to the name that was meant?"""
    names = ["三会一课", "空巢老人关爱", "45666", "枫桥经验", "两学一做", "四联系两包抓"]
    assert suggest(typed, names)[0] == meant


def test_nothing_is_suggested_for_what_is_like_nothing() -> None:
    """Is an unlike name no suggestion?"""
    assert suggest("哥德巴赫猜想", ["三会一课", "45666"]) == []
    assert suggest("三会一课", []) == []
