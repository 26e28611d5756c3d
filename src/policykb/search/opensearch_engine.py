"""The engine of many machines: an OpenSearch index, which any number may write to and search at once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from policykb.cluster import Cluster
from policykb.search.engine import Entry, Field, Group, Match, Plan, Term, match_order

VERSION = "opensearch/2"
"""The version of the mappings below; entries of another one are made anew, in an index of their own."""

WHOLE = (Field.NAMES, Field.DEFINED, Field.FACETS)
MOST = 10_000
"""Results that one request may ask for (OpenSearch's own limit)."""

LUCENE_FACTOR = 2.2
"""k1 + 1, which Lucene left out of BM25 with version 8, and OpenSearch with its version 3."""

SETTINGS: dict[str, Any] = {
    "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
    "merge.policy.expunge_deletes_allowed": 1,  # removed entries count in the statistics until they are merged away
    "max_terms_count": 65_536,
}


def mappings() -> dict[str, Any]:
    """The fields of an entry.  Tokens were made by us; the server only parts them at blanks."""
    fields: dict[str, Any] = {}
    for field in Field:
        analyzer = "keyword" if field in WHOLE else "whitespace"
        fields[field.value] = {"type": "text", "analyzer": analyzer, "index_options": "freqs"}
    fields[Field.FACETS.value] = {"type": "keyword"}
    keyword = {"type": "keyword"}
    number = {"type": "integer", "index": False}
    places = {"document": keyword, "practice": keyword | {"index": False}, "start": number, "end": number}
    return {"dynamic": False, "_source": {"includes": [*places]}, "properties": fields | places}


class OpenSearchEngine:
    """Entries in an index, or an alias of one, of a cluster."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        """Search in and write to ``index``, which is made when absent."""
        self._cluster = cluster
        self._index = index
        with cluster.reported():
            major = int(cluster.client.info()["version"]["number"].split(".")[0])
        self._factor = LUCENE_FACTOR if major >= 3 else 1.0
        self._deleted = False
        self.reload()

    def __len__(self) -> int:
        with self._cluster.reported():
            return int(self._cluster.client.count(index=self._index)["count"])

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Nobody is kept out: entries of one document are written under the same ids, whoever writes them."""
        self._deleted = False
        yield
        with self._cluster.reported():
            if self._deleted:
                self._cluster.client.indices.flush(index=self._index)
                self._cluster.client.indices.forcemerge(
                    index=self._index, params={"only_expunge_deletes": "true", "request_timeout": 300}
                )
            self._cluster.client.indices.refresh(index=self._index)

    def update(self, removed: Collection[str], added: Iterable[Entry]) -> None:
        """Take out the entries of the documents ``removed``, put ``added`` in."""
        if removed:
            self._delete({"terms": {"document": sorted(removed)}})
        operations = (
            {"_op_type": "index", "_index": self._index, "_id": entry_id(entry), "_source": _packed(entry)}
            for entry in added
        )
        self._cluster.bulk(operations, refresh=False)

    def clear(self) -> None:
        """Take out everything."""
        self._delete({"match_all": {}})

    def reset(self) -> None:
        """Start empty."""
        with self._cluster.reported():
            self._cluster.client.indices.delete(index=self._index, params={"ignore": "404"})
        self.reload()

    def reload(self) -> None:
        """Make the index where there is none; what others write is seen by itself."""
        self._cluster.ensure_index(self._index, mappings(), SETTINGS)

    def holds(self, terms: Iterable[Term]) -> set[Term]:
        """Those of ``terms`` that some entry holds."""
        asked = sorted(set(terms))
        held: set[Term] = set()
        for at in range(0, len(asked), 500):
            part = asked[at : at + 500]
            counters = {str(n): {"filter": _term(term)} for n, term in enumerate(part)}
            answer = self._search({"size": 0, "aggs": counters, "query": _any(tuple(part))})
            counts = answer["aggregations"]
            held |= {term for n, term in enumerate(part) if counts[str(n)]["doc_count"]}
        return held

    def count(self, plan: Plan) -> int:
        """How many entries the plan finds."""
        with self._cluster.reported():
            answer = self._cluster.client.count(index=self._index, body={"query": self._query(plan)})
        return int(answer["count"])

    def search(self, plan: Plan, limit: int) -> list[Match]:
        """The best ``limit`` entries in ``match_order``, of the first ten thousand."""
        if limit < 1:
            return []
        query, wanted = self._query(plan), min(limit + 10, MOST)
        while True:
            found = self._search({"size": wanted, "query": query, "_source": True})["hits"]["hits"]
            if len(found) < wanted or wanted == MOST or found[-1]["_score"] < found[limit - 1]["_score"] - 1e-4:
                break
            wanted = min(wanted * 4, MOST)  # more that tie with the last one, for the order to decide
        return sorted(map(_match, found), key=match_order)[:limit]

    def _search(self, body: dict[str, Any]) -> dict[str, Any]:
        """Search with the statistics of all shards, so that their number changes no score."""
        options = {"search_type": "dfs_query_then_fetch", "request_cache": "false"}
        with self._cluster.reported():
            answer: dict[str, Any] = self._cluster.client.search(
                index=self._index, body=body | {"track_total_hits": False}, params=options
            )
        return answer

    def _delete(self, query: dict[str, Any]) -> None:
        options: dict[str, Any] = {"refresh": "true", "conflicts": "proceed", "request_timeout": 300}
        with self._cluster.reported():
            self._cluster.client.indices.refresh(index=self._index)
            answer = self._cluster.client.delete_by_query(index=self._index, body={"query": query}, params=options)
        self._deleted |= bool(answer["deleted"])

    def _query(self, plan: Plan) -> dict[str, Any]:
        terms, supporting = (list(map(self._scored, part)) for part in (plan.terms, plan.supporting))
        bonuses = [{"constant_score": {"filter": _term(b), "boost": b.weight}} for b in plan.bonuses]
        return {
            "bool": {
                "must": [{"bool": {"should": terms, "minimum_should_match": 1}}],
                "should": supporting + bonuses,
                "filter": [_any(group) for group in plan.required],
                "must_not": [{"bool": {"filter": [_any(group) for group in row]}} for row in plan.excluded],
            }
        }

    def _scored(self, term: Term) -> dict[str, Any]:
        return {"term": {term.field.value: {"value": term.token, "boost": term.weight * self._factor}}}


def entry_id(entry: Entry) -> str:
    """The id of an entry: the same whoever makes it."""
    place = "\x1f".join((entry.document, str(entry.start), str(entry.end), entry.practice))
    return hashlib.sha256(place.encode()).hexdigest()[:32]


def _packed(entry: Entry) -> dict[str, Any]:
    place = {"document": entry.document, "start": entry.start, "end": entry.end, "practice": entry.practice}
    values = {field.value: list(values) for field, values in entry.values.items()}
    return place | values | {field.value: tokens for field, tokens in entry.tokens.items()}


def _match(hit: dict[str, Any]) -> Match:
    place = hit["_source"]
    return Match(hit["_score"], place["document"], place["start"], place["end"], place["practice"])


def _term(term: Term) -> dict[str, Any]:
    return {"term": {term.field.value: term.token}}


def _any(group: Group) -> dict[str, Any]:
    return {"bool": {"should": [_term(term) for term in group], "minimum_should_match": 1}}
