"""A practice as a task of a plan: its heading, and its text borrowed sentence by sentence, each with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from policykb.blocks import Run
from policykb.drafting.adaptation import Adapted, Adapter
from policykb.drafting.borrowing import borrowed_spans, definition_of, is_closed, narrowed, section_trail
from policykb.drafting.draft import SourceQuote
from policykb.drafting.origin import Origin, PracticeSource, origin_of
from policykb.drafting.phrasing import phrasing
from policykb.drafting.profile import Profile
from policykb.drafting.rendering import Borrowed, MissingField, Row
from policykb.models import Record
from policykb.places import Gazetteer
from policykb.segmentation import Segmenter
from policykb.spans import Span
from policykb.word import quoted

_LONGEST_LIST = 1200  # characters; members further apart were not listed in one place


class Part(Record):
    """A stretch borrowed from one place: its runs, all with the comment ``told``, and what is missing in it."""

    runs: tuple[Run, ...]
    told: str
    quote: SourceQuote
    missing: tuple[MissingField, ...] = ()


class Task(Record):
    """A task: its ``paragraphs`` of borrowed parts, and its ``measures``, one a component of the practice.

    A practice without components has its paragraphs for measures.
    """

    verb: str
    name: str
    heading: tuple[Run, ...]
    paragraphs: tuple[tuple[Part, ...], ...]
    measures: tuple[Part, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts, paragraphs first."""
        return (*(part for parts in self.paragraphs for part in parts), *self.measures)

    def row(self, number: int, lead_unit: str | None, units: Sequence[str]) -> Row:
        """What a template sees of the task; without paragraphs these count as missing."""
        values: dict[str, Any] = {"verb": self.verb, "name": self.name, "heading": Borrowed(runs=self.heading)}
        paragraphs = [Borrowed(runs=tuple(run for part in parts for run in part.runs)) for parts in self.paragraphs]
        measures = [Borrowed(runs=part.runs) for part in self.measures] or paragraphs
        given = {"paragraphs": paragraphs, "measures": measures, "lead_unit": lead_unit, "units": "、".join(units)}
        return Row(values | {name: value for name, value in given.items() if value}, f"tasks[{number}]", self.name)


def make_task(source: PracticeSource, profile: Profile, gazetteer: Gazetteer, segmenter: Segmenter) -> Task:
    """Borrow the sentences that describe a practice and adapt them to the target."""
    practice = source.practice
    origin = origin_of(source, gazetteer)
    adapter = Adapter(origin, profile, gazetteer, segmenter)
    paragraphs, n_missing = [], 0
    for spans in _chosen(source, adapter):
        parts = []
        for span in spans:
            adapted = adapter.adapt(source.document.text[slice(*span)], practice.name)
            told = comment(source, origin, span, adapted)
            missing = _missing(adapted, practice.full_name, n_missing)
            n_missing += len(missing)
            parts.append(
                Part(runs=_commented(adapted, told), told=told, quote=_quote(source, span), missing=tuple(missing))
            )
        paragraphs.append(tuple(parts))
    return Task(
        verb=phrasing().verb(practice),
        name=practice.full_name,
        heading=(Run(text=practice.full_name, comment=comment(source, origin, _named(source))),),
        paragraphs=tuple(paragraphs),
        measures=tuple(_measures(source, origin, adapter)),
    )


def quotes_of(tasks: Iterable[Task], parts: Iterable[Part]) -> list[str]:
    """The texts that support a number in a draft: names of the practices, and what was borrowed."""
    return [*(task.name for task in tasks), *(part.quote.quote for part in parts)]


def _measures(source: PracticeSource, origin: Origin, adapter: Adapter) -> Iterator[Part]:
    """One measure a component: its label and its members, as the source spells them out."""
    for component in source.practice.components:
        if not component.spans:
            continue
        start, end = min(s for s, _ in component.spans), max(e for _, e in component.spans)
        if end - start > _LONGEST_LIST:
            continue
        span, members = Span(start, end), "、".join(component.members)
        adapted = adapter.adapt(members, source.practice.name)
        told = comment(source, origin, span, adapted)
        label = [Run(text=f"{component.label}：", comment=told)] if component.label else []
        runs = [run.model_copy(update={"comment": told}) for run in adapted.runs]
        missing = _missing(adapted, f"{source.practice.full_name}{component.label or ''}", 0)
        quote = _quote(source, span)
        yield Part(runs=(*label, *runs), told=told, quote=quote, missing=tuple(missing))


def comment(source: PracticeSource, origin: Origin, span: Span, adapted: Adapted | None = None) -> str:
    """What a clerk must know of a borrowed stretch: whose, of when, where, how it read, what was changed."""
    document = source.document
    title = f"《{document.title}》" if document.title else document.source_name
    day = document.issued_on or document.published_on or "日期未注明"
    lines = [
        f"出处：{title}，{origin.name or '地区未注明'}，{day}",
        f"位置：{section_trail(document, span.start) or '正文'}（第{span.start + 1}至{span.end}字）",
        f"原文：{document.text[slice(*span)]}",
        f"改动：{_told(adapted) if adapted and adapted.changes else '无'}",
        f"文件编号：{document.id}",
    ]
    return "\n".join(lines)


def _told(adapted: Adapted) -> str:
    told = (
        f"{quoted(before)}改为{quoted(change.after)}" if change.after else f"删去{quoted(before)}"
        for before, change in adapted.changes
    )
    return "；".join(dict.fromkeys(told))


def _chosen(source: PracticeSource, adapter: Adapter) -> list[list[Span]]:
    """The sentences to borrow; of those that tell of other places too, only the clauses about the practice."""
    text = source.document.text
    definition = definition_of(source.practice, source.document)
    paragraphs = []
    for spans in borrowed_spans(source.practice, source.document):
        kept = []
        for span in spans:
            foreign = bool(adapter.foreign_places(text[slice(*span)]))
            if span.overlaps(definition):
                kept.append(narrowed(span, definition, text) if foreign else span)
            elif not foreign:
                kept.append(span)
        paragraphs.append(kept)
    return [spans for spans in paragraphs if spans]


def _named(source: PracticeSource) -> Span:
    """Where the document first names the practice."""
    practice = source.practice
    start = source.document.text.find(practice.full_name)
    if start >= 0:
        return Span(start, start + len(practice.full_name))
    return Span(*next(iter(practice.mentions), (practice.start, practice.end)))


def _commented(adapted: Adapted, text: str) -> tuple[Run, ...]:
    """The runs with their comment, closed with a full stop of ours where the source has none there."""
    runs = tuple(run.model_copy(update={"comment": text}) for run in adapted.runs)
    return runs if is_closed("".join(run.text for run in runs)) else (*runs, Run(text="。"))


def _quote(source: PracticeSource, span: Span) -> SourceQuote:
    document = source.document
    return SourceQuote(
        practice=source.practice.full_name,
        document_id=document.id,
        title=document.title,
        start=span.start,
        end=span.end,
        quote=document.text[slice(*span)],
        sha256=document.sha256,
    )


def _missing(adapted: Adapted, name: str, before: int) -> list[MissingField]:
    asked = [(text, change.label) for text, change in adapted.changes if change.label]
    return [
        MissingField(field=f"figures.{name}[{number}]", label=f"{name}：{label}（原文为{text}）")
        for number, (text, label) in enumerate(asked, before + 1)
    ]
