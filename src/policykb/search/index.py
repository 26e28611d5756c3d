"""The index: entries of passages and of practices in two engines, and the way from a query to hits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, Self, TypeVar

from policykb.errors import KnowledgeBaseError
from policykb.models import Hit
from policykb.places import Gazetteer
from policykb.search.analysis import Analyzer
from policykb.search.engine import BusyError, Engine, EngineError, Entry, Field, Match, Term, match_order
from policykb.search.entries import EntryMaker
from policykb.search.facets import Facet, Filters, facet
from policykb.search.hits import Desk, Library
from policykb.search.manifest import FileLedger, Ledger, Manifest, MemoryLedger
from policykb.search.planning import Planner
from policykb.search.query import Query, parse_query
from policykb.terms import SearchUnit

T = TypeVar("T")

ENTRIES_VERSION = "1"
"""Changes whenever entries of the same document would be others."""

DEPTH = 100
"""Documents are looked at for their best passages in hundreds, so that the order within one hangs on no ``k``."""

PASSAGE_SHARE = 0.5
"""What a document's best passage adds to the score of the whole (tuned on judged questions)."""

BATCH = 50
"""Documents whose entries are made at a time: some ten thousand characters of tokens each stay in memory."""


class Tools(NamedTuple):
    """What queries and texts are read with; costly to load, so that several indexes may share them."""

    analyzer: Analyzer
    gazetteer: Gazetteer

    @classmethod
    def load(cls) -> Tools:
        """The tools of the data files."""
        return cls(Analyzer(), Gazetteer.load())


class Index:
    """Passages, documents and practices that can be searched.

    An index follows a library: before each search it catches up with what has changed there, so that it is
    fresh whatever happened in between.  It can be thrown away at any time and is never the truth itself.
    """

    def __init__(
        self, engines: Mapping[SearchUnit, Engine], ledger: Ledger, version: str, tools: Tools | None = None
    ) -> None:
        """Search in ``engines``, one for each unit; ``version`` is theirs.  See ``in_memory`` and ``on_disk``."""
        self._tools = tools or Tools.load()
        self._engines = engines
        self._ledger = ledger
        self._fingerprint = f"{version}/{ENTRIES_VERSION}/{self._tools.analyzer.fingerprint}"
        self._seen = -1
        self._maker = EntryMaker(self._tools.analyzer)
        self._planner = Planner(self._tools.analyzer, self._tools.gazetteer)

    @classmethod
    def in_memory(cls, tools: Tools | None = None) -> Self:
        """An empty index in memory."""
        from policykb.search.memory import MemoryEngine  # noqa: PLC0415  # numpy loads with it

        return cls({unit: MemoryEngine() for unit in SearchUnit}, MemoryLedger(), "memory", tools)

    @classmethod
    def on_disk(cls, folder: Path, tools: Tools | None = None) -> Self:
        """The index in ``folder``, made when absent and made anew where it cannot be read.

        In a folder that cannot be written the index is held in memory instead.
        """
        from policykb.search.tantivy_engine import VERSION, open_engines  # noqa: PLC0415  # needed on disk only

        try:
            engines = open_engines(folder, SearchUnit)
        except (OSError, EngineError):
            return cls.in_memory(tools)
        return cls({unit: engines[unit] for unit in SearchUnit}, FileLedger(folder), VERSION, tools)

    def sync(self, library: Library) -> None:
        """Catch up with ``library``; done before each search, and better right after adding much.

        While another process does the same, waits for it.  Raises ``KnowledgeBaseError`` where the index
        cannot be written, or is not there yet and another process takes too long to build it.
        """
        self._repairing(library, lambda: None)

    def rebuild(self, library: Library) -> None:
        """Build everything anew from ``library``."""
        self._reset()
        self.sync(library)

    def search(
        self,
        text: str,
        library: Library,
        *,
        k: int = 10,
        unit: SearchUnit = SearchUnit.PASSAGE,
        filters: Filters | None = None,
    ) -> list[Hit]:
        """The best ``k`` results for the query ``text`` (its language: ``policykb.search.query``).

        Equal scores are ordered by document id and place.  Raises ``QueryError``; finds nothing as an empty list.
        """
        query = parse_query(text, self._tools.analyzer, filters)
        return self._repairing(library, lambda: self._search(query, library, k, unit))

    def _repairing(self, library: Library, action: Callable[[], T]) -> T:
        """Do ``action`` on the index as it should be now; where it turns out to be damaged, make it anew."""
        try:
            self._follow(library)
            return action()
        except EngineError:
            self._reset()
        try:
            self._follow(library)
            return action()
        except EngineError as error:
            raise KnowledgeBaseError(f"检索索引不能读写（{error}）；请检查磁盘空间和文件夹的权限") from error

    def _reset(self) -> None:
        try:
            self._ledger.write(Manifest(fingerprint="", revision=0))
            for engine in self._engines.values():
                engine.reset()
        except OSError as error:
            raise KnowledgeBaseError(f"检索索引不能重建（{error.strerror}）；请检查磁盘空间和文件夹的权限") from error
        self._seen = -1

    def _follow(self, library: Library) -> None:
        revision = library.revision
        if self._seen == revision:
            return
        if self._written() != revision:
            self._catch_up(library, revision)
        else:
            for engine in self._engines.values():
                engine.reload()
            self._seen = revision

    def _written(self) -> int:
        """The revision that the index was last written at; -1 where it must be made anew."""
        manifest = self._ledger.read()
        return manifest.revision if manifest and manifest.fingerprint == self._fingerprint else -1

    def _catch_up(self, library: Library, revision: int) -> None:
        try:
            with ExitStack() as stack:
                for engine in self._engines.values():
                    stack.enter_context(engine.writing())
                since = self._written()
                if not 0 <= since <= revision:
                    for engine in self._engines.values():
                        engine.clear()
                    since = 0
                changed = library.changed_since(since)
                for at in range(0, len(changed), BATCH):
                    self._update(changed[at : at + BATCH], library)
            self._ledger.write(Manifest(fingerprint=self._fingerprint, revision=revision))
            self._seen = revision
        except BusyError as error:
            if self._seen < 0:
                raise KnowledgeBaseError(f"{error}：另一个程序正在建检索索引；请等它建完再试") from error
        except OSError as error:
            raise KnowledgeBaseError(f"检索索引写不进去（{error.strerror}）；请检查磁盘空间和文件夹的权限") from error

    def _update(self, changed: list[str], library: Library) -> None:
        """Put the present state of the documents ``changed`` in place of the earlier one."""
        entries: dict[SearchUnit, list[Entry]] = {unit: [] for unit in self._engines}
        for document_id in changed:
            if document := library.find(document_id):
                made = self._maker.entries(document, library.extraction(document_id))
                for unit, found in made.items():
                    entries[unit] += found
        for unit, engine in self._engines.items():
            engine.update(changed, entries[unit])

    def _search(self, query: Query, library: Library, k: int, unit: SearchUnit) -> list[Hit]:
        plan = self._planner.plan(query, self._engines[unit])
        whole = unit is SearchUnit.DOCUMENT
        desk = Desk(library, query, self._tools.analyzer, whole=whole)
        limit = (k // DEPTH + 2) * DEPTH if whole else k
        while k > 0:
            found = self._engines[unit].search(plan, limit)
            hits = desk.hits(self._best_passages(query, found) if whole else found, k)
            if len(hits) >= k or len(found) < limit:
                return hits
            limit = limit * 4 + 10
        return []

    def _best_passages(self, query: Query, documents: list[Match]) -> list[Match]:
        """The best passage of each of ``documents``, in the order of what both say together."""
        engine = self._engines[SearchUnit.PASSAGE]
        plan = self._planner.plan(query, engine)
        missing = {match.document: match.score for match in documents}
        both: list[Match] = []
        while missing:
            inside = tuple(Term(Field.FACETS, facet(Facet.DOCUMENT, document)) for document in sorted(missing))
            found = engine.search(plan._replace(required=(inside,)), 2 * len(missing) + 100)
            if not found:
                break
            for passage in found:
                if (score := missing.pop(passage.document, None)) is not None:
                    both.append(passage._replace(score=score + PASSAGE_SHARE * passage.score))
        return sorted(both, key=match_order)
