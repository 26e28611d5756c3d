"""Why a hit has its score: which word in which field gave how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policykb.models import Record
from policykb.search.engine import Engine, Field, Match, Plan, Term
from policykb.search.facets import Facet, facet

LABELS = {
    Field.TITLE_WORDS: "标题",
    Field.TITLE_BIGRAMS: "标题（二字）",
    Field.HEADING_WORDS: "小标题",
    Field.HEADING_BIGRAMS: "小标题（二字）",
    Field.BODY_WORDS: "正文",
    Field.BODY_BIGRAMS: "正文（二字）",
    Field.BODY_CHARACTERS: "正文（单字）",
    Field.NAMES: "做法名称",
    Field.DEFINED: "做法定义",
    Field.FACETS: "数字",
}

PER_DOCUMENT = 10_000
"""Entries of one document that are looked at for the one that is explained."""


class Contribution(Record):
    """What a word gave: ``word`` as it is indexed (a pair of characters too), ``field`` where it stands."""

    word: str
    field: Field
    score: float

    @property
    def label(self) -> str:
        """The field's Chinese name."""
        return LABELS[self.field]


def contributions(plan: Plan, engine: Engine, place: Match, share: float = 1.0) -> Iterator[Contribution]:
    """What the terms of ``plan`` gave the entry at ``place``, each times ``share``.

    Each term is asked for alone within the document, so that this holds for every engine.
    """
    inside = (Term(Field.FACETS, facet(Facet.DOCUMENT, place.document)),)
    for term in (*plan.terms, *plan.supporting):
        found = engine.search(Plan(terms=(term,), required=(inside,)), PER_DOCUMENT)
        for match in found:
            if match[1:] == place[1:]:
                yield Contribution(word=term.token, field=term.field, score=share * match.score)
    for bonus in plan.bonuses:
        found = engine.search(Plan(terms=(bonus,), required=(inside,)), PER_DOCUMENT)
        if any(match[1:] == place[1:] for match in found):
            yield Contribution(word=bonus.token, field=bonus.field, score=share * bonus.weight)


def strongest_first(found: Iterable[Contribution]) -> list[Contribution]:
    """Contributions to one score, those of the same word and field together, the greatest first."""
    sums: dict[tuple[str, Field], float] = {}
    for one in found:
        sums[one.word, one.field] = sums.get((one.word, one.field), 0.0) + one.score
    parts = [Contribution(word=word, field=field, score=score) for (word, field), score in sums.items() if score > 0]
    return sorted(parts, key=lambda part: (-part.score, part.field, part.word))
