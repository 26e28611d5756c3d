"""The engine in memory: rank-bm25's statistics with Lucene's idf, scored from posting lists.

It is the reference that the other engines are compared with.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

import numpy as np
from rank_bm25 import BM25Okapi

from policykb.search.engine import Entry, Field, Group, Match, Plan, Term, match_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


def rounded_length(length: int) -> int:
    """A length as Lucene keeps it in one byte: exact below 40, then to its four leading bits."""
    if length < 40:
        return length
    shift = (length - 24).bit_length() - 4
    return 24 + ((length - 24) >> shift << shift)


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no types
    """rank-bm25's Okapi with Lucene's idf and lengths.

    Its own idf turns negative for a word of more than half of the passages and is then floored at a quarter
    of the average, more than most words weigh in a large corpus; and its own scoring looks at every passage.
    """

    def __init__(self, corpus: Sequence[Collection[str]]) -> None:
        """Count ``corpus``, which must hold one text at least; the texts may be empty."""
        super().__init__(corpus, k1=1.2, b=0.75)
        self.postings: dict[str, list[int]] = defaultdict(list)
        for place, frequencies in enumerate(self.doc_freqs):
            for token in frequencies:
                self.postings[token].append(place)
        lengths = np.array([rounded_length(length) for length in self.doc_len], dtype=np.float64)
        self._norms: Floats = self.k1 * (1 - self.b + self.b * lengths / (self.avgdl or 1))
        self._scores: dict[str, tuple[Integers, Floats]] = {}

    def _calc_idf(self, nd: dict[str, int]) -> None:
        for token, n in nd.items():
            self.idf[token] = math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5))

    def scores_of(self, token: str) -> tuple[Integers, Floats]:
        """The texts that hold ``token``, ascending, and what it adds to the score of each."""
        if token not in self._scores:
            places = np.array(self.postings.get(token, ()), dtype=np.int64)
            counts = np.array([self.doc_freqs[place][token] for place in places], dtype=np.float64)
            scores = self.idf.get(token, 0.0) * counts * (self.k1 + 1) / (counts + self._norms[places])
            self._scores[token] = places, scores
        return self._scores[token]


class MemoryEngine:
    """Entries in memory, up to some ten thousand; counted anew at the first search after a change."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = list(entries)
        self._models: dict[Field, LuceneBM25] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def writing(self) -> AbstractContextManager[None]:
        """Nobody else can write to the memory of this process."""
        return nullcontext()

    def update(self, removed: Collection[str], added: Iterable[Entry]) -> None:
        """Take out the entries of the documents ``removed``, put ``added`` in."""
        if gone := set(removed):
            self._entries = [entry for entry in self._entries if entry.document not in gone]
        self._entries += added
        self._models = {}

    def clear(self) -> None:
        """Take out everything."""
        self._entries, self._models = [], {}

    def reset(self) -> None:
        """Start empty."""
        self.clear()

    def reload(self) -> None:
        """Nobody else writes."""

    def holds(self, terms: Iterable[Term]) -> set[Term]:
        """Those of ``terms`` that some entry holds."""
        if not self._entries:
            return set()
        return {term for term in terms if term.token in self._model(term.field).postings}

    def search(self, plan: Plan, limit: int) -> list[Match]:
        """The best ``limit`` entries in ``match_order``."""
        if not self._entries or limit < 1:
            return []
        scores = np.zeros(len(self._entries))
        for term in (*plan.terms, *plan.supporting):
            places, gains = self._model(term.field).scores_of(term.token)
            scores[places] += term.weight * gains
        for term in plan.bonuses:
            scores[self._places(term)] += term.weight
        return self._best(scores, np.flatnonzero(self._found(plan)), limit)

    def count(self, plan: Plan) -> int:
        """How many entries the plan finds."""
        return int(self._found(plan).sum())

    def _found(self, plan: Plan) -> Flags:
        found = self._holders(plan.terms)
        for group in plan.required:
            found &= self._holders(group)
        for row in plan.excluded:
            found &= ~np.logical_and.reduce([self._holders(group) for group in row])
        return found

    def _best(self, scores: Floats, found: Integers, limit: int) -> list[Match]:
        if len(found) > limit:
            # Everything that ties with the last one stays in, for the order to decide.
            last = np.partition(scores[found], -limit)[-limit]
            found = found[scores[found] >= last - 1e-5]
        matches = [
            Match(float(scores[place]), entry.document, entry.start, entry.end, entry.practice)
            for place in found
            if (entry := self._entries[place])
        ]
        return sorted(matches, key=match_order)[:limit]

    def _model(self, field: Field) -> LuceneBM25:
        if field not in self._models:
            self._models[field] = LuceneBM25([_tokens(entry, field) for entry in self._entries])
        return self._models[field]

    def _places(self, term: Term) -> Integers:
        if not self._entries:
            return np.zeros(0, dtype=np.int64)
        return self._model(term.field).scores_of(term.token)[0]

    def _holders(self, group: Group) -> Flags:
        flags = np.zeros(len(self._entries), dtype=np.bool_)
        for term in group:
            flags[self._places(term)] = True
        return flags


def _tokens(entry: Entry, field: Field) -> Collection[str]:
    return entry.tokens.get(field, "").split() or entry.values.get(field, ())
