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


class Run(Record):
    """A stretch of text with one provenance.

    ``comment`` becomes a Word comment on the run; ``missing`` marks a place that the clerk must fill in.
    """

    text: str
    comment: str | None = None
    missing: bool = False


class Block(Record):
    """One paragraph: its kind and its runs in order."""

    kind: BlockKind
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The text of the runs, joined."""
        return "".join(run.text for run in self.runs)
