"""How an index keeps up with the library that it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Protocol

from policykb.errors import KnowledgeBaseError, reason_of
from policykb.search.engine import BusyError, Engine, Entry
from policykb.search.entries import EntryMaker
from policykb.search.hits import Library
from policykb.search.manifest import Ledger, Manifest
from policykb.terms import SearchUnit

BATCH = 50
"""Documents whose entries are made at a time: some ten thousand characters of tokens each stay in memory."""


class Follower(Protocol):
    """Brings the entries of engines to the present state of a library."""

    def follow(self, library: Library) -> None:
        """Catch up with ``library``.  Raises ``EngineError`` where the entries are damaged."""
        ...

    def reset(self) -> None:
        """Forget everything, so that the next ``follow`` makes all entries anew."""
        ...


def make_entries(maker: EntryMaker, library: Library, document_ids: list[str]) -> dict[SearchUnit, list[Entry]]:
    """The entries of those documents that the library has, for each unit of search."""
    entries: dict[SearchUnit, list[Entry]] = {unit: [] for unit in SearchUnit}
    for document_id in document_ids:
        if document := library.find(document_id):
            for unit, made in maker.entries(document, library.extraction(document_id)).items():
                entries[unit] += made
    return entries


class RevisionFollower:
    """Follows a library on this machine by its revision, which the ledger notes."""

    def __init__(
        self, engines: Mapping[SearchUnit, Engine], ledger: Ledger, fingerprint: str, maker: EntryMaker
    ) -> None:
        """Write to ``engines``; entries of another ``fingerprint`` than the ledger's are made anew."""
        self._engines = engines
        self._ledger = ledger
        self._fingerprint = fingerprint
        self._maker = maker
        self._seen = -1

    def follow(self, library: Library) -> None:
        """Catch up with ``library``; while another process does so, wait for it.

        Raises ``KnowledgeBaseError`` where the index cannot be written, or is not there yet and another process
        takes too long to build it.
        """
        revision = library.revision
        if self._seen == revision:
            return
        if self._written() != revision:
            self._catch_up(library, revision)
        else:
            for engine in self._engines.values():
                engine.reload()
            self._seen = revision

    def reset(self) -> None:
        """Empty the engines, even damaged ones."""
        try:
            self._ledger.write(Manifest(fingerprint="", revision=0))
            for engine in self._engines.values():
                engine.reset()
        except OSError as error:
            raise KnowledgeBaseError(
                "检索索引不能重建（{reason}）；请检查磁盘空间和文件夹的权限", reason=reason_of(error)
            ) from error
        self._seen = -1

    def _written(self) -> int:
        """The revision that the index was last written at; -1 where it must be made anew."""
        manifest = self._ledger.read()
        return manifest.revision if manifest and manifest.fingerprint == self._fingerprint else -1

    def _catch_up(self, library: Library, revision: int) -> None:
        try:
            with ExitStack() as stack:
                for engine in self._engines.values():
                    stack.enter_context(engine.writing())
                self._update(library, revision)
            self._ledger.write(Manifest(fingerprint=self._fingerprint, revision=revision))
            self._seen = revision
        except BusyError as error:
            if self._seen < 0:
                raise KnowledgeBaseError("{error}：另一个程序正在建检索索引；请等它建完再试", error=error) from error
        except OSError as error:
            raise KnowledgeBaseError(
                "检索索引写不进去（{reason}）；请检查磁盘空间和文件夹的权限", reason=reason_of(error)
            ) from error

    def _update(self, library: Library, revision: int) -> None:
        """Put the present state of all documents that changed in place of the earlier one."""
        since = self._written()
        if not 0 <= since <= revision:
            for engine in self._engines.values():
                engine.clear()
            since = 0
        changed = library.changed_since(since)
        for at in range(0, len(changed), BATCH):
            batch = changed[at : at + BATCH]
            entries = make_entries(self._maker, library, batch)
            for unit, engine in self._engines.items():
                engine.update(batch, entries[unit])
