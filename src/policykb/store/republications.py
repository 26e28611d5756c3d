"""Which documents of a SQLite store are alike, and where else they were read from."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter

from policykb.duplicates import bands, fingerprint, most_similar
from policykb.store.records import Origin, StoredItem, origin_of, unpack
from policykb.terms import DocumentKind

_OF_A_BAND = 200
"""Documents of one band that are looked at: more have a template in common, and share other bands too if alike."""

_LOOKED_AT = 50
"""Fingerprints that are compared, of the documents that share the most bands."""


def keep_print(connection: sqlite3.Connection, document_id: str, print_: bytes) -> None:
    """Let later texts be held against a document; not if its fingerprint is empty."""
    if print_:
        row = connection.execute("INSERT INTO prints (document, print) VALUES (?, ?)", (document_id, print_))
        connection.executemany("INSERT INTO bands VALUES (?, ?)", [(band, row.lastrowid) for band in bands(print_)])


def keep_older_prints(connection: sqlite3.Connection) -> None:
    """Keep the fingerprints of the documents of a database that had none.

    Whether a document brought its id is told by the id: those of ours come from the text.
    """
    ids = connection.execute("SELECT id FROM documents WHERE kind != ? ORDER BY id", (DocumentKind.LAW.value,))
    for (document_id,) in ids.fetchall():
        (record,) = connection.execute("SELECT record FROM documents WHERE id = ?", (document_id,)).fetchone()
        text = json.loads(unpack(record))["text"]
        if hashlib.sha256(text.encode()).hexdigest().startswith(document_id.partition("-")[0]):
            keep_print(connection, document_id, fingerprint(text))


def drop_print(connection: sqlite3.Connection, document_id: str) -> None:
    """Hold no later text against a document; one without a fingerprint is no error."""
    row = connection.execute("SELECT number, print FROM prints WHERE document = ?", (document_id,)).fetchone()
    if row:
        keys = [(band, row[0]) for band in bands(row[1])]
        connection.executemany("DELETE FROM bands WHERE band = ? AND number = ?", keys)
        connection.execute("DELETE FROM prints WHERE number = ?", row[:1])


def similar_documents(connection: sqlite3.Connection, print_: bytes) -> list[str]:
    """The few ids of documents worth comparing with a text of this fingerprint, the most similar first."""
    shared: Counter[int] = Counter()
    for band in bands(print_):
        rows = connection.execute("SELECT number FROM bands WHERE band = ? LIMIT ?", (band, _OF_A_BAND))
        shared.update(number for (number,) in rows)
    best = sorted(shared, key=lambda number: (-shared[number], number))[:_LOOKED_AT]
    found = (connection.execute("SELECT document, print FROM prints WHERE number = ?", (number,)) for number in best)
    return most_similar(print_, [one.fetchone() for one in found])


def note_origin(connection: sqlite3.Connection, item: StoredItem, document_id: str) -> bool:
    """Note that a document was found where ``item`` is from; whether that is news."""
    row = (document_id, item.document.id, item.origin, origin_of(item).model_dump_json())
    return connection.execute("INSERT OR IGNORE INTO origins VALUES (?, ?, ?, ?)", row).rowcount > 0


def move_origins(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Let the places of one document be those of another."""
    connection.execute("UPDATE origins SET document = ? WHERE document = ?", (new, old))


def drop_origins(connection: sqlite3.Connection, document_id: str) -> None:
    """Forget where else a document was read from."""
    connection.execute("DELETE FROM origins WHERE document = ?", (document_id,))


def kept_for(connection: sqlite3.Connection, document_id: str) -> str | None:
    """The document that is kept for a text which was found to repeat it before; None where there is none."""
    row = connection.execute("SELECT document FROM origins WHERE twin = ? LIMIT 1", (document_id,)).fetchone()
    return row[0] if row else None


def other_origins(connection: sqlite3.Connection, document_id: str) -> list[Origin]:
    """Where else a document was read from, in the order of the paths."""
    rows = connection.execute("SELECT record FROM origins WHERE document = ? ORDER BY path, twin", (document_id,))
    return [Origin.model_validate_json(record) for (record,) in rows]
