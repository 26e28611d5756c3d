"""GBK read one byte late: what a stretch of a page may have been, step by step.

A mirror site cut its GBK bytes wherever the two bytes of a mark (。 A1A3, ！ A3A1, ？ A3BF) stood, also across
two characters, and put Pinyin into them in the same blind way.  In what is read then, ``?`` is a byte that was
lost (or two that are no character), and each character behind it is the tail of one true character with the head
of the next, until a byte below 80 or a new cut brings the reader back into step.  ``steps_from`` tells what the
bytes allow at each place; which of it was meant is for ``lattice`` to weigh.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from policykb.cleaning.pinyin import swallowed_reading
from policykb.resources import data_file

LOST = "⍰"
"""U+2370 stands for a character that the bytes don't determine."""

LOSSES = "?\ufffd"
"""What a page shows for a byte that was lost."""

_LEADS = tuple(range(0x81, 0xFF))
_TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
_CUT_TRAILS = (0xA1, 0xA3)
"""Second bytes that begin one of the marks at which the site cuts."""

_MARKS = "。！？、；!?;"
_UNEXPLAINED = -4.0
"""Log probability of taking ``?`` for a byte lost elsewhere than before a mark."""

_KNOWN_READING = 6.0
"""What a reading that is known to be that of the character adds."""

_SWALLOWED = 2.0
"""A digit that went with the tail before it weighs no more than another digit does."""

_ANY = 5.0
"""A character of which both bytes are lost may be any: it weighs no more than a middling one."""

_CRUMB = re.compile(r"[?\ufffd]/?(?:p|br|div|span|b|strong|font|td|tr|a|li|h\d)\s*/?>", re.IGNORECASE)
"""``?/p>``: the lost byte took the ``<`` along."""


class Node(NamedTuple):
    """A place on the page, and the bytes of which one is the head of the next character; in step there are none."""

    position: int
    leads: tuple[int, ...] = ()


class Step(NamedTuple):
    """The characters that lead from one node to the next; ``bonus`` is what speaks for it, as log probability.

    There are two where a Latin letter or a digit behind the character went with its tail.
    """

    text: str
    to: Node
    bonus: float = 0.0


def steps_from(page: str, node: Node) -> Iterator[Step]:
    """Every step that the bytes allow from ``node``: in step the character itself, at a ``?`` also a run's first."""
    at = node.position
    if node.leads:
        yield from _shifted_steps(page, node)
    elif at < len(page):
        yield Step(page[at], Node(at + 1))
        if page[at] in LOSSES:
            yield from _shifted_steps(page, _behind_loss(page, at))


def _behind_loss(page: str, site: int) -> Node:
    """Where the bytes go on behind the ``?`` at ``site``, and the bytes that it may stand for."""
    reading = swallowed_reading(page, site)
    if reading is None or site == 0:
        return Node(site + 1, _LEADS)
    fitting = {lead: reading_fits(_phantom(page[site - 1], lead), reading[1]) for lead in _LEADS}
    known = tuple(lead for lead, fits in fitting.items() if fits)
    return Node(reading.end(), known or tuple(lead for lead in _LEADS if fitting[lead] is None))


def _shifted_steps(page: str, node: Node) -> Iterator[Step]:
    at, leads = node
    if at >= len(page):
        if len(leads) == 1:  # the last character of the line lost its tail without a trace
            yield from (Step(character, Node(at), _UNEXPLAINED) for character in _characters(leads, _TRAILS))
        return
    mark = page[at]
    for first, second in _pairs_of(mark):
        tail, behind = ("", Node(at + 1, (second,))) if second >= 0x80 else (chr(second), Node(at + 1))
        yield from (Step(character + tail, behind) for character in _characters(leads, (first,)))
    if "@" <= mark <= "~":
        yield from (Step(character, Node(at + 1)) for character in _characters(leads, (ord(mark),)))
    elif mark in LOSSES:
        yield from _steps_over_loss(page, node)


def _steps_over_loss(page: str, node: Node) -> Iterator[Step]:
    """A second ``?``: the run ends here, or two bytes that are no pair stood here."""
    at, leads = node
    crumb = _CRUMB.match(page, at)
    reading = swallowed_reading(page, at)
    if crumb:
        yield Step(LOST, Node(crumb.end()))
    elif reading:
        for character in _characters(leads, _TRAILS):
            fits = reading_fits(character, reading[1])
            if fits is not False:
                yield Step(character, Node(reading.end()), _KNOWN_READING if fits else 0.0)
    else:
        yield from _steps_into_step(page, node)
        if len(leads) > 1:
            yield Step(LOST, Node(at + 1, _LEADS), _ANY)
        else:
            for second, following in _unassigned().items():
                yield from (Step(character, Node(at + 1, following)) for character in _characters(leads, (second,)))


def _steps_into_step(page: str, node: Node) -> Iterator[Step]:
    """The run ends with a character whose tail is lost, and maybe a digit with it."""
    behind = Node(node.position + 1)
    explained = page[node.position] == "\ufffd" or page[behind.position : behind.position + 1] in {"", *_MARKS}
    bonus = 0.0 if explained else _UNEXPLAINED
    if len(node.leads) > 1:
        trails: tuple[int, ...] = _CUT_TRAILS if len(node.leads) == len(_LEADS) else ()
        yield Step(LOST, behind, bonus + _ANY)
    else:
        trails = _TRAILS
    for character in _characters(node.leads, trails):
        yield Step(character, behind, bonus)
        yield Step(character + LOST, behind, _SWALLOWED)


def _pairs_of(character: str) -> Iterator[tuple[int, int]]:
    """The two bytes that were read as ``character``, which may have been made half-width since."""
    if character == " ":
        yield 0xA1, 0xA1
    elif "!" <= character <= "~":
        yield 0xA3, ord(character) + 0x80
    else:
        pair = character.encode("gb18030", "ignore")
        if len(pair) == 2:
            yield pair[0], pair[1]


def _characters(leads: tuple[int, ...], trails: tuple[int, ...]) -> Iterator[str]:
    table = _table()
    for lead in leads:
        for trail in trails:
            character = table.get(lead << 8 | trail)
            if character:
                yield character


@cache
def _table() -> dict[int, str]:
    """Two bytes → the GBK character."""
    table: dict[int, str] = {}
    for lead in _LEADS:
        for trail in _TRAILS:
            try:
                table[lead << 8 | trail] = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                continue
    return table


@cache
def _unassigned() -> dict[int, tuple[int, ...]]:
    """First byte → the second bytes from 81 on with which it is no GBK character, so that both are lost."""
    firsts = (first for first in _TRAILS if first >= 0x80)
    pairs = {first: tuple(b for b in _LEADS if first << 8 | b not in _table()) for first in firsts}
    return {first: seconds for first, seconds in pairs.items() if seconds}


def _phantom(before: str, lead: int) -> str:
    """The false character made of the tail of ``before`` and ``lead``; empty where there is none."""
    pair = before.encode("gbk", "ignore")
    return _table().get(pair[-1] << 8 | lead, "") if len(pair) == 2 else ""


def reading_fits(character: str, reading: str) -> bool | None:
    """Whether ``character`` is read so; None where it is not known."""
    known = _readings().get(character)
    return None if known is None else reading in known


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    lines = data_file("cleaning_readings.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {character: tuple(readings.split()) for character, readings in rows}
