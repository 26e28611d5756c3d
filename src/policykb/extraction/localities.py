"""Who does it: the place that governs a stretch of text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Self

from policykb.extraction.lexicon import alternation
from policykb.extraction.rules import Rules
from policykb.models import Document
from policykb.places import Gazetteer

_OPENING = 24
"""How many characters before a place may belong to the opening of its clause."""
_SENTENCE_ENDS = "。！？\n"
_REACH = 600
_MANY = 5
_TOWNSHIPS = ("街道", "镇", "乡", "社区", "居民区", "村")
_PARAGRAPH = 8000
_LEVELS = ("市", "县", "区", "镇", "乡", "街道", "社区", "村")
_EARLY = 300
_OFTEN = 3
_HEAD = 120
"""An organ that is a subject this near to the beginning is the one that the text is about."""


class Governor(NamedTuple):
    """A place that stands as the subject of its clause; it governs ``[start, scope_end)``."""

    start: int
    scope_end: int
    name: str
    passing: bool = False


class Governance(NamedTuple):
    """The governing places of a document in order, and the one it has where none of them reaches.

    Where the title names no place, the last place that opened a paragraph goes on in those without a subject.
    """

    governors: tuple[Governor, ...]
    main: str | None
    openers: tuple[Governor, ...] = ()

    @classmethod
    def of(cls, document: Document, shadow: str, rules: Rules, gazetteer: Gazetteer) -> Self:
        """Find the places that stand as subjects, and the document's own place."""
        places = find_places(shadow, document, rules, gazetteer)
        governors = tuple(_governors(places, shadow, rules))
        organs = list(_organs(shadow, document, rules))
        if not all(governor.passing for governor in governors):
            uses = Counter(organ.name for organ in organs)
            organs = [organ for organ in organs if organ.name.endswith(_TOWNSHIPS) and uses[organ.name] >= _OFTEN]
        governors = tuple(sorted([*governors, *organs]))
        governors = tuple(sorted([*governors, *_anaphors(governors, shadow, rules)]))
        main = _main(document, governors, places, shadow)
        titled = any(locality.name in document.title for locality in document.localities)
        return cls(governors, main, () if titled else _openers(governors, main, shadow))

    def at(self, position: int) -> str | None:
        """The last subject before ``position`` that reaches it, else the document's own place."""
        last = bisect_right(self.governors, position, key=lambda governor: governor.start)
        for governor in reversed(self.governors[max(0, last - 8) : last]):
            if position < governor.scope_end:
                return governor.name
        opener = bisect_right(self.openers, position, key=lambda governor: governor.start)
        return self.openers[opener - 1].name if opener else self.main


def _openers(governors: Sequence[Governor], main: str | None, shadow: str) -> tuple[Governor, ...]:
    """The subjects that open a paragraph; places within the document's own are its examples, not its successors."""
    return tuple(
        governor
        for governor in governors
        if not governor.passing
        and (governor.start < _OPENING or shadow.rfind("\n", governor.start - _OPENING, governor.start) >= 0)
        and (governor.name == main or not (main and main in governor.name))
    )


def _anaphors(governors: Sequence[Governor], shadow: str, rules: Rules) -> Iterator[Governor]:
    """该县, 全镇, 社区 as subjects: the last place of that level that was one."""
    firm = [governor for governor in governors if not governor.passing]
    last: dict[str, Governor] = {}
    at = 0
    for match in rules.pattern("anaphor").finditer(shadow):
        while at < len(firm) and firm[at].start < match.start():
            last |= {level: firm[at] for level in _LEVELS if firm[at].name.endswith(level)}
            at += 1
        referred = last.get(match["level"] or match["bare"])
        if referred:
            yield Governor(match.start("subject"), _next(shadow, match.end(), "\n"), referred.name)


class Place(NamedTuple):
    """The name of a place with what is written before and behind it: 福州市鼓楼区温泉街道军门社区."""

    start: int
    end: int
    name: str


def find_places(shadow: str, document: Document, rules: Rules, gazetteer: Gazetteer) -> list[Place]:
    """Divisions with the townships and villages behind them, and later places of those names standing alone."""
    chains = _chains(shadow, rules, gazetteer)
    below = {shadow[start:end] for whole, cuts in chains for start, end in cuts if end > start}
    known = {locality.name for locality in document.localities} | below
    spans = [whole for whole, _ in chains]
    if known:
        names = re.compile(alternation(name for name in known if len(name) > 1))
        starts = [start for start, _ in spans]
        for match in names.finditer(shadow):
            at = bisect_right(starts, match.start()) - 1
            if at < 0 or spans[at][1] <= match.start():
                spans.append(match.span())
    return [Place(start, end, document.text[start:end]) for start, end in sorted(set(spans))]


_Chain = tuple[tuple[int, int], list[tuple[int, int]]]


def _chains(shadow: str, rules: Rules, gazetteer: Gazetteer) -> list[_Chain]:
    """Divisions written one after the other as one place, with what is below them; and that part's spans."""
    chains: list[_Chain] = []
    pattern = rules.pattern("place_below")
    for mention in gazetteer.find(shadow):
        start = mention.start
        if chains and chains[-1][0][1] == start:
            start = chains.pop()[0][0]
        below = pattern.match(shadow, mention.end)
        end = below.end() if below else mention.end
        chains.append(((start, end), _cuts(shadow, mention.end, end)))
    return chains


def _cuts(shadow: str, start: int, end: int) -> list[tuple[int, int]]:
    """The names below the division, each on its own and all that follows it: 温泉街道, 军门社区."""
    cuts: list[tuple[int, int]] = []
    for match in re.finditer(r".{2,12}?(?:街道|镇|乡|苏木|居民区|社区|村(?!.{1,7}居民区)|嘎查)", shadow[start:end]):
        cuts += [(start + match.start(), start + match.end()), (start + match.start(), end)]
    return cuts


def _governors(places: Iterable[Place], shadow: str, rules: Rules) -> Iterator[Governor]:
    for place in places:
        before = shadow[max(0, place.start - _OPENING) : place.start]
        if shadow[place.end : place.end + 1] == "“":
            yield Governor(place.start, _next(shadow, place.end, "，。；、！？\n"), place.name, passing=True)
            continue
        if rules.pattern("not_subject").match(shadow, place.end):
            continue
        for rule in rules.text["subject_opening"]:
            if rule.pattern.search(before):
                passing = rule.yields == "passing"
                stops = _SENTENCE_ENDS if passing else "\n"
                yield Governor(place.start, _next(shadow, place.end, stops), place.name, passing)
                break


def _organs(shadow: str, document: Document, rules: Rules) -> Iterator[Governor]:
    """Organs and townships that a text names again, where no division is a subject: 城关派出所, 东风街道."""
    spans = [match.span("organ") for match in rules.pattern("organ").finditer(shadow)]
    names = {shadow[start:end] for start, end in spans}
    uses = Counter(match.group() for match in re.finditer(alternation(names), shadow)) if names else Counter()
    for start, end in spans:
        name = document.text[start:end]
        recurs = uses[shadow[start:end]] > 1 or start < _HEAD
        if recurs or not (document.localities or name.endswith(_TOWNSHIPS)):
            yield Governor(start, _next(shadow, end, "\n"), name)


def _next(shadow: str, start: int, stops: str) -> int:
    """Where the first of ``stops`` stands; a paragraph reaches ``_PARAGRAPH`` characters, a sentence ``_REACH``."""
    limit = start + (_PARAGRAPH if stops == "\n" else _REACH)
    return min((at for stop in stops if (at := shadow.find(stop, start, limit)) >= 0), default=min(limit, len(shadow)))


def _main(document: Document, governors: Sequence[Governor], places: list[Place], shadow: str) -> str | None:
    """The place of the title, else the subject of most clauses, else the first that is more than an example.

    None where many places are subjects and none stands out: an overview has no place of its own.
    """
    for locality in document.localities:
        if locality.name in document.title:
            return locality.name
    subjects = Counter(governor.name for governor in governors if not governor.passing)
    if subjects and not _is_late_organ(governors, places) and subjects.most_common(1)[0][1] * 2 > subjects.total():
        return subjects.most_common(1)[0][0]
    for locality in document.localities:
        uses = [place.start for place in places if locality.name in place.name]
        if not uses or not all(_is_example(shadow, at) for at in uses):
            return locality.name if subjects.total() < _MANY else None
    return None


def _is_late_organ(governors: Sequence[Governor], places: Sequence[Place]) -> bool:
    """Whether the only subject is no place but an organ that the text names late: one of its examples."""
    firm = [governor for governor in governors if not governor.passing]
    known = {place.name for place in places}
    return len(firm) == 1 and firm[0].start > _EARLY and firm[0].name not in known


def _is_example(shadow: str, at: int) -> bool:
    """Whether the place stands in 以X为例, 如X, 例如X."""
    sentence = shadow[at : at + 40]
    return (shadow[at - 1 : at] == "以" and "为例" in sentence) or shadow[at - 1 : at] in {"如", "像"}
