"""Parts and members of a practice, as the text spells them out.

Each way of spelling them out is a small function that returns components, or none.  A list counts only where
it is tied to the name: by 即, brackets or 为主要内容, by a label, or because its items carry the name's own word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from policykb.extraction import lists
from policykb.extraction.codes import components_of_code, labelled, labels_of, tiled_labels
from policykb.extraction.components import Context, component_of
from policykb.extraction.counted import extended, grouped, letters, quoted_sharing
from policykb.extraction.listed import (
    explained_together,
    listed_before,
    listed_behind,
    listed_later,
    want_of,
    without_opening,
)
from policykb.extraction.lists import Item
from policykb.extraction.names import COORDINATED, LEVELS, Part, code_of, cores, parts_of, symbols
from policykb.extraction.numerals import count
from policykb.extraction.quoted import Found
from policykb.extraction.scattered import counted_in_turn, headed
from policykb.models import Component
from policykb.terms import PracticeKind

_FAR = 3000
"""How far apart the numbered clauses of a text may stand, in characters."""
_NEXT = 60
_VERBS = frozenset(
    {"走访", "回访", "随访", "联系", "服务", "宣讲", "帮扶", "关爱", "慰问", "建立", "组建", "统筹", "整合", "调解"}
)
"""Verbs whose last character a name may use for the whole: 四访, 三讲."""
_MANY = re.compile("[二两三四五六七八九十多]|一.多")
"""How an item begins that is a count of its own: 多委合一 of 一核多圈、多委合一."""
_CLOSE = 6
_SIMILAR = 2
_COUPLET = 6
"""How many characters each half of “…，…” has at least to be a member: a shorter couplet is a slogan."""
_NEAR = 400
"""How far from its name a list may stand whose items carry the name's own word, in characters."""


def components_of(found: Found, context: Context) -> tuple[Component, ...]:
    """The components that the text spells out at one mention of a name; empty when it does not."""
    name = context.name(found)
    parts = parts_of(name)
    if found.name_start > found.start + 1 and (own := listed_before(found, parts, want_of(parts), context)):
        return own
    if (code := code_of(name)) and symbols(code):
        return components_of_code(found, code, context)
    return _completed(_together(found, name, parts, context), found, parts, context)


def _completed(
    components: tuple[Component, ...], found: Found, parts: Sequence[Part], context: Context
) -> tuple[Component, ...]:
    """The components with those of the parts that are spelled out where the text names them again, in marks."""
    by_label = {component.label: component for component in components}
    if (
        len(parts) < 2
        or (components and None in by_label)
        or len(by_label.keys() & {p.label for p in parts}) != len(components)
    ):
        return components
    for part in parts:
        at = context.shadow.find(f"“{part.label}”", found.end, found.end + _FAR)
        if part.label not in by_label and part.number > 1 and at >= 0:
            place = Found(at, at + len(part.label) + 2, at + 1, at + len(part.label) + 1, None, "label")
            core = cores([part])
            own = (
                listed_behind(place, [part], context)
                or _same_word(place, core, context)
                or headed(place, core, context)
            )
            by_label |= {one.label: one for one in own[:1] if one.label}
    for part in parts:
        if part.label not in by_label and (items := _speaking_of(part, found, context)):
            by_label[part.label] = component_of(part.label, part.number, items, context)
    return tuple(by_label[part.label] for part in parts if part.label in by_label)


def _speaking_of(part: Part, found: Found, context: Context) -> list[Item]:
    """A list behind the name, as long as the part claims, whose items all hold its word: 群众评议、党员互评 for 评."""
    for items in _near(found, context):
        whole = lists.without_rest(context.shadow, list(items))
        holds = all(part.key in context.shadow[start:end] for start, end in whole)
        if part.number > 2 and len(whole) == part.number and holds and whole[0][0] > found.end:
            return without_opening(whole, context)
    return []


def _together(found: Found, name: str, parts: Sequence[Part], context: Context) -> tuple[Component, ...]:
    """The components that stand at the mention itself."""
    ways = (
        _own_items(found, name, context) if not parts else (),
        extended(found, name, context),
        _levels(found, name, context),
        _by_verbs(found, parts, context),
        _verb_clauses(found, parts, context),
        explained_together(found, parts, context),
        listed_behind(found, parts, context),
        listed_before(found, parts, want_of(parts), context),
        labelled(found, labels_of(name, parts), context) if len(parts) > 1 else (),
        labelled(found, tiled_labels(found, name, context), context) if code_of(name) else (),
        listed_later(found, parts, context),
        _columns(found, parts, context),
        grouped(found, parts, context),
        _numbered_clauses(found, parts, context) if len(parts) == 1 else (),
    )
    best, same = max(ways, key=_weight), _same_word(found, cores(parts), context)
    if not same and not any(best):
        return headed(found, cores(parts), context) or _in_turn(found, parts, context)
    if not same or _weight(same) < _weight(best) or any(_shares(component, same) for component in best):
        return best
    besides = [component for component in best if component.label]
    return (*same, *(component.model_copy(update={"label": None, "count": None}) for component in besides))


def _columns(found: Found, parts: Sequence[Part], context: Context) -> tuple[Component, ...]:
    """五包五保指包工作，保证完成；包思想，保证稳定；…: each clause holds one member of each part."""
    numbers = {part.number for part in parts}
    behind = found.end + context.shadow.startswith(("，", "（"), found.end)
    start = lists.lead_end(context.shadow, behind)
    if len(parts) < 2 or len(numbers) != 1 or max(numbers) < 2:
        return ()
    cells = _cells(parts, start, max(numbers), context)
    if not cells:
        whole = _rows(parts, start, max(numbers), context)
        return (component_of(context.name(found), len(whole), whole, context),) if whole else ()
    said = all(part.key in context.shadow[slice(*cell)] for row in cells for part, cell in zip(parts, row, strict=True))
    if start == behind and not said:
        return ()
    return tuple(
        component_of(part.label, part.number, [row[column] for row in cells], context)
        for column, part in enumerate(parts)
    )


def _cells(parts: Sequence[Part], start: int, number: int, context: Context) -> list[list[Item]]:
    """Rows of one cell for each part, between ； and ，, or between ， and 、; the rows that follow do not count."""
    end = lists.outer_end(context.shadow, start, "。\n")
    for row_mark, cell_mark in ("；，", "，、"):
        rows = lists.split(context.shadow, start, end, row_mark)
        cells = [lists.split(context.shadow, *row, cell_mark) for row in rows[:number]]
        more = row_mark == "；" and len(rows) > number
        if len(cells) == number and not more and all(len(row) == len(parts) for row in cells):
            return cells
    return []


def _rows(parts: Sequence[Part], start: int, number: int, context: Context) -> list[Item]:
    """As many clauses as each part claims that each hold the words of all parts: 抓组织促凝聚，抓教育促发挥，…."""
    for separator in "，；、":
        end = lists.outer_end(context.shadow, start, "。\n" if separator == "；" else "；。\n")
        rows = lists.split(context.shadow, start, end, separator)
        if len(rows) == number and all(part.key in context.shadow[slice(*row)] for row in rows for part in parts):
            return rows
    return []


def _in_turn(found: Found, parts: Sequence[Part], context: Context) -> tuple[Component, ...]:
    """一网两线三保障: 密织一张“党组织网”、创新两条“经营主线”、运用三项“保障机制”."""
    if len(parts) < 2:
        return ()
    labels = [(f"{re.escape(part.label[0])}|{part.number}", part.key) for part in parts]
    return counted_in_turn(found, labels, context)


def _shares(component: Component, others: Sequence[Component]) -> bool:
    """Whether one of its members stands inside a member of ``others``, or the other way round."""
    spans = [span for other in others for span in other.spans]
    return any(a < d and c < b for a, b in component.spans for c, d in spans)


def _weight(components: Sequence[Component]) -> tuple[bool, int]:
    """More components whose count holds first, then more members."""
    holds = all(component.count_holds is not False for component in components)
    return holds and bool(components), sum(len(component.members) for component in components)


def _own_items(found: Found, name: str, context: Context) -> tuple[Component, ...]:
    """A name that is itself a list: of equal items (“美在社区、爱在社区”), of four or more, or a chain A-B-C, A+B+C."""
    couplet = lists.split(context.shadow, found.name_start, found.name_end, "，")
    if len(couplet) > 1 and len({end - start for start, end in couplet}) == 1:
        verse = found.kind is PracticeKind.CAMPAIGN or couplet[0][1] - couplet[0][0] < _COUPLET
        return () if verse else (component_of(None, None, couplet, context),)
    if any(sign in name for sign in "，“”"):
        return ()
    if match := COORDINATED.fullmatch(name):
        spans = [(found.name_start + match.start(side), found.name_start + match.end(side)) for side in (1, 3)]
        return (component_of(None, None, spans, context),)
    chain = lists.split(context.shadow, found.name_start, found.name_end, "-→+")
    if len(chain) > 2 or (len(chain) == 2 and _is_pair(chain, name)):
        return (component_of(None, None, chain, context),)
    items = lists.split(context.shadow, found.name_start, found.name_end, "、")
    lengths = {end - start for start, end in items}
    enough = 3 if found.kind is PracticeKind.CAMPAIGN else 2  # a campaign's couplet is a slogan
    alike = len(items) >= enough and len(lengths) == 1 and not any(map(_MANY.match, name.split("、")))
    quoted = found.start < found.name_start
    similar = len(items) > 2 and max(lengths) - min(lengths) <= _SIMILAR
    return (component_of(None, None, items, context),) if alike or (quoted and (similar or len(items) > 3)) else ()


def _is_pair(chain: Sequence[Item], name: str) -> bool:
    """Whether A+B names two sides: “派单联调+分级分类”, not 党建+就业, which means one thing with another's help."""
    (a, b), (c, d) = chain
    return b - a == d - c > 1 and not name.startswith(("党建", "互联网"))


def _levels(found: Found, name: str, context: Context) -> tuple[Component, ...]:
    """A name that enumerates its levels and counts them: 乡、村两级便民服务中心 → 乡, 村."""
    match = LEVELS.match(context.shadow, found.name_start, found.name_end)
    if not match and name[1:2] in {"级", "方"}:  # “三级走访”活动。每年结合市、县、乡三级检查
        nearby = re.compile(rf"(?P<list>[^，。；\n]{{3,20}})(?P<count>{name[0]})(?P<unit>{name[1]})")
        match = nearby.search(context.shadow, found.end, found.end + _NEXT)
    items = lists.split(context.shadow, match.start("list"), match.end("list"), "、") if match else []
    items = (
        [(items[0][1] - 1, items[0][1]), *items[1:]] if len(items) > 1 and items[-1][1] - items[-1][0] == 1 else items
    )
    if not match or len(items) < 2 or count(match["count"]) != len(items):
        return ()
    return (component_of(match["count"] + match["unit"], len(items), items, context),)


def _by_verbs(found: Found, parts: Sequence[Part], context: Context) -> tuple[Component, ...]:
    """Parts whose word is a verb: 两走遍 → 要走遍A，…要走遍B; within two sentences behind the name."""
    if len(parts) < 2 or max(part.number for part in parts) < 2 or not any(len(part.key) > 1 for part in parts):
        return ()
    start, end = found.end, lists.sentence_end(context.shadow, found.end, 2)
    components = []
    for part in parts:
        items = _objects(part, start, end, context.shadow) if len(part.key) > 1 else []
        if len(items) == part.number:
            components.append(component_of(part.label, part.number, items, context))
    return tuple(components)


def _verb_clauses(found: Found, parts: Sequence[Part], context: Context) -> tuple[Component, ...]:
    """A clause for each part in a row: 走访A、B、C，联系D、E，制订F，是“三访两联一订”的内容; verbs as in ``_VERBS``."""
    shadow = context.shadow
    low = max(0, found.start - _NEAR)
    start = max(low, *(shadow.rfind(stop, low, found.start) + 1 for stop in "。\n"))
    clauses = lists.split(shadow, start, lists.outer_end(shadow, start, "。\n"), "，；") if len(parts) > 1 else []
    for at in range(len(clauses) - len(parts) + 1):
        row = zip(parts, clauses[at : at + len(parts)], strict=True)
        each = [_objects_of(part, clause, shadow) for part, clause in row]
        if all(each) and any(part.number > 1 for part in parts):
            pairs = zip(parts, each, strict=True)
            return tuple(component_of(part.label, part.number, items, context) for part, items in pairs)
    return ()


def _objects_of(part: Part, clause: Item, shadow: str) -> list[Item]:
    """As many objects of a verb as the part claims, whose word the verb holds; the whole clause where it claims one."""
    start, end = clause
    if part.key not in shadow[start : start + 2]:
        return []
    if part.number == 1:
        return [clause]
    items = lists.part_last(shadow, lists.split(shadow, start + 2, end, "、"), part.number)
    return items if len(items) == part.number and shadow[start : start + 2] in _VERBS else []


def _numbered_clauses(found: Found, parts: Sequence[Part], context: Context) -> tuple[Component, ...]:
    """四聚焦, 五个到位: as many headings 一是…，二是… that begin or end with the part's word, wherever they stand."""
    part, items, at = parts[0], list[Item](), found.end
    for sign in "一二三四五六七八九十"[: part.number]:
        at = context.shadow.find(f"{sign}是", at, at + _FAR)
        if at < 0:
            return ()
        items.append((at + 2, lists.outer_end(context.shadow, at + 2, "，。；：\n")))
        at += 2
    clauses = [context.shadow[start:end] for start, end in items]
    same = all(one.startswith(part.key) for one in clauses) or all(one.endswith(part.key) for one in clauses)
    return (component_of(part.label, part.number, items, context),) if same and len(items) > 1 else ()


def _objects(part: Part, start: int, end: int, shadow: str) -> list[Item]:
    """What stands behind each occurrence of the part's verb, up to its count."""
    items: list[Item] = []
    while (key := shadow.find(part.key, start, end)) >= 0 and len(items) < part.number:
        at = key + len(part.key)
        stop = lists.outer_end(shadow, at, "，。；：\n", end)
        if shadow[at : at + 1] in {"、", "和", "与", "”", "等", "的"}:  # here it is a noun in a list
            start = at
            continue
        clause = max(shadow.rfind(sign, start - 1, key) for sign in "，。；：--") + 1
        if clause > 0 and shadow[clause] in "将把":  # 将A转交给B: the object stands before the verb
            items.append((clause, stop))
            start = stop
            continue
        items += lists.part_last(shadow, lists.split(shadow, at, stop, "、"), part.number - len(items))
        start = max(stop, at)
    return items


def _same_word(found: Found, parts: Sequence[Part], context: Context) -> tuple[Component, ...]:
    """A list anywhere near whose items all carry the part's word at the same place: 三服务, 五讲, 四个课堂."""
    components = []
    for part in parts:
        near = sorted(_near(found, context), key=lambda items: abs(items[0][0] - found.start))
        own = [items for items in near if len(parts) == 1 or not _is_of_part(items, part, context.shadow)]
        trimmed = (lists.without_of(context.shadow, lists.without_notes(context.shadow, items)) for items in own)
        items = next((fitting for items in trimmed if (fitting := lists.aligned(context.shadow, items, part))), [])
        items = without_opening(items, context)
        items = (
            items
            or _governed(found, part, context)
            or quoted_sharing(found, part, context)
            or letters(found, part, context)
        )
        items = items or _by_first_letter(part, own, context)
        if items:
            components.append(component_of(part.label, part.number, items, context))
    return tuple(components)


def _by_first_letter(part: Part, near: Sequence[Sequence[Item]], context: Context) -> list[Item]:
    """As many items as the name claims that all begin with its first letter: 老党员、老教师、老军人 of 三老调解团."""
    first = part._replace(key=part.key[0])
    for items in near if part.number > 2 and len(part.key) > 2 else ():
        if whole := lists.aligned(context.shadow, lists.without_rest(context.shadow, list(items)), first):
            longest = max(end - start for start, end in whole[:-1])
            return [(start, min(end, start + longest)) for start, end in whole]
    return []


def _governed(found: Found, part: Part, context: Context) -> list[Item]:
    """The objects of the part's verb, as many as it claims: 四访 and then 走访个人、家庭、学校、村居."""
    if part.number < 3 or len(part.key) > 1:
        return []
    for items in _near(found, context):
        (start, end), *others = lists.without_rest(context.shadow, list(items))
        at = context.shadow.find(part.key, start, end)
        if len(items) != part.number or start < found.end or not 0 < at < end - 2:
            continue
        if context.shadow[at - 1 : at + 1] in _VERBS and not any(part.key in context.shadow[a:b] for a, b in others):
            return [(at + 1, end), *others]
    return []


def _is_of_part(items: Sequence[Item], part: Part, shadow: str) -> bool:
    """Whether a list leads up to a practice named like the part alone: 支部联合、产业联育的村企“三联”模式."""
    return f"“{part.label}”" in shadow[items[-1][1] - _CLOSE : items[-1][1] + len(part.label) + _CLOSE]


def _near(found: Found, context: Context) -> Sequence[tuple[Item, ...]]:
    starts = context.listings
    low = bisect_left(starts, found.start - _NEAR, key=lambda items: items[0][0])
    high = bisect_left(starts, found.end + _NEAR, key=lambda items: items[0][0])
    return starts[low:high]
