"""Tokens: pairs of characters one by one and many at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import CORPUS

from policykb.search import Analyzer
from policykb.search.pairs import Pairs
from policykb.segmentation import fold

BIGRAMS = [
    ("空巢老人", ["空巢", "巢老", "老人"]),
    ("“45666”社区", ["45666", "社区"]),
    ("甲、乙丙", ["甲", "乙丙"]),
    ("占95.5%，Ａ级", ["占", "95.5", "a", "级"]),
    ("〇三年𠮷日", ["〇三", "三年", "年𠮷", "𠮷日"]),
    ("，。", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "tokens"), BIGRAMS)
def test_bigrams_are_pairs_of_neighbours(text: str, tokens: list[str]) -> None:
    """Do pairs stop at punctuation, stay numbers whole, and lone characters tokens?"""
    assert Analyzer().bigrams(text) == tokens


def assert_the_same(text: str) -> None:
    """The tokens made many at once are those made one by one, but for their order."""
    analyzer, pairs = Analyzer(), Pairs(fold(text))
    assert sorted(pairs.bigrams(0, len(text)).split()) == sorted(analyzer.bigrams(text))
    assert pairs.characters().split() == analyzer.characters(text)


@given(st.text("党建组织12.aB，。 \n〇𠮷Ａ", max_size=30))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_many_at_once_gives_the_same_tokens(text: str) -> None:
    """Are texts and queries analysed alike, whichever way?"""
    assert_the_same(text)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_many_at_once_gives_the_same_tokens_of_the_corpus(path) -> None:
    """The same for whole texts, damaged ones among them."""
    assert_the_same(path.read_text(encoding="utf-8", errors="replace"))


def test_parts_of_a_text_have_their_own_pairs() -> None:
    """Does no pair reach over the border of a passage, and do all parts together make the whole?"""
    text = fold("推广“45666”社区工作法。\n六访即走访，甲。")
    pairs, border = Pairs(text), text.index("\n")
    first, second = pairs.bigrams(0, border).split(), pairs.bigrams(border, len(text)).split()
    assert sorted(first + second) == sorted(pairs.bigrams(0, len(text)).split())
    assert "甲" in second
    assert pairs.bigrams(3, 3) == ""
    assert pairs.bigrams(9, 12).split() == ["社区", "区工"]
