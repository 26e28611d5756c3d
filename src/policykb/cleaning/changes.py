"""What a cleaning step gives back, and how changes become logged repairs with exact places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from policykb.models import PageFact, Repair
from policykb.spans import Edit, OffsetMap, Rewriting, Span
from policykb.terms import RepairKind


class Change(NamedTuple):
    """One edit of the current text with its reason; ``kind`` is None for mere layout, which is not logged."""

    start: int
    end: int
    replacement: str
    kind: RepairKind | None
    confidence: float = 1.0


class Finding(NamedTuple):
    """A fact told at ``[start, end)`` of the current text; a weak one counts where nothing else says better."""

    field: str
    value: str
    start: int
    end: int
    weak: bool = False


class Outcome(NamedTuple):
    """What a step found in a text: changes that do not overlap, and facts told by what goes."""

    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()


NOTHING = Outcome()

Step = Callable[[str], Outcome]


class Mark(NamedTuple):
    """A change that was carried out, in coordinates of the raw text."""

    span: Span
    kind: RepairKind
    confidence: float


def carry_out(rewriting: Rewriting, changes: Iterable[Change]) -> tuple[Rewriting, list[Mark]]:
    """Carry out ``changes``; the marks say where in the raw text each logged one took place."""
    ordered = sorted(changes)
    offsets = rewriting.offsets()
    marks = [
        Mark(span, change.kind, change.confidence)
        for change in ordered
        if change.kind is not None
        for span in _raw_spans(offsets, change)
    ]
    return rewriting.apply(Edit(*change[:3]) for change in ordered), marks


def _raw_spans(offsets: OffsetMap, change: Change) -> Iterator[Span]:
    """The raw interval of a change; a change that keeps its length is cut where the raw text has more between."""
    whole = offsets.source_of(Span(change.start, change.end))
    length = change.end - change.start
    if len(change.replacement) != length or whole.end - whole.start == length:
        yield whole
        return
    for position in range(change.start, change.end):
        span = offsets.source_of(Span(position, position + 1))
        if span.end - span.start == 1:  # a character that an earlier repair made is that repair's
            yield span


def facts_of(raw: str, offsets: OffsetMap, findings: Iterable[Finding]) -> list[PageFact]:
    """The facts with what stood in the raw text."""
    facts = []
    for finding in findings:
        span = offsets.source_of(Span(finding.start, finding.end))
        facts.append(PageFact(field=finding.field, value=finding.value, quote=raw[span.start : span.end]))
    return facts


def log_repairs(raw: str, text: str, offsets: OffsetMap, marks: Iterable[Mark]) -> tuple[Repair, ...]:
    """The repairs in order of their place, each in coordinates of the final ``text``.

    What an earlier step repaired inside of a stretch that a later one took away is not told again.
    """
    ordered = sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end))
    finder = _PlaceFinder(offsets)
    repairs: list[Repair] = []
    gone = -1
    for mark in ordered:
        if mark.span.end <= gone:
            continue
        start, end = finder.place_of(mark.span)
        if start == end:
            if mark.kind not in _DELETIONS:
                continue
            gone = mark.span.end
        repairs.append(
            Repair.model_construct(  # built from checked parts; a text holds thousands
                kind=mark.kind,
                before=raw[mark.span.start : mark.span.end],
                after=text[start:end],
                start=start,
                source_start=mark.span.start,
                source_end=mark.span.end,
                confidence=mark.confidence,
            )
        )
    return tuple(repairs)


_DELETIONS = frozenset({RepairKind.PINYIN, RepairKind.JUNK, RepairKind.MARKUP, RepairKind.INVISIBLE, RepairKind.LOST})


class _PlaceFinder:
    """Where in the final text a raw interval ended up."""

    def __init__(self, offsets: OffsetMap) -> None:
        self._offsets = offsets
        self._starts = [run[1] for run in offsets.runs]
        self._ends = [run[2] for run in offsets.runs]

    def place_of(self, raw: Span) -> tuple[int, int]:
        """The final characters made from ``raw``, half-open; an empty pair where it left none."""
        if raw.start == raw.end:
            return self._edge(raw.start, inclusive=True), self._edge(raw.end, inclusive=False)
        low = self._edge(raw.start, inclusive=False)
        return low, max(low, self._edge(raw.end, inclusive=True))

    def _edge(self, at: int, *, inclusive: bool) -> int:
        """The first final character that begins at or behind raw position ``at``.

        With ``inclusive`` false: the first that ends behind ``at``.
        """
        runs, length = self._offsets.runs, self._offsets.length
        index = bisect_left(self._starts, at) if inclusive else bisect_right(self._ends, at)
        previous = index - 1
        if inclusive and previous >= 0:
            start, source_start, source_end = runs[previous]
            stop = runs[index][0] if index < len(runs) else length
            if stop - start == source_end - source_start and source_end > at:
                return start + at - source_start
        if index == len(runs):
            return length
        start, source_start, source_end = runs[index]
        stop = runs[index + 1][0] if index + 1 < len(runs) else length
        if not inclusive and stop - start == source_end - source_start and source_start < at:
            return start + at - source_start
        return start
