"""The imprint (版记) at the foot of the last page: a text box whose last rule is the type area's lower edge.

A floating table or a frame stays in the flow in LibreOffice; a text box stands at the foot everywhere.
"""

from __future__ import annotations

import math
from typing import cast

from docx.oxml.text.paragraph import CT_P
from docx.shared import Twips
from docx.text.paragraph import Paragraph

from policykb.blocks import Header, HeaderForm, Imprint
from policykb.word.boxes import Box, add_box
from policykb.word.layout import PageLayout
from policykb.word.measure import width
from policykb.word.pen import Pen
from policykb.word.xml import node, put, rule

_RULE = 20  # twips: the line of a rule takes no more than a point
_COPIED = "抄送："


def add_imprint(pen: Pen, imprint: Imprint, header: Header | None, line_twips: int) -> None:
    """Write the imprint at the foot of the page that the document ends on, as wide as its lines; nothing if empty.

    In a letter it has neither rules nor a line for who printed it (10.1).
    """
    is_letter = header is not None and header.form is HeaderForm.LETTER
    copied = f"{_COPIED}{'，'.join(imprint.copied_to)}。" if imprint.copied_to else ""
    printed = "" if is_letter else "\t".join((imprint.printed_by, imprint.printed_on and f"{imprint.printed_on}印发"))
    texts = [text for text in (copied, printed) if text.strip()]
    if not texts:
        return
    figures, layout = pen.layout.imprint, pen.layout
    height = sum(_lines(text, layout, line_twips) for text in texts) * figures.line_twips
    # the line of the last rule may stick out: the rule itself then is the edge
    height += sum(_RULE + round(e * 2.5) for e in (figures.outer_eighths, *[figures.inner_eighths] * (len(texts) - 1)))
    anchor = pen.paragraph(layout.parts["imprint"])
    anchor.paragraph_format.line_spacing = Twips(_RULE)
    content = add_box(anchor, Box("版记", line_twips, height), layout.fonts[layout.base.font])
    _add_rule(pen, content, figures.outer_eighths, ruled=not is_letter)
    for index, text in enumerate(texts, 1):
        _add_line(pen, content, text, line_twips)
        eighths = figures.inner_eighths if index < len(texts) else figures.outer_eighths
        _add_rule(pen, content, eighths, ruled=not is_letter)


def _paragraph(pen: Pen, content: Paragraph, line: int) -> Paragraph:
    paragraph = Paragraph(cast(CT_P, node("w:p")), content._parent)
    content._p.append(paragraph._p)
    paragraph.style = pen.document.styles[pen.layout.parts["imprint"].name]
    put(paragraph, node("w:spacing", {"w:line": line, "w:lineRule": "exact"}))
    return paragraph


def _add_rule(pen: Pen, content: Paragraph, eighths: int, *, ruled: bool) -> None:
    """A rule on a line of its own: that of an indented text would be indented too."""
    paragraph = _paragraph(pen, content, _RULE)
    if ruled:
        put(paragraph, rule("top", eighths, 0, "000000"))


def _add_line(pen: Pen, content: Paragraph, text: str, line_twips: int) -> None:
    figures, style = pen.layout.imprint, pen.layout.parts["imprint"]
    em = round(style.size_pt * 20)
    indent = round(figures.indent * em)
    hang = round(width(_COPIED) * em) if text.startswith(_COPIED) else 0
    paragraph = _paragraph(pen, content, figures.line_twips)
    put(paragraph, node("w:ind", {"w:left": indent + hang, "w:right": indent, "w:hanging": hang}))
    put(paragraph, node("w:tabs", None, node("w:tab", {"w:val": "right", "w:pos": line_twips - indent})))
    pen.text(paragraph, text, style.font)


def _lines(text: str, layout: PageLayout, line_twips: int) -> int:
    """How many lines a text of the imprint takes."""
    style, figures = layout.parts["imprint"], layout.imprint
    line = line_twips / 20 / style.size_pt - 2 * figures.indent
    if not text.startswith(_COPIED):
        return 1
    return math.ceil(width(text.removeprefix(_COPIED)) / int(line - width(_COPIED)))
