"""Breaking a title into lines: words stay whole, the lines form a trapezium or a rhombus (7.3.1)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from policykb.segmentation import Segmenter
from policykb.word.measure import width

_NEVER_FIRST = frozenset("的了和与及等，。、；：！？）》”’〉】…—")
_NEVER_LAST = frozenset("（《“‘〈【和与及第")
_MOST_SEARCHED = 3  # lines; a longer title is no title, and is filled line by line


def title_lines(title: str, line_characters: float) -> list[str]:
    """The lines of ``title``, each at most ``line_characters`` 字 wide where its words allow it.

    Joined they are the title.  Among the ways to break it into as few lines as it needs, the one is taken
    whose lines are nearest to each other without being equal (上下等长) or narrow in the middle (沙漏).
    """
    if width(title) <= line_characters:
        return [title]
    ends = _break_points(title)
    fewest = math.ceil(width(title) / line_characters)
    for count in range(fewest, _MOST_SEARCHED + 1):
        ways = [lines for lines in _ways(title, ends, count) if max(map(width, lines)) <= line_characters]
        if ways:
            return min(ways, key=_cost)
    return _fill(title, ends, line_characters)


def _break_points(title: str) -> list[int]:
    ends = [token.end for token in _shared_segmenter().tokens(title)][:-1]
    ends = [end for end in ends if title[end] not in _NEVER_FIRST and title[end - 1] not in _NEVER_LAST]
    return [end for end in ends if title.rfind("【", 0, end) <= title.rfind("】", 0, end)]  # 【待填：…】 stays whole


def _ways(title: str, ends: Sequence[int], count: int) -> Iterator[list[str]]:
    for chosen in combinations(ends, count - 1):
        borders = [0, *chosen, len(title)]
        yield [title[start:end] for start, end in pairwise(borders)]


def _cost(lines: Sequence[str]) -> float:
    """How ill the lines are shaped: their spread, equal neighbours, an hourglass, a quoted title torn apart."""
    widths = [width(line) for line in lines]
    mean = sum(widths) / len(widths)
    spread = sum((each - mean) ** 2 for each in widths)
    equal = sum(10.0 for upper, lower in pairwise(widths) if upper == lower)
    hourglass = 20.0 * any(a > b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))
    torn = sum(30.0 for line in lines[:-1] if line.count("《") != line.count("》"))
    return spread + equal + hourglass + torn


def _fill(title: str, ends: Sequence[int], line_characters: float) -> list[str]:
    """Words into lines as they come; a word wider than a line is left to Word to break."""
    lines, start, last = [], 0, 0
    for end in (*ends, len(title)):
        if width(title[start:end]) > line_characters and last > start:
            lines.append(title[start:last])
            start = last
        last = end
    return [*lines, title[start:]]


@lru_cache(maxsize=1)
def _shared_segmenter() -> Segmenter:
    """One dictionary for all titles: loading it takes a second."""
    return Segmenter()
