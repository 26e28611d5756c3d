"""Half-open character spans, and the map from a rewritten text back to the text it was made from.

A text is rewritten by a list of edits.  ``rewrite`` applies them and keeps, for each character of the
result, the interval of the original that it stands for.  ``OffsetMap`` stores these intervals as runs:
a run of untouched characters costs one entry, whatever its length.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

from pydantic import BaseModel, ConfigDict, model_validator


class Span(NamedTuple):
    """``[start, end)`` in characters; never negative, ``start <= end``."""

    start: int
    end: int

    def within(self, other: Span) -> bool:
        """Whether this span lies wholly inside ``other`` (equal counts)."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


class Edit(NamedTuple):
    """Replace ``[start, end)`` of a text by ``replacement`` (which may be empty, or longer)."""

    start: int
    end: int
    replacement: str


class OffsetMap(BaseModel):
    """Where each character of a text came from, as runs ``(start, source_start, source_end)``.

    Runs are sorted by ``start``; a run reaches to the start of the next one, the last to ``length``.
    If a run is as long as its source interval, its characters map one to one; else every character of it
    stands for the whole interval.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    length: int
    runs: tuple[tuple[int, int, int], ...]

    @model_validator(mode="after")
    def _check(self) -> Self:
        starts = [run[0] for run in self.runs]
        if starts != sorted(set(starts)) or (self.length > 0) != bool(starts) or (starts and starts[0] != 0):
            raise ValueError("runs must start at 0, ascend, and cover the text")
        return self

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of an untouched text."""
        return cls(length=length, runs=((0, 0, length),) if length else ())

    def source_of(self, span: Span) -> Span:
        """The smallest source interval that holds every character of ``span``.

        An empty span maps to an empty span where the character behind it begins.
        Raises ``ValueError`` when the span reaches outside the text.
        """
        if not 0 <= span.start <= span.end <= self.length:
            raise ValueError(f"span {span.start}:{span.end} outside a text of {self.length} characters")
        if not self.runs:
            return Span(0, 0)
        if span.start == span.end:
            at = self._character(span.start)[0] if span.start < self.length else self._character(self.length - 1)[1]
            return Span(at, at)
        return Span(self._character(span.start)[0], self._character(span.end - 1)[1])

    def slice(self, span: Span) -> OffsetMap:
        """The map of ``text[span.start:span.end]``, taken as a text of its own."""
        first = bisect_right(self.runs, span.start, key=lambda run: run[0]) - 1
        runs: list[tuple[int, int, int]] = []
        for index in range(max(first, 0), len(self.runs)):
            start, source_start, source_end = self.runs[index]
            if start >= span.end:
                break
            end = self._run_end(index)
            low, high = max(start, span.start), min(end, span.end)
            if end - start == source_end - source_start:
                source_start, source_end = source_start + low - start, source_end - (end - high)
            if low < high:
                runs.append((low - span.start, source_start, source_end))
        return OffsetMap(length=span.end - span.start, runs=tuple(runs))

    def _run_end(self, index: int) -> int:
        return self.runs[index + 1][0] if index + 1 < len(self.runs) else self.length

    def _character(self, position: int) -> tuple[int, int]:
        index = bisect_right(self.runs, position, key=lambda run: run[0]) - 1
        start, source_start, source_end = self.runs[index]
        if self._run_end(index) - start == source_end - source_start:
            return source_start + position - start, source_start + position - start + 1
        return source_start, source_end


class Rewriting:
    """A text on its way from raw to clean: the current text, and the raw interval of each character.

    Edits are given in coordinates of the current text; ``apply`` returns a new object, none is changed.
    """

    def __init__(self, text: str, origin: tuple[array[int], array[int]] | None = None) -> None:
        """Start from an untouched ``text``; ``origin`` is for ``apply`` alone."""
        self.text = text
        self._origin = origin

    def apply(self, edits: Iterable[Edit]) -> Rewriting:
        """Carry out ``edits``.

        They may come in any order and must not overlap (``ValueError`` otherwise).  A replacement as long
        as what it replaces maps character by character; of any other each character stands for the whole.
        """
        ordered = sorted(edits)
        if not ordered:
            return self
        starts, ends = self._origin or (array("q", range(len(self.text))), array("q", range(1, len(self.text) + 1)))
        pieces: list[str] = []
        new_starts, new_ends = array("q"), array("q")
        done = 0
        for start, end, replacement in ordered:
            if start < done or end < start or end > len(self.text):
                raise ValueError(f"edit {start}:{end} overlaps another or lies outside the text")
            pieces += (self.text[done:start], replacement)
            new_starts += starts[done:start]
            new_ends += ends[done:start]
            if len(replacement) == end - start:
                new_starts += starts[start:end]
                new_ends += ends[start:end]
            elif replacement:
                low = starts[start] if start < len(starts) else (ends[-1] if ends else 0)
                high = ends[end - 1] if end > start else low
                new_starts += array("q", [low]) * len(replacement)
                new_ends += array("q", [high]) * len(replacement)
            done = end
        pieces.append(self.text[done:])
        return Rewriting("".join(pieces), (new_starts + starts[done:], new_ends + ends[done:]))

    def offsets(self) -> OffsetMap:
        """The map from the current text to the raw one."""
        if self._origin is None:
            return OffsetMap.identity(len(self.text))
        return OffsetMap(length=len(self.text), runs=_runs(*self._origin))


def _runs(starts: Sequence[int], ends: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
    """Join characters that continue each other one to one, and those that share one interval."""
    runs: list[tuple[int, int, int]] = []
    begin = 0
    for position in range(1, len(starts) + 1):
        if position < len(starts):
            single = ends[position - 1] - starts[position - 1] == 1 and ends[position] - starts[position] == 1
            if single and starts[position] == starts[position - 1] + 1:
                continue
        runs.append((begin, starts[begin], ends[position - 1]))
        begin = position
    return tuple(runs)
