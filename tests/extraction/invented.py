"""Documents of a few invented sentences."""

from __future__ import annotations

from policykb.models import Document, Locality
from policykb.spans import OffsetMap
from policykb.terms import AdminLevel, DocumentKind


def document(text: str, *localities: str, title: str = "") -> Document:
    """A document of this text; ``localities`` are the places it speaks of, its own first."""
    return Document(
        id="d",
        title=title,
        kind=DocumentKind.NEWS,
        text=text,
        localities=tuple(Locality(name=name, full_name=name, level=AdminLevel.COUNTY) for name in localities),
        source_name="invented.txt",
        sha256="0" * 64,
        offsets=OffsetMap.identity(len(text)),
    )
