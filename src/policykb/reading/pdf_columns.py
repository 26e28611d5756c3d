"""Pages set in columns: what stands beside each other is read one column after the other.

A column's edge is a strip that hardly any line crosses, with full lines on both sides; the lines that cross it (a
title, a running foot) part the page into bands, each read by itself.  Lengths are points.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policykb.reading.pdf_lines import Character, Line, Page, PdfPage, Table, contents_of, lines_of

_STEP = 2.0
_STRIP = 0.9
"""The strip between two columns is at least so many sizes of type wide."""
_MIDDLE = (0.25, 0.75)
"""It is looked for in this part of the text's width."""
_FEWEST_LINES = 6
_FEWEST_CHARACTERS = 8
_FULL = 0.7
"""A full line takes this share of its column; at least half of a column's lines are full, as a table's are not."""
_MOST_CROSSING = 0.25
_DEEPEST = 2


class Block(NamedTuple):
    """Characters that are read together: a column of a band, or lines over the whole width."""

    characters: tuple[Character, ...]
    is_column: bool = False


def pages_of(page: PdfPage) -> list[Page]:
    """A page of pdfplumber as it is read: as one, or column by column, each then moved to the first one's margin."""
    characters, tables = contents_of(page)
    blocks = [block for block in blocks_of(characters) if any(each.text.strip() for each in block.characters)]
    margin = min((_left(block) for block in blocks if block.is_column), default=0.0)
    owners = [_owner(table, blocks) for table in tables]
    return [
        Page(
            page.page_number,
            float(page.height),
            tuple(_moved(lines_of(block.characters), _left(block) - margin if block.is_column else 0.0)),
            tuple(table for table, owner in zip(tables, owners, strict=True) if owner == number),
            bool(page.images),
        )
        for number, block in enumerate(blocks or [Block(())])
    ]


def _left(block: Block) -> float:
    return min(each.left for each in block.characters if each.text.strip())


def _moved(lines: Sequence[Line], by: float) -> list[Line]:
    return [line._replace(left=line.left - by, right=line.right - by) for line in lines]


def _owner(table: Table, blocks: Sequence[Block]) -> int:
    """The number of the block that a table is read with: the last that begins above it and not right of it."""
    above = [
        number
        for number, block in enumerate(blocks)
        if min(each.top for each in block.characters) <= table.top and _left(block) <= table.left + _FEWEST_CHARACTERS
    ]
    return above[-1] if above else 0


def blocks_of(characters: Sequence[Character], *, depth: int = 0) -> list[Block]:
    """The characters of a page in the blocks that they are read in; a page without columns is one."""
    shown = [each for each in characters if each.text.strip()]
    if depth >= _DEEPEST or len(shown) < _FEWEST_LINES * _FEWEST_CHARACTERS * 2:
        return [Block(tuple(characters))]
    size = statistics.median(each.size for each in shown)
    middle = _strip(shown, size)
    if middle is None:
        return [Block(tuple(characters))]
    return [
        block._replace(is_column=block.is_column or len(sides) > 1)
        for sides in _bands(characters, middle, size)
        for side in sides
        for block in blocks_of(side, depth=depth + 1)
    ]


def _strip(characters: Sequence[Character], size: float) -> float | None:
    """The middle of the strip between two columns; None where there is none."""
    left, right = min(each.left for each in characters), max(each.right for each in characters)
    at, stop = left + (right - left) * _MIDDLE[0], left + (right - left) * _MIDDLE[1]
    covered = [0] * (int((right - left) / _STEP) + 3)
    margin = size * _STRIP / 2
    for each in characters:  # how many characters reach into a strip around each place
        first, last = int((each.left - margin - left) / _STEP) + 1, int((each.right + margin - left) / _STEP)
        covered[max(first, 0)] += 1
        covered[max(min(last + 1, len(covered) - 1), 0)] -= 1
    counts, total = [], 0
    for each_step in covered:
        total += each_step
        counts.append(total)
    places = range(int((at - left) / _STEP), int((stop - left) / _STEP) + 1)
    fewest = min(counts[place] for place in places)
    best = [place for place in places if counts[place] == fewest]
    middle = left + best[len(best) // 2] * _STEP
    return middle if _is_between_columns(characters, middle, margin) else None


def _is_between_columns(characters: Sequence[Character], middle: float, margin: float) -> bool:
    """Whether full lines stand on both sides and few cross."""
    rows = {round(each.middle) for each in characters if _crosses(each, middle, margin)}
    beside = [
        [each for each in characters if each.right <= middle and not _is_on(each, rows)],
        [each for each in characters if each.left >= middle and not _is_on(each, rows)],
    ]
    columns = [lines_of(side) for side in beside]
    if any(len(lines) < _FEWEST_LINES or not _is_full(lines) for lines in columns):
        return False
    return len(rows) <= max(map(len, columns)) * _MOST_CROSSING + 2


def _is_full(lines: Sequence[Line]) -> bool:
    width = max(line.right for line in lines) - min(line.left for line in lines)
    full = [line for line in lines if line.right - line.left >= width * _FULL and len(line.text) >= _FEWEST_CHARACTERS]
    return len(full) * 2 >= len(lines)


def _crosses(each: Character, middle: float, margin: float) -> bool:
    return each.left < middle + margin and each.right > middle - margin


def _is_on(each: Character, rows: set[int]) -> bool:
    middle = round(each.middle)
    return any(at in rows for at in range(middle - int(each.size / 2), middle + int(each.size / 2) + 1))


def _bands(characters: Sequence[Character], middle: float, size: float) -> Iterator[list[list[Character]]]:
    """From top to bottom: the lines that cross, or what stands left and right between two such."""
    margin = size * _STRIP / 2
    rows = {round(each.middle) for each in characters if each.text.strip() and _crosses(each, middle, margin)}
    ordered = sorted(characters, key=lambda each: each.middle)
    band: list[Character] = []
    crossing = False
    for each in ordered:
        on_row = _is_on(each, rows)
        if band and on_row != crossing:
            yield _sides(band, middle, crossing=crossing)
            band = []
        crossing = on_row
        band.append(each)
    if band:
        yield _sides(band, middle, crossing=crossing)


def _sides(band: list[Character], middle: float, *, crossing: bool) -> list[list[Character]]:
    if crossing:
        return [band]
    return [[each for each in band if each.left < middle], [each for each in band if each.left >= middle]]
