"""Words with offsets: jieba with the words of our subject, held by an object that someone owns."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable
from typing import NamedTuple

from policykb.resources import word_list

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba 0.42.1: invalid escape sequences, and pkg_resources
    import jieba

jieba.setLogLevel(logging.WARNING)


class Token(NamedTuple):
    """A word and its half-open place in the text that was cut."""

    text: str
    start: int
    end: int


class Segmenter:
    """Cuts text into words.  The dictionary loads at the first cut (about a second)."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        """Hold a tokenizer of our own with the domain words and ``words``; jieba's global one is untouched."""
        self._tokenizer = jieba.Tokenizer()
        self._words = (*word_list("words.txt"), *words)
        self._ready = False

    def tokens(self, text: str) -> list[Token]:
        """All words of ``text`` in order; together they are the text."""
        if not self._ready:
            for word in self._words:
                self._tokenizer.add_word(word)
            self._ready = True
        return [Token(*token) for token in self._tokenizer.tokenize(text)]

    def words(self, text: str) -> list[str]:
        """The words of ``text`` that can be searched for: no blanks, punctuation or stop words."""
        return [token.text for token in self.index_tokens(text)]

    def index_tokens(self, text: str) -> list[Token]:
        """The tokens of ``text`` that can be searched for, lower-cased, with their places."""
        kept = (token._replace(text=token.text.lower()) for token in self.tokens(text))
        return [token for token in kept if token.text[0].isalnum() and token.text not in STOP_WORDS]


STOP_WORDS = frozenset(word_list("stop_words.txt"))
