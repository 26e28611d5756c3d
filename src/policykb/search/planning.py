"""From a query to a plan: which tokens are looked for in which fields, and how much each field counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policykb.errors import QueryError
from policykb.places import Gazetteer
from policykb.resources import word_list
from policykb.search.analysis import Analyzer
from policykb.search.engine import Engine, Field, Group, Plan, Term
from policykb.search.entries import figure_facet
from policykb.search.facets import Facet, Filters, authority_pairs, facet
from policykb.search.query import Query
from policykb.search.synonyms import Synonyms, Wording
from policykb.segmentation import fold_name

Weights = Mapping[str, float]

WORD_FIELDS = {Field.BODY_WORDS: 1.0, Field.TITLE_WORDS: 0.2, Field.HEADING_WORDS: 0.2}
BIGRAM_FIELDS = {Field.BODY_BIGRAMS: 1.0, Field.TITLE_BIGRAMS: 0.2, Field.HEADING_BIGRAMS: 0.2}
"""Weights of the fields, tuned on judged questions (benchmarks/search.py measures them)."""

SYNONYM_WEIGHT = 0.4
"""Weight of what stands for a word of the query, beside the word itself (tuned on judged questions)."""

NAME_WEIGHT = 2.0
"""Weight of a practice's name that stands in the query, in the passages that name it."""

DEFINITION_WEIGHT = 2.0
"""The same where it is defined."""

NAME_BONUS = 100.0
"""Added where the whole query is the name, so that no sum of words comes before it; twice where it is defined."""

FIGURE_BONUS = 3.0
"""Added to a passage with a figure where the question asks for one: about what one word more would add."""

LONGEST_NAME = 20
"""Characters of a name that is looked for inside a longer query."""


class Planner:
    """Makes plans for one index: looks up which names its entries hold."""

    def __init__(self, analyzer: Analyzer, gazetteer: Gazetteer, synonyms: Synonyms) -> None:
        self._analyzer = analyzer
        self._gazetteer = gazetteer
        self._synonyms = synonyms
        self._question_words = frozenset(word_list("search_question_words.txt"))
        self._figure_words = word_list("search_figure_words.txt")

    def plan(self, query: Query, engine: Engine) -> Plan:
        """The plan of ``query`` for ``engine``.  Raises ``QueryError`` for a place that nobody knows."""
        names = self._names(query, engine)
        whole = fold_name(query.text)
        words, bigrams = self._tokens(query)
        return Plan(
            terms=(*_terms(words, WORD_FIELDS), *_terms(bigrams, BIGRAM_FIELDS), *names),
            bonuses=(
                *(Term(term.field, whole, NAME_BONUS) for term in names if term.token == whole),
                *self._figures(query.text),
            ),
            required=(*self._phrases(query), *self._filters(query.filters, engine)),
            excluded=tuple(tuple(self._groups(word)) for word in query.excluded),
        )

    def _figures(self, text: str) -> Iterator[Term]:
        """What a passage with the figure holds that the question asks for: 走访多少人 … 73554人."""
        for word in self._figure_words:
            at = text.find(word)
            if at >= 0:
                yield Term(Field.FACETS, figure_facet(), FIGURE_BONUS)
                if unit := _unit(text, word, at):
                    yield Term(Field.FACETS, figure_facet(unit), FIGURE_BONUS)
                return

    def wordings(self, query: Query) -> list[Wording]:
        """What texts may say for words of ``query``."""
        return self._synonyms.wordings(query.text, self._analyzer.edges(query.text))

    def _tokens(self, query: Query) -> tuple[Weights, Weights]:
        """Words and bigrams with their weights, each once: saying a word twice makes it no more important."""
        said = self._analyzer.query_tokens(query.text, self._question_words)
        words, bigrams = (dict.fromkeys(tokens, 1.0) for tokens in said)
        for wording in self.wordings(query):
            words = dict.fromkeys(self._analyzer.words(wording.text), SYNONYM_WEIGHT) | words
            bigrams = dict.fromkeys(self._analyzer.bigrams(wording.text), SYNONYM_WEIGHT) | bigrams
        return words, bigrams

    def _names(self, query: Query, engine: Engine) -> list[Term]:
        """The names of practices that stand in the query."""
        text = fold_name(query.text)
        parts = {text[a:b] for a in range(len(text)) for b in range(a + 2, min(a + LONGEST_NAME, len(text)) + 1)}
        named = engine.holds(Term(Field.NAMES, part, NAME_WEIGHT) for part in {*parts, text})
        defined = engine.holds(Term(Field.DEFINED, term.token, DEFINITION_WEIGHT) for term in named)
        return sorted(named | defined)

    def _phrases(self, query: Query) -> Iterator[Group]:
        for phrase in query.phrases:
            yield from self._groups(phrase)

    def _groups(self, text: str) -> Iterator[Group]:
        """What an entry that holds ``text`` holds at least: each of its bigrams somewhere."""
        for token in dict.fromkeys(self._analyzer.bigrams(text)):
            yield tuple(Term(field, token) for field in BIGRAM_FIELDS)

    def _filters(self, filters: Filters, engine: Engine) -> Iterator[Group]:
        if filters.locality:
            yield self._place(filters.locality, engine)
        for name, value in (
            (Facet.KIND, filters.kind),
            (Facet.LEVEL, filters.level),
            (Facet.PRACTICE_KIND, filters.practice_kind),
        ):
            if value:
                yield (_facet_term(name, value),)
        for pair in authority_pairs(filters.authority or ""):
            yield (_facet_term(Facet.AUTHORITY, pair),)
        if filters.years:
            first, last = filters.years
            yield tuple(_facet_term(Facet.YEAR, str(year)) for year in range(first, last + 1))

    def _place(self, name: str, engine: Engine) -> Group:
        known = self._gazetteer.resolve(name)
        if known and known.code:
            return (_facet_term(Facet.PLACE, known.code),)
        term = _facet_term(Facet.PLACE, name)
        if not engine.holds([term]):
            raise QueryError(f"不知道“{name}”是哪里；请写行政区划的全名，如 地区:咸宁市 或 地区:福州市鼓楼区")
        return (term,)


def _terms(weights: Weights, fields: Mapping[Field, float]) -> Iterator[Term]:
    for token, weight in weights.items():
        for field, factor in fields.items():
            yield Term(field, token, weight * factor)


def _unit(text: str, word: str, at: int) -> str:
    """The unit that a question word at ``text[at:]`` asks for, one character: 多少|人, 几|户; empty where none."""
    if word == "多少":
        return text[at + 2 : at + 3].strip("?？,，。")
    return word[1:] if word.startswith("几") else ""


def _facet_term(name: Facet, value: str) -> Term:
    return Term(Field.FACETS, facet(name, value))
