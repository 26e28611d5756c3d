"""Lists that are tied to a name: right behind it (即…, （…）, 一是…；二是…) or right before it (以…为主要内容的)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policykb.extraction import lists
from policykb.extraction.components import Context, component_of
from policykb.extraction.lists import Item
from policykb.extraction.names import Part
from policykb.extraction.quoted import Found
from policykb.models import Component

_PREPOSITIONS = "以对为把将由在"
_QUOTED = re.compile("“(?P<item>[^“”]{1,40}+)”")
_DIGITS = {"一": "1", "百": "100", "一百": "100"}
_RUN = re.compile("(?:“[^“”]{1,40}+”[、和与及，]?){2,9}+")
_THAT_IS = re.compile("，即|：")
_EXPLAINED = re.compile("(?:“[^“”]{2,8}+”[、和与及]?){2,5}+(?:，即|：)")
_CLOSE = 40
_SHORTEST = 3
_WINDOW = 160
"""How far before a name its list may begin, in characters."""


def want_of(parts: Sequence[Part]) -> int | None:
    """How many members the parts claim together, None where there are no parts."""
    return sum(part.number for part in parts) if parts else None


def listed_behind(found: Found, parts: Sequence[Part], context: Context) -> tuple[Component, ...]:
    """A list tied to the name by brackets, 即, 包括, a colon, or ordinals (一是…；二是…)."""
    for position in (found.name_end + 1, found.end):
        items = items_behind(position, want_of(parts), parts, context)
        if items:
            return fit(parts, items, context)
    return ()


def explained_together(found: Found, parts: Sequence[Part], context: Context) -> tuple[Component, ...]:
    """The clause between ； that explains this name where several are explained at once: “三帮”“两到”，即…；…."""
    start = max(0, found.start - _CLOSE)
    runs = _EXPLAINED.finditer(context.shadow, start, found.end + _CLOSE)
    run = next((run for run in runs if run.start() <= found.start < run.end()), None)
    if not run or not parts:
        return ()
    clauses = lists.split(context.shadow, run.end(), lists.outer_end(context.shadow, run.end(), "。\n"), "；")
    if len(clauses) != context.shadow.count("“", *run.span()):
        return ()
    clause, _ = clauses[context.shadow.count("“", run.start(), found.start)]
    items = _items(clause, want_of(parts), parts, context)
    return fit(parts, without_opening(items, context), context) if len(items) == want_of(parts) else ()


def listed_later(found: Found, parts: Sequence[Part], context: Context) -> tuple[Component, ...]:
    """What 即 introduces later in the sentence, as long as the name claims: 按“五个一”标准建立微家，即：…一块牌，…."""
    end = lists.outer_end(context.shadow, found.end, "。\n", found.end + _WINDOW)
    match = _THAT_IS.search(context.shadow, found.end + 1, end)
    items = items_behind(match.start(), want_of(parts), parts, context) if match and parts else []
    return fit(parts, items, context) if len(items) == want_of(parts) else ()


def items_behind(position: int, want: int | None, parts: Sequence[Part], context: Context) -> list[Item]:
    """The items of the list that one of the rules ``members_behind`` finds at ``position``."""
    for rule in context.rules.text["members_behind"]:
        match = rule.pattern.match(context.shadow, position)
        if not match:
            continue
        if rule.yields == "ordinals":
            tied = parts or "。" not in match.group()  # a new sentence tells of the whole paragraph
            items = _ordinals(context.shadow, match.end(), want) if tied else []
        else:
            items = _items(match.end(), want, parts, context)
        counted = len(items) == want and _counts_itself(parts)
        other_words = not parts and all(end - start == 1 for start, end in items)  # （站、室）: one thing
        if items and not other_words and (rule.yields != "counted" or counted):
            return items
    return []


def fit(parts: Sequence[Part], items: Sequence[Item], context: Context) -> tuple[Component, ...]:
    """Deal the items out to the parts in order; one component without label where the counts do not add up."""
    if not items:
        return ()
    if len(parts) == 1:
        kept = lists.shared_tail(context.shadow, items, parts[0].key)
        return (component_of(parts[0].label, parts[0].number, kept, context),)
    if parts and want_of(parts) == len(items):
        dealt, at = [], 0
        for part in parts:
            dealt.append(component_of(part.label, part.number, items[at : at + part.number], context))
            at += part.number
        return tuple(dealt)
    return (component_of(None, None, items, context),)


def _items(start: int, want: int | None, parts: Sequence[Part], context: Context) -> list[Item]:
    items = _quoted_run(start, want, context) or lists.listed(context.shadow, start, want)
    if _counts_itself(parts):
        items = _with_number(items, parts[0].key.removeprefix("一") or "一", context.shadow)
    if not items:
        return []
    first = items[0] if _counts_itself(parts) else _without_verb(items, context)
    if len(parts) == 1 and first == items[0] and len(items) > 1:
        first = _without_key(items, parts[0].key, context.shadow)
    return lists.without_of(context.shadow, [first, *items[1:]])


def _quoted_run(start: int, want: int | None, context: Context) -> list[Item]:
    """The names in marks that follow one another right behind 即: “说事”“议事”“办事”."""
    run = _RUN.match(context.shadow, lists.lead_end(context.shadow, start))
    items = [match.span("item") for match in _QUOTED.finditer(context.shadow, *run.span())] if run else []
    return items if len(items) == want else []


def _counts_itself(parts: Sequence[Part]) -> bool:
    """Whether the name says that each member holds a number: 三个一, 三个一百, 6个100."""
    return len(parts) == 1 and (parts[0].key in {"百", "100"} or parts[0].key[0] == "一")


def _with_number(items: list[Item], sign: str, shadow: str) -> list[Item]:
    """Items that each hold the number of 三个一, 6个100; clauses before it and a subject in front are cut off."""
    kept: list[Item] = []
    for start, end in items:
        signs = (shadow.find(one, start, end) for one in (sign, _DIGITS.get(sign, sign)))
        at = next((place for place in signs if place >= 0), -1)
        if at < 0:
            return []
        comma = shadow.rfind("，", start, at)
        kept.append((at if shadow[start] in _PREPOSITIONS else max(start, comma + 1), end))
    opening = {shadow[start : start + 2] for start, _ in kept[1:]}
    if len(opening) == 1 and (at := shadow.find(opening.pop(), *kept[0])) > 0:
        kept[0] = (at, kept[0][1])
    return kept


def _without_key(items: Sequence[Item], key: str, shadow: str) -> Item:
    """The first item without the label's word where no other item has it: 十有, 即有电视、座椅 → 电视."""
    start, end = items[0]
    alone = shadow.startswith(key, start) and not any(shadow.startswith(key, other) for other, _ in items[1:])
    return (start + len(key), end) if alone and end - start > len(key) else (start, end)


def _without_verb(items: Sequence[Item], context: Context) -> Item:
    """The first item without the verb that opens the list: 开通党群服务、计划生育… → 党群服务."""
    opening = context.rules.pattern("list_opening")
    first, *others = items
    match = opening.match(context.shadow, *first)
    if not match or match.end() >= first[1] or any(opening.match(context.shadow, *other) for other in others):
        return first
    return match.end(), first[1]


def _ordinals(shadow: str, start: int, want: int | None) -> list[Item]:
    """The first clause behind each of 一是, 二是, 三是 … in order, up to ``want``."""
    items: list[Item] = []
    for number, sign in enumerate("一二三四五六七八九十", 1):
        at = shadow.find(f"{sign}是", start, start + 500)
        if at < 0 or (number == 1 and at > start + 2) or (want is not None and number > want):
            break
        end = lists.outer_end(shadow, at + 2, "，。；：\n")
        items.append(lists.trim(shadow, at + 2, end))
        start = end
    return items if len(items) > 1 and (want is None or len(items) <= want) else []


def listed_before(found: Found, parts: Sequence[Part], want: int | None, context: Context) -> tuple[Component, ...]:
    """A list right before the name: 以…为主要内容的“X”, A、B、C“三个X”, “A、B、C”的“三X”."""
    begin = found.start if found.name_start <= found.start + 1 else found.name_start
    window = max(0, begin - _WINDOW)
    for rule in context.rules.text["members_before"]:
        match = rule.pattern.search(context.shadow[window:begin])
        qualities = rule.yields == "alike" and context.shadow[found.start] == "“"
        if not match or qualities:
            continue
        items = _items_before(window + match.start("list"), window + match.end("list"), rule.yields, want, context)
        if len(groups := _pairs(items, context)) > 1:
            return groups
        if len(items) == want and want > 1 and (len(parts) < 2 or _speaks_of(parts, items, context)):
            return fit(parts, items, context)
        if len(items) > 1 and _stands(rule.yields, items, want, parts):
            return fit((), items, context)
    return ()


def _pairs(items: Sequence[Item], context: Context) -> tuple[Component, ...]:
    """A component for each quoted item where all are lists themselves: “校、院、班”和“园、楼、层”相结合的双三级."""
    if len(items) < 2 or any(context.shadow[start - 1] != "“" for start, _ in items):
        return ()
    each = [lists.split(context.shadow, start, end, "、") for start, end in items]
    return tuple(component_of(None, None, one, context) for one in each) if all(len(one) > 1 for one in each) else ()


def _items_before(start: int, end: int, yields: str, want: int | None, context: Context) -> list[Item]:
    if yields.endswith("quoted"):
        return [match.span("item") for match in _QUOTED.finditer(context.shadow, start, end)]
    if yields == "couplets":
        return lists.split(context.shadow, start, end, "；")
    if terms := lists.formula(context.shadow, start, end):
        return terms
    items = lists.part_last(context.shadow, lists.split(context.shadow, start, end, "、"), want)
    if items and context.rules.pattern("list_opening").fullmatch(context.shadow, *items[-1]):
        return []  # 加强领导、抓好“双带头人”工程: the last one is the verb before the name
    if want is not None and len(items) != want and "，" in context.shadow[start:end]:
        items = lists.split(context.shadow, start, end, "、，")
    return without_opening(lists.without_of(context.shadow, items), context)


def _stands(yields: str, items: Sequence[Item], want: int | None, parts: Sequence[Part]) -> bool:
    """Whether a list that is not as long as the name claims, or a name that claims nothing, is still its list."""
    if len(parts) > 1 and yields != "examples":
        return False
    if yields in {"alike", "couplets"}:
        return len({end - start for start, end in items}) == 1 and len(items) > 2
    if yields == "examples":
        return want is None or len(items) < want
    return yields == "members" or (yields in {"quoted", "uncounted"} and want is None)


def _speaks_of(parts: Sequence[Part], items: Sequence[Item], context: Context) -> bool:
    """Whether the words of a name of several parts stand in the list: 双强一优 in 党建强、发展强、服务优."""
    said = "".join(context.shadow[start:end] for start, end in items)
    return all(part.key in said for part in parts)


def without_opening(items: Sequence[Item], context: Context) -> list[Item]:
    """Cut from the first item what leads up to the list: verbs, or whatever makes it longer than all others."""
    if len(items) < 2:
        return list(items)
    start, end = items[0]
    start += context.shadow[start] == "由" and end - start > 1
    lengths = {b - a for a, b in items[1:]}
    opening = context.rules.pattern("list_opening")
    if len(items) > 2 and len(lengths) == 1 and end - start > (length := next(iter(lengths))):
        cut = end - length if end - length > start + 1 or context.shadow[start] in _PREPOSITIONS else start
        verb = opening.match(context.shadow, start, end)
        if verb and start < verb.end() < cut:
            cut = verb.end() if cut - verb.end() < _SHORTEST else cut
        verb = opening.match(context.shadow, cut, end)
        others = any(opening.match(context.shadow, *item) for item in items[1:])
        return [(verb.end() if verb and not others and verb.end() < end - 1 else cut, end), *items[1:]]
    inner = [match.end() for match in opening.finditer(context.shadow, start, end) if match.end() < end - 1]
    return [(inner[-1] if inner and end - start > max(lengths) else start, end), *items[1:]]
