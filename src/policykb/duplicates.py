"""Near-duplicates: one text that stands on two sites under another header and footer, with other punctuation.

A fingerprint of 256 bytes finds candidates without comparing all texts; ``is_republication`` then compares the two
texts themselves, since plans of two counties that were made from one template share nearly all of their words
and are two documents all the same.

The fingerprint is MinHash with one permutation over the five-character pieces of the text.  It is written here in
numpy rather than taken from datasketch, which would bring scipy (35 MB) along for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

import numpy as np

_BINS = 64
_PIECE = 5
"""Characters of a piece: four give pieces that all official texts share, eight miss texts with many small changes."""

_ROWS = 4
"""Bins of a band.  16 bands of 4 find a pair that shares 0.7 of its pieces with a probability of 0.99."""

_EMPTY = np.uint32(0xFFFFFFFF)
_FEWEST_LETTERS = 100
_LEAST_SHARE = 0.5
"""Estimated share of common pieces from which on two texts are compared; 64 bins tell it to within 0.06."""

_COVERED_SHORT, _COVERED_LONG = 0.9, 0.7
"""So much of the shorter and of the longer text must stand in the other; a footer may add the rest."""

_MOST_EXCHANGED = 2
"""Places at which words were exchanged for others: an editor mends one or two, a template differs in many."""

_PLACE = re.compile(r"[省市州盟县区旗镇乡]$")
"""How a place ends that only one of two texts names."""

_MOST_ADDED = 0.01
"""Of the shorter text: what a page leaves in the midst of a text, not what a new version adds."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"[^。！？；\n]+")
_TELLING = re.compile(r"[\d〇一二三四五六七八九十百千万亿省市州盟县区旗镇乡村]")
"""What shows that the exchanged words are numbers or places."""

_LOST = "⍰"
_MULTIPLIERS = np.array([pow(0x9E3779B1, power, 1 << 64) | 1 for power in range(1, _PIECE + 1)], dtype=np.uint64)


def fingerprint(text: str) -> bytes:
    """256 bytes that are alike for texts that are; empty for texts of less than 100 letters.

    Only letters and digits count.  The same text gives the same bytes on every machine.
    """
    letters = _letters(text)
    if len(letters) < _FEWEST_LETTERS:
        return b""
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    n_pieces = len(codes) - _PIECE + 1
    hashes = np.zeros(n_pieces, dtype=np.uint64)
    for place, multiplier in enumerate(_MULTIPLIERS):
        hashes = (hashes + codes[place : place + n_pieces]) * multiplier  # wraps at 64 bits on purpose
    hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    smallest = np.full(_BINS, _EMPTY, dtype=np.uint32)
    bins = (hashes >> np.uint64(58)).astype(np.intp)
    np.minimum.at(smallest, bins, ((hashes >> np.uint64(20)) & np.uint64(0xFFFFFFFF)).astype(np.uint32))
    return smallest.astype("<u4").tobytes()


def bands(print_: bytes) -> tuple[bytes, ...]:
    """Keys under which a fingerprint is kept and looked up: texts that are alike share at least one of them."""
    size = 4 * _ROWS
    keys = (bytes([at // size]) + print_[at : at + size] for at in range(0, len(print_), size))
    return tuple(key for key in keys if key[1:] != b"\xff" * size)


def similarity(one: bytes, other: bytes) -> float:
    """The estimated share of pieces that two texts have in common, from 0 to 1, by their fingerprints."""
    if not one or not other:
        return 0.0
    left, right = np.frombuffer(one, dtype="<u4"), np.frombuffer(other, dtype="<u4")
    filled = (left != _EMPTY) | (right != _EMPTY)
    return int(np.count_nonzero((left == right) & filled)) / max(int(np.count_nonzero(filled)), 1)


def is_republication(one: str, other: str) -> bool:
    """Whether two texts are one but for what stands around it, punctuation, and a word that an editor mended.

    Texts in which a number, a place, or one word time and again was exchanged for another are two, and so are two
    versions of which one says more in its midst.
    """
    first, second = _sentences(one), _sentences(other)
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    covered, added = 0, 0
    exchanged: Counter[tuple[str, str]] = Counter()
    for position, (tag, a, b, c, d) in enumerate(blocks):
        left, right = "".join(first[a:b]), "".join(second[c:d])
        found = _Difference(len(left), 0, ()) if tag == "equal" else _difference(left, right)
        covered += found.kept
        exchanged.update(found.exchanged)
        added += found.added if 0 < position < len(blocks) - 1 else 0
    short, long = sorted((sum(map(len, first)), sum(map(len, second))))
    if covered < _COVERED_SHORT * short or covered < _COVERED_LONG * long or added > _MOST_ADDED * short:
        return False
    telling = any(_TELLING.search(left) and _TELLING.search(right) for left, right in exchanged)
    return short > 0 and not telling and exchanged.total() <= _MOST_EXCHANGED and max(exchanged.values(), default=0) < 2


class DuplicateFinder:
    """Finds the text that a new one repeats.  Made from the fingerprints that a store has kept.

    ``text_of`` gives the text of an id; it is asked for candidates only.
    """

    def __init__(self, text_of: Callable[[str], str], kept: Iterable[tuple[str, bytes]] = ()) -> None:
        """Take over ``kept``: ids with their fingerprints."""
        self._text_of = text_of
        self._prints: dict[str, bytes] = {}
        self._ids: dict[bytes, list[str]] = {}
        for document_id, print_ in kept:
            self.add(document_id, print_)

    def add(self, document_id: str, print_: bytes) -> None:
        """Know this text from now on."""
        self._prints[document_id] = print_
        for key in bands(print_):
            self._ids.setdefault(key, []).append(document_id)

    def discard(self, document_id: str) -> None:
        """Forget this text; one that is not known is no error."""
        for key in bands(self._prints.pop(document_id, b"")):
            self._ids[key].remove(document_id)

    def find(self, text: str, print_: bytes | None = None) -> str | None:
        """The id of a text that ``text`` repeats, the most similar one first; None where there is none."""
        mine = fingerprint(text) if print_ is None else print_
        return next((found for found in self._candidates(mine) if is_republication(text, self._text_of(found))), None)

    def _candidates(self, mine: bytes) -> list[str]:
        found = {document_id for key in bands(mine) for document_id in self._ids.get(key, ())}
        shares = {document_id: similarity(mine, self._prints[document_id]) for document_id in found}
        likely = [document_id for document_id in found if shares[document_id] >= _LEAST_SHARE]
        return sorted(likely, key=lambda document_id: (-shares[document_id], document_id))


class _Difference(NamedTuple):
    """How many letters two stretches share, how many one has more, and the words that stand for others.

    A word is told with the letter behind it, so that 甲县 and 乙县 are seen to be places.
    """

    kept: int
    added: int
    exchanged: tuple[tuple[str, str], ...]


def _difference(left: str, right: str) -> _Difference:
    if len(left) * len(right) > _LONGEST_COMPARED:
        return _Difference(0, max(len(left), len(right)), ())
    kept, added, exchanged = 0, 0, []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            kept += b - a
        elif tag == "replace" and max(b - a, d - c) <= _LONGEST_EXCHANGED:
            if _LOST not in left[a:b] + right[c:d]:
                exchanged.append((left[a : b + 1], right[c : d + 1]))
        else:
            piece = left[a:b] + right[c:d]
            added += len(piece)
            if len(piece) <= _LONGEST_EXCHANGED and _PLACE.search(piece):
                exchanged.append((piece, piece))
    return _Difference(kept, added, tuple(exchanged))


_LONGEST_COMPARED = 4_000_000
"""Product of the lengths of two stretches up to which they are compared letter by letter."""

_LONGEST_EXCHANGED = 20
"""Letters; longer differences are other text, not another word."""


def _sentences(text: str) -> list[str]:
    return list(_nonempty(_letters(match[0]) for match in _SENTENCE.finditer(text)))


def _nonempty(texts: Iterable[str]) -> Iterator[str]:
    return (text for text in texts if text)


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text)
