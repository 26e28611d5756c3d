"""The numbers in a name against the members found: which of its parts the text does not spell out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from policykb.extraction.names import code_of, parts_of, symbols
from policykb.extraction.numerals import count
from policykb.models import Component, Practice


def missing_parts(name: str, components: Sequence[Component]) -> tuple[str, ...] | None:
    """The numbered parts, or signs of the code, with fewer members than they claim; None where the name counts nothing.

    The count also holds where the members of all parts together, one phrase for each part, or pairs that hold a
    member of every part (四联四促: 联支部促规范、…), are listed as a whole.
    """
    claims = _claims(name)
    if not claims:
        return None
    found = sum(len(component.members) for component in components)
    whole = len(components) == 1 and components[0].count in {None, len(claims)} and found == len(claims) > 1
    if whole or _are_pairs(name, components) or found == sum(number or 1 for _, number in claims):
        return ()
    by_label = Counter[str]()
    for component in components:
        by_label[component.label or ""] += len(component.members)
    return tuple(dict.fromkeys(label for label, number in claims if by_label[label] < (number or 1)))


def _are_pairs(name: str, components: Sequence[Component]) -> bool:
    """Whether the only list holds as many members as each part claims, every one with the words of all parts."""
    parts = parts_of(name)
    if len(parts) < 2 or len(components) != 1 or {part.number for part in parts} != {len(components[0].members)}:
        return False
    return all(part.key in member for member in components[0].members for part in parts)


def _claims(name: str) -> list[tuple[str, int | None]]:
    """Each part or sign with its number; None where it is a letter."""
    if signs := symbols(code_of(name) or ""):
        return [(sign, count(sign)) for sign in signs]
    return [(part.label, part.number) for part in parts_of(name)]


def counted_spans(practice: Practice) -> list[tuple[int, int]]:
    """Where members stand that count as the signs of the code do (12: 1个中心, 2支队伍): their numbers are its own."""
    signs = symbols(practice.code or "")
    if not signs or len(practice.components) != 1 or len(practice.components[0].members) != len(signs):
        return []
    return list(practice.components[0].spans)
