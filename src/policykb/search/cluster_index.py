"""The index of a knowledge base in a cluster: one that many machines keep fresh together.

The entries lie in one index a unit, named ``NAME-UNIT-FINGERPRINT-N``; the alias ``NAME-UNIT-FINGERPRINT`` leads
to the one in use.  So a policykb with other words or fields searches entries of its own, and re-indexing fills
number N + 1 while everybody goes on with N; then the aliases are moved at one stroke.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Protocol

from policykb.cluster import Cluster
from policykb.errors import KnowledgeBaseError
from policykb.search.engine import Engine
from policykb.search.entries import EntryMaker
from policykb.search.following import BATCH, make_entries
from policykb.search.hits import Library
from policykb.search.index import Index, fingerprint
from policykb.search.opensearch_engine import SETTINGS, VERSION, OpenSearchEngine, mappings
from policykb.search.tools import Tools
from policykb.terms import SearchUnit

ROUNDS = 100_000
"""Batches that are brought into an index at most; only machines that write without end need more."""


class MarkingLibrary(Library, Protocol):
    """A library whose documents bear the marks of the indexes that hold their entries; a cluster's store is one."""

    def unmarked(self, mark: str, n: int) -> list[str]:
        """Up to ``n`` ids of documents without this mark, removed ones among them."""
        ...

    def versions(self, document_ids: list[str]) -> dict[str, tuple[int, int]]:
        """What the documents are at."""
        ...

    def mark(self, mark: str, versions: dict[str, tuple[int, int]]) -> None:
        """Mark documents that are still at these versions; those that are not lose their marks."""
        ...


class MarkFollower:
    """Brings the entries of all documents without a mark into the index, whichever machine added them."""

    def __init__(self, cluster: Cluster, library: MarkingLibrary, version: str, maker: EntryMaker) -> None:
        """Follow ``library``; entries made with another ``version`` lie in indexes of their own."""
        self._cluster = cluster
        self._library = library
        self._maker = maker
        self._stem = hashlib.sha256(version.encode()).hexdigest()[:10]
        if not self._numbers():
            self._create(1)
            self._move(1)

    def engines(self) -> dict[SearchUnit, OpenSearchEngine]:
        """The engines that search goes through: those of the aliases."""
        return {unit: OpenSearchEngine(self._cluster, self._alias(unit)) for unit in SearchUnit}

    def follow(self, library: Library) -> None:
        """Catch up; ``library`` is the one that was given at the start."""
        numbers = self._numbers()
        self._fill(max(numbers) if numbers else self._renew())

    def reset(self) -> None:
        """Make all entries anew in other indexes, while everybody searches the present ones; then move over."""
        self._renew()

    def _renew(self) -> int:
        old = self._numbers()
        number = max(self._all_numbers(), default=0) + 1
        self._create(number)
        self._fill(number)
        self._move(number)
        self._drop(old)
        return number

    def _fill(self, number: int) -> None:
        """Bring what is missing into the indexes of ``number``."""
        mark = f"{self._stem}-{number}"
        batch = self._library.unmarked(mark, BATCH)
        if not batch:  # as before most searches: opening the engines would cost nine requests
            return
        engines = {unit: OpenSearchEngine(self._cluster, self._index(unit, number)) for unit in SearchUnit}
        for _ in range(ROUNDS):
            versions = self._library.versions(batch)
            entries = make_entries(self._maker, self._library, batch)
            for unit, engine in engines.items():
                with engine.writing():
                    engine.update(batch, entries[unit])
            self._library.mark(mark, versions)
            batch = self._library.unmarked(mark, BATCH)
            if not batch:
                return
        raise KnowledgeBaseError("{place}：其他机器不停地在写，索引赶不上；请稍后再试", place=self._cluster.place)

    def _create(self, number: int) -> None:
        for unit in SearchUnit:
            self._cluster.ensure_index(self._index(unit, number), mappings(), SETTINGS)

    def _move(self, number: int) -> None:
        """Let the aliases lead to ``number``, all at one stroke."""
        actions: list[dict[str, Any]] = []
        for unit in SearchUnit:
            alias = self._alias(unit)
            actions += [
                {"remove": {"index": f"{alias}-*", "alias": alias, "must_exist": False}},
                {"add": {"index": self._index(unit, number), "alias": alias}},
            ]
        with self._cluster.reported():
            self._cluster.client.indices.update_aliases(body={"actions": actions})

    def _drop(self, numbers: set[int]) -> None:
        for number in sorted(numbers):
            for unit in SearchUnit:
                with self._cluster.reported():
                    self._cluster.client.indices.delete(index=self._index(unit, number), params={"ignore": "404"})

    def _numbers(self) -> set[int]:
        """The number in use; none where the indexes have not been made."""
        alias = self._alias(SearchUnit.PASSAGE)
        with self._cluster.reported():
            if not self._cluster.client.indices.exists_alias(name=alias):
                return set()
            return {int(name.rpartition("-")[2]) for name in self._cluster.client.indices.get_alias(name=alias)}

    def _all_numbers(self) -> set[int]:
        """The numbers in use, and of what a machine that was stopped has left behind."""
        with self._cluster.reported():
            found = self._cluster.client.indices.get(
                index=f"{self._alias(SearchUnit.PASSAGE)}-*", params={"allow_no_indices": "true"}
            )
        return {int(name.rpartition("-")[2]) for name in found}

    def _alias(self, unit: SearchUnit) -> str:
        return f"{self._cluster.name}-{unit.value}-{self._stem}"

    def _index(self, unit: SearchUnit, number: int) -> str:
        return f"{self._alias(unit)}-{number}"


def open_cluster_index(cluster: Cluster, library: MarkingLibrary, tools: Tools | None = None) -> Index:
    """The index of ``library``, whose knowledge base is that of ``cluster``."""
    tools = tools or Tools.load()
    follower = MarkFollower(cluster, library, fingerprint(VERSION, tools), EntryMaker(tools.analyzer))
    engines: Mapping[SearchUnit, Engine] = follower.engines()
    return Index(engines, follower, tools)
