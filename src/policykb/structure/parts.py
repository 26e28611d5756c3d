"""Splitting one text into the documents that it holds: 第一篇：…, 篇二：…, 附件."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from policykb.spans import Span
from policykb.structure.dates import is_date_line
from policykb.structure.header import ENDS_IN_KIND
from policykb.structure.lines import Line
from policykb.structure.numerals import ordinal_of
from policykb.structure.organs import is_organ

_NUMERAL = r"([一二三四五六七八九十百\d]{1,4})"
_PART = re.compile(
    rf"[【（(]?(?:推荐|精选)?(?:第{_NUMERAL}[篇部]|[篇]{_NUMERAL}|范文{_NUMERAL})(?:[】）)]?[：:]|[】）)]|\s+|$)\s*(?P<title>.{{0,60}})"
)
_PREFACE = 200
"""Text before the first part, or behind a signature, that is at least so long is a document of its own."""
_ATTACHMENT = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]{0,2}\s*[：:]?")
_NOTE = re.compile(r"[（(]|抄送|抄报|主题词|印发|.{4,30}日印发$")


class Part(NamedTuple):
    """A stretch of text that is one document; ``title`` is what its part line says, empty where it says none.

    ``own_page`` tells that what the page says of its text (a date, a source) is said of this document.
    """

    span: Span
    title: str = ""
    own_page: bool = False


def split_parts(text: str, lines: list[Line]) -> list[Part]:
    """The documents of ``text`` in order; together with blanks they are the text, but for a short preface.

    A text is split at part lines only if there are at least two, numbered one after the other.
    """
    marks = [(line, match) for line in lines if (match := _part_line(line.text))]
    ordinals = [ordinal_of(next(filter(None, match.groups()[:3]))) for _, match in marks]
    consecutive = all(b == (a or 0) + 1 for a, b in pairwise(ordinals))
    if len(marks) < 2 or ordinals[0] != 1 or not consecutive:
        starts = [0, *_attached(lines), len(text)]
        return [Part(_trim(text, start, end), own_page=start == 0) for start, end in pairwise(starts)]
    starts = [line.start for line, _ in marks]
    parts = [
        Part(_trim(text, start, end), match["title"].strip())
        for (_, match), (start, end) in zip(marks, pairwise([*starts, len(text)]), strict=True)
    ]
    preface = _trim(text, 0, starts[0])
    return [Part(preface), *parts] if preface.end - preface.start >= _PREFACE else parts


def _attached(lines: list[Line]) -> list[int]:
    """Where a document begins that is bound in behind the signature of another: its title, or 附件 above it."""
    starts: list[int] = []
    for index, (signed, dated) in enumerate(pairwise(lines)):
        if is_date_line(dated.text) and is_organ(signed.text):
            following = [line for line in lines[index + 2 : index + 8] if not _NOTE.match(line.text)]
            if following and _begins_document(following, lines[-1].end):
                starts.append(following[0].start)
    return starts


def _begins_document(lines: list[Line], end: int) -> bool:
    """Whether the lines begin with a title that tells a kind of document, and enough text follows."""
    titles = lines[1:3] if _ATTACHMENT.fullmatch(lines[0].text) else lines[:3]
    joined = "".join(line.text for line in titles[:1]), "".join(line.text for line in titles[:2])
    titled = any(ENDS_IN_KIND.search(title) and len(title) <= 80 for title in joined)
    return titled and end - lines[0].start >= _PREFACE


def _part_line(text: str) -> re.Match[str] | None:
    first = text[0]
    if first not in "第篇范推精【（(" or len(text) > 80 or text[-1] in "。；，":
        return None
    return _PART.fullmatch(text)


def _trim(text: str, start: int, end: int) -> Span:
    """The span without the blanks around it."""
    body = text[start:end]
    left = len(body) - len(body.lstrip())
    return Span(start + left, max(start + left, start + len(body.rstrip())))
