"""Wrong glyphs that stand for another character (设臵 for 设置), put right where they make a word."""

from __future__ import annotations

from functools import cache

from policykb.cleaning.changes import NOTHING, Change, Outcome
from policykb.cleaning.language import load_language
from policykb.resources import data_file
from policykb.terms import RepairKind


def mend_glyphs(text: str) -> Outcome:
    """Replace each wrong glyph that makes a dictionary word with a neighbour when it is put right."""
    table = _glyphs()
    if not any(wrong in text for wrong in table):
        return NOTHING
    return Outcome(
        tuple(
            Change(at, at + 1, table[character], RepairKind.GLYPH)
            for at, character in enumerate(text)
            if character in table and _makes_word(text, at, table[character])
        )
    )


def _makes_word(text: str, at: int, right: str) -> bool:
    language = load_language()
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    return language.knows(before + right) or language.knows(right + after)


@cache
def _glyphs() -> dict[str, str]:
    lines = data_file("cleaning_glyphs.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[0]: row[1] for row in rows}
