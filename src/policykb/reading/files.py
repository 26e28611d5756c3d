"""Files → sources: one reader a suffix, and one line of error where a file cannot be read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from policykb.errors import ReadError
from policykb.models import Source
from policykb.reading import formats
from policykb.reading.encoding import decode
from policykb.reading.names import readable
from policykb.reading.rows import stream_jsonl

Reader = Callable[[Path], Iterator[Source]]


def read_sources(path: Path) -> list[Source]:
    """Every source of one file, in its order; a file of rows gives one a row.

    Raises ``ReadError`` with the file, the reason and the remedy.
    """
    return list(stream_sources(path))


def stream_sources(path: Path) -> Iterator[Source]:
    """Like ``read_sources``, one source at a time, so that a large file of rows needs no memory."""
    try:
        yield from _reader_of(path)(path)
    except OSError as error:
        reason = f"无法打开（{error.strerror}）；请检查文件是否被占用、是否有读取权限。"
        raise ReadError(f"{readable(path)}：{reason}") from error
    except ReadError as error:
        raise ReadError(readable(str(error))) from error


def _reader_of(path: Path) -> Reader:
    if path.is_dir():
        raise ReadError(f"{path}：是文件夹，不是文件；请逐个给出其中的文件。")
    if not path.exists():
        raise ReadError(f"{path}：找不到这个文件；请检查路径和文件名。")
    suffix = formats.true_suffix(path) or path.suffix.lower()
    reader = formats.stream_file if formats.is_known(suffix) else READERS.get(suffix)
    if reader is None:
        known = " ".join(sorted((*READERS, *formats.READERS)))
        raise ReadError(f"{path}：不认识的文件类型“{path.suffix or '无后缀'}”；请先转换成 {known} 之一。")
    return reader


def _stream_text(path: Path) -> Iterator[Source]:
    data = path.read_bytes()
    if not data:
        raise ReadError(f"{path}：是空文件；请换成有内容的文件。")
    try:
        text, encoding = decode(data)
    except ReadError as error:
        raise ReadError(f"{path}：{error}") from error
    if not text.strip():
        raise ReadError(f"{path}：只有空白，没有文字；请换成有内容的文件。")
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
