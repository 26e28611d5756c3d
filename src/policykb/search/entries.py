"""From documents to entries: which text goes into which field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from policykb.models import Document, Extraction, Locality, Passage, Practice
from policykb.places.divisions import codes_above
from policykb.search.analysis import Analyzer
from policykb.search.engine import Entry, Field
from policykb.search.facets import Facet, authority_pairs, facet
from policykb.segmentation import fold, fold_name
from policykb.terms import SearchUnit

_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?[余多]?[万亿]?([㐀-鿿%])")
_NO_UNIT = frozenset("年月日号时分第届、")
"""What follows a number that is a date or counts an item of a list, not things."""

Fields = dict[Field, tuple[str, ...]]


class EntryMaker:
    """Makes the entries of documents: one for each passage, for each practice, and for the whole."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def entries(self, document: Document, extraction: Extraction) -> dict[SearchUnit, list[Entry]]:
        """The entries of a document for each unit of search, in the order of their places."""
        title = self._fields(Field.TITLE_WORDS, Field.TITLE_BIGRAMS, document.title)
        passages = list(self._passages(document, extraction, title))
        return {
            SearchUnit.PASSAGE: passages,
            SearchUnit.DOCUMENT: [self._whole(document, extraction, title, passages)],
            SearchUnit.PRACTICE: list(self._practices(document, extraction, title)),
        }

    def _passages(self, document: Document, extraction: Extraction, title: Fields) -> Iterator[Entry]:
        """One entry for each passage.  A document without passages counts as one."""
        facets = document_facets(document)
        headings: dict[tuple[str, ...], Fields] = {}
        for passage in document.passages or (Passage(start=0, end=len(document.text)),):
            named = [p for p in extraction.practices if _names(p, passage)]
            defined = [p for p in named if p.start < passage.end and passage.start < p.end]
            if passage.headings not in headings:
                headings[passage.headings] = self._headings(passage.headings)
            fields = title | headings[passage.headings] | self._body(document.text[passage.start : passage.end])
            fields |= self._names(named, defined, facets | _figures(document.text[passage.start : passage.end]))
            yield Entry(document.id, passage.start, passage.end, "", fields)

    def _whole(self, document: Document, extraction: Extraction, title: Fields, passages: list[Entry]) -> Entry:
        """The document as one entry, from the words of its passages and of what stands between them."""
        starts = [0, *(passage.end for passage in passages)]
        ends = [*(passage.start for passage in passages), len(document.text)]
        between = "\n".join(document.text[start:end] for start, end in zip(starts, ends, strict=True))
        fields = title | self._headings(()) | self._body(between)
        for field in (Field.BODY_WORDS, Field.BODY_BIGRAMS):
            fields[field] = tuple(chain(fields[field], *(passage.fields[field] for passage in passages)))
        fields |= self._names(extraction.practices, extraction.practices, document_facets(document))
        return Entry(document.id, 0, len(document.text), "", fields)

    def _practices(self, document: Document, extraction: Extraction, title: Fields) -> Iterator[Entry]:
        """One entry for each practice: its quote and the members that stand outside of it."""
        facets = document_facets(document)
        for practice in extraction.practices:
            fields = title | self._headings((practice.full_name,)) | self._body(_practice_text(practice))
            fields |= self._names((practice,), (practice,), facets)
            yield Entry(document.id, practice.start, practice.end, practice.id, fields)

    def _headings(self, headings: tuple[str, ...]) -> Fields:
        return self._fields(Field.HEADING_WORDS, Field.HEADING_BIGRAMS, "\n".join(headings))

    def _body(self, text: str) -> Fields:
        return self._fields(Field.BODY_WORDS, Field.BODY_BIGRAMS, text)

    def _fields(self, words: Field, bigrams: Field, text: str) -> Fields:
        found = self._analyzer.tokens(text)
        return {words: tuple(found[0]), bigrams: tuple(found[1])}

    def _names(self, named: Iterable[Practice], defined: Iterable[Practice], facets: frozenset[str]) -> Fields:
        kinds = {facet(Facet.PRACTICE_KIND, practice.kind) for practice in defined}
        return {
            Field.NAMES: _keys(named),
            Field.DEFINED: _keys(defined),
            Field.FACETS: tuple(sorted(facets | kinds)),
        }


def figure_facet(unit: str = "") -> str:
    """That a text holds a figure; with ``unit`` (one character) one of that unit."""
    return facet(Facet.FIGURE, unit)


def _figures(text: str) -> frozenset[str]:
    units = set(_FIGURE.findall(fold(text))) - _NO_UNIT
    return frozenset(figure_facet(unit) for unit in (*units, "")) if units else frozenset()


def _keys(practices: Iterable[Practice]) -> tuple[str, ...]:
    names = (name for p in practices for name in (p.name, p.full_name, p.code) if name)
    return tuple(dict.fromkeys(filter(None, map(fold_name, names))))


def document_facets(document: Document) -> frozenset[str]:
    """The values that filters ask for.  A place counts for every division above it, too."""
    values = {facet(Facet.DOCUMENT, document.id), facet(Facet.KIND, document.kind)}
    for locality in document.localities:
        values |= {facet(Facet.PLACE, value) for value in _place_values(locality)}
        values.add(facet(Facet.LEVEL, locality.level))
    values |= {facet(Facet.AUTHORITY, pair) for pair in authority_pairs(document.issuing_authority or "")}
    if date := document.issued_on or document.published_on:
        values.add(facet(Facet.YEAR, date[:4]))
    return frozenset(values)


def _place_values(locality: Locality) -> tuple[str, ...]:
    codes = (locality.code, *codes_above(locality.code)) if locality.code else ()
    return (locality.name, locality.full_name, *codes)


def _names(practice: Practice, passage: Passage) -> bool:
    """Whether the passage names the practice or lies in its definition."""
    places = (*practice.mentions, (practice.start, practice.end))
    return any(start < passage.end and passage.start < end for start, end in places)


def _practice_text(practice: Practice) -> str:
    members = [member for component in practice.components for member in component.members]
    return "\n".join((practice.quote, *(member for member in members if member not in practice.quote)))
