"""Word documents (.docx) → sources: paragraphs and tables in reading order, as Word shows them at the end.

The XML is read directly: python-docx passes over inserted text, text boxes and content controls, and counts
no automatic numbers.  Insertions stay, deletions, comments, foot notes, headers, footers and tables of
contents go; text boxes stand before the paragraph they are anchored in (that is where a red header has them).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from lxml import etree

from policykb.errors import ReadError
from policykb.models import PageFact, Source
from policykb.reading.containers import Package
from policykb.reading.word_numbering import Numbering, attribute, children, place_of, value

_MAIN = re.compile(r"/officeDocument$")
_BLANK = " \t\n\u3000\xa0\u200b\ufeff"
_PAGE_NUMBER = re.compile(r"^[\s—–―－\-]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/，,]?\s*共\s*\d{1,4}\s*页)?[\s—–―－\-]*$")
_PAGE_NUMBER_LENGTH = 24
_NUMBER_SIGN = re.compile(r"[—–―－\-页]")
_CONTENTS = re.compile(r"^(toc|目录)\s*\d", re.I)
_DELETED = ("del", "moveFrom", "delText")
_UNSEEN = ("instrText", "pPr", "rPr", "commentReference", "footnoteReference", "endnoteReference", "rt", "Fallback")
_SKIPPED = frozenset((*_DELETED, *_UNSEEN))
_TRANSPARENT = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice"))
_TRANSPARENT_LIMIT = 200
_CELL_DEPTH = 8
"""Tables and text boxes inside of each other; deeper ones are left out."""


def read_word(data: bytes, name: str) -> list[Source]:
    """The source of one .docx.

    Raises ``ReadError`` where the file is damaged, encrypted, unsafe or holds no text.
    """
    package = Package(data)
    main = _main_part(package)
    folder = main.rpartition("/")[0]
    styles = _part(package, f"{folder}/styles.xml")
    body = next(children(package.parse(main), "body"), None)
    if body is None:
        raise ReadError("部件 {main} 里没有正文；请在 Word/WPS 中打开并另存一份。", main=main)
    reader = _Reader(Numbering(_part(package, f"{folder}/numbering.xml"), styles), styles)
    lines = [line for line in reader.lines(body) if not _is_page_number(line)]
    if not lines:
        raise ReadError("文件里没有文字（可能只有图片）；请先做文字识别（OCR）。")
    text = "\n".join(lines)
    return [
        Source(
            name=name,
            text=text,
            encoding="docx",
            sha256=hashlib.sha256(data).hexdigest(),
            facts=_title_fact(package, text, reader.titles),
        )
    ]


class _Reader:
    """Turns the elements of a body into lines."""

    def __init__(self, numbering: Numbering, styles: etree._Element | None) -> None:
        self.titles: list[str] = []
        self._numbering = numbering
        self._style_names = _style_names(styles)

    def lines(self, container: etree._Element, depth: int = 0) -> Iterator[str]:
        """The lines of a body, a cell or a text box."""
        carried = ""
        for block in _blocks(container):
            if etree.QName(block).localname == "tbl":
                yield from self._table(block, depth)
                continue
            style = self._style(block)
            if _CONTENTS.match(style):
                continue
            for box in _text_boxes(block):
                yield from self.lines(box, depth + 1) if depth < _CELL_DEPTH else ()
            properties = next(children(block, "pPr"), None)
            text = carried + "".join(_text(block))
            if _mark_is_deleted(properties):
                carried = text
                continue
            carried = ""
            yield from self._paragraph(text, properties, style)
        if carried.strip():
            yield carried.strip()

    def _paragraph(self, text: str, properties: etree._Element | None, style: str) -> Iterator[str]:
        if not text.strip(_BLANK):
            return
        style_id = value(properties, "pStyle") if properties is not None else ""
        number = self._numbering.number(place_of(properties), style_id or None)
        centred = style == "title" or (properties is not None and value(properties, "jc") == "center")
        lines = [line.strip() for line in _join_breaks(text, centred=centred).split("\n") if line.strip()]
        lines[0] = number + lines[0]
        if style in {"title", "标题"} and len(lines) == 1:
            self.titles.append(lines[0])
        yield from lines

    def _table(self, table: etree._Element, depth: int) -> Iterator[str]:
        rows = [_live_cells(row) for row in _rows(table)]
        if max((len(row) for row in rows), default=0) <= 1:
            for row in rows:
                for cell in row:
                    yield from self.lines(cell, depth + 1) if depth < _CELL_DEPTH else ()
            return
        for row in rows:
            cells = [" ".join(self.lines(cell, depth + 1)) if depth < _CELL_DEPTH else "" for cell in row]
            if any(cells):
                yield " | ".join(cells)

    def _style(self, paragraph: etree._Element) -> str:
        properties = next(children(paragraph, "pPr"), None)
        style_id = value(properties, "pStyle") if properties is not None else ""
        return self._style_names.get(style_id, style_id).lower()


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a container in order, through content controls and tracked insertions."""
    waiting = [iter(container.iterchildren(tag=etree.Element))]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
            continue
        name = etree.QName(element).localname
        if name in {"p", "tbl"}:
            yield element
        elif name in _TRANSPARENT and len(waiting) < _TRANSPARENT_LIMIT and not _is_contents(element):
            waiting.append(iter(element.iterchildren(tag=etree.Element)))


def _text(paragraph: etree._Element) -> Iterator[str]:
    """The text of a paragraph without its text boxes; a line break is a line end."""
    walker = etree.iterwalk(paragraph, events=("start",))
    for _, element in walker:
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname
        if name in _SKIPPED or name == "txbxContent" or (name == "r" and _is_hidden(element)):
            walker.skip_subtree()
        elif name == "t":
            yield element.text or ""
        elif name == "tab":
            yield " "
        elif name in {"br", "cr"}:
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "sym":
            yield _symbol(attribute(element, "char"))


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes of a paragraph; of a box kept in two forms the first."""
    walker = etree.iterwalk(paragraph, events=("start",))
    for _, element in walker:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name == "txbxContent":
            yield element
            walker.skip_subtree()
        elif name in {"del", "moveFrom"} or (name == "Fallback" and _has_choice_box(element)):
            walker.skip_subtree()


def _has_choice_box(fallback: etree._Element) -> bool:
    parent = fallback.getparent()
    choices = children(parent, "Choice") if parent is not None else iter(())
    inside = (item for choice in choices for item in choice.iter(etree.Element))
    return any(etree.QName(item).localname == "txbxContent" for item in inside)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table.iterchildren(tag=etree.Element):
        name = etree.QName(child).localname
        if name == "tr":
            yield child
        elif name in {"sdt", "ins", "customXml"}:
            yield from (item for item in child.iter(etree.Element) if etree.QName(item).localname == "tr")


def _live_cells(row: etree._Element) -> list[etree._Element]:
    """The cells of a row, none of a row that was deleted; a cell merged with the one above is empty by itself."""
    properties = next(children(row, "trPr"), None)
    if properties is not None and next(children(properties, "del"), None) is not None:
        return []
    cells = []
    for child in row.iterchildren(tag=etree.Element):
        name = etree.QName(child).localname
        if name == "tc":
            cells.append(child)
        elif name in {"sdt", "customXml"}:
            cells += [item for item in child.iter(etree.Element) if etree.QName(item).localname == "tc"]
    return cells


def _join_breaks(text: str, *, centred: bool) -> str:
    """Line breaks inside a paragraph: a broken title is one line, what text from the web has is a paragraph each."""
    return text.replace("\n", "") if centred else text


def _is_hidden(run: etree._Element) -> bool:
    properties = next(children(run, "rPr"), None)
    vanish = next(children(properties, "vanish"), None) if properties is not None else None
    return vanish is not None and attribute(vanish, "val") not in {"0", "false", "off"}


def _mark_is_deleted(properties: etree._Element | None) -> bool:
    mark = next(children(properties, "rPr"), None) if properties is not None else None
    return mark is not None and next(children(mark, "del"), None) is not None


def _is_contents(element: etree._Element) -> bool:
    """Whether a content control holds the table of contents, which repeats the headings."""
    if etree.QName(element).localname != "sdt":
        return False
    properties = next(children(element, "sdtPr"), None)
    if properties is None:
        return False
    return any(attribute(item, "val") == "Table of Contents" for item in properties.iter(etree.Element))


def _is_page_number(line: str) -> bool:
    return bool(len(line) <= _PAGE_NUMBER_LENGTH and _PAGE_NUMBER.match(line) and _NUMBER_SIGN.search(line))


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _style_names(styles: etree._Element | None) -> dict[str, str]:
    found = children(styles, "style") if styles is not None else iter(())
    return {attribute(style, "styleId"): value(style, "name") for style in found}


def _main_part(package: Package) -> str:
    if "_rels/.rels" in package.names:
        for relation in package.parse("_rels/.rels").iter(etree.Element):
            target = attribute(relation, "Target").lstrip("/")
            if _MAIN.search(attribute(relation, "Type")) and target in package.names:
                return target
    return "word/document.xml"


def _part(package: Package, name: str) -> etree._Element | None:
    return package.parse(name) if name in package.names else None


def _title_fact(package: Package, text: str, titles: list[str]) -> tuple[PageFact, ...]:
    """The title by its style, else the one in the file's properties if the text begins with it.

    Properties are often those of the file that was copied, so they are only believed where the text agrees.
    """
    if titles:
        return (PageFact(field="title", value=titles[0], quote=titles[0]),)
    core = _part(package, "docProps/core.xml")
    named = next(children(core, "title"), None) if core is not None else None
    title = (named.text or "").replace(" ", "") if named is not None else ""
    shown = next((line for line in text.split("\n")[:12] if title and line.replace(" ", "") == title), "")
    return (PageFact(field="title", value=shown, quote=shown),) if shown else ()
