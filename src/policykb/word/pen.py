"""The pen: writes runs and paragraphs into a document in the styles of a layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import datetime
from itertools import groupby
from typing import cast

from docx.document import Document as WordDocument
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.run import CT_R
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run as WordRun

from policykb.blocks import Run
from policykb.models import Record
from policykb.word.layout import PageLayout, Style
from policykb.word.xml import font_slots, node, printable, set_font, text_node

_PLACEHOLDER = re.compile("(【待填：[^【】]*】)")


class Properties(Record):
    """What the file says of itself.  ``created`` dates the file and its comments.

    The default stands for “not told”: it is the day on which the standard came into force.
    """

    title: str = ""
    author: str = "policykb"
    created: datetime = datetime(2012, 7, 1)


class Pen:
    """Writes into one document."""

    def __init__(self, document: WordDocument, layout: PageLayout, properties: Properties) -> None:
        """Write into ``document``; ``properties`` sign and date the comments."""
        self.document = document
        self.layout = layout
        self._properties = properties
        self._body = document.element.body
        self._blank_runs: dict[str, CT_R] = {}
        self._blank_paragraphs: dict[str, CT_P] = {}

    def paragraph(self, style: Style) -> Paragraph:
        """A new paragraph at the end of the document."""
        element = deepcopy(self._blank_paragraph(style.style_id))
        self._body[-1].addprevious(element)  # the last is the section's properties
        return Paragraph(element, self.document._body)

    def _blank_paragraph(self, style_id: str) -> CT_P:
        """An empty paragraph in a style: copying one is faster than making it."""
        if style_id not in self._blank_paragraphs:
            properties = node("w:pPr", None, node("w:pStyle", {"w:val": style_id}))
            self._blank_paragraphs[style_id] = cast(CT_P, node("w:p", None, properties))
        return self._blank_paragraphs[style_id]

    def blank(self, count: int, *, keep_next: bool = False) -> None:
        """Blank lines of the grid."""
        for _ in range(count):
            paragraph = self.document.add_paragraph()
            if keep_next:
                paragraph.paragraph_format.keep_with_next = True

    def text(self, paragraph: Paragraph, text: str, font: str, *, points: float = 0, color: str = "") -> None:
        """Plain text in the font of a role; what is yet to be filled in is marked as such."""
        for piece in _PLACEHOLDER.split(printable(text)):
            if piece:
                run = self._run(paragraph, piece, font, missing=bool(_PLACEHOLDER.fullmatch(piece)))
                if points:
                    run.font.size = Pt(points)
                if color:
                    run.font.color.rgb = RGBColor.from_string(color)

    def runs(self, paragraph: Paragraph, runs: Sequence[Run], font: str) -> None:
        """Runs with their comments; one comment covers all neighbouring runs that carry it."""
        for comment, group in groupby(runs, key=lambda run: run.comment):
            texts = [(printable(run.text), run.missing) for run in group]
            written = [self._run(paragraph, text, font, missing=missing) for text, missing in texts if text]
            if comment and written:
                self._comment(paragraph, written, comment)

    def _run(self, paragraph: Paragraph, text: str, font: str, *, missing: bool) -> WordRun:
        element = deepcopy(self._blank_run(self.layout.fonts[font]))
        paragraph._p.append(element)
        run = WordRun(element, paragraph)
        if "\n" in text or "\t" in text or "\r" in text:
            run.text = text  # python-docx makes breaks and tabs of these
        else:
            element.append(text_node(text))
        if missing:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        return run

    def _blank_run(self, family: str) -> CT_R:
        """A run without text in a font: copying one is faster than making it."""
        if family not in self._blank_runs:
            self._blank_runs[family] = cast(CT_R, node("w:r", None, node("w:rPr", None, font_slots(family))))
        return self._blank_runs[family]

    def _comment(self, paragraph: Paragraph, runs: Sequence[WordRun], text: str) -> None:
        author, look = self._properties.author, self.layout.comment
        comment = self.document.add_comment(runs, "", author=author, initials=author[:2])
        comment._comment_elm.date = self._properties.created
        set_font(paragraph.runs[-1], self.layout.fonts[look.font])  # the mark in the text
        first = comment.paragraphs[0]
        first._p.style = look.style_id
        for run in first.runs:
            set_font(run, self.layout.fonts[look.font])
        for index, line in enumerate(printable(text).split("\n")):
            written = deepcopy(self._blank_run(self.layout.fonts[look.font]))
            written.append(text_node(line))
            if index == 0:
                first._p.append(written)
            else:
                style = node("w:pPr", None, node("w:pStyle", {"w:val": look.style_id}))
                comment._comment_elm.append(node("w:p", None, style, written))


def broken(runs: Sequence[Run], lines: Sequence[str]) -> Iterator[Run]:
    """The runs with a line break where each of ``lines``, which make up their text, ends."""
    ends, position = set(), 0
    for line in lines[:-1]:
        position += len(line)
        ends.add(position)
    position = 0
    for run in runs:
        pieces = [("\n" if position + index in ends else "") + each for index, each in enumerate(run.text)]
        yield run.model_copy(update={"text": "".join(pieces)})
        position += len(run.text)
