"""Whether what a store holds is whole: the file, and that every claim still reads as its quote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from policykb.models import Document, Extraction
from policykb.store.records import DocumentFilter, text_digest


class Shelf(Protocol):
    """What is looked through; both stores are one."""

    def documents(self, wanted: DocumentFilter | None = None) -> Iterator[Document]:
        """All documents."""
        ...

    def extraction(self, document_id: str) -> Extraction:
        """What was found in one."""
        ...

    def source_text(self, document_id: str) -> str:
        """The raw text of its source."""
        ...

    def source_key(self, document_id: str) -> str:
        """The key of its source."""
        ...


def faults(shelf: Shelf) -> Iterator[str]:
    """A line for each document whose places, quotes or repairs do not fit its text or its source."""
    for document in shelf.documents():
        wrong = [*_places(document), *_claims(document, shelf.extraction(document.id))]
        raw = shelf.source_text(document.id)
        if document.source_span(0, document.offsets.length).end > len(raw):
            wrong.append("出处超出原文")
        if not shelf.source_key(document.id).endswith(text_digest(raw)):
            wrong.append("原文与读入时不同")
        if wrong:
            yield f"文件 {document.id}：{'、'.join(dict.fromkeys(wrong))}；请用 policykb add 重新添加原文"


def _places(document: Document) -> Iterator[str]:
    end = len(document.text)
    if document.offsets.length != end:
        yield "偏移表与正文长度不符"
    places = [(one.start, one.end) for one in document.sections]
    places += [(one.start, one.end) for one in document.passages]
    if any(not 0 <= low <= high <= end for low, high in places):
        yield "条目或段落超出正文"
    if any(document.text[one.start : one.start + len(one.after)] != one.after for one in document.repairs):
        yield "更正记录与正文不符"


def _claims(document: Document, found: Extraction) -> Iterator[str]:
    for label, claims in (("做法", found.practices), ("指标", found.indicators)):
        if any(document.text[one.start : one.end] != one.quote for one in claims):
            yield f"{label}的引文与正文不符"
    if any(one.title not in document.text[one.start : one.end] for one in found.references):
        yield "引用文件的题名与正文不符"
