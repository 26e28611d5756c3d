"""Tables for other programs: practices, indicators and documents as xlsx, csv, json, jsonl or Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from policykb.errors import WriteError
from policykb.exchange import Json, document_header, practice_record
from policykb.models import Document, Extraction

Found = Iterable[tuple[Document, Extraction]]
Rows = list[dict[str, Any]]


def document_rows(found: Found) -> Rows:
    """One row a document."""
    return [
        {
            "编号": document.id,
            "标题": document.title,
            "类型": document.kind.zh,
            "发文机关": document.issuing_authority,
            "发文字号": document.document_number,
            "成文日期": document.issued_on,
            "发布日期": document.published_on,
            "地区": "、".join(place.full_name for place in document.localities),
            "做法数": len(extraction.practices),
            "指标数": len(extraction.indicators),
            "来源": document.source_name,
        }
        for document, extraction in found
    ]


def practice_rows(found: Found) -> Rows:
    """One row a practice; its parts stand in one cell, “部分：成员、成员；…”."""
    return [
        {
            "做法": practice.name,
            "全称": practice.full_name,
            "类型": practice.kind.zh,
            "数字": practice.code,
            "地区": practice.locality,
            "组成": "；".join(
                (f"{part.label}：" if part.label else "") + "、".join(part.members) for part in practice.components
            ),
            "成员数": sum(len(part.members) for part in practice.components),
            "原文": practice.quote,
            "起": practice.start,
            "止": practice.end,
            "文件编号": document.id,
            "文件标题": document.title,
        }
        for document, extraction in found
        for practice in extraction.practices
    ]


def indicator_rows(found: Found) -> Rows:
    """One row a figure; a range has two values."""
    rows: Rows = []
    for document, extraction in found:
        for one in extraction.indicators:
            low, high = one.value if isinstance(one.value, tuple) else (one.value, None)
            rows.append(
                {
                    "原文": one.quote,
                    "数值": low,
                    "上限": high,
                    "单位": one.unit,
                    "对象": one.subject,
                    "地区": one.locality,
                    "限定": one.qualifier,
                    "起": one.start,
                    "止": one.end,
                    "文件编号": document.id,
                    "文件标题": document.title,
                }
            )
    return rows


ROWS: Mapping[str, Callable[[Found], Rows]] = {
    "practices": practice_rows,
    "indicators": indicator_rows,
    "documents": document_rows,
}


def records(what: str, found: Found) -> list[Json]:
    """The same as the dictionaries of ``--json``, for json and jsonl."""
    if what == "documents":
        return [document_header(document) for document, _ in found]
    if what == "practices":
        return [practice_record(one) | {"document_id": d.id} for d, extraction in found for one in extraction.practices]
    return [
        one.model_dump(mode="json") | {"document_id": d.id} for d, extraction in found for one in extraction.indicators
    ]


def render(what: str, found: Found, suffix: str) -> bytes:
    """The file of ``what`` (a key of ``ROWS``) in the format of ``suffix``; ``WriteError`` for another one."""
    if suffix in {".json", ".jsonl"}:
        return _json(records(what, found), lines=suffix == ".jsonl")
    writers = {".csv": _csv, ".md": _markdown, ".xlsx": _xlsx}
    if suffix not in writers:
        raise WriteError("不能写成 {suffix}：请用 .xlsx、.csv、.json、.jsonl 或 .md", suffix=suffix or "（无后缀）")
    return writers[suffix](ROWS[what](found))


def _json(values: Sequence[Json], *, lines: bool) -> bytes:
    if lines:
        return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values).encode()
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(rows: Rows) -> bytes:
    """With a byte order mark, without which Excel takes the file for GBK."""
    output = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(output, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return output.getvalue().encode("utf-8-sig")


def _markdown(rows: Rows) -> bytes:
    if not rows:
        return b""
    cells = [list(rows[0]), ["---"] * len(rows[0]), *([_cell(value) for value in row.values()] for row in rows)]
    return "".join(f"| {' | '.join(row)} |\n" for row in cells).encode()


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


def _xlsx(rows: Rows) -> bytes:
    """A sheet with a frozen header; text that begins with = stays text."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to load, needed here only
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("policykb")
    sheet.freeze_panes = "A2"
    for row in [list(rows[0]), *(list(row.values()) for row in rows)] if rows else []:
        cells = [WriteOnlyCell(sheet, value=value) for value in row]
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"
        sheet.append(cells)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()
