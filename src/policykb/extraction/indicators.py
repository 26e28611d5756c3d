"""Figures that a text claims: value, unit, what is counted, where, and how the figure is qualified."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Self

from policykb.extraction.lists import Item, part_last, split
from policykb.extraction.localities import Governance
from policykb.extraction.numerals import number
from policykb.extraction.rules import Rules
from policykb.models import Document, Indicator
from policykb.terms import DocumentKind, IndicatorKind

_STOPS = re.compile("[，；。！？：\n]")
_PLAIN = frozenset({"共", "累计", "达到", "达", "上"})
"""Words before a figure that do not change its meaning."""
_RHYTHM = frozenset({"次", "堂", "场", "篇", "期", "节", "件", "讲", "批次", "小时", "课时", "学时"})
"""Units of which a few a month are a rhythm; many a year are a figure."""
_MOST_A_TURN = 30
_LONGEST_SUBJECT = 24
_SENTENCE_STOPS = "。！？；\n"
_REACH = 200
_SENTENCE_REACH = 160
_CLAUSE = 60
_BEHIND = 6
_NUMBER = re.compile(r"\d[\d.，]*+")
_DEMANDING = frozenset({DocumentKind.PLAN, DocumentKind.NOTICE, DocumentKind.OPINION, DocumentKind.DECISION})
"""Papers whose figures are required unless they say that something is done."""
_PART = re.compile(r"[^，。；：、\n（）“”]*+")


class _Figure(NamedTuple):
    """A match: ``start`` is where its number begins."""

    start: int
    end: int
    rule: int
    match: re.Match[str]


class _Scan(NamedTuple):
    """What every figure is seen in: the text, its rules, places and times, and where its clauses end."""

    document: Document
    shadow: str
    rules: Rules
    governance: Governance
    times: Sequence[Item]
    stops: Sequence[int]
    clauses: Sequence[int]
    sentences: Sequence[int]

    @classmethod
    def of(cls, document: Document, shadow: str, governance: Governance, rules: Rules) -> Self:
        """Find the times named and the ends of clauses and sentences, once; a colon ends no clause of a sentence."""
        stops = [match.start() for match in _STOPS.finditer(shadow)]
        clauses = [at for at in stops if shadow[at] != "："]
        sentences = [at for at in clauses if shadow[at] in _SENTENCE_STOPS]
        times = [match.span() for match in rules.pattern("period").finditer(shadow)]
        return cls(document, shadow, rules, governance, times, stops, clauses, sentences)


def find_indicators(
    document: Document, shadow: str, names: Iterable[Item], governance: Governance, rules: Rules
) -> tuple[Indicator, ...]:
    """The figures claimed, in order of their place; digits inside ``names`` belong to the name."""
    taken = sorted(names)
    scan = _Scan.of(document, shadow, governance, rules)
    found: list[Indicator] = []
    done = 0
    for figure in sorted(_figures(shadow, rules), key=lambda figure: figure[:3]):
        value = _value(figure, rules.text["indicators"][figure.rule].yields)
        if figure.start < done or value is None or _is_inside(taken, figure.start) or _is_none(scan, figure):
            continue
        found.append(_indicator(scan, figure, value))
        done = figure.end
    return tuple(found)


def _behind_last(edges: Sequence[int], position: int, reach: int) -> int:
    """Behind the last of ``edges`` before ``position``, but no farther from it than ``reach``."""
    at = bisect_left(edges, position) - 1
    low = max(0, position - reach)
    return max(low, edges[at] + 1) if at >= 0 else low


def _figures(shadow: str, rules: Rules) -> Iterator[_Figure]:
    for order, rule in enumerate(rules.text["indicators"]):
        for match in rule.pattern.finditer(shadow):
            start = min(match.start(name) for name, text in match.groupdict().items() if text)
            yield _Figure(start, match.end(), order, match)


def _is_inside(spans: Sequence[Item], position: int) -> bool:
    at = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return at >= 0 and position < spans[at][1]


def _is_none(scan: _Scan, figure: _Figure) -> bool:
    """Whether the figure is a time limit, a saying, or says how often something is done."""
    if any(rule.pattern.match(scan.shadow, figure.start) for rule in scan.rules.text["not_indicators"]):
        return True
    groups = figure.match.groupdict()
    if groups.get("unit") not in _RHYTHM or (number(groups.get("value") or "") or 0) > _MOST_A_TURN:
        return False
    before = scan.shadow[max(0, figure.start - 40) : figure.start]
    return any(rule.pattern.search(before) for rule in scan.rules.text["frequency"])


def _value(figure: _Figure, yields: str) -> float | tuple[float, float] | None:
    groups = {name: text or "" for name, text in figure.match.groupdict().items()}
    if yields == "range":
        low = number(groups["low"] + (groups["low_times"] or groups["times"]))
        high = number(groups["high"] + groups["times"])
        return (low, high) if low is not None and high is not None and low < high else None
    if yields == "fraction":
        whole, part = number(groups["high"] or groups["whole"]), number(groups["low"] or groups["part"])
        return round(part / whole, 6) if whole and part and part < whole else None
    return number((groups["value"] or groups.get("low", "")) + groups.get("times", ""))


def _indicator(scan: _Scan, figure: _Figure, value: float | tuple[float, float]) -> Indicator:
    """The record of a figure, with its clause as quote."""
    start, limit = _behind_last(scan.stops, figure.start, _REACH), min(len(scan.shadow), figure.end + _REACH)
    stop = bisect_left(scan.stops, figure.end)
    end = min(scan.stops[stop], limit) if stop < len(scan.stops) else limit
    while start < figure.start and scan.shadow[start] == " ":
        start += 1
    return Indicator(
        quote=scan.document.text[start:end],
        value=value,
        unit=_unit(figure),
        subject=_shared_subject(scan, figure) or _subject(scan.document.text, scan.shadow, figure, start, end),
        locality=scan.governance.at(figure.start),
        qualifier=_qualifier(scan, figure),
        start=start,
        end=end,
        kind=_kind(scan, figure, start),
        period=_period(scan, figure),
    )


def _kind(scan: _Scan, figure: _Figure, start: int) -> IndicatorKind:
    """What the figure is said for, by the words of its clause and the one before it."""
    clause = scan.shadow[_behind_last(scan.clauses, max(0, start - 1), _CLAUSE) : figure.end + _BEHIND]
    for rule in scan.rules.text["indicator_kind"]:
        if rule.pattern.search(clause):
            return IndicatorKind(rule.yields)
    return IndicatorKind.REQUIREMENT if scan.document.kind in _DEMANDING else IndicatorKind.ACHIEVEMENT


def _period(scan: _Scan, figure: _Figure) -> str | None:
    """The last time named before the figure in its sentence."""
    low = _behind_last(scan.sentences, figure.start, _SENTENCE_REACH)
    at = bisect_right(scan.times, figure.start, key=lambda time: time[1]) - 1
    return scan.document.text[slice(*scan.times[at])] if at >= 0 and scan.times[at][0] >= low else None


def _shared_subject(scan: _Scan, figure: _Figure) -> str | None:
    """The item of the list before 分别 whose turn it is: A和B每人分别提高300元和200元."""
    shadow = scan.shadow
    low = _behind_last(scan.clauses, figure.start, _SENTENCE_REACH)
    at = shadow.rfind("分别", low, figure.start)
    match = scan.rules.pattern("respectively").match(shadow, low, at + 2) if at >= 0 else None
    if not match:
        return None
    subjects = part_last(shadow, split(shadow, *match.span("list"), "、"), None)
    if len(subjects) == 1:
        subjects = part_last(shadow, subjects, 2)
    turn = sum(1 for _ in _NUMBER.finditer(shadow, at, figure.start))
    if len(subjects) < 2 or turn >= len(subjects):
        return None
    start, end = subjects[turn]
    return scan.document.text[start:end].removeprefix("对") or None


def _unit(figure: _Figure) -> str | None:
    if figure.match.group().startswith("百分之"):
        return "%"
    if figure.match.group().endswith("岁"):
        return "岁"
    return figure.match.groupdict().get("unit")


def _qualifier(scan: _Scan, figure: _Figure) -> str | None:
    """The word behind the figure (以上), inside it (多), or before it (超过)."""
    behind = scan.rules.pattern("qualifier_behind").match(scan.shadow, figure.end)
    if behind:
        return behind.group()
    groups = figure.match.groupdict()
    inside = groups.get("more") or groups.get("more_behind")
    if inside:
        return inside
    before = scan.rules.pattern("qualifier_before").search(scan.shadow[max(0, figure.start - 6) : figure.start])
    return before.group() if before and before.group() not in _PLAIN else None


def _subject(text: str, shadow: str, figure: _Figure, start: int, end: int) -> str | None:
    """What is counted: the noun behind the figure, else what stands before it in its clause."""
    behind = _PART.match(shadow, figure.end, end)
    words = text[figure.end : behind.end()] if behind else ""
    if len(words) > 1 and not words.startswith(("以上", "以下", "以内", "左右", "和", "的", "不等", "与")):
        return words[:_LONGEST_SUBJECT]
    before = re.split("[、（）]", shadow[start : figure.start])[-1].strip()
    return text[figure.start - len(before) : figure.start][-_LONGEST_SUBJECT:] or None if before else None
