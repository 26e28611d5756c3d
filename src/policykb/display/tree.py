"""A practice, its parts and their members as a tree that grows from left to right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from policykb.display.canvas import COLOURS
from policykb.models import Component, Practice

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROOT, _PART, _MEMBER = 0.0, 2.3, 4.7
"""Where the three columns begin, in inches of the picture."""
_CHARACTER = 0.15
"""Inches that a character of a label takes."""
_WRONG = "#dc2626"
_GREY = "#64748b"
_ROOT_LENGTH, _PART_LENGTH, _MEMBER_LENGTH = 9, 10, 34
"""Characters of a label: a longer one of the root or of a part is folded, one of a member is cut."""


class _Branch(NamedTuple):
    """A part with the rows of its members, from ``top`` to ``bottom``."""

    part: Component
    top: int
    bottom: int

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def tree_width(practice: Practice) -> float:
    """Inches that the tree takes from left to right."""
    longest = max((len(_cut(member)) for part in practice.components for member in part.members), default=0)
    return _MEMBER + 0.3 + _CHARACTER * longest


def draw_tree(axes: Axes, practice: Practice) -> None:
    """Draw the tree; a practice whose text lists no parts is a root that says so."""
    axes.set_axis_off()
    axes.set_xlim(_ROOT - 0.15, tree_width(practice))
    branches = list(_branches(_with_missing(practice)))
    rows = branches[-1].bottom if branches else 0
    axes.set_ylim(rows + 0.6, -0.6)
    middle = rows / 2
    for number, branch in enumerate(branches):
        _connect(axes, (_ROOT + 0.1, middle), (_PART, branch.middle), _GREY)
        _draw_branch(axes, branch, COLOURS[number % len(COLOURS)])
    if not branches:
        _connect(axes, (_ROOT + 0.1, middle), (_PART, middle), _GREY)
        _label(axes, _PART, middle, "原文没有列出组成", _GREY)
    _label(axes, _ROOT, middle, _folded(practice.name, _ROOT_LENGTH), _GREY)


def tree_rows(practice: Practice) -> int:
    """Rows that the tree takes from top to bottom."""
    return sum(max(1, len(part.members)) for part in _with_missing(practice)) or 1


def _with_missing(practice: Practice) -> tuple[Component, ...]:
    """The parts, and those that the name counts and the text, though it lists others, leaves out."""
    listed = {part.label for part in practice.components}
    absent = [label for label in practice.missing or () if label not in listed] if listed else []
    return (*practice.components, *(Component(label=label, count=None, members=()) for label in absent))


def _branches(parts: Sequence[Component]) -> Iterator[_Branch]:
    top = 0
    for part in parts:
        bottom = top + max(1, len(part.members)) - 1
        yield _Branch(part, top, bottom)
        top = bottom + 1


def _draw_branch(axes: Axes, branch: _Branch, colour: str) -> None:
    part = branch.part
    for row, member in enumerate(part.members, branch.top):
        _connect(axes, (_PART + 0.1, branch.middle), (_MEMBER, row), colour)
        axes.text(_MEMBER + 0.1, row, _cut(member), va="center")
    holds = part.members and part.count_holds is not False
    _label(axes, _PART, branch.middle, part_label(part), colour if holds else _WRONG)


def part_label(part: Component) -> str:
    """The name of a part with its number of members; where more or fewer are claimed, both numbers."""
    name = _folded(part.label or "成员", _PART_LENGTH)
    if part.count_holds is False:
        return f"{name}\n应有 {part.count}，列出 {len(part.members)}"
    return f"{name}（{len(part.members)}）" if part.members else f"{name}（未列出）"


def _folded(text: str, length: int) -> str:
    return "\n".join(text[at : at + length] for at in range(0, len(text), length))


def _cut(member: str) -> str:
    return member if len(member) <= _MEMBER_LENGTH else member[: _MEMBER_LENGTH - 1] + "…"


def _label(axes: Axes, x: float, y: float, text: str, colour: str) -> None:
    """A text in a box, which hides the lines that begin behind it."""
    box = {"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": colour, "linewidth": 1.4}
    ink = colour if colour == _WRONG else "black"
    axes.text(x, y, text, va="center", bbox=box, color=ink, fontweight="bold", zorder=3)


def _connect(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    """An elbow from one label to another, bent shortly before the second."""
    turn = end[0] - 0.35
    xs, ys = (start[0], turn, turn, end[0]), (start[1], start[1], end[1], end[1])
    axes.plot(xs, ys, color=colour, linewidth=1.2, zorder=1, solid_joinstyle="round")
