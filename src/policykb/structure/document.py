"""From a clean text to its documents: split, read header and signature block, then sections and passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256

from policykb.models import CleanText, Document, PageFact, Repair, Source
from policykb.places import Gazetteer
from policykb.spans import Span
from policykb.structure.authority_level import authority_level
from policykb.structure.closing import read_closing
from policykb.structure.header import Header, note_label, read_header
from policykb.structure.headings import Heading, find_headings
from policykb.structure.lines import Line, split_lines
from policykb.structure.localities import Places, find_localities
from policykb.structure.markers import Rank
from policykb.structure.metadata import Frame, Metadata, metadata_of
from policykb.structure.opening import read_opening
from policykb.structure.page import Page, read_page
from policykb.structure.parts import Part, split_parts
from policykb.structure.passages import build_passages
from policykb.structure.residual_damage import damage_remark
from policykb.structure.sections import build_sections, remarks_on_gaps
from policykb.terms import DocumentKind

_ID_LENGTH = 12


def structure(source: Source, clean: CleanText) -> tuple[Document, ...]:
    """The documents of a clean text, in order.

    Each ``Document.text`` is a slice of ``clean.text``.  A text of one document always gives one, even if
    nothing of its form is recognised; a blank one gives none.
    """
    if not clean.text.strip():
        return ()
    parts = split_parts(clean.text, split_lines(clean.text))
    documents = [_document(source, clean, part, _facts_of(part, clean.facts, first=part is parts[0])) for part in parts]
    return tuple(_with_distinct_ids(documents))


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.load()


def _facts_of(part: Part, facts: Sequence[PageFact], *, first: bool) -> tuple[PageFact, ...]:
    """What of the page's facts is said of this part; remarks of the reader go to the first."""
    if part.own_page:
        return tuple(facts)
    if part.masthead is not None:
        said = {
            "issuing_authority": part.masthead.authority,
            "document_number": part.masthead.number,
            "issued_on": part.masthead.issued,
        }
        of_issue = tuple(PageFact(field=field, value=value) for field, value in said.items() if value)
        of_page = (fact for fact in facts if fact.field != "title" and (first or fact.field != "remarks"))
        return (*of_issue, *of_page)
    return tuple(fact for fact in facts if first and fact.field == "remarks")


def _document(source: Source, clean: CleanText, part: Part, facts: Sequence[PageFact]) -> Document:
    text = clean.text[part.span.start : part.span.end]
    lines = split_lines(text)
    repairs = tuple(_repairs_within(clean.repairs, part.span))
    page = read_page(facts)._replace(is_issue=part.masthead is not None)
    frame = _read_frame(text, lines, part.title, page, labelled=_is_labelled(repairs))
    headings = [*_notes(lines, frame.header), *find_headings(text, lines, frame.header.body, frame.closing.body_end)]
    headings.sort(key=lambda heading: heading.start)
    sections = build_sections(headings, frame.closing.body_end)
    metadata = metadata_of(frame, headings)
    places = _places(frame, metadata, facts)
    dated = metadata.issued_on or metadata.published_on
    authority = metadata.issuing_authority if metadata.kind is not DocumentKind.NEWS else None  # there a medium
    return Document(
        issuing_level=authority_level(_gazetteer(), authority or "", dated),
        id=source.document_id or sha256(text.encode()).hexdigest()[:_ID_LENGTH],
        localities=places.localities,
        text=text,
        sections=sections,
        passages=build_passages(text, _paragraphs(lines, headings, frame), sections, [h.start for h in headings]),
        repairs=repairs,
        remarks=(*frame.page.remarks, *_remarks_on_text(text, headings), *places.remarks),
        source_name=source.name,
        sha256=source.sha256,
        offsets=clean.offsets.slice(part.span),
        **metadata._asdict(),
    )


def _remarks_on_text(text: str, headings: Sequence[Heading]) -> tuple[str, ...]:
    damage = damage_remark(text)
    return (*remarks_on_gaps(headings), *([damage] if damage else []))


def _read_frame(text: str, lines: Sequence[Line], part_title: str, page: Page, *, labelled: bool) -> Frame:
    header = read_header(lines, part_title, page.title)
    opening = read_opening(lines, header, page.title, labelled=labelled)
    closing = read_closing(lines[header.body :], header.authority or header.title_authority)
    return Frame(text=text, header=header, opening=opening, closing=closing, page=page)


def _is_labelled(repairs: Sequence[Repair]) -> bool:
    """Whether a label of the original title (原标题：) was taken away before the first character."""
    return any(repair.start == 0 and "标题" in repair.before for repair in repairs)


def _places(frame: Frame, metadata: Metadata, facts: Sequence[PageFact]) -> Places:
    end = frame.closing.body_end or len(frame.text)
    return find_localities(
        _gazetteer(),
        frame.text[:end],
        [metadata.title, metadata.issuing_authority or ""],
        context="\n".join((frame.text[end:], *(fact.value for fact in facts))),
        on=metadata.issued_on or metadata.published_on,
    )


def _notes(lines: Sequence[Line], header: Header) -> list[Heading]:
    """An editor's note is a section of its own, which its paragraph ends."""
    return [
        Heading(Rank.NOTE, 0, None, said, line.start, line.start + len(said), False, index, line.end)
        for index in header.notes
        for line in [lines[index]]
        for said in [note_label(line.text)]
        if said
    ]


def _paragraphs(lines: Sequence[Line], headings: Sequence[Heading], frame: Frame) -> list[Line]:
    """The lines to be read: notes and body, without headings that have a line for themselves.

    A heading below which nothing stands is kept, and so is everything when nothing else is left.
    """
    body, end = frame.header.body, frame.closing.body_end
    below = {heading.line for heading in headings if heading.own_line}
    kept: list[Line] = []
    for index, line in enumerate(lines):
        if (index < body and index not in frame.header.notes) or line.start >= end or index in below:
            continue
        start = max(line.start, frame.opening.body_start if index == body else 0)
        stop = min(line.end, end)
        if start < stop:
            kept.append(Line(start, stop, frame.text[start:stop]))
    last = kept[-1].start if kept else -1
    orphans = [lines[index] for index in sorted(below) if lines[index].start > last]
    return [*kept, *orphans] or list(lines) or [Line(0, len(frame.text), frame.text)]


def _repairs_within(repairs: Sequence[Repair], span: Span) -> Iterator[Repair]:
    """The repairs that fall into ``span``, in its coordinates."""
    for repair in repairs:
        if span.start <= repair.start and repair.start + len(repair.after) <= span.end:
            yield repair.model_copy(update={"start": repair.start - span.start}) if span.start else repair


def _with_distinct_ids(documents: Sequence[Document]) -> Iterator[Document]:
    """The documents; of equal ids in one source the second becomes ``…-2`` and so on."""
    seen: Counter[str] = Counter()
    for document in documents:
        seen[document.id] += 1
        again = seen[document.id]
        yield document.model_copy(update={"id": f"{document.id}-{again}"}) if again > 1 else document
