"""Does it look as the format wants it: page, fonts, sizes, indents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from docx.document import Document as WordDocument

from policykb.blocks import HEADINGS, BlockKind
from policykb.word.findings import Finding, check_rules, finding
from policykb.word.footer import is_numbered
from policykb.word.layout import PageLayout, Style
from policykb.word.looks import Look, Looks
from policykb.word.roles import Placed

_WIDE = re.compile("[“”‘’—…]")
_SENTENCE_END = "。！？；"
_CLOSING = frozenset({BlockKind.SIGNATURE, BlockKind.DATE})
_FAR_RIGHT = 6.0  # 字: what begins further left does not stand at the right
_FLUSH = frozenset({BlockKind.ADDRESSEE})
_INDENTED = frozenset({*HEADINGS, BlockKind.BODY})
_UNCHECKED = frozenset({BlockKind.ATTENDANCE})
_ROLE_NAMES = MappingProxyType({"title": "小标宋", "body": "仿宋", "heading": "黑体", "subheading": "楷体"})


def check_page(document: WordDocument, layout: PageLayout) -> Iterator[Finding]:
    """Paper and margins of every section; a lying page has its margins turned."""
    page, tolerance = layout.page, check_rules().tolerance.margin_mm
    for section in document.sections:
        width, height = (edge.mm if edge is not None else 0 for edge in (section.page_width, section.page_height))
        lies = width > height
        if abs(min(width, height) - page.width_mm) > tolerance or abs(max(width, height) - page.height_mm) > tolerance:
            yield finding("paper", found=f"{width:.0f}×{height:.0f} 毫米")
            continue
        wanted = {"上": page.top_mm, "下": page.bottom_mm, "左": page.left_mm, "右": page.right_mm}
        found = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        for (name, millimetres), edge in zip(wanted.items(), found, strict=True):
            given = edge.mm if edge is not None else 0.0
            if not lies and abs(given - millimetres) > tolerance:
                told = f"{name}边距是 {given:.1f} 毫米"
                yield finding("margin", found=told, wanted=f"{millimetres:g}")


def check_page_numbers(document: WordDocument, layout: PageLayout) -> Iterator[Finding]:
    """Is there a page number, on both sides, in the right size?"""
    feet = [section.footer for section in document.sections if not section.footer.is_linked_to_previous]
    feet += [s.even_page_footer for s in document.sections if not s.even_page_footer.is_linked_to_previous]
    numbered = [foot for foot in feet if is_numbered(foot)]
    if not numbered:
        yield finding("page_number_missing")
        return
    if not document.settings.odd_and_even_pages_header_footer:
        yield finding("page_number_sides")
    looks = Looks(document)
    for foot in numbered[:1]:
        found = [look for paragraph in foot.paragraphs for look in looks.runs(paragraph)]
        wrong = [look for look in found if abs(look.size - layout.page_number.size_pt) > 0.25]
        if wrong:
            yield finding("page_number_look", found=f" {wrong[0].size:g} 磅")


def check_pitch(placed: Sequence[Placed], looks: Looks, layout: PageLayout) -> Iterator[Finding]:
    """Do 22 lines of the pitch that most of the body has fill the page?"""
    forms = [looks.form(one.paragraph) for one in placed if one.role is BlockKind.BODY]
    pitches = Counter((form.exact, form.line) for form in forms)
    if not pitches:
        return
    exact, line = pitches.most_common(1)[0][0]
    height = layout.grid.lines * layout.grid.line_twips / 20
    if int((height + 1) / exact if exact else 0) != layout.grid.lines:
        yield finding("pitch", found=f"固定值 {exact:g} 磅" if exact else f"非固定值（{line / 12:.2g} 倍）")


def check_looks(placed: Sequence[Placed], looks: Looks, layout: PageLayout) -> Iterator[Finding]:
    """Fonts, sizes, indents of every paragraph that the format speaks of."""
    for one in placed:
        if one.role in _UNCHECKED or not isinstance(one.role, BlockKind):
            continue
        style = layout.styles[one.role]
        shown = _own_stretch(one, list(looks.runs(one.paragraph)))
        yield from _check_fonts(one, shown, style)
        yield from _check_form(one, looks)


def _own_stretch(one: Placed, runs: list[Look]) -> list[Look]:
    """The runs that are to look as the paragraph's kind does."""
    return runs[: own_length(one, [run.text for run in runs])]


def own_length(one: Placed, texts: Sequence[str]) -> int:
    """How many of a paragraph's runs look as its kind does: of a heading that runs on, those of its first sentence."""
    if one.role not in HEADINGS:
        return len(texts)
    ends = (index for index, text in enumerate(texts, 1) if any(mark in text for mark in _SENTENCE_END))
    return next(ends, len(texts))


def _check_fonts(one: Placed, runs: Sequence[Look], style: Style) -> Iterator[Finding]:
    families = check_rules().families[style.font]
    themed = next((run for run in runs if run.theme), None)
    if themed:
        yield finding("theme_font", one.number, one.text, found=themed.theme)
    wrong = next((run for run in runs if not run.theme and run.east_asia not in families and _has_han(run.text)), None)
    if wrong:
        told = f"字体是“{wrong.east_asia}”" if wrong.east_asia else "没有设中文字体"
        yield finding("font", one.number, one.text, found=told, wanted=_ROLE_NAMES.get(style.font, families[0]))
    size = next((run for run in runs if abs(run.size - style.size_pt) > check_rules().tolerance.size_pt), None)
    if size and not _same_size(size.size, style.size_pt):
        yield finding("size", one.number, one.text, found=f"{size.size:g}", wanted=f"{style.size_pt:g}")
    if one.role in (BlockKind.TITLE, *HEADINGS[:2]) and any(run.bold for run in runs):
        yield finding("bold", one.number, one.text, found="标题")
    if color := next((run.color for run in runs if run.color), None):
        yield finding("color", one.number, one.text, found=color)
    cjk = {family for group in check_rules().families.values() for family in group}
    quotes = next((run for run in runs if _WIDE.search(run.text) and run.latin and run.latin not in cjk), None)
    if quotes:
        yield finding("latin_quotes", one.number, one.text, found=quotes.latin)


def _same_size(found: float, wanted: float) -> bool:
    """三号 is 15.75 points, which some programs write as it is."""
    return wanted == 16 and found in (15.5, 15.75, 16)


def _check_form(one: Placed, looks: Looks) -> Iterator[Finding]:
    form, tolerance = looks.form(one.paragraph), check_rules().tolerance.indent_characters
    spaces = (len(one.paragraph.text) - len(one.paragraph.text.lstrip("\u3000 "))) * _blank_width(one.paragraph.text)
    first = form.first_line + (form.left if form.first_line >= 0 else 0)
    if one.role in _INDENTED and not looks.has_numbering(one.paragraph):
        if abs(spaces - 2) < tolerance and abs(first) < tolerance:
            yield finding("indent_spaces", one.number, one.text)
        elif abs(first + spaces - 2) > tolerance:
            yield finding("indent", one.number, one.text, found=f"{first + spaces:.1f} 字符")
    elif one.role in _FLUSH and abs(first + spaces) > tolerance:
        yield finding("flush", one.number, one.text, found=f" {first + spaces:.1f} 字符")
    elif one.role in _CLOSING and form.align in ("left", "start", "both") and first + spaces < _FAR_RIGHT:
        yield finding("closing_place", one.number, one.text)
    elif one.role is BlockKind.TITLE and form.align != "center":
        yield finding("centred", one.number, one.text)


def _blank_width(text: str) -> float:
    """The width of the blanks in front, in 字: a narrow one is half as wide."""
    return 1.0 if text.startswith("\u3000") else 0.5


def _has_han(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)
