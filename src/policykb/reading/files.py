"""Files → sources: one reader a suffix, and one line of error where a file cannot be read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from policykb.errors import ReadError, reason_of
from policykb.models import Source
from policykb.reading import formats
from policykb.reading.encoding import decode
from policykb.reading.limits import check_size, limit
from policykb.reading.mending import made_right
from policykb.reading.names import readable
from policykb.reading.rows import stream_jsonl

Reader = Callable[[Path], Iterator[Source | ReadError]]


def read_sources(path: Path) -> list[Source]:
    """Every source of one file, in its order; a file of rows gives one a row.

    Raises ``ReadError`` with the file, the reason and the remedy.
    """
    return list(stream_sources(path))


def stream_sources(path: Path) -> Iterator[Source]:
    """Like ``read_sources``, one source at a time, so that a large file of rows needs no memory."""
    for source in try_sources(path):
        if isinstance(source, ReadError):
            raise source
        yield source


def try_sources(path: Path) -> Iterator[Source | ReadError]:
    """Like ``stream_sources``, but what cannot be read comes as a value: after a bad row the rest goes on."""
    try:
        for source in _reader_of(path)(path):
            yield _with_readable_place(source) if isinstance(source, ReadError) else made_right(source)
    except OSError as error:
        reason = f"无法打开（{reason_of(error)}）；请检查文件是否被占用、是否有读取权限。"
        yield ReadError("{path}：{reason}", path=readable(path), reason=reason)
    except ReadError as error:
        yield _with_readable_place(error)


def is_rows(path: Path) -> bool:
    """Whether ``path`` is a file of a row a line, which ``rows.stream_lines`` and ``rows.source_of_line`` read."""
    return path.is_file() and _reader_of(path) is stream_jsonl


def _with_readable_place(error: ReadError) -> ReadError:
    told = {name: readable(value) if isinstance(value, str) else value for name, value in error.values.items()}
    return ReadError(error.message if told else readable(str(error)), **told)


def _reader_of(path: Path) -> Reader:
    if path.is_dir():
        raise ReadError("{path}：是文件夹，不是文件；请逐个给出其中的文件。", path=path)
    if not path.exists():
        raise ReadError("{path}：找不到这个文件；请检查路径和文件名。", path=path)
    suffix = formats.true_suffix(path) or path.suffix.lower()
    reader = formats.stream_file if formats.is_known(suffix) else READERS.get(suffix)
    if reader is None:
        known = " ".join(sorted((*READERS, *formats.READERS)))
        raise ReadError(
            "{path}：不认识的文件类型“{suffix}”；请先转换成 {known} 之一。",
            path=path,
            suffix=path.suffix or "无后缀",
            known=known,
        )
    return reader


def _stream_text(path: Path) -> Iterator[Source | ReadError]:
    with path.open("rb") as file:
        data = file.read(limit("text", "bytes") + 1)
    if not data:
        raise ReadError("{path}：是空文件；请换成有内容的文件。", path=path)
    try:
        check_size(data, "text")
        text, encoding = decode(data)
    except ReadError as error:
        raise ReadError("{path}：{error}", path=path, error=error) from error
    if not text.strip():
        raise ReadError("{path}：只有空白，没有文字；请换成有内容的文件。", path=path)
    yield Source(name=readable(path.name), text=text, encoding=encoding, sha256=hashlib.sha256(data).hexdigest())


READERS: dict[str, Reader] = {
    ".txt": _stream_text,
    ".text": _stream_text,
    ".md": _stream_text,
    ".markdown": _stream_text,
    ".jsonl": stream_jsonl,
    ".ndjson": stream_jsonl,
}
"""Suffix → reader.  Front matter of a text stays in it: cleaning reads it into facts and drops it."""
