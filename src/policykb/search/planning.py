"""From a query to a plan: which tokens are looked for in which fields, and how much each field counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policykb.errors import QueryError
from policykb.resources import word_list
from policykb.search.engine import Engine, Field, Group, Plan, Term
from policykb.search.facets import Facet, Filters, authority_pairs, facet
from policykb.search.figures import figures_asked_for
from policykb.search.query import Query
from policykb.search.synonyms import Wording
from policykb.search.tools import Tools
from policykb.segmentation import fold_name
from policykb.terms import SearchUnit

Weights = Mapping[str, float]

WORD_FIELDS = {Field.BODY_WORDS: 1.0, Field.TITLE_WORDS: 0.05, Field.HEADING_WORDS: 0.2}
BIGRAM_FIELDS = {Field.BODY_BIGRAMS: 1.0, Field.TITLE_BIGRAMS: 0.05, Field.HEADING_BIGRAMS: 0.2}
CHARACTER_FIELDS = {Field.BODY_CHARACTERS: 1.3}
"""Weights of the fields, tuned on one half of judged questions and confirmed on the other.

A word and another for the same thing often share a character: 还钱 and 偿还, 欠债 and 债务.
"""

SYNONYM_WEIGHT = 0.4
"""Weight of what stands for a word of the query, beside the word itself (tuned on judged questions)."""

NAME_WEIGHT = 2.0
"""Weight of a practice's name that stands in the query, in the passages that name it."""

DEFINITION_WEIGHT = 2.0
"""The same where it is defined."""

NAME_BONUS = 100.0
"""Added where the whole query is the name, so that no sum of words comes before it; twice where it is defined."""

FIGURE_BONUS = 4.0
"""Added to a passage with a figure where the question asks for one: about what one word more would add."""

PLACE_BONUS = 5.0
"""Added to the texts of a place that the query names, though they may not name it each time."""

PLACE_ENDINGS = ("", "省", "市", "州", "盟", "县", "旗", "区", "镇", "乡", "街道", "村", "社区")
"""What the full name of a place may have after the short one: 咸宁 is 咸宁市."""

LONGEST_NAME = 20
"""Characters of a name that is looked for inside a longer query."""


class Planner:
    """Makes plans for one index: looks up which names its entries hold."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._analyzer = tools.analyzer
        self._question_words = frozenset(word_list("search_question_words.txt"))

    def plan(self, query: Query, unit: SearchUnit, engine: Engine) -> Plan:
        """The plan of ``query`` for the ``engine`` of a unit.  Raises ``QueryError`` for a place that nobody knows."""
        names = self._names(query, engine)
        whole = fold_name(query.text)
        words, bigrams = self._tokens(query)
        characters = self._characters(words) if unit is SearchUnit.DOCUMENT else {}
        return Plan(
            terms=(*_terms(words, WORD_FIELDS), *_terms(bigrams, BIGRAM_FIELDS), *names),
            supporting=tuple(_terms(characters, CHARACTER_FIELDS)),
            bonuses=(
                *(Term(term.field, whole, NAME_BONUS) for term in names if term.token == whole),
                *(Term(Field.FACETS, figure, FIGURE_BONUS) for figure in figures_asked_for(query.text)),
                *self._places_named(words, engine),
            ),
            required=(*self._phrases(query), *self._filters(query.filters, engine)),
            excluded=tuple(tuple(self._groups(word)) for word in query.excluded),
        )

    def _places_named(self, words: Weights, engine: Engine) -> list[Term]:
        """The places of texts that are words of the query."""
        names = (word + ending for word in words if len(word) > 1 for ending in PLACE_ENDINGS)
        return sorted(engine.holds(_facet_term(Facet.PLACE, name)._replace(weight=PLACE_BONUS) for name in names))

    def wordings(self, query: Query) -> list[Wording]:
        """What texts may say for words of ``query``."""
        return self._tools.synonyms.wordings(query.text, self._analyzer.edges(query.text))

    def _tokens(self, query: Query) -> tuple[Weights, Weights]:
        """Words and bigrams with their weights, each once: saying a word twice makes it no more important."""
        said = self._analyzer.query_tokens(query.text, self._question_words)
        words, bigrams = (dict.fromkeys(tokens, 1.0) for tokens in said)
        for wording in self.wordings(query):
            words = dict.fromkeys(self._analyzer.words(wording.text), SYNONYM_WEIGHT) | words
            bigrams = dict.fromkeys(self._analyzer.bigrams(wording.text), SYNONYM_WEIGHT) | bigrams
        return words, bigrams

    def _characters(self, words: Weights) -> Weights:
        """The characters of ``words``, each as heavy as the heaviest word that holds it."""
        lightest_first = sorted(words.items(), key=lambda item: item[1])
        return {character: weight for word, weight in lightest_first for character in self._analyzer.characters(word)}

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
        known = self._tools.gazetteer.resolve(name)
        if known and known.code:
            return (_facet_term(Facet.PLACE, known.code),)
        term = _facet_term(Facet.PLACE, name)
        if not engine.holds([term]):
            raise QueryError("不知道“{name}”是哪里；请写行政区划的全名，如 地区:咸宁市 或 地区:福州市鼓楼区", name=name)
        return (term,)


def _terms(weights: Weights, fields: Mapping[Field, float]) -> Iterator[Term]:
    for token, weight in weights.items():
        for field, factor in fields.items():
            yield Term(field, token, weight * factor)


def _facet_term(name: Facet, value: str) -> Term:
    return Term(Field.FACETS, facet(name, value))
