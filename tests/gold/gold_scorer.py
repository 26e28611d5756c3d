"""How well extraction agrees with the hand-made answers: counts of hits, of spurious and of missed items."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from policykb.models import Extraction, Indicator, Practice

GOLD = Path(__file__).parent
_MARKS = re.compile(r"[“”‘’\"'「」『』《》〈〉()（）\[\]\s,，、。:：;；·•—\-]")
Answer = dict[str, Any]


class Score(NamedTuple):
    """Counts of one question; they add up over texts."""

    hit: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hit / (2 * self.hit + self.wrong + self.missed)

    def plus(self, other: Score) -> Score:
        """Both counts together."""
        return Score(*(a + b for a, b in zip(self, other, strict=True)))


def gold(name: str) -> Answer:
    """The hand-made answer of a file of the corpus."""
    answer: Answer = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    return answer


def normal(text: object) -> str:
    """A name without marks and blanks, in lower case."""
    return _MARKS.sub("", str(text or "").replace("＋", "+")).lower()


def score(answer: Answer, found: Sequence[Extraction]) -> dict[str, Score]:
    """Practices, members, indicators, kinds and localities of one text; neutral answers count for nothing."""
    practices = [practice for extraction in found for practice in extraction.practices]
    indicators = [indicator for extraction in found for indicator in extraction.indicators]
    pairs = matched(answer["practices"], practices, same_practice)
    core = {n: entry for n, entry in enumerate(answer["practices"]) if entry.get("core", True)}
    both = [(entry, practices[pairs[n]]) for n, entry in core.items() if n in pairs]
    missed = [member_score(entry, None) for n, entry in core.items() if n not in pairs]
    members = [member_score(entry, practice) for entry, practice in both]
    figures = matched(answer["indicators"], indicators, same_indicator)
    wanted = [n for n, entry in enumerate(answer["indicators"]) if entry.get("core", True)]
    hits = sum(n in figures for n in wanted)
    return {
        "practices": Score(len(both), len(practices) - len(pairs), len(core) - len(both)),
        "members": total([*members, *missed]),
        "indicators": Score(hits, len(indicators) - len(figures), len(wanted) - hits),
        "kinds": share(
            practice.kind in {entry["category"], *several(entry.get("category_alt"))} for entry, practice in both
        ),
        "localities": share(same_locality(entry, practice) for entry, practice in both),
        "codes left empty": share(not practice.components for entry, practice in both if not entry["components"]),
    }


def total(scores: Iterable[Score]) -> Score:
    """All of them together."""
    summed = Score()
    for one in scores:
        summed = summed.plus(one)
    return summed


def share(answers: Iterable[bool]) -> Score:
    """Right answers as hits, others as spurious."""
    counted = Counter(answers)
    return Score(counted[True], counted[False])


def several(value: object) -> list[str]:
    """A value that may be one, many or none, as a list."""
    return [str(v) for v in value] if isinstance(value, list) else [str(value)] if value else []


def matched(answers: Sequence[Answer], found: Sequence[Any], same: Callable[[Answer, Any], int]) -> dict[int, int]:
    """Pairs one to one: equal before similar, core before neutral, agreeing places before others."""
    ranked = sorted(
        (
            (value, entry.get("core", True), same_locality(entry, one), -i, -j)
            for i, entry in enumerate(answers)
            for j, one in enumerate(found)
            if (value := same(entry, one))
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for *_, i, j in ranked:
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs


def same_practice(entry: Answer, practice: Practice) -> int:
    """2 for an equal name, 1 where one name holds the other and is at most twice as long."""
    wanted = {normal(name) for name in (entry["name"], entry["full_name"], *several(entry.get("aliases"))) if name}
    got = {normal(practice.name), normal(practice.full_name)}
    if wanted & got:
        return 2
    pairs = [sorted((a, b), key=len) for a in wanted for b in got]
    return int(any(len(short) > 2 and short in long and 2 * len(short) >= len(long) for short, long in pairs))


def same_indicator(entry: Answer, indicator: Indicator) -> int:
    """2 for an equal value and unit, 1 for an equal value."""
    wanted = entry["value"] if isinstance(entry["value"], list) else [entry["value"]]
    got = indicator.value if isinstance(indicator.value, tuple) else (indicator.value,)
    if len(wanted) != len(got) or any(abs(a - b) > 1e-6 * max(1, abs(a)) for a, b in zip(wanted, got, strict=True)):
        return 0
    return 2 if normal(entry.get("unit")) == normal(indicator.unit) else 1


def same_locality(entry: Answer, one: Practice | Indicator) -> bool:
    """Whether both name no place, or one place's name holds the other or begins alike."""
    wanted = [normal(name) for name in (entry.get("locality"), *several(entry.get("locality_alt"))) if name]
    got = normal(one.locality)
    if not wanted or not got:
        return not wanted and not got
    return any(name in got or got in name or name[:2] == got[:2] for name in wanted)


def member_score(entry: Answer, practice: Practice | None) -> Score:
    """Members as a bag over all components, under the kindest reading that the answer allows."""
    got = Counter(normal(member) for c in (practice.components if practice else ()) for member in c.members)
    readings = [reading_score(groups, got) for groups in (entry["components"], *(entry.get("components_alt") or []))]
    return max(readings, key=lambda s: s.hit - s.wrong - s.missed)


def reading_score(groups: Sequence[Answer], got: Counter[str]) -> Score:
    """The score under one reading; ``implied`` groups are neutral, an incomplete list allows more members."""
    wanted = Counter(normal(m) for group in groups if not group.get("implied") for m in group["members"])
    neutral = Counter(normal(m) for group in groups if group.get("implied") for m in group["members"])
    hit = sum((wanted & got).values())
    open_list = any(group.get("complete") is False for group in groups)
    wrong = 0 if open_list else sum((got - wanted - neutral).values())
    return Score(hit, wrong, sum(wanted.values()) - hit)
