"""What goes into a store and what it says about that, and how records are packed."""

from __future__ import annotations

import hashlib
import json
import zlib
from enum import StrEnum
from typing import Any

from policykb.models import Document, Extraction, Practice, Record, Source
from policykb.segmentation import fold_name
from policykb.terms import DocumentKind


class StoredItem(Record):
    """A document with its source and with what was found in it.  ``origin`` is where the source was read from."""

    source: Source
    origin: str
    document: Document
    extraction: Extraction = Extraction()


class Outcome(StrEnum):
    """What became of an item.

    ``DUPLICATE``: the same content is there from another source, and that one stays.
    """

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"


class AddOutcome(Record):
    """What became of one item."""

    document_id: str
    outcome: Outcome


class StoredPractice(Record):
    """A practice and the document that it stands in."""

    document_id: str
    practice: Practice


class DocumentFilter(Record):
    """Which documents are wanted; None does not narrow.

    ``code`` is a division with all that lies below it; ``issuing_authority`` and ``title`` are parts of the
    names; ``years`` are the first and the last, of issuing or else of publishing.
    """

    kind: DocumentKind | None = None
    issuing_authority: str | None = None
    title: str | None = None
    code: str | None = None
    years: tuple[int, int] | None = None


_NOT_CONTENT = {"id", "source_name", "sha256", "offsets", "repairs"}


def content_hash(item: StoredItem) -> str:
    """Tells whether a document says the same as another, wherever it was read from.

    What was found in it counts as well, so that a better extraction replaces an older one.
    """
    content = item.document.model_dump(mode="json", exclude=_NOT_CONTENT)
    found = item.extraction.model_dump(mode="json")
    text = json.dumps([content, found], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def pack(text: str) -> bytes:
    """``text`` compressed."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def unpack(data: bytes) -> str:
    """What was packed."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def document_row(item: StoredItem, digest: str, revision: int) -> dict[str, Any]:
    """The columns of a document."""
    document = item.document
    return {
        "id": document.id,
        "source": source_key(item.source),
        "title": document.title,
        "kind": document.kind.value,
        "issuing_authority": document.issuing_authority,
        "document_number": document.document_number,
        "issued_on": document.issued_on,
        "published_on": document.published_on,
        "content_hash": digest,
        "revision": revision,
        "record": pack(document.model_dump_json()),
    }


def practice_keys(practice: Practice) -> list[str]:
    """The names that a practice is found by, folded."""
    return [fold_name(name) for name in (practice.name, practice.full_name, practice.code) if name]


def practice_row(document_id: str, position: int, practice: Practice) -> tuple[object, ...]:
    """The columns of a practice."""
    keys = "\n".join(["", *practice_keys(practice), ""])
    n_members = sum(len(component.members) for component in practice.components)
    record = practice.model_dump_json()
    return document_id, position, practice.id, practice.name, practice.kind.value, keys, n_members, record


def source_key(source: Source) -> str:
    """Tells sources apart: rows of one JSONL file have their bytes in common, not their text."""
    text = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{source.sha256}:{text[:16]}"


def division_stem(code: str) -> str:
    """What the codes of all divisions within begin with: 420000 → 42, 421200 → 4212."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
