"""From matches to hits: the records, the check of phrases, highlights and snippets."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Protocol

from policykb.models import Document, Extraction, Hit
from policykb.search.analysis import Analyzer
from policykb.search.engine import Match
from policykb.search.highlighting import Highlighter, make_snippet, whole_repairs
from policykb.search.query import Query
from policykb.segmentation import fold


class Library(Protocol):
    """What an index follows, and where it gets the records of what it found; a store is one."""

    @property
    def revision(self) -> int:
        """A number that goes up with every change."""
        ...

    def changed_since(self, revision: int) -> list[str]:
        """The ids of the documents that came, changed or went after ``revision``; 0 gives all there are."""
        ...

    def find(self, document_id: str) -> Document | None:
        """The document of exactly this id; None where there is none."""
        ...

    def extraction(self, document_id: str) -> Extraction:
        """What was found in the document."""
        ...


class Desk:
    """Makes hits of matches for one query; looks at each document once."""

    def __init__(
        self, library: Library, query: Query, analyzer: Analyzer, *, also: Iterable[str] = (), whole: bool = False
    ) -> None:
        """Make hits from ``library``; ``also`` are words to be marked beside those of the query.

        ``whole``: a phrase may stand anywhere in the document.
        """
        self._library = library
        self._whole = whole
        self._phrases = [fold(phrase) for phrase in query.phrases]
        self._highlighter = Highlighter(query, analyzer, also)
        self._documents: dict[str, Document | None] = {}

    def hits(self, matches: Iterable[Match], offset: int, k: int) -> list[Hit]:
        """Hits of the ``k`` matches after the first ``offset``; those without the phrases do not count."""
        found = islice(filter(self._fits, matches), offset, offset + k)
        documents = ((match, self._document(match.document)) for match in found)
        return [self._hit(document, match) for match, document in documents if document]

    def _fits(self, match: Match) -> bool:
        """Whether the match holds the phrases of the query."""
        if not self._phrases:
            return True
        document = self._document(match.document)  # None: removed right now by another process
        return document is not None and self._holds_phrases(document, match)

    def _document(self, document_id: str) -> Document | None:
        if document_id not in self._documents:
            self._documents[document_id] = self._library.find(document_id)
        return self._documents[document_id]

    def _holds_phrases(self, document: Document, match: Match) -> bool:
        """Whether each phrase stands in the text, its headings or the title: the engine knows its bigrams only."""
        where = [document.title, document.text if self._whole else document.text[match.start : match.end]]
        where += [h for p in document.passages if (p.start, p.end) == (match.start, match.end) for h in p.headings]
        text = fold("\n".join(where))
        return all(phrase in text for phrase in self._phrases)

    def _hit(self, document: Document, match: Match) -> Hit:
        text = document.text[match.start : match.end]
        highlights = whole_repairs(self._highlighter.spans(text), document, match.start)
        practices = self._library.extraction(document.id).practices if match.practice else ()
        return Hit(
            document=document,
            text=text,
            start=match.start,
            end=match.end,
            score=match.score,
            snippet=make_snippet(text, highlights),
            highlights=highlights,
            practice=next((practice for practice in practices if practice.id == match.practice), None),
        )
