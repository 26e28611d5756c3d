"""Headings: where each stands, what it says, and at what rank.  ``sections`` makes the tree of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from policykb.structure.bylines import read_byline
from policykb.structure.dates import is_date_line
from policykb.structure.glued_headings import begins_as_heading, find_glued
from policykb.structure.lines import Line
from policykb.structure.markers import Marker, Rank, inline_markers, marker_at
from policykb.structure.organs import is_organ, persons

MIN_ARTICLES = 3
"""Fewer lines that begin with 第X条 are quotations, no law."""
MAX_OWN_LINE = 60
MAX_RUN_IN = 30
_MAX_UNNUMBERED = 30
_MIN_UNNUMBERED = 4
_MAX_IN_A_ROW = _MIN_UNNUMBERED_COUNT = 2
_MIN_IN_OUTLINE = 3
"""So many paragraphs with unnumbered run-in headings must follow each other where others are numbered."""
_MIN_BODY = 40
"""A paragraph of at least so many characters can follow an unnumbered heading."""
_CLOSERS = "。：:；;，、！？ \u3000*"
_CAPTION = re.compile(r"^(?:图为|图[一二三四\d]|资料图|附图)|(?:摄|供图|制图|资料图|图片)[）)]?$")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_DECORATION = "【】〖〗◆◇●○■□▲△★☆※►▶▼▪•·—–-―=~ \u3000"
_UNNUMBERED_RUN_IN = re.compile(r"[^。！？；，,：:\n]{4,24}(?:，[^。！？；，,：:\n]{4,16})?(?=。[^\n])")
_NO_HEADING_START = re.compile(
    r"(?:[\d０-９]|目前|当前|近年|近日|今年|去年|截至|据|此外|同时|其中|为此|对此|如今|现在|这|那|他|她|它|我|你|有的|但|而|因此|所以|不仅|“)"
)
_NO_HEADING_END = re.compile(r"(?:了|着|过|的|吗|呢|吧|等|说|道|介绍|表示|如下)$")
_DECIMALS = frozenset((Rank.DECIMAL, Rank.SUBDECIMAL))
_ALONE = frozenset((Rank.BOOK, Rank.CHAPTER, Rank.SUBCHAPTER)) | _DECIMALS
"""Ranks whose headings do not stand inside a paragraph; decimals may open one."""
_REST = 30
"""So much text must follow an unnumbered heading in its paragraph."""


class Heading(NamedTuple):
    """``start`` is where the number or the heading begins, ``end`` where the heading's last character ends.

    ``own_line`` tells that nothing else stands on its line; ``line`` is the index of that line.  ``stop`` is where
    the section ends in any case, -1 where the next headings tell.
    """

    rank: Rank
    ordinal: int
    number: str | None
    text: str
    start: int
    end: int
    own_line: bool
    line: int
    stop: int = -1


def find_headings(text: str, lines: Sequence[Line], first: int, body_end: int) -> list[Heading]:
    """The headings of ``lines[first:]`` up to ``body_end``, in order; ranks still without levels."""
    body = [(index, line) for index, line in enumerate(lines) if index >= first and line.start < body_end]
    starts = {_beginning(line) for _, line in body}
    numbered = _consistent(_numbered(text, body), starts)
    has_outline = any(h.rank in (Rank.CHAPTER, Rank.ARTICLE, Rank.HAN, Rank.HAN_BRACKETS) for h in numbered)
    taken = {h.line for h in numbered if h.rank < Rank.SPOKEN or h.start in starts}
    unnumbered = _run_in(body, taken, at_least=_MIN_IN_OUTLINE if has_outline else 2)
    if not has_outline:
        unnumbered += _own_line(body)
    if not unnumbered and all(h.rank is Rank.SPOKEN for h in numbered):
        unnumbered = _glued(text, body)
    return sorted([*numbered, *unnumbered], key=lambda heading: heading.start)


def _numbered(text: str, body: Sequence[tuple[int, Line]]) -> Iterator[Heading]:
    for index, line in body:
        first = marker_at(text, _beginning(line))
        inline = inline_markers(text, line.start, line.end) if len(line.text) > _MIN_BODY else []
        markers = [first, *(one for one in inline if text[one.start - 1] != "：")] if first else inline
        stops = [*(marker.start for marker in markers[1:]), line.end]
        for marker, stop in zip(markers, stops, strict=False):
            heading = _heading(text, marker, stop, index, at_start=marker is first)
            if heading and heading.own_line and stop < line.end:
                heading = heading._replace(own_line=False)
            if heading:
                yield heading


def _beginning(line: Line) -> int:
    """Where a line's text begins behind a bullet: ★一、抓组织."""
    undecorated = line.text.lstrip(_DECORATION)
    return line.end - len(undecorated) if undecorated else line.start


def _heading(text: str, marker: Marker, stop: int, line: int, *, at_start: bool) -> Heading | None:
    rest = text[marker.end : stop].rstrip("*")
    said, own_line = _said(rest, marker.rank, at_start=at_start)
    if said is None:
        return None
    end = marker.end + len(said) if said else marker.start + len(marker.text)
    return Heading(marker.rank, marker.ordinal, marker.text, said, marker.start, end, own_line, line)


def _said(rest: str, rank: Rank, *, at_start: bool) -> tuple[str | None, bool]:
    """What the heading says and whether it has its line for itself; "" for none, None for no section at all."""
    if rank is Rank.ARTICLE:
        return "", False
    sentence = rest.split("。", 1)[0]
    whole = len(sentence) >= len(rest.rstrip(_CLOSERS))
    longest = MAX_RUN_IN if rest.endswith("。") else MAX_OWN_LINE
    if at_start and whole and len(sentence) <= longest:
        is_item = rest.endswith(("；", ";", "，"))
        return (None if is_item else sentence.rstrip(_CLOSERS)), not is_item
    if rank in _ALONE and not (at_start and rank in _DECIMALS):
        return None, False
    return _said_in_line(sentence, rank), False


def _said_in_line(sentence: str, rank: Rank) -> str | None:
    """What a run-in heading says: a short first sentence, or what stands before its colon."""
    if len(sentence) <= MAX_RUN_IN and "；" not in sentence and "：" not in sentence:
        return sentence.rstrip(_CLOSERS)
    if rank is Rank.SPOKEN:
        return None
    label = sentence.split("：", 1)[0]
    return label if len(label) <= MAX_RUN_IN and label != sentence and "，" not in label else ""


def _consistent(headings: Iterator[Heading], starts: Set[int]) -> list[Heading]:
    """Those whose numbers go on from a number before, or begin a series that goes on.

    ``starts`` are the beginnings of lines.
    """
    found = list(headings)
    items = _list_items(found)
    last: dict[Rank, int] = {}
    kept: list[Heading] = []
    for position, (heading, length) in enumerate(zip(found, _series_lengths(found), strict=True)):
        if position in items or not _fits(heading, last.get(heading.rank, 0), length, at_start=heading.start in starts):
            continue
        last[heading.rank] = heading.ordinal
        kept.append(heading)
    return kept


def _fits(heading: Heading, before: int, length: int, *, at_start: bool) -> bool:
    """Whether a number can follow ``before``; a first one must begin a series or be a plain heading 一、 or （一）.

    A gap is believed, and remarked on, where headings stand at the beginnings of lines.
    """
    if heading.ordinal == 1:
        return length > 1 or (heading.own_line and heading.rank <= Rank.HAN_BRACKETS)
    if heading.ordinal == before + 1 or heading.rank <= Rank.ARTICLE:
        return True
    return heading.rank in (Rank.HAN, Rank.HAN_BRACKETS) and at_start and before < heading.ordinal <= before + 3


def _series_lengths(headings: Sequence[Heading]) -> list[int]:
    """For each heading how far the numbers go on behind it at its rank: 一是 followed by 二是 and 三是 gives 3."""
    lengths = [1] * len(headings)
    nearest: dict[tuple[Rank, int], int] = {}
    for position in range(len(headings) - 1, -1, -1):
        heading = headings[position]
        following = nearest.get((heading.rank, heading.ordinal + 1))
        if following is None and heading.rank in (Rank.HAN, Rank.HAN_BRACKETS):
            following = nearest.get((heading.rank, heading.ordinal + 2))
        if following is not None:
            lengths[position] = lengths[following] + 1
        nearest[heading.rank, heading.ordinal] = position
    return lengths


def _list_items(headings: Sequence[Heading]) -> set[int]:
    """Positions of numbered lines within articles of a law: they are items of a sentence, no sections.

    Headings 一、 that begin before the articles stay: they stand above them.
    """
    articles = [position for position, heading in enumerate(headings) if heading.rank is Rank.ARTICLE]
    if len(articles) < MIN_ARTICLES:
        return set(articles)
    outer = any(heading.rank is Rank.HAN and heading.own_line for heading in headings[: articles[0]])
    items = {position for position, heading in enumerate(headings) if heading.rank > Rank.ARTICLE}
    if outer:
        items -= {position for position in items if headings[position].rank is Rank.HAN and headings[position].own_line}
    return items


def _own_line(body: Sequence[tuple[int, Line]]) -> list[Heading]:
    """Unnumbered headings on lines of their own: at least two, each before a paragraph, never three in a row."""
    found: list[Heading] = []
    at = 0
    for likely, group in groupby(body, key=lambda item: _can_be_heading(item[1].text)):
        lines = list(group)
        before = body[at - 1][1].text if at else "。"
        at += len(lines)
        after = body[at][1].text if at < len(body) else ""
        if likely and len(lines) <= _MAX_IN_A_ROW and before[-1] in "。！？”）…" and len(after) >= _MIN_BODY:
            for rank, (index, line) in zip((Rank.OWN_LINE, Rank.SECOND_LINE), lines, strict=False):
                said = _undecorated(line.text)
                end = line.start + line.text.index(said) + len(said)
                found.append(Heading(rank, 0, None, said, line.start, end, True, index))
    return found if len(found) >= _MIN_UNNUMBERED_COUNT else []


def _undecorated(text: str) -> str:
    """A heading without the bullet, the brackets or the dashes around it."""
    return text.strip(_DECORATION).strip() or text


def _can_be_heading(text: str) -> bool:
    if not _MIN_UNNUMBERED <= len(text) <= _MAX_UNNUMBERED or text[-1] in "。；;，,、：:！？…":
        return False
    if "。" in text or "；" in text or text.count("“") != text.count("”") or not _HAN.search(text):
        return False
    if text[0] in "<[|" or _CAPTION.search(text) or marker_at(text):
        return False
    return not (is_organ(text) or persons(text) or is_date_line(text) or read_byline(text))


def _run_in(body: Sequence[tuple[int, Line]], taken: set[int], *, at_least: int) -> list[Heading]:
    """Unnumbered headings that open their paragraph (高强度推进抓基层打基础。深入开展…).

    Several must be of like length; those with a comma only count where three paragraphs follow each other.
    """
    plain = _alike([heading for heading in _openings(body, taken) if "，" not in heading.text])
    if len(_neighbours(plain)) >= at_least:
        return plain
    openings = list(_openings(body, taken))
    if openings and openings[0].line == body[0][0] and all(begins_as_heading(h.text) for h in openings[1:]):
        openings = [h for h in openings if begins_as_heading(h.text)]  # the first paragraph leads in
    mixed = _neighbours(_alike(openings))
    return mixed if len(mixed) >= _MIN_IN_OUTLINE else []


def _openings(body: Sequence[tuple[int, Line]], taken: set[int]) -> Iterator[Heading]:
    for index, line in body:
        match = _UNNUMBERED_RUN_IN.match(line.text) if index not in taken else None
        if not match or len(line.text) - match.end() < _REST:
            continue
        said = match[0]
        if _NO_HEADING_START.match(said) or _NO_HEADING_END.search(said) or said.count("“") != said.count("”"):
            continue
        yield Heading(Rank.RUN_IN, 0, None, said, line.start, line.start + len(said), False, index)


def _glued(text: str, body: Sequence[tuple[int, Line]]) -> list[Heading]:
    """Headings that lost their line breaks, each within a long line."""
    starts = [line.start for _, line in body]
    return [
        Heading(
            Rank.RUN_IN,
            0,
            None,
            text[one.start : one.end],
            one.start,
            one.end,
            False,
            body[bisect_right(starts, one.start) - 1][0],
        )
        for one in find_glued(text, [(line.start, line.end) for _, line in body])
    ]


def _alike(headings: Sequence[Heading]) -> list[Heading]:
    """Those whose length is near the middle one."""
    middle = median([len(heading.text) for heading in headings]) if headings else 0
    return [heading for heading in headings if abs(len(heading.text) - middle) <= max(3, middle / 2)]


def _neighbours(headings: Sequence[Heading]) -> list[Heading]:
    """Those with another at most two lines before or behind them."""
    near = [b.line - a.line <= 2 for a, b in pairwise(headings)]
    return [h for h, before, behind in zip(headings, [False, *near], [*near, False], strict=False) if before or behind]
