"""Tables that a clerk brings: workbooks and CSV files, read as rows with a head."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from policykb.errors import ReadError, reason_of

_SUFFIXES = (".xlsx", ".csv")


def read_rows(path: str | Path) -> list[dict[str, Any]]:
    """The rows of the first sheet, each by the heads of its columns; rows and cells that are empty are left out.

    The head is the first row with two texts or more (a title above it does not count).  Raises ``ReadError``.
    """
    path = Path(path)
    if path.suffix.lower() not in _SUFFIXES:
        raise ReadError(
            "{path}：不认识的表格格式 {suffix}，请用 .xlsx 或 .csv", path=path, suffix=path.suffix or "（无后缀）"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError("{path}：打不开，请检查路径（{reason}）", path=path, reason=reason_of(error)) from error
    lines = _workbook(data, path) if path.suffix.lower() == ".xlsx" else _csv(data, path)
    rows = list(_with_head(lines))
    if not rows:
        raise ReadError("{path}：没有读到内容，第一行应为表头，下面一行一项", path=path)
    return rows


def _workbook(data: bytes, path: Path) -> list[list[Any]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError) as error:
        raise ReadError("{path}：不是能读的 .xlsx 文件；.xls、.et 请先另存为 .xlsx", path=path) from error
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def _csv(data: bytes, path: Path) -> list[list[Any]]:
    for encoding in ("utf-8-sig", "gb18030"):  # a Chinese Excel saves the second
        try:
            return [list(row) for row in csv.reader(io.StringIO(data.decode(encoding), newline=""))]
        except UnicodeDecodeError:
            continue
        except csv.Error as error:
            raise ReadError("{path}：表格的写法有错（{error}）", path=path, error=error) from error
    raise ReadError("{path}：不是文字文件，请另存为 UTF-8 的 .csv", path=path)


def _with_head(lines: Iterable[list[Any]]) -> Iterator[dict[str, Any]]:
    head: list[str] = []
    for line in lines:
        cells = [_plain(cell) for cell in line]
        if not head:
            texts = [cell for cell in cells if isinstance(cell, str) and cell]
            head = [str(cell or "") for cell in cells] if len(texts) > 1 else []
            continue
        row = {name: cell for name, cell in zip(head, cells, strict=False) if name and cell not in (None, "")}
        if row:
            yield row


def _plain(cell: Any) -> Any:  # noqa: ANN401 - whatever a workbook holds
    """A text without blanks around it, a day without its hour, a whole number without its .0."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if isinstance(cell, int | float | date) else None if cell is None else str(cell)
