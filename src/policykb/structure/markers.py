"""The numbers that stand before headings: 第一章, 一、, （一）, 1., （1）, ①, 一是, 第一，."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

from policykb.resources import word_list
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
    LABELLED = 10
    ARABIC = 11
    DECIMAL = 12
    SUBDECIMAL = 13
    ARABIC_BRACKETS = 14
    ARABIC_BRACKET = 15
    CIRCLED = 16
    SPOKEN = 17


class Marker(NamedTuple):
    """A number before a heading: ``text`` is verbatim, ``[start, end)`` its place with the blanks behind it."""

    rank: Rank
    ordinal: int
    text: str
    start: int
    end: int


_HAN = "[一二三四五六七八九十百零〇]"
_FORMAL = "[壹贰叁肆伍陆柒捌玖拾]"
_LABELS = "|".join(word_list("structure_numbered_words.txt"))
_BODY = (
    rf"第(?P<big>{_HAN}{{1,6}}|\d{{1,4}})(?P<unit>[编章节条]|部分)(?:之{_HAN}{{1,2}})?(?![款第的至到、，之])"
    rf"|(?P<han>{_HAN}{{1,4}}|{_FORMAL}{{1,2}})(?:[、．.](?!\d)|(?=[ \u3000]+[\u4e00-\u9fff“]))"
    rf"|[（(](?P<hanb>{_HAN}{{1,4}})[）)]、?"
    r"|(?P<arabic>\d{1,2})(?:、|[.．](?!\d))"
    r"|[（(](?P<arabicb>\d{1,2})[）)]、?"
    r"|(?P<arabich>\d{1,2})[）)]"
    rf"|(?P<circled>[{CIRCLED}])、?"
    rf"|(?:(?P<spoken>{_HAN}{{1,2}})(?:是|要)|[第其](?P<said>{_HAN}{{1,2}})[，、])"
    r"|\d{1,2}\.(?:(?P<decimal>\d{1,2})|\d{1,2}\.(?P<subdecimal>\d{1,2}))(?=[ \u3000][\u4e00-\u9fff“])"
    r"|(?P<led>0[1-9])(?=[ \u3000.．、|/]*[\u4e00-\u9fff“])(?!\s*[年月日时点号])[.．、|/]?"
    rf"|(?:PART|Part)[ .]?(?P<part>\d{{1,2}})|(?:{_LABELS})(?P<labelled>{_HAN}{{1,2}}|\d{{1,2}})[：:]"
)
_MARKER = re.compile(rf"(?:{_BODY})")
_INLINE = re.compile(rf"(?:[。！？]”?[ 　]?|：(?=[一第其]))(?P<marker>{_BODY})")
_FIRST = frozenset("P第其（(壹贰叁肆伍陆柒捌玖拾一二三四五六七八九十0123456789０１２３４５６７８９" + CIRCLED + _LABELS)
_UNITS = {"编": Rank.BOOK, "部分": Rank.BOOK, "章": Rank.CHAPTER, "节": Rank.SUBCHAPTER, "条": Rank.ARTICLE}
_GROUPS = {
    "han": Rank.HAN,
    "hanb": Rank.HAN_BRACKETS,
    "arabic": Rank.ARABIC,
    "arabicb": Rank.ARABIC_BRACKETS,
    "arabich": Rank.ARABIC_BRACKET,
    "circled": Rank.CIRCLED,
    "decimal": Rank.DECIMAL,
    "subdecimal": Rank.SUBDECIMAL,
    "led": Rank.ARABIC,
    "labelled": Rank.LABELLED,
    "part": Rank.LABELLED,
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
