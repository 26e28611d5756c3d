"""Which words of a text were found, and one line of it around them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policykb.models import Document
from policykb.search.analysis import Analyzer
from policykb.search.query import Query
from policykb.segmentation import fold

SNIPPET_LENGTH = 80
"""Characters of a snippet without its marks: one line of a wide terminal."""

_BLANKS = re.compile(r"\s+")
_EDGE = re.compile(r"[a-z0-9]")


class Highlighter:
    """Finds the words of one query in texts."""

    def __init__(self, query: Query, analyzer: Analyzer, also: Iterable[str] = ()) -> None:
        """Find the phrases and words of ``query``, and the texts ``also`` where they stand as a whole."""
        self._analyzer = analyzer
        self._words = [(word, self._parts(word)) for word in (*query.phrases, *analyzer.words(query.text))]
        self._words += [(text, ()) for text in also]

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """The places in ``text`` of the words that were found, in order, joined where they touch.

        Of a word that does not stand there as a whole the pairs of characters that do are marked.
        """
        folded = fold(text)
        found: list[tuple[int, int]] = []
        for word, parts in self._words:
            found += _places(word, folded) or [place for part in parts for place in _places(part, folded)]
        return tuple(_joined(found))

    def _parts(self, word: str) -> tuple[str, ...]:
        return tuple(self._analyzer.bigrams(word)) if len(word) > 2 else ()


def whole_repairs(spans: Iterable[tuple[int, int]], document: Document, start: int) -> tuple[tuple[int, int], ...]:
    """``spans``, which count from ``start`` of the document, widened so that none begins or ends inside of a repair.

    What a repair put there stands for what was in the source as a whole; half of it stands for nothing.  Where it
    exchanged as many characters as there were (another script), each stands for its own.
    """
    repairs = [
        (repair.start - start, repair.start - start + len(repair.after))
        for repair in document.repairs
        if len(repair.before) != len(repair.after)
    ]
    widened = []
    for low, high in spans:
        cut = [(a, b) for a, b in repairs if a < low < b or a < high < b]
        widened.append((max(0, min([low, *(a for a, _ in cut)])), max([high, *(b for _, b in cut)])))
    return tuple(_joined(widened))


def make_snippet(text: str, highlights: Iterable[tuple[int, int]]) -> str:
    """One line of ``text`` where most ``highlights`` stand, each marked by 【】; … where it was cut."""
    spans = list(highlights)
    start = _best_start(spans, len(text))
    end = min(len(text), start + SNIPPET_LENGTH)
    pieces, done = ["…"] if start else [], start
    for low, high in spans:
        if start <= low and high <= end:
            pieces += (text[done:low], "【", text[low:high], "】")
            done = high
    pieces += (text[done:end], "…" if end < len(text) else "")
    return _BLANKS.sub(" ", "".join(pieces)).strip()


def _best_start(spans: list[tuple[int, int]], length: int) -> int:
    """Where to begin so that the most highlighted characters fit in, a few characters before the first."""
    best, covered = 0, 0
    for low, _ in spans:
        start = max(0, min(low - SNIPPET_LENGTH // 8, length - SNIPPET_LENGTH))
        inside = sum(b - a for a, b in spans if start <= a and b <= start + SNIPPET_LENGTH)
        if inside > covered:
            best, covered = start, inside
    return best


def _places(word: str, text: str) -> list[tuple[int, int]]:
    """Where ``word`` stands; a word of letters and digits not inside of a longer one."""
    found, at = [], text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_touches(word[0], text[at - 1 : at]) or _touches(word[-1], text[end : end + 1])):
            found.append((at, end))
        at = text.find(word, end)
    return found


def _touches(edge: str, neighbour: str) -> bool:
    return bool(_EDGE.match(edge) and _EDGE.match(neighbour))


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
