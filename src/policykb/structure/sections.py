"""The tree of sections, made from the headings by their ranks."""

from __future__ import annotations

from collections.abc import Sequence

from policykb.models import Section
from policykb.structure.headings import Heading
from policykb.structure.markers import Rank

_REMARKED = (Rank.BOOK, Rank.CHAPTER, Rank.SUBCHAPTER, Rank.HAN, Rank.HAN_BRACKETS)


def build_sections(headings: Sequence[Heading], body_end: int) -> tuple[Section, ...]:
    """The sections in order of their starts.

    A habit of numbering that is open keeps its level; a new one goes below those that are usually above it,
    so that 1、 right under 四、 is a level higher than 1、 under （一）.
    """
    levels = _levels(headings)
    ends = _ends(headings, levels, body_end)
    return tuple(
        Section(
            level=level,
            number=heading.number,
            heading=heading.text,
            start=heading.start,
            end=end if heading.stop < 0 else heading.stop,
        )
        for heading, level, end in zip(headings, levels, ends, strict=True)
    )


def _levels(headings: Sequence[Heading]) -> list[int]:
    open_ranks: list[Rank] = []
    levels: list[int] = []
    inner = _ranks_below(headings)
    for heading in headings:
        if heading.rank is Rank.NOTE:
            levels.append(1)
            continue
        if heading.rank in open_ranks:
            del open_ranks[open_ranks.index(heading.rank) + 1 :]
        else:
            while open_ranks and open_ranks[-1] > heading.rank and open_ranks[-1] not in inner.get(heading.rank, ()):
                open_ranks.pop()
            open_ranks.append(heading.rank)
        levels.append(len(open_ranks))
    return levels


def _ranks_below(headings: Sequence[Heading]) -> dict[Rank, tuple[Rank, ...]]:
    """Ranks that stay open under another although they are usually below it: 一、 above 第一条."""
    first = {heading.rank: heading.start for heading in reversed(headings)}
    articles_inside = first.get(Rank.HAN, 1) < first.get(Rank.ARTICLE, 0)
    return {Rank.ARTICLE: (Rank.HAN,)} if articles_inside else {}


def remarks_on_gaps(headings: Sequence[Heading]) -> tuple[str, ...]:
    """A remark for each number that is missing between two headings of one rank."""
    last: dict[Rank, Heading] = {}
    remarks: list[str] = []
    inner = _ranks_below(headings)
    for heading in headings:
        before = last.get(heading.rank)
        for rank in [rank for rank in last if rank > heading.rank and rank not in inner.get(heading.rank, ())]:
            del last[rank]
        last[heading.rank] = heading
        if heading.rank not in _REMARKED:
            continue
        if before is None and heading.ordinal > 1:
            remarks.append(f"标题序号从“{heading.number}”开始，前文可能有缺失")
        elif before is not None and heading.ordinal > before.ordinal + 1:
            remarks.append(f"标题序号从“{before.number}”跳到“{heading.number}”，原文可能有缺失")
    return tuple(remarks)


def _ends(headings: Sequence[Heading], levels: Sequence[int], body_end: int) -> list[int]:
    """For each section the start of the next one of its level or a higher one, or the end of the body."""
    ends = [body_end] * len(headings)
    waiting: list[int] = []
    for position, heading in enumerate(headings):
        while waiting and levels[waiting[-1]] >= levels[position]:
            ends[waiting.pop()] = heading.start
        waiting.append(position)
    return ends
