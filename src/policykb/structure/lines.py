"""The lines of a text as a reader sees them: without blanks and Markdown marks around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MARKS = "#*>"
_BLANKS = " \t\r\u3000\xa0"
_SPACED = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]+[\u4e00-\u9fff])+")
_LONGEST_SPACED = 24


class Line(NamedTuple):
    """``text`` stands at ``[start, end)`` of the text that was split; it is never empty."""

    start: int
    end: int
    text: str


def split_lines(text: str, start: int = 0) -> list[Line]:
    """The lines of ``text[start:]`` that are not blank, in order."""
    return list(_lines(text, start))


def without_letter_spacing(text: str) -> str:
    """A short line whose every letter stands apart (特 急, 公　告) as one word; any other line as it is."""
    return "".join(text.split()) if len(text) <= _LONGEST_SPACED and _SPACED.fullmatch(text) else text


def _lines(text: str, at: int) -> Iterator[Line]:
    for raw in text[at:].split("\n"):
        visible = raw.strip(_BLANKS)
        if visible:
            begin = at + raw.index(visible[0])
            if visible[0] in _MARKS:
                visible, begin = _unmark(visible, begin)
            if visible:
                yield Line(begin, begin + len(visible), visible)
        at += len(raw) + 1


def _unmark(visible: str, begin: int) -> tuple[str, int]:
    """Take off the marks of a Markdown heading, quotation or bold line."""
    inner = visible.lstrip(_MARKS).lstrip(_BLANKS)
    begin += len(visible) - len(inner)
    if visible.startswith("**") or "**" in inner[-2:]:
        inner = inner.rstrip("*").rstrip(_BLANKS)
    return inner, begin
