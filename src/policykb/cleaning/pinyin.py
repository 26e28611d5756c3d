"""Injected readings: a mirror site put the Pinyin in brackets behind the characters it had converted."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from policykb.cleaning.changes import NOTHING, Change, Outcome
from policykb.cleaning.script import traditional_characters
from policykb.resources import word_list
from policykb.terms import RepairKind

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_VOWELS = frozenset(TONED)
_READING = re.compile(rf"[(（]([a-zü{TONED}]{{1,6}})[)）]")
_SWALLOWED = re.compile(rf"[?\ufffd]([a-zü{TONED}]{{1,6}})[)）]")
_ENOUGH = 5
_ENOUGH_TONELESS = 10
_VARIED = 3
"""So many readings without tones, and different ones among them, are no abbreviations (ai) or names."""

_TONELESS = frozenset("的地得着了过们子么吗呢吧啊呀嘛")
_ENOUGH_BEHIND_TRADITIONAL = 2
"""Fewer readings than this in a text are an author's: a textbook explains a rare character now and then."""


def drop_readings(text: str) -> Outcome:
    """Delete every injected reading: a bracket that holds one valid syllable with its tone mark.

    A syllable without a tone mark goes behind a Traditional character (們(men)), behind one that is read without a
    tone (的(de)), and where a text reads many characters without tones, always the same one alike (中(zhong)).
    Brackets like (a), (n) and (二) stay, and so do the readings of a text that holds only a few.
    """
    if "(" not in text and "（" not in text:
        return NOTHING
    hits = [m for m in _READING.finditer(text) if m.start() and is_syllable(m[1])]
    if not hits:
        return NOTHING
    traditional = traditional_characters()
    toned = [m for m in hits if is_toned(m[1])]
    few = _ENOUGH_BEHIND_TRADITIONAL if all(text[m.start() - 1] in traditional for m in toned) else _ENOUGH
    if len(toned) < few:
        return _drop_toneless(text, hits)
    return Outcome(
        tuple(
            Change(m.start(), m.end(), "", RepairKind.PINYIN)
            for m in hits
            if is_toned(m[1]) or text[m.start() - 1] in traditional or text[m.start() - 1] in _TONELESS
        )
    )


def _drop_toneless(text: str, hits: list[re.Match[str]]) -> Outcome:
    """The readings of a text that marks no tones: syllables of several letters, and each character has but one."""
    plain = [m for m in hits if len(m[1]) > 1 and "\u4e00" <= text[m.start() - 1] <= "\u9fff"]
    readings = {(text[m.start() - 1], m[1]) for m in plain}
    characters = {character for character, _ in readings}
    if len(plain) < _ENOUGH_TONELESS or len(characters) < len(readings) or len({m[1] for m in plain}) < _VARIED:
        return NOTHING
    return Outcome(tuple(Change(m.start(), m.end(), "", RepairKind.PINYIN) for m in plain))


def swallowed_reading(text: str, at: int) -> re.Match[str] | None:
    """``?cè)`` at ``at``: a reading whose opening bracket a lost byte took along."""
    found = _SWALLOWED.match(text, at)
    return found if found and is_toned(found[1]) and is_syllable(found[1]) else None


def is_toned(syllable: str) -> bool:
    """Whether the syllable bears a tone mark."""
    return not _VOWELS.isdisjoint(syllable)


def is_syllable(reading: str) -> bool:
    """Whether ``reading`` is a syllable of Mandarin, its tone mark aside."""
    plain = unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", reading) if c not in _TONES))
    return plain in _syllables()


_TONES = "\u0300\u0301\u0304\u030c"


@cache
def _syllables() -> frozenset[str]:
    return frozenset(syllable for line in word_list("cleaning_syllables.txt") for syllable in line.split())
