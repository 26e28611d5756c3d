"""Splitting one text into the documents that it holds: 第一篇：…, 篇二：…, 附件."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from policykb.spans import Span
from policykb.structure.bylines import SPEAKER
from policykb.structure.dates import is_date_line
from policykb.structure.header import ENDS_IN_KIND, MAX_TITLE, Header
from policykb.structure.header_lines import ATTACHMENT_HEAD
from policykb.structure.issues import Issue, find_issue
from policykb.structure.lines import Line
from policykb.structure.markers import starts_with_marker
from policykb.structure.numerals import ordinal_of
from policykb.structure.organs import is_organ

_NUMERAL = r"([一二三四五六七八九十百\d]{1,4})"
_PART = re.compile(
    rf"[【（(]?(?:推荐|精选)?(?:第{_NUMERAL}[篇部]|[篇]{_NUMERAL}|(?:范文|例文|样文|模板){_NUMERAL})(?:[】）)]?[：:]|[】）)]|\s+|$)\s*(?P<title>.{{0,60}})"
)
_NUMBERED_TITLE = re.compile(
    r"(?P<stem>.{4,40}?)[ \u3000]*[（(]?[第篇]?(?P<ordinal>[一二三四五六七八九十]{1,2}|\d{1,2})篇?[）)]?"
)
_SPEECHES = ("稿", "材料", "体会", "范文", "发言", "讲话", "心得", "汇报")
_PREFACE = 200
"""Text before the first part, or behind a signature, that is at least so long is a document of its own."""
_FEWEST_ABOVE = 3
"""Lines of a document to which another can be attached: title, text, signature."""

_SHORTEST_ATTACHED = 80
"""Characters of an attachment below its own head; a table to be filled in has fewer and stays with its notice."""
_NOTE = re.compile(r"[（(]|抄送|抄报|主题词|印发|.{4,30}日印发$")


class Part(NamedTuple):
    """A stretch of text that is one document; ``title`` is what its part line says, empty where it says none.

    ``own_page`` tells that what the page says of its text (a date, a source) is said of this document.
    """

    span: Span
    title: str = ""
    own_page: bool = False
    masthead: Header | None = None
    """That of the bulletin's issue which the document is an item of."""


def split_parts(text: str, lines: list[Line]) -> list[Part]:
    """The documents of ``text`` in order; together with blanks they are the text, but for a short preface.

    A text is split at part lines only if there are at least two, numbered one after the other.
    """
    marks = _part_lines(lines) or _numbered_titles(lines)
    if not marks:
        if issue := find_issue(lines):
            return _items(text, lines, issue)
        starts = [0, *_attached(lines), len(text)]
        return [Part(_trim(text, start, end), own_page=start == 0) for start, end in pairwise(starts)]
    starts = [line.start for line, _ in marks]
    parts = [
        Part(_trim(text, start, end), title)
        for (_, title), (start, end) in zip(marks, pairwise([*starts, len(text)]), strict=True)
    ]
    preface = _trim(text, 0, starts[0])
    return [Part(preface), *parts] if preface.end - preface.start >= _PREFACE else parts


def _items(text: str, lines: list[Line], issue: Issue) -> list[Part]:
    """The items of a bulletin's issue; what stands above them is a document where it is long enough."""
    starts = [lines[at].start for at in issue.starts]
    items = [Part(_trim(text, *places), masthead=issue.masthead) for places in pairwise([*starts, len(text)])]
    preface = _trim(text, 0, starts[0])
    return [Part(preface, own_page=True), *items] if preface.end - preface.start >= _PREFACE else items


def _attached(lines: list[Line]) -> list[int]:
    """Where a document begins that is bound in behind another: its title, or 附件 above it, in order."""
    return sorted({*_behind_signatures(lines), *_below_heads(lines)})


def _below_heads(lines: list[Line]) -> list[int]:
    """The lines 附件, 附件1 … with a title below them and enough text before the next such line."""
    heads = [at for at, line in enumerate(lines) if ATTACHMENT_HEAD.fullmatch(line.text)]
    return [
        lines[at].start
        for at, following in pairwise([*heads, len(lines)])
        if _FEWEST_ABOVE <= at < len(lines) - 1
        and _is_title(lines[at + 1].text)
        and lines[following - 1].end - lines[at].start >= _SHORTEST_ATTACHED
    ]


def _is_title(text: str) -> bool:
    return 4 <= len(text) <= MAX_TITLE and text[-1] not in "。；，：;:," and not starts_with_marker(text)


def _behind_signatures(lines: list[Line]) -> list[int]:
    """The titles behind a date with the authority above it, or behind a date alone where the text names them before."""
    starts: list[int] = []
    for index, (signed, dated) in enumerate(pairwise(lines)):
        if not is_date_line(dated.text):
            continue
        following = [line for line in lines[index + 2 : index + 8] if not _NOTE.match(line.text)]
        if not following or not _begins_document(following, lines[-1].end):
            continue
        is_signed = is_organ(signed.text) or bool(SPEAKER.fullmatch(signed.text))
        if is_signed or any(following[0].text in line.text for line in lines[: index + 1]):
            starts.append(following[0].start)
    return starts


def _begins_document(lines: list[Line], end: int) -> bool:
    """Whether the lines begin with a title that tells a kind of document, and enough text follows."""
    titles = lines[1:3] if ATTACHMENT_HEAD.fullmatch(lines[0].text) else lines[:3]
    joined = "".join(line.text for line in titles[:1]), "".join(line.text for line in titles[:2])
    titled = any(ENDS_IN_KIND.search(title) and len(title) <= 80 for title in joined)
    return titled and end - lines[0].start >= _SHORTEST_ATTACHED


def _part_lines(lines: list[Line]) -> list[tuple[Line, str]]:
    """The lines 第一篇：…, 第二篇：… with the titles on them; none unless several are numbered one after the other."""
    marks = [(line, match) for line in lines if (match := _part_line(line.text))]
    ordinals = [ordinal_of(next(filter(None, match.groups()[:3]))) for _, match in marks]
    return [(line, match["title"].strip()) for line, match in marks] if _is_series(ordinals) else []


def _numbered_titles(lines: list[Line]) -> list[tuple[Line, str]]:
    """Titles that differ in their number alone (…发言稿1, …发言稿2), each with enough text below it."""
    series: dict[str, list[tuple[int, int | None]]] = {}
    for at, line in enumerate(lines):
        match = _NUMBERED_TITLE.fullmatch(line.text) if len(line.text) <= MAX_TITLE else None
        if match and (match["stem"].endswith(_SPEECHES) or ENDS_IN_KIND.search(match["stem"])):
            series.setdefault(match["stem"], []).append((at, ordinal_of(match["ordinal"])))
    for found in series.values():
        ends = [*(lines[at].start for at, _ in found[1:]), lines[-1].end]
        texts = [end - lines[at].end for (at, _), end in zip(found, ends, strict=True)]
        if _is_series([ordinal for _, ordinal in found]) and min(texts) >= _SHORTEST_ATTACHED:
            return [(lines[at], lines[at].text) for at, _ in found]
    return []


def _is_series(ordinals: list[int | None]) -> bool:
    return len(ordinals) >= 2 and ordinals == list(range(1, len(ordinals) + 1))


def _part_line(text: str) -> re.Match[str] | None:
    first = text[0]
    if first not in "第篇范例样模推精【（(" or len(text) > 80 or text[-1] in "。；，":
        return None
    return _PART.fullmatch(text)


def _trim(text: str, start: int, end: int) -> Span:
    """The span without the blanks around it."""
    body = text[start:end]
    left = len(body) - len(body.lstrip())
    return Span(start + left, max(start + left, start + len(body.rstrip())))
