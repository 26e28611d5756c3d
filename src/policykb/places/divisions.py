"""The table of divisions: who stands above whom, and by which names each is called.

The data files are written by ``tools/build_gazetteer.py``.
"""

from __future__ import annotations

from typing import NamedTuple

from policykb.resources import data_file
from policykb.terms import AdminLevel


class Division(NamedTuple):
    """One division.  ``code`` has six digits (GB/T 2260); the empty string stands for "none".

    ``alias`` is the usual name of an autonomous division (松桃县), ``short`` the name without its kind where
    that is a safe sign of the place.  ``until`` is the last month (``2016-10``) of a division that is no more,
    and ``successor`` the code of today's division of the same name.
    """

    code: str
    name: str
    level: AdminLevel
    alias: str = ""
    short: str = ""
    until: str = ""
    successor: str = ""


def load_divisions() -> tuple[Division, ...]:
    """Today's divisions in order of their codes, then the former ones."""
    today = (
        Division(code, name, AdminLevel(level), alias, short) for code, name, level, alias, short in _rows("places.tsv")
    )
    former = (
        Division(code, name, AdminLevel(level), until=until, successor=successor)
        for code, name, level, until, successor in _rows("places_history.tsv")
    )
    return (*today, *former)


def codes_above(code: str) -> tuple[str, ...]:
    """The codes that can stand above ``code``, the nearest first: 350102 → 350100, 350000."""
    prefecture, province = code[:4] + "00", code[:2] + "0000"
    return tuple(above for above in (prefecture, province) if above != code and not code.endswith("0000"))


def _rows(name: str) -> list[list[str]]:
    lines = data_file(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
