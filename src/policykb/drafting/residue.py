"""What in a draft may not be the target's own: foreign places, level words, dated phrases, unsupported numbers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from policykb.blocks import HEADINGS, Block, BlockKind, Run
from policykb.drafting.draft import Residue
from policykb.drafting.figures import NUMBER
from policykb.drafting.levels import not_before, place_kinds, words_of_other_levels
from policykb.drafting.names import local_places
from policykb.drafting.profile import Profile
from policykb.places import Gazetteer, PlaceMention
from policykb.resources import data_file
from policykb.segmentation import Segmenter
from policykb.terms import AdminLevel, ResidueKind

_ORGANS = (AdminLevel.PROVINCE, AdminLevel.PREFECTURE, AdminLevel.COUNTY)
_PLACES = MappingProxyType({BlockKind.TITLE: "标题", BlockKind.SIGNATURE: "落款", BlockKind.DATE: "落款"})
_COUNTING = ("序号", "名次")
_ORDINAL = re.compile(r"^(?:附件[:：])?[（(]?[0-9]{1,3}(?:[.．](?![0-9])|[）)])")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_RELATIVE = "今去明近日目最截"
_SPEAKING_FOR = "全我各"
_CHAIN = re.compile("[省市州县区乡镇村](?:、?[省市州县区乡镇村]){1,4}(?=[两二三四五]级|联动)")


class Told(NamedTuple):
    """What a draft was made of, beside the profile.

    ``places`` are names known to be foreign (villages that the gazetteer does not hold), ``quotes`` texts that
    support the numbers they hold; ``data`` is what else the clerk gave: as the profile.
    """

    places: Sequence[str] = ()
    quotes: Sequence[str] = ()
    data: object = None


def find_foreign(
    blocks: Sequence[Block], profile: Profile, gazetteer: Gazetteer, segmenter: Segmenter, year: int | None
) -> list[Residue]:
    """What in a finished text of ``profile`` is foreign to it: places, words of other levels, what is out of date.

    Nobody knows where its figures come from, so these are not judged.  Superiors may be named (市委) but not
    spoken for (全市, 我市).  ``year`` is that of the document: it and the year before are not out of date, nor is 今年.
    """
    checker = _Checker(profile, gazetteer, segmenter, Told())
    found: dict[Residue, None] = {}
    for where, text, _ in _stretches(blocks):
        for piece, kind in checker.check_finished(text, year):
            found.setdefault(Residue(text=piece, kind=kind, where=where))
    return list(found)


def find_residue(
    blocks: Sequence[Block], profile: Profile, gazetteer: Gazetteer, segmenter: Segmenter, told: Told
) -> list[Residue]:
    """Everything in ``blocks`` that a clerk should look at, each text once a heading, in order of its place."""
    checker = _Checker(profile, gazetteer, segmenter, told)
    found: dict[Residue, None] = {}
    for where, text, borrowed in _stretches(blocks):
        for piece, kind in checker.check(text, borrowed):
            found.setdefault(Residue(text=piece, kind=kind, where=where))
    return list(found)


def _stretches(blocks: Sequence[Block]) -> Iterator[tuple[str, str, bool]]:
    """For each stretch of a block with one origin: the headings above, the text, whether it was borrowed."""
    trail: dict[BlockKind, str] = {}
    for block in blocks:
        if block.kind in HEADINGS:
            trail = {kind: text for kind, text in trail.items() if HEADINGS.index(kind) < HEADINGS.index(block.kind)}
            trail[block.kind] = block.text
        where = _PLACES.get(block.kind) or " ".join(trail.values()) or "开头"
        for runs in _checked(block):
            yield from ((where, text, borrowed) for text, borrowed in _by_origin(runs))


def _checked(block: Block) -> Iterator[Sequence[Run]]:
    """The stretches of a block without what merely counts them: numbers of headings, of items, of rows."""
    if block.kind in HEADINGS:
        yield block.runs[1:]
    elif block.table:
        counted = [head.text in _COUNTING for head in block.table.head]
        for row in (block.table.head, *block.table.rows):
            yield from (cell.runs for cell, counts in zip(row, counted, strict=False) if not counts)
    elif block.runs and block.runs[0].comment is None:
        first = block.runs[0]
        yield (first.model_copy(update={"text": _ORDINAL.sub("", first.text)}), *block.runs[1:])
    else:
        yield block.runs


def _by_origin(runs: Sequence[Run]) -> Iterator[tuple[str, bool]]:
    text, borrowed = "", False
    for run in runs:
        if run.missing:
            continue
        if text and borrowed is not (run.comment is not None):
            yield text, borrowed
            text = ""
        text, borrowed = text + run.text, run.comment is not None
    if text:
        yield text, borrowed


class _Checker:
    """Knows what belongs to the target, and so what does not."""

    def __init__(self, profile: Profile, gazetteer: Gazetteer, segmenter: Segmenter, told: Told) -> None:
        self._gazetteer = gazetteer
        self._segmenter = segmenter
        self._own_text = " ".join(_texts([profile.model_dump(mode="json"), told.data]))
        self._codes = self._codes_of(profile)
        self._foreign_words = _foreign_words(profile)
        names = (name for name in told.places if name not in self._own_text and not self._is_above(name))
        self._places = frozenset(names)
        self._own_numbers = frozenset(_numbers(self._own_text))
        self._numbers = self._own_numbers.union(number for quote in told.quotes for number in _numbers(quote))

    def check(self, text: str, borrowed: bool) -> Iterator[tuple[str, ResidueKind]]:
        """The pieces of ``text`` to look at; level words and dated phrases count where it was borrowed."""
        yield from ((name, ResidueKind.LOCALITY) for name in self._foreign_places(text, borrowed))
        for phrase in _dated_phrases(text):
            if borrowed or not self._is_given(phrase):
                yield phrase, ResidueKind.DATED_REFERENCE
        if borrowed:
            yield from ((piece, ResidueKind.LEVEL_WORD) for piece in self._level_words(text))
        for number in _numbers(text):
            if number not in self._numbers:
                yield number, ResidueKind.NUMBER

    def check_finished(self, text: str, year: int | None) -> Iterator[tuple[str, ResidueKind]]:
        """The pieces of a finished text to look at."""
        yield from ((name, ResidueKind.LOCALITY) for name in self._foreign_places(text, borrowed=False))
        for phrase in _dated_phrases(text):
            told = _YEAR.search(phrase)
            is_recent = int(told[0]) >= year - 1 if told and year else year and phrase[0] in _RELATIVE
            if not is_recent and not self._is_given(phrase):
                yield phrase, ResidueKind.DATED_REFERENCE
        for piece in self._level_words(text):
            if piece[0] in _SPEAKING_FOR:
                yield piece, ResidueKind.LEVEL_WORD

    def _foreign_places(self, text: str, borrowed: bool) -> Iterator[str]:
        mentions = self._gazetteer.find(text)
        yield from (mention.name for mention in mentions if not self._is_own(mention))
        for name in self._unlisted(text) if borrowed else self._places_in(text):
            if not any(name in mention.name for mention in mentions):
                yield name

    def _is_above(self, name: str) -> bool:
        place = self._gazetteer.resolve(name)
        return place is not None and place.code in self._codes

    def _places_in(self, text: str) -> list[str]:
        """The names known to be foreign that stand in ``text``, none inside a longer one."""
        found = [name for name in sorted(self._places) if name in text]
        return [name for name in found if not any(name != other and name in other for other in found)]

    def _unlisted(self, text: str) -> list[str]:
        """Towns, villages and communities that no gazetteer holds, but for those of the profile."""
        known = self._places_in(text)
        shown = (text[slice(*span)] for span in local_places(text, self._segmenter))
        return known + [name for name in shown if name not in self._own_text and not any(name in one for one in known)]

    def _is_given(self, phrase: str) -> bool:
        """Whether the profile itself says it, or a date of the same numbers (2026-03-01 for 2026年)."""
        numbers = set(_numbers(phrase))
        return phrase in self._own_text or bool(numbers and numbers <= self._own_numbers)

    def _level_words(self, text: str) -> Iterator[str]:
        """Words of other kinds of places; 全… only between borders of words (not the 全社区 in 健全社区)."""
        borders = {0, *(token.end for token in self._segmenter.tokens(text))}
        for match in self._foreign_words.finditer(text):
            if match.group()[0] != "全" or {match.start(), match.end()} <= borders:
                yield match.group()
        yield from (match.group() for match in _CHAIN.finditer(text))

    def _is_own(self, mention: PlaceMention) -> bool:
        return mention.name in self._own_text or any(d.code in self._codes for d in mention.divisions)

    def _codes_of(self, profile: Profile) -> frozenset[str]:
        """The codes of the target and of what stands above it."""
        code = profile.code and profile.code[:6]
        if not code:
            place = self._gazetteer.resolve(profile.full_name or profile.name)
            code = place.code if place else None
        if not code:
            return frozenset()
        return frozenset({code, *(division.code for division in self._gazetteer.ancestors(code))})


def _foreign_words(profile: Profile) -> re.Pattern[str]:
    """How other kinds of places speak of themselves and their organs, the longest first; not what the target says."""
    own: set[str] = {profile.units} if profile.units else set()
    if profile.kind:
        own |= {*profile.kind.words().values(), *profile.kind.units, *profile.kind.also.get("government", ())}
    words: set[str | None] = set(words_of_other_levels(profile.level, profile.kind))
    for kind in place_kinds():
        words |= {kind.whole, kind.ours}
        if kind.level in _ORGANS:
            words |= {
                kind.committee,
                kind.government,
                kind.direct,
                *kind.units,
                *(w for also in kind.also.values() for w in also),
            }
    foreign = (word for word in words if word and not any(word in mine for mine in own))
    ordered = sorted(foreign, key=lambda word: (word[0], -len(word), word))
    groups = [
        (not_before(first), "|".join(map(re.escape, same))) for first, same in groupby(ordered, lambda word: word[0])
    ]
    return re.compile("|".join(f"(?<![{guard}])(?:{same})" if guard else f"(?:{same})" for guard, same in groups))


def _numbers(text: str) -> list[str]:
    """The numbers of ``text`` without leading zeros, so that a date in ISO form supports 3月1日."""
    return [number.lstrip("0") or "0" for number in NUMBER.findall(text)]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    elif value is not None:
        yield str(value)


def _dated_phrases(text: str) -> Iterator[str]:
    return (match.group() for pattern in _dated() for match in pattern.finditer(text))


@lru_cache(maxsize=1)
def _dated() -> tuple[re.Pattern[str], ...]:
    data = tomllib.loads(data_file("drafting_dated.toml").read_text(encoding="utf-8"))
    return tuple(re.compile(row["pattern"]) for row in data["phrase"])
