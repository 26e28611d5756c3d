"""Breaking lines of Chinese text at a terminal's width: wide characters count two, closing marks never begin a line."""

from __future__ import annotations

import re

from rich.cells import cell_len

_UNIT = re.compile(r"(?:[!-~]{1,40}|[^!-~\n])[、，。；：？！）】》”]*|\n")
"""What is not broken: a word of ASCII, or one character, with the closing marks behind it."""


def fold_spans(text: str, width: int) -> list[tuple[int, int]]:
    """The half-open places in ``text`` of lines of at most ``width`` columns, blanks at their ends left out."""
    spans: list[tuple[int, int]] = []
    start, end, room = 0, 0, width
    for unit in _UNIT.finditer(text):
        needed = cell_len(unit[0])
        if needed > room or unit[0] == "\n":
            spans.append((start, end))
            start, room = unit.start() + (unit[0].isspace()), width
        if not unit[0].isspace():
            end = unit.end()
        elif start == unit.start():
            start = unit.end()
            continue
        room -= needed
        end = max(end, start)
    return [(a, b) for a, b in [*spans, (start, end)] if a < b] or [(0, 0)]


def fold(text: str, width: int) -> list[str]:
    """The lines that ``fold_spans`` finds."""
    return [text[start:end] for start, end in fold_spans(text, width)]
