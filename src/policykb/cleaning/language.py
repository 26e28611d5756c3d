"""How likely a short stretch of Simplified Chinese is: words by their frequency, and the text's own words.

Word frequencies are those of jieba's dictionary (349,000 words, MIT licence); the frequencies of marks, which
no dictionary has, are counted in the undamaged texts of the corpus (``data/cleaning_mark_counts.tsv``).
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from math import log
from typing import NamedTuple

from policykb.resources import data_file

_LONGEST = 5
_UNKNOWN = 0.2
"""The count of a character that the dictionary lacks; below 1, the least that it gives."""

_FOREIGN = -25.0
"""Log probability of a character that has no place in the middle of Chinese text."""


class Trail(NamedTuple):
    """A text scored so far: its last characters, and the best score up to each of them."""

    recent: str = ""
    scores: tuple[float, ...] = (0.0,)

    @property
    def score(self) -> float:
        """The log probability of the whole text, cut into words in the likeliest way."""
        return self.scores[-1]


class Language:
    """Word frequencies, held open: see ``load_language``."""

    def __init__(self, words: dict[str, float], total: float) -> None:
        """``words`` maps a word or mark to its frequency, ``total`` is their sum."""
        self._scores = {word: log(count / total) for word, count in words.items()}
        self._unknown = log(_UNKNOWN / total)

    def extend(self, trail: Trail, text: str) -> Trail:
        """``trail`` with the characters of ``text`` behind it."""
        recent, scores = trail
        for character in text:
            recent += character
            scores = (*scores, self._best(recent, scores))
            if len(recent) == _LONGEST:
                recent, scores = recent[1:], scores[1:]
        return Trail(recent, scores)

    def knows(self, word: str) -> bool:
        """Whether the dictionary has this word."""
        return word in self._scores

    def _best(self, recent: str, scores: tuple[float, ...]) -> float:
        """The best score of a text that ends with ``recent``: its last word begins at one of ``scores``."""
        known = self._scores
        last = recent[-1]
        best = scores[-1] + known.get(last, self._unknown if "\u4e00" <= last <= "\u9fff" else _FOREIGN)
        for start in range(len(recent) - 1):
            word = known.get(recent[start:])
            if word is not None and scores[start] + word > best:
                best = scores[start] + word
        return best


@cache
def load_language() -> Language:
    """Read the dictionary, which takes about half a second; only damaged text asks for it."""
    words: dict[str, float] = {}
    with resources.files("jieba").joinpath("dict.txt").open(encoding="utf-8") as file:
        for line in file:
            word, count, *_ = line.split(" ", 2)
            if len(word) <= _LONGEST:
                words[word] = float(count)
    letters = sum(count * len(word) for word, count in words.items())
    for mark, share in _mark_shares().items():
        words[mark] = share * letters
    for digit in "0123456789":
        words[digit] = words["，"] / 10
    return Language(words, sum(words.values()))


def _mark_shares() -> dict[str, float]:
    """Mark → how often it stands per Chinese character."""
    lines = data_file("cleaning_mark_counts.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    counts = {mark: float(count) for mark, count in rows}
    return {mark: count / counts["汉字"] for mark, count in counts.items() if mark != "汉字"}
