"""How paragraphs of any Word file really look: what stands at the run, else at its styles, else at the defaults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_SLOTS = ("eastAsia", "ascii", "hAnsi")
_BLACK = ("", "auto", "000000")
_ON = (None, "1", "true", "on")


class Look(NamedTuple):
    """How a stretch of text looks.

    Sizes in points; a font that is not told is empty, and so is a ``color`` that is black; ``theme`` names a font
    that the theme gives.
    """

    text: str
    east_asia: str
    latin: str
    size: float
    bold: bool
    theme: str
    color: str


class Form(NamedTuple):
    """How a paragraph stands: alignment, first-line and left indent in 字 of its size, exact pitch in points or 0."""

    align: str
    first_line: float
    left: float
    exact: float
    line: float


class Looks:
    """Resolves looks in one document."""

    def __init__(self, document: WordDocument) -> None:
        """Index the styles of ``document``."""
        self._styles = {style.get(qn("w:styleId")): style for style in document.styles.element.findall(qn("w:style"))}
        defaults = document.styles.element.find(qn("w:docDefaults"))
        self._defaults = [] if defaults is None else [defaults]
        normal = (s for s in self._styles.values() if s.get(qn("w:default")) in ("1", "true"))
        self._normal = next((s.get(qn("w:styleId")) for s in normal if s.get(qn("w:type")) == "paragraph"), None)

    def runs(self, paragraph: Paragraph) -> Iterator[Look]:
        """The look of each run that has text."""
        for run in paragraph.runs:
            if run.text.strip():
                yield self._look(paragraph, run)

    def form(self, paragraph: Paragraph) -> Form:
        """How the paragraph stands."""
        holders = [paragraph._p.pPr, *self._style_parts(paragraph, "w:pPr")]
        size = max((look.size for look in self.runs(paragraph)), default=16.0)
        spacing, indent = (self._merged(holders, tag) for tag in ("w:spacing", "w:ind"))
        line = float(spacing.get("line", 240)) / 20
        exact = line if spacing.get("lineRule") == "exact" else 0.0
        align = self._merged(holders, "w:jc").get("val", "both")
        first = _characters(indent, "firstLine", size) - _characters(indent, "hanging", size)
        left = _characters(indent, "left", size) or _characters(indent, "start", size)
        return Form(align, first, left, exact, line)

    def has_numbering(self, paragraph: Paragraph) -> bool:
        """Whether Word numbers the paragraph by itself."""
        holders = [paragraph._p.pPr, *self._style_parts(paragraph, "w:pPr")]
        return any(holder is not None and holder.find(qn("w:numPr")) is not None for holder in holders)

    def _look(self, paragraph: Paragraph, run: Run) -> Look:
        holders = [run._r.rPr, *self._chain(run._r.style, "w:rPr"), *self._style_parts(paragraph, "w:rPr")]
        families: dict[str, str] = {}
        themes: dict[str, str] = {}
        for holder in holders:
            fonts = None if holder is None else holder.find(qn("w:rFonts"))
            for slot in _SLOTS:
                if fonts is None:
                    break
                named, theme = fonts.get(qn(f"w:{slot}")), fonts.get(qn(f"w:{slot}Theme"))
                if slot not in families and (named or theme):
                    families[slot], themes[slot] = named or "", theme or ""
        size = self._merged(holders, "w:sz").get("val", "20")
        bold = self._is_on(holders, "w:b")
        latin = families.get("ascii") or families.get("hAnsi", "")
        color = self._merged(holders, "w:color").get("val", "")
        black = color.casefold() in _BLACK
        theme = themes.get("eastAsia", "")
        return Look(run.text, families.get("eastAsia", ""), latin, float(size) / 2, bold, theme, "" if black else color)

    def _style_parts(self, paragraph: Paragraph, tag: str) -> list[Any]:
        style = paragraph._p.style or self._normal
        below = "w:pPrDefault" if tag == "w:pPr" else "w:rPrDefault"
        defaults = [d.find(f"{qn(below)}/{qn(tag)}") for d in self._defaults]
        return [*self._chain(style, tag), *defaults]

    def _chain(self, style_id: str | None, tag: str) -> list[Any]:
        """The properties of a style and of those it is based on, its own first."""
        parts, seen = [], set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            parts.append(style.find(qn(tag)))
            based = style.find(qn("w:basedOn"))
            style_id = None if based is None else based.get(qn("w:val"))
        return parts

    def _merged(self, holders: list[Any], tag: str) -> dict[str, str]:
        """The attributes of a property, each from the nearest place that names it."""
        merged: dict[str, str] = {}
        for holder in holders:
            found = None if holder is None else holder.find(qn(tag))
            if found is not None:
                merged = {name.rpartition("}")[2]: value for name, value in found.attrib.items()} | merged
        return merged

    def _is_on(self, holders: list[Any], tag: str) -> bool:
        for holder in holders:
            found = None if holder is None else holder.find(qn(tag))
            if found is not None:
                return found.get(qn("w:val")) in _ON
        return False


def _characters(indent: dict[str, str], name: str, size: float) -> float:
    """An indent in 字: the count of characters goes before the length."""
    if indent.get(f"{name}Chars") not in (None, "0"):
        return int(indent[f"{name}Chars"]) / 100
    length = indent.get(name, "0")
    return (float(length) / 20 / size if length.lstrip("-").replace(".", "", 1).isdigit() else 0.0) if size else 0.0
