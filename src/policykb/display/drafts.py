"""The view of a draft: its page, with what is missing, borrowed or to be looked at marked, and lists of these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from policykb.blocks import HEADINGS, PAGE_TURNS, Block, BlockKind, Cell, Header, Imprint, Run, Table
from policykb.display.html import NOTHING, Html, folded, join, page, picture, table, tag
from policykb.display.marking import Mark, mark

_LOOKS = {
    BlockKind.TITLE: "centred title",
    BlockKind.ADDRESSEE: "",
    BlockKind.SIGNATURE: "right",
    BlockKind.DATE: "right",
    BlockKind.ATTACHMENT: "head",
} | dict.fromkeys(HEADINGS, "head")
"""How a kind of block looks; any other is an indented paragraph."""
_HEADS = frozenset(kind for kind, look in _LOOKS.items() if look == "head")

_GAP = re.compile("【待填[^【】]*】")
"""A gap in the header, whose fields are plain text."""


class Doubt(NamedTuple):
    """Something to look at: ``where`` names the heading above it, ``kind`` says in words why."""

    text: str
    kind: str
    where: str


class Borrowed(NamedTuple):
    """A borrowed sentence: of which practice, from which document and place."""

    practice: str
    title: str
    place: str
    quote: str


def draft_view(
    blocks: Sequence[Block],
    *,
    header: Header | None,
    imprint: Imprint | None,
    missing: Sequence[str],
    doubts: Sequence[Doubt],
    borrowed: Sequence[Borrowed],
) -> str:
    """The page of a draft, and below it what is missing (by labels), what is doubtful, and what was borrowed.

    There is no page without ``blocks``.
    """
    return page(
        tag("div", _state(missing, doubts, borrowed)),
        tag("div", _header(header), *_paragraphs(blocks, doubts), _imprint(imprint), look="page")
        if blocks
        else NOTHING,
        _listed("还缺", "处", ("要填的内容",), [(label,) for label in missing]),
        _listed("请核对", "处", ("文字", "原因", "位置"), doubts),
        _listed("出处", "条", ("做法", "文件", "位置", "原文"), borrowed),
    )


def _state(missing: Sequence[object], doubts: Sequence[object], borrowed: Sequence[object]) -> Html:
    told = (
        ("mark", "missing", "还缺", missing),
        ("mark", "residue", "请核对", doubts),
        ("ins", "borrowed", "借用原文", borrowed),
    )
    return join((join([tag(element, label, look=look), f" {len(rows)}"]) for element, look, label, rows in told), "　")


def _listed(label: str, unit: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> Html:
    return folded(f"{label} {len(rows)} {unit}", table(head, rows)) if rows else NOTHING


def _paragraphs(blocks: Iterable[Block], doubts: Sequence[Doubt]) -> Iterable[Html]:
    heading = ""
    for block in blocks:
        if block.kind in PAGE_TURNS:
            continue
        if block.kind in _HEADS:
            heading = block.text
        here = [doubt for doubt in doubts if not heading or heading in doubt.where]
        if block.picture:
            yield picture(block.picture.png, block.picture.description)
        elif block.table:
            yield _table(block.table, here)
        else:
            yield tag("p", _marked(block.runs, here), look=_LOOKS.get(block.kind, "indented"))


def _marked(runs: Sequence[Run], doubts: Sequence[Doubt]) -> Html:
    """The text of the runs with its gaps, its borrowed parts and its doubts marked."""
    text = "".join(run.text for run in runs)
    marks: list[Mark] = []
    at = 0
    for run in runs:
        if run.missing:
            marks.append(Mark(at, at + len(run.text), "mark", "missing", "请填写"))
        elif run.comment:
            marks.append(Mark(at, at + len(run.text), "ins", "borrowed", run.comment))
        at += len(run.text)
    for doubt in doubts:
        place = text.find(doubt.text) if doubt.text else -1
        while place >= 0:
            marks.append(Mark(place, place + len(doubt.text), "mark", "residue", f"请核对：{doubt.kind}"))
            place = text.find(doubt.text, place + len(doubt.text))
    return mark(text, marks)


def _table(content: Table, doubts: Sequence[Doubt]) -> Html:
    def cells(row: Iterable[Cell]) -> list[Html]:
        return [_marked(cell.runs, doubts) for cell in row]

    return table([cell.text for cell in content.head], [cells(row) for row in content.rows])


def _header(header: Header | None) -> Html:
    if header is None:
        return NOTHING
    small = " · ".join(filter(None, (header.copy_number, header.classification, header.urgency)))
    signed = f"签发人：{'、'.join(header.signatories)}" if header.signatories else ""
    return join([
        tag("p", _gaps(small)),
        tag("p", _gaps("、".join(header.organs) + header.suffix), look="red"),
        tag("p", _gaps("　".join(filter(None, (header.document_number, signed)))), look="centred"),
    ])  # fmt: skip


def _gaps(text: str) -> Html:
    return mark(text, [Mark(*gap.span(), "mark", "missing", "请填写") for gap in _GAP.finditer(text)])


def _imprint(imprint: Imprint | None) -> Html:
    if imprint is None:
        return NOTHING
    copied = f"抄送：{'，'.join(imprint.copied_to)}。" if imprint.copied_to else ""
    return tag("p", tag("small", join(filter(None, (copied, imprint.printed_by, imprint.printed_on)), "　")))
