"""What a clerk sees of each record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from policykb.cli.screen import Screen, marked

if TYPE_CHECKING:
    from policykb.drafting import CheckReport, Draft, Template
    from policykb.knowledge_base import AddReport
    from policykb.models import Component, Document, Extraction, Hit, Practice


SEVERITIES = {"error": "错误", "warning": "警告", "hint": "提示"}


def show_documents(screen: Screen, rows: Sequence[tuple[Document, int]]) -> None:
    """A table of documents; each comes with how many practices were found in it."""
    cells = [
        (
            document.id,
            document.title,
            document.kind.zh,
            document.issued_on or document.published_on or "—",
            places(document),
            str(n_practices),
        )
        for document, n_practices in rows
    ]
    screen.table(("编号", "标题", "类型", "日期", "地区", "做法"), cells)
    screen.remark(f"共 {len(rows)} 份文件。看一份：policykb show 编号")


def places(document: Document) -> str:
    """The places of a document: the first, and how many more."""
    names = [locality.name for locality in document.localities]
    return names[0] + (f" 等{len(names)}地" if len(names) > 1 else "") if names else "—"


def show_document(screen: Screen, document: Document, extraction: Extraction) -> None:
    """A document: header, outline with its practices, figures, and what cleaning did."""
    screen.line(marked(document.title, [(0, len(document.title))]))
    for label, value in header_rows(document):
        screen.entry(f"{label}：", value)
    for remark in document.remarks:
        screen.entry("注意：", remark)
    show_outline(screen, document, extraction)
    screen.line()
    screen.line(f"指标 {len(extraction.indicators)} 个，引用文件 {len(extraction.references)} 个")
    if document.repairs:
        counts = Counter(repair.kind for repair in document.repairs)
        screen.entry("修复：", "，".join(f"{kind.zh} {count} 处" for kind, count in counts.most_common()))


def header_rows(document: Document) -> list[tuple[str, str]]:
    """The header fields that have a value, with their labels."""
    rows = [
        ("编号", document.id),
        ("类型", document.kind.zh),
        ("发文机关", document.issuing_authority),
        ("发文字号", document.document_number),
        ("主送机关", "，".join(document.addressees)),
        ("成文日期", document.issued_on),
        ("发布日期", document.published_on),
        ("作者", "，".join(document.authors)),
        ("发布者", document.publisher),
        ("地区", "，".join(f"{place.full_name}（{place.level.zh}）" for place in document.localities)),
        ("来源", document.source_name),
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
        return "（原文未列出）"
    long = any(mark in member for member in component.members for mark in "，、；")
    wrong = f"（应有 {component.count} 项，原文列出 {len(component.members)} 项）"
    return ("；" if long else "、").join(component.members) + (wrong if component.count_holds is False else "")


def show_practice(screen: Screen, practice: Practice, document: Document) -> None:
    """A practice as a card: parts, definition, source."""
    show_practice_parts(screen, practice)
    screen.line(f"  类型：{practice.kind.zh}　地区：{practice.locality or '—'}")
    screen.entry("  原文：", practice.quote)
    screen.entry("  出处：", citation(document, practice.start))


def show_practices(screen: Screen, rows: Sequence[tuple[Practice, Document]]) -> None:
    """A table of practices."""
    cells = [
        (
            practice.name,
            practice.kind.zh,
            practice.locality or "—",
            str(sum(len(component.members) for component in practice.components) or "—"),
            document.title,
        )
        for practice, document in rows
    ]
    screen.table(("做法", "类型", "地区", "成员", "出自"), cells, grow=0)
    screen.remark(f"共 {len(rows)} 项做法。看一项：policykb practices 名称")


def citation(document: Document, position: int) -> str:
    """Where a place of a document stands: title, date, and the headings above it."""
    headings = [
        f"{section.number or ''}{section.heading}"
        for section in document.sections
        if section.start <= position < section.end
    ]
    date = document.issued_on or document.published_on
    return f"《{document.title}》" + (f"（{date}）" if date else "") + (" " + " › ".join(headings) if headings else "")


def show_hits(screen: Screen, hits: Sequence[Hit]) -> None:
    """Search results, best first: source, then the passage with the found words marked."""
    for number, hit in enumerate(hits, 1):
        screen.entry(f"{number}. ", citation(hit.document, hit.start))
        screen.entry("   ", hit.snippet if screen.piped else marked(hit.text, hit.highlights))
        screen.entry("   ", f"{hit.document.source_name} · 编号 {hit.document.id} · 得分 {hit.score:.2f}")


def show_add_report(screen: Screen, report: AddReport) -> None:
    """What was added, and what was left out and why."""
    screen.line(
        f"新增 {len(report.added)} 份，更新 {len(report.updated)} 份，"
        f"未变 {len(report.unchanged)} 份，跳过 {len(report.skipped)} 个文件"
    )
    for skipped in report.skipped:
        screen.remark(f"跳过 {skipped.path}：{skipped.reason}")


def show_template(screen: Screen, template: Template) -> None:
    """What a template needs: each field with its label, help and example."""
    screen.line(f"{template.name}　{template.label}")
    cells = [(field.name, field.label, "必填" if field.required else "可选", field.help) for field in template.fields]
    screen.table(("字段", "名称", "", "说明"), cells, grow=3)


def show_check(screen: Screen, report: CheckReport) -> None:
    """What does not agree with the official format, each with its place and what to do."""
    for finding in report.findings:
        clause = f"（{finding.clause}）" if finding.clause else ""
        screen.entry(
            f"{SEVERITIES.get(finding.severity, finding.severity)} ", f"{finding.place}：{finding.message}{clause}"
        )
        screen.entry("     ", f"→ {finding.remedy}")
    for residue in report.residue:
        screen.entry("核对 ", f"{residue.kind.zh}“{residue.text}” {residue.where}")
    screen.remark(
        f"{report.path}：发现 {len(report.findings) + len(report.residue)} 处"
        if report.findings or report.residue
        else f"{report.path}：合乎格式"
    )


def show_draft(screen: Screen, draft: Draft, output: str) -> None:
    """What came of a draft: where it is, what is missing, what must be looked at."""
    screen.line(f"已写出 {output}")
    if draft.missing:
        screen.line(f"还缺 {len(draft.missing)} 项（文中以黄色【待填】标出）：")
        for missing in draft.missing:
            screen.line(f"  · {missing.label}（{missing.field}）")
    if draft.residue:
        screen.line(f"请核对 {len(draft.residue)} 处：")
        for residue in draft.residue:
            screen.line(f"  · {residue.kind.zh}“{residue.text}” {residue.where}")
    borrowed = dict.fromkeys((source.practice, source.title, source.document_id) for source in draft.sources)
    for practice, title, document_id in borrowed:
        screen.remark(f"借鉴 {practice}：《{title}》（{document_id}）")
