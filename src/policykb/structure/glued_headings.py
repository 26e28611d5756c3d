"""Unnumbered headings in a text that lost its line breaks: they stand without any mark before their paragraph.

……幸福感。建强组织体系，筑牢战斗堡垒红旗社区党总支以党建联建为抓手…… The heading begins a sentence with a verb;
it ends where a sentence can begin: at a phrase that opens one (今年以来), at one who acts elsewhere in the text too
(红旗社区党总支), or, where its two halves are equally long, at any clause that leads in (活动开展后，).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from policykb.resources import word_list

_SHORTEST, _LONGEST = 8, 30
_SHORTEST_PLAIN = 10
"""A heading without a comma is a little longer."""
_SHORTEST_LINE = 200
"""Shorter lines are paragraphs that kept their breaks."""
_FEWEST = 2
_APART = 60
"""A paragraph between two headings has so many characters at least."""

_VERBS = word_list("structure_heading_verbs.txt")
_START = re.compile(rf"(?:^|(?<=[。！？])|(?<=[。！？]”))[ \u3000]?(?={'|'.join(_VERBS)})")
_OPENERS = re.compile("|".join(map(re.escape, word_list("structure_openers.txt"))))
_LEADS_IN = re.compile(
    r"(?:通过|依托|在|针对|围绕|结合|按照|根据|由|每)[^，。；：]{2,24}，|[^，。；：]{2,16}(?:中|后|时|下|前|以来|期间|之际)，"
)
_ACTOR = re.compile(
    r"[\u4e00-\u9fff]{2,12}?(?:社区|居民区|街道|[镇乡村县区市州旗局委办部所院校]|党总支|党支部|党委|党工委|中心|公司|集团|大学|大队|支队|突击队|服务队|书记)"
)
_LONG_NAME = 4
"""A shorter name (酒泉市) must open two clauses elsewhere."""
_CLAUSE = re.compile(r"^|[。，\n]")
_SAID_BEFORE = re.compile(r"(?<!应)该(?:[区县市镇乡村所局院校]|街道|社区|公司|党)")
_NO_END = frozenset("的和与及或在到向对把将为由从是了着给让使被同至于入进")
_STOP = re.compile(r"[。！？；：\n]")


class GluedHeading(NamedTuple):
    """A heading at ``[start, end)`` of the text."""

    start: int
    end: int


def find_glued(text: str, lines: Sequence[tuple[int, int]]) -> list[GluedHeading]:
    """The headings within ``lines`` (starts and ends), in order; none unless several are alike."""
    long_lines = [line for line in lines if line[1] - line[0] >= _SHORTEST_LINE]
    if not long_lines:
        return []
    actors = Counter(match[0] for place in _CLAUSE.finditer(text) if (match := _ACTOR.match(text, place.end())))
    found: list[GluedHeading] = []
    for line_start, line_end in long_lines:
        for match in _START.finditer(text, line_start, line_end):
            end = _end_of(text, match.end(), line_end, actors)
            if end and (not found or match.end() - found[-1].end >= _APART):
                found.append(GluedHeading(match.end(), end))
    middle = median(heading.end - heading.start for heading in found) if found else 0
    alike = [one for one in found if abs(one.end - one.start - middle) <= max(4, middle / 2)]
    return alike if len(alike) >= _FEWEST else []


def begins_as_heading(text: str) -> bool:
    """Whether ``text`` begins with a verb that headings begin with."""
    return text.startswith(_VERBS)


def _end_of(text: str, start: int, line_end: int, actors: Mapping[str, int]) -> int:
    """Where the heading that begins at ``start`` ends; 0 where a plain sentence begins there."""
    stop = _STOP.search(text, start, min(line_end, start + _LONGEST + 1))
    limit = min(stop.start() if stop else line_end, start + _LONGEST)
    return next((end for end in _ends(text, start, limit, actors) if _is_heading(text[start:end])), 0)


def _ends(text: str, start: int, limit: int, actors: Mapping[str, int]) -> Iterator[int]:
    """Likely ends, the surest first."""
    comma = text.find("，", start, limit)
    balanced = comma + 1 + comma - start if comma > 0 else 0
    if start < balanced <= limit and (_begins(text, balanced, actors) or _LEADS_IN.match(text, balanced)):
        yield balanced
    ends = range(start + _SHORTEST, limit + 1)
    yield from (end for end in ends if _begins(text, end, actors))
    yield from (end for end in ends if text[end - 1] == "”" and _LEADS_IN.match(text, end))


def _begins(text: str, at: int, actors: Mapping[str, int]) -> bool:
    """Whether a sentence seems to begin at ``at``: a phrase that opens one, or one who opens clauses elsewhere too."""
    if _OPENERS.match(text, at) or _SAID_BEFORE.match(text, at):
        return True
    actor = _ACTOR.match(text, at)
    return actor is not None and actors.get(actor[0], 0) >= (1 if len(actor[0]) >= _LONG_NAME else 2)


def _is_heading(said: str) -> bool:
    if said[-1] in _NO_END or not (said[-1].isalnum() or said[-1] in "”》）") or said.count("，") > 1:
        return False
    if said.count("“") != said.count("”") or said.count("（") != said.count("）"):
        return False
    return len(said) >= (_SHORTEST if "，" in said else _SHORTEST_PLAIN)
