"""The places that a document speaks of, the one that governs it first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from policykb.models import Locality
from policykb.places import Gazetteer, NameIndex, PlaceMention
from policykb.resources import word_list
from policykb.terms import AdminLevel

_NOT_MEANT = tuple(word_list("structure_place_followers.txt"))
_HAN = r"[\u4e00-\u9fff]"
_ZONE = re.compile(
    r"(?:国家级)?(?:经济技术开发区|经济开发区|高新技术产业开发区|高新技术开发区|工业园区|产业园区|保税区|经开区|高新区|开发区|新区)"
)
_ZONE_KINDS = (re.compile("(?:国家级)?经济(?:技术)?开发区"), re.compile("(?:国家级)?高新技术(?:产业)?开发区"))
_TOWN = re.compile(rf"{_HAN}{{1,5}}?(?:街道|镇|乡|苏木)")
_VILLAGE = re.compile(
    rf"{_HAN}{{1,8}}?(?:居民区|居委会|(?:社区|村)(?:第[一二三四五六七八九十]{{1,3}}居民区)?)(?![级干落])"
)
_BELOW = ((_ZONE, AdminLevel.COUNTY), (_TOWN, AdminLevel.TOWNSHIP), (_VILLAGE, AdminLevel.VILLAGE))
_PLACEHOLDER = re.compile(r"(?:[XxＸ×]{1,4}|某)(?:[省市州县区旗镇乡村]|街道|社区)(?![民])")
_PLACEHOLDER_LEVELS = {
    "省": AdminLevel.PROVINCE,
    "市": AdminLevel.PREFECTURE,
    "州": AdminLevel.PREFECTURE,
    "县": AdminLevel.COUNTY,
    "区": AdminLevel.COUNTY,
    "旗": AdminLevel.COUNTY,
    "镇": AdminLevel.TOWNSHIP,
    "乡": AdminLevel.TOWNSHIP,
    "街道": AdminLevel.TOWNSHIP,
    "村": AdminLevel.VILLAGE,
    "社区": AdminLevel.VILLAGE,
}
_KINDS = frozenset("省市州盟县区旗道镇乡村")
_NO_NAMES = word_list("structure_not_in_place_names.txt")
_NO_CHARACTER = re.compile(r"[的以和与为在对把将向等是了有各全从到及或市县区省]")
_NO_FIRST = re.compile(r"[各全本该每个多所有党由]")


class _Found(NamedTuple):
    """``key`` is equal for names of one place, whatever stands above it in the text."""

    locality: Locality
    start: int
    key: tuple[str, str]


class _Chain(NamedTuple):
    """A town or village behind a division: the mentions it took, the division, the names below it."""

    found: _Found
    end: int
    positions: range
    above: Locality
    names: tuple[tuple[str, AdminLevel], ...]


class Places(NamedTuple):
    """``localities`` in order of weight, ``remarks`` on names that may mean several places."""

    localities: tuple[Locality, ...]
    remarks: tuple[str, ...]


def find_localities(
    gazetteer: Gazetteer, text: str, weighty: Sequence[str], *, context: str = "", on: str | None = None
) -> Places:
    """The places of ``text``; those in ``weighty`` (title, authority) come first, then the more frequent ones.

    A place named only as part of another name (酒泉日报, 四川农业大学), or in ``context``, is none that the text
    speaks of, but it helps to tell which of several places of a name is meant.
    """
    mentions = gazetteer.find("\n".join((text, *weighty, context)), on=on)
    inside = [m for m in mentions if m.end <= len(text) and not text.startswith(_NOT_MEANT, m.end)]
    chains = _chains(gazetteer, text, inside)
    covered = {position for chain in chains for position in chain.positions}
    found = [chain.found for chain in chains] + _named_alone(text, chains) + _placeholders(text)
    for position, mention in enumerate(inside):
        if position not in covered and not _leads(inside, position) and len(mention.divisions) == 1:
            division = mention.divisions[0]
            found.append(_Found(gazetteer.locality(division, mention.name), mention.start, (division.code, "")))
    unclear = sorted({m.name for m in inside if len(m.divisions) > 1 and any(d.name == m.name for d in m.divisions)})
    remarks = tuple(f"地名“{name}”不止一处，文中未说明是哪一处" for name in unclear)
    return Places(_ranked(found, weighty), remarks)


def _leads(mentions: Sequence[PlaceMention], position: int) -> bool:
    """Whether the mention only leads to a place within it right behind: 浙江 in 浙江宁波市奉化区."""
    if position + 1 == len(mentions):
        return False
    mention, following = mentions[position], mentions[position + 1]
    codes = {division.code[:2] for division in mention.divisions}
    return mention.end == following.start and any(division.code[:2] in codes for division in following.divisions)


def _chains(gazetteer: Gazetteer, text: str, mentions: Sequence[PlaceMention]) -> list[_Chain]:
    """Towns and villages named right behind a division: 七里河区西园街道西园社区."""
    chains: list[_Chain] = []
    for position, mention in enumerate(mentions):
        if len(mention.divisions) != 1 or _leads(mentions, position):
            continue
        below_county = mention.divisions[0].level is AdminLevel.COUNTY
        ends = _extend(text, mention.end, below_county=below_county)
        if not ends:
            continue
        first = position
        while first and _leads(mentions, first - 1):
            first -= 1
        start, (end, level) = mentions[first].start, ends[-1]
        above = gazetteer.locality(mention.divisions[0])
        locality = Locality(name=text[start:end], full_name=above.full_name + text[mention.end : end], level=level)
        parts = pairwise([mention.end, *(end for end, _ in ends)])
        names = tuple((text[a:b], level) for (a, b), (_, level) in zip(parts, ends, strict=True))
        found = _Found(locality, start, _key(above, names[-1][0]))
        chains.append(_Chain(found, end, range(first, position + 1), above, names))
    return chains


def _named_alone(text: str, chains: Sequence[_Chain]) -> list[_Found]:
    """Further places at which a town or village of a chain is named without what is above it."""
    known: dict[str, tuple[Locality, tuple[str, str]]] = {}
    for chain in chains:
        full_name = chain.above.full_name
        for name, level in chain.names:
            full_name += name
            known.setdefault(name, (Locality(name=name, full_name=full_name, level=level), _key(chain.above, name)))
    starts = [chain.found.start for chain in chains]
    found: list[_Found] = []
    for start, end in NameIndex(known).find(text):
        before = bisect_right(starts, start) - 1
        if before < 0 or start >= chains[before].end:
            locality, key = known[text[start:end]]
            found.append(_Found(locality, start, key))
    return found


def _key(above: Locality, name: str) -> tuple[str, str]:
    """A town's or village's own name with the prefecture that it lies in; a zone has a long and a short name."""
    return ((above.code or "")[:4], _ZONE_KINDS[0].sub("经开区", _ZONE_KINDS[1].sub("高新区", name)))


def _extend(text: str, at: int, *, below_county: bool) -> list[tuple[int, AdminLevel]]:
    """The ends and levels of the names of zone, town and village right behind a division, in order.

    A village counts only behind a town or a county.
    """
    ends: list[tuple[int, AdminLevel]] = []
    for pattern, level in _BELOW:
        match = pattern.match(text, at)
        if match and _is_name(match[0]) and (level is not AdminLevel.VILLAGE or ends or below_county):
            at = match.end()
            ends.append((at, level))
    return ends


def _is_name(text: str) -> bool:
    """Whether ``text`` reads as the proper name of a town or a village."""
    return not (_NO_FIRST.match(text) or _NO_CHARACTER.search(text[:-2]) or any(word in text for word in _NO_NAMES))


def _placeholders(text: str) -> list[_Found]:
    """Places whose name was struck out, with those above and below them: XX县, XX市XX县红旗镇, 某镇."""
    found: list[_Found] = []
    first = behind = -1
    for match in _PLACEHOLDER.finditer(text):
        if match[0][0] == "某" and (match.start() == 0 or text[match.start() - 1] in "的一"):
            continue
        first = first if behind == match.start() else match.start()
        behind = match.end()
        if _PLACEHOLDER.match(text, behind):
            continue
        level = _PLACEHOLDER_LEVELS[match[0].lstrip("XxＸ×某")]
        ends = _extend(text, behind, below_county=level is AdminLevel.COUNTY)
        end, level = ends[-1] if ends else (behind, level)
        name, full_name = text[first if ends else match.start() : end], text[first:end]
        found.append(_Found(Locality(name=name, full_name=full_name, level=level), first, ("", full_name)))
    return found


def _ranked(found: Iterable[_Found], weighty: Sequence[str]) -> tuple[Locality, ...]:
    """Each place once, under the fullest of its usual names; the weighty ones first, then the more frequent."""
    groups: dict[tuple[str, str], list[_Found]] = {}
    for item in sorted(found, key=lambda item: item.start):
        groups.setdefault(item.key, []).append(item)

    def weight(group: list[_Found]) -> tuple[int, int, int]:
        names = {item.locality.name for item in group}
        named = sum(any(name in text for name in names) for text in weighty)
        return (-named, -len(group), group[0].start)

    return tuple(_named(group) for group in sorted(groups.values(), key=weight))


def _named(group: Sequence[_Found]) -> Locality:
    """The locality of a group: with all that is above it if any mention says so, and the kind rather than without.

    Of a town or village the name that says most.
    """
    longest = max(len(item.locality.full_name) for item in group)
    fullest = [item.locality for item in group if len(item.locality.full_name) == longest]
    if fullest[0].code is None:
        return max(fullest, key=lambda locality: len(locality.name))
    counts = Counter(locality.name for locality in fullest)
    return max(fullest, key=lambda locality: (locality.name[-1] in _KINDS, counts[locality.name]))
