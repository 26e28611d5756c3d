"""Passages: paragraphs, long ones cut at the ends of sentences, each with the headings above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policykb.models import Passage, Section
from policykb.spans import Span
from policykb.structure.lines import Line

LONGEST = 300
"""A paragraph that is longer is cut."""
_GOAL = 240
_SHORTEST = 100
_SENTENCE_END = re.compile(r"[。！？；]+[”’）]*")
_GOES_ON = ("：", ":", "；", ";")


def build_passages(
    text: str, paragraphs: Sequence[Line], sections: Sequence[Section], breaks: Sequence[int] = ()
) -> tuple[Passage, ...]:
    """The passages of ``paragraphs`` in order; they do not overlap and together are the paragraphs.

    ``breaks`` are positions at which a long paragraph is preferably cut: the starts of run-in sections.
    Lines of a list stay with the sentence that opens it as long as the passage is not too long.
    """
    spans = [piece for span in _joined(paragraphs, frozenset(breaks)) for piece in _cut(text, span, breaks)]
    return tuple(
        Passage(start=span.start, end=span.end, headings=headings)
        for span, headings in zip(spans, _headings_above(spans, sections), strict=True)
    )


def _joined(paragraphs: Sequence[Line], breaks: frozenset[int]) -> Iterator[Span]:
    current: Span | None = None
    goes_on = False
    for line in paragraphs:
        if current and goes_on and line.start not in breaks and line.end - current.start <= LONGEST:
            current = Span(current.start, line.end)
        else:
            if current:
                yield current
            current = Span(line.start, line.end)
        goes_on = line.text.endswith(_GOES_ON)
    if current:
        yield current


def _cut(text: str, span: Span, breaks: Sequence[int]) -> Iterator[Span]:
    """Cut a long span into pieces of about ``_GOAL`` characters at sentence ends, first of all at ``breaks``."""
    if span.end - span.start <= LONGEST:
        yield span
        return
    ends = [match.end() for match in _SENTENCE_END.finditer(text, span.start, span.end)]
    inner = {at for at in breaks if span.start < at < span.end}
    ends = sorted({*_short_enough([span.start, *ends, span.end]), *inner} - {span.start})
    start = last = span.start
    for end in ends:
        if end - start > LONGEST and last - start >= 1:
            yield _trimmed(text, start, last)
            start = last
        if (end in inner and end - start >= _SHORTEST) or (end - start >= _GOAL and span.end - end >= _SHORTEST):
            yield _trimmed(text, start, end)
            start = end
        last = end
    if start < span.end:
        yield _trimmed(text, start, span.end)


def _short_enough(cuts: Sequence[int]) -> list[int]:
    """The cuts, with more between those that are further apart than the longest passage."""
    found: list[int] = []
    for start, end in pairwise(cuts):
        found += range(start + LONGEST, end, LONGEST)
        found.append(end)
    return found


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _headings_above(spans: Sequence[Span], sections: Sequence[Section]) -> Iterator[tuple[str, ...]]:
    """For each span the numbers and headings of the sections that began before it and go on."""
    position = 0
    above: list[Section] = []
    for span in spans:
        while position < len(sections) and sections[position].start < span.start:
            above.append(sections[position])
            position += 1
        above = [section for section in above if section.end > span.start]
        yield tuple((section.number or "") + section.heading for section in above)
