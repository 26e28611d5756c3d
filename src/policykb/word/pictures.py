"""Pictures in the text."""

from __future__ import annotations

from io import BytesIO

from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from policykb.blocks import Picture
from policykb.word.xml import printable


def add_picture(paragraph: Paragraph, picture: Picture) -> None:
    """Put ``picture`` into ``paragraph``, with its description for those who have it read out."""
    run = paragraph.add_run()
    run.add_picture(BytesIO(picture.png), width=Mm(picture.width_mm))
    for properties in run._r.iter(qn("wp:docPr")):
        properties.set("descr", printable(picture.description))
