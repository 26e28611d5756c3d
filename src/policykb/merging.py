"""The same practice named in many documents becomes one entry with all its mentions.

Names meet in whatever spelling (“三会一课”/三会一课制度, 1＋3＋N/1+3+N).  Places decide what is the same: the
practice of a county and of a town in it is one, that of two cities is two, which only know of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from policykb.display import Listing, Row, component_cells, components_line, entry_view
from policykb.extraction.names import code_of, normal_name
from policykb.models import Component, Document, Practice, Record
from policykb.places import Gazetteer
from policykb.places.divisions import codes_above
from policykb.resources import word_list
from policykb.terms import PracticeKind

_APART = frozenset({PracticeKind.ORGANIZATION, PracticeKind.PLATFORM})
"""An organ or a platform named after a practice (“敲门行动”领导小组) is another one."""
_SHORTEST_STEM = 2
_MOST_RELATED = 100


class EntryMention(Record):
    """One document's record of a practice."""

    document_id: str
    practice: Practice


class PracticeEntry(Record):
    """A practice over all documents.

    Name, kind, code and components are those of the mention with most members, the first of equals in order of
    the documents' ids; ``locality`` is the widest place named, None where no document tells.  ``related`` are
    the ids of the entries of the same name elsewhere, the first hundred of them.
    """

    shown: ClassVar = ("id", "full_name", "kind", "locality", "mentions", "related")

    id: str
    name: str
    full_name: str
    kind: PracticeKind
    code: str | None
    locality: str | None
    components: tuple[Component, ...]
    mentions: tuple[EntryMention, ...]
    related: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        best = next(one.practice for one in self.mentions if one.practice.id == self.id)
        return entry_view(best, [(m.document_id, m.practice) for m in self.mentions], n_related=len(self.related))


class Entries(Listing[PracticeEntry]):
    """Practices over all documents."""

    noun = "项做法（同一做法合为一项）"
    head = ("做法", "类型", "地区", "组成", "见于")
    looks = ("wide", "short", "wide", "", "short")

    def _cells(self, item: PracticeEntry) -> Sequence[object]:
        places = f"{len(item.mentions)} 处" + ("，他处另有" if item.related else "")
        return item.full_name, item.kind.zh, item.locality, components_line(item.components), places

    def _row(self, item: PracticeEntry) -> Row:
        return {
            "id": item.id,
            "name": item.name,
            "full_name": item.full_name,
            "kind": item.kind.value,
            "kind_label": item.kind.zh,
            "code": item.code,
            "locality": item.locality,
            **component_cells(item.components),
            "n_mentions": len(item.mentions),
            "n_documents": len({mention.document_id for mention in item.mentions}),
            "n_related": len(item.related),
        }


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
        widest = _Widest()
        for place in sorted(by_place, key=lambda place: (_depth(place), place)):
            at = widest.holding(place)
            if at is None:
                widest.add(place, len(parts))
                parts.append(by_place[place])
            else:
                parts[at] += by_place[place]
        if len(parts) == 1:
            return [sorted(parts[0] + placeless, key=_order)]
        return [*(sorted(part, key=_order) for part in parts), *([placeless] if placeless else [])]


_Path = tuple[str, str]
"""Where a place stands: its division's code and what is written below it; for an unknown one its text, turned round."""


class _Widest:
    """The places found so far that none holds, by what holds another place of theirs: no two are compared.

    A place holds another of the same division if what is written below it begins alike, and one of a division in
    its own; a whole province is too wide to hold another's practice.  Unknown places hold each other by their ends.
    """

    def __init__(self) -> None:
        self._whole: dict[_Path, int] = {}
        self._begun: dict[_Path, int] = {}

    def add(self, place: _Place, number: int) -> None:
        """Remember ``place`` as the one of that number; numbers rise."""
        paths = [("", place.text[::-1])] + ([(place.code, place.below)] if place.code else [])
        for code, below in paths:
            self._whole.setdefault((code, below), number)
            for end in range(len(below) + 1):
                self._begun.setdefault((code, below[:end]), number)

    def holding(self, place: _Place) -> int | None:
        """The lowest number of a place that is ``place`` or holds it, None where there is none."""
        code, below = (place.code, place.below) if place.code else ("", place.text[::-1])
        above = [(one, "") for one in codes_above(code) if _level(one) > 1] if code else []
        paths = [*((code, below[:end]) for end in range(len(below) + 1)), *above]
        numbers = [self._begun.get((code, below)), *map(self._whole.get, paths)]
        return min((number for number in numbers if number is not None), default=None)


def _level(code: str) -> int:
    """1 province, 2 prefecture, 3 county."""
    return 3 - code.endswith("00") - code.endswith("0000")


def _depth(place: _Place) -> int:
    """How low the place stands: its division's level, one more for what lies below it; 5 for an unknown one."""
    return _level(place.code) + bool(place.below) if place.code else 5


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
    ids = sorted(entry.id for entry in entries)[: _MOST_RELATED + 1]
    linked = (
        entry.model_copy(update={"related": tuple(i for i in ids if i != entry.id)[:_MOST_RELATED]})
        for entry in entries
    )
    return sorted(linked, key=lambda entry: entry.id)
