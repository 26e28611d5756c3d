"""The store of many machines: sources, documents and findings in an OpenSearch cluster.

It has the methods of ``Store``.  Any number of machines may add, remove and search at once.  A document is
written whole or not at all; there are no batches of all or none, since no machine waits for another.

``marks`` of a document tell which indexes hold its entries in their present state; whoever finds a document
without the mark of an index brings its entries there (``policykb.search.cluster_index``).  A document that was
removed stays as an empty record until its entries are gone too.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from types import TracebackType
from typing import Any, Self

from policykb.cluster import Cluster, open_cluster
from policykb.duplicates import is_republication
from policykb.errors import KnowledgeBaseError, NotFoundError
from policykb.models import Document, Extraction, Practice
from policykb.segmentation import fold_name
from policykb.store.cluster_adding import NOTE, Note, Round, Write, known_twins, similar_documents
from policykb.store.cluster_records import (
    MAPPINGS,
    SOURCE_MAPPINGS,
    Version,
    conditions,
    document_fields,
    escaped,
    origin_fields,
    source_fields,
)
from policykb.store.records import (
    AddOutcome,
    DocumentFilter,
    Origin,
    Outcome,
    StoredItem,
    StoredPractice,
    comparable_print,
    first_origin,
    practice_keys,
    source_key,
    unpack,
)
from policykb.store.verifying import faults

PAGE = 500
ATTEMPTS = 8
"""How often a document is tried that other machines write to at the same time."""


class ClusterStore:
    """A knowledge base's sources and documents in a cluster.  Close it, or use it in a ``with`` statement."""

    def __init__(self, cluster: Cluster) -> None:
        """Use the knowledge base of ``cluster``, made when absent."""
        self.cluster = cluster
        self._documents = f"{cluster.name}-documents"
        self._sources = f"{cluster.name}-sources"
        cluster.ensure_index(self._documents, MAPPINGS)
        cluster.ensure_index(self._sources, SOURCE_MAPPINGS)

    @classmethod
    def open(cls, address: str) -> Self:
        """The store at ``http://host:9200/name``.  Raises ``KnowledgeBaseError`` where it cannot be reached."""
        return cls(open_cluster(address))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        with self.cluster.reported():
            answer = self.cluster.client.count(index=self._documents, body={"query": conditions()})
        return int(answer["count"])

    def close(self) -> None:
        """Let go of the connections."""
        self.cluster.client.close()

    def add(self, items: Iterable[StoredItem]) -> list[AddOutcome]:
        """Take in ``items`` and say what became of each, in order; the rules are those of ``Store.add``.

        When this returns they are kept by the cluster and can be searched from every machine.  Two machines that
        add the same text from two places at the same moment keep both.
        """
        waiting = list(enumerate(items))
        outcomes: dict[int, AddOutcome] = {}
        for _ in range(ATTEMPTS):
            waiting = self._add(waiting, outcomes)
            if not waiting:
                return [outcomes[place] for place in sorted(outcomes)]
        raise KnowledgeBaseError("{place}：其他机器正在改同样的文件；请等它们写完再试", place=self.cluster.place)

    def remove(self, document_ids: Iterable[str]) -> int:
        """Take out documents by their exact ids and sources that none is left of; say how many there were.

        With a document goes what is known of its other origins.
        """
        wanted = list(dict.fromkeys(document_ids))
        there = {document_id: old for document_id, old in self._versions(wanted).items() if not old.removed}
        empty = {"removed": True, "marks": [], "source": "", "content_hash": ""}
        self.cluster.bulk(
            {"_op_type": "index", "_index": self._documents, "_id": document_id, "_source": empty}
            for document_id in there
        )
        self._drop_sources({old.source for old in there.values()})
        return len(there)

    def document(self, document_id: str) -> Document:
        """The document of an id, or of the beginning of an id if no other begins so.  Raises ``NotFoundError``."""
        document = self.find(document_id) or self.find(self._full_id(document_id))
        if document is None:  # removed by another machine right now
            raise NotFoundError(
                "没有编号为“{document_id}”的文件；用 policykb list 看有哪些文件", document_id=document_id
            )
        return document

    def find(self, document_id: str) -> Document | None:
        """The document of exactly this id; None where there is none."""
        record = self._record(document_id, "record")
        return Document.model_validate_json(record) if record else None

    def extraction(self, document_id: str) -> Extraction:
        """What was found in the document of exactly this id; nothing for an unknown one."""
        record = self._record(document_id, "extraction")
        return Extraction.model_validate_json(record) if record else Extraction()

    def practices_of(self, document_id: str) -> tuple[Practice, ...]:
        """The practices of the document of exactly this id, in order."""
        return self.extraction(document_id).practices

    def source_text(self, document_id: str) -> str:
        """The raw text of the source of a document, as it was decoded."""
        with self.cluster.reported():
            client = self.cluster.client
            key = client.get(index=self._documents, id=self._full_id(document_id))["_source"]["source"]
            return _unpacked(client.get(index=self._sources, id=_source_id(key))["_source"]["text"])

    def source_key(self, document_id: str) -> str:
        """What tells the source of the document of exactly this id from others."""
        return self._versions([document_id])[document_id].source

    def origins(self, document_id: str) -> list[Origin]:
        """All places that a document was read from, that of the text which is kept first, then by their paths."""
        document = self.document(document_id)
        old = self._versions([document.id])[document.id]
        others = sorted(old.origins, key=lambda origin: (origin["path"], origin["twin"]))
        return [first_origin(document, old.path), *(Origin.model_validate_json(one["record"]) for one in others)]

    def documents(self, wanted: DocumentFilter | None = None) -> Iterator[Document]:
        """The documents that ``wanted`` asks for, all by default, in the order of their ids."""
        for hit in self._scan(conditions(wanted), ["record"]):
            yield Document.model_validate_json(_unpacked(hit["_source"]["record"]))

    def practices(self, query: str | None = None) -> list[StoredPractice]:
        """The practices whose name, full name or code holds ``query``, in the order of ``Store.practices``."""
        key = fold_name(query or "")
        with_key = (
            {"wildcard": {"practice_keys": f"*{escaped(key)}*"}} if key else {"exists": {"field": "practice_keys"}}
        )
        found = []
        for hit in self._scan(conditions(None, with_key), ["extraction"]):
            extraction = Extraction.model_validate_json(_unpacked(hit["_source"]["extraction"]))
            found += [StoredPractice(document_id=hit["_id"], practice=practice) for practice in extraction.practices]
        kept = [one for one in found if any(key in name for name in practice_keys(one.practice))]
        return sorted(kept, key=lambda one: (key not in practice_keys(one.practice), -_n_members(one.practice)))

    def practice(self, name: str) -> StoredPractice:
        """The practice of a name, full name or code, the best described where several documents have it.

        Raises ``NotFoundError`` with names that are near.
        """
        found = self.practices(name) if fold_name(name) else []
        if found and fold_name(name) in practice_keys(found[0].practice):
            return found[0]
        near = [one.practice.name for one in found] or get_close_matches(name, self.practice_names(), n=3, cutoff=0.5)
        told = f"相近的有：{'、'.join(list(dict.fromkeys(near))[:3])}" if near else "用 policykb practices 看有哪些做法"
        raise NotFoundError("没有叫“{name}”的做法；{told}", name=name, told=told)

    def practice_names(self) -> list[str]:
        """All names of practices, each once, sorted."""
        names: set[str] = set()
        after: dict[str, Any] = {}
        while True:
            page = {"size": PAGE * 10, "sources": [{"name": {"terms": {"field": "practice_names"}}}]} | after
            body = {"size": 0, "query": conditions(), "aggs": {"names": {"composite": page}}}
            with self.cluster.reported():
                found = self.cluster.client.search(index=self._documents, body=body)["aggregations"]["names"]
            names |= {bucket["key"]["name"] for bucket in found["buckets"]}
            if "after_key" not in found:
                return sorted(names)
            after = {"after": found["after_key"]}

    def ids(self) -> list[str]:
        """The ids of all documents, sorted."""
        return [hit["_id"] for hit in self._scan(conditions(), [])]

    def verify(self) -> list[str]:
        """What is wrong with what the store holds, one line each; empty if all is well."""
        return list(faults(self))

    @property
    def revision(self) -> int:
        """Always 0: machines that add at once have no common count of changes, see ``unmarked``."""
        return 0

    def changed_since(self, revision: int = 0) -> list[str]:
        """The ids of all documents: machines that add at once have no common revision, see ``unmarked``."""
        return self.ids()

    def unmarked(self, mark: str, n: int) -> list[str]:
        """Up to ``n`` ids of documents, removed ones among them, whose entries the index ``mark`` does not hold."""
        body = {"size": n, "_source": False, "query": {"bool": {"must_not": [{"term": {"marks": mark}}]}}}
        with self.cluster.reported():
            found = self.cluster.client.search(index=self._documents, body=body)["hits"]["hits"]
        return sorted(hit["_id"] for hit in found)

    def versions(self, document_ids: list[str]) -> dict[str, tuple[int, int]]:
        """What the documents are at: to be given back to ``mark``."""
        return {document_id: (old.seq_no, old.term) for document_id, old in self._versions(document_ids).items()}

    def mark(self, mark: str, versions: dict[str, tuple[int, int]]) -> None:
        """Note that the index ``mark`` holds the entries of documents as they were at ``versions``.

        A document that was changed since loses all its marks: nobody knows which of the two was written last.
        """
        script = {"source": "if (!ctx._source.marks.contains(params.m)) ctx._source.marks.add(params.m)"}
        answers = self.cluster.bulk(
            {
                "_op_type": "update", "_index": self._documents, "_id": document_id, "if_seq_no": seq_no,
                "if_primary_term": term, "script": script | {"params": {"m": mark}},
            }
            for document_id, (seq_no, term) in versions.items()
        )  # fmt: skip
        lost = [answer["_id"] for answer in answers if answer["status"] == 409]
        self.cluster.bulk(
            {"_op_type": "update", "_index": self._documents, "_id": i, "doc": {"marks": []}, "retry_on_conflict": 5}
            for i in lost
        )

    def _add(
        self, items: list[tuple[int, StoredItem]], outcomes: dict[int, AddOutcome]
    ) -> list[tuple[int, StoredItem]]:
        """Write ``items``, note what became of them, and give back those that must wait for another one."""
        there = self._versions([item.document.id for _, item in items])
        unknown = [item for _, item in items if (old := there.get(item.document.id)) is None or old.removed]
        repeated = self._repeated(unknown)
        turn = Round(there | self._versions(list(repeated.values())), repeated)
        for place, item in items:
            turn.take(place, item)
        outcomes |= turn.outcomes
        return [*turn.later, *self._written(turn.writes, outcomes), *self._noted(turn.notes, outcomes)]

    def _repeated(self, items: list[StoredItem]) -> dict[str, str]:
        """The documents of other sources whose texts ``items`` repeat, by the items' ids."""
        prints = {item.document.id: print_ for item in items if (print_ := comparable_print(item))}
        found = known_twins(self.cluster, self._documents, list(prints)) if prints else {}
        new = {document_id: print_ for document_id, print_ in prints.items() if document_id not in found}
        near = similar_documents(self.cluster, self._documents, new)
        sources = self._versions(sorted({one for candidates in near.values() for one in candidates}))
        for item in items:
            for candidate in near.get(item.document.id, ()):
                elsewhere = candidate in sources and sources[candidate].source != source_key(item.source)
                there = self.find(candidate) if elsewhere else None
                if there and is_republication(item.document.text, there.text):
                    found[item.document.id] = candidate
                    break
        return found

    def _written(self, writes: list[Write], outcomes: dict[int, AddOutcome]) -> list[tuple[int, StoredItem]]:
        """Write documents; those that another machine was faster with are given back."""
        self._write_sources([write.item for write in writes])
        answers = self.cluster.bulk(map(self._operation, writes))
        later, replaced = [], []
        for write, answer in zip(writes, answers, strict=True):
            if answer["status"] == 409:
                later.append((write.place, write.item))
                continue
            outcomes[write.place] = AddOutcome(document_id=write.item.document.id, outcome=write.outcome)
            replaced += [write.replaced] if write.replaced else []
        self._drop_sources({w.old.source for w in writes if w.old and w.old.source != source_key(w.item.source)})
        if replaced:
            self.remove(replaced)
        return later

    def _noted(self, notes: list[Note], outcomes: dict[int, AddOutcome]) -> list[tuple[int, StoredItem]]:
        """Note further places of documents; those whose document has changed meanwhile are given back."""
        answers = self.cluster.bulk(
            {
                "_op_type": "update", "_index": self._documents, "_id": note.document_id, "retry_on_conflict": 5,
                "script": {"source": NOTE, "params": {"origin": origin_fields(note.item)}},
            }
            for note in notes
        )  # fmt: skip
        later = []
        for note, answer in zip(notes, answers, strict=True):
            if answer.get("result") != "updated":
                later.append((note.place, note.item))
                continue
            outcome = Outcome.DUPLICATE if note.item.source.document_id is None else Outcome.UNCHANGED
            outcomes[note.place] = AddOutcome(document_id=note.document_id, outcome=outcome)
        return later

    def _operation(self, write: Write) -> dict[str, Any]:
        body = document_fields(write.item, write.path, write.origins)
        operation = {"_index": self._documents, "_id": write.item.document.id, "_source": body}
        if write.old is None:
            return operation | {"_op_type": "create"}
        return operation | {"_op_type": "index", "if_seq_no": write.old.seq_no, "if_primary_term": write.old.term}

    def _write_sources(self, items: list[StoredItem]) -> None:
        bodies = {_source_id(source_key(item.source)): source_fields(item) for item in items}
        self.cluster.bulk(
            {"_op_type": "index", "_index": self._sources, "_id": i, "_source": body} for i, body in bodies.items()
        )

    def _drop_sources(self, keys: set[str]) -> None:
        """Take out sources that no document has any more."""
        unused = [key for key in sorted(keys - {""}) if not self._count({"term": {"source": key}})]
        self.cluster.bulk({"_op_type": "delete", "_index": self._sources, "_id": _source_id(key)} for key in unused)

    def _count(self, query: dict[str, Any]) -> int:
        with self.cluster.reported():
            return int(self.cluster.client.count(index=self._documents, body={"query": query})["count"])

    def _versions(self, document_ids: list[str]) -> dict[str, Version]:
        if not document_ids:
            return {}
        with self.cluster.reported():
            found = self.cluster.client.mget(
                index=self._documents,
                body={"ids": sorted(set(document_ids))},
                params={"_source_includes": "source,content_hash,removed,path,origins"},
            )["docs"]
        return {one["_id"]: Version.of(one) for one in found if one.get("found")}

    def _record(self, document_id: str, field: str) -> str | None:
        if not document_id:
            return None
        with self.cluster.reported():
            answer = self.cluster.client.mget(
                index=self._documents, body={"ids": [document_id]}, params={"_source_includes": f"{field},removed"}
            )["docs"][0]
        packed = answer.get("_source", {}).get(field)
        return _unpacked(packed) if packed else None

    def _scan(self, query: dict[str, Any], fields: list[str]) -> Iterator[dict[str, Any]]:
        """All documents of ``query`` in the order of their ids."""
        after: dict[str, Any] = {}
        while True:
            body = {"size": PAGE, "query": query, "_source": fields or False, "sort": ["id"]} | after
            with self.cluster.reported():
                found = self.cluster.client.search(index=self._documents, body=body)["hits"]["hits"]
            yield from found
            if len(found) < PAGE:
                return
            after = {"search_after": found[-1]["sort"]}

    def _full_id(self, prefix: str) -> str:
        """The one id that begins with ``prefix``."""
        found: list[str] = []
        if prefix:
            body = {"size": 4, "_source": False, "query": conditions(None, {"prefix": {"id": prefix}}), "sort": ["id"]}
            with self.cluster.reported():
                hits = self.cluster.client.search(index=self._documents, body=body)["hits"]["hits"]
            found = [hit["_id"] for hit in hits]
        if len(found) == 1 or prefix in found:
            return prefix if prefix in found else found[0]
        if found:
            raise NotFoundError(
                "以“{prefix}”开头的文件不止一份：{known}；请把编号写长一些", prefix=prefix, known="、".join(found)
            )
        near = get_close_matches(prefix, self.ids(), n=3)
        told = f"相近的编号：{'、'.join(near)}" if near else "用 policykb list 看有哪些文件"
        raise NotFoundError("没有编号为“{prefix}”的文件；{told}", prefix=prefix, told=told)


def _n_members(practice: Practice) -> int:
    return sum(len(component.members) for component in practice.components)


def _source_id(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def _unpacked(text: str) -> str:
    return unpack(base64.b64decode(text))
