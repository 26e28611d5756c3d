"""The blank document: a package of our own with styles, settings and no theme.

python-docx's default template is not used: its styles name theme fonts, and those win over the ones we set.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

from policykb.word.layout import Grid, PageLayout, Style, twips
from policykb.word.xml import font_slots, indents, node, size, switch

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {"document": "document.main", "styles": "styles", "settings": "settings"}


def blank_document(layout: PageLayout) -> bytes:
    """An empty .docx with the page, the grid and the styles of ``layout``."""
    return _blank_document(layout.model_dump_json())


@lru_cache(maxsize=4)
def _blank_document(layout_json: str) -> bytes:
    layout = PageLayout.model_validate_json(layout_json)
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relationships({"styles": "styles.xml", "settings": "settings.xml"}),
        "word/document.xml": _serialized(_document(layout)),
        "word/styles.xml": _serialized(_styles(layout)),
        "word/settings.xml": _serialized(_settings()),
    }
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(
                name, _HEAD + (part if isinstance(part, str) else etree.tostring(part, encoding="unicode"))
            )
    return file.getvalue()


def _serialized(part: BaseOxmlElement) -> str:
    return etree.tostring(part, encoding="unicode")


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>' for name, kind in _PARTS.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(targets: dict[str, str]) -> str:
    rows = (
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def _document(layout: PageLayout) -> BaseOxmlElement:
    page = layout.page
    margins = {
        "w:top": twips(page.top_mm),
        "w:right": twips(page.right_mm),
        "w:bottom": twips(page.bottom_mm),
        "w:left": twips(page.left_mm),
        "w:header": 851,
        "w:footer": twips(page.footer_mm),
        "w:gutter": 0,
    }
    section = node(
        "w:sectPr",
        None,
        node("w:pgSz", {"w:w": twips(page.width_mm), "w:h": twips(page.height_mm)}),
        node("w:pgMar", margins),
        node("w:docGrid", {"w:type": "lines", "w:linePitch": layout.grid.line_twips}),
    )
    return node("w:document", None, node("w:body", None, section))


def _settings() -> BaseOxmlElement:
    compatibility = {
        "w:name": "compatibilityMode",
        "w:uri": "http://schemas.microsoft.com/office/word",
        "w:val": 15,
    }
    return node(
        "w:settings",
        None,
        node("w:zoom", {"w:percent": 100}),
        node("w:evenAndOddHeaders"),
        node("w:characterSpacingControl", {"w:val": "doNotCompress"}),
        node("w:compat", None, node("w:useFELayout"), node("w:compatSetting", compatibility)),
        node("w:themeFontLang", {"w:val": "en-US", "w:eastAsia": "zh-CN"}),
    )


def _styles(layout: PageLayout) -> BaseOxmlElement:
    language = node("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN", "w:bidi": "ar-SA"})
    base = layout.base
    fonts = font_slots(layout.fonts[base.font])
    defaults = node(
        "w:docDefaults",
        None,
        node("w:rPrDefault", None, node("w:rPr", None, fonts, *size(base.size_pt), language)),
        node("w:pPrDefault"),
    )
    return node("w:styles", None, defaults, *_all_styles(layout))


def _all_styles(layout: PageLayout) -> Iterator[BaseOxmlElement]:
    yield _paragraph_style(layout.base, layout)
    for style in (*layout.styles.values(), *layout.parts.values()):
        yield _paragraph_style(style, layout)
    comment = layout.comment
    for small in (layout.page_number, comment):
        look = _run_properties(layout, small.font, small.size_pt)
        yield _named_style(small.style_id, small.name, _single_spaced(), look)
    mark = _run_properties(layout, comment.font, comment.size_pt)
    yield _named_style(comment.mark_style_id, comment.mark_name, mark, kind="character")


def _single_spaced() -> BaseOxmlElement:
    spacing = node("w:spacing", {"w:line": 240, "w:lineRule": "auto"})
    return node("w:pPr", None, spacing, node("w:jc", {"w:val": "left"}))


def _paragraph_style(style: Style, layout: PageLayout) -> BaseOxmlElement:
    spacing = layout.grid.spacing_twips if style.on_grid else 0
    runs = _run_properties(layout, style.font, style.size_pt, spacing)
    return _named_style(style.style_id, style.name, _paragraph_properties(style, layout.grid), runs)


def _named_style(style_id: str, name: str, *properties: BaseOxmlElement, kind: str = "paragraph") -> BaseOxmlElement:
    style = node("w:style", {"w:type": kind, "w:styleId": style_id}, node("w:name", {"w:val": name}))
    if style_id == "Normal":
        style.set(f"{{{style.nsmap['w']}}}default", "1")
    elif kind == "paragraph":
        style.append(node("w:basedOn", {"w:val": "Normal"}))
    if not name.isascii():  # a style of our own: Word knows its built-in ones by English names
        style.set(f"{{{style.nsmap['w']}}}customStyle", "1")
    if kind == "paragraph" and style_id not in ("Footer", "CommentText"):
        style.append(node("w:qFormat"))
    style.extend(properties)
    return style


def _paragraph_properties(style: Style, grid: Grid) -> BaseOxmlElement:
    properties = node(
        "w:pPr",
        None,
        switch("w:keepNext", style.keep_next),
        switch("w:widowControl", False),  # a page that lacks a line has not 22
        switch("w:autoSpaceDE", False),  # no blank between Chinese and Latin: it would leave the grid
        switch("w:autoSpaceDN", False),
        switch("w:snapToGrid", style.on_grid),
        _line_spacing(style, grid),
        indents(style, grid),
        node("w:jc", {"w:val": style.align}),
    )
    if style.outline is not None:
        properties.append(node("w:outlineLvl", {"w:val": style.outline}))
    return properties


def _line_spacing(style: Style, grid: Grid) -> BaseOxmlElement:
    pitch = {"w:line": grid.line_twips, "w:lineRule": "exact"} if style.exact else {"w:line": 240, "w:lineRule": "auto"}
    return node("w:spacing", {"w:before": 0, "w:after": 0, **pitch})


def _run_properties(layout: PageLayout, font: str, points: float, spacing: int = 0) -> BaseOxmlElement:
    fonts = font_slots(layout.fonts[font])
    return node("w:rPr", None, fonts, node("w:spacing", {"w:val": spacing}), *size(points))
