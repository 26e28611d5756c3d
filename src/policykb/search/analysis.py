"""From text to what is indexed: words of jieba and bigrams of characters, the same for texts and queries."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import groupby

from policykb.segmentation import Segmenter, fold

_RUN = re.compile(r"([\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)|[a-z0-9]+(?:\.[0-9]+)?")
"""A run of Han characters, or a word of Latin letters and digits (decimals stay whole)."""


class Analyzer:
    """Makes the tokens of texts and queries.  All fields of all engines hold tokens made here."""

    version = "1"
    """Changes whenever the same text would give other tokens; part of an index's fingerprint."""

    def __init__(self, segmenter: Segmenter | None = None) -> None:
        self._segmenter = segmenter or Segmenter()

    @property
    def fingerprint(self) -> str:
        """What the tokens depend on; an index with another one must be built anew."""
        return f"analysis-{self.version}/{self._segmenter.fingerprint}"

    def words(self, text: str) -> list[str]:
        """The words of ``text`` in order, without stop words and punctuation."""
        return self._segmenter.words(fold(text))

    def tokens(self, text: str) -> tuple[list[str], list[str]]:
        """The words and the bigrams of ``text``, at less cost than one after the other."""
        folded = fold(text)
        return self._segmenter.words(folded), _bigrams(folded)

    def bigrams(self, text: str) -> list[str]:
        """Pairs of neighbouring Han characters, in order, and words of letters and digits as they are.

        A Han character that stands alone is a token of its own.
        """
        return _bigrams(fold(text))

    def edges(self, text: str) -> frozenset[int]:
        """The places in ``text`` where a word begins or ends."""
        at, places = 0, {0}
        for word in self._segmenter.cut(fold(text)):
            at += len(word)
            places.add(at)
        return frozenset(places)

    def query_tokens(self, text: str, without: Collection[str]) -> tuple[list[str], list[str]]:
        """The words and the bigrams of a query less the words ``without``; all where nothing else would be left.

        No bigram reaches across a word that was left out.
        """
        cut = self._segmenter.cut(fold(text))
        pieces = ["".join(words) for left_out, words in groupby(cut, lambda word: word in without) if not left_out]
        words = [word for word in self.words(text) if word not in without]
        bigrams = [bigram for piece in pieces for bigram in self.bigrams(piece)]
        return (words, bigrams) if bigrams else (self.words(text), self.bigrams(text))


def _bigrams(folded: str) -> list[str]:
    tokens: list[str] = []
    for match in _RUN.finditer(folded):
        run = match[0]
        if match[1] is None or len(run) == 1:
            tokens.append(run)
        else:
            tokens += [run[at : at + 2] for at in range(len(run) - 1)]
    return tokens
