"""Tables of documents (.csv, .xlsx) → sources: one row a document, the columns named by the row above them.

Columns are named as for JSONL (``data/reading_row_fields.toml``): 标题, 正文, 发文机关, 文号, 日期, id …
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import islice
from typing import Any

from policykb.errors import ReadError, later
from policykb.models import PageFact, Source
from policykb.reading.containers import Package
from policykb.reading.encoding import decode
from policykb.reading.limits import limit
from policykb.reading.rows import TEXT, field_of, source_of_row

Row = tuple[int, Sequence[object]]
"""A row with its number as a spreadsheet shows it."""

_HEAD_ROWS = 5
"""The names of the columns stand in one of the first rows: some tables begin with a title."""

_WANTED = later("需要一列“正文”（或 text），可以另有：标题、发文机关、文号、日期、来源、作者、id")


def read_csv(data: bytes, name: str) -> list[Source]:
    """The documents of a .csv, separated by commas, semicolons or tabs.

    Raises ``ReadError`` where no column holds the text.
    """
    text, encoding = decode(data)
    return _sources(_csv_rows(text), name=name, encoding=encoding)


def read_xlsx(data: bytes, name: str) -> list[Source]:
    """The documents of a .xlsx, from the first sheet that has a column of text.

    Raises ``ReadError`` where no sheet has one, or the file is damaged or unsafe.
    """
    Package(data).refuse_document_types()
    try:
        openpyxl: Any = import_module("openpyxl")
    except ImportError as error:
        raise ReadError("读取 .xlsx 需要 openpyxl；请运行 pip install openpyxl，或另存为 .csv。") from error
    workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()  # a file may claim a million rows and hold three
        cells = sheet.iter_rows(values_only=True, max_col=limit("table", "columns"))
        rows = [row for row in islice(enumerate(map(_trimmed, cells), start=1), limit("table", "rows") + 1) if row[1]]
        if _head(rows) is not None:
            return _sources(rows, name=name, encoding="xlsx")
    raise ReadError("没有“正文”列；表格第一行应是列名，{wanted}。", wanted=_WANTED)


def _trimmed(cells: Sequence[object]) -> Sequence[object]:
    """A row without the empty cells behind its last."""
    length = next((at for at in range(len(cells), 0, -1) if cells[at - 1] is not None), 0)
    return cells[:length]


def _csv_rows(text: str) -> Iterator[Row]:
    head = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",;\t，", key=lambda mark: (head.count(mark), mark == ","))
    before = csv.field_size_limit(limit("table", "cell"))  # a setting of the whole process, put back below
    try:
        yield from enumerate(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter), start=1)
    except csv.Error as error:
        raise ReadError("不是合法的 CSV（{error}）；请用 Excel/WPS 打开后另存为 .xlsx 再试。", error=error) from error
    finally:
        csv.field_size_limit(before)


def _sources(rows: Iterable[Row], *, name: str, encoding: str) -> list[Source]:
    rows = list(rows)
    if len(rows) > limit("table", "rows"):
        raise ReadError("表格超过 {limit} 行；请拆分后再读。", limit=limit("table", "rows"))
    at = _head(rows)
    if at is None:
        raise ReadError("没有“正文”列；表格第一行应是列名，{wanted}。", wanted=_WANTED)
    columns = [_cell(label) for label in rows[at][1]]
    sources, without_text = [], []
    for number, values in rows[at + 1 :]:
        row = {label: _cell(cell) for label, cell in zip(columns, values, strict=False) if label and _cell(cell)}
        if any(field_of(label) == TEXT for label in row):
            content = json.dumps(row, ensure_ascii=False, sort_keys=True).encode()
            sha256 = hashlib.sha256(content).hexdigest()
            place = f"第 {number} 行"
            sources.append(source_of_row(row, name=name, encoding=encoding, sha256=sha256, place=place))
        elif row:
            without_text.append(number)
    if not sources:
        raise ReadError("表格里没有一行有正文；请在“正文”列里写上文字。")
    return _with_remarks(sources, [label for label in columns if label and field_of(label) is None], without_text)


def _with_remarks(sources: list[Source], unknown: Sequence[str], without_text: Sequence[int]) -> list[Source]:
    """Say on the first source which columns and rows were left."""
    remarks = []
    if unknown:
        remarks.append(f"表格中不认识的列没有读入：{'、'.join(unknown)}")
    if without_text:
        shown = "、".join(map(str, without_text[:10])) + ("……" if len(without_text) > 10 else "")
        remarks.append(f"表格中没有正文的行没有读入：第 {shown} 行")
    facts = tuple(PageFact(field="remarks", value=remark) for remark in remarks)
    return [sources[0].model_copy(update={"facts": sources[0].facts + facts}), *sources[1:]]


def _head(rows: Sequence[Row]) -> int | None:
    """The index of the row that names the columns."""
    for index, (_, values) in enumerate(rows[:_HEAD_ROWS]):
        if any(field_of(_cell(label)) == TEXT for label in values):
            return index
    return None


def _cell(content: object) -> str:
    """A cell as text; a date without its time, a whole number without its point."""
    if content is None:
        return ""
    if isinstance(content, datetime.datetime):
        content = content.date()
    if isinstance(content, float) and content.is_integer():
        content = int(content)
    return str(content).strip().removeprefix("\ufeff")
