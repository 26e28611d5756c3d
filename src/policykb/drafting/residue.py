"""What in a draft may not be the target's own: foreign places, level words, dated phrases, unsupported numbers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from types import MappingProxyType

from policykb.blocks import Block, BlockKind, Run
from policykb.drafting.draft import Residue
from policykb.drafting.figures import NUMBER
from policykb.drafting.levels import not_before_city, place_kinds, words_above
from policykb.drafting.markdown import HEADINGS
from policykb.drafting.profile import Profile
from policykb.places import Gazetteer, PlaceMention
from policykb.resources import data_file
from policykb.segmentation import Segmenter
from policykb.terms import AdminLevel, ResidueKind

_ORGANS = (AdminLevel.PROVINCE, AdminLevel.PREFECTURE, AdminLevel.COUNTY)
_PLACES = MappingProxyType({BlockKind.TITLE: "标题", BlockKind.SIGNATURE: "落款", BlockKind.DATE: "落款"})
_COUNTING = ("序号", "名次")
_ORDINAL = re.compile(r"^(?:附件[:：])?[（(]?[0-9]{1,3}(?:[.．](?![0-9])|[）)])")
_CHAIN = re.compile("[省市州县区乡镇村](?:、?[省市州县区乡镇村]){1,4}(?=[两二三四五]级|联动)")


def find_residue(
    blocks: Sequence[Block],
    profile: Profile,
    gazetteer: Gazetteer,
    segmenter: Segmenter,
    *,
    places: Iterable[str] = (),
    quotes: Iterable[str] = (),
    data: object = None,
) -> list[Residue]:
    """Everything in ``blocks`` that a clerk should look at, each text once a heading, in order of its place.

    ``places`` are further names known to be foreign (villages that the gazetteer does not hold); numbers that
    the profile or one of ``quotes`` holds are supported.  ``data`` is what else the clerk gave: as the profile.
    """
    checker = _Checker(profile, gazetteer, segmenter, data)
    checker.know(places, quotes)
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

    def __init__(self, profile: Profile, gazetteer: Gazetteer, segmenter: Segmenter, data: object) -> None:
        self._gazetteer = gazetteer
        self._segmenter = segmenter
        self._own_text = " ".join(_texts([profile.model_dump(mode="json"), data]))
        self._codes = self._codes_of(profile)
        self._foreign_words = _foreign_words(profile)
        self._places: frozenset[str] = frozenset()
        self._own_numbers = frozenset(_numbers(self._own_text))
        self._numbers = set(self._own_numbers)

    def know(self, places: Iterable[str], quotes: Iterable[str]) -> None:
        """Take in names that are known to be foreign, and texts that support the numbers they hold."""
        self._places = frozenset(name for name in places if name not in self._own_text)
        self._numbers.update(number for quote in quotes for number in _numbers(quote))

    def check(self, text: str, borrowed: bool) -> Iterator[tuple[str, ResidueKind]]:
        """The pieces of ``text`` to look at; level words and dated phrases count where it was borrowed."""
        for mention in self._gazetteer.find(text):
            if not self._is_own(mention):
                yield mention.name, ResidueKind.LOCALITY
        for name in sorted(self._places):
            if name in text:
                yield name, ResidueKind.LOCALITY
        for pattern in _dated():
            for match in pattern.finditer(text):
                if borrowed or not self._is_given(match.group()):
                    yield match.group(), ResidueKind.DATED_REFERENCE
        if borrowed:
            for piece in self._level_words(text):
                yield piece, ResidueKind.LEVEL_WORD
        for number in _numbers(text):
            if number not in self._numbers:
                yield number, ResidueKind.NUMBER

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
        own |= {*profile.kind.words().values(), *profile.kind.units}
    words: set[str | None] = set(words_above(profile.level))
    for kind in place_kinds():
        words |= {kind.whole, kind.ours}
        if kind.level in _ORGANS:
            words |= {kind.committee, kind.government, kind.direct, *kind.units}
    foreign = (word for word in words if word and not any(word in mine for mine in own))
    ordered = sorted(foreign, key=lambda word: (-len(word), word))
    guard = f"(?<![{not_before_city()}])(?=市)|(?!市)"
    return re.compile(f"(?:{guard})(?:{'|'.join(map(re.escape, ordered))})")


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


@lru_cache(maxsize=1)
def _dated() -> tuple[re.Pattern[str], ...]:
    data = tomllib.loads(data_file("drafting_dated.toml").read_text(encoding="utf-8"))
    return tuple(re.compile(row["pattern"]) for row in data["phrase"])
