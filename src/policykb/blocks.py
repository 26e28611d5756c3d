"""The parts of a document to be written, independent of the file format.

A draft is a tuple of blocks in reading order; a block holds runs of text.  The ``word`` room lays them out.
"""

from __future__ import annotations

from enum import StrEnum

from policykb.models import Record


class BlockKind(StrEnum):
    """What a block is on the page of an official document."""

    TITLE = "title"
    ADDRESSEE = "addressee"
    HEADING_1 = "heading_1"
    HEADING_2 = "heading_2"
    HEADING_3 = "heading_3"
    HEADING_4 = "heading_4"
    BODY = "body"
    ATTACHMENT_NOTE = "attachment_note"
    SIGNATURE = "signature"
    DATE = "date"
    NOTE = "note"
    ATTENDANCE = "attendance"
    ATTACHMENT = "attachment"
    TABLE = "table"
    PICTURE = "picture"
    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"


HEADINGS = (BlockKind.HEADING_1, BlockKind.HEADING_2, BlockKind.HEADING_3, BlockKind.HEADING_4)
"""The headings, from the highest down."""

PAGE_TURNS = (BlockKind.LANDSCAPE, BlockKind.PORTRAIT)
"""Blocks without text: what follows stands on new pages that lie, or stand again."""


class Run(Record):
    """A stretch of text with one provenance.

    ``comment`` becomes a Word comment on the run; ``missing`` marks a place that the clerk must fill in.
    """

    text: str
    comment: str | None = None
    missing: bool = False


class Cell(Record):
    """A cell of a table.  ``merged`` continues the cell above it, and has no text of its own."""

    runs: tuple[Run, ...] = ()
    merged: bool = False

    @property
    def text(self) -> str:
        """The text of the runs, joined."""
        return "".join(run.text for run in self.runs)


class Table(Record):
    """A table: ``widths`` of the columns relative to each other, the ``head`` row, and the rows below it.

    Every row has as many cells as there are ``widths``.
    """

    widths: tuple[float, ...]
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()


class Picture(Record):
    """A picture as a PNG; ``description`` tells in words what it shows, for those who cannot see it."""

    png: bytes
    width_mm: float
    description: str


class Block(Record):
    """One paragraph: its kind and its runs in order; or a ``table`` or ``picture``, without runs of its own."""

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    table: Table | None = None
    picture: Picture | None = None

    @property
    def text(self) -> str:
        """The text of the runs, joined."""
        return "".join(run.text for run in self.runs)

    @property
    def stretches(self) -> tuple[tuple[Run, ...], ...]:
        """The runs that stand together: those of the paragraph, or of each cell of the table, row by row."""
        if self.table is None:
            return (self.runs,)
        return tuple(cell.runs for row in (self.table.head, *self.table.rows) for cell in row)


class HeaderForm(StrEnum):
    """Which of the standard's forms the head of the first page has."""

    DOCUMENT = "document"
    LETTER = "letter"
    ORDER = "order"


class Header(Record):
    """What stands above the title (版头).  What is empty is left out.

    ``organs`` make up the red mark, the leading one first; ``suffix`` follows it (文件, 纪要).  ``signatories``
    are named in documents to a superior only.
    """

    form: HeaderForm = HeaderForm.DOCUMENT
    organs: tuple[str, ...]
    suffix: str = ""
    copy_number: str = ""
    classification: str = ""
    urgency: str = ""
    document_number: str = ""
    signatories: tuple[str, ...] = ()


class Imprint(Record):
    """What stands at the foot of the last page (版记).  What is empty is left out."""

    copied_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: str = ""
