"""From a path to documents: read, clean, structure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from policykb.cleaning import clean
from policykb.models import Document, Source
from policykb.reading import read_sources
from policykb.structure import structure


def read(path: str | Path) -> list[Document]:
    """The documents of a file, in the order of its sources.

    Raises ``ReadError`` when the file cannot be read as text.
    """
    return [document for _, documents in read_with_sources(Path(path)) for document in documents]


def read_with_sources(path: Path) -> Iterator[tuple[Source, tuple[Document, ...]]]:
    """Each source of a file with the documents that it holds.  Raises ``ReadError``."""
    for source in read_sources(path):
        yield source, structure(source, clean(source))
