"""A sentence of a source, made fit for the target: its level words, its place names, its figures.

Only what is certain is changed, and each change is noted; what is not certain stays as it is, and
``residue`` finds it afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policykb.blocks import Run
from policykb.drafting.figures import Figure, figures
from policykb.drafting.levels import PlaceKind
from policykb.drafting.names import persons
from policykb.drafting.origin import Origin
from policykb.drafting.phrasing import phrasing
from policykb.drafting.profile import Profile
from policykb.places import Gazetteer
from policykb.segmentation import Segmenter, Token
from policykb.terms import AdminLevel

_ORGANS = frozenset({AdminLevel.PROVINCE, AdminLevel.PREFECTURE, AdminLevel.COUNTY})
_ORGAN_ENDS = ("委", "政府")
_CLAUSE_END = "，。；：、“‘"
_LISTED = "、和与及"
_NOT_BEHIND_UNITS = "委直级局办"
_BELOW = re.compile("(?![各全所多市县区乡镇农城])[\u4e00-\u9fff]{1,4}(?:镇|乡(?!镇)|街道|苏木)")
_LEVEL_LIST = re.compile("[省市州县区旗]、$")


class Change(NamedTuple):
    """``text[start:end]`` becomes ``after``; ``label`` is set where the clerk must fill in a figure."""

    start: int
    end: int
    after: str
    label: str | None = None


class _Place(NamedTuple):
    start: int
    end: int
    own: bool
    above: bool


class Adapted(NamedTuple):
    """A sentence after adaptation: its runs (without comments), and what was changed."""

    runs: tuple[Run, ...]
    changes: tuple[tuple[str, Change], ...]


class Adapter:
    """Adapts what one source says to one target."""

    def __init__(self, origin: Origin, profile: Profile, gazetteer: Gazetteer, segmenter: Segmenter) -> None:
        """Work out once which words become which."""
        self._origin = origin
        self._target = profile
        self._gazetteer = gazetteer
        self._segmenter = segmenter
        self._words = _word_table(origin.kind, profile)
        unlisted = sorted({*origin.unlisted, *origin.called}, key=lambda name: (-len(name), name))
        self._unlisted = re.compile("|".join(map(re.escape, unlisted)) or "(?!)")

    def adapt(self, text: str, name: str = "") -> Adapted:
        """``text`` with its changes; ``name`` is that of the practice, whose numbers stay."""
        tokens = self._segmenter.tokens(text)
        borders = {0, *(token.end for token in tokens)}
        candidates = [*_opener(text), *self._place_changes(text, borders), *self._word_changes(text, tokens)]
        asked = [
            *figures(text, name),
            *(Figure(*span, "姓名") for span in persons(text) if text[slice(*span)] not in name),
        ]
        candidates += [Change(start, end, f"【待填：{label}】", label) for start, end, label in asked]
        changes = [c for c in _without_overlaps(candidates) if text[c.start : c.end] != c.after]
        edits = tuple((text[change.start : change.end], change) for change in changes)
        return Adapted(tuple(_runs(text, changes)), edits)

    def foreign_places(self, text: str) -> list[str]:
        """The places in ``text`` that are neither the source's own nor above it."""
        return [text[place.start : place.end] for place in self._places(text) if not place.own and not place.above]

    def _places(self, text: str) -> list[_Place]:
        """The places of ``text`` in order: those of the gazetteer, and those that only the document knows."""
        code = self._origin.code
        above = {division.code for division in self._gazetteer.ancestors(code)} if code else set()
        found = [
            _Place(*match.span(), match.group() in self._origin.called, False)
            for match in self._unlisted.finditer(text)
        ]
        for mention in self._gazetteer.find(text):
            codes = {division.code for division in mention.divisions}
            if not any(other.start < mention.end and mention.start < other.end for other in found):
                found.append(_Place(mention.start, mention.end, code in codes, bool(codes & above)))
        return sorted(found)

    def _place_changes(self, text: str, borders: set[int]) -> Iterator[Change]:
        """The source's own place becomes the target, or goes where it is the subject.

        What stands above it right before goes with it (湖北省咸宁市).
        """
        if not self._origin.kind:
            return
        places = self._places(text)
        begin, end = 0, -1
        for place in places:
            begin = begin if place.start == end else place.start
            end = place.end if place.above else -1
            if place.own and not _in_title(text, begin) and not _is_listed(text, begin, place.end, places):
                if _begins_clause(text, begin) and _verb_follows(text, place.end, borders):
                    yield Change(begin, place.end, "")
                elif not self._goes_on(text, place.end) and not any(other.start == place.end for other in places):
                    yield Change(begin, place.end, self._target_name(text[place.start : place.end]))

    def _goes_on(self, text: str, position: int) -> bool:
        """Whether the place's name leads to what the target does not have: a town, or from a township's view a 市委."""
        has_organs = self._target.level in _ORGANS
        return bool(_BELOW.match(text, position)) or (not has_organs and text.startswith(_ORGAN_ENDS, position))

    def _target_name(self, source_name: str) -> str:
        """The target's name, short where the source's is (咸宁 → 曲阳)."""
        kind, target = self._origin.kind, self._target
        short = kind is not None and not source_name.endswith(kind.ending)
        ending = target.kind.ending if target.kind else ""
        return target.name.removesuffix(ending) if short and len(target.name) - len(ending) > 1 else target.name

    def _word_changes(self, text: str, tokens: Sequence[Token]) -> Iterator[Change]:
        """Level words that are words there: 全市 but not 全市场, 市委 also in 市委书记."""
        words_at = {token.start: token.text for token in tokens}
        borders = {token.end for token in tokens}
        for before, after in self._words.items():
            for match in re.finditer(before, text):
                start, end = match.span()
                whole = start in words_at and (end in borders or words_at[start].startswith(before))
                whole |= before.endswith(_ORGAN_ENDS) and _begins_clause(text, start)
                whole = whole and not (before[0] == "各" and text[end : end + 1] in tuple(_NOT_BEHIND_UNITS))
                if whole and not _in_title(text, start) and not _LEVEL_LIST.search(text, max(start - 2, 0), start):
                    yield Change(start, end, after)


def _word_table(source: PlaceKind | None, target: Profile) -> dict[str, str]:
    """Which word becomes which, the longest first; empty where either side's kind is not known.

    Organs (委, 政府, 直属) and the units below correspond to each other from the province down to the county
    only: 街道党工委, 村委会 and 各村 mean the same in every text.
    """
    kind = target.kind
    if not source or not kind:
        return {}
    slots = ["whole", "ours"]
    table = {}
    if source.level in _ORGANS:
        table = dict.fromkeys(source.units, target.units or kind.units[0])
        slots += ["committee", "government", "direct"] if kind.level in _ORGANS else []
    pairs = (
        (before, getattr(kind, slot))
        for slot in slots
        for before in (getattr(source, slot), *source.also.get(slot, ()))
    )
    table |= {before: after for before, after in pairs if before and after}
    ordered = sorted(table.items(), key=lambda pair: -len(pair[0]))
    return dict(ordered)  # also what stays as it is: 各乡镇（街道） must not be read as 各乡镇 and more


def _opener(text: str) -> Iterator[Change]:
    """What ties the sentence to another or to its year (2023年以来，) goes."""
    words = phrasing()
    length = max((len(opener) for opener in words.openers if text.startswith(opener)), default=0)
    dated = words.dated_opener.match(text, length)
    if end := dated.end() if dated else length:
        yield Change(0, end, "")


def _is_listed(text: str, begin: int, end: int, places: Sequence[_Place]) -> bool:
    """Whether another place stands beside it in a list: 黑龙江、山东、福建等地."""
    before = text[begin - 1 : begin] in tuple(_LISTED) and any(place.end == begin - 1 for place in places)
    return before or (text[end : end + 1] in tuple(_LISTED) and any(place.start == end + 1 for place in places))


def _begins_clause(text: str, position: int) -> bool:
    return position == 0 or text[position - 1] in _CLAUSE_END


def _verb_follows(text: str, position: int, borders: set[int]) -> bool:
    """Whether a word that needs a subject begins here, by the borders of words."""
    words = phrasing().after_subject
    longest = max(map(len, words))
    return any(position + n in borders and text[position : position + n] in words for n in range(1, longest + 1))


def _in_title(text: str, position: int) -> bool:
    """Whether the place lies between 《 and 》: the name of a document is not changed."""
    return text.rfind("《", 0, position) > text.rfind("》", 0, position)


def _without_overlaps(changes: list[Change]) -> list[Change]:
    """In order of place; of two that overlap the earlier, of two that begin together the longer."""
    kept: list[Change] = []
    for change in sorted(changes, key=lambda change: (change.start, -change.end)):
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return kept


def _runs(text: str, changes: list[Change]) -> Iterator[Run]:
    pending, done = "", 0
    for change in changes:
        pending += text[done : change.start]
        done = change.end
        if change.label is None:
            pending += change.after
            continue
        if pending:
            yield Run(text=pending)
        yield Run(text=change.after, missing=True)
        pending = ""
    pending += text[done:]
    if pending:
        yield Run(text=pending)
