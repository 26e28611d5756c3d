"""The store: sources, documents and what was found in them, in one SQLite file: the truth of a knowledge base."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from policykb.duplicates import is_republication
from policykb.errors import NotFoundError
from policykb.models import Document, Extraction, Indicator, Practice, Reference
from policykb.segmentation import fold_name
from policykb.store.database import FILE_NAME, memory_database, open_database, reported, transaction
from policykb.store.records import (
    AddOutcome,
    DocumentFilter,
    Kept,
    Origin,
    Outcome,
    StoredItem,
    StoredPractice,
    comparable_print,
    content_hash,
    division_stem,
    document_row,
    first_origin,
    is_correction,
    is_same_place,
    pack,
    practice_keys,
    practice_row,
    source_key,
    unpack,
)
from policykb.store.republications import (
    drop_origins,
    drop_print,
    keep_print,
    kept_for,
    move_origins,
    note_origin,
    other_origins,
    similar_documents,
)
from policykb.store.verifying import faults


class Store:
    """A knowledge base's sources and documents.  Close it, or use it in a ``with`` statement."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """For ``open`` and ``in_memory``."""
        self._connection = connection
        self._path = path

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The store in ``folder``, made when absent.  Raises ``KnowledgeBaseError`` where that cannot be done."""
        return cls(open_database(folder), folder / FILE_NAME)

    @classmethod
    def in_memory(cls) -> Self:
        """An empty store that ends with the object."""
        return cls(memory_database(), Path(":memory:"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return int(self._value("SELECT count(*) FROM documents"))

    @property
    def revision(self) -> int:
        """A number that goes up with every change, by whichever process; an index notes the one it was made from."""
        return int(self._value("SELECT revision FROM state"))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def add(self, items: Iterable[StoredItem]) -> list[AddOutcome]:
        """Take in ``items`` as one batch, all or none, and say what became of each, in order.

        When this returns they are on the disk.  A document whose id is there already is updated if its source
        brought that id with it or is the same source or file as before, else it is a duplicate.

        A text that repeats one from another place but for what stands around it (``policykb.duplicates``) is a
        duplicate too: the one that came first is kept, with both origins.  Documents that bring an id, and laws,
        are never held against others.  A file that was corrected replaces the text that it had before.
        """
        with transaction(self._connection, self._path):
            revision = self.revision + 1
            outcomes = [self._add(item, revision) for item in items]
            if any(outcome.outcome in {Outcome.ADDED, Outcome.UPDATED} for outcome in outcomes):
                self._set_revision(revision)
        return outcomes

    def remove(self, document_ids: Iterable[str]) -> int:
        """Take out documents by their exact ids and sources that none is left of; say how many there were.

        With a document goes what is known of its other origins.
        """
        with transaction(self._connection, self._path):
            revision = self.revision + 1
            removed = [document_id for document_id in document_ids if self._remove(document_id, revision)]
            if removed:
                self._set_revision(revision)
        return len(removed)

    def verify(self) -> list[str]:
        """What is wrong with the file or with what it holds, one line each; empty if all is well."""
        lines = [str(row[0]) for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]
        lines += [f"表 {row[0]} 有一行没有来历" for row in self._rows("PRAGMA foreign_key_check")]
        return [f"{self._path}：{line}；请换回备份，或重新添加原文" for line in lines] or list(faults(self))

    def changed_since(self, revision: int) -> list[str]:
        """The ids of the documents that came, changed or went after ``revision``, sorted; 0 gives all there are.

        With this an index catches up with the store, whatever happened to either in between.
        """
        rows = self._rows(
            "SELECT id FROM documents WHERE revision > ?1"
            " UNION SELECT id FROM removals WHERE revision > ?1 AND ?1 > 0 ORDER BY id",
            revision,
        )
        return [row[0] for row in rows]

    def document(self, document_id: str) -> Document:
        """The document of an id, or of the beginning of an id if no other begins so.

        Raises ``NotFoundError``.
        """
        document = self.find(document_id) or self.find(self._full_id(document_id))
        if document is None:  # removed by another process right now
            raise NotFoundError(
                "没有编号为“{document_id}”的文件；用 policykb list 看有哪些文件", document_id=document_id
            )
        return document

    def find(self, document_id: str) -> Document | None:
        """The document of exactly this id; None where there is none."""
        row = self._row("SELECT record FROM documents WHERE id = ?", document_id)
        return Document.model_validate_json(unpack(row[0])) if row else None

    def extraction(self, document_id: str) -> Extraction:
        """What was found in the document of exactly this id; nothing for an unknown one."""
        return Extraction(
            practices=self.practices_of(document_id),
            indicators=tuple(
                Indicator.model_validate_json(row[0])
                for row in self._rows("SELECT record FROM indicators WHERE document = ? ORDER BY position", document_id)
            ),
            references=tuple(
                Reference.model_validate_json(row[0])
                for row in self._rows("SELECT record FROM citations WHERE document = ? ORDER BY position", document_id)
            ),
        )

    def practices_of(self, document_id: str) -> tuple[Practice, ...]:
        """The practices of the document of exactly this id, in order."""
        rows = self._rows("SELECT record FROM practices WHERE document = ? ORDER BY position", document_id)
        return tuple(Practice.model_validate_json(row[0]) for row in rows)

    def source_text(self, document_id: str) -> str:
        """The raw text of the source of a document, as it was decoded; ``Document.source_span`` leads into it."""
        row = self._row(
            "SELECT text FROM sources JOIN documents ON sources.key = source WHERE id = ?",
            self._full_id(document_id),
        )
        return unpack(row[0])

    def source_key(self, document_id: str) -> str:
        """What tells the source of the document of exactly this id from others."""
        return str(self._value("SELECT source FROM documents WHERE id = ?", document_id))

    def origins(self, document_id: str) -> list[Origin]:
        """All places that a document was read from, that of the text which is kept first, then by their paths."""
        document = self.document(document_id)
        path = self._value("SELECT origin FROM documents JOIN sources ON source = key WHERE id = ?", document.id)
        with reported(self._path):
            return [first_origin(document, path), *other_origins(self._connection, document.id)]

    def documents(self, wanted: DocumentFilter | None = None) -> Iterator[Document]:
        """The documents that ``wanted`` asks for, all by default, in the order of their ids."""
        condition, values = _condition(wanted or DocumentFilter())
        for (document_id,) in self._rows(f"SELECT id FROM documents WHERE {condition} ORDER BY id", *values):  # noqa: S608  # our own clauses
            if document := self.find(document_id):
                yield document

    def practices(self, query: str | None = None) -> list[StoredPractice]:
        """The practices whose name, full name or code holds ``query``, all by default.

        Width, case, quotation marks and blanks do not matter.  Those of exactly this name or code come first,
        then those with more members spelled out, then by document and place.
        """
        rows = self._rows(
            "SELECT document, record FROM practices WHERE ?1 = '' OR instr(keys, ?1)"
            " ORDER BY NOT instr(keys, char(10) || ?1 || char(10)), n_members DESC, document, position",
            fold_name(query or ""),
        )
        return [
            StoredPractice(document_id=document, practice=Practice.model_validate_json(record))
            for document, record in rows
        ]

    def practice(self, name: str) -> StoredPractice:
        """The practice of a name, full name or code, the best described where several documents have it.

        Raises ``NotFoundError`` with names that are near.
        """
        found = self.practices(name) if fold_name(name) else []
        if found and fold_name(name) in practice_keys(found[0].practice):
            return found[0]
        near = [one.practice.name for one in found] or get_close_matches(name, self.practice_names(), n=3, cutoff=0.5)
        remedy = (
            f"相近的有：{'、'.join(list(dict.fromkeys(near))[:3])}" if near else "用 policykb practices 看有哪些做法"
        )
        raise NotFoundError("没有叫“{name}”的做法；{remedy}", name=name, remedy=remedy)

    def practice_names(self) -> list[str]:
        """All names of practices, each once, sorted."""
        return [row[0] for row in self._rows("SELECT DISTINCT name FROM practices ORDER BY name")]

    def ids(self) -> list[str]:
        """The ids of all documents, sorted."""
        return [row[0] for row in self._rows("SELECT id FROM documents ORDER BY id")]

    def _add(self, item: StoredItem, revision: int) -> AddOutcome:
        document_id, digest = item.document.id, content_hash(item)
        there = self._kept(document_id)
        if there is None:
            return self._add_new(item, digest, revision)
        if not is_same_place(item, there) or there.content_hash == digest:
            return self._add_again(item, document_id, there)
        is_same_source = there.source == source_key(item.source)
        self._delete(document_id)
        self._insert(item.model_copy(update={"origin": there.path}) if is_same_source else item, digest, revision)
        if is_same_source:
            self._add_again(item, document_id, there)
        return AddOutcome(document_id=document_id, outcome=Outcome.UPDATED)

    def _add_new(self, item: StoredItem, digest: str, revision: int) -> AddOutcome:
        """Take in a document whose id is not there: as it is, as the new text of its file, or as a duplicate."""
        print_ = comparable_print(item)
        repeated = self._repeated(item, print_) if print_ else None
        kept = self._kept(repeated) if repeated else None
        if repeated and kept and not is_correction(item, kept):
            return self._add_again(item, repeated, kept)
        self._insert(item, digest, revision, print_)
        if not repeated:
            return AddOutcome(document_id=item.document.id, outcome=Outcome.ADDED)
        move_origins(self._connection, repeated, item.document.id)
        self._remove(repeated, revision)
        return AddOutcome(document_id=item.document.id, outcome=Outcome.UPDATED)

    def _add_again(self, item: StoredItem, document_id: str, kept: Kept) -> AddOutcome:
        """Note where a text that is there already was found as well."""
        is_news = kept.path != item.origin or document_id != item.document.id
        is_news = is_news and note_origin(self._connection, item, document_id)
        is_duplicate = is_news and item.source.document_id is None
        return AddOutcome(document_id=document_id, outcome=Outcome.DUPLICATE if is_duplicate else Outcome.UNCHANGED)

    def _repeated(self, item: StoredItem, print_: bytes) -> str | None:
        """The document of another source whose text ``item`` repeats."""
        if known := kept_for(self._connection, item.document.id):
            return known
        for document_id in similar_documents(self._connection, print_):
            kept, there = self._kept(document_id), self.find(document_id)
            elsewhere = kept is not None and kept.source != source_key(item.source)
            if elsewhere and there and is_republication(item.document.text, there.text):
                return document_id
        return None

    def _kept(self, document_id: str) -> Kept | None:
        row = self._row(
            "SELECT source, content_hash, origin FROM documents JOIN sources ON source = key WHERE id = ?", document_id
        )
        return Kept(*row) if row else None

    def _insert(self, item: StoredItem, digest: str, revision: int, print_: bytes | None = None) -> None:
        source, document, found = item.source, item.document, item.extraction
        execute, many = self._connection.execute, self._connection.executemany
        execute(
            "INSERT OR IGNORE INTO sources VALUES (?, ?, ?, ?, ?, ?)",
            (source_key(source), source.sha256, source.name, item.origin, source.encoding, pack(source.text)),
        )
        execute(
            "INSERT INTO documents VALUES (:id, :source, :title, :kind, :issuing_authority, :document_number,"
            " :issued_on, :published_on, :content_hash, :revision, :record)",
            document_row(item, digest, revision),
        )
        keep_print(self._connection, document.id, comparable_print(item) if print_ is None else print_)
        many(
            "INSERT INTO localities VALUES (?, ?, ?, ?, ?)",
            [
                (document.id, place.name, place.full_name, place.level.value, place.code)
                for place in document.localities
            ],
        )
        many(
            "INSERT INTO practices VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [practice_row(document.id, position, practice) for position, practice in enumerate(found.practices)],
        )
        many(
            "INSERT INTO indicators VALUES (?, ?, ?)",
            [(document.id, position, one.model_dump_json()) for position, one in enumerate(found.indicators)],
        )
        many(
            "INSERT INTO citations VALUES (?, ?, ?, ?, ?)",
            [
                (document.id, position, one.title, one.document_number, one.model_dump_json())
                for position, one in enumerate(found.references)
            ],
        )

    def _remove(self, document_id: str, revision: int) -> bool:
        """Take out a document with its origins, for indexes to see; say whether it was there."""
        drop_origins(self._connection, document_id)
        there = self._delete(document_id)
        if there:
            self._connection.execute("INSERT OR REPLACE INTO removals VALUES (?, ?)", (document_id, revision))
        return there

    def _delete(self, document_id: str) -> bool:
        """Take out a document and its source if no other has it; say whether it was there."""
        row = self._row("SELECT source FROM documents WHERE id = ?", document_id)
        if row is None:
            return False
        drop_print(self._connection, document_id)
        self._connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        self._connection.execute(
            "DELETE FROM sources WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM documents WHERE source = ?1)", row
        )
        return True

    def _set_revision(self, revision: int) -> None:
        self._connection.execute("UPDATE state SET revision = ?", (revision,))

    def _full_id(self, prefix: str) -> str:
        """The one id that begins with ``prefix``."""
        rows = self._rows("SELECT id FROM documents WHERE id >= ? AND substr(id, 1, ?) = ? ORDER BY id LIMIT 4",
                          prefix, len(prefix), prefix)  # fmt: skip
        found = [row[0] for row in rows] if prefix else []
        if len(found) == 1 or prefix in found:
            return prefix if prefix in found else str(found[0])
        if found:
            raise NotFoundError(
                "以“{prefix}”开头的文件不止一份：{known}；请把编号写长一些", prefix=prefix, known="、".join(found)
            )
        near = get_close_matches(prefix, self.ids(), n=3)
        remedy = f"相近的编号：{'、'.join(near)}" if near else "用 policykb list 看有哪些文件"
        raise NotFoundError("没有编号为“{prefix}”的文件；{remedy}", prefix=prefix, remedy=remedy)

    def _value(self, statement: str, *values: object) -> Any:  # noqa: ANN401  # whatever the column holds
        row = self._row(statement, *values)
        return row[0] if row else None

    def _row(self, statement: str, *values: object) -> Any:  # noqa: ANN401  # sqlite3 rows have no types
        with reported(self._path):
            return self._connection.execute(statement, values).fetchone()

    def _rows(self, statement: str, *values: object) -> list[Any]:
        with reported(self._path):
            return self._connection.execute(statement, values).fetchall()


def _condition(wanted: DocumentFilter) -> tuple[str, list[object]]:
    """A WHERE clause and its values."""
    clauses: list[tuple[str, tuple[object, ...]]] = [("1", ())]
    if wanted.kind:
        clauses.append(("kind = ?", (wanted.kind.value,)))
    if wanted.issuing_authority:
        clauses.append(("instr(issuing_authority, ?)", (wanted.issuing_authority,)))
    if wanted.title:
        clauses.append(("instr(title, ?)", (wanted.title,)))
    if wanted.code:
        inside = "id IN (SELECT document FROM localities WHERE code GLOB ?)"
        clauses.append((inside, (f"{division_stem(wanted.code)}*",)))
    if wanted.years:
        clauses.append(("substr(coalesce(issued_on, published_on), 1, 4) BETWEEN ? AND ?", (*map(str, wanted.years),)))
    return " AND ".join(clause for clause, _ in clauses), [value for _, values in clauses for value in values]
