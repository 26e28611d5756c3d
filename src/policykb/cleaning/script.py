"""Traditional → Simplified characters, only where the text is written in Traditional ones."""

from __future__ import annotations

from functools import cache

import opencc

from policykb.cleaning.changes import NOTHING, Change, Outcome
from policykb.resources import word_list
from policykb.terms import RepairKind

_FEW = 3
"""So many Traditional characters may stand in a Simplified text (names, 著, 乾隆) before it is looked at closer."""

_EVERYDAY = "會發國們時來對這個為業務實進動體學員產種經過長關機開"
_SHORT = 1000
"""A Traditional text longer than this holds at least one of the everyday characters; to look for them is cheap."""

_SHARE_OF_TEXT = 0.03
_SHARE_OF_LINE = 0.08
"""A Traditional text differs from its Simplified form in 20 to 35 % of its characters (measured with OpenCC
1.4 on the five texts of the corpus), a Simplified text with names and quotations in less than 1 %."""


def simplify_script(text: str) -> Outcome:
    """Convert a Traditional text, or the Traditional lines of a mixed one, character by character.

    A stray Traditional character in a Simplified line stays: it is a name or the author's choice.
    """
    if len(text) > _SHORT and not any(character in text for character in _EVERYDAY):
        return NOTHING
    used = traditional_characters() & set(text)
    if not used or sum(map(text.count, used)) <= _FEW:
        return NOTHING
    whole = _share(text, used) >= _SHARE_OF_TEXT
    changes: list[Change] = []
    start = 0
    for line in text.split("\n"):
        if (whole and not used.isdisjoint(line)) or (
            _count(line, used) > _FEW and _share(line, used) >= _SHARE_OF_LINE
        ):
            changes += _line_changes(line, start)
        start += len(line) + 1
    return Outcome(tuple(changes))


def simplified(text: str) -> str:
    """The Simplified form of a Traditional ``text``, of the same length."""
    form = _converter().convert(text)
    if len(form) != len(text):
        form = "".join(one if len(one := _converter().convert(character)) == 1 else character for character in text)
    return _fix(form)


@cache
def simple_forms() -> dict[str, str]:
    """Traditional character → its Simplified form, as far as a single character tells."""
    every = [chr(code) for code in range(0x3400, 0xA000)]
    forms = _converter().convert("\n".join(every)).split("\n")
    return {one: form for one, form in zip(every, forms, strict=True) if one != form and len(form) == 1}


@cache
def traditional_characters() -> frozenset[str]:
    """The characters that have another form in Simplified script, without those that both scripts write."""
    return frozenset(simple_forms()) - set(_BOTH)


_BOTH = "乾著"


def _count(line: str, used: frozenset[str]) -> int:
    return sum(1 for character in line if character in used)


def _share(text: str, used: frozenset[str]) -> float:
    letters = sum(1 for character in text if "\u3400" <= character <= "\u9fff")
    return _count(text, used) / letters if letters else 0.0


def _line_changes(line: str, start: int) -> list[Change]:
    """A change a run of adjacent characters that differ."""
    form = simplified(line)
    changes: list[Change] = []
    run = 0
    for position in range(len(line) + 1):
        if position < len(line) and line[position] != form[position]:
            run += 1
        elif run:
            low = position - run
            changes.append(Change(start + low, start + position, form[low:position], RepairKind.SCRIPT))
            run = 0
    return changes


def _fix(text: str) -> str:
    """What OpenCC leaves: 著 is 着 except in the words of ``cleaning_zhu_words.txt``, and 乾部 is 干部."""
    if "著" in text:
        text = "".join("着" if c == "著" and not _keeps_zhu(text, i) else c for i, c in enumerate(text))
    for wrong, right in _fixes().items():
        text = text.replace(wrong, right)
    return text


def _keeps_zhu(text: str, position: int) -> bool:
    return text[position : position + 2] in _zhu_words() or text[max(0, position - 1) : position + 1] in _zhu_words()


@cache
def _zhu_words() -> frozenset[str]:
    return frozenset(word_list("cleaning_zhu_words.txt"))


@cache
def _fixes() -> dict[str, str]:
    pairs = [line.split() for line in word_list("cleaning_script_fixes.txt")]
    return {pair[0]: pair[1] for pair in pairs}


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
