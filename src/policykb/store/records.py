"""What goes into a store and what it says about that, and how records are packed."""

from __future__ import annotations

import hashlib
import json
import zlib
from enum import StrEnum
from typing import Any, NamedTuple

from policykb.duplicates import fingerprint
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

    ``DUPLICATE``: the same text is there from another place; that one stays, and this place is noted beside it.
    """

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"


class AddOutcome(Record):
    """What became of one item; ``document_id`` is the document that is kept, of a duplicate the one it repeats."""

    document_id: str
    outcome: Outcome


class Origin(Record):
    """A place that a document was read from.

    ``title``, ``publisher`` (the site or the medium) and ``published_on`` are as they read there.
    """

    path: str
    source_name: str
    sha256: str
    title: str
    publisher: str | None = None
    published_on: str | None = None


class Kept(NamedTuple):
    """What is known of a kept document when an item is held against it: source key, content hash and path."""

    source: str
    content_hash: str
    path: str


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


def comparable_print(item: StoredItem) -> bytes:
    """The fingerprint of a document that may turn out to be a republication; empty for one that never is.

    A document that brought its id keeps it whatever its text, and of laws each version counts.
    """
    is_own = item.source.document_id is not None or item.document.kind is DocumentKind.LAW
    return b"" if is_own else fingerprint(item.document.text)


def origin_of(item: StoredItem) -> Origin:
    """The place that an item was read from."""
    return first_origin(item.document, item.origin)


def first_origin(document: Document, path: str) -> Origin:
    """The place that a document was read from, which was at ``path``."""
    return Origin(
        path=path, source_name=document.source_name, sha256=document.sha256, title=document.title,
        publisher=document.publisher, published_on=document.published_on,
    )  # fmt: skip


def is_same_place(item: StoredItem, kept: Kept) -> bool:
    """Whether an item comes from where the document of its id came from: the same bytes, row or file."""
    by_id = item.source.document_id == item.document.id
    return by_id or kept.source == source_key(item.source) or kept.path == item.origin


def is_correction(item: StoredItem, kept: Kept) -> bool:
    """Whether an item that repeats a document is what became of its file."""
    return kept.path == item.origin and not kept.source.startswith(item.source.sha256)


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
    return f"{source.sha256}:{text_digest(source.text)}"


def text_digest(text: str) -> str:
    """The part of a source's key that comes from its text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def division_stem(code: str) -> str:
    """What the codes of all divisions within begin with: 420000 → 42, 421200 → 4212."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
