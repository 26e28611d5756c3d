"""Records as rows of a table for pandas; the columns are called as the fields of the records are."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from policykb.display.records import components_line
from policykb.errors import PolicyKBError
from policykb.models import Component, Document, DocumentIndicator, Hit, Indicator, Practice

if TYPE_CHECKING:
    from pandas import DataFrame

Row = dict[str, Any]


def document_row(document: Document) -> Row:
    """A document without its text; dates are as precise as the text is, so they stay text."""
    return {
        "id": document.id,
        "title": document.title,
        "kind": document.kind.value,
        "kind_label": document.kind.zh,
        "issuing_authority": document.issuing_authority,
        "document_number": document.document_number,
        "issued_on": document.issued_on,
        "published_on": document.published_on,
        "publisher": document.publisher,
        "authors": "、".join(document.authors),
        "localities": "、".join(place.full_name for place in document.localities),
        "n_characters": len(document.text),
        "n_sections": len(document.sections),
        "n_repairs": len(document.repairs),
        "source_name": document.source_name,
    }


def practice_row(practice: Practice) -> Row:
    """A practice with its parts in one cell; ``count_holds`` is None where its name counts nothing."""
    return {
        "document_id": practice.id.rpartition("-")[0],
        "id": practice.id,
        "name": practice.name,
        "full_name": practice.full_name,
        "kind": practice.kind.value,
        "kind_label": practice.kind.zh,
        "code": practice.code,
        "locality": practice.locality,
        **component_cells(practice.components),
        "count_holds": practice.count_holds,
        "missing": "、".join(practice.missing or ()),
        "quote": practice.quote,
        "start": practice.start,
        "end": practice.end,
        "n_mentions": len(practice.mentions),
        "rule": practice.rule,
        "confidence": practice.confidence,
    }


def component_cells(components: tuple[Component, ...]) -> Row:
    """The cells of a practice's parts."""
    n_members = sum(len(part.members) for part in components)
    return {"components": components_line(components), "n_members": n_members}


def indicator_row(indicator: Indicator) -> Row:
    """A figure; ``high`` is the upper end of a range, None for a single value."""
    low, high = indicator.value if isinstance(indicator.value, tuple) else (indicator.value, None)
    return {
        "document_id": indicator.document_id if isinstance(indicator, DocumentIndicator) else None,
        "value": low,
        "high": high,
        "unit": indicator.unit,
        "qualifier": indicator.qualifier,
        "subject": indicator.subject,
        "locality": indicator.locality,
        "kind": indicator.kind.value,
        "kind_label": indicator.kind.zh,
        "period": indicator.period,
        "quote": indicator.quote,
        "start": indicator.start,
        "end": indicator.end,
    }


def hit_row(hit: Hit) -> Row:
    """A search result, ``practice`` by its full name."""
    return {
        "score": hit.score,
        "document_id": hit.document.id,
        "title": hit.document.title,
        "practice": hit.practice.full_name if hit.practice else None,
        "snippet": hit.snippet,
        "text": hit.text,
        "start": hit.start,
        "end": hit.end,
    }


def frame(rows: Iterable[Row]) -> DataFrame:
    """A data frame of the rows.  Raises ``PolicyKBError`` where the extra ``pandas`` is not installed."""
    try:
        pandas = import_module("pandas")  # an extra, slow to load
    except ImportError as error:
        raise PolicyKBError('to_pandas 要先装 pandas：pip install "policykb[pandas]"') from error
    table: DataFrame = pandas.DataFrame(list(rows))
    return table
