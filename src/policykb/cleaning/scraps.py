"""Junk that is no line of its own: glued openings and endings, captions, advertisements, stray question marks."""

from __future__ import annotations

import re

from policykb.cleaning.changes import Change, Finding, Outcome
from policykb.cleaning.junk_rules import junk_rules
from policykb.cleaning.page_facts import findings_of
from policykb.cleaning.shifted_bytes import LOST
from policykb.terms import RepairKind

_ENDING_LENGTH = 80
_LONG_LINE = 120


def drop_glued_ends(text: str) -> Outcome:
    """What a scraper glued to the beginning and the end of the text (``2023-07-31 17:56，正文：原标题：…``)."""
    changes: list[Change] = []
    findings: list[Finding] = []
    at = _skip_openings(text, changes, findings)
    stop = len(text)
    while (ending := _ending(text, at, stop)) is not None:
        found, start = ending
        findings += findings_of(found, start)
        changes.append(Change(start + found.start(), stop, "", RepairKind.JUNK))
        stop = start + found.start()
    return Outcome(tuple(changes), tuple(findings))


def _skip_openings(text: str, changes: list[Change], findings: list[Finding]) -> int:
    at = 0
    for rule in junk_rules().opening:
        found = rule.pattern.match(text, at)
        if found and (rule.name != "label of the original title" or at or _heads_long_line(text, at)):
            findings += findings_of(found)
            changes.append(Change(at, found.end(), "", RepairKind.JUNK))
            at = found.end()
    return at


def _heads_long_line(text: str, at: int) -> bool:
    """Whether the line at ``at`` holds more than a title, or is the only one."""
    end = text.find("\n", at)
    return end < 0 or end - at > _LONG_LINE


def _ending(text: str, low: int, stop: int) -> tuple[re.Match[str], int] | None:
    """The rule that matches up to ``stop``, behind the end of a sentence or at the beginning of a line."""
    start = max(low, stop - _ENDING_LENGTH)
    window = text[start:stop]
    for rule in junk_rules().ending:
        for found in rule.pattern.finditer(window):
            before = window[: found.start()].rstrip(" ")
            if found.end() == len(window) and (rule.anywhere or before.endswith(_SENTENCE_ENDS)):
                return found, start
    return None


_SENTENCE_ENDS = tuple("。！？”）》…!?)\n")

_CAPTION = re.compile(
    r"(?<=[。！？”])(?P<caption>[\u4e00-\u9fffA-Za-z0-9“”、·]{2,40})"
    r"[（(](?P<credit>[^（）()。，\n]{0,24}(?:摄影?|供图|图片|制图|资料图|配图))[)）](?=[\u4e00-\u9fff“\n]|$)"
)


def drop_captions(text: str) -> Outcome:
    """The caption of a picture between two sentences: no mark in it, and its photographer in brackets."""
    if "摄" not in text and "图" not in text:
        return Outcome()
    return Outcome(
        tuple(
            Change(m.start(), m.end(), "", RepairKind.JUNK)
            for m in _CAPTION.finditer(text)
            if m["caption"].count("“") == m["caption"].count("”")
        )
    )


def drop_advertisements(text: str) -> Outcome:
    """Injected advertisements: each place of one that stands alone as a word somewhere on the page."""
    changes: list[Change] = []
    for rule in junk_rules().spam:
        if not any(hint in text for hint in rule.hints):
            continue
        injected = {m.group() for m in rule.pattern.finditer(text) if _stands_alone(text, m.start(), m.end())}
        changes += [
            Change(m.start(), m.end(), "", RepairKind.JUNK)
            for m in rule.pattern.finditer(text)
            if m.group() in injected
        ]
    return Outcome(tuple(changes))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether white space or a line's end stands on both sides."""
    return (start == 0 or text[start - 1].isspace()) and (end == len(text) or text[end].isspace())


_STRAY = re.compile(
    r"(?m)^[?？\ufffd]+(?=.|$)|[?\ufffd]{3,}|[?\ufffd]{2,}$|[?\ufffd]{2,}(?=[0-9])|(?<=[0-9])[?\ufffd]{2,}"
)

_LOST_WORDS = re.compile(r"(?<=[\u4e00-\u9fff])[?\ufffd]{3,}(?=[\u4e00-\u9fff])")


def drop_stray_question_marks(text: str) -> Outcome:
    """``?`` where no question can end: at a line's beginning, in runs, around a number.

    They stand for characters or spaces that a page lost: ⍰ takes the place of a run between two Chinese characters,
    where words are wanting.  A line of nothing else goes whole.
    """
    if "?" not in text and "\ufffd" not in text and "？" not in text:
        return Outcome()
    changes: list[Change] = []
    for found in _STRAY.finditer(text):
        start, end = found.span()
        if (start == 0 or text[start - 1] == "\n") and text[end : end + 1] == "\n":
            end += 1
        if _LOST_WORDS.match(text, start):
            changes.append(Change(start, end, LOST, RepairKind.LOST))
        else:
            changes.append(Change(start, end, "", RepairKind.JUNK))
    return Outcome(tuple(changes))
