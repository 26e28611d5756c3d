"""Paragraphs of a PDF from its lines.

A line begins a paragraph when it is indented, when the line above ends short of the margin, when the type
changes its size, or when a wider gap stands above it.  Everything is measured in sizes of type, so the rules
hold for any page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from policykb.reading.pdf_lines import Line, Page, Table

_PAGE_NUMBER = re.compile(
    r"^[\s—–―－\-·•~]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})\s*(?:页)?(?:\s*[/，,]?\s*共?\s*\d{1,4}\s*页?)?[\s—–―－\-·•~]*$"
)
_PAGE_NUMBER_LENGTH = 24
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]"
    r"|第[一二三四五六七八九十百\d]{1,5}[条章节]|[①-⑳])"
)
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百\d]{1,7}[条章节][ \u3000]")
_NUMBER_SIGN = re.compile(r"[—–―－\-页/]")
_SENTENCE_ENDS = "。！？；：!?;:"
_CLOSED = _SENTENCE_ENDS + "”）)"
_INDENT = 1.2
"""More than this beyond the margin is an indent."""

_SHORT = 2.2
"""A line that ends so many characters before the margin ends its paragraph: the rules for punctuation at line
ends and long numbers leave up to two free."""

_SHORT_OPEN = 5.0
"""The same for a line that ends inside a sentence above a line that is not indented."""

_GAP = 1.2
"""Lines further apart than this many usual distances are not of one paragraph."""

_TYPE_CHANGE = 1.15
_FREQUENT = 0.1
"""The left margin is the leftmost place where at least this share of the lines begins, the distance of lines the
smallest that so many keep."""

_ENOUGH_LINES = 8
"""A page with fewer lines takes the measures of the whole document."""

_EDGE = 0.12
"""Page numbers and running heads stand in this share of the page's height at its top and foot."""

_REPEATED = 0.4
"""A line at the edge of this share of the pages is a running head; left and right pages may have their own."""


class _Body(NamedTuple):
    """The measures of the running text."""

    left: float
    right: float
    pitch: float
    size: float
    flush: bool


def paragraphs_of(pages: Sequence[Page]) -> list[str]:
    """The paragraphs and the rows of tables, in reading order."""
    pages = _without_heads(pages)
    whole = _measure([page.lines for page in pages])
    paragraphs: list[str] = []
    above: Line | None = None
    table: Table | None = None
    for page in pages:
        body = _measure([page.lines]) if len(page.lines) >= _ENOUGH_LINES else whole
        right = max(body.right, whole.right) if body.left == whole.left else body.right
        body = body._replace(size=whole.size, flush=whole.flush, right=right)
        same_page = False
        for item in _in_order(page):
            if isinstance(item, Table):
                paragraphs += _table_lines(item, None if same_page else table)
                above, table = None, item
            elif above is not None and not _begins(item, above, body, same_page=same_page):
                paragraphs[-1] = _joined(paragraphs[-1], item.text)
                above = item
            else:
                paragraphs.append(item.text)
                above, table = item, None
            same_page = True
    return paragraphs


def _in_order(page: Page) -> list[Line | Table]:
    items: list[Line | Table] = [*page.lines, *page.tables]
    return sorted(items, key=lambda item: item.top)


def _table_lines(table: Table, continued: Table | None) -> Iterator[str]:
    """The rows of a table; a head that is repeated on the next page counts once."""
    repeated = continued is not None and continued.rows[0] == table.rows[0]
    for row in table.rows[1:] if repeated else table.rows:
        yield " | ".join(row)


def _begins(line: Line, above: Line, body: _Body, *, same_page: bool) -> bool:
    """Whether ``line`` begins a paragraph."""
    size = max(line.size, above.size)
    changed = size > min(line.size, above.size) * _TYPE_CHANGE
    apart = same_page and line.top - above.top > max(body.pitch * size / body.size, size) * _GAP
    if changed or apart:
        return True
    if line.size > body.size * _TYPE_CHANGE:
        return False  # a title in several lines, each centred
    indented = line.left > body.left + size * _INDENT
    open_end = above.text[-1] not in _CLOSED and not indented
    if above.right < body.right - size * (_SHORT_OPEN if open_end else _SHORT):
        return True
    return _begins_below_full(line, above, indented=indented, at_page_end=not same_page and body.flush)


def _begins_below_full(line: Line, above: Line, *, indented: bool, at_page_end: bool) -> bool:
    """The same where the line above reaches the margin.

    ``at_page_end``: there are no indents to go by and a page ends between the lines, so that the end of a
    sentence decides.
    """
    ended = above.text[-1] in _SENTENCE_ENDS
    numbered = _NUMBERED.match(line.text) is not None
    if not indented:
        return _ARTICLE.match(line.text) is not None or (ended and (numbered or at_page_end))
    return numbered or above.text[-1] in _CLOSED or above.left >= line.left - 1


def _joined(text: str, more: str) -> str:
    """A line put behind another: Western words keep their blank, a number that was cut is whole again."""
    words = text[-1].isascii() and text[-1].isalpha() and more[0].isascii() and more[0].isalpha()
    return f"{text} {more}" if words else text + more


def _measure(pages: Sequence[Sequence[Line]]) -> _Body:
    """Margins, distance of lines and size of type of the running text."""
    lines = [line for page in pages for line in page]
    if not lines:
        return _Body(0, 0, 1, 1, flush=False)
    starts = Counter(round(line.left / 2) * 2 for line in lines)
    left = min(start for start, count in starts.items() if count >= max(len(lines) * _FREQUENT, 1))
    rights = sorted(line.right for line in lines)
    gaps = Counter(round(below.top - line.top) for page in pages for line, below in pairwise(page))
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    size = max(sizes, key=lambda each: (sizes[each], each))
    indented = sum(1 for line in lines if size * _INDENT < line.left - left < size * 3)
    flush = indented < len(lines) * _FREQUENT
    usual = [gap for gap, count in gaps.items() if gap >= size and count >= gaps.total() * _FREQUENT]
    pitch = float(min(usual, default=round(size * 1.5)))
    return _Body(left, rights[len(rights) * 9 // 10], pitch, size, flush)


def _without_heads(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers and running heads."""
    counted: Counter[str] = Counter()
    n_pages = len({page.number for page in pages})
    for page in pages:
        counted.update({_head_key(line, page) for line in page.lines if _at_edge(line, page)})
    repeated = {key for key, count in counted.items() if count >= max(n_pages * _REPEATED, 2)}
    return [
        page._replace(lines=tuple(line for line in page.lines if not _is_head(line, page, repeated))) for page in pages
    ]


def _is_head(line: Line, page: Page, repeated: set[str]) -> bool:
    if not _at_edge(line, page):
        return False
    short = len(line.text) <= _PAGE_NUMBER_LENGTH
    if short and _PAGE_NUMBER.match(line.text) and (_NUMBER_SIGN.search(line.text) or line.text == str(page.number)):
        return True
    return _head_key(line, page) in repeated


def _head_key(line: Line, page: Page) -> str:
    """What running heads have in common: the text without its numbers, or how far its number is from the page's."""
    if line.text.isdecimal() and len(line.text) <= 4:
        return f"number {int(line.text) - page.number}"
    return _DIGITS.sub("#", line.text)


def _at_edge(line: Line, page: Page) -> bool:
    return line.top < page.height * _EDGE or line.bottom > page.height * (1 - _EDGE)
