"""Figures in a borrowed text: which are the source's own and must be filled in anew, which belong to the method."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from policykb.models import Record
from policykb.resources import data_file

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_CHINESE = "零一二两三四五六七八九十百千万亿"
_LARGE = frozenset("十百千万亿")
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:[上中下]旬|[底初末])?"
    r"|(?:[今去明当同]年)?[0-9]{1,2}月(?:[0-9]{1,2}日|[上中下]旬|[底初末])"
)
_QUOTED = "“[^“”]{1,40}”|《[^《》]{1,80}》|〔[^〔〕]{1,10}〕"
_CLAUSE = re.compile("[，。；：！？\n]")
_CLAUSE_REACH = 200  # characters looked back; keeps a text without punctuation linear
_ITEM = re.compile("以及|[、和及]")


class Figure(NamedTuple):
    """A number at ``[start, end)`` of a text that is the source's own; ``label`` says what to fill in."""

    start: int
    end: int
    label: str


class _Measures(Record):
    """The words of ``data/drafting_figures.toml`` and the patterns made of them."""

    counted: tuple[str, ...]
    frequency: frozenset[str]
    limits: tuple[str, ...]
    phrases: tuple[str, ...]
    labels: Mapping[str, str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A number or a range of numbers, and the word for what it counts, which is left standing."""
        number = rf"(?:{NUMBER.pattern}|[{_CHINESE}]{{1,8}})(?:余|多)?(?:万|亿|千|百)?(?:余|多)?"
        ranged = rf"{number}(?:\s?(?:[-—–~～至到]|——)\s?{number})?"
        return re.compile(
            rf"(?<![0-9A-Za-z.+第{_CHINESE}])(?P<number>{ranged})(?P<unit>大?(?:{_any_of(self.counted)}))(?![{_CHINESE}])"
        )

    @cached_property
    def protected(self) -> re.Pattern[str]:
        """Stretches whose numbers are never figures: quoted names, titles, set phrases."""
        return re.compile(rf"{_QUOTED}|{_any_of(self.phrases)}")

    @cached_property
    def limit(self) -> re.Pattern[str]:
        """What follows the number of a time limit."""
        return re.compile(rf"(?:{_any_of(self.limits)})(?:之内|以内|内)")


@lru_cache(maxsize=1)
def _measures() -> _Measures:
    return _Measures(**tomllib.loads(data_file("drafting_figures.toml").read_text(encoding="utf-8")))


def figures(text: str, name: str = "") -> list[Figure]:
    """The source's own figures in ``text``, in order; ``name`` is that of the practice it describes.

    Numbers in Chinese count from ten up (百个示范点).  Not counted: what stands in quotation or title marks,
    numbers that the practice's name holds (6个100), the count of what is listed right before it
    (甲、乙、丙等3个), frequencies (每季度1次) and time limits (24小时内): these belong to the method.
    """
    measures = _measures()
    protected = [match.span() for match in measures.protected.finditer(text)]
    dates = [match.span() for match in _DATE.finditer(text) if not _touches(match.span(), protected)]
    found = [Figure(start, end, "时间") for start, end in dates]
    for match in measures.pattern.finditer(text):
        if _touches(match.span(), [*protected, *dates]) or _of_the_method(text, match, name, measures):
            continue
        share = match["unit"] in ("%", "％", "‰")
        label = measures.labels.get(match["unit"], "数量")
        found.append(Figure(match.start(), match.end() if share else match.start("unit"), label))
    return sorted(found)


def _of_the_method(text: str, match: re.Match[str], name: str, measures: _Measures) -> bool:
    number = match["number"]
    if number[0] in _CHINESE and not _LARGE & set(number):
        return True
    if _named(number, name) or measures.limit.match(text, match.end("number")):
        return True
    clause = _CLAUSE.split(text[max(match.start() - _CLAUSE_REACH, 0) : match.start()])[-1]
    if "每" in clause and match["unit"] in measures.frequency:
        return True
    listed = [item for item in _ITEM.split(clause.removesuffix("等")) if item]
    plain = len(listed) > 1 and not any(NUMBER.search(item) for item in listed)
    return plain and str(len(listed)) == number


def _named(number: str, name: str) -> bool:
    """Whether the practice's name holds the number: 100 in 6个100, 百 in 三个一百."""
    digits = NUMBER.findall(number)
    return set(digits) <= set(NUMBER.findall(name)) if digits else bool(_LARGE & set(number) & set(name))


def _touches(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
