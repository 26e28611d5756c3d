"""Where a borrowed text comes from: the place it speaks of, and how that place speaks of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from policykb.drafting.levels import PlaceKind, kind_of_place, place_kinds
from policykb.models import Document, Locality, Practice, Record
from policykb.places import Gazetteer

_PARTS = re.compile(".{1,8}?(?:街道|镇|乡|苏木|社区|居民区|村|嘎查)")


class PracticeSource(Record):
    """A practice and the document that it stands in."""

    practice: Practice
    document: Document


class Origin(NamedTuple):
    """The source's own place: its full name, its code, its kind; None where unknown.

    ``called`` are the names that the text may call it by where it has no code, ``unlisted`` those of all places of
    the document without one (townships, villages).
    """

    name: str | None = None
    code: str | None = None
    kind: PlaceKind | None = None
    called: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()


def origin_of(source: PracticeSource, gazetteer: Gazetteer) -> Origin:
    """The place that the practice belongs to.

    It is the practice's own where that is told, unless the document speaks for a place within it (全市 in the
    bulletin of a city of 福建); else the place that the document speaks for.  Where several fit, the kind
    stays open, and nothing is adapted to it.
    """
    document = source.document
    own = _own_place(source.practice.locality, document, gazetteer)
    voice = _voice(document, gazetteer)
    if own and voice and _within(voice, own, gazetteer) and not _uses(own, document.text, gazetteer):
        own = voice
    place = own or voice
    unlisted = _unlisted_names(document, gazetteer)
    if not place:
        return Origin(kind=_kind_by_words(document.text), unlisted=unlisted)
    called = () if place.code else (place.full_name, *_tails(place.name, gazetteer, last_only=True))
    return Origin(place.full_name, place.code, _kind(place, gazetteer), called, unlisted)


def foreign_names(practices: Iterable[PracticeSource], gazetteer: Gazetteer) -> list[str]:
    """What the documents of ``practices`` may call places that a search for full names does not find."""
    documents = {source.document.id: source.document for source in practices}.values()
    return [name for d in documents for name in (*_unlisted_names(d, gazetteer), *_short_names(d, gazetteer))]


def _unlisted_names(document: Document, gazetteer: Gazetteer) -> tuple[str, ...]:
    """What the document may call its places without a code: 七里河区西园街道, and 西园街道 alone."""
    names = [_tails(place.name, gazetteer) for place in document.localities if not place.code]
    return tuple(dict.fromkeys(name for tails in names for name in tails))


def _short_names(document: Document, gazetteer: Gazetteer) -> tuple[str, ...]:
    """What the document may call its places with a code in short: 闵行 for 闵行区."""
    divisions = (gazetteer.division(place.code) for place in document.localities if place.code)
    return tuple(dict.fromkeys(division.short for division in divisions if division and len(division.short) > 1))


def _tails(name: str, gazetteer: Gazetteer, *, last_only: bool = False) -> list[str]:
    """The name, and what of it stands below the gazetteer's divisions: as a whole, and each part of that.

    ``last_only`` leaves out the parts that lie above the place itself.
    """
    begins = max((mention.end for mention in gazetteer.find(name)), default=0)
    below = name[begins:]
    parts = _PARTS.findall(below)
    kept = parts[-1:] if last_only and "".join(parts) == below else [] if last_only else parts
    return list(dict.fromkeys(each for each in (name, below, *kept) if len(each) > 1))


def _own_place(name: str | None, document: Document, gazetteer: Gazetteer) -> Locality | None:
    if not name:
        return None
    known = [place for place in document.localities if name == place.name or place.full_name.endswith(name)]
    return known[0] if known else gazetteer.resolve(name, document.text[:2000])


def _voice(document: Document, gazetteer: Gazetteer) -> Locality | None:
    """The one place whose word for its whole (全市) the text uses most; None where there is not one."""
    places = document.localities
    counts = [_uses(place, document.text, gazetteer) for place in places]
    top = max(counts, default=0)
    best = [place for place, count in zip(places, counts, strict=True) if count == top]
    return best[0] if len(best) == 1 else None


def _kind(place: Locality, gazetteer: Gazetteer) -> PlaceKind | None:
    """The kind of a place, by its name with the ending (咸宁 → 咸宁市), as far as that is known."""
    division = gazetteer.division(place.code) if place.code else None
    return kind_of_place(division.name if division else place.full_name, place.level)


def _uses(place: Locality, text: str, gazetteer: Gazetteer) -> int:
    kind = _kind(place, gazetteer)
    return text.count(kind.whole) if kind else 0


def _within(inner: Locality, outer: Locality, gazetteer: Gazetteer) -> bool:
    codes = (inner.code, outer.code)
    return bool(codes[0] and codes[1] and codes[0] != codes[1] and gazetteer.within(codes[0], codes[1]))


def _kind_by_words(text: str) -> PlaceKind | None:
    """The kind that the text's words fit best: 全市 with 各县（市、区） is a prefecture, with 各乡镇 a county."""
    scores = [(_words_in(kind, text), kind) for kind in place_kinds() if kind.whole in text]
    top = max((score for score, _ in scores), default=0)
    best = [kind for score, kind in scores if score == top]
    return best[0] if len(best) == 1 else None


def _words_in(kind: PlaceKind, text: str) -> int:
    return sum(word in text for word in (kind.whole, kind.ours, kind.committee, *kind.units))
