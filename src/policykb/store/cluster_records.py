"""How documents and sources are kept in a cluster: the fields, and queries for them."""

from __future__ import annotations

import base64
from typing import Any

from policykb.store.records import DocumentFilter, StoredItem, division_stem, pack, practice_keys, source_key

_KEYWORD = {"type": "keyword"}
_BLOB = {"type": "binary"}

MAPPINGS: dict[str, Any] = {
    "dynamic": False,
    "properties": {
        **dict.fromkeys(("id", "source", "kind", "issuing_authority", "codes", "year", "content_hash"), _KEYWORD),
        **dict.fromkeys(("practice_keys", "practice_names", "marks"), _KEYWORD),
        "title": _KEYWORD,
        "removed": {"type": "boolean"},
        "record": _BLOB,
        "extraction": _BLOB,
    },
}
"""Records travel as JSON, packed; fields stand beside them for what is asked for."""

SOURCE_MAPPINGS: dict[str, Any] = {"dynamic": False, "properties": {"text": _BLOB, "sha256": _KEYWORD}}


def document_fields(item: StoredItem, digest: str) -> dict[str, Any]:
    """A document as it is kept; without a mark, so that its entries are made."""
    document, practices = item.document, item.extraction.practices
    return {
        "id": document.id,
        "source": source_key(item.source),
        "title": document.title[:8000],
        "kind": document.kind.value,
        "issuing_authority": document.issuing_authority,
        "codes": sorted({place.code for place in document.localities if place.code}),
        "year": (document.issued_on or document.published_on or "")[:4] or None,
        "content_hash": digest,
        "practice_keys": sorted({key[:8000] for practice in practices for key in practice_keys(practice)}),
        "practice_names": sorted({practice.name[:8000] for practice in practices}),
        "marks": [],
        "removed": False,
        "record": _packed(document.model_dump_json()),
        "extraction": _packed(item.extraction.model_dump_json()),
    }


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
