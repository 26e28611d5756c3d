"""Members of codes of digits and of labelled parts: 131n, “8”即…, “四进”，即…, “一核”是指…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from policykb.extraction import lists
from policykb.extraction.components import Context, component_of
from policykb.extraction.counted import counted_clauses, counted_headings, quoted_series
from policykb.extraction.listed import items_behind, listed_before, listed_behind
from policykb.extraction.lists import Item
from policykb.extraction.names import Part, numbered_parts, symbols
from policykb.extraction.numerals import NUMERAL
from policykb.extraction.numerals import count as count_of
from policykb.extraction.quoted import Found
from policykb.extraction.scattered import counted_in_turn, headed
from policykb.models import Component

_FAR = 800
_NEAR = 260
"""How far behind the name, or behind the label before it, a label may stand, in characters."""
_MEANS = (
    r"(?:，?(?:即|也就是)(?:是|指)?"
    r"|，?(?:分别)?(?:是指|就是|代表着?|指的就是|指的是|包括|包含|涵盖|主要是|指|是|为)|：|--)：?(?:“(?=[^“”]*+”[，。；]))?"
)
_INCLUDING = re.compile(r"[，：](?:主要|具体)?(?:包括|包含|涵盖|即|分别是|分别为)")
_DIGITS = {"1": "一", "2": "二", "3": "三", "4": "四", "5": "五", "6": "六", "7": "七", "8": "八", "9": "九"}


_QUOTED = re.compile("“[^“”]{1,30}+”")


class Label(NamedTuple):
    """A symbol of a code or a part of a name: the forms in which the text may repeat it, and its number."""

    text: str
    forms: tuple[str, ...]
    number: int | None
    part: Part | None


def labels_of(code: str, parts: Sequence[Part]) -> list[Label]:
    """The labels of a code of digits, or of numbered parts."""
    if parts:
        return [Label(part.label, (part.label,), part.number, part) for part in parts]
    return [
        Label(sign, (sign, *([_DIGITS[sign]] if sign in _DIGITS else [])), count_of(sign), None)
        for sign in symbols(code)
    ]


_LABEL = re.compile("“(?P<label>[^“”，。；：]{1,8}+)”")
_JOINTS = str.maketrans("", "", "、+，和与 ")


def tiled_labels(found: Found, name: str, context: Context) -> list[Label]:
    """The quoted wordings behind a name that make it up in turn: “一所”即…，“一园”即…，“多站”即… of 一所一园多站."""
    labels: list[Label] = []
    rest = name.translate(_JOINTS)
    for match in _LABEL.finditer(context.shadow, found.end, found.end + _FAR):
        label = match["label"].translate(_JOINTS)
        if label and rest.startswith(label):
            labels.append(Label(match["label"], (match["label"],), count_of(label[0]), None))
            rest = rest.removeprefix(label)
    return labels if len(labels) > 1 and not rest else []


def components_of_code(found: Found, code: str, context: Context) -> tuple[Component, ...]:
    """The parts of a code of digits: labelled symbols, numbered labels, a clause or an item for each symbol."""
    labels = labels_of(code, ())
    ways = (
        labelled(found, labels, context),
        _numbered(found, labels, context),
        _clauses(found, labels, context),
        _counted_items(found, labels, context),
        _sum(found, labels, context),
        _quoted_counts(found, labels, context),
        _before(found, code, len(labels), context),
        counted_in_turn(found, [("|".join(label.forms), "") for label in labels], context) if "+" in code else (),
        _whole(found, labels, context),
    )
    return max(ways, key=lambda components: sum(len(component.members) for component in components))


def _whole(found: Found, labels: Sequence[Label], context: Context) -> tuple[Component, ...]:
    """One phrase for each sign, apart from each other: headings, clauses or names that count as the signs do."""
    numbers = [label.number for label in labels]
    for way in (quoted_series, counted_clauses, counted_headings):
        if len(labels) > 1 and (items := way(found, numbers, context)):
            return (component_of("".join(label.text for label in labels), len(labels), items, context),)
    return ()


def _before(found: Found, code: str, want: int, context: Context) -> tuple[Component, ...]:
    """A list before the code: whatever its length for a code with a sign in it, else of as many as it has digits."""
    components = listed_before(found, (), None, context)
    fits = len(components) == 1 and len(components[0].members) == want > 2
    return components if fits or not code.isalnum() else ()


def labelled(found: Found, labels: Sequence[Label], context: Context) -> tuple[Component, ...]:
    """“8”即…，“X”即…: every label of the name repeated in order and explained; empty if one is not.

    Where each is explained by one phrase, the phrases are the members of the whole, and lists behind them are
    those of the labels (“X”即A，包括B、C等).
    """
    if len(labels) < 2:
        return ()
    explained: list[tuple[Item | None, list[Item]]] = []
    at = found.name_end + 1
    for label in labels:
        match = _find_label(label, at, context)
        if not match:
            return ()
        explained.append(_explained(label, match.end(), context))
        at = match.end()
    phrases = [phrase for phrase, _ in explained if phrase]
    if len(phrases) == len(labels):
        whole = component_of("".join(label.text for label in labels), len(labels), phrases, context)
        rest = [(label, items) for label, (_, items) in zip(labels, explained, strict=True) if items]
        return (whole, *(component_of(label.text, label.number, items, context) for label, items in rest))
    return tuple(
        component_of(label.text, label.number, items or ([phrase] if phrase else []), context)
        for label, (phrase, items) in zip(labels, explained, strict=True)
    )


def _counted(label: Label, phrase: Item, start: int, context: Context) -> list[Item]:
    """The headings behind ``start`` that a phrase of a label's explanation counts: “A工程”, … for 四大工程."""
    parts = numbered_parts(context.shadow[slice(*phrase)])
    if len(parts) != 1 or parts[0].number != label.number:
        return []
    components = headed(Found(start, start, start, start, None, "label"), parts, context)
    return list(components[0].spans) if components else []


def _find_label(label: Label, start: int, context: Context) -> re.Match[str] | None:
    """The next place where the label stands in quotation marks before a word such as 即 or 是指."""
    forms = "|".join(re.escape(form) for form in label.forms)
    pattern = re.compile(rf"[“‘](?:{forms})[”’](?:[\u4e00-\u9fff]{{0,6}}?)(?:{_MEANS}|（)")
    return pattern.search(context.shadow, start, start + _NEAR)


def _explained(label: Label, start: int, context: Context) -> tuple[Item | None, list[Item]]:
    """The phrase that explains a label, None where it is a list, and the items of a list in it or behind it."""
    shadow = context.shadow
    end = lists.outer_end(shadow, start, "，；。\n：")
    phrase = lists.trim(shadow, lists.lead_end(shadow, start), end)
    if phrase[0] >= phrase[1]:
        return None, []
    if inner := _in_brackets(label, phrase, context):
        return None, inner
    including = _INCLUDING.match(shadow, end)
    behind = _included(including.end(), context) if including else []
    if including and len(behind) > 1:
        return (None if "即" in including.group() else phrase), behind
    items = lists.part_last(shadow, lists.split(shadow, *phrase, "、"), label.number)
    if len(items) < 2:
        headings = _counted(label, phrase, end, context)
        return (None, headings) if headings else (phrase, [])
    return None, lists.shared_tail(shadow, items, label.part.key if label.part else "")


def _in_brackets(label: Label, phrase: Item, context: Context) -> list[Item]:
    """The list in brackets at the end of the phrase, as long as the label claims: 六大中心（A、B、…）."""
    opening = context.shadow.find("（", *phrase)
    if opening <= phrase[0] or context.shadow[phrase[1] - 1] != "）":
        return []
    items = lists.part_last(context.shadow, lists.split(context.shadow, opening + 1, phrase[1] - 1, "、"), label.number)
    return items if len(items) > 1 and label.number in {None, len(items)} else []


def _included(start: int, context: Context) -> list[Item]:
    """The 、-list that begins at ``start`` and ends with its clause."""
    end = lists.outer_end(context.shadow, start, "，；。：\n")
    return lists.part_last(context.shadow, lists.split(context.shadow, start, end, "、"), None)


def _numbered(found: Found, labels: Sequence[Label], context: Context) -> tuple[Component, ...]:
    """“四进”，即…；“五会”，即…: labels whose numbers are the symbols of the code, in order."""
    components: list[Component] = []
    at = found.end
    for label in labels:
        component = _next_numbered(label, at, context)
        if component is None:
            return ()
        components.append(component)
        at = component.spans[-1][1]
    return tuple(components)


def _next_numbered(label: Label, start: int, context: Context) -> Component | None:
    """The next quoted label that counts as ``label`` does and is followed by its list."""
    pattern = re.compile(
        r"“(?P<label>[^“”，。、]{2,12}+)”(?:[\u4e00-\u9fff]{1,6}(?=（|，即|即|：))?(?=，?即|：|（|，?包括|，?是指|，?指|是|，?分别)"
    )
    for match in pattern.finditer(context.shadow, start, start + _NEAR):
        parts = numbered_parts(match["label"])
        if len(parts) != 1 or parts[0].number != label.number:
            continue
        place = Found(match.start(), match.end(), match.start("label"), match.end("label"), None, "label")
        if components := listed_behind(place, parts, context):
            return components[0]
    return None


def _clauses(found: Found, labels: Sequence[Label], context: Context) -> tuple[Component, ...]:
    """One clause for each symbol, parted by ；, in the quotation that defines the code: “以A为…；以B、C为…”."""
    window = max(0, found.start - 300)
    match = re.search(r"“(?P<list>[^“”]{6,290}+)”的$", context.shadow[window : found.start])
    spans = [(window + match.start("list"), window + match.end("list"))] if match else []
    behind = found.end + context.shadow.startswith("，", found.end)
    if (start := lists.lead_end(context.shadow, behind)) > behind:
        spans.append((start, lists.outer_end(context.shadow, start, "。\n")))
    for span in spans:
        clauses = lists.split(context.shadow, *span, "；")
        if len(clauses) == len(labels) > 1:
            return tuple(_clause(label, clause, context) for label, clause in zip(labels, clauses, strict=True))
    return ()


def _clause(label: Label, clause: Item, context: Context) -> Component:
    """The members in 以A、B、C等3个组织为主体 or 发挥A、B等组织作用."""
    start, end = clause
    role = re.compile(r"(?:以|由|把|将|让|使|发挥|依托|坚持|突出|抓好)(?P<list>.{2,200}?)(?:为|作为|牵头|作用|$)")
    match = role.match(context.shadow, start, end)
    start, end = match.span("list") if match else clause
    items = lists.part_last(context.shadow, lists.split(context.shadow, start, end, "、"), label.number)
    return component_of(label.text, label.number, items, context)


def _counted_items(found: Found, labels: Sequence[Label], context: Context) -> tuple[Component, ...]:
    """“113”，即一个核心、一张网、三支队伍: one item for each symbol, each with its number."""
    code = "".join(label.text for label in labels)
    behind = [items_behind(at, len(labels), (), context) for at in (found.name_end + 1, found.end)]
    before = [list(component.spans) for component in listed_before(found, (), len(labels), context)]
    for items in (*behind, *before):
        counts = [_leading_count(context.shadow[start:end]) for start, end in items]
        if len(items) == len(labels) > 1 and all(
            n == label.number or label.number is None for n, label in zip(counts, labels, strict=True)
        ):
            return (component_of(code, len(labels), items, context),)
    return ()


def _sum(found: Found, labels: Sequence[Label], context: Context) -> tuple[Component, ...]:
    """“4+2+N”模式，即4个A+2个B+N个C: the sum written out in words within the sentence."""
    end = lists.outer_end(context.shadow, found.end, "；。\n", found.end + _NEAR)
    start = context.shadow.find("即", found.end, end)
    items = lists.split(context.shadow, start + 1, end, "+") if start >= 0 else []
    if len(items) != len(labels) or len(labels) < 2:
        return ()
    return (component_of("+".join(label.text for label in labels), len(labels), items, context),)


def _quoted_counts(found: Found, labels: Sequence[Label], context: Context) -> tuple[Component, ...]:
    """上好“1”堂A，办好B、C等“2”次D: each symbol in quotation marks counts what its clause lists.

    Where no clause lists anything (坚持“1”个理念，依托“2”个平台) the clauses are the members of the whole.
    """
    shadow, at = context.shadow, found.end
    places: list[int] = []
    for label in labels:
        at = shadow.find(f"“{label.text}”", at, at + _NEAR)
        if at < 0:
            return ()
        places.append(at)
        at += len(label.text) + 2
    lists_before = [_list_before(start, context) for start in places]
    if not any(lists_before):
        start = lists.lead_end(shadow, found.end + shadow.startswith("，", found.end))
        clauses = lists.split(shadow, start, lists.outer_end(shadow, places[-1], "，；。\n"), "，；")
        code = "".join(label.text for label in labels)
        return (component_of(code, len(labels), clauses, context),) if len(clauses) == len(labels) > 1 else ()
    items = [before or _noun_behind(start, context) for start, before in zip(places, lists_before, strict=True)]
    if not all(items):
        return ()
    return tuple(
        component_of(label.text, label.number, part, context) for label, part in zip(labels, items, strict=True)
    )


def _list_before(start: int, context: Context) -> list[Item]:
    """The items before 等“2”次 in the clause of the label at ``start``."""
    shadow = context.shadow
    if shadow[start - 1] != "等":
        return []
    low = max(0, start - _NEAR)
    clause = max(low, max(shadow.rfind(sign, low, start) for sign in "，。；\n") + 1)
    opening = context.rules.pattern("list_opening").match(shadow, clause, start)
    items = lists.split(shadow, opening.end() if opening else clause, start - 1, "、")
    quoted = [match.span() for match in _QUOTED.finditer(shadow, clause, start)]
    return quoted if len(quoted) > len(items) else items


def _noun_behind(start: int, context: Context) -> list[Item]:
    """The noun behind “1”堂, up to the end of the clause."""
    at = context.shadow.find("”", start) + 2
    end = lists.outer_end(context.shadow, at, "，；。\n")
    return [(at, end)] if at < end else []


def _leading_count(item: str) -> int | None:
    match = re.match(rf"[“‘]?({NUMERAL}{{1,3}}|\d{{1,3}})", item) or re.search(
        rf"[“‘]({NUMERAL})[\u4e00-\u9fff]+[”’]$", item
    )
    return count_of(match.group(1)) if match else None
