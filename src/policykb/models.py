"""Every record that flows between the rooms.  All are frozen; to change one, make another.

One coordinate system: positions are half-open character offsets into ``Document.text``, and wherever a
record has a ``quote``, ``document.text[start:end] == quote``.  ``Document.source_span`` leads from there
to the raw text of the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from policykb.showing import to_html
from policykb.spans import OffsetMap, Span
from policykb.terms import AdminLevel, DocumentKind, IndicatorKind, PracticeKind, RepairKind, Term

PartialDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""ISO 8601 date as precise as the text is: ``2015-01-30``, ``2012-03`` or ``2010``."""


class Record(BaseModel):
    """A frozen record that knows all of its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shown: ClassVar[tuple[str, ...]] = ()
    """What ``repr`` tells of a large record, where it is not every field: of a tuple its length."""

    def __repr_args__(self) -> Iterator[tuple[str | None, object]]:
        if not self.shown:
            yield from super().__repr_args__()
        for name in self.shown:
            yield name, _brief(getattr(self, name))

    def __str__(self) -> str:
        return repr(self)

    def _repr_html_(self) -> str | None:
        """What a notebook shows, see ``display``."""
        return to_html(self)


def _brief(value: object) -> object:
    """What ``repr`` tells of a field: of a tuple its length, of a term its identifier."""
    if isinstance(value, tuple):
        return len(value)
    if isinstance(value, float):
        return round(value, 4)
    return value.value if isinstance(value, Term) else value


class PageFact(Record):
    """Something a page says of its text outside of the body: ``field`` is a field of ``Document``.

    Fields in use: ``title``, ``published_on``, ``issued_on``, ``issuing_authority``, ``document_number``,
    ``authors``, ``publisher``, ``editor``, and ``remarks`` (what a reader had to leave or to mend).  ``quote`` is
    what stood in the raw text (empty when the fact comes from a mark that is no text, such as a meta tag).
    """

    field: str
    value: str
    quote: str = ""


class Source(Record):
    """One source as read: ``text`` is the decoded raw text, never changed after this.

    ``name`` is the file's name as given, ``sha256`` that of its bytes, ``encoding`` the one that was used.
    ``document_id`` is set where the source brings an id of its own (a row of a JSONL file).
    """

    name: str
    text: str
    encoding: str
    sha256: str
    facts: tuple[PageFact, ...] = ()
    document_id: str | None = None


class Repair(Record):
    """One change made to the raw text: ``before`` stood there, ``after`` is what the text reads now.

    ``text[start : start + len(after)] == after`` in the text that the repair belongs to, and
    ``raw[source_start:source_end] == before``.  ``confidence`` is 1 where the change is certain.
    """

    kind: RepairKind
    before: str
    after: str
    start: int
    source_start: int
    source_end: int
    confidence: float = 1.0


class CleanText(Record):
    """A source after cleaning: the text, the way back to the raw text, and what was done."""

    text: str
    offsets: OffsetMap
    repairs: tuple[Repair, ...] = ()
    facts: tuple[PageFact, ...] = ()


class Locality(Record):
    """A division that a text speaks of: ``code`` is the GB/T 2260 code, None where it is not known."""

    name: str
    full_name: str
    level: AdminLevel
    code: str | None = None


class Section(Record):
    """A section; ``start`` is where its number or heading begins, ``end`` where the next of its rank does.

    ``level`` counts from 1; ``number`` is verbatim (“一、”, “（二）”, “3、”, “一是”), None where there is none.
    """

    level: int
    number: str | None
    heading: str
    start: int
    end: int


class Passage(Record):
    """The unit of retrieval: a paragraph, or a part of a long one.  ``headings`` are those above it."""

    start: int
    end: int
    headings: tuple[str, ...] = ()


class Component(Record):
    """One part of a practice with the members that the text spells out.

    ``label`` is the part's own name (“四进”), None where the text gives none; ``count`` is how many members
    the label claims, None where it claims no number.  ``spans`` are the places of ``members``, in order.
    """

    label: str | None
    count: int | None
    members: tuple[str, ...]
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def count_holds(self) -> bool | None:
        """Whether as many members were found as the label claims; None where it claims no number."""
        return None if self.count is None else len(self.members) == self.count


class Practice(Record):
    """A named practice of one document.  ``id`` is the document's id, “-”, and where the name begins.

    ``name`` is what stands inside the quotation marks, or the noun phrase; ``full_name`` is verbatim with
    quotes and head noun.  ``quote`` is the text that names and defines it, at ``[start, end)``;
    ``mentions`` are all the places of the document that name it, in order.  ``rule`` found it; ``confidence``
    is the share of what that rule found in annotated texts that was right, drawn towards its share in unseen ones.
    ``missing`` are the numbered parts of the name, or the signs of its code, of which the text lists fewer members than
    they claim; empty where the count holds, None where the name counts nothing.
    """

    shown: ClassVar = ("id", "full_name", "kind", "locality", "components", "count_holds")

    id: str
    name: str
    full_name: str
    kind: PracticeKind
    code: str | None
    locality: str | None
    components: tuple[Component, ...]
    quote: str
    start: int
    end: int
    rule: str
    mentions: tuple[tuple[int, int], ...] = ()
    confidence: float = 1.0
    missing: tuple[str, ...] | None = None

    @property
    def count_holds(self) -> bool | None:
        """Whether the text lists as many members as the name claims; None where the name counts nothing."""
        return None if self.missing is None else not self.missing


class Indicator(Record):
    """A figure that the text claims: ``value`` with 万 and 亿 multiplied out, or (low, high).

    ``kind`` tells what it is said for, ``period`` is the time it holds for in the text's own words (今年以来,
    到2020年底, 每年), None where its sentence names none.
    """

    quote: str
    value: float | tuple[float, float]
    unit: str | None
    subject: str | None
    locality: str | None
    qualifier: str | None
    start: int
    end: int
    kind: IndicatorKind = IndicatorKind.ACHIEVEMENT
    period: str | None = None


class DocumentIndicator(Indicator):
    """An indicator with the document that it stands in, for lists over many documents."""

    document_id: str


class Reference(Record):
    """What the text cites: a document by its title, or a meeting or a law that it names as its basis.

    ``[start, end)`` is the title with its brackets, or the name.  ``issuer`` is who issued it, where the title
    begins with it or it stands right before the brackets.
    """

    title: str
    document_number: str | None
    start: int
    end: int
    issuer: str | None = None


class Document(Record):
    """One document, cleaned and structured.

    ``id`` comes from the content, or from the source where it brings one.  ``source_name`` and ``sha256``
    tell the source; ``offsets`` lead from ``text`` to its raw text.  Dates are as precise as the text is.
    ``issuing_level`` is the level of the issuing authority, None where its name does not tell.  ``urgency`` (特急),
    ``signatory`` (签发人), ``copied_to`` (抄送), ``attachments`` (their titles) and ``contact`` (who can be asked,
    verbatim) are what the header and the foot of an official document say.
    """

    shown: ClassVar = ("id", "title", "kind", "sections", "passages")

    id: str
    title: str
    kind: DocumentKind
    issuing_authority: str | None = None
    issuing_level: AdminLevel | None = None
    document_number: str | None = None
    urgency: str | None = None
    signatory: str | None = None
    addressees: tuple[str, ...] = ()
    copied_to: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    contact: str | None = None
    issued_on: PartialDate | None = None
    published_on: PartialDate | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    localities: tuple[Locality, ...] = ()
    text: str
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    repairs: tuple[Repair, ...] = ()
    remarks: tuple[str, ...] = ()
    source_name: str
    sha256: str
    offsets: OffsetMap

    def source_span(self, start: int, end: int) -> Span:
        """The interval of the source's raw text that ``text[start:end]`` was made from."""
        return self.offsets.source_of(Span(start, end))


class Extraction(Record):
    """What was found in one document, each in order of its place.

    ``text`` is the text that the places count in, for showing them; it is no part of what is kept or exchanged.
    """

    shown: ClassVar = ("practices", "indicators", "references")

    practices: tuple[Practice, ...] = Field(default=())
    indicators: tuple[Indicator, ...] = Field(default=())
    references: tuple[Reference, ...] = Field(default=())
    text: str = Field(default="", exclude=True)


class Hit(Record):
    """One search result.  ``text`` is the whole passage, ``[start, end)`` its place in the document.

    For the unit document it is the document's best passage, for the unit practice the practice's quote, and
    ``practice`` says which.  ``highlights`` are spans into ``text`` of the words that were found, in order;
    ``snippet`` is one line of ``text`` around them with each marked by 【】.  ``score`` is comparable within
    one query only.
    """

    shown: ClassVar = ("score", "snippet", "start", "end", "practice", "document")

    document: Document
    text: str
    start: int
    end: int
    score: float
    snippet: str
    highlights: tuple[tuple[int, int], ...] = ()
    practice: Practice | None = None
