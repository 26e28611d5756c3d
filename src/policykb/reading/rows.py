"""Files of rows, one document a row: which field of a row is what of a document."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from policykb.errors import ReadError
from policykb.models import PageFact, Source
from policykb.reading.encoding import decode
from policykb.reading.names import readable
from policykb.resources import data_file

TEXT, IDENTIFIER = "text", "id"


def stream_jsonl(path: Path) -> Iterator[Source]:
    """A source a row of a JSONL file; empty lines do not count.

    ``sha256`` is that of the row's bytes.  Raises ``ReadError`` with the line's number.
    """
    empty = True
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                empty = False
                yield _row_source(path, number, line.rstrip(b"\r\n"))
    if empty:
        raise ReadError(f"{path}：是空文件；请换成有内容的文件。")


def _row_source(path: Path, number: int, line: bytes) -> Source:
    place = f"{path} 第 {number} 行"
    try:
        text, encoding = decode(line)
        row = json.loads(text)
    except ReadError as error:
        raise ReadError(f"{place}：{error}") from error
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{place}：不是合法的 JSON；请检查引号、逗号和括号。") from error
    if not isinstance(row, dict):
        raise ReadError(f"{place}：应是一个对象 {{…}}；请每行写一篇文件的各个字段。")
    sha256 = hashlib.sha256(line).hexdigest()
    return source_of_row(row, name=readable(path.name), encoding=encoding, sha256=sha256, place=place)


def source_of_row(row: Mapping[str, object], *, name: str, encoding: str, sha256: str, place: str) -> Source:
    """The source that a row of named fields stands for.

    Fields are named as the model's or in Chinese (``data/reading_row_fields.toml``); unknown ones are left.
    ``place`` tells the user where the row is.  Raises ``ReadError`` where the row holds no text.
    """
    names = _field_names()
    values: dict[str, object] = {}
    for label, value in row.items():
        field = names.get(label.strip().lower())
        if field is not None and value not in (None, "", []):
            values.setdefault(field, value)
    text = values.pop(TEXT, None)
    if not isinstance(text, str) or not text.strip():
        raise ReadError(f"{place}：没有正文；请在字段 text（正文）里写上文字。")
    identifier = values.pop(IDENTIFIER, None)
    return Source(
        name=name,
        text=text,
        encoding=encoding,
        sha256=sha256,
        facts=tuple(fact for field, value in values.items() for fact in _facts(field, value)),
        document_id=None if identifier is None else str(identifier),
    )


def field_of(label: str) -> str | None:
    """The field that a column or a key of this name stands for; None for an unknown one."""
    return _field_names().get(label.strip().lower())


def _facts(field: str, value: object) -> Iterator[PageFact]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str | int | float) and str(item).strip():
            yield PageFact(field=field, value=str(item).strip())


@cache
def _field_names() -> dict[str, str]:
    """Label, in lower case → field of ``Source`` or of ``Document``."""
    table: dict[str, list[str]] = tomllib.loads(data_file("reading_row_fields.toml").read_text(encoding="utf-8"))
    return {label: field for field, labels in table.items() for label in [field, *labels]}
