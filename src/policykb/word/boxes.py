"""Text boxes: the only thing that stands at a place of the page in Word, WPS and LibreOffice alike."""

from __future__ import annotations

from typing import NamedTuple, cast

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.text.paragraph import CT_P
from docx.text.paragraph import Paragraph

from policykb.word.xml import font_slots, node

_EMU_PER_TWIP = 635
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
<wp:positionH {across}</wp:positionH><wp:positionV {down}</wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:{wrap}/>
<wp:docPr id="1" name="{name}"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx>
<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" {text}><a:noAutofit/></wps:bodyPr></wps:wsp>
</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"""


class Box(NamedTuple):
    """A box of so many twips.  Without a place it ends at the lower edge of the type area, text above it only.

    ``place`` is from the left and upper edges of the paper, in twips; ``turned`` text reads from top to bottom.
    """

    name: str
    width: int
    height: int
    place: tuple[int, int] | None = None
    turned: bool = False


def add_box(paragraph: Paragraph, box: Box, family: str) -> Paragraph:
    """Anchor ``box`` to ``paragraph``; what holds its paragraphs, none yet.  ``family`` is the font of the anchor."""
    run = parse_xml(_BOX.format(namespaces=_NAMESPACES, **_attributes(box)))
    run.insert(0, node("w:rPr", None, font_slots(family)))
    paragraph._p.append(run)
    content = next(run.iter(qn("w:txbxContent")))
    return Paragraph(cast(CT_P, content), paragraph._parent)


def _attributes(box: Box) -> dict[str, object]:
    if box.place is None:
        across, down = (f'relativeFrom="margin"><wp:align>{edge}</wp:align>' for edge in ("left", "bottom"))
    else:
        offsets = (f"<wp:posOffset>{twips * _EMU_PER_TWIP}</wp:posOffset>" for twips in box.place)
        across, down = (f'relativeFrom="page">{offset}' for offset in offsets)
    return {
        "across": across,
        "down": down,
        "width": box.width * _EMU_PER_TWIP,
        "height": box.height * _EMU_PER_TWIP,
        "wrap": "wrapNone" if box.place else "wrapTopAndBottom",
        "name": box.name,
        "text": 'vert="vert" anchor="ctr"' if box.turned else 'anchor="b"',
    }
