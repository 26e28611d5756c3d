"""Whether the entries of an index are those of its library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policykb.search.engine import Engine, Field, Plan, Term
from policykb.search.entries import EntryMaker
from policykb.search.facets import Facet, facet
from policykb.search.following import BATCH, make_entries
from policykb.search.hits import Library
from policykb.terms import SearchUnit


def differences(engines: Mapping[SearchUnit, Engine], library: Library, maker: EntryMaker) -> Iterator[str]:
    """A line for each document whose entries are not as they should be, and for entries of unknown documents."""
    expected = dict.fromkeys(engines, 0)
    document_ids = library.changed_since(0)
    for at in range(0, len(document_ids), BATCH):
        batch = document_ids[at : at + BATCH]
        for unit, made in make_entries(maker, library, batch).items():
            places = {document_id: set[tuple[int, int, str]]() for document_id in batch}
            expected[unit] += len(made)
            for entry in made:
                places[entry.document].add((entry.start, entry.end, entry.practice))
            for document_id, wanted in places.items():
                if wanted != _places(engines[unit], document_id, len(wanted)):
                    yield f"文件 {document_id} 的{unit.zh}索引与库中不符；请运行 policykb reindex"
    for unit, engine in engines.items():
        if len(engine) != expected[unit]:
            yield f"{unit.zh}索引有 {len(engine)} 条，应有 {expected[unit]} 条；请运行 policykb reindex"


def _places(engine: Engine, document_id: str, n: int) -> set[tuple[int, int, str]]:
    found = engine.search(Plan(terms=(Term(Field.FACETS, facet(Facet.DOCUMENT, document_id)),)), n + 10)
    return {(match.start, match.end, match.practice) for match in found}
