"""The exchange format: what ``extract --json`` and its siblings print, as plain dictionaries.

The keys are a contract that other programs rely on; a key is added here, never renamed.
"""

from __future__ import annotations

from typing import Any

from policykb.models import Document, Extraction, Hit, Practice, Repair

Json = dict[str, Any]


def document_header(document: Document) -> Json:
    """Everything that is said about a document as a whole, without its text."""
    return {
        "id": document.id,
        "title": document.title,
        "kind": document.kind.value,
        "issuing_authority": document.issuing_authority,
        "document_number": document.document_number,
        "addressees": list(document.addressees),
        "issued_on": document.issued_on,
        "published_on": document.published_on,
        "authors": list(document.authors),
        "publisher": document.publisher,
        "issuing_level": document.issuing_level.value if document.issuing_level else None,
        "urgency": document.urgency,
        "signatory": document.signatory,
        "copied_to": list(document.copied_to),
        "attachments": list(document.attachments),
        "contact": document.contact,
        "localities": [locality.model_dump(mode="json") for locality in document.localities],
        "source": {"name": document.source_name, "sha256": document.sha256},
        "remarks": list(document.remarks),
    }


def document_record(document: Document, extraction: Extraction) -> Json:
    """A document with its text, its structure, and what was found in it."""
    return document_header(document) | {
        "text": document.text,
        "sections": [section.model_dump(mode="json") for section in document.sections],
        "practices": [practice_record(practice) for practice in extraction.practices],
        "indicators": [indicator.model_dump(mode="json") for indicator in extraction.indicators],
        "references": [reference.model_dump(mode="json") for reference in extraction.references],
        "repairs": [repair_record(repair) for repair in document.repairs],
    }


def practice_record(practice: Practice) -> Json:
    """A practice; each component also says whether its count holds (null where it claims none)."""
    record = practice.model_dump(mode="json")
    record["components"] = [
        {
            "label": component.label,
            "count": component.count,
            "members": list(component.members),
            "count_holds": component.count_holds,
            "spans": [list(span) for span in component.spans],
        }
        for component in practice.components
    ]
    return record


def repair_record(repair: Repair) -> Json:
    """A repair: what was done, what stood there, what stands there now, and where."""
    return {
        "kind": repair.kind.value,
        "before": repair.before,
        "after": repair.after,
        "start": repair.start,
        "source_start": repair.source_start,
        "source_end": repair.source_end,
        "confidence": repair.confidence,
    }


def hit_record(hit: Hit) -> Json:
    """A search result with the header of its document."""
    return {
        "document": document_header(hit.document),
        "text": hit.text,
        "start": hit.start,
        "end": hit.end,
        "score": hit.score,
        "snippet": hit.snippet,
        "highlights": [list(span) for span in hit.highlights],
        "practice": practice_record(hit.practice) if hit.practice else None,
    }
