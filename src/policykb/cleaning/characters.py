"""Characters that no reader sees, line ends, and the layout: one paragraph a line, no blank lines."""

from __future__ import annotations

import re

from policykb.cleaning.changes import NOTHING, Change, Outcome
from policykb.terms import RepairKind

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]+"
)
_BREAKS = re.compile(r"\s*\n\s*")
_LONG_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_CONTINUES = "，。、；：？！）〕】》〉」』”’,;:)]"
"""A paragraph never begins with one of these: the line before it was broken by the page."""

_ODD_SPACES = "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNTIDY = ("\n\n", "\n ", " \n", "  ", *_ODD_SPACES, *("\n" + mark for mark in _CONTINUES))
"""Whatever layout there is to do shows one of these signs, or is at the ends of the text."""


def normalise_line_ends(text: str) -> Outcome:
    """Every kind of line end becomes a line feed.  This is layout, so it is not logged."""
    if text.isprintable():
        return NOTHING
    return Outcome(tuple(Change(m.start(), m.end(), "\n", None) for m in _LINE_ENDS.finditer(text)))


def drop_unseen(text: str) -> Outcome:
    """Zero-width, direction and control characters and stray byte order marks go."""
    return Outcome(tuple(Change(m.start(), m.end(), "", RepairKind.INVISIBLE) for m in _UNSEEN.finditer(text)))


def lay_out(text: str) -> Outcome:
    """One paragraph a line: no blank lines, no indents, no runs of spaces.  Not logged: no word changes.

    A line that begins with a closing mark goes on the line before.
    """
    if not any(sign in text for sign in _UNTIDY) and text == text.strip():
        return NOTHING
    changes: list[Change] = []
    done = 0
    for found in _BREAKS.finditer(text):
        changes += _spaces_of(text, done, found.start())
        done = found.end()
        at_edge = found.start() == 0 or done == len(text)
        broken = at_edge or text[done] in _CONTINUES
        if found.group() != "\n" or broken:
            changes.append(Change(found.start(), done, "" if broken else "\n", None))
    return Outcome(tuple(changes + _spaces_of(text, done, len(text))))


def _spaces_of(text: str, start: int, end: int) -> list[Change]:
    """Changes for the white space inside of one line: none at the ends of the text, one space elsewhere."""
    return [
        Change(m.start(), m.end(), "" if m.start() == 0 or m.end() == len(text) else " ", None)
        for m in _LONG_SPACES.finditer(text, start, end)
    ] + [Change(at, at + 1, "", None) for at in _lone_edges(text, start, end)]


def _lone_edges(text: str, start: int, end: int) -> list[int]:
    """Single spaces at the very ends of the text, which no line break takes along."""
    edges = []
    if start == 0 and text.startswith(" ") and not text[1:2].isspace():
        edges.append(0)
    if end == len(text) > 1 and text.endswith(" ") and not text[-2].isspace():
        edges.append(end - 1)
    return edges
