"""What else an index answers: why a hit has its score, how many there are, the next page, what may be meant."""

from __future__ import annotations

import pytest
from shelf import Shelf, make_document, notice, overview, plan, report

from policykb.models import Extraction, Repair
from policykb.search import Index, Tools
from policykb.search.engine import Entry, Field
from policykb.terms import RepairKind, SearchUnit

QUERIES = ["空巢老人必访", "45666社区工作法", "走访老人多少户", "党建 责任清单", "三会一课 地区:甘肃"]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("unit", list(SearchUnit))
def test_the_contributions_add_up_to_the_score(index: Index, shelf: Shelf, query: str, unit: SearchUnit) -> None:
    """Is the score the sum of what each word gave in each field, the greatest first?"""
    for hit in index.search(query, shelf, k=3, unit=unit):
        parts = index.explain(query, shelf, hit, unit=unit)
        assert sum(part.score for part in parts) == pytest.approx(hit.score, rel=1e-4)
        assert [part.score for part in parts] == sorted((part.score for part in parts), reverse=True)
        assert all(part.label and part.score > 0 for part in parts)


def test_an_explanation_names_words_and_fields(index: Index, shelf: Shelf) -> None:
    """Does the passage that defines 45666 owe its place to the name, and one that speaks of it to the body?"""
    hit = index.search("45666", shelf)[0]
    found = {(part.word, part.field) for part in index.explain("45666", shelf, hit)}
    assert {("45666", Field.DEFINED), ("45666", Field.NAMES), ("45666", Field.BODY_WORDS)} <= found


def test_results_are_counted_for_each_place_kind_and_year(index: Index, shelf: Shelf) -> None:
    """Do the counts agree with the lists that the filters give, and do provinces open to what lies below?"""
    counts = index.count("老人", shelf)
    assert counts.total == len(index.search("老人", shelf, k=50, unit=SearchUnit.DOCUMENT)) == 3
    assert {(place.label, place.n) for place in counts.places} >= {("湖北省", 2)}
    for kind in counts.kinds:
        hits = index.search(f"老人 类型:{kind.value}", shelf, k=50, unit=SearchUnit.DOCUMENT)
        assert len(hits) == kind.n
    assert [year.value for year in counts.years] == sorted(year.value for year in counts.years)
    assert {year.value: year.n for year in counts.years} == {"2012": 1, "2014": 1, "2015": 1}
    below = index.count("老人 地区:湖北", shelf)
    assert [(place.label, place.n) for place in below.places] == [("咸宁市", 2)]
    assert [(place.label, place.n) for place in index.count("老人 地区:咸宁市", shelf).places] == [("赤壁市", 1)]


@pytest.mark.parametrize("unit", list(SearchUnit))
@pytest.mark.parametrize("query", ["党员 老人", "“老人” 走访"])
def test_pages_fit_together(index: Index, shelf: Shelf, unit: SearchUnit, query: str) -> None:
    """Do the pages of any size make up the whole list, each result once?"""
    whole = index.search(query, shelf, k=200, unit=unit)
    for size in (1, 3, 7):
        pages = [index.search(query, shelf, k=size, offset=at, unit=unit) for at in range(0, len(whole) + size, size)]
        assert [hit for page in pages for hit in page] == whole
    assert index.search(query, shelf, offset=len(whole), unit=unit) == []


def test_pages_of_documents_fit_together_across_blocks(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    """Does a page not hang on how many were asked for, where documents are ordered in blocks?"""
    monkeypatch.setattr("policykb.search.searching.BLOCK", 4)
    texts = ["老人" * (n % 5 + 1) + "活动" * (n % 3) for n in range(23)]
    shelf = Shelf(
        *((make_document(f"d{n:02}", "题", [text, "党员" * n]), Extraction()) for n, text in enumerate(texts))
    )
    index = Index.in_memory(tools)
    whole = index.search("老人 活动", shelf, k=50, unit=SearchUnit.DOCUMENT)
    assert len(whole) == 23
    pages = [index.search("老人 活动", shelf, k=3, offset=at, unit=SearchUnit.DOCUMENT) for at in range(0, 24, 3)]
    assert [hit for page in pages for hit in page] == whole


def test_what_may_be_meant_is_something_that_is_there(index: Index, shelf: Shelf) -> None:
    """Does a slip lead to words of the subject and to names, and only to such as find something?"""
    names = ["45666", "四联系两包抓", "枫桥经验"]
    assert index.suggest("三会一刻", shelf, names)[0] == "三会一课"
    assert index.suggest("四联系两包扎", shelf, names)[0] == "四联系两包抓"
    assert index.suggest("哥德巴赫猜想", shelf, names) == []
    assert all(index.search(name, shelf) for name in index.suggest("党员教肓", shelf, names))


REPAIRED = [
    ("党员教育。", (1, "员教育"), "党员", "党员教育"),
    ("党员教育。", (0, "党员"), "教育", "教育"),
    ("甲党员乙。", (0, "甲党"), "党员", "甲党员"),
]


@pytest.mark.parametrize(("text", "repaired", "query", "marked"), REPAIRED)
def test_no_mark_ends_inside_of_a_repair(
    tools: Tools, text: str, repaired: tuple[int, str], query: str, marked: str
) -> None:
    """Is a mark that would cut a repair widened to hold it whole, and one that touches none left?"""
    start, after = repaired
    kind = RepairKind.BYTE_SHIFT
    repair = Repair(kind=kind, before="?", after=after, start=start, source_start=start, source_end=start + len(after))
    shelf = Shelf((make_document("d", "题", [text], repairs=[repair]), Extraction()))
    hit = Index.in_memory(tools).search(query, shelf)[0]
    assert [hit.text[low:high] for low, high in hit.highlights] == [marked]


def test_an_index_that_agrees_has_nothing_to_tell(new_index: Index) -> None:
    """Is an index right after changes found right?"""
    shelf = Shelf(overview(), plan(), report(), notice())
    assert new_index.verify(shelf) == []
    shelf.drop("a-plan")
    assert new_index.verify(shelf) == []


def test_entries_that_are_missing_or_too_many_are_told(new_index: Index, shelf: Shelf) -> None:
    """Does each fault give its line, and does rebuilding put all right?"""
    new_index.sync(shelf)
    engine = new_index._engines[SearchUnit.PASSAGE]
    with engine.writing():
        engine.update(["b-report"], [Entry("ghost", 0, 1, "", {Field.BODY_WORDS: "a"})])
    told = new_index.verify(shelf)
    assert any("b-report" in line for line in told)
    assert all("policykb reindex" in line for line in told)
    new_index.rebuild(shelf)
    assert new_index.verify(shelf) == []
