"""Which lines of a page are its text.

Sentences tell text from furniture: a line with Chinese punctuation outside of links scores its length.  From
the root the walk goes down to the smallest element that still holds most of the score, then up again as
long as the elements around add nothing but plain lines, so that a signature below a short notice is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lxml import etree

from policykb.reading.html_facts import info_line
from policykb.reading.html_lines import Line, is_named_body, is_suspicious
from policykb.reading.page_marks import bare_label, page_marks

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_MARKS = frozenset("，。；：！？、")
_MOST = 0.75
"""The share of the score that an element must hold to be gone into."""

_NAMED_MOST = 0.4
"""The same for an element that is named as the holder of the text: its name is the better witness."""

_FURNITURE_SHARE = 0.3
"""An element named like furniture that holds more of the score than this is no furniture."""

_ATTACHMENT = "附件"


def body_range(lines: Sequence[Line], skipped: frozenset[int]) -> list[int]:
    """The indices of the lines that are the text of the page, title not included unless it stands inside.

    ``skipped`` lines (a metadata table) are never part of it.
    """
    skipped |= _other_texts(lines) | _page_foot(lines)
    scores = [0 if index in skipped else _score(line) for index, line in enumerate(lines)]
    total = sum(scores)
    if not total:
        return [index for index in range(len(lines)) if index not in skipped and not is_furniture(lines[index])]
    held: Counter[etree._Element] = Counter()
    for line, score in zip(lines, scores, strict=True):
        for owner in line.owners:
            held[owner] += score
    usable = [
        index
        for index, line in enumerate(lines)
        if index not in skipped
        and not any(is_suspicious(owner) and held[owner] < total * _FURNITURE_SHARE for owner in line.owners)
    ]
    holder = _holder(lines, usable, scores, held)
    inside = [index for index in usable if holder in lines[index].owners]
    return _without_furniture(lines, inside, scores)


def is_furniture(line: Line) -> bool:
    """Whether a line is a control, a link or a notice of the site rather than text."""
    return is_link(line) or _has_furniture_word(line)


def _holder(
    lines: Sequence[Line], usable: Sequence[int], scores: Sequence[int], held: Counter[etree._Element]
) -> etree._Element:
    """The element that holds the text."""
    total = sum(scores[index] for index in usable)
    best = max(usable, key=lambda index: (scores[index], -index))
    path = [owner for owner in lines[best].owners if held[owner] >= total * _MOST] or [lines[best].owners[0]]
    named = [owner for owner in held if is_named_body(owner) and held[owner] >= total * _NAMED_MOST]
    if named:
        return max(named, key=lambda owner: held[owner])
    holder = path[-1]
    members = {index for index in usable if holder in lines[index].owners}
    for parent in reversed(path[:-1]):
        wider = {index for index in usable if parent in lines[index].owners}
        if parent.tag in {"html", "body"} or not all(_is_plain(lines[index]) for index in wider - members):
            break
        holder, members = parent, wider
    return holder


def _other_texts(lines: Sequence[Line]) -> frozenset[int]:
    """The lines of lists of other texts (相关新闻 …): their head, then links, each with a line about it at most."""
    found: set[int] = set()
    for head, line in enumerate(lines[:-1]):
        if head in found or bare_label(line.text) not in page_marks().list_heads or not is_link(lines[head + 1]):
            continue
        found.add(head)
        for index in range(head + 1, len(lines)):
            if not (is_link(lines[index]) or is_link(lines[index - 1])):
                break
            found.add(index)
    return frozenset(found)


def _page_foot(lines: Sequence[Line]) -> frozenset[int]:
    """The lines from the site's own notice on, where no sentence follows."""
    last = max((index for index, line in enumerate(lines) if "。" in line.text), default=-1)
    feet = page_marks().page_feet
    foot = next((i for i in range(last + 1, len(lines)) if any(word in lines[i].text for word in feet)), len(lines))
    return frozenset(range(foot, len(lines)))


def _without_furniture(lines: Sequence[Line], inside: Sequence[int], scores: Sequence[int]) -> list[int]:
    """``inside`` without furniture before the first and behind the last sentence, and without lists of links."""
    sentences = [index for index in inside if scores[index]]
    first, last = sentences[0], sentences[-1]
    return [
        index
        for place, index in enumerate(inside)
        if not (is_furniture(lines[index]) and (index < first or index > last or _beside_link(lines, inside, place)))
    ]


def _beside_link(lines: Sequence[Line], inside: Sequence[int], place: int) -> bool:
    neighbours = [*inside[max(place - 1, 0) : place], *inside[place + 1 : place + 2]]
    return is_link(lines[inside[place]]) and any(is_link(lines[index]) for index in neighbours)


def is_sentence(line: Line) -> bool:
    """Whether a line is running text."""
    return _score(line) > 0


def _score(line: Line) -> int:
    length = len(line.text) - line.linked
    if length < 8 or line.linked * 2 > len(line.text) or _has_furniture_word(line) or info_line(line.text) is not None:
        return 0
    return length if _SENTENCE_MARKS.intersection(line.text) else 0


def is_link(line: Line) -> bool:
    """Whether next to nothing but dates and marks of a line is outside of links; attachments are text."""
    if not line.linked or line.text.startswith(_ATTACHMENT):
        return False
    letters = sum(1 for character in line.text if character.isalpha())
    return line.linked * 2 >= len(line.text) and letters - line.linked <= 1


def _has_furniture_word(line: Line) -> bool:
    """Short lines only: a sentence may speak of 联系我们."""
    if len(line.text) > 80 or "。" in line.text:
        return False
    words = _WORD.findall(line.text)
    if words and all(word in page_marks().controls for word in words):
        return True
    return any(word in line.text for word in page_marks().furniture)


def _is_plain(line: Line) -> bool:
    return not line.linked and not _has_furniture_word(line) and info_line(line.text) is None
