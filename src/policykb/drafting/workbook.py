"""Tables as a workbook: a ledger (台账) that is kept up, with choices, a head that stays and colours by progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from policykb.blocks import Block, BlockKind, Cell, Table
from policykb.errors import WriteError
from policykb.word import repack
from policykb.word.xml import printable

_EMPTY_ROWS = 200  # rows below the last one that still offer the choices
_UNDATED = date(2012, 7, 1)
_WIDTH = 110  # characters that the columns share
_LONGEST = 32_000  # characters that a cell of a workbook holds, less a few
_COLORS = ("F8CBAD", "FFE699", "C6E0B4")  # red, yellow, green, in the order of the choices
_LINE = Side(style="thin", color="000000")


def to_workbook(blocks: Sequence[Block], choices: Mapping[str, tuple[str, ...]], dated: date | None) -> bytes:
    """A sheet for each table, with the title above it; the same blocks give the same bytes.

    Columns whose head is a key of ``choices`` offer these.  Raises ``WriteError`` where there is no table.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    title = next((block.text for block in blocks if block.kind is BlockKind.TITLE), "")
    for number, table in enumerate((block.table for block in blocks if block.table), 1):
        _fill(book.create_sheet("台账" if number == 1 else f"台账{number}"), title, table, choices)
    if not book.worksheets:
        raise WriteError("这份文稿里没有表格，不能写成 .xlsx，请用 .docx 或 .md")
    created = datetime.combine(dated or _UNDATED, time())
    book.properties.creator, book.properties.title = "policykb", printable(title)[:255]
    book.properties.created = book.properties.modified = created
    file = BytesIO()
    book.save(file)
    return repack(file.getvalue(), modified=created)


def _fill(sheet: Worksheet, title: str, table: Table, choices: Mapping[str, tuple[str, ...]]) -> None:
    n_columns = len(table.widths)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=n_columns)
    _write(sheet.cell(1, 1), Cell.model_validate({"runs": [{"text": title}]}), Font(name="方正小标宋简体", size=18))
    for row_number, row in enumerate((table.head, *table.rows), 2):
        font = Font(name="黑体", size=11) if row_number == 2 else Font(name="仿宋_GB2312", size=11)
        for column, cell in enumerate(row, 1):
            _write(sheet.cell(row_number, column), cell, font, ruled=True)
    _merge(sheet, table)
    for column, width in enumerate(table.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = max(6, round(_WIDTH * width / sum(table.widths), 1))
        _offer(sheet, column, choices.get(table.head[column - 1].text, ()), len(table.rows))
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = 0, PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:2"


def _write(target: SheetCell | MergedCell, cell: Cell, font: Font, *, ruled: bool = False) -> None:
    text = printable(cell.text)[:_LONGEST]
    target.value = text
    if text.startswith("="):
        target.data_type = "s"  # a text, no formula
    target.font = font
    target.alignment = Alignment(wrap_text=True, vertical="center", horizontal=None if ruled else "center")
    if ruled:
        target.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
    if any(run.missing for run in cell.runs):
        target.fill = PatternFill("solid", fgColor="FFFF00")
    if comment := next((run.comment for run in cell.runs if run.comment), None):
        target.comment = Comment(printable(comment), "policykb", height=200, width=400)


def _merge(sheet: Worksheet, table: Table) -> None:
    for column in range(len(table.widths)):
        start = 3
        for row_number, row in enumerate([*table.rows, None], 3):
            if row is not None and row[column].merged:
                continue
            if row_number - start > 1:
                sheet.merge_cells(
                    start_row=start, end_row=row_number - 1, start_column=column + 1, end_column=column + 1
                )
            start = row_number


def _offer(sheet: Worksheet, column: int, choices: tuple[str, ...], n_rows: int) -> None:
    if not choices:
        return
    letter = get_column_letter(column)
    area = f"{letter}3:{letter}{n_rows + 2 + _EMPTY_ROWS}"
    offer = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=True)
    offer.error, offer.errorTitle = f"请从 {'、'.join(choices)} 里选", "不是可选的内容"
    sheet.add_data_validation(offer)
    offer.add(area)
    for choice, color in zip(choices, _COLORS, strict=False):
        fill = PatternFill("solid", bgColor=color)
        rule = CellIsRule(operator="equal", formula=[f'"{choice}"'], fill=fill)  # type: ignore[no-untyped-call]  # theirs
        sheet.conditional_formatting.add(area, rule)
