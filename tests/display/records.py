"""Small invented records, whose texts hold HTML."""

from __future__ import annotations

from policykb.models import Component, Document, Extraction, Hit, Indicator, Practice, Reference, Section
from policykb.spans import OffsetMap
from policykb.terms import DocumentKind, PracticeKind

EVIL = '<script>alert("1 & 2")</script>'
TEXT = f"一、总体要求{EVIL}\n推行“三网”工作法，即水网、电网、路网；覆盖率达到95%。依据《意见》。"


def span(part: str) -> tuple[int, int]:
    """Where a part of ``TEXT`` stands."""
    start = TEXT.index(part)
    return start, start + len(part)


def practice(**changes: object) -> Practice:
    """The practice of ``TEXT``."""
    start, end = span("推行“三网”工作法，即水网、电网、路网")
    members = ("水网", "电网", "路网")
    return Practice(
        id="doc-1",
        name="三网",
        full_name="“三网”工作法",
        kind=PracticeKind.WORK_METHOD,
        code=None,
        locality="甲县",
        components=(Component(label="三网", count=3, members=members, spans=tuple(map(span, members))),),
        quote=TEXT[start:end],
        start=start,
        end=end,
        rule="named_with_head",
        mentions=(span("“三网”工作法"),),
    ).model_copy(update=changes)


def indicator(**changes: object) -> Indicator:
    """The figure of ``TEXT``."""
    start, end = span("覆盖率达到95%")
    return Indicator(
        quote=TEXT[start:end],
        value=95.0,
        unit="%",
        subject="覆盖率",
        locality="甲县",
        qualifier=None,
        start=start,
        end=end,
    ).model_copy(update=changes)


def extraction() -> Extraction:
    """What ``TEXT`` holds."""
    start, end = span("《意见》")
    reference = Reference(title="意见", document_number=None, start=start, end=end)
    return Extraction(practices=(practice(),), indicators=(indicator(),), references=(reference,), text=TEXT)


def document(**changes: object) -> Document:
    """A document with ``TEXT``."""
    return Document(
        id="doc",
        title=f"关于{EVIL}的通知",
        kind=DocumentKind.NOTICE,
        issuing_authority="甲县委",
        text=TEXT,
        sections=(Section(level=1, number="一、", heading=f"总体要求{EVIL}", start=0, end=len(TEXT)),),
        source_name=f"{EVIL}.html",
        sha256="0" * 64,
        offsets=OffsetMap.identity(len(TEXT)),
    ).model_copy(update=changes)


def hit(**changes: object) -> Hit:
    """A hit for 水网."""
    return Hit(
        document=document(),
        text=TEXT,
        start=0,
        end=len(TEXT),
        score=1.5,
        snippet=TEXT.replace("水网", "【水网】"),
        highlights=(span("水网"),),
    ).model_copy(update=changes)
