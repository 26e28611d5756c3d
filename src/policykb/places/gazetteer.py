"""Finding the names of divisions in a text, and telling which of several of the same name is meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

from policykb.models import Locality
from policykb.places.divisions import Division, codes_above, load_divisions
from policykb.places.names import NameIndex
from policykb.resources import word_list
from policykb.terms import AdminLevel

_RANK = {AdminLevel.PROVINCE: 0, AdminLevel.PREFECTURE: 1, AdminLevel.COUNTY: 2}


class PlaceMention(NamedTuple):
    """A name at ``text[start:end]``.  Several ``divisions`` mean that the text does not tell which is meant."""

    name: str
    start: int
    end: int
    divisions: tuple[Division, ...]


class Gazetteer:
    """The divisions of China down to the county, by name and by code."""

    def __init__(self, divisions: Iterable[Division]) -> None:
        """Index ``divisions``; ``Gazetteer.load()`` gives those of the data files."""
        self._by_code: dict[str, Division] = {}
        self._by_name: dict[str, list[Division]] = {}
        self._county_shorts: dict[str, list[Division]] = {}
        for division in divisions:
            if not division.until or division.code not in self._by_code:
                self._by_code[division.code] = division
            self._add(division)
        self._drop_shadowed_shorts()
        self._bound = frozenset(word_list("places_bound.txt"))
        self._phrases = frozenset(word_list("places_phrases.txt"))
        self._crossing = frozenset(word_list("places_crossing.txt"))
        self._followers = tuple(word_list("places_followers.txt"))
        self._endings = {ending[0]: tuple(ending[1:]) for ending in _WORDS_FROM_LAST_CHARACTER}
        self._index = NameIndex((*self._by_name, *self._county_shorts, *self._phrases))

    @classmethod
    def load(cls) -> Self:
        """The gazetteer of the data files."""
        return cls(load_divisions())

    def find(self, text: str, *, on: str | None = None) -> list[PlaceMention]:
        """All names in ``text`` in order, without overlaps, the longest first where several begin.

        Names of provinces and prefectures count full and short, those of counties short only where the text
        shows that a place is meant: behind a division above them (浙江桐乡), before an organ (松桃县委), or
        when the full name stands elsewhere.  ``on`` is a date such as ``2012-03``: divisions of that time.
        Takes time in proportion to the length of the text.
        """
        mentions = [self._narrow(mention, on) for mention in self._scan(text)]
        mentions = [mention for mention in (self._before_organ(m, text) for m in mentions) if mention.divisions]
        full = {division.code for mention in mentions for division in mention.divisions if not self._is_short(mention)}
        kept: list[PlaceMention] = []
        for mention in mentions:
            before = kept[-1] if kept and kept[-1].end == mention.start else None
            chosen = self._below(mention, before)
            if self._counts(mention, chosen, text, full):
                kept.append(mention._replace(divisions=chosen or mention.divisions))
        above = {division.code for mention in kept if len(mention.divisions) == 1 for division in mention.divisions}
        return [mention._replace(divisions=self._by_context(mention.divisions, above)) for mention in kept]

    def resolve(self, name: str, context: str = "", *, on: str | None = None) -> Locality | None:
        """The one place that ``name`` means; None where there is none, or several and ``context`` does not tell.

        ``name`` may hold the divisions above (福建省福州市鼓楼区); ``context`` is any text that names them.
        """
        mentions = self.find(name, on=on)
        if not mentions or mentions[-1].end != len(name):
            last: tuple[Division, ...] = tuple(self._by_name.get(name, self._county_shorts.get(name, ())))
        else:
            last = mentions[-1].divisions
        last = _in_force(last, on)
        if len(last) > 1 and context:
            around = self.find(context, on=on)
            last = self._by_context(last, {d.code for m in around if len(m.divisions) == 1 for d in m.divisions})
        return self.locality(last[0]) if len(last) == 1 else None

    def division(self, code: str) -> Division | None:
        """The division of a code, None for an unknown one."""
        return self._by_code.get(code)

    def ancestors(self, code: str) -> tuple[Division, ...]:
        """The divisions above ``code``, the nearest first; none for a province or an unknown code."""
        return tuple(self._by_code[above] for above in codes_above(code) if above in self._by_code)

    def within(self, code: str, ancestor_code: str) -> bool:
        """Whether the division lies in the other one; every division lies in itself."""
        return code == ancestor_code or ancestor_code in codes_above(code)

    def locality(self, division: Division, name: str | None = None) -> Locality:
        """The record of a division; ``name`` is what the text calls it, else its own name."""
        full_name = "".join(above.name for above in reversed(self.ancestors(division.code))) + division.name
        return Locality(name=name or division.name, full_name=full_name, level=division.level, code=division.code)

    def _add(self, division: Division) -> None:
        for name in filter(None, (division.name, division.alias)):
            self._by_name.setdefault(name, []).append(division)
        if division.short:
            shorts = self._county_shorts if division.level is AdminLevel.COUNTY else self._by_name
            shorts.setdefault(division.short, []).append(division)

    def _drop_shadowed_shorts(self) -> None:
        """A short name means the highest division of that name: 吉林 the province, 临夏 the prefecture."""
        for name, divisions in self._by_name.items():
            top = min(_RANK[division.level] for division in divisions)
            if any(division.name != name for division in divisions):
                self._by_name[name] = [division for division in divisions if _RANK[division.level] == top]
        for name in self._by_name.keys() & self._county_shorts.keys():
            del self._county_shorts[name]

    def _scan(self, text: str) -> Iterator[PlaceMention]:
        def accepts(name: str, end: int) -> bool:
            return not text.startswith(self._endings.get(name[-1], ()), end)

        for start, end in self._index.find(text, accepts):
            name = text[start:end]
            divisions = self._by_name.get(name) or self._county_shorts.get(name)
            if divisions and name not in self._phrases:
                yield PlaceMention(name, start, end, tuple(divisions))

    def _narrow(self, mention: PlaceMention, on: str | None) -> PlaceMention:
        return mention._replace(divisions=_in_force(mention.divisions, on))

    def _is_short(self, mention: PlaceMention) -> bool:
        return mention.name not in self._by_name

    def _before_organ(self, mention: PlaceMention, text: str) -> PlaceMention:
        """Before 县委 a county's short name means a county, not a district of that name."""
        kind = text[mention.end : mention.end + 1]
        if not self._is_short(mention) or kind not in _KINDS or not text.startswith(self._followers, mention.end):
            return mention
        fitting = (d for d in mention.divisions if d.name.endswith(kind) or d.alias.endswith(kind))
        return mention._replace(divisions=tuple(fitting))

    def _below(self, mention: PlaceMention, before: PlaceMention | None) -> tuple[Division, ...]:
        """The divisions of ``mention`` that lie in the place right before it."""
        if before is None:
            return ()
        above = [division.code for division in before.divisions]
        found = [d for d in mention.divisions if any(d.code != a and self.within(d.code, a) for a in above)]
        return tuple(found)

    def _counts(self, mention: PlaceMention, below: tuple[Division, ...], text: str, full: set[str]) -> bool:
        if below:
            return True
        if mention.name in self._bound:
            return False
        if _is_full(mention):
            return len(mention.name) > 2 or mention.start == 0 or text[mention.start - 1] == "\n"
        if text.startswith(_STREETS, mention.end) or self._crosses(mention, text):
            return False
        if not self._is_short(mention):
            return True
        return text.startswith(self._followers, mention.end) or any(d.code in full for d in mention.divisions)

    def _crosses(self, mention: PlaceMention, text: str) -> bool:
        """Whether the name begins within a common word (确定西…, 重大庆…) or a town's name (兴隆镇江南村)."""
        before = text[mention.start - 1 : mention.start] if mention.start else ""
        if mention.name[0] in _TOWNS and before.isalpha() and before not in _BEFORE_NAMES:
            return True
        return before + mention.name[0] in self._crossing

    def _by_context(self, divisions: tuple[Division, ...], known: set[str]) -> tuple[Division, ...]:
        """Those of several divisions that lie in one of the ``known`` ones, all where none does."""
        if len(divisions) < 2:
            return divisions
        for depth in (0, 1):
            inside = tuple(d for d in divisions if d.code in known or set(codes_above(d.code)[depth:]) & known)
            nearest = tuple(d for d in divisions if set(codes_above(d.code)[:1]) & known) if depth == 0 else inside
            if nearest:
                return nearest
            if inside:
                return inside
        return divisions


_WORDS_FROM_LAST_CHARACTER = ("区域划间别块位分", "旗帜舰袍下", "市场", "县级域")
"""A name's last character, then those that make another word with it: 南山区域, 上海市场, 红旗帜."""

_KINDS = frozenset("县区市旗")
_TOWNS = frozenset("镇乡")
_BEFORE_NAMES = frozenset("在到从至赴往向对由与和及是为于经来去让把使省")
_STREETS = ("路", "大道", "大街", "街道", "镇", "乡", "村", "社区")
"""A short name before one of these is that of a street or a village."""


def _is_full(mention: PlaceMention) -> bool:
    return any(division.name == mention.name for division in mention.divisions)


def _in_force(divisions: tuple[Division, ...], on: str | None) -> tuple[Division, ...]:
    """Those in force at the date ``on``; without a date today's, or the former ones where there is none today."""
    former = tuple(division for division in divisions if division.until)
    if on is not None and (then := tuple(division for division in former if on[:7] <= division.until)):
        return then
    return tuple(division for division in divisions if not division.until) or former
