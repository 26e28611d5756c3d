"""One round of adding to a cluster: which items are written, which are noted as another place, which must wait."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from policykb.cluster import Cluster
from policykb.duplicates import bands, is_republication, most_similar
from policykb.errors import KnowledgeBaseError
from policykb.store.cluster_records import Version, origin_fields
from policykb.store.records import (
    AddOutcome,
    Outcome,
    StoredItem,
    comparable_print,
    content_hash,
    is_correction,
    is_same_place,
    source_key,
)

_LOOKED_AT = 50
"""Fingerprints that are compared, of the documents that share the most bands."""

NOTE = """
if (ctx._source.removed) { ctx.op = 'noop' } else {
    if (ctx._source.origins == null) { ctx._source.origins = []; ctx._source.twins = [] }
    if (ctx._source.origins.contains(params.origin)) { ctx.op = 'noop' } else {
        ctx._source.origins.add(params.origin);
        if (!ctx._source.twins.contains(params.origin.twin)) { ctx._source.twins.add(params.origin.twin) }
    }
}
"""
"""Adds a place to a document, once; does nothing to one that another machine has removed."""


class Write(NamedTuple):
    """A document that is to be written; ``old`` is what is there, ``replaced`` another one that then goes."""

    place: int
    item: StoredItem
    outcome: Outcome
    old: Version | None
    path: str
    origins: tuple[dict[str, str], ...] = ()
    replaced: str | None = None


class Note(NamedTuple):
    """A place that is to be noted with a document that is there."""

    place: int
    item: StoredItem
    document_id: str


class Round:
    """Sorts items by what is known of the cluster: ``there`` are documents, ``repeated`` whom an id repeats."""

    def __init__(self, there: Mapping[str, Version], repeated: Mapping[str, str]) -> None:
        self.writes: list[Write] = []
        self.notes: list[Note] = []
        self.later: list[tuple[int, StoredItem]] = []
        self.outcomes: dict[int, AddOutcome] = {}
        self._there = there
        self._repeated = repeated
        self._planned: set[str] = set()
        self._prints: dict[str, tuple[StoredItem, bytes, frozenset[int]]] = {}

    def take(self, place: int, item: StoredItem) -> None:
        """Sort in one item."""
        document_id = item.document.id
        old = self._there.get(document_id)
        if document_id in self._planned:
            self.later.append((place, item))
        elif old is None or old.removed:
            self._take_new(place, item, old)
        elif is_same_place(item, old.kept) and old.content_hash != content_hash(item):
            self._update(place, item, old)
        else:
            self._take_again(place, item, document_id, old)

    def _take_new(self, place: int, item: StoredItem, old: Version | None) -> None:
        repeated = self._repeated.get(item.document.id)
        kept = self._there.get(repeated) if repeated else None
        if repeated in self._planned or self._repeats_planned(item):
            self.later.append((place, item))
        elif not repeated or not kept or kept.removed:
            self._write(Write(place, item, Outcome.ADDED, old, item.origin))
        elif is_correction(item, kept.kept):
            self._planned.add(repeated)
            self._write(Write(place, item, Outcome.UPDATED, old, item.origin, kept.origins, repeated))
        else:
            self._take_again(place, item, repeated, kept)

    def _update(self, place: int, item: StoredItem, old: Version) -> None:
        """A document that was found better keeps its place; one from another source has a new one."""
        if old.source != source_key(item.source) or old.path in {"", item.origin}:
            self._write(Write(place, item, Outcome.UPDATED, old, item.origin, old.origins))
            return
        origins = (*(one for one in old.origins if one["path"] != item.origin), origin_fields(item))
        self._write(Write(place, item, Outcome.UPDATED, old, old.path, origins))

    def _take_again(self, place: int, item: StoredItem, document_id: str, kept: Version) -> None:
        known = {(origin["twin"], origin["path"]) for origin in kept.origins}
        is_first = kept.path in {"", item.origin} and document_id == item.document.id
        if is_first or (item.document.id, item.origin) in known:
            self.outcomes[place] = AddOutcome(document_id=document_id, outcome=Outcome.UNCHANGED)
        else:
            self.notes.append(Note(place, item, document_id))

    def _write(self, write: Write) -> None:
        document_id, print_ = write.item.document.id, comparable_print(write.item)
        self._planned.add(document_id)
        self._prints[document_id] = (write.item, print_, frozenset(bands(print_)))
        self.writes.append(write)

    def _repeats_planned(self, item: StoredItem) -> bool:
        """Whether an item repeats one that is about to be written: that one must be there first."""
        print_ = comparable_print(item)
        mine = set(bands(print_))
        near = [(document_id, print_) for document_id, (_, print_, theirs) in self._prints.items() if mine & theirs]
        return any(_repeats(item, self._prints[one][0]) for one in most_similar(print_, near))


def _repeats(item: StoredItem, other: StoredItem) -> bool:
    elsewhere = source_key(item.source) != source_key(other.source)
    return elsewhere and is_republication(item.document.text, other.document.text)


def known_twins(cluster: Cluster, index: str, document_ids: Sequence[str]) -> dict[str, str]:
    """The document that is kept for each text which was found to repeat it before."""
    wanted = set(document_ids)
    query = {"bool": {"filter": [{"term": {"removed": False}}, {"terms": {"twins": sorted(wanted)}}]}}
    with cluster.reported():
        body = {"size": len(wanted), "query": query, "_source": ["twins"]}
        hits = cluster.client.search(index=index, body=body)["hits"]["hits"]
    return {twin: hit["_id"] for hit in hits for twin in hit["_source"]["twins"] if twin in wanted}


def similar_documents(cluster: Cluster, index: str, prints: Mapping[str, bytes]) -> dict[str, list[str]]:
    """For each fingerprint the few ids of documents worth comparing, the most similar first."""
    lines: list[dict[str, Any]] = []
    for print_ in prints.values():
        shares = [{"constant_score": {"filter": {"term": {"bands": str(band)}}}} for band in bands(print_)]
        query = {"bool": {"filter": [{"term": {"removed": False}}], "should": shares, "minimum_should_match": 1}}
        lines += [{"index": index}, {"size": _LOOKED_AT, "_source": ["print"], "query": query}]
    with cluster.reported():
        answers = cluster.client.msearch(body=lines)["responses"] if lines else []
    if any("hits" not in answer for answer in answers):
        raise KnowledgeBaseError("{place}：OpenSearch 没有答复；请检查集群的状态，再试", place=cluster.place)
    found = (
        [(hit["_id"], base64.b64decode(hit["_source"]["print"])) for hit in one["hits"]["hits"]] for one in answers
    )
    return {
        document_id: most_similar(print_, kept)
        for (document_id, print_), kept in zip(prints.items(), found, strict=True)
    }
