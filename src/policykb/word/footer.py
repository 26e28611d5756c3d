"""Page numbers at the foot: — 1 —, on odd pages at the right, on even pages at the left (7.5)."""

from __future__ import annotations

from copy import deepcopy
from typing import cast

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENTATION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.section import Section, _Footer
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from policykb.word.boxes import Box, add_box
from policykb.word.layout import PageLayout, Style, twips
from policykb.word.xml import indents, node, page_field, put, set_font

_REFERRING = qn("w:drawing")  # refers to a picture in the part that it stands in
_FIELDS = (qn("w:instrText"), qn("w:fldSimple"))


def add_page_numbers(document: WordDocument, layout: PageLayout, *, first: bool = True) -> None:
    """Give every section its two footers; the first page of a letter has none (``first``)."""
    document.sections[0].different_first_page_header_footer = not first
    for section in document.sections:
        fill = _fill_lying if section.orientation is WD_ORIENTATION.LANDSCAPE else _fill
        fill(section.footer, layout, WD_ALIGN_PARAGRAPH.RIGHT)
        fill(section.even_page_footer, layout, WD_ALIGN_PARAGRAPH.LEFT)


def mend_page_numbers(document: WordDocument, layout: PageLayout) -> None:
    """Give every section of any document a number on both sides, in the official size; what else stands there stays."""
    known = {style.style_id for style in document.styles}
    for section in document.sections:
        _keep_header(section)
        section.footer_distance = Mm(layout.page.footer_mm)
    document.settings.odd_and_even_pages_header_footer = True
    for section in document.sections:
        sides = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
        for footer, side in sides:
            if is_numbered(footer):
                _resize(footer, layout)
            elif section is document.sections[0] or not footer.is_linked_to_previous:
                _fill(footer, layout, side, styled=layout.page_number.style_id in known)
                _resize(footer, layout)


def is_numbered(footer: _Footer) -> bool:
    """Whether it holds a page number."""
    return any("PAGE" in (node.text or node.get(qn("w:instr")) or "") for node in footer._element.iter(*_FIELDS))


def _resize(footer: _Footer, layout: PageLayout) -> None:
    for run in (run for paragraph in footer.paragraphs for run in paragraph.runs):
        set_font(run, layout.fonts[layout.page_number.font])
        run.font.size = Pt(layout.page_number.size_pt)


def _keep_header(section: Section) -> None:
    """Pages of both sides go on having the header that all pages had."""
    header, even = section.header, section.even_page_header
    if (
        not header.is_linked_to_previous
        and even.is_linked_to_previous
        and header._element.find(f".//{_REFERRING}") is None
    ):
        even.is_linked_to_previous = False
        for old in list(even._element):
            even._element.remove(old)
        even._element.extend(deepcopy(list(header._element)))


def _fill(footer: _Footer, layout: PageLayout, side: WD_ALIGN_PARAGRAPH, *, styled: bool = True) -> None:
    footer.is_linked_to_previous = False
    number = layout.page_number
    paragraph = footer.paragraphs[0]
    if paragraph.text.strip():
        paragraph = footer.add_paragraph()
    if styled:
        paragraph._p.style = number.style_id
    _add_number(paragraph, layout, side)


def _fill_lying(footer: _Footer, layout: PageLayout, side: WD_ALIGN_PARAGRAPH) -> None:
    """The number of a lying page, where the bound document has it on every page: along the page's left edge (8).

    What is the left edge lying is the lower one when the sheet is bound, its table's head towards the left.
    """
    footer.is_linked_to_previous = False
    page, number = layout.page, layout.page_number
    anchor = footer.paragraphs[0]
    anchor._p.style = number.style_id
    # a strip along the whole edge: LibreOffice loses the offset of a turned box on the first page of a section
    box = Box("页码", twips(number.lying_mm), twips(page.width_mm), (0, 0), turned=True)
    content = add_box(anchor, box, layout.fonts[number.font])
    paragraph = Paragraph(cast(CT_P, node("w:p")), content._parent)
    content._p.append(paragraph._p)
    paragraph._p.style = number.style_id
    _add_number(paragraph, layout, side, edges=(page.left_mm, page.right_mm))


def _add_number(
    paragraph: Paragraph, layout: PageLayout, side: WD_ALIGN_PARAGRAPH, edges: tuple[float, float] = (0, 0)
) -> None:
    """``edges`` are the millimetres at the left and the right that do not belong to the type area."""
    number = layout.page_number
    left, right = (number.indent + twips(edge) / layout.grid.character_twips for edge in edges)
    outer = {"right": right} if side is WD_ALIGN_PARAGRAPH.RIGHT else {"left": left}
    style = Style(style_id="", name="", font=number.font, size_pt=number.size_pt, align="left").model_copy(update=outer)
    put(paragraph, indents(style, layout.grid))
    paragraph.alignment = side
    family = layout.fonts[number.font]
    dash = number.dash
    for text, part in ((f"{dash} ", None), *((None, part) for part in page_field()), (f" {dash}", None)):
        run = paragraph.add_run(text)
        set_font(run, family)
        if part is not None:
            run._r.append(part)
