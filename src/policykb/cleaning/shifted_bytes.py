"""GBK read one byte late: what a run of shifted bytes may have been.

A mirror site cut its GBK bytes wherever the two bytes of a mark (。 A1A3, ！ A3A1, ？ A3BF) stood, also across
two characters, and put Pinyin into them in the same blind way.  In what is read then, ``?`` is a byte that was
lost, and each character behind it is the tail of one true character with the head of the next, until a byte
below 80 brings the reader back into step.  ``read_back`` undoes this: all but the first character is fixed by
the bytes (and the last, where its tail was lost too); the lost byte leaves up to 126 candidates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from heapq import nlargest
from typing import NamedTuple

from policykb.cleaning.language import Trail
from policykb.cleaning.pinyin import swallowed_reading
from policykb.resources import data_file

LOST = "⍰"
"""U+2370 stands for a character that the bytes don't determine."""

_WIDTH = 300
"""Ways that are followed at once.  An unknown byte opens up to 190 of them; context tells them apart soon."""

_OPEN_WIDTH = 30
"""Ways that are followed at once where a byte is unknown again."""

_SENSE, _SENSE_LENGTH = 15.0, 4
"""Where after so many characters the text as it stands is so much likelier, its ``?`` is a question mark."""

_HOPELESS = 15.0
"""A way so far (in log probability) behind the best does not catch up."""

_TRIED = 3000
"""Steps that are weighed in context at once; of more, those with the commonest characters are."""

_LONGEST = 300
"""A run ends at the next mark or Latin letter; a longer one is no run of shifted bytes."""

_LEADS = tuple(range(0x81, 0xFF))
_TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
_CUT_TRAILS = (0xA1, 0xA3)
"""Second bytes that begin one of the marks at which the site cuts."""

_MARKS = "。！？、!?"
_UNEXPLAINED = 4.0
"""What it costs to take ``?`` for a byte lost elsewhere than before a mark."""

_BONUS = 6.0
"""What a reading that is known to be that of the character adds."""

_CRUMB = re.compile(r"[?\ufffd]/?(?:p|br|div|span|b|strong|font|td|tr|a|li|h\d)\s*/?>", re.IGNORECASE)
"""``?/p>``: the lost byte took the ``<`` along."""

Extend = Callable[[Trail, str], Trail]


class Way(NamedTuple):
    """One way to read the bytes up to ``position``: ``text`` so far, then a byte that is one of ``leads``.

    A way without ``leads`` is at its end, back in step.  ``bonus`` is to be added to the trail's score;
    ``gaps`` counts the places inside of the run where two bytes were lost.
    """

    trail: Trail
    text: str
    leads: tuple[int, ...]
    position: int
    bonus: float = 0.0
    gaps: int = 0

    @property
    def score(self) -> float:
        """The log probability of this way, its context before included."""
        return self.trail.score + self.bonus


def read_back(page: str, site: int, trail: Trail, extend: Extend) -> list[Way]:
    """The likely ways to read the bytes behind the ``?`` at ``site``; none where they cannot be shifted ones.

    ``trail`` is the context before, ``extend`` adds a character as it is in the page to a trail.
    """
    ended: defaultdict[int, list[Way]] = defaultdict(list)
    ways = [_first(page, site, trail)]
    limit = min(len(page), site + _LONGEST)
    unchanged, position = trail, site
    while ways:
        unchanged = extend(unchanged, page[position : ways[0].position])
        position = ways[0].position
        if max(map(_score, ways)) < unchanged.score - _SENSE and len(ways[0].text) >= _SENSE_LENGTH:
            break  # the text makes sense as it is, and none as shifted bytes
        if position >= limit or page[position] == "\n":
            ended[position] += (one for way in ways for one in _at_line_end(page, way))
            break
        if page[position] in "?\ufffd":
            ways = nlargest(_OPEN_WIDTH, ways, key=_score)
        steps = [(way, following) for way in ways for following in _readings_of_next(page, way)]
        grown = [_take(way, following, extend) for way, following in _commonest(steps, extend)]
        for way in grown:
            if not way.leads:
                ended[way.position].append(way)
        ways = _worth_following([way for way in grown if way.leads])
    return [way for same_end in ended.values() for way in nlargest(_WIDTH, same_end, key=_score)]


def _worth_following(ways: list[Way]) -> list[Way]:
    """The likeliest ways, none that is hopelessly behind the best; few of those that open many more."""
    best = max((way.score for way in ways), default=0.0)
    hopeful = [way for way in ways if way.score > best - _HOPELESS]
    open_ways = (way for way in hopeful if len(way.leads) > 1)
    return nlargest(_WIDTH, (way for way in hopeful if len(way.leads) == 1), key=_score) + nlargest(
        _OPEN_WIDTH, open_ways, key=_score
    )


def _take(way: Way, following: _Next, extend: Extend) -> Way:
    text, leads, position, bonus = following
    gaps = way.gaps + (len(leads) > 1)
    return Way(extend(way.trail, text), way.text + text, leads, position, way.bonus + bonus, gaps)


def _score(way: Way) -> float:
    return way.score


def _commonest(steps: list[tuple[Way, _Next]], extend: Extend) -> list[tuple[Way, _Next]]:
    """The steps that deserve weighing: the likeliest ways with the commonest characters."""
    if len(steps) <= _TRIED:
        return steps
    alone = {text: extend(Trail(), text).score for text in {following[0] for _, following in steps}}
    return nlargest(_TRIED, steps, key=lambda step: step[0].score + alone[step[1][0]] + step[1][3])


_Next = tuple[str, tuple[int, ...], int, float]
"""A character, the leads of the one behind it (none when back in step), where it begins, a bonus."""


def _first(page: str, site: int, trail: Trail) -> Way:
    reading = swallowed_reading(page, site)
    if reading is None or site == 0:
        return Way(trail, "", _LEADS, site + 1)
    fitting = {lead: reading_fits(_phantom(page[site - 1], lead), reading[1]) for lead in _LEADS}
    known = tuple(lead for lead, fits in fitting.items() if fits)
    return Way(trail, "", known or tuple(lead for lead in _LEADS if fitting[lead] is None), reading.end())


def _readings_of_next(page: str, way: Way) -> Iterator[_Next]:
    at = way.position
    mark = page[at]
    for first, second in _pairs_of(mark):
        for character in _characters(way.leads, (first,)):
            yield character, (second,), at + 1, 0.0
        if len(way.leads) > 1:
            yield LOST, (second,), at + 1, 0.0
    if "@" <= mark <= "~":
        for character in _characters(way.leads, (ord(mark),)):
            yield character, (), at + 1, 0.0
    elif mark in "?\ufffd":
        yield from _at_loss(page, way)


def _at_loss(page: str, way: Way) -> Iterator[_Next]:
    """A second ``?``: the run ends here, or two bytes that are no pair stood here."""
    at = way.position
    crumb = _CRUMB.match(page, at)
    reading = swallowed_reading(page, at)
    if crumb:
        yield LOST, (), crumb.end(), 0.0
    elif reading:
        for character in _characters(way.leads, _TRAILS):
            fits = reading_fits(character, reading[1])
            if fits is not False:
                yield character, (), reading.end(), _BONUS if fits else 0.0
    else:
        yield from _at_plain_loss(page, way)


def _at_plain_loss(page: str, way: Way) -> Iterator[_Next]:
    """A ``?`` with nothing behind it that tells more."""
    behind = way.position + 1
    cost = 0.0 if page[behind : behind + 1] in _MARKS or page[behind : behind + 1] == "\n" else -_UNEXPLAINED
    if len(way.leads) == 1:
        known: tuple[int, ...] = _TRAILS
        for second, leads in _unassigned().items():
            for character in _characters(way.leads, (second,)):
                yield character, leads, behind, 0.0
    else:
        known = _CUT_TRAILS if len(way.leads) == len(_LEADS) else ()
    yield LOST, _LEADS, behind, 0.0
    for character in (*_characters(way.leads, known), LOST):
        yield character, (), behind, cost


def _at_line_end(page: str, way: Way) -> Iterator[Way]:
    """The run reaches the end of its line: the last character lost its tail without a trace."""
    if way.text and len(way.leads) == 1 and (way.position >= len(page) or page[way.position] == "\n"):
        yield way._replace(text=way.text + LOST, leads=(), bonus=way.bonus - _UNEXPLAINED)


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
    pairs = {first: tuple(b for b in _LEADS if first << 8 | b not in _table()) for first in _LEADS}
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
