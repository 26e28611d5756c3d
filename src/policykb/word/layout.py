"""The figures of the official page, read from ``data/word_official.toml``; the code only interprets them."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from pydantic import ValidationError

from policykb.blocks import BlockKind
from policykb.errors import ProfileError
from policykb.models import Record
from policykb.resources import data_file

FontProfile = Literal["gb2312", "win", "fzgbk"]
Geometry = Literal["classic", "gbt33476"]

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

    ``on_grid`` is whether its characters keep the pitch of the grid, ``exact`` whether its lines do;
    ``line_characters`` is how many stand on
    a line where we break it ourselves; ``shift`` is how far the date stands right of the signature; what begins
    with ``sealed`` holds where a seal will be set.
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
    exact: bool = True
    line_characters: int = 0
    blank_before: int = 0
    blank_after: int = 0
    sealed_right: float = 0
    sealed_blank_before: int = 0


class PageNumber(Record):
    """The page number at the foot: ``dash`` on both sides, ``indent`` 字 from the outer edge.

    ``lying_mm`` is how wide the strip is that it stands in on a lying page.
    """

    clause: str
    style_id: str
    name: str
    font: str
    size_pt: float
    dash: str
    indent: float
    lying_mm: float


class CommentStyle(Record):
    """The look of a comment's text, and the style of the mark that ties it to the text."""

    style_id: str
    name: str
    mark_style_id: str
    mark_name: str
    font: str
    size_pt: float


class HeaderLayout(Record):
    """The red head of the first page: lines and millimetres above the mark, blank lines and the rule below."""

    clause: str
    red: str
    lines_above: int
    mark_space_mm: float
    mark_largest_pt: float
    mark_line: float
    blank_below_mark: int
    rule_eighths: int
    rule_space_pt: int
    order_lines_above: int
    order_mark_space_mm: float


class LetterLayout(Record):
    """The head of a letter and its two double rules, in millimetres from the edges of the paper."""

    clause: str
    mark_top_mm: float
    rule_width_mm: float
    rule_eighths: int
    rule_below_mark_mm: float
    rule_bottom_mm: float
    gap_below_rule_mm: float


class ImprintLayout(Record):
    """The imprint: its rules in eighths of a point, the pitch of its lines, its indent in 字."""

    clause: str
    outer_eighths: int
    inner_eighths: int
    line_twips: int
    indent: float


class TableLayout(Record):
    """Tables: the pitch in cells, their inner margin, the rules, and how many lines a row keeps together."""

    clause: str
    line_twips: int
    margin_twips: int
    unsplit_lines: int
    rule_eighths: int


class PageLayout(Record):
    """Everything the writer knows of the look of a page.  ``fonts`` gives the family of each role.

    ``styles`` are those of blocks, ``parts`` those of what stands around them.
    """

    page: Page
    grid: Grid
    header: HeaderLayout
    letter: LetterLayout
    imprint: ImprintLayout
    table: TableLayout
    fonts: Mapping[str, str]
    base: Style
    page_number: PageNumber
    comment: CommentStyle
    styles: Mapping[BlockKind, Style]
    parts: Mapping[str, Style]


@lru_cache(maxsize=8)
def official_layout(fonts: FontProfile | None = None, geometry: Geometry = "classic") -> PageLayout:
    """The layout of GB/T 9704-2012, with the fonts of a profile (by default the one that the file names)."""
    return PageLayout.model_validate(_data(fonts, geometry))


def local_layout(
    changes: Mapping[str, Any], *, fonts: FontProfile | None = None, geometry: Geometry = "classic"
) -> PageLayout:
    """The official layout with the figures of a local rule, nested as in ``word_official.toml``.

    ``{"grid": {"line_twips": 600}, "fonts": {"body": "仿宋"}}`` changes these two.  Raises ``ProfileError`` for
    a key that is not there, with the nearest right one, or for a value of the wrong kind.
    """
    data = _data(fonts, geometry)
    _change(data, changes, "版式")
    try:
        return PageLayout.model_validate(data)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise ProfileError("版式里 {place} 的值不对，请对照自带的数值填写", place=place) from error


def load_layout(path: str | Path) -> PageLayout:
    """The layout of a YAML file of local habits.

    Its keys are those of ``word_official.toml``, besides them ``profile`` (gb2312, win, fzgbk) and ``geometry``
    (classic, gbt33476).  Raises ``ProfileError``.
    """
    path = Path(path)
    try:
        changes = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ProfileError("{path}：版式文件读不出来，应为 UTF-8 的 YAML 文件", path=path) from error
    if not isinstance(changes, dict):
        raise ProfileError("{path}：里面没有内容，例如写“grid: {{line_twips: 600}}”", path=path)
    fonts, geometry = changes.pop("profile", None), changes.pop("geometry", "classic")
    _one_of("profile", fonts, (None, *get_args(FontProfile)))
    _one_of("geometry", geometry, get_args(Geometry))
    return local_layout(changes, fonts=fonts, geometry=geometry)


def _one_of(name: str, value: object, allowed: Sequence[object]) -> None:
    if value not in allowed:
        raise ProfileError(
            "版式里 {name} 只能是 {known}", name=name, known="、".join(str(one) for one in allowed if one)
        )


def _data(fonts: FontProfile | None, geometry: Geometry) -> dict[str, Any]:
    data = tomllib.loads(data_file("word_official.toml").read_text(encoding="utf-8"))
    choice = data.pop("fonts")
    geometries = {"classic": {}, **data.pop("geometry")}
    data["fonts"] = choice["profiles"][fonts or choice["profile"]]
    _change(data, geometries[geometry], "geometry")
    return data


def _change(data: dict[str, Any], changes: Mapping[str, Any], where: str) -> None:
    """Put the values of ``changes`` in their places; fields that the file leaves at their default count too."""
    for key, value in changes.items():
        known = {*data, *(Style.model_fields if "style_id" in data else ())}
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            raise ProfileError(
                "{where}里没有“{key}”这一项{hint}", where=where, key=key, hint=f"，是不是 {near[0]}？" if near else ""
            )
        if isinstance(data.get(key), dict):
            if not isinstance(value, Mapping):
                raise ProfileError("{where}里“{key}”下面应为若干“名称: 数值”", where=where, key=key)
            _change(data[key], value, f"{where}“{key}”")
        else:
            data[key] = value


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)
