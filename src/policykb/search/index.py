"""The index: entries of passages, documents and practices in engines, kept fresh, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Self, TypeVar

from policykb.errors import KnowledgeBaseError
from policykb.models import Hit
from policykb.search.counting import FacetCounts, count_facets
from policykb.search.engine import Engine, EngineError
from policykb.search.entries import EntryMaker
from policykb.search.explaining import Contribution, contributions, strongest_first
from policykb.search.facets import Filters
from policykb.search.following import Follower, RevisionFollower
from policykb.search.hits import Library
from policykb.search.manifest import FileLedger, MemoryLedger
from policykb.search.planning import Planner
from policykb.search.query import Query, parse_query
from policykb.search.searching import Searcher
from policykb.search.suggestions import suggest, vocabulary
from policykb.search.tools import Tools
from policykb.search.verifying import differences
from policykb.terms import SearchUnit

T = TypeVar("T")

ENTRIES_VERSION = "3"
"""Changes whenever entries of the same document would be others."""


def fingerprint(version: str, tools: Tools) -> str:
    """What entries in an engine of ``version`` depend on; those of another fingerprint must be made anew."""
    return f"{version}/{ENTRIES_VERSION}/{tools.analyzer.fingerprint}"


class Index:
    """Passages, documents and practices that can be searched.

    An index follows a library: before each search it catches up with what has changed there, so that it is
    fresh whatever happened in between.  It can be thrown away at any time and is never the truth itself.
    """

    def __init__(self, engines: Mapping[SearchUnit, Engine], follower: Follower, tools: Tools) -> None:
        """Search in ``engines``, one for each unit.  See ``in_memory`` and ``on_disk``."""
        self._tools = tools
        self._engines = engines
        self._follower = follower
        self._planner = Planner(tools)
        self._searcher = Searcher(engines, self._planner, tools.analyzer)

    @classmethod
    def in_memory(cls, tools: Tools | None = None) -> Self:
        """An empty index in memory."""
        from policykb.search.memory import MemoryEngine  # noqa: PLC0415  # numpy loads with it

        tools = tools or Tools.load()
        engines = {unit: MemoryEngine() for unit in SearchUnit}
        maker = EntryMaker(tools.analyzer)
        return cls(engines, RevisionFollower(engines, MemoryLedger(), fingerprint("memory", tools), maker), tools)

    @classmethod
    def on_disk(cls, folder: Path, tools: Tools | None = None) -> Self:
        """The index in ``folder``, made when absent and made anew where it cannot be read.

        In a folder that cannot be written the index is held in memory instead.
        """
        from policykb.search.tantivy_engine import VERSION, open_engines  # noqa: PLC0415  # needed on disk only

        tools = tools or Tools.load()
        try:
            engines = open_engines(folder, SearchUnit)
        except (OSError, EngineError):
            return cls.in_memory(tools)
        by_unit = {unit: engines[unit] for unit in SearchUnit}
        ledger, maker = FileLedger(folder), EntryMaker(tools.analyzer)
        return cls(by_unit, RevisionFollower(by_unit, ledger, fingerprint(VERSION, tools), maker), tools)

    def sync(self, library: Library) -> None:
        """Catch up with ``library``; done before each search, and better right after adding much.

        While another process does the same, waits for it.  Raises ``KnowledgeBaseError`` where the index
        cannot be written, or is not there yet and another process takes too long to build it.
        """
        self._repairing(library, lambda: None)

    def rebuild(self, library: Library) -> None:
        """Build everything anew from ``library``."""
        self._follower.reset()
        self.sync(library)

    def verify(self, library: Library) -> list[str]:
        """What the index has that ``library`` has not, and the other way round, one line each; empty if they agree.

        Catches up first, and puts nothing right: ``rebuild`` does.
        """
        maker = EntryMaker(self._tools.analyzer)
        return self._repairing(library, lambda: list(differences(self._engines, library, maker)))

    def search(
        self,
        text: str,
        library: Library,
        *,
        k: int = 10,
        offset: int = 0,
        unit: SearchUnit = SearchUnit.PASSAGE,
        filters: Filters | None = None,
    ) -> list[Hit]:
        """The best ``k`` results for the query ``text`` after the first ``offset`` (its language: ``search.query``).

        Equal scores are ordered by document id and place, so that pages of one list fit together as long as the
        library does not change.  Raises ``QueryError``; finds nothing as an empty list.
        """
        query = self._parse(text, filters)
        return self._repairing(library, lambda: self._searcher.search(query, library, unit, offset=offset, k=k))

    def explain(
        self,
        text: str,
        library: Library,
        hit: Hit,
        *,
        unit: SearchUnit = SearchUnit.PASSAGE,
        filters: Filters | None = None,
    ) -> list[Contribution]:
        """Which words in which fields gave ``hit`` its score for the query ``text``, the greatest first.

        Together they are the score.
        """
        query = self._parse(text, filters)
        return self._repairing(library, lambda: self._explain(query, hit, unit))

    def count(
        self, text: str, library: Library, *, unit: SearchUnit = SearchUnit.DOCUMENT, filters: Filters | None = None
    ) -> FacetCounts:
        """How many results the query ``text`` has in all, and for each place, kind and year."""
        query = self._parse(text, filters)
        return self._repairing(library, lambda: self._count(query, unit))

    def suggest(self, text: str, library: Library, names: Iterable[str], n: int = 3) -> list[str]:
        """The ``n`` texts most like ``text`` that would find something, the most like first.

        They are taken from ``names`` (of practices), the words of our subject and the synonyms.
        """
        near = suggest(text, (*names, *vocabulary(self._tools.synonyms)), 4 * n)
        return [name for name in near if self.search(name, library, k=1)][:n]

    def _parse(self, text: str, filters: Filters | None) -> Query:
        return parse_query(text, self._tools.analyzer, filters)

    def _explain(self, query: Query, hit: Hit, unit: SearchUnit) -> list[Contribution]:
        found: list[Contribution] = []
        for part, place, share in self._searcher.places(hit, unit):
            engine = self._engines[part]
            found += contributions(self._planner.plan(query, part, engine), engine, place, share)
        return strongest_first(found)

    def _count(self, query: Query, unit: SearchUnit) -> FacetCounts:
        engine = self._engines[unit]
        plan = self._planner.plan(query, unit, engine)
        return count_facets(plan, engine, self._tools.gazetteer, query.filters.locality)

    def _repairing(self, library: Library, action: Callable[[], T]) -> T:
        """Do ``action`` on the index as it should be now; where it turns out to be damaged, make it anew."""
        try:
            self._follower.follow(library)
            return action()
        except EngineError:
            self._follower.reset()
        try:
            self._follower.follow(library)
            return action()
        except EngineError as error:
            raise KnowledgeBaseError(
                "检索索引不能读写（{error}）；请检查磁盘空间和文件夹的权限", error=error
            ) from error
