"""Files of rows, one document a row: which field of a row is what of a document."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from policykb.errors import ReadError
from policykb.models import PageFact, Source
from policykb.reading.encoding import decode
from policykb.reading.limits import limit
from policykb.reading.mending import made_right
from policykb.reading.misreading import undo_as
from policykb.reading.names import readable
from policykb.resources import data_file

TEXT, IDENTIFIER = "text", "id"
_MISREADINGS = (("utf-8", "gbk"), ("utf-8", "latin-1"), ("gb18030", "latin-1"))


class NumberedLine(NamedTuple):
    """A line of a file, without its end; ``number`` counts from 1.  Of one too long only the beginning is kept."""

    number: int
    content: bytes


def stream_jsonl(path: Path) -> Iterator[Source | ReadError]:
    """A source a row of a JSONL file, or what is wrong with the row; empty lines do not count.

    ``sha256`` is that of the row's bytes.
    """
    line = None
    for line in stream_lines(path):
        yield source_of_line(path, line)
    if line is None:
        yield ReadError("{path}：是空文件；请换成有内容的文件。", path=path)


def stream_lines(path: Path) -> Iterator[NumberedLine]:
    """The lines of a file that are not blank; never more of it is in memory than one line may be long."""
    longest, number = limit("row", "bytes"), 0
    with path.open("rb") as file:
        while line := file.readline(longest + 1):
            number += 1
            content, ended = line.rstrip(b"\r\n"), len(line) <= longest or line.endswith(b"\n")
            while not ended:
                rest = file.readline(longest)
                ended = len(rest) < longest or rest.endswith(b"\n")
            if content.strip():
                yield NumberedLine(number, content)


def source_of_line(path: Path, line: NumberedLine) -> Source | ReadError:
    """The source that a line of the JSONL file ``path`` stands for, or what is wrong with it."""
    try:
        return _row_source(line.content, name=readable(path.name), place=f"{readable(path)} 第 {line.number} 行")
    except ReadError as error:
        return error


def _row_source(line: bytes, *, name: str, place: str) -> Source:
    if len(line) > limit("row", "bytes"):
        raise ReadError(
            "{place}：超过 {limit} MB 的上限；请每行只写一篇文件。", place=place, limit=limit("row", "bytes") >> 20
        )
    try:
        text, encoding = decode(line)
        row = json.loads(text)
    except ReadError as error:
        raise ReadError("{place}：{error}", place=place, error=error) from error
    except (ValueError, RecursionError) as error:
        raise ReadError("{place}：不是合法的 JSON；请检查引号、逗号和括号。", place=place) from error
    if not isinstance(row, dict):
        raise ReadError("{place}：应是一个对象 {{…}}；请每行写一篇文件的各个字段。", place=place)
    sha256 = hashlib.sha256(line).hexdigest()
    return source_of_row(row, name=name, encoding=encoding, sha256=sha256, place=place)


def source_of_row(row: Mapping[str, object], *, name: str, encoding: str, sha256: str, place: str) -> Source:
    """The source that a row of named fields stands for.

    Fields are named as the model's or in Chinese (``data/reading_row_fields.toml``); unknown ones are left.
    ``place`` tells the user where the row is.  Raises ``ReadError`` where the row holds no text.
    """
    values: dict[str, object] = {}
    for label, value in row.items():
        field = field_of(label)
        if field is not None and value not in (None, "", []):
            values.setdefault(field, value)
    text = values.pop(TEXT, None)
    if not isinstance(text, str) or not text.strip():
        raise ReadError("{place}：没有正文；请在字段 text（正文）里写上文字。", place=place)
    identifier = values.pop(IDENTIFIER, None)
    source = Source(
        name=name,
        text=text,
        encoding=encoding,
        sha256=sha256,
        facts=tuple(fact for field, value in values.items() for fact in _facts(field, value)),
        document_id=None if identifier is None else str(identifier),
    )
    return made_right(source)


def field_of(label: str) -> str | None:
    """The field that a column or a key of this name stands for, read rightly or wrongly; None for an unknown one."""
    meant = [label] if label.isascii() else [label, *(undo_as(label, *each) for each in _MISREADINGS)]
    return next((field for each in meant if each and (field := _field_names().get(each.strip().lower()))), None)


def _facts(field: str, value: object) -> Iterator[PageFact]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str | int | float) and str(item).strip():
            yield PageFact(field=field, value=str(item).strip())


@cache
def _field_names() -> dict[str, str]:
    """Label, in lower case → field of ``Source`` or of ``Document``."""
    table: dict[str, list[str]] = tomllib.loads(data_file("reading_row_fields.toml").read_text(encoding="utf-8"))
    return {label: field for field, labels in table.items() for label in [field, *labels]}
