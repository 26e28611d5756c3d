"""Pairs of characters, and characters, of whole documents at once: numpy does in one step what takes Python thousands.

What is made is what ``Analyzer.bigrams`` and ``Analyzer.characters`` make, as one text with a blank between any two
tokens, in another order (which counts for nothing in the index).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Codes = NDArray[np.uint32]
    Flags = NDArray[np.bool_]

_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?")


class Pairs:
    """The characters of one folded text as they are indexed."""

    def __init__(self, folded: str) -> None:
        """Look at ``folded`` once; parts of it are asked for by their places."""
        self._codes: Codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32)
        self._han = _is_han(self._codes)
        together = self._han[:-1] & self._han[1:]
        self._pairs = _spaced(self._codes[:-1][together], self._codes[1:][together])
        self._pairs_before = np.concatenate(([0], np.cumsum(together), [0]))
        paired = np.concatenate((together, [False])) | np.concatenate(([False], together))
        alone = [(int(at), folded[at]) for at in np.flatnonzero(self._han & ~paired[: len(folded)])]
        self._others = sorted([*alone, *((match.start(), match[0]) for match in _WORD.finditer(folded))])

    def bigrams(self, start: int, end: int) -> str:
        """The bigrams between two places; a character stands alone if it does in the whole text."""
        first, last = self._pairs_before[start], self._pairs_before[max(start, end - 1)]
        low, high = bisect_left(self._others, (start, "")), bisect_left(self._others, (end, ""))
        return self._pairs[3 * first : 3 * last] + " ".join([token for _, token in self._others[low:high]])

    def characters(self) -> str:
        """All Han characters of the text."""
        return _spaced(self._codes[self._han])


def _is_han(codes: Codes) -> Flags:
    """Which of ``codes`` are Han characters, by the ranges of ``HAN``."""
    flags: Flags = (codes == 0x3007) | (codes >= 0x20000) & (codes <= 0x3FFFF)
    for first, last in ((0x3400, 0x9FFF), (0xF900, 0xFAFF)):
        flags |= (codes >= first) & (codes <= last)
    return flags


def _spaced(*columns: Codes) -> str:
    """One token a row, made of the characters of the ``columns``, each with a blank behind it."""
    table = np.full((len(columns[0]), len(columns) + 1), ord(" "), np.uint32)
    for at, column in enumerate(columns):
        table[:, at] = column
    return table.tobytes().decode("utf-32-le", "surrogatepass")
