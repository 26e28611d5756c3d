"""Blocks to .docx in the official format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from itertools import groupby

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.shared import Mm

from policykb.blocks import PAGE_TURNS, Block, BlockKind, Header, HeaderForm, Imprint
from policykb.word.blank import blank_document
from policykb.word.footer import add_page_numbers
from policykb.word.header import add_header
from policykb.word.imprint import add_imprint
from policykb.word.layout import PageLayout, Style, official_layout
from policykb.word.measure import closing_indents, sealed_indents, width
from policykb.word.package import packed
from policykb.word.pen import Pen, Properties, broken
from policykb.word.pictures import add_picture
from policykb.word.tables import add_table
from policykb.word.titles import title_lines
from policykb.word.xml import indents, printable, put

_CLOSING = (BlockKind.SIGNATURE, BlockKind.DATE)
_LEADER = re.compile(r"(?:附件[:：])?(?:[0-9]{1,3}[.．])?")


def write_docx(
    blocks: Sequence[Block],
    *,
    layout: PageLayout | None = None,
    properties: Properties | None = None,
    header: Header | None = None,
    imprint: Imprint | None = None,
    sealed: bool = False,
) -> bytes:
    """The .docx of ``blocks`` as GB/T 9704-2012 wants it; the same input gives the same bytes.

    Characters that XML cannot hold are left out; everything else stands as given.  Without ``properties``
    the file's title is that of the first title block.  ``sealed`` leaves room for a seal, which is never drawn.
    """
    properties = properties or Properties(title=_title_of(blocks))
    writer = _Writer(layout or official_layout(), properties, sealed=sealed)
    return writer.write(blocks, header, imprint)


def _title_of(blocks: Sequence[Block]) -> str:
    return next((block.text for block in blocks if block.kind is BlockKind.TITLE), "")


class _Writer:
    """One document being written; thrown away afterwards."""

    def __init__(self, layout: PageLayout, properties: Properties, *, sealed: bool) -> None:
        self._layout = layout
        self._properties = properties
        self._sealed = sealed
        self._document: WordDocument = docx.Document(BytesIO(blank_document(layout)))
        self._pen = Pen(self._document, layout, properties)

    def write(self, blocks: Sequence[Block], header: Header | None, imprint: Imprint | None) -> bytes:
        """The bytes of the finished file."""
        if header:
            add_header(self._pen, header)
        gap, before = 0, None
        for kind, group in groupby(blocks, key=lambda block: block.kind):
            if kind in PAGE_TURNS:
                self._turn_page(kind)
                gap, before = 0, kind
                continue
            keep = kind is BlockKind.SIGNATURE
            if keep:
                self._keep_last_with_next()
            self._pen.blank(self._blank_before(kind, gap, before), keep_next=keep)
            for block in group:
                self._add_block(block, self._placed(block, blocks))
            gap, before = self._layout.styles[kind].blank_after, kind
        if imprint:
            add_imprint(self._pen, imprint, header, self._line_twips)
        add_page_numbers(self._document, self._layout, first=not (header and header.form is HeaderForm.LETTER))
        self._set_properties()
        return packed(self._document)

    def _blank_before(self, kind: BlockKind, gap: int, before: BlockKind | None) -> int:
        style = self._layout.styles[kind]
        if before is BlockKind.ATTACHMENT or before in PAGE_TURNS:
            return gap
        return max(gap, style.sealed_blank_before if self._sealed else 0, style.blank_before)

    def _turn_page(self, kind: BlockKind) -> None:
        """A new section, its pages turned; the binding edge becomes the upper one (8)."""
        page = self._layout.page
        lies = kind is BlockKind.LANDSCAPE
        empty = not self._document.paragraphs
        section = self._document.sections[-1] if empty else self._document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        section.orientation = WD_ORIENTATION.LANDSCAPE if lies else WD_ORIENTATION.PORTRAIT
        sizes = (page.height_mm, page.width_mm) if lies else (page.width_mm, page.height_mm)
        section.page_width, section.page_height = map(Mm, sizes)
        margins = (page.left_mm, page.right_mm, page.bottom_mm, page.top_mm)  # top, bottom, left, right of a lying page
        if not lies:
            margins = (page.top_mm, page.bottom_mm, page.left_mm, page.right_mm)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, margins)
        section.footer_distance = Mm(min(page.footer_mm, margins[1] - 12))

    @property
    def _line_twips(self) -> int:
        """The width of a line on the page being written."""
        section = self._document.sections[-1]
        edges = [section.page_width, section.left_margin, section.right_margin]
        total, left, right = (edge.twips if edge is not None else 0 for edge in edges)
        if section.orientation is WD_ORIENTATION.LANDSCAPE:
            return total - left - right
        return self._layout.grid.characters * self._layout.grid.character_twips

    def _placed(self, block: Block, blocks: Sequence[Block]) -> Style:
        """The style of ``block`` with the indents that depend on its text."""
        style = self._layout.styles[block.kind]
        if block.kind is BlockKind.ATTACHMENT_NOTE:
            return _hang(style, block.text)
        if block.kind not in _CLOSING:
            return style
        texts = {kind: [other.text for other in blocks if other.kind is kind] for kind in _CLOSING}
        signature, date = (max(texts[kind], key=width, default="") for kind in _CLOSING)
        line = self._line_twips // self._layout.grid.character_twips
        dates = self._layout.styles[BlockKind.DATE]
        if self._sealed and date:
            left = sealed_indents(signature, date, line, dates.sealed_right)
        else:
            left = closing_indents(signature, date, line, style.right, dates.shift)
        return style.model_copy(update={"left": left[_CLOSING.index(block.kind)], "right": 0})

    def _keep_last_with_next(self) -> None:
        """The signature never stands on a page without text (7.3.5.5): the end of the text goes with it."""
        notes = self._layout.styles[BlockKind.ATTACHMENT_NOTE].style_id
        for paragraph in reversed(self._document.paragraphs):
            paragraph.paragraph_format.keep_with_next = True
            if paragraph.text and paragraph._p.style != notes:
                return

    def _add_block(self, block: Block, style: Style) -> None:
        if block.table:
            add_table(self._pen, block.table, self._line_twips, style)
            return
        paragraph = self._pen.paragraph(style)
        if block.picture:
            add_picture(paragraph, block.picture)
        if style != self._layout.styles[block.kind]:
            put(paragraph, indents(style, self._layout.grid))
        if block.kind is BlockKind.ATTACHMENT:
            paragraph.paragraph_format.page_break_before = True
        runs = block.runs
        if style.line_characters:
            grid = self._layout.grid
            wide = self._line_twips * style.line_characters // (grid.characters * grid.character_twips)
            runs = tuple(broken(runs, title_lines(block.text, wide)))
        if block.kind is BlockKind.ATTENDANCE and runs:
            label, colon, rest = runs[0].text.rpartition("：")  # 出席： alone is bold (10.3)
            self._pen.text(paragraph, label + colon, "heading")
            runs = (runs[0].model_copy(update={"text": rest}), *runs[1:])
        self._pen.runs(paragraph, runs, style.font)

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
