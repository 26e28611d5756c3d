"""Remains of front matter, Markdown and HTML in a text."""

from __future__ import annotations

import html
import re

from policykb.cleaning.changes import NOTHING, Change, Finding, Outcome
from policykb.cleaning.page_facts import iso_date
from policykb.terms import RepairKind

_FENCE = re.compile(r"---[ \t]*\n")
_FENCE_END = re.compile(r"^---[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"^(?P<key>[A-Za-z_]{2,20}|[\u4e00-\u9fff]{2,6})[:：][ \t]*(?P<value>[^\n]+?)[ \t]*$", re.MULTILINE)
_FIELDS = {
    "title": "title", "标题": "title",
    "date": "published_on", "published": "published_on", "pubdate": "published_on", "日期": "published_on",
    "author": "authors", "authors": "authors", "作者": "authors",
    "source": "publisher", "publisher": "publisher", "来源": "publisher",
}  # fmt: skip
_FRONT_MATTER = 20_000
"""Characters; a fence that closes later than this is a line drawn in the text."""

_SITE = re.compile(r"\s(?:\||_|-|–|—)\s?[^|_]{2,40}$")
"""The site's name behind a title: `` | example.com``."""


def read_front_matter(text: str) -> Outcome:
    """YAML between two ``---`` at the top: its title, date, author and source become facts, and it goes."""
    opening = _FENCE.match(text.lstrip("\ufeff"))
    if opening is None:
        return NOTHING
    closing = _FENCE_END.search(text, opening.end(), opening.end() + _FRONT_MATTER)
    pairs = list(_KEY.finditer(text, opening.end(), closing.start())) if closing else []
    if closing is None or not pairs:
        return NOTHING
    findings = tuple(finding for pair in pairs for finding in _front_findings(pair))
    return Outcome((Change(0, closing.end(), "", RepairKind.MARKUP),), findings)


def _front_findings(pair: re.Match[str]) -> list[Finding]:
    field = _FIELDS.get(pair["key"].lower())
    value = pair["value"].strip("\"' ")
    start, end = pair.span("value")
    if field is None or not value:
        return []
    if field == "published_on":
        date = iso_date(value)
        return [Finding(field, date, start, end)] if date else []
    if field == "title":
        return _title_findings(value, start, end)
    return [Finding(field, value.strip("[]"), start, end)]


def _title_findings(value: str, start: int, end: int) -> list[Finding]:
    """A title without the names that the site put around it: ``某大学->…… | example.com``."""
    owner, arrow, title = value.rpartition("->")
    title = _SITE.sub("", title).strip()
    findings = [Finding("title", title, start, end)] if title else []
    return [*findings, Finding("publisher", owner.split("->")[-1].strip(), start, end)] if arrow else findings


_COMMENT = re.compile(r"[ \t]*\n*[ \t]*<!--[^\n]{0,200}?-->[ \t]*\n*")
_TAG = re.compile(
    r"</?(?:p|br|div|span|b|i|u|strong|em|font|table|tbody|tr|td|th|center|a|img|h[1-6]|li|ul|ol|o:p)"
    r"(?:\s[^<>\n]{0,300})?/?>",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"\*\*+|__(?=[\u4e00-\u9fff“《])|(?<=[\u4e00-\u9fff。”》])__")
_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")


def drop_markup(text: str) -> Outcome:
    """Comments, tags, emphasis and heading marks go; entities (``&nbsp;``) become their character.

    A comment in the middle of a sentence goes with its line breaks, so that the sentence is whole again.
    """
    changes = _comments(text) if "<!--" in text else []
    if "<" in text:
        changes += [Change(m.start(), m.end(), "", RepairKind.MARKUP) for m in _TAG.finditer(text)]
    if "**" in text or "__" in text:
        changes += [Change(m.start(), m.end(), "", RepairKind.MARKUP) for m in _EMPHASIS.finditer(text)]
    if "\n#" in text or text.startswith("#"):
        changes += [Change(m.start(), m.end(), "", RepairKind.MARKUP) for m in _HEADING.finditer(text)]
    if "&" in text:
        changes += _entities(text)
    return Outcome(tuple(_without_overlaps(changes)))


def _comments(text: str) -> list[Change]:
    changes = []
    for found in _COMMENT.finditer(text):
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        heading = text.startswith("#", text.rfind("\n", 0, found.start()) + 1)
        within = before.isalnum() and not heading and (after.isalnum() or after in "，。、”")
        joint = "" if within or not (before and after) else "\n" * ("\n" in found.group())
        changes.append(Change(found.start(), found.end(), joint, RepairKind.MARKUP))
    return changes


def _entities(text: str) -> list[Change]:
    return [
        Change(m.start(), m.end(), "\n" if character in "\r\n" else character, RepairKind.MARKUP)
        for m in _ENTITY.finditer(text)
        if len(character := html.unescape(m.group())) == 1
    ]


def _without_overlaps(changes: list[Change]) -> list[Change]:
    kept: list[Change] = []
    for change in sorted(changes):
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return kept
