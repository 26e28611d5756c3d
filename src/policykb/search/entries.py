"""From documents to entries: which text goes into which field."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from policykb.models import Document, Extraction, Locality, Passage, Practice
from policykb.places.divisions import codes_above
from policykb.search.analysis import Analyzer
from policykb.search.engine import Entry, Field
from policykb.search.facets import Facet, authority_pairs, facet
from policykb.search.figures import figures_in
from policykb.segmentation import fold, fold_name
from policykb.terms import SearchUnit

Tokens = dict[Field, str]
Values = dict[Field, tuple[str, ...]]


class EntryMaker:
    """Makes the entries of documents: one for each passage, for each practice, and for the whole."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def entries(self, document: Document, extraction: Extraction) -> dict[SearchUnit, list[Entry]]:
        """The entries of a document for each unit of search, in the order of their places."""
        title = self._short(Field.TITLE_WORDS, Field.TITLE_BIGRAMS, document.title)
        body = _Body(document.text, self._analyzer)
        passages = list(self._passages(document, extraction, title, body))
        return {
            SearchUnit.PASSAGE: passages,
            SearchUnit.DOCUMENT: [self._whole(document, extraction, title | body.whole(passages))],
            SearchUnit.PRACTICE: list(self._practices(document, extraction, title)),
        }

    def _passages(self, document: Document, extraction: Extraction, title: Tokens, body: _Body) -> Iterator[Entry]:
        """One entry for each passage.  A document without passages counts as one."""
        facets = document_facets(document)
        headings: dict[tuple[str, ...], Tokens] = {}
        for passage in document.passages or (Passage(start=0, end=len(document.text)),):
            named = [p for p in extraction.practices if _names(p, passage)]
            defined = [p for p in named if p.start < passage.end and passage.start < p.end]
            if passage.headings not in headings:
                headings[passage.headings] = self._headings(passage.headings)
            tokens = title | headings[passage.headings] | body.part(passage.start, passage.end)
            values = _values(named, defined, facets | figures_in(body.folded[passage.start : passage.end]))
            yield Entry(document.id, passage.start, passage.end, "", tokens, values)

    def _whole(self, document: Document, extraction: Extraction, tokens: Tokens) -> Entry:
        """The document as one entry."""
        values = _values(extraction.practices, extraction.practices, document_facets(document))
        return Entry(document.id, 0, len(document.text), "", tokens, values)

    def _practices(self, document: Document, extraction: Extraction, title: Tokens) -> Iterator[Entry]:
        """One entry for each practice: its quote and the members that stand outside of it."""
        facets = document_facets(document)
        for practice in extraction.practices:
            body = self._short(Field.BODY_WORDS, Field.BODY_BIGRAMS, _practice_text(practice))
            tokens = title | self._headings((practice.full_name,)) | body
            values = _values((practice,), (practice,), facets)
            yield Entry(document.id, practice.start, practice.end, practice.id, tokens, values)

    def _headings(self, headings: tuple[str, ...]) -> Tokens:
        return self._short(Field.HEADING_WORDS, Field.HEADING_BIGRAMS, "\n".join(headings))

    def _short(self, words: Field, bigrams: Field, text: str) -> Tokens:
        found = {words: self._analyzer.words(text), bigrams: self._analyzer.bigrams(text)}
        return {field: " ".join(tokens) for field, tokens in found.items() if tokens}


class _Body:
    """The text of one document, of which each word is cut once."""

    def __init__(self, text: str, analyzer: Analyzer) -> None:
        from policykb.search.pairs import Pairs  # noqa: PLC0415  # numpy loads with it: too slow for each search

        self.folded = fold(text)
        self._analyzer = analyzer
        self._pairs = Pairs(self.folded)

    def part(self, start: int, end: int) -> Tokens:
        """The tokens between two places."""
        words = self._analyzer.folded_words(self.folded[start:end])
        return {Field.BODY_WORDS: " ".join(words), Field.BODY_BIGRAMS: self._pairs.bigrams(start, end)}

    def whole(self, passages: Sequence[Entry]) -> Tokens:
        """The tokens of the whole text: those of its passages and of what stands between them."""
        starts = [0, *(passage.end for passage in passages)]
        ends = [*(passage.start for passage in passages), len(self.folded)]
        between = "\n".join(self.folded[start:end] for start, end in zip(starts, ends, strict=True))
        words = (" ".join(self._analyzer.folded_words(between)), *(p.tokens[Field.BODY_WORDS] for p in passages))
        return {
            Field.BODY_WORDS: " ".join(words),
            Field.BODY_BIGRAMS: self._pairs.bigrams(0, len(self.folded)),
            Field.BODY_CHARACTERS: self._pairs.characters(),
        }


def _values(named: Collection[Practice], defined: Iterable[Practice], facets: frozenset[str]) -> Values:
    if not named:
        return {Field.FACETS: tuple(sorted(facets))}
    kinds = {facet(Facet.PRACTICE_KIND, practice.kind) for practice in defined}
    return {Field.NAMES: _keys(named), Field.DEFINED: _keys(defined), Field.FACETS: tuple(sorted(facets | kinds))}


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
