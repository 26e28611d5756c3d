"""Small pieces of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import cast

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from policykb.word.layout import Grid, Page, Style, twips

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# The order in which the schema wants the properties of a paragraph and of a table; Word refuses some others.
_PARAGRAPH_ORDER = (
    "w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl", "w:numPr",
    "w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap",
    "w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid",
    "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection",
    "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr",
)  # fmt: skip
_TABLE_ORDER = (
    "w:tblStyle", "w:tblpPr", "w:tblOverlap", "w:bidiVisual", "w:tblStyleRowBandSize", "w:tblStyleColBandSize",
    "w:tblW", "w:jc", "w:tblCellSpacing", "w:tblInd", "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar",
    "w:tblLook",
)  # fmt: skip
_BORDER = qn("w:pBdr")


def printable(text: str) -> str:
    """``text`` without the characters that XML 1.0 cannot hold (control characters, lone surrogates)."""
    return _NOT_XML.sub("", text)


def node(tag: str, attributes: Mapping[str, object] | None = None, *children: BaseOxmlElement) -> BaseOxmlElement:
    """An element such as ``w:sz`` with attributes such as ``{"w:val": 32}``, in the order given."""
    name, namespaces = _name(tag)
    element = cast(BaseOxmlElement, oxml_parser.makeelement(name, nsmap=namespaces))
    for key, value in (attributes or {}).items():
        element.set(_name(key)[0], str(value))
    element.extend(children)
    return element


@cache
def _name(tag: str) -> tuple[str, dict[str, str]]:
    """The full name of ``w:sz``, and its namespace: there are a few dozen, each asked for thousands of times."""
    prefix = tag.partition(":")[0]
    return qn(tag), {prefix: nsmap[prefix]}


def text_node(text: str) -> BaseOxmlElement:
    """The text of a run, its blanks kept."""
    element = node("w:t", {"xml:space": "preserve"})
    element.text = text
    return element


def switch(tag: str, on: bool) -> BaseOxmlElement:
    """A property that is on or off, said outright."""
    return node(tag, {"w:val": int(on)})


def font_slots(family: str) -> BaseOxmlElement:
    """All four slots: quotation marks and dashes are taken from the Latin ones, so these are Chinese too."""
    slots = {f"w:{slot}": family for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
    return node("w:rFonts", {"w:hint": "eastAsia"} | slots)


def set_font(run: Run, family: str) -> None:
    """Give a run its font outright, in all four slots."""
    properties = run._r.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(1 if properties.style is not None else 0, font_slots(family))  # w:rStyle stays first


def size(points: float) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    """The size, which Word counts in half points."""
    half_points = round(points * 2)
    return node("w:sz", {"w:val": half_points}), node("w:szCs", {"w:val": half_points})


def indents(style: Style, grid: Grid) -> BaseOxmlElement:
    """Indents in characters and in twips: some readers know only the one, some only the other."""
    attributes: dict[str, object] = {}
    for name, characters in (("left", style.left), ("right", style.right), ("firstLine", style.first_line)):
        kind = "hanging" if name == "firstLine" and characters < 0 else name
        attributes[f"w:{kind}Chars"] = round(abs(characters) * 100)
        attributes[f"w:{kind}"] = round(abs(characters) * grid.character_twips)
    return node("w:ind", attributes)


def page_field() -> list[BaseOxmlElement]:
    """The five parts of a PAGE field, each for a run of its own: WPS hides a field that stands in one run."""
    instruction = node("w:instrText", {"xml:space": "preserve"})
    instruction.text = " PAGE "
    shown = node("w:t")
    shown.text = "1"
    marks = [node("w:fldChar", {"w:fldCharType": kind}) for kind in ("begin", "separate", "end")]
    return [marks[0], instruction, marks[1], shown, marks[2]]


def put(paragraph: Paragraph, *properties: BaseOxmlElement) -> None:
    """Give a paragraph properties outright, in the places that the schema has for them; borders add up."""
    holder = paragraph._p.get_or_add_pPr()
    for each in properties:
        if each.tag == _BORDER and (old := holder.find(_BORDER)) is not None:
            old.extend(list(each))
        else:
            _put_in_order(holder, each, _PARAGRAPH_ORDER)


def put_table(table: Table, *properties: BaseOxmlElement) -> None:
    """Give a table properties, in place of those of the same name."""
    for each in properties:
        _put_in_order(table._tbl.tblPr, each, _TABLE_ORDER)


def _put_in_order(holder: BaseOxmlElement, element: BaseOxmlElement, order: tuple[str, ...]) -> None:
    tags = [qn(tag) for tag in order]
    for old in holder.findall(element.tag):
        holder.remove(old)
    later = set(tags[tags.index(element.tag) + 1 :])
    after = [index for index, other in enumerate(holder) if other.tag in later]
    holder.insert(after[0] if after else len(holder), element)


def put_vertical_merge(cell: _Cell, kind: str) -> None:
    """Begin (``restart``) or go on with (``continue``) a cell that spans rows."""
    properties = cell._tc.get_or_add_tcPr()
    width = properties.find(qn("w:tcW"))
    properties.insert(0 if width is None else 1, node("w:vMerge", {"w:val": kind}))


def rule(side: str, eighths: int, space: int, color: str, kind: str = "single") -> BaseOxmlElement:
    """A rule along one side of a paragraph, so many eighths of a point thick, ``space`` points off."""
    line = node(f"w:{side}", {"w:val": kind, "w:sz": eighths, "w:space": space, "w:color": color})
    return node("w:pBdr", None, line)


def frame(width_mm: float, y_mm: float, page: Page) -> BaseOxmlElement:
    """A frame centred on the type area, its top so far from the paper's edge, with text above and below only."""
    area = page.width_mm - page.left_mm - page.right_mm
    place = {
        "w:w": twips(width_mm),
        "w:hSpace": 0,
        "w:wrap": "topAndBottom",
        "w:vAnchor": "page",
        "w:hAnchor": "margin",
    }
    place |= {"w:x": twips((area - width_mm) / 2), "w:y": twips(y_mm)}
    return node("w:framePr", place)
