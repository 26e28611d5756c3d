"""Lists in running text: where they end, and their items with places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from policykb.extraction.names import Part
from policykb.extraction.numerals import NUMERAL, count

Item = tuple[int, int]
"""``[start, end)`` of one item."""

_OPEN, _CLOSE = "（“‘《〈", "）”’》〉"
_SENTENCE_END = "。！？\n"
_ENDS = {"、": "，；：。！？\n", "，": "；：。！？\n", "；": "。！？\n", "、，": "；：。！？\n", "、；": "。！？\n"}
_SIGNS = "+→-"
"""What parts the items of a formula: 党建+治理+服务, 收集→办理→反馈."""
_SIGN_ENDS = "、，；：。！？\n"
_LONGEST_TERM = 16
_REACH = 900
"""How far a list may reach, in characters."""
_AND = re.compile(r"以及|[和与及]")
_EDGE = " \n，、；：。的"
_REST = re.compile(rf"等(?:等|(?:共|合计)?(?:\d+|{NUMERAL}+|多)[个项大条种类名方家].*|[^、，]{{0,12}})$")
_CONTENT = re.compile("为(?:主要|主|核心|基本)?(?:内容|形式|载体)")
_COUNTED = re.compile(
    rf"(?<![“‘])(?P<count>{NUMERAL}|\d{{1,2}})(?:[个名支项类种大方级条重位股块张套本]|方面|(?=[^、，]{{2}}))[^、，]{{1,10}}$"
)
"""What counts the whole list behind its last item: 网格员、调解员、志愿者三支力量."""
_LONGEST_OF = 8
_TOGETHER = re.compile(r"(?:相|有机|深度)?(?:结合|统一|融合|并重|并举)$")
_ORDINAL = rf"{NUMERAL}{{1,2}}(?:是|要|、)|第{NUMERAL}{{1,2}}[，、]|（{NUMERAL}{{1,2}}）|\d{{1,2}}[.、．]"
_OPENING = re.compile(
    rf"(?:^|(?<=[。！？；\n])) *(?:(?:{_ORDINAL}) *)?(?P<opening>[^，。；：、！？\n “”‘’（）]{{2,24}})"
)
_LISTING = re.compile(r"(?:[^，。；：！？\n（）“”‘’《》]++|(?<=[\u4e00-\u9fff])（[^（）\n]{1,30}+）(?=[、，。；]))++")
_STEP = re.compile(rf" *第{NUMERAL}{{1,2}}步(?:是|为|：)?(?=.)")
_NOTE = re.compile("（[^（）]*）$")
_LEAD = re.compile(
    r"(?:即(?![时将便刻日使可])|是指|是|指|包括|包含|分别是|分别为|也就是|就是|主要包括|主要是|涵盖|：|“(?=[^“”、；，]*+[、；，]))+"
)


@cache
def _signs(stops: str) -> re.Pattern[str]:
    """The stops, and the brackets and marks that stops do not count in."""
    return re.compile(f"[{re.escape(_OPEN + _CLOSE + stops)}]")


def outer_end(text: str, start: int, stops: str, limit: int | None = None) -> int:
    """Where the first of ``stops`` stands outside of brackets and marks, or a closing mark without opener."""
    depth = 0
    last = min(len(text), start + _REACH if limit is None else limit)
    for match in _signs(stops).finditer(text, start, last):
        sign = match.group()
        if sign in _OPEN:
            depth += 1
        elif sign in _CLOSE:
            depth -= 1
            if depth < 0:
                return match.start()
        elif depth == 0:
            return match.start()
    return last


def split(text: str, start: int, end: int, separators: str) -> list[Item]:
    """Cut ``[start, end)`` at ``separators`` outside of brackets and marks; blanks at the edges are left out."""
    items: list[Item] = []
    while start <= end:
        stop = min(outer_end(text, start, separators, end), end)
        while stop < end and text[stop] in _CLOSE:
            stop = min(outer_end(text, stop + 1, separators, end), end)
        items.append(trim(text, start, stop))
        start = stop + 1
    return [item for item in items if item[0] < item[1]]


def trim(text: str, start: int, end: int) -> Item:
    """The interval without blanks, punctuation and the number of a step (第一步) at its edges."""
    if step := _STEP.match(text, start, end):
        start = step.end()
    while start < end and text[start] in _EDGE:
        start += 1
    while start < end and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def listed(text: str, start: int, want: int | None) -> list[Item]:
    """The items of the list that begins at ``start``.

    With ``want`` the separator is taken that gives so many; without, or when none does, a list of two or more
    items between 、, and failing that between ；.  Empty when there is no list.
    """
    start = lead_end(text, start)
    plain = [_reading(text, start, separator) for separator in "、；，"]
    parted = [part_last(text, plain[0], want), *plain[1:]]
    if want is not None:
        mixed = (without_rest(text, _reading(text, start, separators)) for separators in ("、，", "、；"))
        for items in (without_rest(text, plain[0]), *plain[1:], *parted, *mixed):
            if len(items) == want:
                return items
    terms = formula(text, start)
    for items in (parted[0], terms, parted[1]):
        if len(items) > 1:
            return items
    return []


def formula(text: str, start: int, end: int | None = None) -> list[Item]:
    """The terms of a formula of three or more (A+B+C, A→B→C) that begins at ``start``; else empty."""
    end = outer_end(text, start, _SIGN_ENDS) if end is None else end
    items = split(text, start, end, _SIGNS)
    return items if len(items) > 2 and all(b - a <= _LONGEST_TERM for a, b in items) else []


def lead_end(text: str, start: int) -> int:
    """Where a list begins behind words such as 即 or 包括."""
    match = _LEAD.match(text, start)
    return match.end() if match else start


def _reading(text: str, start: int, separators: str) -> list[Item]:
    return split(text, start, outer_end(text, start, _ENDS[separators]), separators)


def without_rest(text: str, items: list[Item]) -> list[Item]:
    """The items, the last one without 等 and what follows it, and without what counts them all (三支力量)."""
    if not items:
        return items
    start, end = items[-1]
    rest = _REST.search(text, start, end)
    if rest and rest.start() > start:
        return [*items[:-1], (start, rest.start())]
    total = _COUNTED.search(text, start + 1, end)
    if total and count(total["count"]) == len(items) + (_halves(text, start, total.start()) is not None):
        return [*items[:-1], (start, total.start())]
    return items


def without_of(text: str, items: list[Item]) -> list[Item]:
    """The items, the last one without 的 and the noun that follows, where no other has one: A、B、C的村企."""
    if len(items) < 2:
        return items
    start, end = items[-1]
    at = text.rfind("的", start + 1, end)
    if not end - _LONGEST_OF <= at < end or any("的" in text[a:b] for a, b in items[:-1]):
        return items
    return [*items[:-1], (start, at)]


def part_last(text: str, items: list[Item], want: int | None) -> list[Item]:
    """Cut the last item at 和, 与, 及 where that makes the list complete, and drop 等 with what follows."""
    head = without_rest(text, items)
    if not head:
        return head
    for position in range(len(head) - 1, -1, -1) if want is not None else (len(head) - 1,):
        halves = _halves(text, *head[position])
        if halves and (len(head) + 1 == want or (want is None and len(head) > 1 and _alike(text, head, halves))):
            return [*head[:position], *halves, *head[position + 1 :]]
    if want is not None and len(head) < want:
        parted = [half for item in head for half in (_halves(text, *item) or [item])]
        return parted if len(parted) == want else head
    return head


def _halves(text: str, start: int, end: int) -> list[Item] | None:
    """The two sides of the first conjunction outside of brackets and marks."""
    depth = 0
    for position in range(start + 1, end - 1):
        depth += (text[position] in _OPEN) - (text[position] in _CLOSE)
        conjunction = _AND.match(text, position, end) if depth == 0 else None
        if conjunction and conjunction.end() < end:
            return [(start, position), (conjunction.end(), end)]
    return None


def _alike(text: str, items: Sequence[Item], halves: Sequence[Item]) -> bool:
    """Whether the last item's sides are as long as the other items, so that 和 joins items, not words."""
    lengths = [end - start for start, end in items[:-1]]
    return all(min(lengths) - 2 <= end - start <= max(lengths) + 4 for start, end in halves)


def listings(text: str) -> Iterator[list[Item]]:
    """Every 、-list of the text: runs between other punctuation that hold a 、."""
    for match in _LISTING.finditer(text):
        if "、" in match.group():
            content = _CONTENT.search(text, match.start(), match.end())
            items = split(text, match.start(), content.start() if content else match.end(), "、")
            if len(items) > 1:
                yield items


def without_notes(text: str, items: Sequence[Item]) -> list[Item]:
    """The items, each without the remark in brackets behind it: 群众点单（提需求）."""
    ends = ((note.start() if (note := _NOTE.search(text, start, end)) else end) for start, end in items)
    return [(start, end) for (start, _), end in zip(items, ends, strict=True)]


def openings(text: str) -> Iterator[Item]:
    """The first words of every sentence and line, without their number."""
    return (match.span("opening") for match in _OPENING.finditer(text))


def aligned(text: str, items: Sequence[Item], part: Part) -> list[Item]:
    """``items`` if each holds the key of ``part`` at the same place, the first cut to fit; else empty.

    三比: 比学习、比作风、比实绩; 五讲: 广泛开展领导讲形势、专家讲理论… → 领导讲形势, 专家讲理论, ….
    """
    if len(items) != part.number or len(items) < 2 or part.key in "一百":
        return []
    if all(text.endswith(part.key, start, end) and end - start > len(part.key) for start, end in items):
        return [(items[0][0] + (text[items[0][0]] in "对为"), items[0][1]), *items[1:]]
    items = _cut_behind(text, items, part.key)
    offsets = {text[start:end].find(part.key) for start, end in items[1:]}
    first = text[items[0][0] : items[0][1]].rfind(part.key)
    if len(offsets) != 1 or -1 in offsets or first < (offset := offsets.pop()):
        return []
    return [(items[0][0] + first - offset, items[0][1]), *items[1:]]


def _cut_behind(text: str, items: Sequence[Item], key: str) -> Sequence[Item]:
    """The last item up to ``key`` where all others end with it: 精细化、精准化服务提升效能 for 化."""
    start, end = items[-1]
    at = text.find(key, start + 1, end)
    if at < 0 or not all(text.endswith(key, *item) for item in items[:-1]):
        return items
    return [*items[:-1], (start, at + len(key))]


def shared_tail(text: str, items: Sequence[Item], key: str) -> list[Item]:
    """Cut from the last item what it says for all of them: 文化、卫生、科技进社区 for 四进, 法治、德治相结合.

    ``key`` is the word of the label, empty where there is none.
    """
    if len(items) < 2:
        return list(items)
    start, end = items[-1]
    if key and end - start > max(b - a for a, b in items[:-1]) and not any(key in text[a:b] for a, b in items[:-1]):
        by_key = re.compile(rf"(?:必须|必|均|都|皆|全|要|{NUMERAL}[条个项类种]?)?{re.escape(key)}")
        tail = by_key.search(text, start + 1, end)
    else:
        tail = _TOGETHER.search(text, start + 1, end)
        if tail and text.endswith(tail.group(), *items[0]):
            return list(items)
    return [*items[:-1], (start, tail.start())] if tail else list(items)


def sentence_end(text: str, start: int, sentences: int = 1) -> int:
    """Where the sentence that ``start`` lies in ends (behind its mark), or one that follows it."""
    for _ in range(sentences):
        start = min(outer_end(text, start, _SENTENCE_END) + 1, len(text))
    return start
