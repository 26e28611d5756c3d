"""How much of a text is everyday Chinese: by that a right decoding is told from a wrong one."""

from __future__ import annotations

from functools import cache

from policykb.resources import word_list

SAMPLE = 4000
"""Characters outside of ASCII that are weighed; more change nothing."""


def wide_sample(text: str) -> str:
    """The first characters outside of ASCII."""
    return "".join(character for character in text[: 5 * SAMPLE] if character > "\x7f")[:SAMPLE]


def everyday_share(text: str) -> float:
    """The share of everyday characters and marks among the characters outside of ASCII; 0 where there are none."""
    sample = wide_sample(text)
    everyday = _everyday_characters()
    return sum(1 for character in sample if character in everyday) / len(sample) if sample else 0.0


@cache
def _everyday_characters() -> frozenset[str]:
    return frozenset("".join(word_list("reading_everyday_characters.txt")))
