"""Undo shifted bytes where the context says for certain what stood there; mark the rest as lost."""

from __future__ import annotations

import re
from functools import cache, partial
from math import exp
from typing import NamedTuple

from policykb.cleaning.changes import NOTHING, Change, Outcome
from policykb.cleaning.language import Language, Trail, load_language
from policykb.cleaning.script import simple_forms, traditional_characters
from policykb.cleaning.shifted_bytes import LOST, Way, read_back
from policykb.spans import Edit, Rewriting
from policykb.terms import RepairKind

_LOSS = re.compile(r"(?<=[^\s?])[?\ufffd](?!(?<=[!-~]\?)[A-Za-z0-9_%&=-]{2})")
"""A query in an address (``?id=12``) is none."""

_REPLACEMENT = re.compile("\ufffd+")
_BESIDE = 8
"""Characters of context on each side that a way is weighed with; dictionary words are no longer."""

_CERTAIN, _CERTAIN_WITH_GAPS = 0.9, 0.99
"""From which probability on a character is put in.  Where two characters side by side lost a byte each, there are
ten thousand candidates, and word statistics are too sure of themselves."""

_WIDE = {ord(narrow): wide for narrow, wide in zip(",:;?!()", "，：；？！（）", strict=True)}
_MOST_FAILURES = 100
"""A text in which so many question marks turned out to be none of these losses is not looked at further."""

_MARGIN_DAMAGED, _MARGIN_SOUND = 3.0, 12.0
"""By how much (log probability) a way must beat the text as it stands: in a text that is known to be damaged,
and in one where a question mark is most likely a question mark."""


def mend_shifted_bytes(text: str) -> Outcome:
    """Replace each run of shifted bytes by what it was read from.

    Only characters that context determines with a probability of 0.9 (0.99 in runs with gaps) are put in;
    others become ⍰.  The probability is the repair's confidence.  What a first round is certain of is context
    for a second one.
    """
    if "?" not in text and "\ufffd" not in text:
        return NOTHING
    damaged = _is_damaged(text)
    sites = [one.start() for one in _LOSS.finditer(text) if damaged or _is_odd(text, one.start())]
    if not sites:
        return _mark_replacements(text, [])
    margin = _MARGIN_DAMAGED if damaged else _MARGIN_SOUND
    changes = _mend_all(load_language().adapted(_plain(text)), text, sites, margin)
    if any(LOST in change.replacement for change in changes):
        first_round = Rewriting(text).apply(Edit(*change[:3]) for change in changes).text
        changes = _mend_all(load_language().adapted(_plain(first_round)), text, sites, margin)
    return _mark_replacements(text, changes)


def _mark_replacements(text: str, changes: list[Change]) -> Outcome:
    """Each replacement character that is left is a lost character, and is marked as one."""
    mended = {at for change in changes for at in range(change.start, change.end)} if "\ufffd" in text else set()
    marks = [
        Change(found.start(), found.end(), LOST, RepairKind.LOST)
        for found in _REPLACEMENT.finditer(text)
        if found.start() not in mended
    ]
    return Outcome((*changes, *marks))


def _mend_all(language: Language, text: str, sites: list[int], margin: float) -> list[Change]:
    changes: list[Change] = []
    done = failures = 0
    for site in sites:
        if site < done or failures > _MOST_FAILURES:
            continue
        change = _mend(language, text, site, margin)
        if change:
            changes.append(change)
            done = change.end
        failures += change is None
    return changes


def _is_damaged(text: str) -> bool:
    """Whether the text is Traditional, as the mirror site's is, or holds replacement characters."""
    used = traditional_characters() & set(text)
    return "\ufffd" in text or sum(map(text.count, used)) * 20 > len(text)


def _is_odd(text: str, site: int) -> bool:
    """Whether a question mark of a sound text may be none: in Chinese, with a letter soon behind it."""
    return text[site - 1] > "\x7f" and any(character.isalpha() for character in text[site + 1 : site + 3])


class _Scene(NamedTuple):
    """A place to mend: its page, where the loss is, and the context before."""

    language: Language
    page: str
    site: int
    before: Trail


def _mend(language: Language, page: str, site: int, margin: float) -> Change | None:
    start = max(site - _BESIDE, page.rfind("\n", 0, site) + 1)
    scene = _Scene(language, page, site, _extend(language, Trail(), page[start:site]))
    ways = read_back(page, site, scene.before, partial(_extend, language))
    if not ways:
        return None
    stop = _end_of_context(page, max(way.position for way in ways))
    weighed = sorted((_Weighed(_finish(scene, way, stop), way) for way in ways), key=lambda one: -one.score)
    unchanged = _extend(language, scene.before, page[site:stop]).score
    if weighed[0].score < unchanged + margin:
        return None
    return _settle(site, weighed)


class _Weighed(NamedTuple):
    score: float
    way: Way


def _finish(scene: _Scene, way: Way, stop: int) -> float:
    return _extend(scene.language, way.trail, scene.page[way.position : stop]).score + way.bonus


def _settle(site: int, weighed: list[_Weighed]) -> Change:
    """Keep what the likely ways agree on, mark the rest."""
    best = weighed[0]
    rivals = [one for one in weighed if one.way.position == best.way.position]  # the best one first
    enough = _CERTAIN_WITH_GAPS if best.way.gaps else _CERTAIN
    settled, confidence = "", 1.0
    for position, character in enumerate(best.way.text):
        share = _agreement(rivals, position, character)
        certain = share >= enough and character != LOST
        settled += character if certain else LOST
        confidence = min(confidence, share) if certain else confidence
    kind = RepairKind.LOST if LOST in settled else RepairKind.BYTE_SHIFT
    return Change(site, best.way.position, settled, kind, round(confidence, 3))


def _agreement(rivals: list[_Weighed], position: int, character: str) -> float:
    """The probability of ``character`` at ``position``, those ways aside that leave it open."""
    agreeing = total = 0.0
    for rival in rivals:
        other = rival.way.text[position : position + 1]
        if other != LOST:
            weight = exp(rival.score - rivals[0].score)
            total += weight
            agreeing += weight * (other == character)
    return agreeing / total if total else 0.0


def _extend(language: Language, trail: Trail, text: str) -> Trail:
    """Weigh characters of the page as Simplified ones with full-width marks."""
    return language.extend(trail, _plain(text))


def _plain(text: str) -> str:
    return text.translate(_plain_forms())


@cache
def _plain_forms() -> dict[int, str]:
    """Traditional → Simplified characters, half-width → full-width marks."""
    return {ord(character): form for character, form in simple_forms().items()} | _WIDE | {0xFFFD: LOST}


def _end_of_context(page: str, end: int) -> int:
    """Up to eight characters more, but not beyond the line or the next loss."""
    for stop in range(end, min(len(page), end + _BESIDE)):
        if page[stop] in "\n?\ufffd":
            return stop
    return min(len(page), end + _BESIDE)
