"""From a query to hits: the plan, the engines, and the best passages of documents."""

from __future__ import annotations

from collections.abc import Mapping

from policykb.models import Hit
from policykb.search.analysis import Analyzer
from policykb.search.engine import Engine, Field, Match, Term, match_order
from policykb.search.facets import Facet, facet
from policykb.search.hits import Desk, Library
from policykb.search.planning import Planner
from policykb.search.query import Query
from policykb.terms import SearchUnit

BLOCK = 200
"""Documents are put in order of their best passages in blocks of so many, so that no page hangs on another."""

PASSAGE_SHARE = 0.3
"""What a document's best passage adds to the score of the whole (tuned on judged questions)."""


class Searcher:
    """Answers queries out of the engines of an index."""

    def __init__(self, engines: Mapping[SearchUnit, Engine], planner: Planner, analyzer: Analyzer) -> None:
        self._engines = engines
        self._planner = planner
        self._analyzer = analyzer

    def search(self, query: Query, library: Library, unit: SearchUnit, *, offset: int, k: int) -> list[Hit]:
        """The results ``[offset, offset + k)`` for ``query``."""
        if k < 1:
            return []
        words = [wording.text for wording in self._planner.wordings(query)]
        desk = Desk(library, query, self._analyzer, also=words, whole=unit is SearchUnit.DOCUMENT)
        limit = offset + k
        while True:
            found = self.ranked(query, unit, limit)
            hits = desk.hits(found, offset, k)
            if len(hits) >= k or len(found) < limit:
                return hits
            limit = limit * 4 + 10

    def ranked(self, query: Query, unit: SearchUnit, limit: int) -> list[Match]:
        """At least the best ``limit`` matches, or all there are; of a document its best passage."""
        engine = self._engines[unit]
        plan = self._planner.plan(query, unit, engine)
        if unit is not SearchUnit.DOCUMENT:
            return engine.search(plan, limit)
        found = engine.search(plan, -(-limit // BLOCK) * BLOCK)
        starts = range(0, len(found), BLOCK)
        return [match for at in starts for match in self._best_passages(query, found[at : at + BLOCK])]

    def _best_passages(self, query: Query, documents: list[Match]) -> list[Match]:
        """The best passage of each of ``documents``, in the order of what both say together."""
        engine = self._engines[SearchUnit.PASSAGE]
        plan = self._planner.plan(query, SearchUnit.PASSAGE, engine)
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

    def places(self, hit: Hit, unit: SearchUnit) -> list[tuple[SearchUnit, Match, float]]:
        """The entries that a hit's score comes from: the unit of each, its place, and its share in the score."""
        practice = hit.practice.id if hit.practice else ""
        place = Match(0.0, hit.document.id, hit.start, hit.end, practice)
        if unit is not SearchUnit.DOCUMENT:
            return [(unit, place, 1.0)]
        whole = place._replace(start=0, end=len(hit.document.text))
        return [(unit, whole, 1.0), (SearchUnit.PASSAGE, place, PASSAGE_SHARE)]
