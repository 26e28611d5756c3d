"""How a place speaks of itself (全县, 县委, 各乡镇): the table of ``data/drafting_levels.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache

from policykb.models import Record
from policykb.resources import data_file
from policykb.terms import AdminLevel


class PlaceKind(Record):
    """One kind of place with its words; None where there is no such word.  The first of ``units`` is written.

    ``also`` holds, by slot, further words that a text may use.
    """

    ending: str
    level: AdminLevel
    whole: str
    ours: str
    committee: str
    government: str
    direct: str | None = None
    units: tuple[str, ...]
    also: Mapping[str, tuple[str, ...]] = {}

    def words(self) -> dict[str, str]:
        """The word that we write for each slot."""
        slots = {name: getattr(self, name) for name in ("whole", "ours", "committee", "government", "direct")}
        return {name: word for name, word in slots.items() if word} | {"units": self.units[0]}


def place_kinds() -> tuple[PlaceKind, ...]:
    """All kinds, from the province down."""
    return _table().kind


def is_above(level: AdminLevel, other: AdminLevel) -> bool:
    """Whether ``level`` stands above ``other``."""
    order = list(AdminLevel)
    return order.index(level) < order.index(other)


def level_called(name: str) -> AdminLevel | None:
    """The level that a clerk calls so (县级, 区县级, 乡镇); None for what is no level."""
    names = {called: level for level, names in _table().level_names.items() for called in names}
    names |= {name: level for level in AdminLevel for name in (level.zh, level.zh.removesuffix("级"))}
    return names.get(name)


def words_of_other_levels(level: AdminLevel, kind: PlaceKind | None) -> Iterator[str]:
    """Words of levels above ``level``, and of other kinds of places at it (市领导, for those below 各县（市、区）)."""
    table = _table()
    for other, letters in table.letters.items():
        if is_above(other, level) or other is level:
            own = kind.ending[-1] if kind else ""
            yield from (letter + ending for letter in letters if letter != own for ending in table.endings)
    for each in table.kind:
        if is_above(each.level, level):
            yield from (units.removeprefix("各") for units in each.units if len(units) > 2)


def not_before(letter: str) -> str:
    """The characters that make another word of a level's letter behind them."""
    return _table().not_before.get(letter, "")


class _Table(Record):
    endings: tuple[str, ...]
    letters: Mapping[AdminLevel, tuple[str, ...]]
    not_before: Mapping[str, str]
    level_names: Mapping[AdminLevel, tuple[str, ...]]
    kind: tuple[PlaceKind, ...]


@lru_cache(maxsize=1)
def _table() -> _Table:
    return _Table(**tomllib.loads(data_file("drafting_levels.toml").read_text(encoding="utf-8")))


def kind_of_place(name: str, level: AdminLevel | None = None) -> PlaceKind | None:
    """The kind of the place called ``name``: the longest ending that fits, at ``level`` where it is known.

    None where no ending fits, or where several levels share it (市) and ``level`` is not told.
    """
    fitting = [kind for kind in place_kinds() if name.endswith(kind.ending) and level in (None, kind.level)]
    longest = max((len(kind.ending) for kind in fitting), default=0)
    best = [kind for kind in fitting if len(kind.ending) == longest]
    return best[0] if len(best) == 1 else None
