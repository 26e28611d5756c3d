"""Near-duplicates: one text that stands on two sites under another header and footer, with other punctuation.

A fingerprint of 256 bytes finds candidates without comparing all texts; ``is_republication`` then compares the two
texts themselves, since plans of two counties that were made from one template share nearly all of their words
and are two documents all the same.

The fingerprint is MinHash with one permutation over the five-character pieces of the text.  It is written here in
numpy rather than taken from datasketch, which would bring scipy (35 MB) along for it.  A store keeps the
fingerprints and looks them up by their ``bands``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from hashlib import blake2b
from typing import NamedTuple

_BINS = 64
_PIECE = 5
"""Characters of a piece: four give pieces that all official texts share, eight miss texts with many small changes."""

_ROWS = 4
"""Bins of a band.  16 bands of 4 find a pair that shares 0.7 of its pieces with a probability of 0.99."""

_EMPTY = 0xFFFFFFFF
_FEWEST_LETTERS = 100
_LEAST_SHARE = 0.5
"""Estimated share of common pieces from which on two texts are compared; 64 bins tell it to within 0.06."""

_COVERED_SHORT, _COVERED_LONG = 0.9, 0.7
"""So much of the shorter and of the longer text must stand in the other; a footer may add the rest."""

_MOST_AROUND = 300
"""Letters that one text may have before or behind what both have: head and foot of a page, not a chapter more."""

_MOST_OTHER = 60
"""Letters around one text in place of as many around the other: another footer, not another ending."""

_FEWEST_IN_COMMON = 8
"""Letters in common from which on two first or last stretches are text, and no longer what stands around it."""

_MOST_EXCHANGED = 2
"""Places at which words were exchanged for others: an editor mends one or two, a template differs in many."""

_MOST_ADDED = 0.01
"""Of the shorter text: what a page leaves in the midst of a text, not what a new version adds."""

_SHORT = 300
"""Letters; three characters that got lost make a shorter text no other one."""

_MOST_COMPARED = 5
"""Candidates that are compared letter by letter: of many texts from one template, the most similar ones."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"[^。！？；\n]+")
_TELLING = re.compile(r"[\d〇一二三四五六七八九十百千万亿省市州盟县区旗镇乡村局委办厅部院同]")
"""What shows that the exchanged words are numbers, places, offices or persons (同志)."""

_PLACE = re.compile(r"[省市州盟县区旗镇乡]$")
"""How a place ends that only one of two texts names."""

_NUMBER = re.compile(r"\d|^[〇一二三四五六七八九十百千万亿]+$")
"""What shows that a stretch which one of two texts has more makes another number."""

_MULTIPLIERS = tuple(pow(0x9E3779B1, power, 1 << 64) | 1 for power in range(1, _PIECE + 1))


def fingerprint(text: str) -> bytes:
    """256 bytes that are alike for texts that are; empty for texts of less than 100 letters.

    Only letters and digits count.  The same text gives the same bytes on every machine.
    """
    import numpy as np  # noqa: PLC0415 - too slow to load for a search, which needs no fingerprint

    letters = _letters(text)
    if len(letters) < _FEWEST_LETTERS:
        return b""
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    n_pieces = len(codes) - _PIECE + 1
    hashes = np.zeros(n_pieces, dtype=np.uint64)
    for place, multiplier in enumerate(_MULTIPLIERS):
        hashes = (hashes + codes[place : place + n_pieces]) * np.uint64(multiplier)  # wraps at 64 bits on purpose
    hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    smallest = np.full(_BINS, _EMPTY, dtype=np.uint32)
    bins = (hashes >> np.uint64(58)).astype(np.intp)
    np.minimum.at(smallest, bins, ((hashes >> np.uint64(20)) & np.uint64(0xFFFFFFFF)).astype(np.uint32))
    return smallest.astype("<u4").tobytes()


def bands(print_: bytes) -> tuple[int, ...]:
    """Signed 64-bit keys under which a fingerprint is kept and looked up; texts that are alike share one of them."""
    size = 4 * _ROWS
    pieces = ((at // size, print_[at : at + size]) for at in range(0, len(print_), size))
    digests = (blake2b(bytes([n]) + piece, digest_size=8) for n, piece in pieces if piece != b"\xff" * size)
    return tuple(int.from_bytes(digest.digest(), "little", signed=True) for digest in digests)


def similarity(one: bytes, other: bytes) -> float:
    """The estimated share of pieces that two texts have in common, from 0 to 1, by their fingerprints."""
    import numpy as np  # noqa: PLC0415 - as above

    if not one or not other:
        return 0.0
    left, right = np.frombuffer(one, dtype="<u4"), np.frombuffer(other, dtype="<u4")
    filled = (left != _EMPTY) | (right != _EMPTY)
    return int(np.count_nonzero((left == right) & filled)) / max(int(np.count_nonzero(filled)), 1)


def most_similar(print_: bytes, kept: Iterable[tuple[str, bytes]]) -> list[str]:
    """The few ids in ``kept`` (ids with their fingerprints) whose texts are worth comparing, the most similar first."""
    shares = sorted((-similarity(print_, other), document_id) for document_id, other in kept)
    return [document_id for share, document_id in shares[:_MOST_COMPARED] if -share >= _LEAST_SHARE]


def is_republication(one: str, other: str) -> bool:
    """Whether two texts are one but for what stands around it, punctuation, and a word that an editor mended.

    Texts in which a number, a place, an office, or one word time and again was exchanged for another are two, and
    so are two versions of which one says more in its midst or a chapter more at its end.
    """
    first, second = _sentences(one), _sentences(other)
    covered, added = 0, 0
    exchanged, more = Counter[tuple[str, str]](), Counter[str]()
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    for position, (tag, a, b, c, d) in enumerate(blocks):
        if tag == "equal":
            covered += sum(map(len, first[a:b]))
            continue
        found = _difference("".join(first[a:b]), "".join(second[c:d]), position == 0, position == len(blocks) - 1)
        exchanged.update(found.exchanged)
        more.update(found.more)
        is_another_word = any(count > 1 for changes in (exchanged, more) for count in changes.values())
        if found.telling or is_another_word or exchanged.total() > _MOST_EXCHANGED:
            return False
        covered += found.kept
        added += found.added
    short, long = sorted((sum(map(len, first)), sum(map(len, second))))
    enough = covered >= _COVERED_SHORT * short and covered >= _COVERED_LONG * long
    return short > 0 and enough and added <= _MOST_ADDED * max(short, _SHORT)


class _Difference(NamedTuple):
    """How many letters two stretches share, how many one has more, and the words that stand for others.

    A word is told with the letter behind it, so that 甲县 and 乙县 are seen to be places.  ``more`` are the pieces
    of several letters that one has more.  ``telling`` says that the stretches alone make two texts.
    """

    kept: int
    added: int
    exchanged: tuple[tuple[str, str], ...] = ()
    more: tuple[str, ...] = ()
    telling: bool = False


def _difference(left: str, right: str, is_first: bool, is_last: bool) -> _Difference:
    """How two stretches differ that stand at one place; what surrounds the first or last is the page's."""
    if len(left) * len(right) > _LONGEST_COMPARED:
        return _Difference(0, max(len(left), len(right)))
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    inner = _inner(steps, is_first, is_last)
    found = [_judged(step, left, right, is_inner=n in inner) for n, step in enumerate(steps)]
    return _Difference(
        sum(one.kept for one in found),
        sum(one.added for one in found),
        tuple(pair for one in found for pair in one.exchanged),
        tuple(piece for one in found for piece in one.more),
        any(one.telling for one in found),
    )


_Step = tuple[str, int, int, int, int]


def _inner(steps: Sequence[_Step], is_first: bool, is_last: bool) -> range:
    """The steps that lie within the text itself: not before the first, or not behind the last, that is in common."""
    same = [n for n, (tag, a, b, _, _) in enumerate(steps) if tag == "equal" and b - a >= _FEWEST_IN_COMMON]
    if not same:
        return range(0 if is_first or is_last else len(steps))
    return range(same[0] if is_first else 0, same[-1] + 1 if is_last else len(steps))


def _judged(step: _Step, left: str, right: str, *, is_inner: bool) -> _Difference:
    """What one step between two stretches comes to."""
    tag, a, b, c, d = step
    short, long = sorted((b - a, d - c))
    if tag == "equal":
        return _Difference(b - a, 0)
    mine, other = left[a:b], right[c:d]
    if tag == "replace" and long <= _LONGEST_EXCHANGED:
        pair = (left[a : b + 1], right[c : d + 1])
        telling = all(map(_TELLING.search, pair)) or any(map(_NUMBER.search, (mine, other)))
        return _Difference(0, 0, (pair,) if is_inner else (), telling=telling)
    if is_inner:
        telling = long > _LONGEST_EXCHANGED or any(one.search(mine + other) for one in (_NUMBER, _PLACE))
        return _Difference(0, long, more=(mine + other,) if long > 1 else (), telling=telling)
    return _Difference(0, 0, telling=long > _MOST_AROUND or short > _MOST_OTHER)


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
