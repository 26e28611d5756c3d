"""Page numbers at the foot: — 1 —, on odd pages at the right, on even pages at the left (7.5)."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import _Footer
from docx.text.paragraph import Paragraph

from policykb.word.layout import PageLayout, Style
from policykb.word.xml import indents, page_field, set_font


def add_page_numbers(document: WordDocument, layout: PageLayout, *, first: bool = True) -> None:
    """Give every section its two footers; the first page of a letter has none (``first``)."""
    document.sections[0].different_first_page_header_footer = not first
    for section in document.sections:
        _fill(section.footer, layout, WD_ALIGN_PARAGRAPH.RIGHT)
        _fill(section.even_page_footer, layout, WD_ALIGN_PARAGRAPH.LEFT)


def _fill(footer: _Footer, layout: PageLayout, side: WD_ALIGN_PARAGRAPH) -> None:
    footer.is_linked_to_previous = False
    number = layout.page_number
    paragraph = footer.paragraphs[0]
    paragraph.style = number.name
    outer = {"right": number.indent} if side is WD_ALIGN_PARAGRAPH.RIGHT else {"left": number.indent}
    style = Style(style_id="", name="", font=number.font, size_pt=number.size_pt, align="left").model_copy(update=outer)
    paragraph._p.get_or_add_pPr().append(indents(style, layout.grid))
    paragraph.alignment = side
    _add_number(paragraph, layout)


def _add_number(paragraph: Paragraph, layout: PageLayout) -> None:
    number = layout.page_number
    family = layout.fonts[number.font]
    dash = number.dash
    for text, part in ((f"{dash} ", None), *((None, part) for part in page_field()), (f" {dash}", None)):
        run = paragraph.add_run(text)
        set_font(run, family)
        if part is not None:
            run._r.append(part)
