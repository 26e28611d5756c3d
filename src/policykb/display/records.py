"""The views of the records: document, practice, text with what was found in it, hit; and of any other record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from policykb.display.html import NOTHING, Html, folded, join, page, pairs, put, table, tag
from policykb.display.marking import Mark, mark
from policykb.models import Component, Document, Extraction, Hit, Indicator, Practice, Record
from policykb.showing import to_html
from policykb.terms import Term

NAME, MEMBER, FIGURE, REFERENCE, QUOTE = "b", "ins", "mark", "cite", "span"
"""The elements of what is marked in a text; they tell it apart even where a page shows no colours."""

_HIT = "mark"
_FULL_HIT = 600
"""Characters of a passage that a hit shows at once; the rest of a longer one is folded."""
_LONGEST = 50_000
"""Characters of a text that a view shows: more would make a browser slow."""
_OUTLINE = 40
"""Headings up to which the outline of a document is open."""
_ITEMS = 20
"""Items of a field that the view of any record shows."""


@to_html.register
def _document(document: Document) -> str:
    counts = Counter(repair.kind.zh for repair in document.repairs)
    rows = [
        *header_rows(document),
        ("修复", "，".join(f"{kind} {n} 处" for kind, n in counts.most_common())),
        ("注意", "\n".join(document.remarks)),
    ]
    headings = [s for s in document.sections if s.heading or s.number]
    outline = join((f"{'　' * (s.level - 1)}{s.number or ''}{s.heading}" for s in headings), "<br>")
    text = folded(f"全文（{len(document.text)} 字）", _text(document.text, []))
    shown = folded(f"提纲（{len(headings)} 条）", outline, opened=len(headings) <= _OUTLINE) if headings else NOTHING
    return page(tag("b", document.title or "（无题）", look="title"), pairs(rows), shown, text)


def header_rows(document: Document) -> list[tuple[str, object]]:
    """What a document says of itself, with labels; what it does not say is None or empty."""
    places = "、".join(place.full_name for place in document.localities[:_ITEMS])
    more = f" 等 {len(document.localities)} 地" if len(document.localities) > _ITEMS else ""
    return [
        ("编号", document.id),
        ("类型", document.kind.zh),
        ("发文机关", document.issuing_authority),
        ("发文字号", document.document_number),
        ("主送机关", "、".join(document.addressees)),
        ("成文日期", document.issued_on),
        ("发布日期", document.published_on),
        ("作者", "、".join(document.authors)),
        ("发布者", document.publisher),
        ("地区", places + more),
        ("来源", document.source_name),
    ]


@to_html.register
def _practice(practice: Practice) -> str:
    return page(practice_card(practice))


def practice_card(practice: Practice) -> Html:
    """A practice with its parts, whether each count holds, the words that define it, and their place."""
    told = [practice.kind.zh, practice.locality, f"代号 {practice.code}" if practice.code else None]
    place = [practice.id, f"原文 {practice.start}–{practice.end} 字", practice.rule, f"把握 {practice.confidence:.2f}"]
    return join([
        tag("b", practice.full_name, look="title"),
        "　",
        " · ".join(one for one in told if one),
        _count_told(practice),
        parts_table(practice.components),
        tag("blockquote", mark(practice.quote, _shifted(practice_marks(practice), practice.start))),
        tag("small", " · ".join(place)),
    ])  # fmt: skip


def _count_told(practice: Practice) -> Html:
    """Whether the text lists what the name counts; nothing where it counts nothing."""
    if practice.missing is None:
        return NOTHING
    if practice.count_holds:
        return put(" · 项数相符")
    return join([" · ", tag("span", f"项数不符：{'、'.join(practice.missing)}", look="wrong")])


def parts_table(components: Sequence[Component]) -> Html:
    """The parts with their members; a count that does not hold is said."""
    if not components:
        return tag("div", tag("small", "原文没有列出组成"))
    rows = [(part.label, _count(part), "、".join(part.members) or tag("small", "原文没有列出")) for part in components]
    return table(("组成", "项数", "成员"), rows, ("short", "short"))


def _count(part: Component) -> Html:
    if part.count is None:
        return put(len(part.members) or None)
    if part.count_holds:
        return put(f"{part.count} ✓")
    return tag("span", f"应有 {part.count}，列出 {len(part.members)}", look="wrong")


def practice_marks(practice: Practice) -> list[Mark]:
    """Where the text names the practice, and where it lists its members."""
    names = [Mark(a, b, NAME, "name", f"做法：{practice.full_name}") for a, b in practice.mentions]
    members = [
        Mark(a, b, MEMBER, "member", f"{practice.full_name} · {part.label or '成员'}")
        for part in practice.components
        for a, b in part.spans
    ]
    return names + members


def _shifted(marks: Iterable[Mark], by: int) -> list[Mark]:
    return [one._replace(start=one.start - by, end=one.end - by) for one in marks]


@to_html.register
def _extraction(found: Extraction) -> str:
    names = (
        ("全称", "类型", "地区", "组成"),
        [(p.full_name, p.kind.zh, p.locality, parts_line(p)) for p in found.practices],
    )
    figures = (
        ("指标", "单位", "对象", "地区", "原文"),
        [(indicator_number(i), i.unit, i.subject, i.locality, i.quote) for i in found.indicators],
    )
    cited = (("引用", "文号", "发文机关"), [(one.title, one.document_number, one.issuer) for one in found.references])
    return page(
        _legend(found),
        _text(found.text, extraction_marks(found)) if found.text else NOTHING,
        folded(f"做法 {len(found.practices)} 项", table(*names)),
        folded(f"指标 {len(found.indicators)} 个", table(*figures, ("number",))),
        folded(f"引用 {len(found.references)} 处", table(*cited)),
    )


def _text(text: str, marks: Iterable[Mark]) -> Html:
    """A text with its marks in a frame of its own; of a very long one the beginning."""
    rest = f"\n…（余下 {len(text) - _LONGEST} 字没有显示）" if len(text) > _LONGEST else ""
    return tag("div", mark(text, marks, end=min(len(text), _LONGEST)), rest, look="scroll")


def extraction_marks(found: Extraction) -> list[Mark]:
    """The practices of a text, their members, its figures and what it cites."""
    marks = [one for practice in found.practices for one in practice_marks(practice)]
    marks += [Mark(p.start, p.end, QUOTE, "quote", f"定义：{p.full_name}") for p in found.practices]
    marks += [Mark(i.start, i.end, FIGURE, "figure", f"指标：{indicator_value(i)}") for i in found.indicators]
    marks += [Mark(r.start, r.end, REFERENCE, "", "引用") for r in found.references]
    return _once(marks)


def _once(marks: Iterable[Mark]) -> list[Mark]:
    """Marks of one kind at one place become one that tells them all."""
    labels: dict[Mark, list[str]] = {}
    for one in marks:
        labels.setdefault(one._replace(label=""), []).append(one.label)
    return [one._replace(label="\n".join(dict.fromkeys(told))) for one, told in labels.items()]


def _legend(found: Extraction) -> Html:
    n_members = sum(len(part.members) for practice in found.practices for part in practice.components)
    entries = (
        (NAME, "name", "做法名称", len(found.practices)),
        (QUOTE, "quote", "做法的定义", None),
        (MEMBER, "member", "成员", n_members),
        (FIGURE, "figure", "指标", len(found.indicators)),
        (REFERENCE, "", "引用", len(found.references)),
    )
    told = (
        join([tag(element, label, look=look), NOTHING if n is None else f" {n}"]) for element, look, label, n in entries
    )
    return tag("div", "图例：", join(told, "　"))


def parts_line(practice: Practice) -> str:
    """The parts on one line, “部分：成员、成员；…”."""
    return components_line(practice.components)


def components_line(components: Iterable[Component]) -> str:
    """The parts on one line, “部分：成员、成员；…”; a part without members is its label."""
    told = ("：".join(filter(None, (part.label, "、".join(part.members)))) for part in components)
    return "；".join(filter(None, told))


def indicator_number(indicator: Indicator) -> str:
    """The value without its unit: 95, 80–180, 1.5亿."""
    value = indicator.value
    return "–".join(map(readable, value)) if isinstance(value, tuple) else readable(value)


def indicator_value(indicator: Indicator) -> str:
    """The value with unit and qualifier: “95 %（不低于）”."""
    qualifier = f"（{indicator.qualifier}）" if indicator.qualifier else ""
    return " ".join(filter(None, (indicator_number(indicator), indicator.unit))) + qualifier


def readable(number: float) -> str:
    """A number as one reads it, none of its digits lost: 110万, 1.5亿, 4355, 47085, 77.6."""
    for factor, name in ((10**8, "亿"), (10**4, "万")):
        if abs(number) >= factor and number % (factor // 100) == 0:
            return f"{number / factor:.2f}".rstrip("0").rstrip(".") + name
    return f"{number:.10g}"


@to_html.register
def _indicator(indicator: Indicator) -> str:
    rows = [
        ("数值", indicator_value(indicator)),
        ("对象", indicator.subject),
        ("地区", indicator.locality),
        ("性质", indicator.kind.zh),
        ("时间", indicator.period),
        ("原文", indicator.quote),
    ]
    return page(pairs(rows))


@to_html.register
def _hit(hit: Hit) -> str:
    about = [hit.document.kind.zh, hit.document.issued_on or hit.document.published_on, f"得分 {hit.score:.2f}"]
    name = tag("div", "做法：", tag("b", hit.practice.full_name)) if hit.practice else NOTHING
    low, high = best_part(hit, _FULL_HIT)
    whole = folded(f"整段（{len(hit.text)} 字）", highlighted(hit)) if (low, high) != (0, len(hit.text)) else NOTHING
    place = f"{hit.document.id} · 原文 {hit.start}–{hit.end} 字"
    return page(
        tag("b", hit.document.title, look="title"),
        tag("div", " · ".join(filter(None, about))),
        name,
        tag("blockquote", highlighted(hit, low, high)),
        whole,
        tag("small", place),
    )


class _Part(NamedTuple):
    start: int
    end: int


def best_part(hit: Hit, length: int) -> _Part:
    """The part of the hit's text, ``length`` characters at most, that shows the first of what was found."""
    first = hit.highlights[0][0] if hit.highlights else 0
    start = max(0, min(first - length // 6, len(hit.text) - length))
    return _Part(start, min(len(hit.text), start + length))


def highlighted(hit: Hit, start: int = 0, end: int | None = None) -> Html:
    """The hit's text between ``start`` and ``end`` with what was found marked; … where it was cut."""
    end = len(hit.text) if end is None else end
    text = mark(hit.text, [Mark(a, b, _HIT, "hit") for a, b in hit.highlights], start=start, end=end)
    return join(["…" if start else "", text, "…" if end < len(hit.text) else ""])


@to_html.register
def _record(record: Record) -> str:
    """Any other record: its fields by their names."""
    fields = ((name, _told(getattr(record, name))) for name in type(record).model_fields)
    return page(tag("b", type(record).__name__), pairs(fields))


def _told(value: object) -> object:
    if isinstance(value, Term):
        return f"{value.value}（{value.zh}）"
    if isinstance(value, bytes):
        return f"{len(value)} 字节"
    if isinstance(value, tuple):
        lines = [value_line(one) for one in value[:_ITEMS]]
        return "\n".join([*lines, f"… 共 {len(value)} 项"] if len(value) > _ITEMS else lines)
    return value_line(value)


def value_line(value: object) -> str:
    """A value on a line; of a record within a record the values of its fields."""
    if isinstance(value, Record):
        return " · ".join(value_line(getattr(value, name)) for name in type(value).model_fields)
    return "" if value is None else str(value)
