"""Tables: fixed widths, a head row that repeats, rows that stay whole."""

from __future__ import annotations

import math
from collections.abc import Sequence

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.shared import Twips
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from policykb.blocks import Cell, Table
from policykb.word.layout import Style
from policykb.word.measure import width
from policykb.word.pen import Pen
from policykb.word.xml import node, put_table, put_vertical_merge

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def add_table(pen: Pen, table: Table, line_twips: int, style: Style) -> None:
    """Write ``table`` as wide as a line of ``line_twips``; widths stand at the table and in every cell.

    A cell that continues the one above it is merged with it.
    """
    figures = pen.layout.table
    columns = _columns(table.widths, line_twips)
    written = pen.document.add_table(rows=0, cols=len(columns))
    _prepare(written, columns, figures.rule_eighths, figures.margin_twips)
    head_style = pen.layout.parts["table_head"]
    _add_row(pen, written, table.head, columns, head_style)
    _mark_row(written.rows[0], "w:tblHeader", "w:cantSplit")
    for index, cells in enumerate(table.rows):
        below = table.rows[index + 1] if index + 1 < len(table.rows) else ()
        starts = [cell.merged for cell in below] or [False] * len(cells)
        row = _add_row(pen, written, cells, columns, style)
        for cell, record, goes_on in zip(row.cells, cells, starts, strict=True):
            if record.merged:
                put_vertical_merge(cell, "continue")
            elif goes_on:
                put_vertical_merge(cell, "restart")
        if _lines(cells, columns, style, figures.margin_twips) <= figures.unsplit_lines:
            _mark_row(row, "w:cantSplit")


def plain_table(pen: Pen, rows: int, widths: Sequence[float]) -> WordTable:
    """A table without rules and inner margins, centred, its columns in proportion to ``widths``."""
    line = pen.layout.grid.characters * pen.layout.grid.character_twips
    columns = _columns(widths, line)
    table: WordTable = pen.document.add_table(rows=rows, cols=len(columns))
    _prepare(table, columns, 0, 0)
    for row in table.rows:
        for cell, twips in zip(row.cells, columns, strict=True):
            cell.width = Twips(twips)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            cell.paragraphs[0].style = pen.layout.parts["mark"].name
    return table


def _columns(widths: Sequence[float], line: int) -> list[int]:
    """Widths in twips that add up to the line."""
    total = sum(widths) or 1
    ends = [round(line * sum(widths[: index + 1]) / total) for index in range(len(widths))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _prepare(table: WordTable, columns: Sequence[int], rule_eighths: int, margin: int) -> None:
    kind = "single" if rule_eighths else "none"
    border = {"w:val": kind, "w:sz": rule_eighths, "w:space": 0, "w:color": "000000"}
    rules = node("w:tblBorders", None, *(node(f"w:{side}", border) for side in _SIDES))
    inner = [node(f"w:{side}", {"w:w": margin, "w:type": "dxa"}) for side in ("left", "right")]
    put_table(
        table,
        node("w:tblW", {"w:w": sum(columns), "w:type": "dxa"}),
        node("w:jc", {"w:val": "center"}),
        rules,
        node("w:tblLayout", {"w:type": "fixed"}),
        node("w:tblCellMar", None, *inner),
    )
    for column, twips in zip(table.columns, columns, strict=True):
        column.width = Twips(twips)


def _add_row(pen: Pen, table: WordTable, cells: Sequence[Cell], columns: Sequence[int], style: Style) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx left it out
    for written, cell, twips in zip(row.cells, cells, columns, strict=True):
        written.width = Twips(twips)
        written.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _fill(pen, written, cell, style)
    return row


def _fill(pen: Pen, written: _Cell, cell: Cell, style: Style) -> None:
    paragraph = written.paragraphs[0]
    paragraph.style = style.name
    paragraph.paragraph_format.line_spacing = Twips(pen.layout.table.line_twips)
    if _is_short(cell.text):
        paragraph.alignment = 1
    pen.runs(paragraph, cell.runs, style.font)


def _is_short(text: str) -> bool:
    """Numbers, grades and the like stand in the middle of their cells, sentences begin at the left."""
    return width(text) <= 4


def _mark_row(row: _Row, *tags: str) -> None:
    properties = row._tr.get_or_add_trPr()
    for tag in sorted(tags):  # w:cantSplit comes before w:tblHeader
        properties.append(node(tag))


def _lines(cells: Sequence[Cell], columns: Sequence[int], style: Style, margin: int) -> int:
    """How many lines the row will have, by the widths of its texts."""
    counts = [
        math.ceil(width(cell.text) * style.size_pt * 20 / max(twips - 2 * margin, 1)) + cell.text.count("\n")
        for cell, twips in zip(cells, columns, strict=True)
    ]
    return max(counts, default=0)
