"""Mending the format of any Word file: never a word of its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor, Twips
from docx.text.run import Run as WordRun

from policykb.blocks import BlockKind
from policykb.word.check import check_document, open_docx
from policykb.word.check_look import own_length
from policykb.word.findings import Finding
from policykb.word.footer import mend_page_numbers
from policykb.word.layout import PageLayout, Style, official_layout
from policykb.word.looks import Looks
from policykb.word.measure import closing_indents
from policykb.word.package import packed
from policykb.word.roles import Placed, place_paragraphs
from policykb.word.xml import indents, node, put, set_font

_BLANKS = " \t\u3000"
_CLOSING = (BlockKind.SIGNATURE, BlockKind.DATE)
_DRAWN = (qn("w:drawing"), qn("w:pict"), qn("w:object"))


class FixedFile(NamedTuple):
    """A mended file: its bytes, the findings that were mended (``done`` says how), and those that are ``left``."""

    data: bytes
    done: tuple[Finding, ...]
    left: tuple[Finding, ...]


def fix_docx(path: str | Path, *, layout: PageLayout | None = None) -> FixedFile:
    """Mend what is format only: page, margins, pitch, page numbers, fonts, sizes, indents.

    Words, figures and punctuation stay as they are; blanks in front of a paragraph become its indent.  The same
    file gives the same bytes; one with nothing to mend gives its own.  Raises ``ReadError``.
    """
    layout = layout or official_layout()
    document = open_docx(path)
    before = check_document(document, layout)
    wrong = [each for each in before if each.done]
    if not wrong:
        return FixedFile(Path(path).read_bytes(), (), before)
    _Mender(document, layout).mend(wrong)
    left = check_document(document, layout)
    still = {(each.rule, each.paragraph) for each in left}
    done = tuple(each for each in wrong if (each.rule, each.paragraph) not in still)
    return FixedFile(packed(document), done, left)


class _Mender:
    """One document being mended."""

    def __init__(self, document: WordDocument, layout: PageLayout) -> None:
        self._document = document
        self._layout = layout
        placed = place_paragraphs(document.paragraphs, Looks(document))
        self._placed = {one.number: one for one in placed if isinstance(one.role, BlockKind)}

    def mend(self, found: list[Finding]) -> None:
        """Mend each of ``found``; the page as a whole once for each kind of thing."""
        whole = dict.fromkeys(_WHOLE[each.rule] for each in found if each.rule in _WHOLE)
        for action in whole:
            action(self)
        for each in found:
            one = self._placed.get(each.paragraph or 0)
            if one and each.rule in _PARAGRAPH:
                _PARAGRAPH[each.rule](self, one)

    def mend_page(self) -> None:
        """Paper and margins; a lying page keeps its margins, which the standard does not give."""
        page = self._layout.page
        for section in self._document.sections:
            lies = _lies(section)
            sides = (page.height_mm, page.width_mm) if lies else (page.width_mm, page.height_mm)
            section.page_width, section.page_height = map(Mm, sides)
            if not lies:
                section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
                section.left_margin, section.right_margin = Mm(page.left_mm), Mm(page.right_mm)
                section.footer_distance = Mm(page.footer_mm)

    def mend_pitch(self) -> None:
        """Lines and characters of the grid; a paragraph that holds a picture keeps its height."""
        grid = self._layout.grid
        for one in self._placed.values():
            if not self._style(one).on_grid or any(True for _ in one.paragraph._p.iter(*_DRAWN)):
                continue
            form = one.paragraph.paragraph_format
            form.line_spacing, form.space_before, form.space_after = Twips(grid.line_twips), Pt(0), Pt(0)
            for run in one.paragraph.runs:
                _space(run, grid.spacing_twips)
        for section in self._document.sections:
            properties = section._sectPr
            for old in properties.findall(qn("w:docGrid")):
                properties.remove(old)
            properties.append(node("w:docGrid", {"w:type": "lines", "w:linePitch": grid.line_twips}))

    def mend_page_numbers(self) -> None:
        """A number at the outer edge of both sides."""
        mend_page_numbers(self._document, self._layout)

    def mend_fonts(self, one: Placed) -> None:
        """The font of the paragraph's kind, in all slots."""
        for run in self._own_runs(one):
            set_font(run, self._layout.fonts[self._style(one).font])

    def mend_sizes(self, one: Placed) -> None:
        """The size of the paragraph's kind."""
        for run in self._own_runs(one):
            run.font.size = Pt(self._style(one).size_pt)
            for old in run._r.get_or_add_rPr().findall(qn("w:szCs")):
                old.set(qn("w:val"), str(round(self._style(one).size_pt * 2)))

    def mend_weight(self, one: Placed) -> None:
        """No bold."""
        for run in self._own_runs(one):
            run.font.bold = False

    def mend_color(self, one: Placed) -> None:
        """Black."""
        for run in self._own_runs(one):
            run.font.color.rgb = RGBColor(0, 0, 0)

    def mend_indent(self, one: Placed) -> None:
        """The indent of the paragraph's kind instead of blanks in front."""
        self._strip(one)
        put(one.paragraph, indents(self._style(one), self._layout.grid))

    def mend_title(self, one: Placed) -> None:
        """In the middle, without an indent."""
        self.mend_indent(one)
        one.paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def mend_closing(self, one: Placed) -> None:
        """At the right as without a seal (7.3.5.2), signature and date by each other."""
        self._strip(one)
        style, dates = self._style(one), self._layout.styles[BlockKind.DATE]
        texts = [next((p.text for p in self._placed.values() if p.role is kind), "") for kind in _CLOSING]
        left = closing_indents(texts[0], texts[1], self._layout.grid.characters, style.right, dates.shift)
        moved = style.model_copy(update={"left": left[_CLOSING.index(BlockKind(one.role))], "right": 0})
        put(one.paragraph, indents(moved, self._layout.grid))

    def _strip(self, one: Placed) -> None:
        """Take the blanks in front of a paragraph away."""
        for text in (text for run in one.paragraph.runs for text in run._r.findall(qn("w:t"))):
            text.text = (text.text or "").lstrip(_BLANKS)
            if text.text:
                return

    def _style(self, one: Placed) -> Style:
        return self._layout.styles[BlockKind(one.role)]

    def _own_runs(self, one: Placed) -> list[WordRun]:
        runs = one.paragraph.runs
        return runs[: own_length(one, [run.text for run in runs])]


def _lies(section: Section) -> bool:
    return (section.page_width or 0) > (section.page_height or 0)


def _space(run: WordRun, twips: int) -> None:
    """Give each character so much room more, in the place that the schema has for it."""
    properties = run._r.get_or_add_rPr()
    for old in properties.findall(qn("w:spacing")):
        properties.remove(old)
    later = {qn(f"w:{tag}") for tag in ("w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "lang")}
    at = next((index for index, each in enumerate(properties) if each.tag in later), len(properties))
    properties.insert(at, node("w:spacing", {"w:val": twips}))


_WHOLE: Mapping[str, Callable[[_Mender], None]] = MappingProxyType(
    {
        "paper": _Mender.mend_page,
        "margin": _Mender.mend_page,
        "pitch": _Mender.mend_pitch,
        "page_number_missing": _Mender.mend_page_numbers,
        "page_number_sides": _Mender.mend_page_numbers,
        "page_number_look": _Mender.mend_page_numbers,
    }
)
_PARAGRAPH: Mapping[str, Callable[[_Mender, Placed], None]] = MappingProxyType(
    {
        "font": _Mender.mend_fonts,
        "theme_font": _Mender.mend_fonts,
        "latin_quotes": _Mender.mend_fonts,
        "size": _Mender.mend_sizes,
        "bold": _Mender.mend_weight,
        "color": _Mender.mend_color,
        "indent": _Mender.mend_indent,
        "indent_spaces": _Mender.mend_indent,
        "flush": _Mender.mend_indent,
        "centred": _Mender.mend_title,
        "closing_place": _Mender.mend_closing,
    }
)
