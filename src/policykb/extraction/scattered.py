"""Members that stand apart from each other: sub-headings that share a word, phrases that count in turn.

None of these lists is tied to the name by a word such as 即; what ties them is the name's own word, at the same
place in each, or its numbers in order, and that there are exactly as many as the name claims.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from policykb.extraction import lists
from policykb.extraction.components import Context, component_of
from policykb.extraction.lists import Item
from policykb.extraction.names import Part
from policykb.extraction.quoted import Found
from policykb.models import Component

_FAR = 2500
"""How far behind its name a sub-heading may stand, in characters."""
_DEEP = 8
"""How deep in a sub-heading its word may stand."""
_WHOLE = 10
"""Sub-headings of one length of up to so many characters are members as they are, of others what reaches the word."""
_LONGEST = 24
_NEXT = 160
_MORE = re.compile("[^，。]{0,8}[更愈](?=..)")
_NUMBERS = "一二三四五六七八九十"
_ORDINALS = ("{1}是", "（{1}）", "{1}、", "{0}.", "{0}、", "（{0}）")
_QUOTED = re.compile("“(?P<inner>[^“”]{2,16}+)”")


def headed(found: Found, parts: Sequence[Part], context: Context) -> tuple[Component, ...]:
    """四强化: as many sentences or lines that open with 强化…, or with its word at one and the same place."""
    components = []
    for part in parts:
        countable = part.number > 2 and part.key not in "一百"
        ways = (_steps, _sharing, _closing, _quoted, _numbered) if countable else ()
        items = next((fitting for way in ways if (fitting := way(part, found.end, context))), [])
        if items:
            components.append(component_of(part.label, part.number, items, context))
    return tuple(components)


def _sharing(part: Part, start: int, context: Context) -> list[Item]:
    """The openings behind ``start`` that hold the part's word at one place, if there are as many as it claims."""
    by_place: dict[int, list[Item]] = {}
    shadow, at = context.shadow, start
    while (at := shadow.find(part.key, at, start + _FAR)) >= 0:
        opening = _opening_of(at, context)
        if opening and opening[0] > start and at - opening[0] <= _DEEP and at + len(part.key) <= opening[1]:
            by_place.setdefault(at - opening[0], []).append(opening)
        at += len(part.key)
    for place, items in sorted(by_place.items()):
        if len(items) == part.number:
            whole = len({b - a for a, b in items}) == 1 and items[0][1] - items[0][0] <= _WHOLE
            reach = place + len(part.key) if place and not whole else _LONGEST
            return [(a, min(b, a + reach)) for a, b in items]
    return []


def _steps(part: Part, start: int, context: Context) -> list[Item]:
    """What stands behind 第一步, 第二步, … if there are as many: 五步决策."""
    shadow, items = context.shadow, list[Item]()
    for number in _NUMBERS[: part.number]:
        sign = f"第{number}{part.label[1:2]}"
        at = shadow.find(sign, start, start + _FAR)
        if at < 0:
            return []
        begin = at + len(sign) + (shadow[at + len(sign) : at + len(sign) + 1] in "，：、是")
        start = lists.outer_end(shadow, begin, "，。；：\n")
        items.append((begin, start))
    return items if len(items) == part.number and all(0 < b - a <= _LONGEST for a, b in items) else []


def _numbered(part: Part, start: int, context: Context) -> list[Item]:
    """As many headings numbered in order that all hold the part's word: 1.领导联乡镇。… 2.干部联村组。… for 三联."""
    for form in _ORDINALS:
        items, at = list[Item](), start
        for number, sign in enumerate(_NUMBERS[: part.number], 1):
            mark = form.format(number, sign)
            at = context.shadow.find(mark, at, at + _FAR)
            if at < 0:
                break
            items.append((at + len(mark), lists.outer_end(context.shadow, at + len(mark), "，。；：\n")))
            at = items[-1][1]
        whole = len(items) == part.number and all(b - a <= _LONGEST for a, b in items)
        if whole and all(part.key in context.shadow[a:b] for a, b in items):
            return items
    return []


def _quoted(part: Part, start: int, context: Context) -> list[Item]:
    """As many names in marks that end with the part's word, each where a line or sentence begins: 聚焦“A工程”."""
    items: list[Item] = []
    for match in _QUOTED.finditer(context.shadow, start, start + _FAR):
        low = max(start, match.start() - _DEEP)
        opens = max(context.shadow.rfind(stop, low, match.start()) for stop in "。\n、") >= 0
        if opens and len(match["inner"]) > len(part.key) and match["inner"].endswith(part.key):
            items.append(match.span("inner"))
    names = {context.shadow[a:b] for a, b in items}
    return items if len(items) == part.number == len(names) else []


def _closing(part: Part, start: int, context: Context) -> list[Item]:
    """The second halves of headings that end with the part's word: 建好微信群，增强凝聚力。 for 四个力."""
    shadow, items = context.shadow, list[Item]()
    opening = context.rules.pattern("list_opening")
    for match in re.compile(rf"，(?P<half>[^，。；：\n]{{0,{_DEEP}}}{re.escape(part.key)})(?=[。\n])").finditer(
        shadow, start, start + _FAR
    ):
        first = _opening_of(match.start(), context)
        if first and first[0] > start and match.start() - first[0] <= _LONGEST:
            verb = _MORE.match(shadow, *match.span("half")) or opening.match(shadow, *match.span("half"))
            items.append((verb.end() if verb else match.start("half"), match.end()))
    return items if len(items) == part.number else []


def _opening_of(position: int, context: Context) -> Item | None:
    index = bisect_right(context.openings, position, key=lambda item: item[0]) - 1
    return context.openings[index] if index >= 0 else None


def counted_in_turn(found: Found, labels: Sequence[tuple[str, str]], context: Context) -> tuple[Component, ...]:
    """1+3+N模式，即1个联合党委统领3个村支部…: a phrase for each number of the name, in its order.

    ``labels`` are a number's forms as a pattern, and the word that its phrase must hold (empty for a bare code).
    """
    shadow, items = context.shadow, list[Item]()
    at, last = found.end, lists.outer_end(shadow, found.end, "。\n", found.end + _NEXT)
    for forms, word in labels:
        match = re.compile(rf"(?:{forms})[个项条张支名套批类种大块只本座处家]").search(shadow, at, last)
        if not match:
            return ()
        if items:
            items[-1] = (items[-1][0], min(items[-1][1], match.start()))
        stop = lists.outer_end(shadow, match.end(), "，。；：、\n", last)
        if word and word not in shadow[match.end() : stop]:
            return ()
        items.append((match.start(), stop))
        at = match.end()
    if not items or any(b - a < 4 for a, b in items):
        return ()
    return (component_of(None, len(labels), [_named(item, shadow) for item in items], context),)


def _named(item: Item, shadow: str) -> Item:
    """What stands in quotation marks within the phrase, else the phrase without the verb that leads on."""
    quoted = _QUOTED.search(shadow, *item)
    if quoted and quoted.end() == item[1]:
        return quoted.span("inner")
    led = re.compile("(?:统领|引领|带动|辐射|联结|覆盖|串联|管理|支撑|整合)$").search(shadow, *item)
    return (item[0], led.start()) if led else item
