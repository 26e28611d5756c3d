"""Undo shifted bytes where the context says for certain what stood there; mark the rest as lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from policykb.cleaning.changes import NOTHING, Change, Outcome
from policykb.cleaning.language import load_language
from policykb.cleaning.lattice import Slot, best_way
from policykb.cleaning.script import simple_forms, traditional_characters
from policykb.cleaning.shifted_bytes import LOSSES, LOST, Node, Step, steps_from
from policykb.spans import Edit, Rewriting
from policykb.terms import RepairKind

_LOSS = re.compile(r"(?<=[^\s?])[?\ufffd](?!(?<=[!-~]\?)[A-Za-z0-9_%&=-]{2})")
"""A query in an address (``?id=12``) is none."""

_REPLACEMENT = re.compile("\ufffd+")
_BEFORE = 12
"""Characters before the first loss of a line that it is weighed with."""

_CERTAIN, _CERTAIN_STOP = 0.985, 0.9
"""From which probability on a character is put in, and a full stop: a wrong one changes no word.  The least shares
of right characters on the mirror page of the corpus are 0.990 and 0.931; of generated damage, some wrong ones pass."""

_WIDE = {ord(narrow): wide for narrow, wide in zip(",:;?!()", "，：；？！（）", strict=True)}
_MOST_FAILURES = 100
"""A text in which so many lines turned out to hold no such loss is not looked at further."""

_MOST_WORDS, _WORDS_A_CHARACTER = 150_000, 10
"""So many words are weighed for a text, and more for each of its characters: a damaged page of the corpus takes a
third of that; what takes more is no page, and would take minutes."""

_PRICE_DAMAGED, _PRICE_SOUND = -3.0, -12.0
"""What it costs (log probability) to take ``?`` for a loss: in a text that is known to be damaged, and in one where
a question mark is most likely a question mark."""

_OTHER_SCRIPT = -4.0
"""What it costs to put a Simplified character into a Traditional text, or the other way about."""


def mend_shifted_bytes(text: str) -> Outcome:
    """Replace each run of shifted bytes by what it was read from.

    Only characters that context determines with a probability of 0.985 are put in; others become ⍰.  The least
    probability of a run is its repair's confidence.  What a first round is certain of is context for a second one.
    """
    if "?" not in text and "\ufffd" not in text:
        return NOTHING
    damaged = _is_damaged(text)
    sites = [one.start() for one in _LOSS.finditer(text) if damaged or _is_odd(text, one.start())]
    changes = _mend_all(text, _plain(text), sites, _PRICE_DAMAGED if damaged else _PRICE_SOUND) if sites else []
    if changes:
        first_round = Rewriting(text).apply(Edit(*change[:3]) for change in changes).text
        sites = [one.start() for one in _LOSS.finditer(text)]
        changes = _mend_all(text, _plain(first_round), sites, _PRICE_DAMAGED)
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


def _mend_all(text: str, known: str, sites: list[int], price: float) -> list[Change]:
    """The changes of every line that holds a site; ``known`` is what the language is adapted to."""
    language, traditional = load_language().adapted(known), _is_traditional(text)
    changes: list[Change] = []
    done = failures = 0
    limit = _MOST_WORDS + _WORDS_A_CHARACTER * len(text)
    for site in sites:
        if site < done or failures > _MOST_FAILURES or limit <= 0:
            continue
        start = max(text.rfind("\n", 0, site) + 1, site - _BEFORE)
        done = (text + "\n").index("\n", site)
        scene = _Scene(text[start:done], traditional, price)
        slots, weighed = best_way(language, cache(scene.steps_from), len(scene.line), limit)
        found = list(_mend_line(slots, scene))
        limit -= weighed
        failures += not found
        changes += (change._replace(start=change.start + start, end=change.end + start) for change in found)
    return changes


class _Scene(NamedTuple):
    """A line to mend, whether its text is Traditional, and what it costs to take ``?`` for a loss."""

    line: str
    traditional: bool
    price: float

    def steps_from(self, node: Node) -> list[tuple[str, Step]]:
        """The steps from a node with their plain form, the best one of those that have the same."""
        steps = list(steps_from(self.line, node))
        best: dict[tuple[str, Node], Step] = {}
        for step in steps:
            plain, bonus = _plain(step.text), step.bonus
            if not node.leads and not _is_kept(node, step, self.line):
                bonus += self.price
            if len(steps) > 1 and self._is_foreign(step.text[0]):
                bonus += _OTHER_SCRIPT
            known = best.get((plain, step.to))
            if known is None or known.bonus < bonus:
                best[plain, step.to] = step._replace(bonus=bonus)
        return [(plain, step) for (plain, _), step in best.items()]

    def _is_foreign(self, character: str) -> bool:
        return character in _simple_only() if self.traditional else character in simple_forms()


def _mend_line(slots: list[Slot], scene: _Scene) -> Iterator[Change]:
    """A change for each run of shifted bytes, and for each ``?`` beside one that may be a loss, too."""
    runs = list(_runs_of(slots, scene.line))
    gone = {at for run in runs for at in range(run[0].start.position, run[-1].step.to.position)}
    yield from map(_settle, runs)
    if runs or scene.price == _PRICE_DAMAGED:
        for at, character in enumerate(scene.line):
            if character in LOSSES and at not in gone and _is_doubtful(scene.line, at, gone):
                yield Change(at, at + 1, LOST, RepairKind.LOST)


def _is_doubtful(line: str, at: int, gone: set[int]) -> bool:
    """Whether no author's question mark stands here: beside shifted bytes, or beside another mark of its kind."""
    return not gone.isdisjoint({at - 1, at + 1}) or line[at + 1 : at + 2] in {*"?!"} or line[at - 1 : at] in {*"?!"}


def _runs_of(slots: list[Slot], line: str) -> Iterator[list[Slot]]:
    run: list[Slot] = []
    for slot in slots:
        if run or not _is_kept(slot.start, slot.step, line):
            run.append(slot)
            if not slot.step.to.leads:
                yield run
                run = []


def _is_kept(node: Node, step: Step, line: str) -> bool:
    """Whether the step takes the next character as it stands on the page."""
    return not node.leads and step.to == Node(node.position + 1) and step.text == line[node.position]


def _settle(run: list[Slot]) -> Change:
    """Put in what is certain, mark the rest."""
    text, confidence = "", 1.0
    for slot in run:
        first, rest = slot.step.text[0], slot.step.text[1:]
        if first != LOST and slot.share >= (_CERTAIN_STOP if first == "。" else _CERTAIN):
            confidence = min(confidence, slot.share)
        else:
            first = LOST
        text += first + rest
    kind = RepairKind.LOST if LOST in text else RepairKind.BYTE_SHIFT
    return Change(run[0].start.position, run[-1].step.to.position, text, kind, round(confidence, 3))


def _is_damaged(text: str) -> bool:
    """Whether the text is Traditional, as the mirror site's is, or holds replacement characters."""
    return "\ufffd" in text or _is_traditional(text)


def _is_traditional(text: str) -> bool:
    used = traditional_characters() & set(text)
    return sum(map(text.count, used)) * 20 > len(text)


def _is_odd(text: str, site: int) -> bool:
    """Whether a question mark of a sound text may be none: in Chinese, with a letter soon behind it."""
    before = text[site - 1]
    return (before > "\x7f" or ord(before) in _WIDE) and any(one.isalpha() for one in text[site + 1 : site + 3])


def _plain(text: str) -> str:
    """Characters of the page as Simplified ones with full-width marks."""
    return text.translate(_plain_forms())


@cache
def _plain_forms() -> dict[int, str]:
    return {ord(character): form for character, form in simple_forms().items()} | _WIDE | {0xFFFD: LOST}


@cache
def _simple_only() -> frozenset[str]:
    """Characters that only Simplified script writes."""
    return frozenset(simple_forms().values()) - frozenset(simple_forms())
