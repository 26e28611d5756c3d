"""Half-width marks between Chinese characters become full-width ones, straight quotes become curled ones."""

from __future__ import annotations

import re

from policykb.cleaning.changes import NOTHING, Change, Outcome
from policykb.terms import RepairKind

_WIDE = str.maketrans(",:;?!()", "，：；？！（）")
_SIDE = "“”‘’《》〈〉（）〔〕【】「」『』。、，：；？！…—％⍰"
_NARROW = re.compile(r"[,:;?!()]")
_OPENS, _CLOSES = "(", ")"


def widen_marks(text: str) -> Outcome:
    """``, : ; ? ! ( )`` beside a Chinese character become full-width; each keeps its place.

    Numbers (1,234 and 10:29), addresses and Latin text keep theirs.  A pair of brackets is changed together.
    """
    if not _NARROW.search(text):
        return NOTHING
    wide: set[int] = set()
    open_brackets: list[int] = []
    for found in _NARROW.finditer(text):
        at = found.start()
        mark = text[at]
        beside = _beside(text, at)
        if mark == _OPENS:
            open_brackets.append(at)
        elif mark == _CLOSES:
            partner = _partner(text, open_brackets, at)
            if beside or (partner is not None and _beside(text, partner)):
                wide |= {at} if partner is None else {at, partner}
        elif beside and not _inside_latin(text, at):
            wide.add(at)
    wide |= {at for at in open_brackets if _beside(text, at)}
    return Outcome(tuple(Change(at, at + 1, text[at].translate(_WIDE), RepairKind.PUNCTUATION) for at in sorted(wide)))


def _beside(text: str, at: int) -> bool:
    """Whether a Chinese character or mark stands right before or right behind (spaces do not count behind)."""
    before = text[at - 1] if at else ""
    after = text[at + 1] if at + 1 < len(text) else ""
    return _is_side(before) or _is_side(after)


def _is_side(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or (character != "" and character in _SIDE)


def _inside_latin(text: str, at: int) -> bool:
    """A colon of an address or a time (``http://``, ``10:29``), a comma between digits."""
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    return text.startswith("//", at + 1) or (before.isdigit() and after.isdigit())


def _partner(text: str, open_brackets: list[int], at: int) -> int | None:
    """The bracket that ``at`` closes, on the same line."""
    if open_brackets and "\n" not in text[open_brackets[-1] : at]:
        return open_brackets.pop()
    open_brackets.clear()
    return None


_QUOTES = re.compile(r'["＂]')


def curl_quotes(text: str) -> Outcome:
    """Straight quotes, paired line by line, become “ and ”; a line with an odd number of them is left."""
    if '"' not in text and "＂" not in text:
        return NOTHING
    changes: list[Change] = []
    start = 0
    for line in text.split("\n"):
        quotes = [start + m.start() for m in _QUOTES.finditer(line)]
        if len(quotes) % 2 == 0 and any("\u3400" <= character <= "\u9fff" for character in line):
            changes += [
                Change(at, at + 1, "“”"[number % 2], RepairKind.PUNCTUATION) for number, at in enumerate(quotes)
            ]
        start += len(line) + 1
    return Outcome(tuple(changes))


_TITLE = re.compile(r"《[^《》\n]{1,200}》")
_INNER = re.compile(r"<([^<>]{1,100})>")


def nest_titles(text: str) -> Outcome:
    """``<…>`` inside of 《…》 becomes 〈…〉."""
    if "<" not in text:
        return NOTHING
    changes: list[Change] = []
    for title in _TITLE.finditer(text):
        for inner in _INNER.finditer(text, title.start(), title.end()):
            changes.append(Change(inner.start(), inner.start() + 1, "〈", RepairKind.PUNCTUATION))
            changes.append(Change(inner.end() - 1, inner.end(), "〉", RepairKind.PUNCTUATION))
    return Outcome(tuple(changes))
