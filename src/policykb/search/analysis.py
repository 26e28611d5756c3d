"""From text to what is indexed: words of jieba, pairs of characters and characters, the same for texts and queries."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import groupby

from policykb.segmentation import Segmenter, fold

HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters, as in a set of a regular expression."""

_RUN = re.compile(rf"([{HAN}]+)|[a-z0-9]+(?:\.[0-9]+)?")
"""A run of Han characters, or a word of Latin letters and digits (decimals stay whole)."""

_HAN = re.compile(f"[{HAN}]")


class Analyzer:
    """Makes the tokens of texts and queries.  All fields of all engines hold tokens made here."""

    version = "2"
    """Changes whenever the same text would give other tokens; part of an index's fingerprint."""

    def __init__(self, segmenter: Segmenter | None = None) -> None:
        self._segmenter = segmenter or Segmenter()

    @property
    def fingerprint(self) -> str:
        """What the tokens depend on; an index with another one must be built anew."""
        return f"analysis-{self.version}/{self._segmenter.fingerprint}"

    def words(self, text: str) -> list[str]:
        """The words of ``text`` in order, without stop words and punctuation."""
        return self.folded_words(fold(text))

    def folded_words(self, folded: str) -> list[str]:
        """The same of a text that is folded already."""
        return self._segmenter.words(folded)

    def bigrams(self, text: str) -> list[str]:
        """Pairs of neighbouring Han characters, in order, and words of letters and digits as they are.

        A Han character that stands alone is a token of its own.
        """
        tokens: list[str] = []
        for match in _RUN.finditer(fold(text)):
            run = match[0]
            if match[1] is None or len(run) == 1:
                tokens.append(run)
            else:
                tokens += [run[at : at + 2] for at in range(len(run) - 1)]
        return tokens

    def characters(self, text: str) -> list[str]:
        """The Han characters of ``text``, in order."""
        return _HAN.findall(fold(text))

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
