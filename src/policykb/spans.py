"""Half-open character spans, and the map from a rewritten text back to the text it was made from.

A text is rewritten by a list of edits.  ``rewrite`` applies them and keeps, for each character of the
result, the interval of the original that it stands for.  ``OffsetMap`` stores these intervals as runs:
a run of untouched characters costs one entry, whatever its length.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
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


Run = tuple[int, int, int]
"""``(start, source_start, source_end)``, see ``OffsetMap``."""


class Rewriting:
    """A text on its way from raw to clean: the current text, and where each run of it came from.

    Edits are given in coordinates of the current text; ``apply`` returns a new object, none is changed.
    The cost of ``apply`` grows with the number of edits and runs, not with the length of the text.
    """

    def __init__(self, text: str, runs: tuple[Run, ...] | None = None) -> None:
        """Start from an untouched ``text``; ``runs`` is for ``apply`` alone."""
        self.text = text
        self._runs = runs if runs is not None else ((0, 0, len(text)),) * bool(text)

    def apply(self, edits: Iterable[Edit]) -> Rewriting:
        """Carry out ``edits``.

        They may come in any order and must not overlap (``ValueError`` otherwise).  A replacement as long
        as what it replaces maps character by character; of any other each character stands for the whole.
        """
        ordered = sorted(edits)
        if not ordered:
            return self
        pieces: list[str] = []
        builder = _RunBuilder(self._runs, len(self.text))
        done = 0
        for start, end, replacement in ordered:
            if start < done or end < start or end > len(self.text):
                raise ValueError(f"edit {start}:{end} overlaps another or lies outside the text")
            pieces += (self.text[done:start], replacement)
            if len(replacement) == end - start:
                builder.keep(end)
            else:
                builder.keep(start)
                builder.replace(end, len(replacement))
            done = end
        pieces.append(self.text[done:])
        builder.keep(len(self.text))
        return Rewriting("".join(pieces), tuple(builder.runs))

    def offsets(self) -> OffsetMap:
        """The map from the current text to the raw one."""
        return OffsetMap(length=len(self.text), runs=self._runs)


class _RunBuilder:
    """Makes the runs of a rewritten text from those of the text before, walking it once from left to right."""

    def __init__(self, old: tuple[Run, ...], length: int) -> None:
        self.runs: list[Run] = []
        self._old = old
        self._old_length = length
        self._index = 0
        self._read = 0
        self._written = 0

    def keep(self, end: int) -> None:
        """Take over the old text up to ``end``."""
        while self._read < end:
            start, source_start, source_end, stop = self._run()
            low, high = self._read, min(stop, end)
            if stop - start == source_end - source_start:
                source_start, source_end = source_start + low - start, source_end - (stop - high)
            self._write(high - low, source_start, source_end)
            self._read = high

    def replace(self, end: int, length: int) -> None:
        """Put ``length`` new characters in the place of the old text up to ``end``."""
        low = high = self._source_start()
        while self._read < end:
            start, source_start, source_end, stop = self._run()
            step = min(stop, end)
            one_to_one = stop - start == source_end - source_start
            high = source_end - (stop - step) if one_to_one else source_end
            self._read = step
        for _ in range(length):
            self._write(1, low, high)

    def _run(self) -> tuple[int, int, int, int]:
        """The old run that holds the next character to read, with its end."""
        while self._stop(self._index) <= self._read:
            self._index += 1
        return *self._old[self._index], self._stop(self._index)

    def _stop(self, index: int) -> int:
        return self._old[index + 1][0] if index + 1 < len(self._old) else self._old_length

    def _source_start(self) -> int:
        """Where the next character to read came from; behind the last one, the end of the source."""
        if self._read >= self._old_length:
            return self._old[-1][2] if self._old else 0
        start, source_start, source_end, stop = self._run()
        return source_start + self._read - start if stop - start == source_end - source_start else source_start

    def _write(self, length: int, source_start: int, source_end: int) -> None:
        """Add a run, joined with the one before where both go on one to one."""
        if self.runs and length == source_end - source_start:
            start, last_start, last_end = self.runs[-1]
            if last_end == source_start and self._written - start == last_end - last_start:
                self.runs[-1] = (start, last_start, source_end)
                self._written += length
                return
        self.runs.append((self._written, source_start, source_end))
        self._written += length
