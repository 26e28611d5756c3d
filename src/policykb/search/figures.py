"""Questions that ask for a figure (走访了多少户), and the passages that hold one of its unit (73554户)."""

from __future__ import annotations

import re
from functools import cache

from policykb.resources import word_list
from policykb.search.facets import Facet, facet

_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?[余多]?[万亿]?[余多]?([㐀-鿿%])")
_NO_UNIT = frozenset("年月日号时分第届、")
"""What follows a number that is a date or counts an item of a list, not things."""

HOW_MANY = "多少"
_PERSONS = ("人", "名")


def figures_in(folded: str) -> frozenset[str]:
    """The facets of the figures in a folded text: that it holds any, and one for each unit."""
    units = set(_FIGURE.findall(folded)) - _NO_UNIT
    return frozenset(facet(Facet.FIGURE, unit) for unit in (*units, "")) if units else frozenset()


def figures_asked_for(text: str) -> tuple[str, ...]:
    """The facets of the figure that a question asks for, that of any figure first; none where it asks for none."""
    for word, units in _figure_words().items():
        _, found, after = text.partition(word)
        if found:
            wanted = _units_after(after) if word == HOW_MANY else units
            return tuple(facet(Facet.FIGURE, unit) for unit in ("", *wanted))
    return ()


def _units_after(text: str) -> tuple[str, ...]:
    """The units of 多少 before ``text``: 人 and 名 where the word after it is one for persons, else its character."""
    if _persons().match(text):
        return _PERSONS
    return tuple(text[:1].strip("?？,，。 "))


@cache
def _figure_words() -> dict[str, tuple[str, ...]]:
    rows = (line.split() for line in word_list("search_figure_words.txt"))
    return {word: tuple(units) for word, *units in rows}


@cache
def _persons() -> re.Pattern[str]:
    """Up to five characters of which the last ones end a word for persons."""
    return re.compile(f"[㐀-鿿]{{0,4}}?(?:{'|'.join(word_list('search_person_words.txt'))})")
