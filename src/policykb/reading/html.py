"""Web pages → sources: the text of the page, and as facts what the page says of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from policykb.errors import ReadError
from policykb.models import PageFact, Source
from policykb.reading.encoding import decode
from policykb.reading.html_body import body_range, is_furniture, is_sentence
from policykb.reading.html_facts import first_of_each, info_line, meta_facts, metadata_tables, window_titles
from policykb.reading.html_lines import Line, lines_of, parse_page
from policykb.reading.html_marks import HeadMarks, head_marks
from policykb.reading.limits import check_size

_DECLARED = re.compile(rb"""<meta[^<>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_\-]{3,20})""", re.I)
_HAS_TAG = re.compile(r"<[!/a-zA-Z]")
_BLANKS = re.compile(r"\s+")
_LONG = 200
"""Characters; a longer line between title and body is no subtitle."""

_SHORTEST_TITLE = 6
_FARTHEST_TITLE, _TITLE_LINES = 6, 3
"""A title that no mark names stands in one of so many lines above the line of data, which is so near to the body."""

_GOOD = 0.01
"""Share of undecodable places up to which a page's own word on its encoding is believed."""


def read_html(data: bytes, name: str) -> list[Source]:
    """The source of one page.

    Raises ``ReadError`` where the page is too large or holds no text.
    """
    check_size(data, "html")
    text, encoding = decode_page(data)
    return [page_source(text, name=name, encoding=encoding, sha256=hashlib.sha256(data).hexdigest())]


def page_source(page: str, *, name: str, encoding: str, sha256: str) -> Source:
    """The source of a decoded page; raises ``ReadError`` where it holds no text."""
    if not _HAS_TAG.search(page):
        return Source(name=name, text=page, encoding=encoding, sha256=sha256)
    root = parse_page(page)
    lines = lines_of(root) if root is not None else []
    if root is None or not lines:
        raise ReadError("网页里没有文字（可能由脚本生成）；请在浏览器中打开后另存为“网页，全部”或复制成文本。")
    text, facts = _text_and_facts(head_marks(page), lines)
    if not text:
        raise ReadError("网页里没有正文，只有导航和链接；请换成正文所在的页面。")
    return Source(name=name, text=text, encoding=encoding, sha256=sha256, facts=facts)


def decode_page(data: bytes) -> tuple[str, str]:
    """Text and encoding of a page: what the bytes show, else what the page declares, lost places as U+FFFD."""
    declared = _DECLARED.search(data[:8192])
    encoding = _codec(declared[1].decode("ascii")) if declared else None
    try:
        return decode(data)
    except ReadError:
        plain = data.replace(b"\0", b"")
        if encoding is None:
            return decode(plain)
    text = plain.decode(encoding, "replace")
    if text.count("\ufffd") > len(text) * _GOOD:
        raise ReadError("网页标明是 {encoding} 编码，内容却不是；请在浏览器中打开后另存为 UTF-8。", encoding=encoding)
    return text, encoding


def _codec(label: str) -> str | None:
    label = label.lower()
    if label.startswith(("gb", "x-gb", "hz", "cp936")):
        return "gb18030"
    return {"utf-8": "utf-8", "utf8": "utf-8", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}.get(label)


def _text_and_facts(marks: HeadMarks, lines: Sequence[Line]) -> tuple[str, tuple[PageFact, ...]]:
    tables = metadata_tables(lines)
    skipped = frozenset(index for table in tables for index in range(table.start, table.end))
    body = body_range(lines, skipped)
    facts = [fact for table in tables for fact in table.facts] + meta_facts(marks)
    first = body[0] if body else len(lines)
    title = _find_title(lines, range(min(first + 4, len(lines))), _titles(marks, facts))
    kept = _above(lines, range(_start(lines, title, first, skipped), first), skipped) + body
    top = next((index for index in body if is_sentence(lines[index])), 0)
    info = {index: found for index in range(top) if (found := info_line(lines[index].text)) is not None}
    facts += [fact for found in info.values() for fact in found]
    text = "\n".join(_shown(lines, [index for index in kept if index not in info], title))
    if not any(fact.field == "title" for fact in facts):
        shown = _title_line(lines, kept, _titles(marks, facts))
        facts += [PageFact(field="title", value=shown, quote=shown if shown in text else "")] if shown else []
    return text, first_of_each(facts)


def _shown(lines: Sequence[Line], kept: Sequence[int], title: range | None) -> list[str]:
    """The text of the lines; a title that the page breaks into several is one."""
    parts = [index for index in kept if title is not None and index in title]
    whole = {parts[0]: "".join(lines[index].text for index in parts)} if parts else {}
    return [whole.get(index, lines[index].text) for index in kept if index not in parts[1:]]


def _titles(marks: HeadMarks, facts: Sequence[PageFact]) -> list[str]:
    """What the title may be, best first."""
    return [fact.value for fact in facts if fact.field == "title"] + window_titles(marks)


def _start(lines: Sequence[Line], title: range | None, first: int, skipped: frozenset[int]) -> int:
    """The line of the title, else of the last heading above the body, else of what stands over the page's data."""
    if title is not None:
        return title.start
    headings = [index for index in range(first) if lines[index].heading and not is_furniture(lines[index])]
    return max(headings) if headings else _over_data(lines, first, skipped)


def _over_data(lines: Sequence[Line], first: int, skipped: frozenset[int]) -> int:
    """The longest plain line right above a line of data (来源：… 发布时间：…) over the body; ``first`` without one."""
    near = range(first - 1, max(first - _FARTHEST_TITLE, 0) - 1, -1)
    data = next((index for index in near if index not in skipped and info_line(lines[index].text) is not None), 0)
    plain: list[int] = []
    for index in range(data - 1, max(data - _TITLE_LINES, 0) - 1, -1):
        line = lines[index]
        if index in skipped or line.linked or is_furniture(line):
            break
        if _SHORTEST_TITLE <= len(line.text) < _LONG and info_line(line.text) is None:
            plain.append(index)
    return max(plain, key=lambda index: len(lines[index].text), default=first)


def _above(lines: Sequence[Line], places: range, skipped: frozenset[int]) -> list[int]:
    """The lines of title, subtitle and author between the page's title and its body."""
    usable = (index for index in places if index not in skipped and not is_furniture(lines[index]))
    return [index for index in usable if index == places.start or len(lines[index].text) < _LONG]


def _find_title(lines: Sequence[Line], places: range, titles: Sequence[str]) -> range | None:
    """Where a title stands as one line or as up to three that follow each other; the last such place wins."""
    wanted = {_BLANKS.sub("", title) for title in titles}
    found = None
    for index in places:
        joined = ""
        for end in range(index + 1, min(index + 3, len(lines)) + 1):
            joined += _BLANKS.sub("", lines[end - 1].text)
            if joined in wanted and lines[index].linked * 2 <= len(lines[index].text):
                found = range(index, end)
                break
    return found


def _title_line(lines: Sequence[Line], kept: Sequence[int], titles: Sequence[str]) -> str:
    """The title: one that the page names and shows, else its top heading."""
    top = [lines[index] for index in kept[:8]]
    for title in titles:
        if _find_title(top, range(len(top)), [title]) is not None:
            return title
    headings = [lines[index].text for index in kept[:3] if lines[index].heading]
    return headings[0] if headings else ""
