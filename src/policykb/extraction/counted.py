"""Members that only their number and the name's own word tie to it, in the sentences behind the name.

None of these is a list in one piece: quoted words that share the name's word, headings that count as the signs of a
code do, groups of items that follow one another as the parts of the name do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policykb.extraction import lists
from policykb.extraction.components import Context, component_of
from policykb.extraction.lists import Item
from policykb.extraction.names import Part
from policykb.extraction.numerals import NUMERAL
from policykb.extraction.numerals import count as count_of
from policykb.extraction.quoted import Found
from policykb.models import Component

_NEAR = 500
_FAR = 2500
_LONGEST = 24
_VERB = 5
_QUOTED = re.compile("“(?P<inner>[^“”，。；：]{2,12}+)”")
_LETTER = re.compile("“(?P<letter>[\u4e00-\u9fff])”")
_COUNT = re.compile(
    rf"[“‘]?(?P<count>\d{{1,2}}|{NUMERAL}{{1,2}}|[NMXYZnmxyz])[”’]?[个项条张支名套批类种大块只本座处家网核轴心]"
)
_CLAUSE = re.compile("[^，。；：\n]+")


def quoted_sharing(found: Found, part: Part, context: Context) -> list[Item]:
    """As many quoted words behind the name as the part claims, all with its word at the same end: “初心”… of 五心."""
    by_end: dict[bool, list[Item]] = {True: [], False: []}
    for match in _QUOTED.finditer(context.shadow, found.end, found.end + _NEAR):
        inner = match["inner"]
        for at_end, holds in ((True, inner.endswith(part.key)), (False, inner.startswith(part.key))):
            if holds and len(inner) > len(part.key):
                by_end[at_end].append(match.span("inner"))
    fitting = (items for items in by_end.values() if len(items) == part.number > 1)
    return next((items for items in fitting if _differ(items, context)), [])


def letters(found: Found, part: Part, context: Context) -> list[Item]:
    """As many single letters in marks as a saying counts: “亮”“做”“提” of 三字诀."""
    if not part.key.startswith("字"):
        return []
    items = [match.span("letter") for match in _LETTER.finditer(context.shadow, found.end, found.end + _NEAR)]
    return items if len(items) == part.number else []


def extended(found: Found, name: str, context: Context) -> tuple[Component, ...]:
    """The names behind 党建+ that begin with it: “党建+安全”、“党建+服务”."""
    if not name.endswith("+"):
        return ()
    matches = [m.span("inner") for m in _QUOTED.finditer(context.shadow, found.end, found.end + _NEAR)]
    items = [item for item in matches if context.shadow.startswith(name, item[0])]
    return (component_of(None, None, items, context),) if len(items) > 1 and _differ(items, context) else ()


def _differ(items: Sequence[Item], context: Context) -> bool:
    return len({context.shadow[start:end] for start, end in items}) == len(items)


def counted_headings(found: Found, numbers: Sequence[int | None], context: Context) -> list[Item]:
    """Openings of sentences that count as the signs of a code do: 1234, then 一个引领…, 两支队伍…, 三项机制…."""
    items: list[Item] = []
    start = found.end
    for number in numbers:
        item = _next_counted(number, start, context)
        if item is None:
            return []
        items.append(item)
        start = item[1]
    return items


def _next_counted(number: int | None, start: int, context: Context) -> Item | None:
    """The next heading, a sentence or line of its own, with that number and a measure word near its beginning."""
    for opening, end in context.openings_behind(start):
        if opening > start + _FAR:
            return None
        alone = context.shadow[end : end + 1] in {"。", "\n", ""}
        if alone and _count_in((opening, min(end, opening + _VERB)), context) == number:
            return opening, end
    return None


def _count_in(item: Item, context: Context) -> int | None:
    """The number before the first measure word of the item: None for a letter, -1 where there is none."""
    match = _COUNT.search(context.shadow, *item)
    return count_of(match["count"]) if match else -1


def counted_clauses(found: Found, numbers: Sequence[int | None], context: Context) -> list[Item]:
    """Clauses or items in a row that count as the signs of a code do: 建强1个中心、用好2个平台、…."""
    end = lists.outer_end(context.shadow, found.end, "。\n")
    for separators in ("，；", "、"):
        items = lists.split(context.shadow, found.end, end, separators)
        counts = [_count_in(item, context) for item in items]
        for at in range(len(items) - len(numbers) + 1):
            if counts[at : at + len(numbers)] == list(numbers):
                (first, stop), *others = items[at : at + len(numbers)]
                return [(lists.lead_end(context.shadow, first), stop), *others]
    return []


def quoted_series(found: Found, numbers: Sequence[int | None], context: Context) -> list[Item]:
    """Names in marks, one for each sign of a code and with its number: “三必访”“四必谈”“五必帮” of 345."""
    end = lists.outer_end(context.shadow, found.end, "。\n", found.end + _NEAR)
    items = [match.span("inner") for match in _QUOTED.finditer(context.shadow, found.end, end)]
    counts = [count_of(context.shadow[start]) for start, _ in items]
    return items if counts == list(numbers) and len(items) > 1 else []


def grouped(found: Found, parts: Sequence[Part], context: Context) -> tuple[Component, ...]:
    """五有五好，即有A、有B、…，C好、D好、…: a clause for each part, with as many items that hold its word."""
    behind = found.end + context.shadow.startswith("，", found.end)
    start = lists.lead_end(context.shadow, behind)
    end = lists.outer_end(context.shadow, start, "。\n")
    groups = lists.split(context.shadow, start, end, "，；")
    if len(parts) < 2 or len(groups) < len(parts):
        return ()
    components = []
    for part, group in zip(parts, groups, strict=False):
        items = lists.part_last(context.shadow, lists.split(context.shadow, *group, "、"), part.number)
        if len(items) != part.number or not all(part.key in context.shadow[slice(*item)] for item in items):
            return ()
        components.append(component_of(part.label, part.number, items, context))
    return tuple(components)
