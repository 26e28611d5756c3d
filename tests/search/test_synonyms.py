"""Synonyms and abbreviations: the rules that travel along, a user's own, and what they do to a search."""

from __future__ import annotations

from pathlib import Path

import pytest
from shelf import Shelf, make_document

from policykb.errors import QueryError
from policykb.models import Extraction
from policykb.search import Analyzer, Index, Synonyms, Tools
from policykb.search.synonyms import Wording
from policykb.segmentation import fold

RULES = "党建 = 党的建设  # the same\n\n老板 → 用人单位、经营者\n老板娘 → 经营者的配偶\nＸ办 = Ｘ办公室\n"


@pytest.fixture
def rules(tmp_path: Path) -> Synonyms:
    """The rules of a user's file beside those that travel along."""
    path = tmp_path / "synonyms.txt"
    path.write_text(RULES, encoding="utf-8")
    return Synonyms.load(path, tmp_path / "not-there.txt")


WORDINGS = [
    ("党建工作", {"党的建设"}),
    ("党的建设", {"党建"}),
    ("老板跑路", {"用人单位", "经营者", "雇主"}),
    ("用人单位", set()),
    ("老板娘", {"经营者的配偶"}),
    ("老板就是用人单位", {"经营者", "雇主"}),
    ("Ｘ办", {"x办公室"}),
    ("两新组织", {"新经济组织和新社会组织"}),
    ("", set()),
]


@pytest.mark.parametrize(("text", "others"), WORDINGS)
def test_other_wordings_are_found_for_whole_words(rules: Synonyms, text: str, others: set[str]) -> None:
    """Do both sides of =, the left side of → and the longest word count, and words inside of words not?"""
    analyzer = Analyzer()
    found = {wording.text for wording in rules.wordings(fold(text), analyzer.edges(text))}
    assert others <= found if others else not found


def test_a_word_of_ones_own_comes_beside_the_rules_that_travel_along(rules: Synonyms) -> None:
    """Is 单位 inside of 用人单位 left alone, and alone not?"""
    analyzer = Analyzer()
    assert Wording("单位", "用人单位") in rules.wordings("单位", analyzer.edges("单位"))


@pytest.mark.parametrize("line", ["党建", "党建 =", "→ 用人单位", "老板 → ", "老板 → 用人单位、", "= 党建"])
def test_a_line_that_is_no_rule_is_told_with_its_place(tmp_path: Path, line: str) -> None:
    """Does the message name file, line and the form of a rule?"""
    path = tmp_path / "synonyms.txt"
    path.write_text(f"# 我的\n{line}\n", encoding="utf-8")
    with pytest.raises(QueryError, match="第 2 行") as caught:
        Synonyms.load(path)
    assert "\n" not in str(caught.value)


def test_a_search_finds_and_marks_the_other_wording(new_index: Index) -> None:
    """Does 党建 find a text that says 党的建设 only, after one that says 党建 itself?"""
    shelf = Shelf(
        (make_document("full", "甲", ["加强党的建设。"]), Extraction()),
        (make_document("short", "乙", ["抓好党建。"]), Extraction()),
        (make_document("none", "丙", ["修好道路。"]), Extraction()),
    )
    hits = new_index.search("党建", shelf)
    assert [hit.document.id for hit in hits] == ["short", "full"]
    assert "【党的建设】" in hits[1].snippet


def test_a_word_that_asks_is_not_looked_for(tools: Tools) -> None:
    """Do 怎么 and 吗 find nothing of themselves, but alone they do, and is the rest of the question unhurt?"""
    items = [(make_document("ask", "甲", ["怎么办呢？"]), Extraction())]
    items += [(make_document("say", "乙", ["办公经费按每年两万元拨付。"]), Extraction())]
    index, shelf = Index.in_memory(tools), Shelf(*items)
    assert [hit.document.id for hit in index.search("办公经费怎么拨付", shelf)] == ["say"]
    assert [hit.document.id for hit in index.search("怎么", shelf)] == ["ask"]


def test_every_rule_that_travels_along_says_something_new() -> None:
    """Has no word itself as its wording, and no two rules the same?"""
    words = Synonyms.load().words()
    assert len(words) == len(set(words)) > 500
