"""Words with offsets: jieba with the words of our subject, held by an object that someone owns.

jieba is the segmenter of record.  Where the extra ``fast`` is installed, rjieba cuts in its place, some ten
times faster, with two repairs that give jieba's own words (``_FastCutter``).
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import logging
import re
import sys
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from importlib.machinery import PathFinder
from types import ModuleType
from typing import Any, NamedTuple, Protocol

from policykb.resources import word_list

_MIXED = re.compile(r"[a-zA-Z0-9+#&._%\-]*[+#&._%\-][a-zA-Z0-9+#&._%\-]*")
"""A word of ASCII that rjieba keeps whole and jieba does not: dates, ranges, addresses."""

_MARK = re.compile(r"[+#&._%\-]")
"""What such a word has at least one of."""

_ASCII_WORD = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
"""What jieba keeps whole of it (its own pattern ``re_eng``)."""


class _Folding(dict[int, str]):
    """A table for ``str.translate`` that fills itself: NFKC and lower case where they keep the length."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = unicodedata.normalize("NFKC", character).lower()
        self[code] = folded if len(folded) == 1 else character
        return self[code]


_FOLDING = _Folding()  # remembers what it worked out, nothing else

_FOLDABLE = re.compile("[^\u4e00-\u9fff a-z0-9\n\u3001\u3002\u201c\u201d]+")
"""What may change: all but the characters that most of a text is made of."""

_QUOTES_AND_BLANKS = re.compile(r"[\s\"'“”‘’「」『』《》〈〉【】]+")


def fold(text: str) -> str:
    """``text`` with full-width letters and digits narrow and all lower-case, each character at its old place."""
    return _FOLDABLE.sub(lambda match: match[0].translate(_FOLDING), text)


def fold_name(text: str) -> str:
    """The form in which names are compared: folded, without quotation marks and blanks."""
    return _QUOTES_AND_BLANKS.sub("", fold(text))


class Token(NamedTuple):
    """A word and its half-open place in the text that was cut."""

    text: str
    start: int
    end: int


class _Cutter(Protocol):
    def cut(self, text: str) -> list[str]: ...


@cache
def _jieba() -> ModuleType:
    """Jieba without its remarks: invalid escape sequences, pkg_resources, and its log on stderr.

    Loaded when it is needed: it takes a tenth of a second even where rjieba does the work.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = importlib.import_module("jieba")
    logging.getLogger("jieba").setLevel(logging.CRITICAL + 1)
    return module


def read_dictionary(text: str) -> tuple[dict[str, int], int]:
    """The frequencies of a dictionary in jieba's form, with 0 for beginnings of words, and their sum.

    As jieba's ``gen_pfdict`` in two thirds of its time, which is most of a first search.
    """
    fields = text.split()
    words, counts = fields[::3], [int(count) for count in fields[1::3]]
    frequencies = dict(zip(words, counts, strict=True))
    for word in words:
        beginning = word[:-1]
        while beginning and beginning not in frequencies:
            frequencies[beginning] = 0
            beginning = beginning[:-1]
    return frequencies, sum(counts)


class _PlainCutter:
    """jieba with the user words; its module-wide tokenizer is untouched."""

    def __init__(self, words: Iterable[str]) -> None:
        """Load the dictionary straight from jieba's own file.

        jieba's ``initialize`` would read and write ``jieba.cache`` in the folder for temporary files, which
        all users of a machine share.
        """
        tokenizer: Any = _jieba().Tokenizer()
        with tokenizer.get_dict_file() as file:
            tokenizer.FREQ, tokenizer.total = read_dictionary(file.read().decode("utf-8"))
        tokenizer.initialized = True
        for word in words:
            tokenizer.add_word(word)
        self._tokenizer = tokenizer

    def cut(self, text: str) -> list[str]:
        words: list[str] = self._tokenizer.lcut(text)
        return words


def _rjieba() -> ModuleType:
    """The extension of rjieba alone: the package around it loads a dictionary of its own, as long as ours takes."""
    name = "rjieba.rjieba"
    if name not in sys.modules:
        package = importlib.util.find_spec("rjieba")
        spec = PathFinder.find_spec(name, package.submodule_search_locations if package else None)
        if spec is None or spec.loader is None:
            return importlib.import_module("rjieba")
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


class _FastCutter:
    """rjieba, repaired where it differs from jieba."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._cutter: Any = _rjieba().Jieba()
        for word in words:
            self._cutter.add_word(word, None, None)
        self._words = words
        self._plain: _PlainCutter | None = None

    def cut(self, text: str) -> list[str]:
        if _untrained_character().search(text):
            # The models disagree on characters that the training text did not have (臵, mojibake).
            self._plain = self._plain or _PlainCutter(self._words)
            return self._plain.cut(text)
        words: list[str] = self._cutter.cut(text)
        if not _MARK.search(text):
            return words
        return [piece for word in words for piece in self._pieces(word)]

    def _pieces(self, word: str) -> Iterator[str]:
        if not word.isascii() or not _MIXED.fullmatch(word) or self._cutter.has_word(word):
            yield word
            return
        yield from filter(None, _ASCII_WORD.split(word))


@cache
def _untrained_character() -> re.Pattern[str]:
    """A character that jieba's model for unknown words was not trained on.

    A list of our own: loading the model for it would double the time of the first cut.
    """
    return re.compile(f"[{''.join(word_list('segmentation_untrained_characters.txt'))}]")


class Segmenter:
    """Cuts text into words.  The dictionary loads at the first cut (about a second; a third of it if fast)."""

    def __init__(self, words: Iterable[str] = (), *, fast: bool | None = None) -> None:
        """Hold a cutter of our own with the domain words and ``words``.

        ``fast`` asks for rjieba or for jieba; by default it is rjieba where that is installed.
        """
        self._words = tuple(dict.fromkeys((*word_list("words.txt"), *words)))
        self._fast = importlib.util.find_spec("rjieba") is not None if fast is None else fast
        self._cutter: _Cutter | None = None

    @property
    def fingerprint(self) -> str:
        """Name, version and words of the segmenter: an index made with another one must be made anew.

        The same for jieba and rjieba, since both cut alike.
        """
        words = hashlib.sha256("\n".join((*self._words, "", *sorted(STOP_WORDS))).encode()).hexdigest()
        return f"jieba-{metadata.version('jieba')}-{words[:16]}"

    def cut(self, text: str) -> list[str]:
        """All words of ``text`` in order; together they are the text."""
        if self._cutter is None:
            self._cutter = _FastCutter(self._words) if self._fast else _PlainCutter(self._words)
        return self._cutter.cut(text)

    def tokens(self, text: str) -> list[Token]:
        """All words of ``text`` in order with their places; together they are the text."""
        tokens, start = [], 0
        for word in self.cut(text):
            tokens.append(Token(word, start, start + len(word)))
            start += len(word)
        return tokens

    def words(self, text: str) -> list[str]:
        """The words of a folded ``text`` that can be searched for: no blanks, punctuation or stop words."""
        return [word for word in self.cut(text) if word not in STOP_WORDS and word[0].isalnum()]


STOP_WORDS = frozenset(word_list("stop_words.txt"))
