"""The numbers that stand before headings: 第一章, 一、, （一）, 1., （1）, ①, 一是, 第一，."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

from policykb.structure.numerals import CIRCLED, ordinal_of


class Rank(IntEnum):
    """Habits of numbering, from the outermost to the innermost that is usual (GB/T 9704 and the laws).

    ``OWN_LINE`` and ``RUN_IN`` have no number; ``SECOND_LINE`` is one right below another; ``NOTE`` is an editor's.
    """

    NOTE = 0
    BOOK = 1
    CHAPTER = 2
    SUBCHAPTER = 3
    ARTICLE = 4
    OWN_LINE = 5
    SECOND_LINE = 6
    HAN = 7
    HAN_BRACKETS = 8
    RUN_IN = 9
    ARABIC = 10
    ARABIC_BRACKETS = 11
    ARABIC_BRACKET = 12
    CIRCLED = 13
    SPOKEN = 14


class Marker(NamedTuple):
    """A number before a heading: ``text`` is verbatim, ``[start, end)`` its place with the blanks behind it."""

    rank: Rank
    ordinal: int
    text: str
    start: int
    end: int


_HAN = "[一二三四五六七八九十百零〇]"
_BODY = (
    rf"第(?P<big>{_HAN}{{1,6}}|\d{{1,4}})(?P<unit>[编章节条])(?:之{_HAN}{{1,2}})?(?![款第的至到、，之])"
    rf"|(?P<han>{_HAN}{{1,4}})[、．.](?!\d)"
    rf"|[（(](?P<hanb>{_HAN}{{1,4}})[）)]、?"
    r"|(?P<arabic>\d{1,2})(?:、|[.．](?!\d))"
    r"|[（(](?P<arabicb>\d{1,2})[）)]、?"
    r"|(?P<arabich>\d{1,2})[）)]"
    rf"|(?P<circled>[{CIRCLED}])、?"
    rf"|(?:(?P<spoken>{_HAN}{{1,2}})(?:是|要)|第(?P<said>{_HAN}{{1,2}})[，、])"
)
_MARKER = re.compile(rf"(?:{_BODY})")
_INLINE = re.compile(rf"[。！？]”?[ 　]?(?P<marker>{_BODY})")
_FIRST = frozenset("第（(一二三四五六七八九十0123456789０１２３４５６７８９" + CIRCLED)
_UNITS = {"编": Rank.BOOK, "章": Rank.CHAPTER, "节": Rank.SUBCHAPTER, "条": Rank.ARTICLE}
_GROUPS = {
    "han": Rank.HAN,
    "hanb": Rank.HAN_BRACKETS,
    "arabic": Rank.ARABIC,
    "arabicb": Rank.ARABIC_BRACKETS,
    "arabich": Rank.ARABIC_BRACKET,
    "circled": Rank.CIRCLED,
    "spoken": Rank.SPOKEN,
    "said": Rank.SPOKEN,
}


def marker_at(text: str, at: int = 0) -> Marker | None:
    """The marker that begins at ``text[at]``, None where there is none."""
    if text[at] not in _FIRST:
        return None
    match = _MARKER.match(text, at)
    return _marker(match, text, match.start()) if match else None


def starts_with_marker(text: str) -> bool:
    """Whether a line begins with a number of a heading."""
    return marker_at(text) is not None


def inline_markers(text: str, start: int, end: int) -> list[Marker]:
    """The markers behind a full stop within ``text[start:end]``, in order."""
    found = (_marker(match, text, match.start("marker")) for match in _INLINE.finditer(text, start, end))
    return [marker for marker in found if marker is not None]


def _marker(match: re.Match[str], text: str, start: int) -> Marker | None:
    values = match.groupdict()
    if values["big"]:
        rank, numeral = _UNITS[values["unit"]], values["big"]
    else:
        group = next(name for name in _GROUPS if values[name])
        rank, numeral = _GROUPS[group], values[group]
    ordinal = ordinal_of(numeral)
    if not ordinal:
        return None
    end = match.end()
    verbatim = text[start:end]
    while end < len(text) and text[end] in " \u3000\t":
        end += 1
    return Marker(rank, ordinal, verbatim, start, end)
