"""Pictures of practices, figures and documents; each is a matplotlib figure (extra ``plot``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from policykb.display.canvas import COLOURS, chinese, open_figure
from policykb.display.records import indicator_value
from policykb.display.timeline import draw_counts, draw_rows, is_date, name_kinds
from policykb.display.tree import draw_tree, tree_rows, tree_width
from policykb.errors import NotFoundError
from policykb.models import Document, Indicator, Practice
from policykb.terms import PracticeKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NOWHERE = "（未指明）"
_ROW = 0.3
"""Inches that a row of a picture takes."""
_LABEL = 24
"""Characters of the label of a figure."""
_NAMED = 40
"""Documents up to which each has a row of its own in the timeline; units that an error names."""


def plot_practices(practices: Iterable[Practice], *, top: int = 20) -> Figure:
    """How many practices of each kind each place has: the ``top`` places with most, then the others together."""
    counts = Counter((one.locality or _NOWHERE, one.kind) for one in practices)
    rows = _places_by_number(counts, top)
    with chinese():
        figure, (axes,) = open_figure(9, 1.5 + _ROW * len(rows))
        left = [0] * len(rows)
        for colour, kind in zip(COLOURS, PracticeKind, strict=True):
            widths = [sum(counts[place, kind] for place in together) for _, together in rows]
            if any(widths):
                axes.barh(
                    range(len(rows)), widths, left=left, color=colour, label=f"{kind.zh} {sum(widths)}", height=0.75
                )
            left = [a + b for a, b in zip(left, widths, strict=True)]
        for row, total in enumerate(left):
            axes.text(total, row, f" {total}", va="center")
        _name_rows(axes, [label for label, _ in rows])
        axes.set_xlabel("做法（项）")
        figure.suptitle("各地的做法，按类型")
        if rows:
            figure.legend(loc="outside right upper", frameon=False, fontsize="small")
    return figure


def _places_by_number(counts: Mapping[tuple[str, PracticeKind], int], top: int) -> list[tuple[str, set[str]]]:
    """The rows: each a label and the places that it stands for; what has no place comes last."""
    totals: Counter[str] = Counter()
    for (place, _), n in counts.items():
        totals[place] += n
    places = sorted(totals.keys() - {_NOWHERE}, key=lambda place: (-totals[place], place))
    rows = [(place, {place}) for place in places[:top]]
    if len(places) > top:
        rows.append((f"其余 {len(places) - top} 处", set(places[top:])))
    return [*rows, (_NOWHERE, {_NOWHERE})] if totals[_NOWHERE] else rows


def plot_parts(practice: Practice) -> Figure:
    """The parts of a practice and their members as a tree; a count that does not hold is red and says so."""
    with chinese():
        figure, (axes,) = open_figure(tree_width(practice), 0.9 + _ROW * tree_rows(practice))
        draw_tree(axes, practice)
        place = f"（{practice.locality}）" if practice.locality else ""
        figure.suptitle(f"{practice.full_name}{place}")
    return figure


def plot_indicators(
    indicators: Iterable[Indicator], *, unit: str | None = None, subject: str = "", top: int = 30
) -> Figure:
    """The figures of one unit compared between places, each with what it is said of: the ``top`` largest.

    Without a ``unit`` it is the one that most places use; ``subject`` keeps the figures whose subject or quote holds
    it.  A range is a bar from its lower to its upper end.  Raises ``NotFoundError`` where nothing is left.
    """
    about = [one for one in indicators if subject in (one.subject or "") or subject in one.quote]
    unit = _commonest_unit(about) if unit is None else unit
    chosen = sorted((one for one in about if (one.unit or "") == unit), key=lambda one: (-_ends(one)[1], one.quote))
    if not chosen:
        units = "、".join(sorted({one.unit for one in about if one.unit})[:_NAMED])
        raise NotFoundError(f"没有单位为“{unit}”、说到“{subject}”的指标；有的单位是：{units or '无'}")
    with chinese():
        figure, (axes,) = open_figure(9, 1.3 + _ROW * min(top, len(chosen)))
        _draw_figures(axes, chosen[:top])
        axes.set_xlabel(f"{unit}（对数刻度）" if axes.get_xscale() == "log" else unit)
        about_what = f"说到“{subject}”的指标" if subject else "指标"
        more = f"，最大的 {top} 个" if len(chosen) > top else ""
        figure.suptitle(f"各地{about_what}（{unit or '无单位'}{more}）")
    return figure


def _commonest_unit(indicators: Sequence[Indicator]) -> str:
    places = {(one.unit, one.locality) for one in indicators if one.unit and one.locality}
    counts = Counter(unit for unit, _ in places)
    return min(counts, key=lambda unit: (-counts[unit], unit), default="")


def _draw_figures(axes: Axes, chosen: Sequence[Indicator]) -> None:
    """A bar for each figure, coloured by its place; on a logarithmic scale where they differ by three digits."""
    places = list(dict.fromkeys(one.locality for one in chosen))
    largest = max(_ends(one)[1] for one in chosen)
    smallest = min(_ends(one)[1] for one in chosen)
    if smallest > 0 and largest / smallest > 1000:
        axes.set_xscale("log")
    for row, one in enumerate(chosen):
        low, high = _ends(one)
        colour = COLOURS[places.index(one.locality) % len(COLOURS)]
        start = low if isinstance(one.value, tuple) else 0
        axes.barh(row, high - start, left=start, color=colour, height=0.7)
        axes.text(high, row, f" {indicator_value(one)}", va="center", fontsize="small")
    _name_rows(axes, [f"{one.locality or _NOWHERE}：{_what(one)}" for one in chosen])
    axes.margins(x=0.15)


def _ends(one: Indicator) -> tuple[float, float]:
    return one.value if isinstance(one.value, tuple) else (one.value, one.value)


def plot_timeline(documents: Iterable[Document]) -> Figure:
    """When documents were issued, or else published: a row for each, or counts by year where there are many.

    A date known to the month or year is a bar as long as that; documents without a date are counted below.
    """
    everything = list(documents)
    dated = [(date, one) for one in everything if (date := one.issued_on or one.published_on) and is_date(date)]
    dated.sort(key=lambda row: (row[0], row[1].title, row[1].id))
    many = len(dated) > _NAMED
    with chinese():
        figure, (axes,) = open_figure(9, 4 if many else 1.6 + _ROW * len(dated))
        if many:
            draw_counts(axes, dated)
        else:
            _name_rows(axes, draw_rows(axes, dated))
        if dated:
            name_kinds(figure, dated)
        undated = len(everything) - len(dated)
        axes.set_xlabel(f"另有 {undated} 份没有日期" if undated else "")
        figure.suptitle("文件的时间")
    return figure


def _what(one: Indicator) -> str:
    """What a figure is said of: its subject, or its quote where that is hardly a word."""
    text = one.subject if one.subject and len(one.subject) > 1 else one.quote
    return text if len(text) <= _LABEL else text[: _LABEL - 1] + "…"


def _name_rows(axes: Axes, labels: Sequence[str]) -> None:
    """Labels of the rows, the first on top."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
