"""The figures of the official page, read from ``data/word_official.toml``; the code only interprets them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from policykb.blocks import BlockKind
from policykb.models import Record
from policykb.resources import data_file

FontProfile = Literal["gb2312", "win", "fzgbk"]

TWIPS_PER_MM = 1440 / 25.4


class Page(Record):
    """Paper and margins, in millimetres; ``footer_mm`` is from the paper's edge to the footer's."""

    clause: str
    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    footer_mm: float


class Grid(Record):
    """Lines on a page and characters on a line, and the pitch and spacing that bring them about."""

    clause: str
    lines: int
    characters: int
    line_twips: int
    character_twips: int
    spacing_twips: int


class Style(Record):
    """How one kind of paragraph looks.  Indents are in 字, blank lines in 行; ``font`` is a role.

    ``on_grid`` is whether its characters keep the pitch of the grid; ``line_characters`` is how many stand on
    a line where we break it ourselves; ``shift`` is how far the date stands right of the signature.
    """

    clause: str = ""
    style_id: str
    name: str
    font: str
    size_pt: float
    align: Literal["left", "center", "right", "both"]
    first_line: float = 0
    left: float = 0
    right: float = 0
    shift: float = 0
    outline: int | None = None
    keep_next: bool = False
    on_grid: bool = True
    line_characters: int = 0
    blank_before: int = 0
    blank_after: int = 0


class PageNumber(Record):
    """The page number at the foot: ``dash`` on both sides, ``indent`` 字 from the outer edge."""

    clause: str
    style_id: str
    name: str
    font: str
    size_pt: float
    dash: str
    indent: float


class CommentStyle(Record):
    """The look of a comment's text, and the style of the mark that ties it to the text."""

    style_id: str
    name: str
    mark_style_id: str
    mark_name: str
    font: str
    size_pt: float


class PageLayout(Record):
    """Everything the writer knows of the look of a page.  ``fonts`` gives the family of each role."""

    page: Page
    grid: Grid
    fonts: Mapping[str, str]
    base: Style
    page_number: PageNumber
    comment: CommentStyle
    styles: Mapping[BlockKind, Style]


@lru_cache(maxsize=4)
def official_layout(fonts: FontProfile | None = None) -> PageLayout:
    """The layout of GB/T 9704-2012, with the fonts of a profile (by default the one that the file names)."""
    data = tomllib.loads(data_file("word_official.toml").read_text(encoding="utf-8"))
    choice = data.pop("fonts")
    return PageLayout(fonts=choice["profiles"][fonts or choice["profile"]], **data)


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)
