"""The imprint (版记) at the foot of the last page: a text box whose last rule is the type area's lower edge.

A floating table or a frame stays in the flow in LibreOffice; a text box stands at the foot everywhere.
"""

from __future__ import annotations

import math
from typing import cast

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.text.paragraph import CT_P
from docx.shared import Twips
from docx.text.paragraph import Paragraph

from policykb.blocks import Header, HeaderForm, Imprint
from policykb.word.layout import PageLayout
from policykb.word.measure import width
from policykb.word.pen import Pen
from policykb.word.xml import font_slots, node, put, rule

_EMU_PER_TWIP = 635
_RULE = 20  # twips: the line of a rule takes no more than a point
_COPIED = "抄送："
_NAMESPACES = (
    nsdecls("w")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    + ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_BOX = """<w:r {namespaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>
<wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx>
<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr></wps:wsp>
</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"""


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
    emu = {"width": line_twips * _EMU_PER_TWIP, "height": height * _EMU_PER_TWIP}
    box = parse_xml(_BOX.format(namespaces=_NAMESPACES, **emu))
    box.insert(0, node("w:rPr", None, font_slots(layout.fonts[layout.base.font])))
    anchor._p.append(box)
    content = Paragraph(cast(CT_P, next(box.iter(qn("w:txbxContent")))), anchor._parent)
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
