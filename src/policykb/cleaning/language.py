"""How likely a short stretch of Simplified Chinese is.

A text is cut into words in the likeliest way (word frequencies of jieba's dictionary, MIT licence), and where two
words meet, it counts how often their characters meet in clean official texts (``data/cleaning_pairs.tsv``) and in
the very text that is being repaired: a text says the same things again and again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import pairwise
from math import log
from typing import NamedTuple

from policykb.resources import data_file, word_list

_LONGEST = 5
"""Characters of the longest word that is looked for; longer ones are rare, and their parts are words too."""

_UNKNOWN = 0.2
"""The count of a character that the dictionary lacks; below 1, the least that it gives."""

_FOREIGN = -25.0
"""Log probability of a character that has no place in the middle of Chinese text."""

_DIGIT = -8.0
_OPEN = -14.0
"""Log probability of ``⍰``: worse than any likely character, better than a wrong one."""

_FORMULA_COUNT = 1000.0
"""The frequency of a set formula of official texts, as that of a common word in the dictionary's 60 million."""

_SMOOTHING, _MARK_SMOOTHING, _OWN_SMOOTHING, _OWN_WEIGHT = 50.0, 5.0, 20.0, 4.0
_LINK_LIMITS = -3.0, 6.0
"""Of these, only the rough size matters; chosen on laws with generated damage."""


_OWN_SHARE = 0.2
"""Of the words that are still to come in a text, one in five is taken to be one that it has used already."""

_UNSURE = "？！\ufffd⍰"
_MARKS = "，。、；：？！“”‘’（）《》—…·"

_QUOTES = "“”‘’《》"


class Pairs(NamedTuple):
    """How often characters stand somewhere, and how often one follows another."""

    single: Mapping[str, int]
    double: Mapping[str, int]
    total: int

    def share(self, character: str) -> float:
        """How often the character stands anywhere."""
        return (self.single.get(character, 0) + 0.5) / self.total

    def behind(self, pair: str, smoothing: float, otherwise: float, weight: float = 1.0) -> float:
        """How often the second of two characters stands behind the first; ``otherwise`` where that is rare."""
        count = weight * self.double.get(pair, 0) + smoothing * otherwise
        return count / (weight * self.single.get(pair[0], 0) + smoothing)


class Own(NamedTuple):
    """What is known of the text under repair: its words with their log probability, and its pairs of characters."""

    words: Mapping[str, float]
    pairs: Pairs


class Language:
    """Word frequencies and pairs of characters, held open: see ``load_language``."""

    def __init__(self, words: Mapping[str, float], pairs: Pairs, mark_pairs: Pairs, own: Own | None = None) -> None:
        """``own`` is counted in the text under repair."""
        self.words = words
        """Word → log probability."""
        self._pairs = pairs
        self._mark_pairs = mark_pairs
        self._own = own or Own({}, Pairs({}, {}, 1))
        self._links: dict[str, float] = {}

    def adapted(self, text: str) -> Language:
        """A language that also knows the words of ``text`` and which characters meet in it.

        Question marks and lost characters do not count.
        """
        single: Counter[str] = Counter()
        double: Counter[str] = Counter()
        for first, second in pairwise(text):
            if first not in _UNSURE and second not in _UNSURE:
                single[first] += 1
                double[first + second] += 1
        own = Own(self._count_words(text), Pairs(single, double, max(1, len(text))))
        return Language(self.words, self._pairs, self._mark_pairs, own)

    def _count_words(self, text: str) -> dict[str, float]:
        """The words of two characters and more that stand in ``text``, with their log probability."""
        counts: Counter[str] = Counter()
        for start in range(len(text) - 1):
            for end in range(start + 2, start + _LONGEST + 1):
                word = text[start:end]
                counts[word] += word in self.words
                if word not in _beginnings():
                    break
        found = ((word, count) for word, count in counts.items() if count)
        return {word: max(self.words[word], log(_OWN_SHARE * count / len(text))) for word, count in found}

    def knows(self, word: str) -> bool:
        """Whether the dictionary has this word."""
        return word in self.words

    def word(self, word: str) -> float | None:
        """The log probability of a word; None where several characters are none."""
        score = self._own.words.get(word) or self.words.get(word)
        return _FOREIGN if score is None and len(word) == 1 else score

    def begins(self, beginning: str) -> bool:
        """Whether a longer word begins so."""
        return beginning in _beginnings()

    def link(self, pair: str) -> float:
        """How much likelier the second character is behind the first than anywhere; kept for next time."""
        link = self._links.get(pair)
        if link is None:
            link = self._links[pair] = min(max(self._measure(pair), _LINK_LIMITS[0]), _LINK_LIMITS[1])
        return link

    def _measure(self, pair: str) -> float:
        """Laws have few quotations: marks side by side are counted apart, quotes beside characters not at all."""
        first, second = pair[0], pair[1]
        anywhere = (self._mark_pairs if second in _MARKS else self._pairs).share(second)
        if first in _MARKS and second in _MARKS:
            return log(self._mark_pairs.behind(pair, _MARK_SMOOTHING, anywhere) / anywhere)
        if first in _QUOTES or second in _QUOTES:
            return 0.0
        usual = self._pairs.behind(pair, _SMOOTHING, self._pairs.share(second)) / self._pairs.share(second)
        return log(self._own.pairs.behind(pair, _OWN_SMOOTHING, usual * anywhere, _OWN_WEIGHT) / anywhere)


@cache
def _beginnings() -> frozenset[str]:
    """Whatever a longer word begins with."""
    return frozenset(word[:end] for word in load_language().words for end in range(1, len(word)))


@cache
def load_language() -> Language:
    """Read the dictionary and the pairs, which takes about a second; only damaged text asks for it."""
    pairs, mark_pairs = _load_pairs("cleaning_pairs.tsv"), _load_pairs("cleaning_mark_pairs.tsv")
    counts = dict(_dictionary_words())
    letters = sum(count * len(word) for word, count in counts.items())
    total = sum(counts.values())
    for mark in _MARKS:
        counts[mark] = letters * mark_pairs.share(mark)
    for formula in word_list("cleaning_formulas.txt"):
        counts[formula[:_LONGEST]] = _FORMULA_COUNT
    words = {word: log(count / total) for word, count in counts.items()}
    unknown = log(_UNKNOWN / total)
    words |= {character: unknown for character in map(chr, range(0x4E00, 0xA000)) if character not in words}
    words |= dict.fromkeys("0123456789", _DIGIT) | {"⍰": _OPEN}
    return Language(words, pairs, mark_pairs)


def _dictionary_words() -> Iterator[tuple[str, float]]:
    with resources.files("jieba").joinpath("dict.txt").open(encoding="utf-8") as file:
        for line in file:
            word, count, _ = line.split(" ", 2)
            if len(word) <= _LONGEST:
                yield word, float(count)


def _load_pairs(name: str) -> Pairs:
    single: dict[str, int] = {}
    double: dict[str, int] = {}
    for line in data_file(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        character, count, followers = line.split("\t")
        single[character] = int(count)
        for follower in followers.split(" ") if followers else ():
            double[character + follower[0]] = int(follower[1:])
    return Pairs(single, double, single.pop("*", 0) or sum(single.values()))
