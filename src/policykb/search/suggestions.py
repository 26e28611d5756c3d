"""Near misses: what a person may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from policykb.resources import word_list
from policykb.search.synonyms import Synonyms
from policykb.segmentation import fold_name

LEAST_LIKENESS = 0.5
"""Half of the characters in the same order: “三会一刻” finds 三会一课, “空朝老人” 空巢老人."""


def suggest(text: str, names: Iterable[str], n: int = 3) -> list[str]:
    """The ``n`` of ``names`` most like ``text``, the most like first; none that shares nothing with it."""
    wanted = fold_name(text)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    scored: list[tuple[float, str]] = []
    for name in dict.fromkeys(names):
        matcher.set_seq1(fold_name(name))
        if matcher.real_quick_ratio() >= LEAST_LIKENESS and matcher.quick_ratio() >= LEAST_LIKENESS:
            scored.append((-matcher.ratio(), name))
    return [name for likeness, name in sorted(scored)[:n] if -likeness >= LEAST_LIKENESS]


def vocabulary(synonyms: Synonyms) -> list[str]:
    """The words that a query may have meant, names of practices aside: our subject's, and the synonyms'."""
    return sorted({*word_list("words.txt"), *synonyms.words()})
