"""Mark with ⍰ where a page cut off a paragraph: a title that is never closed, a quotation that never began."""

from __future__ import annotations

from policykb.cleaning.changes import NOTHING, Change, Outcome
from policykb.cleaning.shifted_bytes import LOST
from policykb.terms import RepairKind

_NEAR = 12
"""A closing quotation mark so near to the beginning of a paragraph, with none before it, closes what was cut."""

_OPENING_LENGTH = 20
"""A paragraph shorter than this is a heading or a line of a table, not one that was cut."""


def mark_truncations(text: str) -> Outcome:
    """``⍰`` behind a paragraph that ends inside of 《…, and before one that begins inside of …”.

    A paragraph that merely goes on in the next line (hard line ends) is none of these.
    """
    if "《" not in text and "”" not in text:
        return NOTHING
    changes: list[Change] = []
    lines = text.split("\n")
    start = 0
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        before = lines[number - 1] if number else ""
        if _begins_inside(line, before):
            changes.append(Change(start, start, LOST, RepairKind.LOST))
        if _ends_inside(line, following):
            changes.append(Change(start + len(line), start + len(line), LOST, RepairKind.LOST))
        start += len(line) + 1
    return Outcome(tuple(changes))


def _ends_inside(line: str, following: str) -> bool:
    """Whether the line ends inside of a title that the next one does not close."""
    opened = line.rfind("《")
    if opened < 0 or len(line) < _OPENING_LENGTH or "》" in line[opened:] or line.endswith(LOST):
        return False
    closed, reopened = following.find("》"), following.find("《")
    return closed < 0 or 0 <= reopened < closed


def _begins_inside(line: str, before: str) -> bool:
    """Whether the line begins inside of a quotation that the one before did not open."""
    closed = line.find("”")
    if not 0 < closed <= _NEAR or len(line) < _OPENING_LENGTH:
        return False
    if any(mark in line[:closed] for mark in "“。！？" + LOST) or not "\u4e00" <= line[closed - 1] <= "\u9fff":
        return False
    return before.count("“") <= before.count("”") and line.count("”") > line.count("“")
