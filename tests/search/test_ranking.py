"""The engine in memory against Lucene's formula, written out once more."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from engines import KINDS, ON_DISK, make_engine
from hypothesis import given, settings
from hypothesis import strategies as st

from policykb.search.engine import Engine, Entry, Field, Plan, Term
from policykb.search.memory import LuceneBM25, MemoryEngine, rounded_length

TEXTS = [["a", "b", "a"], ["b"], [], ["a", "c", "c", "c", "d"], ["b", "b", "d"]]


def filled(engine: Engine, texts: list[list[str]], removed: tuple[str, ...] = ()) -> Engine:
    """The engine with one document d0, d1 … for each of ``texts``."""
    with engine.writing():
        engine.update(
            removed, [Entry(f"d{n}", 0, 1, "", {Field.BODY_WORDS: " ".join(text)}) for n, text in enumerate(texts)]
        )
    return engine


def lucene_score(texts: list[list[str]], token: str, place: int) -> float:
    """BM25 as Lucene has it, times k1 + 1 as in its earlier versions and in tantivy."""
    n = sum(token in text for text in texts)
    idf = math.log(1 + (len(texts) - n + 0.5) / (n + 0.5))
    count = Counter(texts[place])[token]
    average = sum(map(len, texts)) / len(texts)
    norm = 1.2 * (1 - 0.75 + 0.75 * rounded_length(len(texts[place])) / average)
    return idf * count * 2.2 / (count + norm)


@pytest.mark.parametrize("token", ["a", "b", "c", "d"])
def test_scores_are_those_of_lucene(token: str) -> None:
    """Does each text get the score of the formula, and only texts with the word any?"""
    places, scores = LuceneBM25(TEXTS).scores_of(token)
    assert list(places) == [place for place, text in enumerate(TEXTS) if token in text]
    assert list(scores) == pytest.approx([lucene_score(TEXTS, token, place) for place in places])


@pytest.mark.parametrize(("length", "kept"), [(0, 0), (39, 39), (40, 40), (41, 40), (43, 42), (100, 96), (1000, 984)])
def test_lengths_are_rounded_as_lucene_rounds_them(length: int, kept: int) -> None:
    """Are lengths exact to 40 and then kept to four bits (values of SmallFloat.byte4ToInt)?"""
    assert rounded_length(length) == kept


@given(
    texts=st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=12), query=st.sets(st.sampled_from("abcx"))
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_only_entries_with_a_word_of_the_query_are_found(texts: list[list[str]], query: set[str]) -> None:
    """Is an entry found just if it holds a word, whatever the corpus, empty ones included, best first?"""
    engine = filled(MemoryEngine(), texts)
    found = engine.search(Plan(terms=tuple(Term(Field.BODY_WORDS, token) for token in sorted(query))), 100)
    assert {match.document for match in found} == {f"d{n}" for n, text in enumerate(texts) if query & set(text)}
    assert all(match.score > 0 for match in found)
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


@pytest.mark.parametrize("kind", KINDS)
def test_required_and_excluded_groups_narrow(kind: str, tmp_path: Path) -> None:
    """Must something of each required group be there, and is a row excluded only if all of it is there?"""
    engine = filled(make_engine(kind, tmp_path), TEXTS)

    def term(token: str) -> Term:
        return Term(Field.BODY_WORDS, token)

    def found(**conditions: tuple) -> set[str]:
        plan = Plan(terms=(term("a"), term("b")), **conditions)
        return {match.document for match in engine.search(plan, 10)}

    assert found() == {"d0", "d1", "d3", "d4"}
    assert found(required=((term("c"), term("d")),)) == {"d3", "d4"}
    assert found(required=((term("a"),), (term("b"),))) == {"d0"}
    assert found(excluded=(((term("a"),), (term("b"),)),)) == {"d1", "d3", "d4"}
    assert found(excluded=(((term("d"),),),)) == {"d0", "d1"}


def random_texts(random: Random, n: int) -> list[list[str]]:
    """Texts of words of which few are common, of very different lengths."""
    return [[f"w{int(random.expovariate(0.3))}" for _ in range(int(random.expovariate(0.02)))] for _ in range(n)]


@pytest.mark.parametrize("kind", ON_DISK)
def test_every_engine_ranks_like_the_one_in_memory(kind: str, tmp_path: Path) -> None:
    """Do both engines give the same entries with the same scores, before and after documents were replaced?"""
    random = Random(4)  # a fixed sample, no secret
    engines = [filled(make_engine(kind, tmp_path), random_texts(Random(7), 400)) for kind in ("memory", "tantivy")]
    for step in range(2):
        for _ in range(50):
            tokens = {f"w{int(random.expovariate(0.2))}" for _ in range(4)}
            plan = Plan(
                terms=tuple(Term(Field.BODY_WORDS, token, random.choice((1.0, 0.2))) for token in sorted(tokens))
            )
            memory, disk = (engine.search(plan, 10) for engine in engines)
            places = [match.document for match in memory] == [match.document for match in disk]
            assert places or step == 1
            tolerance = 1e-4 if step == 0 else 0.05  # lengths of removed texts still count in tantivy's average
            assert [match.score for match in memory] == pytest.approx([match.score for match in disk], rel=tolerance)
        for engine in engines:
            filled(engine, random_texts(Random(8), 100), tuple(f"d{n}" for n in range(300)))
    assert len(engines[0]) == len(engines[1]) == 200


@pytest.mark.parametrize("kind", KINDS)
def test_a_bonus_counts_as_it_is(kind: str, tmp_path: Path) -> None:
    """Does an entry with the bonus come first, and is one with the bonus alone not found?"""
    engine = filled(make_engine(kind, tmp_path), TEXTS)
    plan = Plan(terms=(Term(Field.BODY_WORDS, "a"),), bonuses=(Term(Field.BODY_WORDS, "b", 100.0),))
    found = engine.search(plan, 10)
    assert [match.document for match in found] == ["d0", "d3"]
    plain = engine.search(Plan(terms=plan.terms), 10)
    assert found[0].score == pytest.approx(100.0 + max(match.score for match in plain if match.document == "d0"))


@pytest.mark.parametrize("kind", KINDS)
def test_supporting_terms_count_but_do_not_find(kind: str, tmp_path: Path) -> None:
    """Does an entry gain what the supporting term scores, and is one with that term alone not found?"""
    engine = filled(make_engine(kind, tmp_path), TEXTS)

    def scores(plan: Plan) -> dict[str, float]:
        return {match.document: match.score for match in engine.search(plan, 10)}

    main, extra = Term(Field.BODY_WORDS, "a"), Term(Field.BODY_WORDS, "d", 0.5)
    plan = Plan(terms=(main,), supporting=(extra,))
    alone, gained = scores(Plan(terms=(main,))), scores(Plan(terms=(extra,)))
    assert set(gained) == {"d3", "d4"}
    assert scores(plan) == pytest.approx({"d0": alone["d0"], "d3": alone["d3"] + gained["d3"]}, rel=1e-4)
    assert engine.count(plan) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_only_terms_that_an_entry_still_holds_are_held(kind: str, tmp_path: Path) -> None:
    """Is a word of a removed document unknown?"""
    engine = filled(make_engine(kind, tmp_path), TEXTS)
    with engine.writing():
        engine.update(["d3"], [])
    asked = [Term(Field.BODY_WORDS, token) for token in "abcdx"]
    assert {term.token for term in engine.holds(asked)} == set("abd")
