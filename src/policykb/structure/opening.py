"""How the body begins: a title that lost its line break, a dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from policykb.resources import word_list
from policykb.structure.bylines import NO_BYLINE, Byline, read_dateline
from policykb.structure.header import MAX_TITLE, Header
from policykb.structure.lines import Line
from policykb.structure.organs import is_organ

_OPENERS = re.compile("|".join(sorted(map(re.escape, word_list("structure_openers.txt")), key=len, reverse=True)))
_DATELINE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4}(?:网|报|社)|本报|本网)[\u4e00-\u9fff]{0,8}(?:\d{1,2}月\d{1,2}日)?(?:讯|电|消息)\s*[（(]"
)
_DAY = re.compile(r"(?<!\d)\d{1,2}月\d{1,2}日(?:上午|下午|晚)?，")
_CHAIN = re.compile(r"(?<![ ：、，在从向对赴到])[\u4e00-\u9fff]{2,3}(?:省|自治区)[\u4e00-\u9fff]{2,5}[市州]")
_BARE_NAME = re.compile(r"[\u4e00-\u9fff]{0,20}(?:社区|居民区|街道|[村镇乡县市区省局])$")
_STOPS = re.compile(r"[。！？；]")
_MIN_TITLE = 8


class Opening(NamedTuple):
    """``title`` is one found in the first line of the body, which then begins at ``body_start``.

    ``text_start`` is where the first sentence begins, behind a dateline.
    """

    title: str = ""
    body_start: int = 0
    text_start: int = 0
    byline: Byline = NO_BYLINE
    reported: bool = False


def read_opening(lines: Sequence[Line], header: Header, page_title: str, *, labelled: bool) -> Opening:
    """What the first line of the body holds besides the body.

    A title is looked for there only if there is none above.  ``page_title`` is what the page calls the text;
    ``labelled`` tells that a label such as 原标题： stood before this line, so that it must begin with a title.
    """
    if header.body >= len(lines):
        return Opening()
    line = lines[header.body]
    at = 0
    if not header.title and read_dateline(line.text) is None:
        is_known = bool(page_title) and line.text.startswith(page_title)
        at = len(page_title) if is_known else _end_of_glued_title(line.text, labelled=labelled)
    begin = at + len(line.text[at:]) - len(line.text[at:].lstrip())
    dateline = read_dateline(line.text[begin:])
    byline, length = dateline or (NO_BYLINE, 0)
    body_start = line.start + begin
    return Opening(line.text[:at].strip(), body_start, body_start + length, byline, dateline is not None)


def _end_of_glued_title(text: str, *, labelled: bool) -> int:
    """Where a title ends that stands without any mark before the first sentence; 0 where there is none.

    Without a label a title is believed only if a dateline follows, or blanks part it as they part titles.
    """
    if len(text) <= MAX_TITLE:
        return 0
    stop = _STOPS.search(text, 0, 2 * MAX_TITLE)
    limit = stop.start() if stop else MAX_TITLE + 20
    dateline = _DATELINE.search(text, _MIN_TITLE, 2 * MAX_TITLE)
    if dateline and dateline.start() <= limit:
        return dateline.start()
    for pattern in (_OPENERS, _DAY, _CHAIN) if labelled else (_OPENERS,):
        for match in pattern.finditer(text, _MIN_TITLE, limit):
            title = text[: match.start()]
            if not (_BARE_NAME.fullmatch(title) or is_organ(title)) and (labelled or _reads_as_title(title)):
                return match.start()
    return 0


def _reads_as_title(text: str) -> bool:
    return " " in text and "，" not in text
