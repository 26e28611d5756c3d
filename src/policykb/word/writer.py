"""Blocks to .docx in the official format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from itertools import groupby

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_COLOR_INDEX
from docx.text.paragraph import Paragraph
from docx.text.run import Run as WordRun

from policykb.blocks import Block, BlockKind, Run
from policykb.models import Record
from policykb.word.blank import blank_document
from policykb.word.footer import add_page_numbers
from policykb.word.layout import PageLayout, Style, official_layout
from policykb.word.measure import closing_indents, width
from policykb.word.package import repack
from policykb.word.titles import title_lines
from policykb.word.xml import indents, printable, set_font

_CLOSING = (BlockKind.SIGNATURE, BlockKind.DATE)
_LEADER = re.compile(r"(?:附件[:：])?(?:[0-9]{1,3}[.．])?")


class Properties(Record):
    """What the file says of itself.  ``created`` dates the file and its comments.

    The default stands for “not told”: it is the day on which the standard came into force.
    """

    title: str = ""
    author: str = "policykb"
    created: datetime = datetime(2012, 7, 1)


def write_docx(
    blocks: Sequence[Block], *, layout: PageLayout | None = None, properties: Properties | None = None
) -> bytes:
    """The .docx of ``blocks`` as GB/T 9704-2012 wants it; the same input gives the same bytes.

    Characters that XML cannot hold are left out; everything else stands as given.  Without ``properties``
    the file's title is that of the first title block.
    """
    return _Writer(layout or official_layout(), properties or Properties(title=_title_of(blocks))).write(blocks)


def _title_of(blocks: Sequence[Block]) -> str:
    return next((block.text for block in blocks if block.kind is BlockKind.TITLE), "")


class _Writer:
    """One document being written; thrown away afterwards."""

    def __init__(self, layout: PageLayout, properties: Properties) -> None:
        self._layout = layout
        self._properties = properties
        self._document: WordDocument = docx.Document(BytesIO(blank_document(layout)))

    def write(self, blocks: Sequence[Block]) -> bytes:
        """The bytes of the finished file."""
        gap = 0
        for kind, group in groupby(blocks, key=lambda block: block.kind):
            style = self._layout.styles[kind]
            if kind is BlockKind.SIGNATURE:
                self._keep_last_with_next()
            self._add_blank_lines(max(gap, style.blank_before), keep_next=kind is BlockKind.SIGNATURE)
            for block in group:
                self._add_block(block, self._placed(block, blocks))
            gap = style.blank_after
        add_page_numbers(self._document, self._layout)
        self._set_properties()
        file = BytesIO()
        self._document.save(file)
        return repack(file.getvalue())

    def _placed(self, block: Block, blocks: Sequence[Block]) -> Style:
        """The style of ``block`` with the indents that depend on its text."""
        style = self._layout.styles[block.kind]
        if block.kind is BlockKind.ATTACHMENT_NOTE:
            return _hang(style, block.text)
        if block.kind not in _CLOSING:
            return style
        texts = {kind: [other.text for other in blocks if other.kind is kind] for kind in _CLOSING}
        signature, date = (max(texts[kind], key=width, default="") for kind in _CLOSING)
        shift = self._layout.styles[BlockKind.DATE].shift
        left = closing_indents(signature, date, self._layout.grid.characters, style.right, shift)
        return style.model_copy(update={"left": left[_CLOSING.index(block.kind)], "right": 0})

    def _keep_last_with_next(self) -> None:
        """The signature never stands alone on a page (7.3.5.5): the end of the text goes with it."""
        for paragraph in self._document.paragraphs[-1:]:
            paragraph.paragraph_format.keep_with_next = True

    def _add_blank_lines(self, count: int, *, keep_next: bool = False) -> None:
        for _ in range(count):
            paragraph = self._document.add_paragraph(style=self._layout.base.name)
            if keep_next:
                paragraph.paragraph_format.keep_with_next = True

    def _add_block(self, block: Block, style: Style) -> None:
        paragraph = self._document.add_paragraph(style=style.name)
        if style != self._layout.styles[block.kind]:
            paragraph._p.get_or_add_pPr().append(indents(style, self._layout.grid))
        runs = _broken(block.runs, style.line_characters) if style.line_characters else block.runs
        for comment, group in groupby(runs, key=lambda run: run.comment):
            written = [self._add_run(paragraph, run, style) for run in group if printable(run.text)]
            if comment and written:
                self._add_comment(paragraph, written, comment)

    def _add_run(self, paragraph: Paragraph, run: Run, style: Style) -> WordRun:
        written = paragraph.add_run(printable(run.text))
        self._set_font(written, style.font)
        if run.missing:
            written.font.highlight_color = WD_COLOR_INDEX.YELLOW
        return written

    def _set_font(self, run: WordRun, role: str) -> None:
        set_font(run, self._layout.fonts[role])

    def _add_comment(self, paragraph: Paragraph, runs: Sequence[WordRun], text: str) -> None:
        author = self._properties.author
        comment = self._document.add_comment(runs, printable(text), author=author, initials=author[:2])
        comment._comment_elm.date = self._properties.created
        self._set_font(paragraph.runs[-1], self._layout.comment.font)  # the mark in the text
        for line in comment.paragraphs:
            line.style = self._layout.comment.name
            for run in line.runs:
                self._set_font(run, self._layout.comment.font)

    def _set_properties(self) -> None:
        core = self._document.core_properties
        core.title = printable(self._properties.title)[:255]
        core.author = core.last_modified_by = self._properties.author
        core.created = core.modified = self._properties.created
        core.language = "zh-CN"
        core.comments = ""
        core.revision = 1


def _hang(style: Style, text: str) -> Style:
    """Lines after the first begin below the first character of the attachment's name (7.3.4)."""
    leader = _LEADER.match(text)
    ahead = width(leader.group()) if leader else 0.0
    label = 0.0 if text.startswith("附件") else width("附件：")
    return style.model_copy(update={"left": style.left + label + ahead, "first_line": -ahead})


def _broken(runs: Sequence[Run], line_characters: float) -> list[Run]:
    """The runs with a line break where a line of the title ends."""
    text = "".join(run.text for run in runs)
    ends, position = set(), 0
    for line in title_lines(text, line_characters)[:-1]:
        position += len(line)
        ends.add(position)
    result, position = [], 0
    for run in runs:
        pieces = [("\n" if position + index in ends else "") + each for index, each in enumerate(run.text)]
        result.append(run.model_copy(update={"text": "".join(pieces)}))
        position += len(run.text)
    return result
