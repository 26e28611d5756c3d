"""A shadow of the text, character for character, in which every rule meets one form of each mark.

Quotation marks of whatever style become “ ” (outer) and ‘ ’ (inner), half-width punctuation full-width,
full-width letters and digits half-width.  Positions in the shadow are positions in the text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_WIDTH = str.maketrans(
    {
        **dict(zip(",:;!?()<>[]〔〕【】", "，：；！？（）〈〉（）（）（）", strict=True)),
        **{chr(0xFF10 + n): str(n) for n in range(10)},
        **{chr(0xFF21 + n): chr(0x41 + n) for n in range(26)},
        **{chr(0xFF41 + n): chr(0x61 + n) for n in range(26)},
        **dict(zip("＋﹢％〜～﹣－–―—\t\u3000\xa0", "++%~~-----   ", strict=True)),
    }
)
_MARK = re.compile(r"[“”‘’「」『』〝〞＂\"'\n]")
_OPENERS = {"“": "”", "‘": "’", "「": "」", "『": "』", "〝": "〞"}
_CLOSERS = {close: open_ for open_, close in _OPENERS.items()}
_STRAIGHT = {'"', "＂", "'"}
STRAY = "｜"
"""What stands in the shadow for a quotation mark that has no partner."""


_BLANKS = re.compile("(?<=[\u4e00-\u9fff、]) [\u4e00-\u9fff][\u4e00-\u9fff、+]{1,15} (?=[\u4e00-\u9fff])")


class Quotation(NamedTuple):
    """A pair of quotation marks: ``[start, end)`` with the marks; ``depth`` 0 is the outermost."""

    start: int
    end: int
    depth: int


class Canonical(NamedTuple):
    """The shadow of a text and its quotations in order of their start."""

    text: str
    quotations: tuple[Quotation, ...]


def canonical(text: str) -> Canonical:
    """The shadow of ``text``: as long as it, with paired quotation marks and full-width punctuation."""
    pairs = _pairs(text)
    marks = {match.start(): STRAY for match in _MARK.finditer(text) if match.group() not in {"\n", "'"}}
    for start, end, depth in pairs:
        marks[start], marks[end - 1] = ("“", "”") if depth == 0 else ("‘", "’")
    shadow = list(text.translate(_WIDTH))
    for position, mark in marks.items():
        shadow[position] = mark
    return Canonical("".join(shadow), tuple(pairs))


def _pairs(text: str) -> list[Quotation]:
    """Pair the marks line by line: quotations do not run over a paragraph's end."""
    found: list[Quotation] = []
    line: list[tuple[int, str]] = []
    for match in _MARK.finditer(text):
        if match.group() == "\n":
            if line:
                found += _pairs_of_line(line)
                line = []
        else:
            line.append((match.start(), match.group()))
    found += _pairs_of_line(line)
    return sorted(found) or _blank_pairs(text)


def _blank_pairs(text: str) -> list[Quotation]:
    """Blanks around names where a text has lost its marks: 推进 双联双促 工程; one such place alone is an accident."""
    places = [match.span() for match in _BLANKS.finditer(text)]
    return [Quotation(start, end, 0) for start, end in places] if len(places) > 1 else []


def _pairs_of_line(marks: list[tuple[int, str]]) -> list[Quotation]:
    """Pair one line's marks: straight marks by turns, reversed ones (”X“) by turns, all others as brackets."""
    straight = [mark for mark in marks if mark[1] in _STRAIGHT]
    shaped = [mark for mark in marks if mark[1] not in _STRAIGHT]
    double = [position for position, mark in shaped if mark in "“”"]
    turned = bool(double) and _is_turned([mark for _, mark in shaped if mark in "“”"])
    pairs = _by_turns(double) if turned else []
    pairs += _as_brackets([mark for mark in shaped if not (turned and mark[1] in "“”")])
    for sign in sorted(_STRAIGHT):
        positions = [position for position, mark in straight if mark == sign]
        pairs += _by_turns(positions) if len(positions) % 2 == 0 else []
    return pairs


def _is_turned(marks: list[str]) -> bool:
    """Whether double marks stand the wrong way round, or are all of one shape, throughout a line."""
    if len(marks) % 2:
        return False
    return len(set(marks)) == 1 or all(mark == "”“"[n % 2] for n, mark in enumerate(marks))


def _by_turns(positions: list[int]) -> list[Quotation]:
    return [Quotation(a, b + 1, 0) for a, b in zip(positions[::2], positions[1::2], strict=True)]


def _as_brackets(marks: list[tuple[int, str]]) -> list[Quotation]:
    """Match openers with closers; a mark without partner is left out and does not count for depth."""
    open_marks: list[tuple[int, str]] = []
    matched: list[tuple[int, int]] = []
    for position, mark in marks:
        if mark in _OPENERS:
            open_marks.append((position, mark))
        elif open_marks and open_marks[-1][1] == _CLOSERS[mark]:
            matched.append((open_marks.pop()[0], position + 1))
        elif any(opener == _CLOSERS[mark] for _, opener in open_marks[-3:]):
            while open_marks[-1][1] != _CLOSERS[mark]:
                open_marks.pop()
            matched.append((open_marks.pop()[0], position + 1))
    quotations: list[Quotation] = []
    ends: list[int] = []
    for start, end in sorted(matched):
        while ends and ends[-1] <= start:
            ends.pop()
        quotations.append(Quotation(start, end, len(ends)))
        ends.append(end)
    return quotations
