"""How documents and sources are kept in a cluster: the fields, and queries for them."""

from __future__ import annotations

import base64
from typing import Any, NamedTuple

from policykb.duplicates import bands
from policykb.store.records import (
    DocumentFilter,
    Kept,
    StoredItem,
    comparable_print,
    content_hash,
    division_stem,
    origin_of,
    pack,
    practice_keys,
    source_key,
)

_KEYWORD = {"type": "keyword"}
_BLOB = {"type": "binary"}

MAPPINGS: dict[str, Any] = {
    "dynamic": False,
    "properties": {
        **dict.fromkeys(("id", "source", "kind", "issuing_authority", "codes", "year", "content_hash"), _KEYWORD),
        **dict.fromkeys(("practice_keys", "practice_names", "marks", "bands", "twins"), _KEYWORD),
        "title": _KEYWORD,
        "removed": {"type": "boolean"},
        "record": _BLOB,
        "extraction": _BLOB,
    },
}
"""Records travel as JSON, packed; fields stand beside them for what is asked for.

``path``, ``print`` and ``origins`` are read, never asked for: the place that the text is from, its fingerprint, and
the other places, each with the id (one of ``twins``) that the text as it stood there would have had.
"""

SOURCE_MAPPINGS: dict[str, Any] = {"dynamic": False, "properties": {"text": _BLOB, "sha256": _KEYWORD}}


class Version(NamedTuple):
    """What is known of a document in the cluster before it is written to."""

    source: str
    content_hash: str
    removed: bool
    path: str
    origins: tuple[dict[str, str], ...]
    seq_no: int
    term: int

    @classmethod
    def of(cls, answer: dict[str, Any]) -> Version:
        """The version that the cluster tells; of a document of an older policykb no place is known."""
        fields = answer["_source"]
        return cls(
            fields["source"], fields["content_hash"], fields["removed"], fields.get("path", ""),
            tuple(fields.get("origins", ())), answer["_seq_no"], answer["_primary_term"],
        )  # fmt: skip

    @property
    def kept(self) -> Kept:
        """The same as an item is held against it."""
        return Kept(self.source, self.content_hash, self.path)


def document_fields(item: StoredItem, path: str, origins: tuple[dict[str, str], ...]) -> dict[str, Any]:
    """A document as it is kept; without a mark, so that its entries are made."""
    document, practices, print_ = item.document, item.extraction.practices, comparable_print(item)
    return {
        "id": document.id,
        "source": source_key(item.source),
        "title": document.title[:8000],
        "kind": document.kind.value,
        "issuing_authority": document.issuing_authority,
        "codes": sorted({place.code for place in document.localities if place.code}),
        "year": (document.issued_on or document.published_on or "")[:4] or None,
        "content_hash": content_hash(item),
        "path": path,
        "origins": list(origins),
        "twins": sorted({origin["twin"] for origin in origins}),
        "print": base64.b64encode(print_).decode(),
        "bands": [str(band) for band in bands(print_)],
        "practice_keys": sorted({key[:8000] for practice in practices for key in practice_keys(practice)}),
        "practice_names": sorted({practice.name[:8000] for practice in practices}),
        "marks": [],
        "removed": False,
        "record": _packed(document.model_dump_json()),
        "extraction": _packed(item.extraction.model_dump_json()),
    }


def origin_fields(item: StoredItem) -> dict[str, str]:
    """A place that a document was found at as well."""
    return {"twin": item.document.id, "path": item.origin, "record": origin_of(item).model_dump_json()}


def source_fields(item: StoredItem) -> dict[str, Any]:
    """A source as it is kept."""
    source = item.source
    return {
        "name": source.name, "sha256": source.sha256, "encoding": source.encoding, "origin": item.origin,
        "text": _packed(source.text),
    }  # fmt: skip


def conditions(wanted: DocumentFilter | None = None, *also: dict[str, Any]) -> dict[str, Any]:
    """The query for the documents that ``wanted`` asks for and that fit ``also``; removed ones never do."""
    wanted = wanted or DocumentFilter()
    clauses: list[dict[str, Any]] = [{"term": {"removed": False}}, *also]
    if wanted.kind:
        clauses.append({"term": {"kind": wanted.kind.value}})
    for field, part in (("issuing_authority", wanted.issuing_authority), ("title", wanted.title)):
        if part:
            clauses.append({"wildcard": {field: f"*{escaped(part)}*"}})
    if wanted.code:
        clauses.append({"prefix": {"codes": division_stem(wanted.code)}})
    if wanted.years:
        first, last = wanted.years
        clauses.append({"range": {"year": {"gte": str(first), "lte": str(last)}}})
    return {"bool": {"filter": clauses}}


def escaped(text: str) -> str:
    """``text`` as it stands in a wildcard."""
    return "".join(f"\\{character}" if character in "*?\\" else character for character in text)


def _packed(text: str) -> str:
    return base64.b64encode(pack(text)).decode()
