"""Documents by their dates: a row for each, or counts by year where there are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from policykb.display.canvas import COLOURS
from policykb.models import Document
from policykb.terms import DocumentKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DAY_NOUGHT = date(1970, 1, 1)
"""From where matplotlib counts days."""

Dated = tuple[str, Document]
"""A document with the date that it is placed at, as precise as its text tells."""


def draw_rows(axes: Axes, dated: Sequence[Dated]) -> list[str]:
    """A mark for each day that is known, a bar for a month or a year; the labels of the rows."""
    kinds = _kinds(dated)
    for row, (told, document) in enumerate(dated):
        first, behind = interval(told)
        start, days = (first - _DAY_NOUGHT).days, (behind - first).days
        colour = _colour(document.kind, kinds)
        if days == 1:
            axes.plot([start], [row], "o", color=colour, markersize=8)
        else:
            axes.barh(row, days, left=start, color=colour, alpha=0.55, height=0.45)
    axes.xaxis_date()
    return [f"{document.title}　{told}" for told, document in dated]


def draw_counts(axes: Axes, dated: Sequence[Dated]) -> None:
    """A column for each year, divided by kinds of documents."""
    counts = Counter((int(told[:4]), document.kind) for told, document in dated)
    years = range(min(year for year, _ in counts), max(year for year, _ in counts) + 1)
    below = [0] * len(years)
    kinds = _kinds(dated)
    for kind in kinds:
        heights = [counts[year, kind] for year in years]
        axes.bar(list(years), heights, bottom=below, color=_colour(kind, kinds))
        below = [a + b for a, b in zip(below, heights, strict=True)]
    axes.locator_params(axis="x", integer=True)
    axes.set_ylabel("文件（份）")


def name_kinds(figure: Figure, dated: Sequence[Dated]) -> None:
    """A legend of the kinds with their numbers."""
    from matplotlib.lines import Line2D  # noqa: PLC0415 - an extra

    kinds = _kinds(dated)
    counts = Counter(document.kind for _, document in dated)
    marks = [Line2D([], [], marker="o", linestyle="", color=_colour(kind, kinds)) for kind in kinds]
    labels = [f"{kind.zh} {counts[kind]}" for kind in kinds]
    figure.legend(marks, labels, loc="outside right upper", frameon=False, fontsize="small")


def is_date(told: str) -> bool:
    """Whether the calendar has this date: a text may tell 30 February."""
    try:
        interval(told)
    except ValueError:
        return False
    return True


def interval(told: str) -> tuple[date, date]:
    """The first day of a date of any precision, and the day behind its last: 2012-03 → 1 March, 1 April."""
    year, month, day = (*map(int, told.split("-")), 0, 0)[:3]
    if day:
        first = date(year, month, day)
        return first, first + timedelta(days=1)
    if month:
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    return date(year, 1, 1), date(year + 1, 1, 1)


def _kinds(dated: Sequence[Dated]) -> list[DocumentKind]:
    present = {document.kind for _, document in dated}
    return [kind for kind in DocumentKind if kind in present]


def _colour(kind: DocumentKind, kinds: Sequence[DocumentKind]) -> str:
    return COLOURS[kinds.index(kind) % len(COLOURS)]
