"""The same practice named in many documents becomes one entry with all its mentions.

Names meet in whatever spelling (“三会一课”/三会一课制度, 1＋3＋N/1+3+N).  Places decide what is the same: the
practice of a county and of a town in it is one, that of two cities is two, which only know of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from policykb.extraction.names import code_of, normal_name
from policykb.models import Component, Document, Practice, Record
from policykb.places import Gazetteer
from policykb.resources import word_list
from policykb.terms import PracticeKind

_APART = frozenset({PracticeKind.ORGANIZATION, PracticeKind.PLATFORM})
"""An organ or a platform named after a practice (“敲门行动”领导小组) is another one."""
_SHORTEST_STEM = 2


class EntryMention(Record):
    """One document's record of a practice."""

    document_id: str
    practice: Practice


class PracticeEntry(Record):
    """A practice over all documents.

    Name, kind, code and components are those of the mention with most members, the first of equals in order of
    the documents' ids; ``locality`` is the widest place named, None where no document tells.  ``related`` are
    the ids of the entries of the same name elsewhere.
    """

    id: str
    name: str
    full_name: str
    kind: PracticeKind
    code: str | None
    locality: str | None
    components: tuple[Component, ...]
    mentions: tuple[EntryMention, ...]
    related: tuple[str, ...] = ()


class _Place(NamedTuple):
    """A locality as far as it is known: the code of its lowest division, and what is written behind it."""

    code: str
    below: str
    text: str


def merge_practices(found: Iterable[tuple[Document, Iterable[Practice]]]) -> tuple[PracticeEntry, ...]:
    """One entry for each practice of ``found``, in order of name and id; the order of ``found`` does not matter."""
    places = _Places()
    groups: dict[str, list[tuple[EntryMention, _Place | None]]] = {}
    for document, practices in found:
        context = " ".join(locality.full_name for locality in document.localities)
        for practice in practices:
            mention = EntryMention(document_id=document.id, practice=practice)
            groups.setdefault(_name_key(practice), []).append((mention, places.of(practice.locality, context)))
    entries: list[PracticeEntry] = []
    for _, mentions in sorted(groups.items()):
        entries += _linked([_entry(part) for part in places.parted(sorted(mentions, key=_order))])
    return tuple(entries)


def _order(mention: tuple[EntryMention, _Place | None]) -> tuple[str, int, str]:
    return mention[0].document_id, mention[0].practice.start, mention[0].practice.id


def _name_key(practice: Practice) -> str:
    """The form in which spellings meet: a code also without the head noun inside the marks (12345工作法, 12345)."""
    name = normal_name(practice.name)
    for length in (4, 3, 2):
        stem = name[:-length]
        if len(stem) >= _SHORTEST_STEM and name[-length:] in _HEADS and code_of(stem):
            name = stem
            break
    return f"{name}·{practice.kind}" if practice.kind in _APART else name


_HEADS = frozenset(line.split()[1] for line in word_list("extraction_heads.txt"))


class _Places:
    """Tells which localities are one place; remembers the names it has resolved."""

    def __init__(self) -> None:
        self._gazetteer = Gazetteer.load()
        self._known: dict[tuple[str, str], _Place] = {}

    def of(self, name: str | None, context: str) -> _Place | None:
        """The place of a locality's name; ``context`` tells which of several of that name is meant."""
        if not name:
            return None
        if (name, context) not in self._known:
            self._known[name, context] = self._resolved(name, context)
        return self._known[name, context]

    def _resolved(self, name: str, context: str) -> _Place:
        mentions = self._gazetteer.find(name)
        end = mentions[-1].end if mentions else 0
        locality = self._gazetteer.resolve(name[mentions[-1].start : end], f"{context} {name}") if mentions else None
        code = (locality.code or "") if locality else ""
        return _Place(code, name[end:], name)

    def parted(
        self, mentions: Sequence[tuple[EntryMention, _Place | None]]
    ) -> list[list[tuple[EntryMention, _Place | None]]]:
        """The mentions by place; those without a place go with the others where these are one place only."""
        parts: list[list[tuple[EntryMention, _Place | None]]] = []
        placeless = [mention for mention in mentions if mention[1] is None]
        by_place: dict[_Place, list[tuple[EntryMention, _Place | None]]] = {}
        for mention in mentions:
            if mention[1] is not None:
                by_place.setdefault(mention[1], []).append(mention)
        widest: list[_Place] = []
        for place in sorted(by_place, key=lambda place: (_depth(place), place)):
            at = next((n for n, wider in enumerate(widest) if self._within(place, wider)), None)
            if at is None:
                widest.append(place)
                parts.append(by_place[place])
            else:
                parts[at] = parts[at] + by_place[place]
        if len(parts) == 1:
            return [sorted(parts[0] + placeless, key=_order)]
        return [*(sorted(part, key=_order) for part in parts), *([placeless] if placeless else [])]

    def _within(self, place: _Place, wider: _Place) -> bool:
        """Whether ``place`` is ``wider`` or lies in it; a whole province is too wide to hold another's practice."""
        if place.code and wider.code:
            if place.code == wider.code:
                return not wider.below or place.below.startswith(wider.below) or wider.below.startswith(place.below)
            return not wider.below and _depth(wider) > 1 and self._gazetteer.within(place.code, wider.code)
        return place.text.endswith(wider.text) or wider.text.endswith(place.text)


def _depth(place: _Place) -> int:
    """How low the place stands: 1 province, 2 prefecture, 3 county, 4 and 5 below; 5 also for an unknown one."""
    if not place.code:
        return 5
    level = 3 - place.code.endswith("00") - place.code.endswith("0000")
    return level + bool(place.below)


def _entry(mentions: Sequence[tuple[EntryMention, _Place | None]]) -> PracticeEntry:
    best = max((mention.practice for mention, _ in mentions), key=_worth)
    places = [place for _, place in mentions if place]
    widest = min(places, key=lambda place: (_depth(place), place), default=None)
    return PracticeEntry(
        id=best.id,
        name=best.name,
        full_name=best.full_name,
        kind=best.kind,
        code=best.code,
        locality=widest.text if widest else None,
        components=best.components,
        mentions=tuple(mention for mention, _ in mentions),
    )


def _worth(practice: Practice) -> tuple[int, bool]:
    """More members first, then a name with its head noun."""
    return sum(len(component.members) for component in practice.components), practice.full_name != practice.name


def _linked(entries: Sequence[PracticeEntry]) -> list[PracticeEntry]:
    """Each entry with the ids of the others of its name."""
    ids = sorted(entry.id for entry in entries)
    linked = (entry.model_copy(update={"related": tuple(i for i in ids if i != entry.id)}) for entry in entries)
    return sorted(linked, key=lambda entry: entry.id)
