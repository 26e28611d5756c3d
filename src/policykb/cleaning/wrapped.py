"""Paragraphs of a text whose every line was cut at the same width are put together again.

Only a text that is clearly cut is touched: many of its lines end inside a sentence, and those lines are all
of one width.  Headings, lists and verse end where they end, at any width, so they keep their lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from policykb.spans import Edit

_FEWEST_LINES = 6
_NARROWEST, _WIDEST = 20, 120
"""Characters between which texts are cut, and columns: programs count either, and a Chinese character takes two
columns.  Mail is cut at 70 to 80 columns."""

_RAGGED = 3
"""Characters by which full lines differ: a mark may not begin a line, nor a Western word be cut."""

_TITLE_WITHIN = 6
"""A title stands among so many first lines, blank ones included."""

_FULL_SHARE = 0.25
"""At least so many of the lines are full and none is longer: in a text of paragraphs lengths lie far apart."""

_OPEN_SHARE = 0.6
"""So many of the full lines end inside a sentence; of lines cut by chance nine in ten do."""

_HAN = re.compile(r"[\u2e80-\uffef\u2010-\u2027]")
_SENTENCE_END = "。！？；：…!?;:"
_CLOSING = "”’）)》】〕"
_BEGINS_PARAGRAPH = re.compile(
    r"(?:[ \t]{2,}|\u3000)|[#>|*]|[-–—] |[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十百\d]{1,7}[条章节篇](?:[ \u3000]|$)|[①-⑳]|附件[：:\d]"
)


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    width: int


def join_wrapped_lines(text: str) -> tuple[Edit, ...]:
    r"""The edits that take out the line ends inside of paragraphs; none where the text is not clearly cut.

    ``text`` has ``\n`` as line end.  Between two Western letters the line end becomes a blank, else nothing
    (numbers are cut, too); blanks around it go with it.
    """
    for columns_of_han in (1, 2):
        every = list(_lines(text, columns_of_han))
        for lines in (every, _below_title(every)):
            width = _cut_width([line for line in lines if line.text], columns_of_han)
            if width is not None:
                indented = _uses_indents(lines) or _ends_show(lines, width)
                cut = (pair for pair in pairwise(lines) if _is_cut(*pair, width, indented))
                return tuple(_join(text, above, below) for above, below in cut)
    return ()


def _below_title(lines: Sequence[_Line]) -> Sequence[_Line]:
    """The lines below the widest of all where that is among the first: a title may be left whole above a cut text."""
    widest = lines.index(max(lines, key=lambda line: line.width))
    return lines[widest + 1 :] if widest < _TITLE_WITHIN else ()


def _lines(text: str, columns_of_han: int) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        content = line.rstrip(" \t\r\u3000\xa0")
        han = len(_HAN.findall(content)) if columns_of_han > 1 else 0
        yield _Line(start, start + len(content), content, len(content) + han)
        start += len(line) + 1


def _cut_width(lines: Sequence[_Line], columns_of_han: int) -> int | None:
    """The width from which on a line was cut; None where they were not."""
    if len(lines) < _FEWEST_LINES:
        return None
    widest = max(line.width for line in lines)
    if not _NARROWEST * columns_of_han <= widest <= _WIDEST:
        return None
    least = widest - _RAGGED * columns_of_han
    full = [line for line in lines if line.width >= least]
    unfinished = [line for line in full if _is_open(line)]
    if len(full) < len(lines) * _FULL_SHARE or len(unfinished) < len(full) * _OPEN_SHARE:
        return None
    return least


def _is_open(line: _Line) -> bool:
    """Whether a line ends inside a sentence."""
    return line.text.rstrip(_CLOSING)[-1:] not in _SENTENCE_END


def _uses_indents(lines: Sequence[_Line]) -> bool:
    """Whether paragraphs are told by their indent: then a line without one always goes on."""
    return sum(line.text.startswith(("  ", "\u3000", "\t")) for line in lines) >= 2


def _ends_show(lines: Sequence[_Line], width: int) -> bool:
    """Whether paragraphs seldom end in a full line, so that a sentence that does so has more behind it.

    Ends of paragraphs fall anywhere on a line, so those in full lines follow from those seen in short ones.
    """
    short = sum(1 for line in lines if line.text and line.width < width)
    ended = sum(1 for line in lines if line.width >= width and not _is_open(line))
    hidden = short * 2 * _RAGGED / width
    return hidden * 4 < ended


def _is_cut(above: _Line, below: _Line, width: int, indented: bool) -> bool:
    """Whether the line end between the two is none of the text's own; ``width`` is the least of a full line."""
    if not above.text or not below.text or above.width < width:
        return False
    if _BEGINS_PARAGRAPH.match(below.text):
        return False
    return indented or _is_open(above)


def _join(text: str, above: _Line, below: _Line) -> Edit:
    start = below.start + len(below.text) - len(below.text.lstrip(" \t\u3000\xa0"))
    western = _is_western(text[above.end - 1]) and _is_western(text[start])
    return Edit(above.end, start, " " if western else "")


def _is_western(character: str) -> bool:
    return character.isascii() and character.isalpha()
