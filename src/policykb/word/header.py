"""The head of the first page (版头): what stands in its corner, the red mark, the number, the red rule."""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, Twips
from docx.text.paragraph import Paragraph

from policykb.blocks import Header, HeaderForm
from policykb.word.layout import TWIPS_PER_MM, PageLayout
from policykb.word.measure import width
from policykb.word.pen import Pen
from policykb.word.tables import plain_table
from policykb.word.xml import frame, put, rule

SUPERIOR = "签发人："
_PER_LINE = 2  # 每行排两个


def add_header(pen: Pen, header: Header) -> None:
    """Write the head in the form that ``header`` asks for."""
    if header.form is HeaderForm.LETTER:
        _add_letter_head(pen, header)
        return
    figures = pen.layout.header
    is_order = header.form is HeaderForm.ORDER
    lines = figures.order_lines_above if is_order else figures.lines_above
    corner = _corner(header)[:lines]
    for text, part in corner:
        pen.text(pen.paragraph(pen.layout.parts[part]), text, pen.layout.parts[part].font)
    pen.blank(lines - len(corner))
    _add_mark(pen, header, figures.order_mark_space_mm if is_order else figures.mark_space_mm)
    pen.blank(figures.blank_below_mark)
    paragraph = _add_number(pen, header)
    if not is_order:
        put(paragraph, rule("bottom", figures.rule_eighths, figures.rule_space_pt, figures.red))


def _corner(header: Header) -> list[tuple[str, str]]:
    """份号、密级和保密期限、紧急程度, in this order from the top, with the part that each is."""
    number = header.copy_number.zfill(6) if header.copy_number.isdigit() else header.copy_number
    lines = [(number, "corner"), (header.classification, "corner_bold"), (header.urgency, "corner_bold")]
    found = [(text, part) for text, part in lines if text]
    return found if number or not found else [(" ", "corner"), *found]  # 密级 keeps to the second line


def mark_size(text: str, layout: PageLayout) -> float:
    """The size of the mark in points: as large as the layout has it, smaller where the line is too short."""
    line = layout.grid.characters * layout.grid.character_twips / 20
    return min(layout.header.mark_largest_pt, int(line / max(width(text), 1)))


def _add_mark(pen: Pen, header: Header, space_mm: float) -> None:
    longest = max(header.organs, key=width, default="")
    several = len(header.organs) > 1 and header.suffix
    points = mark_size(longest + header.suffix, pen.layout)
    if several:
        _add_joint_mark(pen, header, points, space_mm)
        return
    for index, organ in enumerate(header.organs):
        last = index == len(header.organs) - 1
        paragraph = pen.paragraph(pen.layout.parts["mark"])
        _set_line(paragraph, points * pen.layout.header.mark_line, space_mm if index == 0 else 0)
        text = organ + header.suffix if last else organ
        pen.text(paragraph, text, pen.layout.parts["mark"].font, points=points, color=pen.layout.header.red)


def _add_joint_mark(pen: Pen, header: Header, points: float, space_mm: float) -> None:
    """The names of several organs one below the other, the leading one first, 文件 beside their middle (7.2.4)."""
    spacer = pen.paragraph(pen.layout.parts["mark"])
    _set_line(spacer, max(space_mm * TWIPS_PER_MM / 20, 1), 0)
    names = max(map(width, header.organs))
    table = plain_table(pen, len(header.organs), (names, width(header.suffix)))
    font, red = pen.layout.parts["mark"].font, pen.layout.header.red
    for row, organ in zip(table.rows, header.organs, strict=True):
        paragraph = row.cells[0].paragraphs[0]
        _set_line(paragraph, points * pen.layout.header.mark_line, 0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.DISTRIBUTE
        pen.text(paragraph, organ, font, points=points, color=red)
    suffix = table.cell(0, 1).merge(table.cell(len(header.organs) - 1, 1)).paragraphs[0]
    _set_line(suffix, points * pen.layout.header.mark_line, 0)
    pen.text(suffix, header.suffix, font, points=points, color=red)


def _set_line(paragraph: Paragraph, points: float, space_mm: float) -> None:
    paragraph.paragraph_format.line_spacing = Pt(round(points * 20) / 20)
    paragraph.paragraph_format.space_before = Mm(space_mm)


def _add_number(pen: Pen, header: Header) -> Paragraph:
    style = pen.layout.parts["number"]
    if not header.signatories:
        paragraph = pen.paragraph(style)
        pen.text(paragraph, header.document_number, style.font)
        return paragraph
    groups = [header.signatories[at : at + _PER_LINE] for at in range(0, len(header.signatories), _PER_LINE)]
    for index, names in enumerate(groups):
        paragraph = _signatory_line(pen, header, index)
        last = index == len(groups) - 1
        pen.text(paragraph, header.document_number if last else "", style.font)
        pen.text(paragraph, "\t\t" if index else f"\t{SUPERIOR}", style.font)
        for at, name in enumerate(names):
            pen.text(paragraph, ("\t" if at else "") + name, "subheading")
    return paragraph


def _signatory_line(pen: Pen, header: Header, index: int) -> Paragraph:
    """A line with the number at the left and tab stops for 签发人： and the columns of names at the right (7.2.6)."""
    grid = pen.layout.grid
    columns = min(len(header.signatories), _PER_LINE)
    column = max(map(width, header.signatories)) + (1 if columns > 1 else 0)
    first = grid.characters - 1 - column * columns + (1 if columns > 1 else 0)
    paragraph = pen.paragraph(pen.layout.parts["number"])
    form = paragraph.paragraph_format
    form.alignment = WD_ALIGN_PARAGRAPH.LEFT
    form.first_line_indent = Twips(grid.character_twips)  # an indent of all lines would shorten the rule
    for at in (first - width(SUPERIOR), *(first + column * at for at in range(columns))):
        form.tab_stops.add_tab_stop(Twips(round(at * grid.character_twips)), WD_TAB_ALIGNMENT.LEFT)
    return paragraph


def _add_letter_head(pen: Pen, header: Header) -> None:
    """The mark 30 mm from the paper's edge between margins, the double rules, and what stands below (10.1)."""
    layout, page, figures = pen.layout, pen.layout.page, pen.layout.letter
    size = mark_size("".join(header.organs), layout)
    line = size * layout.header.mark_line
    mark = pen.paragraph(layout.parts["mark"])
    _set_line(mark, line, 0)
    # 156 mm are too narrow for the rules: both frames are centred on the type area
    put(mark, frame(figures.rule_width_mm, figures.mark_top_mm, page))
    pen.text(mark, "".join(header.organs), layout.parts["mark"].font, points=size, color=layout.header.red)
    below = figures.mark_top_mm + line * 20 / TWIPS_PER_MM + figures.rule_below_mark_mm
    _add_double_rule(pen, below, "thickThinSmallGap")
    _add_double_rule(pen, page.height_mm - figures.rule_bottom_mm, "thinThickSmallGap")
    _add_letter_lines(pen, header)


def _add_double_rule(pen: Pen, y_mm: float, kind: str) -> None:
    figures = pen.layout.letter
    paragraph = pen.paragraph(pen.layout.parts["mark"])
    _set_line(paragraph, 1, 0)
    put(paragraph, frame(figures.rule_width_mm, y_mm, pen.layout.page))
    put(paragraph, rule("top", figures.rule_eighths, 0, pen.layout.header.red, kind))


def _add_letter_lines(pen: Pen, header: Header) -> None:
    """份号 and the like at the left, the number at the right end of the first line."""
    parts = pen.layout.parts
    corner = _corner(header) or [("", "corner")]
    corner = [line for line in corner if line[0] != " "] or corner
    for index, (text, part) in enumerate(corner):
        paragraph = pen.paragraph(parts["corner"])
        if index == 0:
            paragraph.paragraph_format.space_before = Mm(pen.layout.letter.gap_below_rule_mm)
            at = Twips(pen.layout.grid.characters * pen.layout.grid.character_twips)
            paragraph.paragraph_format.tab_stops.add_tab_stop(at, WD_TAB_ALIGNMENT.RIGHT)
        pen.text(paragraph, text, parts[part].font)
        if index == 0 and header.document_number:
            pen.text(paragraph, f"\t{header.document_number}", parts["number"].font)
