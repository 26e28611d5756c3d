"""The lines and tables of a PDF page, from the places of its characters.  Lengths are points (1/72 inch)."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

from policykb.errors import ReadError
from policykb.reading.limits import limit

_CODE = re.compile(r"\(cid:\d+\)")
_SAME_LINE = 0.5
"""Characters whose middles lie closer than this share of their size stand on one line."""

_WORD_GAP = 0.18
"""A gap between letters of a Western word beyond this share of the size is a blank that was not written."""

_COLUMN_GAP = 1.5
"""A gap beyond this many sizes parts what stands apart on one line, as the cells of a table without rules do."""

_OVERPRINT = 0.12
"""The same character again within this share of its size is bold type made by printing twice."""

_FEWEST_RULES = 3

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class PdfRow(Protocol):
    """What is used of a row that pdfplumber finds; a cell merged with another has no box."""

    cells: Sequence[Box | None]


class PdfTable(Protocol):
    """What is used of a table that pdfplumber finds."""

    bbox: Box
    rows: Sequence[PdfRow]


class PdfPage(Protocol):
    """What is used of a page of pdfplumber."""

    page_number: int
    height: float
    chars: Sequence[dict[str, Any]]
    rects: Sequence[object]
    lines: Sequence[object]
    curves: Sequence[object]
    images: Sequence[object]

    def find_tables(self) -> Sequence[PdfTable]:
        """The ruled tables."""

    def close(self) -> None:
        """Let go of the page's contents."""


class Character(NamedTuple):
    """A character on the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2

    def within(self, box: Box) -> bool:
        """Whether the character's middle is inside."""
        return box[0] <= (self.left + self.right) / 2 <= box[2] and box[1] <= self.middle <= box[3]


class Line(NamedTuple):
    """A line of text: its left and right end, its top counted from the page's top, its size of type."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


class Table(NamedTuple):
    """A ruled table: the top and the left end of its frame and its rows of cells."""

    top: float
    rows: tuple[tuple[str, ...], ...]
    left: float = 0.0


class Page(NamedTuple):
    """What stands on a page, or in one of its columns, lines and tables each from top to bottom."""

    number: int
    height: float
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    has_picture: bool


def contents_of(page: PdfPage) -> tuple[list[Character], list[Table]]:
    """The characters outside of tables, and the tables; raises ``ReadError`` where a page holds too many characters."""
    if len(page.chars) > limit("pdf", "page_characters"):
        raise ReadError(
            "PDF 第 {page} 页有 {characters} 个字符，超出上限；请另存为 .docx 后再读。",
            page=page.page_number,
            characters=len(page.chars),
        )
    characters = _without_overprint(_characters(page))
    tables, frames = [], []
    for frame in _frames(page):
        rows = _rows(frame, characters)
        if rows:
            tables.append(Table(frame.bbox[1], rows, frame.bbox[0]))
            frames.append(frame.bbox)
    return [each for each in characters if not any(each.within(frame) for frame in frames)], tables


def _characters(page: PdfPage) -> list[Character]:
    """The upright characters: what stands slanted across a page is a watermark, unless all of it does."""
    upright = [character for character in page.chars if character["upright"]]
    return [
        Character(_plain(char["text"]), char["x0"], char["x1"], char["top"], char["bottom"], char["size"])
        for char in (upright if len(upright) * 2 >= len(page.chars) else page.chars)
    ]


def lines_of(characters: Sequence[Character]) -> list[Line]:
    """Characters gathered into lines, top to bottom, each from left to right."""
    rows: list[list[Character]] = []
    for character in sorted(characters, key=lambda each: (each.middle, each.left)):
        if rows and _on_line(character, rows[-1]):
            rows[-1].append(character)
        else:
            rows.append([character])
    return [line for row in rows if (line := _line(row)) is not None]


def _on_line(character: Character, row: Sequence[Character]) -> bool:
    last = max(row[-8:], key=lambda each: each.size)
    return abs(character.middle - last.middle) < max(character.size, last.size) * _SAME_LINE


def _line(row: Sequence[Character]) -> Line | None:
    row = sorted(row, key=lambda each: each.left)
    shown = [character for character in row if character.text.strip()]
    if not shown:
        return None
    size = statistics.median(character.size for character in shown)
    pieces = [row[0].text]
    for before, character in pairwise(row):
        gap = character.left - before.right
        western = _is_western(before.text) and _is_western(character.text)
        apart = gap > size * _COLUMN_GAP and not (before.text.isspace() or character.text.isspace())
        if apart or (western and gap > size * _WORD_GAP):
            pieces.append(" ")
        pieces.append(character.text)
    text = "".join(pieces).strip(" \u3000")
    top, bottom = (statistics.median(each) for each in zip(*((c.top, c.bottom) for c in shown), strict=True))
    return Line(text, shown[0].left, max(each.right for each in shown), top, bottom, size) if text else None


def _plain(text: str) -> str:
    """A character; one whose font says not which it is reads U+FFFD."""
    return _CODE.sub("\N{REPLACEMENT CHARACTER}", text).replace("\xa0", " ").replace("\0", "")


def _is_western(text: str) -> bool:
    return text.isascii() and text.isalnum()


def _without_overprint(characters: Iterable[Character]) -> list[Character]:
    """Bold type made by printing twice, a hair apart, counts once."""
    kept: list[Character] = []
    seen: dict[tuple[str, int, int], Character] = {}
    for character in characters:
        step = max(character.size * _OVERPRINT, 0.1)
        column, row = round(character.left / step), round(character.top / step)
        near = (seen.get((character.text, column + x, row + y)) for x in (-1, 0, 1) for y in (-1, 0, 1))
        if not any(twin is not None and _is_twin(twin, character, step) for twin in near):
            kept.append(character)
            seen[character.text, column, row] = character
    return kept


def _is_twin(twin: Character, character: Character, hair: float) -> bool:
    return abs(twin.left - character.left) <= hair and abs(twin.top - character.top) <= hair


def _frames(page: PdfPage) -> list[PdfTable]:
    """The ruled tables of a page; without a few rules there is none to look for."""
    if len(page.rects) + len(page.lines) + len(page.curves) < _FEWEST_RULES:
        return []
    return sorted(page.find_tables(), key=lambda frame: frame.bbox[1])


def _rows(frame: PdfTable, characters: Sequence[Character]) -> tuple[tuple[str, ...], ...]:
    """The cells of a ruled table; empty where the frame is a box around text rather than a table."""
    inside = [character for character in characters if character.within(frame.bbox)]
    rows = [tuple(_cell(box, inside) for box in row.cells) for row in frame.rows]
    wide = [row for row in rows if sum(bool(cell) for cell in row) >= 2]
    return tuple(row for row in rows if any(row)) if len(wide) >= 2 else ()


def _cell(box: Box | None, characters: Sequence[Character]) -> str:
    return "".join(line.text for line in lines_of([each for each in characters if box and each.within(box)]))
