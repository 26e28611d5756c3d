"""What a page says of its text: meta tags, metadata tables of government sites, the line under the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from policykb.models import PageFact
from policykb.reading.html_lines import Line, squeeze
from policykb.reading.html_marks import HeadMarks
from policykb.reading.page_marks import IGNORED, bare_label, page_marks

_DATE = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")
_STAMP = re.compile(r"(\d{4})(?:\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日\s*\d{1,2}[:：]|[-/.](\d{1,2})[-/.](\d{1,2}))")
"""A date as a content system prints it: “2018年5月17日” alone is the date of a signature."""

_LABELLED = re.compile(r"([^\s:：|｜，。；]{1,12})\s*[:：]\s*")
_BRACKETED = re.compile(r"[\[【]\s*([^\s:：|｜，。；\[\]【】]{1,12})\s*[\]】]\s*[:：]?\s*")
"""A label in brackets with the value behind it: [成文日期] 2016-05-28."""

_SPREAD = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?:[ \u3000]{1,4}[\u4e00-\u9fff]){1,3}(?=\s*[:：])")
"""A label set wide: 来　源："""

_SITE_PART = re.compile(
    r"\s*[_|｜]\s*|\s+[-—–]+\s*|\s*[-—–]+\s+|\s*-+\s*(?=[^-]*(?:网|政府|门户|频道|平台|客户端|新闻)\s*$)"
)
_MANY = frozenset({"authors"})
_LONGEST = 160
"""Characters of a line under a title, with all of its labels; real ones stay below 120."""

_DATED = frozenset({"published_on", "issued_on"})


class Table(NamedTuple):
    """A metadata table: the lines ``[start, end)`` of the page, and what they say."""

    start: int
    end: int
    facts: tuple[PageFact, ...]


def meta_facts(marks: HeadMarks) -> list[PageFact]:
    """What the meta tags say, best name first."""
    facts = []
    for field, names in page_marks().meta.items():
        value = next((marks.meta[name] for name in names if name in marks.meta), "")
        facts += _facts(field, squeeze(value))
    return facts


def window_titles(marks: HeadMarks) -> list[str]:
    """The page's ``<title>`` and what is left of it without the name of the site, the longest first."""
    whole = squeeze(marks.window_title)[:_LONGEST]
    titles = [whole]
    cuts = [match.start() for match in _SITE_PART.finditer(whole)]
    titles += [whole[:cut].strip() for cut in reversed(cuts)]
    return [title for title in titles if title]


def metadata_tables(lines: Sequence[Line]) -> list[Table]:
    """The runs of lines that are labels with their values and nothing else, as government sites show them."""
    tables, start = [], 0
    while start < len(lines):
        end, pairs = start, []
        while end < len(lines) and (found := _pairs(lines, end)):
            pairs += found[0]
            end += found[1]
        labels = {label for label, _ in pairs}
        if len(labels) >= 3 and labels & page_marks().anchors:
            tables.append(Table(start, end, tuple(fact for label, value in pairs for fact in _labelled(label, value))))
        start = max(end, start + 1)
    return tables


def info_line(text: str) -> list[PageFact] | None:
    """The facts of a line under the title (来源：… 发布时间：… 浏览次数：…); None where the line is something else."""
    if len(text) > _LONGEST:
        return None
    text = _closed_up(text)
    matches = [match for match in _LABELLED.finditer(text) if bare_label(match[1]) in page_marks().labels]
    lead = text[: matches[0].start()] if matches else text
    date = (_DATE if matches else _STAMP).search(lead)
    if (lead.strip(" |｜[]【】()（）") and not date) or not (matches or date):
        return None
    if date and len(lead) > len(date[0]) + 20:
        return None
    facts = _facts("published_on", lead) if date else []
    for match, after in zip(matches, [*matches[1:], None], strict=False):
        value = text[match.end() : after.start() if after else len(text)]
        if any(mark in value for mark in "。；！？"):
            return None
        facts += _labelled(bare_label(match[1]), value)
    return facts


def first_of_each(facts: Iterable[PageFact]) -> tuple[PageFact, ...]:
    """The first fact of each field; of the authors all that the first saying names."""
    kept: dict[str, list[PageFact]] = {}
    for fact in facts:
        if fact.field not in kept or (fact.field in _MANY and fact not in kept[fact.field]):
            kept.setdefault(fact.field, []).append(fact)
    return tuple(fact for group in kept.values() for fact in group)


def _pairs(lines: Sequence[Line], at: int) -> tuple[list[tuple[str, str]], int] | None:
    """Labels and values of the line ``at``, and how many lines they take; None where it is anything else."""
    labels = page_marks().labels
    cells = list(lines[at].cells) or [lines[at].text]
    if len(cells) == 1 and bare_label(cells[0]) in labels and _is_defined(lines, at):
        return [(bare_label(cells[0]), lines[at + 1].text)], 2
    if len(cells) == 1:
        match = _BRACKETED.match(_closed_up(cells[0])) or _LABELLED.match(_closed_up(cells[0]))
        if match and bare_label(match[1]) in labels and len(cells[0]) <= _LONGEST:
            return [(bare_label(match[1]), _closed_up(cells[0])[match.end() :])], 1
        return None
    pairs = list(_cell_pairs(cells))
    return (pairs, 1) if pairs and all(label in labels for label, _ in pairs) else None


def _is_defined(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the term of a list of definitions (``dt``) and the next one what is said of it (``dd``)."""
    pair = [line.owners[-1] for line in lines[at : at + 2] if line.owners]
    return [owner.tag for owner in pair] == ["dt", "dd"] and pair[0].getparent() is pair[1].getparent()


def _closed_up(text: str) -> str:
    """The text with its wide labels (来　源：) written close."""
    return _SPREAD.sub(lambda match: "".join(match[0].split()), text)


def _cell_pairs(cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Cells in turn as a label and its value, or as both in one cell (“文号：〔2014〕3号”)."""
    labels, position = page_marks().labels, 0
    while position < len(cells):
        cell = _closed_up(cells[position])
        match = _LABELLED.match(cell)
        if bare_label(cell) in labels:
            yield bare_label(cell), cells[position + 1] if position + 1 < len(cells) else ""
            position += 2
        elif match and bare_label(match[1]) in labels:
            yield bare_label(match[1]), cell[match.end() :]
            position += 1
        elif cell:
            yield cell, ""
            position += 1
        else:
            position += 1


def _labelled(label: str, value: str) -> list[PageFact]:
    field = page_marks().labels.get(label, IGNORED)
    return [] if field == IGNORED else _facts(field, value)


def _facts(field: str, value: str) -> list[PageFact]:
    """The fact that ``field`` has ``value``; none where the value is empty or no date though it should be."""
    if len(value) > _LONGEST * 2:
        return []
    value = value.strip(" \u3000|｜[]【】;；,，")
    if field in _DATED:
        date = _DATE.search(value)
        value = f"{int(date[1]):04d}-{int(date[2]):02d}-{int(date[3]):02d}" if date else ""
    elif field in {"publisher", "authors", "editor"}:
        value = re.split(r"[\s|｜]{1,}(?=\S{0,6}[:：\d]|打印|【|\[|字体|分享)|[（(]?字体", value)[0].strip(" \u3000（(")
    if not value or value in {"无", "-", "—", "/"} or len(value) > _LONGEST:
        return []
    if field == "authors":
        return [PageFact(field=field, value=name) for name in re.split(r"[、,，;；/\s]+", value) if name]
    return [PageFact(field=field, value=value)]
