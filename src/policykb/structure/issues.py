"""Issues of a bulletin (简报 第12期) that hold several items: where each item begins, and what the masthead says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from policykb.structure.header import Header, read_header
from policykb.structure.lines import Line
from policykb.structure.organs import is_organ

_SERIAL = re.compile(r"第\s*\d{1,4}\s*期")
_MASTHEAD_LINES = 12
_CONTENTS = re.compile(r"[【\[◆●\s]*(?:本期|今日)?(?:要目|导读|目录|目次|主要内容|内容提要|看点)[】\]：:\s]*")
_BULLET = r"(?:[◆●★▲■□◇○※*·•－\-]+|【[^】]{1,12}】|\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}、)?\s*"
_ENTRY = re.compile(rf"{_BULLET}(?P<title>\S.{{3,70}}?)[\s.…·]*(?:[（(]?第?\d{{1,3}}页?[）)]?)?")
_SIGNATURE = re.compile(r"[（(](?P<organ>[^（）()]{3,40})[）)]")
_LONGEST_TITLE = 60
_SHORTEST_ITEM = 40
"""Characters that must follow a title for it to begin an item."""


class Issue(NamedTuple):
    """``starts`` are the indexes of the lines at which items begin, in order; at least two."""

    starts: tuple[int, ...]
    masthead: Header


def find_issue(lines: Sequence[Line]) -> Issue | None:
    """The items of a bulletin's issue; None where the lines are no issue, or one of a single item.

    Items are told by the list of contents whose entries stand again as lines of their own, or by the authors in
    brackets at their ends (（某县委组织部）).
    """
    if not any(_SERIAL.search(line.text) and len(line.text) <= _LONGEST_TITLE for line in lines[:_MASTHEAD_LINES]):
        return None
    starts = _listed(lines) or _signed(lines)
    if len(starts) < 2:
        return None
    contents = next((at for at in range(starts[0]) if _CONTENTS.fullmatch(lines[at].text)), starts[0])
    return Issue(tuple(starts), read_header(lines[:contents]))


def _listed(lines: Sequence[Line]) -> list[int]:
    """The lines that the list of contents names; none where it is not there or they do not stand in its order."""
    head = next((at for at, line in enumerate(lines[:_MASTHEAD_LINES]) if _CONTENTS.fullmatch(line.text)), None)
    if head is None:
        return []
    keys = [_key(line.text) for line in lines]
    entries: list[str] = []
    for at in range(head + 1, len(lines)):
        if not keys[at] or keys[at] in entries or keys[at] not in keys[at + 1 :]:
            break
        entries.append(keys[at])
    starts, at = [], head + len(entries)
    for entry in entries:
        at = next((later for later in range(at + 1, len(lines)) if keys[later] == entry), len(lines))
        starts.append(at)
    return starts if _are_items(lines, starts) else []


def _signed(lines: Sequence[Line]) -> list[int]:
    """The title above the first item's text, and the lines behind the signatures of all but the last."""
    ends = [at for at, line in enumerate(lines) if (m := _SIGNATURE.fullmatch(line.text)) and is_organ(m["organ"])]
    if len(ends) < 2:
        return []
    first = next((at for at in range(ends[0]) if len(lines[at].text) > _LONGEST_TITLE), 0) - 1
    starts = [first, *(end + 1 for end in ends if end + 1 < len(lines))]
    return [at for at in starts if at > 0] if _are_items(lines, starts) else []


def _are_items(lines: Sequence[Line], starts: Sequence[int]) -> bool:
    """Whether a title stands at each place and a text below it."""
    if not starts or starts[0] < 1 or starts[-1] >= len(lines):
        return False
    ends = [*starts[1:], len(lines)]
    return all(
        4 <= len(lines[start].text) <= _LONGEST_TITLE
        and lines[start].text[-1] not in "。；，："
        and sum(len(line.text) for line in lines[start + 1 : end]) >= _SHORTEST_ITEM
        for start, end in zip(starts, ends, strict=True)
    )


def _key(text: str) -> str:
    """A title without bullet, blanks and page number."""
    match = _ENTRY.fullmatch(text) if len(text) <= _LONGEST_TITLE + 20 else None
    return re.sub(r"\s", "", match["title"]) if match else ""
