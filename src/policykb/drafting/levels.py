"""How a place speaks of itself (全县, 县委, 各乡镇): the table of ``data/drafting_levels.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache

from policykb.models import Record
from policykb.resources import data_file
from policykb.terms import AdminLevel


class PlaceKind(Record):
    """One kind of place with its words; None where there is no such word.  The first of ``units`` is written."""

    ending: str
    level: AdminLevel
    whole: str
    ours: str
    committee: str
    government: str
    direct: str | None = None
    units: tuple[str, ...]

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


def words_above(level: AdminLevel) -> Iterator[str]:
    """Words that belong to levels above ``level`` (市领导, and 县（市、区） for those right below one)."""
    table = _table()
    for above, letters in table.above_letters.items():
        if is_above(above, level):
            yield from (letter + ending for letter in letters for ending in table.above_endings)
    for kind in table.kind:
        if is_above(kind.level, level):
            yield from (units.removeprefix("各") for units in kind.units if len(units) > 2)


def not_before_city() -> str:
    """The characters that make another word of 市 behind them."""
    return _table().not_before_city


class _Table(Record):
    above_letters: Mapping[AdminLevel, tuple[str, ...]]
    above_endings: tuple[str, ...]
    not_before_city: str
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
