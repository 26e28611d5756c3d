"""Practices of a document: names found, gathered by name, with members, locality, code and defining quote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from policykb.extraction.components import Context
from policykb.extraction.counts import missing_parts
from policykb.extraction.lists import outer_end
from policykb.extraction.localities import Governance
from policykb.extraction.members import components_of
from policykb.extraction.names import code_of, normal_name, parts_of, symbols
from policykb.extraction.quoted import Found, kind_inside
from policykb.models import Component, Document, Practice
from policykb.terms import PracticeKind

_STOPS = "，；。！？\n"
_LONGEST_CLAUSE = 300
_RHYTHM = re.compile("[每一][日天周月季年]")
"""每周一走访, 一月一研判: what is done by the clock is a mechanism."""
_NAMED_AFTER = frozenset({PracticeKind.ORGANIZATION, PracticeKind.PLATFORM})
_LONGEST_VERB = 6
_DEFINED_BY = 8
"""How many mentions of a name are searched for its members: it is defined early or not at all."""


class _Mention(NamedTuple):
    found: Found
    components: tuple[Component, ...]


def gather(
    document: Document, found: Sequence[Found], context: Context, governance: Governance
) -> tuple[Practice, ...]:
    """One practice for each name, in order of its first mention; parts of another practice are none."""
    groups: dict[str, list[_Mention]] = {}
    tried: Counter[str] = Counter()
    for one in found:
        name = _key(one, context)
        components = components_of(one, context) if tried[name] < _DEFINED_BY else ()
        tried[name] += 1
        if name and (components or not one.needs_members):
            groups.setdefault(name, []).append(_Mention(one, components))
    labels = _labels(groups)
    kept = _merged({name: mentions for name, mentions in groups.items() if name not in labels}, context)
    elsewhere = _mentions(kept, context)
    practices = (_practice(document, mentions, elsewhere[name], context, governance) for name, mentions in kept.items())
    return tuple(sorted(practices, key=lambda practice: practice.mentions[0]))


def _key(found: Found, context: Context) -> str:
    """By what mentions are gathered: the name, and for an organ or a platform named after it its kind too.

    “敲门行动”工作领导小组 is another practice than the campaign “敲门行动”.
    """
    name = normal_name(context.name(found))
    if name and found.headed and found.kind in _NAMED_AFTER and found.start < found.name_start:
        return f"{name}·{found.kind}"
    return name


def _merged(groups: dict[str, list[_Mention]], context: Context) -> dict[str, list[_Mention]]:
    """Names without quotation marks that shorten another one are mentions of it: 考核制度 of 基层党组织考核制度."""
    merged: dict[str, list[_Mention]] = {}
    by_ending: dict[str, str] = {}
    for name in sorted(groups, key=len, reverse=True):
        if not _is_quoted(groups[name][0], context) and (
            longer := by_ending.get(name) or _quoted_like(name, groups, context)
        ):
            merged.setdefault(longer, []).extend(groups[name])
            continue
        merged[name] = groups[name]
        for at in range(1, len(name) - 3):
            by_ending.setdefault(name[at:], name)
    return merged


def _quoted_like(name: str, groups: Mapping[str, Sequence[_Mention]], context: Context) -> str | None:
    """The name in marks that this one repeats without them: 小村共建模式 of “小村共建”发展模式."""
    stems = (name[:-length] for length in (4, 3, 2) if name[-length:] in context.rules.lexicon.heads)
    return next((stem for stem in stems if stem in groups and _is_quoted(groups[stem][0], context)), None)


def _worth(mention: _Mention) -> tuple[int, bool, int, int]:
    """More members first, then a head noun, then the nearer list, then the longer name."""
    found = mention.found
    starts = [start for component in mention.components for start, _ in component.spans]
    distance = min((abs(start - found.end) for start in starts), default=0)
    members = sum(len(component.members) for component in mention.components)
    return members, found.kind is not None, -distance, found.name_end - found.name_start


def _is_quoted(mention: _Mention, context: Context) -> bool:
    return context.shadow[mention.found.start] == "“"


def _labels(groups: Mapping[str, Sequence[_Mention]]) -> set[str]:
    """Names that are the label of a part of another practice and are never introduced by themselves."""
    owned = {
        normal_name(component.label)
        for name, mentions in groups.items()
        for mention in mentions
        for component in mention.components
        if component.label and normal_name(component.label) != name
    }
    owned |= {normal_name(part.label) for name in groups if len(parts := parts_of(name)) > 1 for part in parts}
    owned |= {short for name in groups for short in _shortened(name)}
    return {name for name in owned & set(groups) if not any(m.found.headed for m in groups[name])}


def _shortened(name: str) -> Iterator[str]:
    """The numbered names that give some of the parts of ``name`` in a row: 3+3 of N+3+3, 三访两联 of 三访两联一订."""
    joint, parts = ("+", symbols(name)) if "+" in name else ("", [part.label for part in parts_of(name)])
    for at in range(len(parts)):
        for end in range(at + 2, len(parts) + 1):
            if end - at < len(parts):
                yield joint.join(parts[at:end])


def _mentions(groups: Mapping[str, Sequence[_Mention]], context: Context) -> dict[str, tuple[tuple[int, int], ...]]:
    """All places that name each practice: those found, and the same words in quotation marks elsewhere."""
    places = {name: {(m.found.start, m.found.end) for m in mentions} for name, mentions in groups.items()}
    taken = {m.found.name_start for mentions in groups.values() for m in mentions}
    for quotation in context.quotations:
        name = normal_name(context.shadow[quotation.start + 1 : quotation.end - 1])
        if name in places and quotation.start + 1 not in taken:
            places[name].add((quotation.start, quotation.end))
    return {name: tuple(sorted(spans)) for name, spans in places.items()}


def _practice(
    document: Document,
    mentions: Sequence[_Mention],
    places: tuple[tuple[int, int], ...],
    context: Context,
    governance: Governance,
) -> Practice:
    """The record: the mention with the most members defines, the first one with a head noun gives the kind."""
    best = max(mentions, key=_worth)
    found = best.found
    name = document.text[found.name_start : found.name_end]
    start, end = _defining_span(best, context.shadow)
    return Practice(
        id=f"{document.id}-{places[0][0]}",
        name=name,
        full_name=_fullest(mentions, document.text),
        kind=_kind(mentions, name, context),
        code=code_of(context.name(found)),
        locality=governance.at(found.start),
        components=best.components,
        quote=document.text[start:end],
        start=start,
        end=end,
        rule=found.rule,
        mentions=places,
        confidence=max(context.rules.confidence.of(mention.found.rule) for mention in mentions),
        missing=missing_parts(context.name(found), best.components),
    )


def _fullest(mentions: Sequence[_Mention], text: str) -> str:
    """The longest way in which the name is written with its head noun, the first of equals: “45666”社区工作法.

    One with its parts in brackets inside (“双强一优”（党建强、…）竞赛活动) only where there is no other.
    """
    headed = [m.found for m in mentions if m.found.kind] or [m.found for m in mentions]
    names = [text[found.start : found.end].strip() for found in headed]
    return max(names, key=lambda name: ("”（" not in name, len(name)))


def _kind(mentions: Sequence[_Mention], name: str, context: Context) -> PracticeKind:
    """The kind that a head noun gives, else the one inside the name, else what its numbers suggest."""
    kinds = [m.found.kind for m in mentions if m.found.kind]
    inside = kind_inside(name, context.rules)
    loose = {PracticeKind.WORK_METHOD, PracticeKind.BRAND}
    way = kinds[:1] and kinds[0] in loose and context.shadow[mentions[0].found.end - 1] not in "法牌"
    if inside and (not kinds or way):  # “家庭党校”等形式 is a place to learn
        return inside
    if kinds:
        return kinds[0]
    if common := kind_inside(name, context.rules, ("weak", "adjacent")):
        return common
    if not code_of(name):
        return PracticeKind.MODEL if "+" in name else _kind_of_verb(mentions, context) or PracticeKind.BRAND
    if _RHYTHM.search(name):
        return PracticeKind.MECHANISM
    return PracticeKind.CHECKLIST if name.endswith(("有", "个一")) else PracticeKind.WORK_METHOD


def _kind_of_verb(mentions: Sequence[_Mention], context: Context) -> PracticeKind | None:
    """What the verb right before a mention makes: 成立“敲门队”."""
    starts = (m.found.start for m in mentions)
    verbs = (
        context.shadow[max(0, start - length) : start] for start in starts for length in range(_LONGEST_VERB, 1, -1)
    )
    return next(
        (context.rules.lexicon.verb_kinds[verb] for verb in verbs if verb in context.rules.lexicon.verb_kinds), None
    )


def _defining_span(mention: _Mention, shadow: str) -> tuple[int, int]:
    """From the beginning of the clause that names it to the end of the clause with its last member nearby."""
    found = mention.found
    spans = [span for component in mention.components for span in component.spans]
    near = [span for span in spans if abs(span[0] - found.start) < 700]
    first = min([found.start, *(start for start, _ in near)])
    last = max([found.end, *(end for _, end in near)])
    low = max(0, first - _LONGEST_CLAUSE)
    start = max(low, max(shadow.rfind(stop, low, first) for stop in _STOPS) + 1)
    end = outer_end(shadow, last, _STOPS)
    while start < first and shadow[start] in " \n":
        start += 1
    return start, end
