"""From paths to documents: read, clean, structure; one file at a time, or many on all cores."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from policykb.cleaning import clean
from policykb.display import Documents
from policykb.errors import ReadError, reason_of
from policykb.models import Document, Source
from policykb.parallel import map_in_order, n_cores
from policykb.reading import read_sources
from policykb.reading.files import is_rows, try_sources
from policykb.reading.names import readable
from policykb.reading.rows import NumberedLine, source_of_line, stream_lines
from policykb.reading.walk import Unreadable, find_files
from policykb.structure import structure

Made = TypeVar("Made")
Progress = Callable[[int, int], None]
"""Called with the bytes that are done and the bytes that there are."""

_CHUNK = 1 << 18
"""Bytes of a file of rows that are one task; one long row is a task of its own."""

_FEW = 1 << 21
"""Bytes below which other processes would take longer to start than the work takes."""

_logger = logging.getLogger(__name__)


class Ingested(NamedTuple, Generic[Made]):
    """A document with the source that it is from, and what was made of it."""

    path: Path
    source: Source
    document: Document
    made: Made


class Unread(NamedTuple):
    """A file, a folder or a row that gave no document: ``reason`` is one line with the place and the remedy."""

    path: Path
    reason: str


def read(path: str | Path) -> Documents:
    """The documents of a file, in the order of its sources.

    Raises ``ReadError`` when the file cannot be read as text.
    """
    return Documents(document for _, documents in read_with_sources(Path(path)) for document in documents)


def read_with_sources(path: Path) -> Iterator[tuple[Source, tuple[Document, ...]]]:
    """Each source of a file with the documents that it holds.  Raises ``ReadError``."""
    for source in read_sources(path):
        yield source, structure(source, clean(source))


def read_many(
    paths: Iterable[str | Path],
    make: Callable[[Document], Made],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Ingested[Made] | Unread]:
    """Every document of files and folders, in order, and a line for whatever could not be read.

    ``make`` is done where the document was read; it must be importable by name where there is more than one
    worker.  ``workers`` are as many as there are cores by default, and one for little work.  Files of rows are
    read piece by piece, so that neither the files nor the results need more memory than a few pieces.
    """
    found = [item for path in paths for item in find_files(Path(path))]
    total = sum(map(_size, found))
    if workers is None:
        workers = n_cores() if total > _FEW else 1
    done = 0
    task: Callable[[_Piece], _Outcome[Made]] = partial(_ingest, make)
    outcomes: Iterator[_Outcome[Made]] = map_in_order(task, _pieces(found), workers=workers, lost=_lost)
    for outcome in outcomes:
        yield from outcome.results
        done += outcome.size
        if progress is not None:
            progress(min(done, total), total)


class _Piece(NamedTuple):
    """A task: a file, or some lines of a file of rows; ``size`` is in bytes, ``reason`` that of a failure."""

    path: Path
    size: int
    lines: tuple[NumberedLine, ...] | None = None
    reason: str = ""


class _Outcome(NamedTuple, Generic[Made]):
    size: int
    results: Sequence[Ingested[Made] | Unread]


def _size(found: Path | Unreadable) -> int:
    try:
        return found.stat().st_size if isinstance(found, Path) and found.is_file() else 0
    except OSError:
        return 0


def _pieces(found: Iterable[Path | Unreadable]) -> Iterator[_Piece]:
    for item in found:
        if isinstance(item, Unreadable):
            yield _Piece(item.path, 0, reason=item.reason)
        elif _is_large_rows(item):
            yield from _row_pieces(item)
        else:
            yield _Piece(item, _size(item))


def _is_large_rows(path: Path) -> bool:
    """Whether a file is read row by row; one that cannot be looked into is left to its reader, which says why."""
    try:
        return _size(path) > _CHUNK and is_rows(path)
    except (OSError, ReadError):
        return False


def _row_pieces(path: Path) -> Iterator[_Piece]:
    lines: list[NumberedLine] = []
    size, failed = 0, ""
    try:
        for line in stream_lines(path):
            lines.append(line)
            size += len(line.content) + 1
            if size >= _CHUNK:
                yield _Piece(path, size, tuple(lines))
                lines, size = [], 0
    except OSError as error:
        failed = f"{readable(path)}：读到中途无法再读（{reason_of(error)}）；请检查磁盘或网络，再添加一次。"
    if lines:
        yield _Piece(path, size, tuple(lines))
    if failed:
        yield _Piece(path, 0, reason=failed)


def _ingest(make: Callable[[Document], Made], piece: _Piece) -> _Outcome[Made]:
    """All that a piece holds."""
    results: list[Ingested[Made] | Unread] = []
    if piece.reason:
        results.append(Unread(piece.path, piece.reason))
    elif piece.lines is None:
        results += (result for source in try_sources(piece.path) for result in _results(make, piece.path, source))
    else:
        sources = (source_of_line(piece.path, line) for line in piece.lines)
        results += (result for source in sources for result in _results(make, piece.path, source))
    return _Outcome(piece.size, results)


def _results(
    make: Callable[[Document], Made], path: Path, source: Source | ReadError
) -> Iterator[Ingested[Made] | Unread]:
    if isinstance(source, ReadError):
        yield Unread(path, str(source))
        return
    try:
        made = [(document, make(document)) for document in structure(source, clean(source))]
    except Exception as error:  # a mistake of ours over one text must not cost the others
        _logger.exception("%s", path)
        yield Unread(
            path, f"{readable(path)}：处理时出错（{type(error).__name__}），这一篇没有读入；请把文件发给维护者。"
        )
        return
    if not made:
        yield Unread(path, f"{readable(path)}：除去网页杂项后没有正文；请换成有正文的文件。")
    yield from (Ingested(path, source, document, result) for document, result in made)


def _lost(piece: _Piece) -> _Outcome[Made]:
    reason = f"{readable(piece.path)}：处理时进程意外结束（可能内存不足），没有读入；请拆分文件或关闭其他程序后再试。"
    return _Outcome(piece.size, [Unread(piece.path, reason)])
