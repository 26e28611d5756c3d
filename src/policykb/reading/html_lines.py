"""The lines of an HTML page: one a paragraph, one a row of a table of data.

The tree is walked, never recursed into, and nesting beyond a limit is taken out before parsing, so neither
depth nor size of a page can exhaust the stack.  Nothing of a page is executed or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from policykb.reading.limits import limit
from policykb.reading.page_marks import page_marks

_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_TAG = re.compile(
    r"<(/?)(div|section|article|span|font|b|i|u|em|strong|center|table|tbody|blockquote|ul|ol|dl|a)\b[^<>]*>", re.I
)
_HAN_BREAK = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f])[ \t]*[\r\n]\s*(?=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f])"
)
_BLANK = re.compile(r"[ \t\r\n\f\v\xa0\u200b\ufeff]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)


class Line(NamedTuple):
    """A line of a page: ``linked`` characters of it are links, other than links to files.

    ``owners`` are the elements around it from the outermost on; ``heading`` tells whether one is h1 … h6,
    ``cells`` are the cells of a table's row, none for a paragraph.
    """

    text: str
    linked: int
    owners: tuple[etree._Element, ...]
    heading: bool
    cells: tuple[str, ...] = ()


def parse_page(text: str) -> etree._Element | None:
    """The root of a page; None where there is no element in it."""
    root, excessive = _parse(text)
    if excessive or _depth(root) > limit("html", "depth"):
        root, _ = _parse(_flatten(text))
    return root


def lines_of(root: etree._Element) -> list[Line]:
    """The lines of a page, in order, without what is never shown and what its tags mark as furniture."""
    collector = _Collector()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            collector.end(element)
        elif _is_left_out(element):
            collector.skip(element)
            walker.skip_subtree()
        elif element.tag == "table" and is_data_table(element):
            collector.table(element)
            walker.skip_subtree()
        else:
            collector.start(element)
    return collector.lines


def squeeze(text: str) -> str:
    """White space as a browser shows it: a line end between two Chinese characters is nothing, else a blank."""
    return _BLANK.sub(" ", _HAN_BREAK.sub("", text)).strip(" \u3000")


def text_of(element: etree._Element) -> str:
    """All text inside an element as it stands in the page."""
    return "".join(map(str, element.itertext()))


def is_data_table(table: etree._Element) -> bool:
    """Whether a table shows data: several columns, no table inside, no cell with a text of paragraphs."""
    if table.find(".//table") is not None:
        return False
    rows = [[squeeze(text_of(cell)) for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
    filled = [[cell for cell in row if cell] for row in rows]
    if sum(len(row) >= 2 for row in filled) < 2:
        return False
    return not any(len(list(cell.iter("p", "div", "br"))) > 8 for cell in table.iter("td", "th"))


class _Collector:
    """Gathers the text of the elements walked through into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._owners: list[etree._Element] = []
        self._text: list[str] = []
        self._linked = 0
        self._links = 0

    def start(self, element: etree._Element) -> None:
        if element.tag in page_marks().block_tags or element.tag == "br":
            self._flush()
        self._owners.append(element)
        self._links += _is_page_link(element)
        self._add(element.text, keep_breaks=element.tag == "pre")

    def end(self, element: etree._Element) -> None:
        if self._owners and self._owners[-1] is element:
            if element.tag in page_marks().block_tags:
                self._flush()
            self._owners.pop()
            self._links -= _is_page_link(element)
        if self._owners:
            self._add(element.tail, keep_breaks=self._owners[-1].tag == "pre")

    def skip(self, element: etree._Element) -> None:
        if element.tag in page_marks().block_tags or element.tag in {"nav", "footer", "aside"}:
            self._flush()

    def table(self, table: etree._Element) -> None:
        self._flush()
        self._owners.append(table)
        for row in table.iter("tr"):
            cells = tuple(squeeze("".join(_shown(cell))) for cell in row if cell.tag in {"td", "th"})
            if any(cells):
                linked = sum(len(squeeze(text_of(link))) for link in row.iter("a") if _is_page_link(link))
                self.lines.append(Line(" | ".join(cells), linked, tuple(self._owners), False, cells))
        self._owners.pop()
        self._text.clear()

    def _add(self, text: str | None, *, keep_breaks: bool) -> None:
        if not text:
            return
        first, *rest = text.splitlines() if keep_breaks else [text]
        self._text.append(first)
        for line in rest:
            self._flush()
            self._text.append(line)
        if self._links:
            self._linked += len(text.strip())

    def _flush(self) -> None:
        text = squeeze("".join(self._text))
        if text:
            heading = any(owner.tag in _HEADINGS for owner in self._owners)
            self.lines.append(Line(text, min(self._linked, len(text)), tuple(self._owners), heading))
        self._text.clear()
        self._linked = 0


def _parse(text: str) -> tuple[etree._Element | None, bool]:
    """The root, and whether the parser gave up because of the depth of the page."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser) if data.strip() else None
    except etree.XMLSyntaxError:
        return None, False
    return root, any("depth" in entry.message for entry in parser.error_log)


def _depth(root: etree._Element | None) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")) if root is not None else ():
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _flatten(text: str) -> str:
    """The page without the tags that open or close deeper than allowed; their text stays."""
    depth, allowed = 0, limit("html", "depth") // 2

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        if match[1]:
            depth = max(depth - 1, 0)
            return match[0] if depth < allowed else "\n"
        depth += 1
        return match[0] if depth <= allowed else "\n"

    return _TAG.sub(keep, text)


def _shown(cell: etree._Element) -> Iterator[str]:
    """The text of a cell; its paragraphs are parted by a blank."""
    for element in cell.iter():
        if element.tag in page_marks().block_tags or element.tag == "br":
            yield " "
        if element.tag not in {"script", "style"} and element.text:
            yield element.text
        if element is not cell and element.tail:
            yield element.tail


def _is_page_link(element: etree._Element) -> bool:
    """Whether the element leads to another page; a link to an attached file is part of the text."""
    if element.tag != "a":
        return False
    address = (element.get("href") or "").lower().partition("?")[0]
    return not address.endswith(page_marks().file_suffixes)


def _is_left_out(element: etree._Element) -> bool:
    return element.tag in page_marks().dropped_tags or element.get("hidden") is not None


def is_suspicious(element: etree._Element) -> bool:
    """Whether an element is hidden or named like page furniture.  Some sites name the text itself that way."""
    if element.tag in {"html", "body"} or is_named_body(element):
        return False
    if _HIDDEN.search(element.get("style") or ""):
        return True
    furniture = page_marks().dropped_names
    return any(part in furniture for name in _names_of(element) for part in re.split(r"[-_]", name))


def is_named_body(element: etree._Element) -> bool:
    """Whether an element is named as the holder of the text alone."""
    bodies = page_marks().bodies
    return any(name.rstrip("0123456789").rstrip("-_") in bodies for name in _names_of(element))


def _names_of(element: etree._Element) -> list[str]:
    return f"{element.get('id') or ''} {element.get('class') or ''}".lower().split()
