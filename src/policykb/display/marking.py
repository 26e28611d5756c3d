"""A text with some of its places marked; marks may stand inside of each other and may overlap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from policykb.display.html import Html, put, tag


class Mark(NamedTuple):
    """``[start, end)`` of a text as an element; ``label`` is told when the pointer rests on it."""

    start: int
    end: int
    element: str
    look: str = ""
    label: str = ""


def mark(text: str, marks: Iterable[Mark], *, start: int = 0, end: int | None = None) -> Html:
    """``text[start:end]`` with the parts of ``marks`` that lie in it.

    A longer mark stands outside of a shorter one; where two cross, the one that ends first is cut in two, so that
    the elements nest.  Empty marks do not show.
    """
    end = len(text) if end is None else end
    within = (one._replace(start=max(one.start, start), end=min(one.end, end)) for one in marks)
    waiting = sorted((one for one in within if one.start < one.end), key=lambda one: (one.start, -one.end))
    pieces: list[str] = []
    opened: list[Mark] = []
    at = start
    for one in waiting:
        at = _write_until(one.start, text, at, opened, pieces)
        again = [other for other in opened if other.end < one.end]
        outer = [other for other in opened if other.end >= one.end]
        pieces += (_closing(other) for other in reversed(again))
        pieces += (_opening(other) for other in (one, *again))
        opened[:] = [*outer, one, *again]
    _write_until(end, text, at, opened, pieces)
    return Html("".join(pieces))


def _write_until(place: int, text: str, at: int, opened: list[Mark], pieces: list[str]) -> int:
    """Write the text from ``at`` to ``place``, closing what ends on the way: the innermost ends first."""
    while opened and opened[-1].end <= place:
        inner = opened.pop()
        pieces += (put(text[at : inner.end]), _closing(inner))
        at = inner.end
    pieces.append(put(text[at:place]))
    return place


def _opening(one: Mark) -> str:
    return tag(one.element, look=one.look, title=one.label).removesuffix(_closing(one))


def _closing(one: Mark) -> str:
    return f"</{one.element}>"
