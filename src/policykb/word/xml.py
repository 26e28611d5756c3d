"""Small pieces of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.run import Run

from policykb.word.layout import Grid, Style

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """``text`` without the characters that XML 1.0 cannot hold (control characters, lone surrogates)."""
    return _NOT_XML.sub("", text)


def node(tag: str, attributes: Mapping[str, object] | None = None, *children: BaseOxmlElement) -> BaseOxmlElement:
    """An element such as ``w:sz`` with attributes such as ``{"w:val": 32}``, in the order given."""
    element = cast(BaseOxmlElement, OxmlElement(tag))
    for name, value in (attributes or {}).items():
        element.set(qn(name), str(value))
    element.extend(children)
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
