"""What a clerk sees of each record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policykb.cli.language import later, say, say_term
from policykb.cli.screen import Screen, marked

if TYPE_CHECKING:
    from policykb.cli.drafts import Finished
    from policykb.drafting import CheckReport, Residue, Template
    from policykb.knowledge_base import AddReport
    from policykb.models import Component, Document, Extraction, Hit, Practice
    from policykb.search import Contribution, FacetCounts
    from policykb.word import FixedFile


_FACETS = 12
"""Values of a facet that a screen shows; JSON has them all."""

SEVERITIES = {"error": later("错误"), "warning": later("警告"), "hint": later("提示")}


def show_documents(screen: Screen, rows: Sequence[tuple[Document, int]]) -> None:
    """A table of documents; each comes with how many practices were found in it."""
    cells = [
        (
            document.id,
            document.title,
            say_term(document.kind),
            document.issued_on or document.published_on or "—",
            places(document),
            str(n_practices),
        )
        for document, n_practices in rows
    ]
    screen.table((say("编号"), say("标题"), say("类型"), say("日期"), say("地区"), say("做法")), cells)
    screen.remark(say("共 {n} 份文件。看一份：policykb show 编号", n=len(rows)))


def places(document: Document) -> str:
    """The places of a document: the first, and how many more."""
    names = [locality.name for locality in document.localities]
    return names[0] + (say(" 等{n}地", n=len(names)) if len(names) > 1 else "") if names else "—"


def show_document(screen: Screen, document: Document, extraction: Extraction) -> None:
    """A document: header, outline with its practices, figures, and what cleaning did."""
    screen.line(marked(document.title, [(0, len(document.title))]))
    for label, value in header_rows(document):
        screen.entry(label + say("："), value)
    for remark in document.remarks:
        screen.entry(say("注意："), remark)
    show_outline(screen, document, extraction)
    screen.line()
    figures, references = len(extraction.indicators), len(extraction.references)
    screen.line(say("指标 {figures} 个，引用文件 {references} 个", figures=figures, references=references))
    if document.repairs:
        counts = Counter(repair.kind for repair in document.repairs)
        told = (say("{kind} {n} 处", kind=say_term(kind), n=n) for kind, n in counts.most_common())
        screen.entry(say("修复："), say("，").join(told))


def header_rows(document: Document) -> list[tuple[str, str]]:
    """The header fields that have a value, with their labels."""
    rows = [
        (say("编号"), document.id),
        (say("类型"), say_term(document.kind)),
        (say("发文机关"), document.issuing_authority),
        (say("发文字号"), document.document_number),
        (say("主送机关"), "，".join(document.addressees)),
        (say("成文日期"), document.issued_on),
        (say("发布日期"), document.published_on),
        (say("作者"), "，".join(document.authors)),
        (say("发布者"), document.publisher),
        (say("地区"), "，".join(f"{place.full_name}（{say_term(place.level)}）" for place in document.localities)),
        (say("来源"), document.source_name),
    ]
    return [(label, value) for label, value in rows if value]


def show_outline(screen: Screen, document: Document, extraction: Extraction) -> None:
    """The sections by their rank, each practice under the section that defines it."""
    entries: list[tuple[int, int, str | Practice]] = [
        (section.start, section.level, f"{section.number or ''}{section.heading}") for section in document.sections
    ]
    levels = [(section.start, section.end, section.level) for section in document.sections]
    for practice in extraction.practices:
        depth = max((level for start, end, level in levels if start <= practice.start < end), default=0)
        entries.append((practice.start, depth + 1, practice))
    screen.line()
    for _, level, entry in sorted(entries, key=lambda entry: entry[0]):
        indent = "  " * (level - 1)
        if isinstance(entry, str):
            screen.entry(indent, entry)
        else:
            show_practice_parts(screen, entry, indent)


def show_practice_parts(screen: Screen, practice: Practice, indent: str = "") -> None:
    """A practice on a line, its parts with their members below."""
    screen.entry(f"{indent}● ", marked(practice.full_name, [(0, len(practice.full_name))]))
    for component in practice.components:
        label = f"{component.label}：" if component.label else ""
        screen.entry(f"{indent}    {label}", component_line(component))


def component_line(component: Component) -> str:
    """The members of a part, and a warning where their number is not what its name claims."""
    if not component.members:
        return say("（原文未列出）")
    long = any(mark in member for member in component.members for mark in "，、；")
    wrong = say("（应有 {count} 项，原文列出 {n} 项）", count=component.count, n=len(component.members))
    return ("；" if long else "、").join(component.members) + (wrong if component.count_holds is False else "")


def show_practice(screen: Screen, practice: Practice, document: Document) -> None:
    """A practice as a card: parts, definition, source."""
    show_practice_parts(screen, practice)
    kind, place = say_term(practice.kind), practice.locality or "—"
    screen.entry("  ", say("类型：{kind}　地区：{place}", kind=kind, place=place))
    screen.entry(say("  原文："), practice.quote)
    screen.entry(say("  出处："), citation(document, practice.start))


def show_practices(screen: Screen, rows: Sequence[tuple[Practice, Document]]) -> None:
    """A table of practices."""
    cells = [
        (
            practice.name,
            say_term(practice.kind),
            practice.locality or "—",
            str(sum(len(component.members) for component in practice.components) or "—"),
            document.title,
        )
        for practice, document in rows
    ]
    screen.table((say("做法"), say("类型"), say("地区"), say("成员"), say("出自")), cells, grow=0)
    screen.remark(say("共 {n} 项做法。看一项：policykb practices 名称", n=len(rows)))


def citation(document: Document, position: int) -> str:
    """Where a place of a document stands: title, date, and the headings above it."""
    return " ".join([dated_title(document), " › ".join(headings_at(document, position))]).rstrip()


def dated_title(document: Document) -> str:
    """The title, with the date where it is known."""
    date = document.issued_on or document.published_on
    return f"《{document.title}》" + (f"（{date}）" if date else "")


def headings_at(document: Document, position: int) -> list[str]:
    """The headings above a place of a document, the highest first."""
    above = (section for section in document.sections if section.start <= position < section.end)
    return [f"{section.number or ''}{section.heading}" for section in above]


def show_hits(
    screen: Screen, hits: Sequence[Hit], *, first: int = 0, reasons: Sequence[Sequence[Contribution]] = ()
) -> None:
    """Search results, best first: the document where it changes, then the passage with the found words marked.

    ``first`` is how many were left out before these; ``reasons`` say what gave each its score.
    """
    before = None
    for number, hit in enumerate(hits, first + 1):
        if hit.document.id != before:
            told = say("编号 {id}", id=hit.document.id)
            screen.line(marked(f"{dated_title(hit.document)} · {told}", [(0, len(dated_title(hit.document)))]))
        before = hit.document.id
        if hit.practice:
            screen.entry(f"{number}. ", marked(hit.practice.full_name, [(0, len(hit.practice.full_name))]))
        place = "   " if hit.practice else f"{number}. "
        screen.entry(place, hit.snippet if screen.piped else marked(hit.text, hit.highlights))
        score = say("得分 {score}", score=f"{hit.score:.2f}")
        screen.entry(
            "   ", " · ".join(part for part in (" › ".join(headings_at(hit.document, hit.start)), score) if part)
        )
        if reasons:
            told = "  ".join(f"{one.word}（{one.label}）{one.score:.2f}" for one in reasons[number - first - 1])
            screen.entry(say("   因为 "), told)


def advise(screen: Screen, near: Sequence[str]) -> None:
    """What to try where nothing was found: queries ``near`` that find something, or fewer conditions."""
    if near:
        screen.remark(say("没有找到。你要找的是不是：{near}", near=say("、").join(near)))
    else:
        screen.remark(say("没有找到。换几个词，或少写几个条件试试。"))


def show_facets(screen: Screen, counts: FacetCounts) -> None:
    """How many results there are in all, and for each place, kind and year."""
    screen.line()
    screen.line(say("共 {n} 条", n=counts.total))
    for label, facets in ((say("地区"), counts.places), (say("类型"), counts.kinds), (say("年份"), counts.years)):
        if facets:
            told = [f"{facet.label} {facet.n}" for facet in facets[:_FACETS]]
            more = [say("还有 {n} 个", n=len(facets) - _FACETS)] if len(facets) > _FACETS else []
            screen.entry(label + say("："), say("，").join(told + more))


def show_add_report(screen: Screen, report: AddReport) -> None:
    """What was added, and what was left out and why."""
    repeated = [skipped for skipped in report.skipped if skipped.same_as]
    screen.line(
        say(
            "新增 {added} 份，更新 {updated} 份，未变 {unchanged} 份，重复 {repeated} 份，跳过 {skipped} 个文件",
            added=len(report.added),
            updated=len(report.updated),
            unchanged=len(report.unchanged),
            repeated=len(repeated),
            skipped=len(report.skipped) - len(repeated),
        )
    )
    for skipped in report.skipped:
        told = later("重复 {path}：{reason}") if skipped.same_as else later("跳过 {path}：{reason}")
        screen.remark(say(told, path=skipped.path, reason=skipped.reason))
    for remark in report.remarks:
        screen.remark(say("注意 {path}：{text}", path=remark.path, text=remark.text))


def show_template(screen: Screen, template: Template) -> None:
    """What a template needs: each field with its label, help and example."""
    screen.line(f"{template.name}　{template.label}")
    cells = [
        (field.name, field.label, say("必填") if field.required else say("可选"), field.help)
        for field in template.fields
    ]
    screen.table((say("字段"), say("名称"), "", say("说明")), cells, grow=3)


def show_check(screen: Screen, report: CheckReport) -> None:
    """What does not agree with the official format, each with its place and what to do."""
    for finding in report.findings:
        clause = f"（{finding.clause}）" if finding.clause else ""
        severity = say(SEVERITIES.get(finding.severity, finding.severity))
        screen.entry(f"{severity} ", f"{finding.place}：{finding.message}{clause}")
        screen.entry("     → ", finding.remedy)
    show_residue(screen, report.residue, say("核对 "))
    found = len(report.findings) + len(report.residue)
    told = later("{path}：发现 {n} 处") if found else later("{path}：合乎格式")
    screen.remark(say(told, path=report.path, n=found))


def show_fixed(screen: Screen, fixed: FixedFile, output: Path) -> None:
    """What was done to the format, and where the mended file is."""
    if not fixed.done:
        screen.line(say("没有可改的格式；已原样写出 {output}", output=output))
        return
    screen.line(say("已写出 {output}，改正 {n} 处格式，文字未动：", output=output, n=len(fixed.done)))
    for finding in fixed.done:
        screen.entry("  · ", f"{finding.place}{say('：')}{finding.done}")
    screen.line()


def show_residue(screen: Screen, residue: Sequence[Residue], prefix: str) -> None:
    """What may not fit the place, each with where it stands."""
    from policykb.word import quoted

    for one in residue:
        screen.entry(prefix, f"{say_term(one.kind)}{quoted(one.text)} {one.where}")


def show_draft(screen: Screen, finished: Finished) -> None:
    """What came of a draft: where it is, what is missing, what must be looked at, what is copied."""
    draft = finished.draft
    told = later("已写出 {output}（盖过了原来的文件）") if finished.replaces else later("已写出 {output}")
    screen.line(say(told, output=finished.path))
    if draft.missing:
        screen.line(say("还缺 {n} 项（文中以黄色【待填】标出）：", n=len(draft.missing)))
        for missing in draft.missing:
            screen.entry("  · ", f"{missing.label}（{missing.field}）")
    if draft.residue:
        screen.line(say("请核对 {n} 处：", n=len(draft.residue)))
        show_residue(screen, draft.residue, "  · ")
    copied = [overlap for overlap in finished.overlaps if overlap.copied]
    if copied:
        screen.line(say("与来源逐字相同（查重）："))
        for overlap in copied:
            longest = say("最长的一段：{text}", text=shortened(overlap.longest[0]))
            screen.entry("  · ", f"{overlap.section} {overlap.share:.0%}{say('，')}{longest}")
    borrowed = dict.fromkeys((source.practice, source.title, source.document_id) for source in draft.sources)
    for practice, title, document_id in borrowed:
        screen.remark(say("借鉴 {practice}：《{title}》（{id}）", practice=practice, title=title, id=document_id))


def show_batch(screen: Screen, batch: Sequence[Finished]) -> None:
    """A line about each draft of a batch, and what is missing with the number of drafts that lack it."""
    for finished in batch:
        missing, residue = len(finished.draft.missing), len(finished.draft.residue)
        counts = say("缺 {missing} 项，核对 {residue} 处", missing=missing, residue=residue)
        screen.entry("· ", f"{finished.path}{say('：')}{counts}")
    lacking = Counter((missing.label, missing.field) for finished in batch for missing in finished.draft.missing)
    if lacking:
        screen.line(say("还缺的内容（文中以黄色【待填】标出）："))
    for (label, field), n in lacking.items():
        screen.entry("  · ", say("{label}（{field}）：{n} 份", label=label, field=field, n=n))


def shortened(text: str, limit: int = 24) -> str:
    """``text``, or its beginning and its end where it is long."""
    return text if len(text) <= limit else f"{text[: limit - 7]}…{text[-6:]}"
