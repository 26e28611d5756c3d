"""What junk says of its text: dates, sources, authors, editors, titles, brought into one form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policykb.cleaning.changes import Finding

_NUMBERS = re.compile(r"\d+")
_NAMES = re.compile(r"[\u4e00-\u9fffA-Za-z·]+")
_SITE_ENDINGS = ("网", "在线", "网站", "日报", "门户", "客户端", "频道")
_EDGES = " 　《》:：,，、|｜_-"


def findings_of(match: re.Match[str], offset: int = 0) -> Iterator[Finding]:
    """A finding a named group of a rule that matched something; ``offset`` is added to the places."""
    for field, value in match.groupdict().items():
        if value and value.strip(_EDGES):
            start, end = match.span(field)
            yield from _read(field, value, start + offset, end + offset)


def iso_date(text: str) -> str | None:
    """``2017-07-25`` for a date written with any marks; two digits of a year mean this century."""
    numbers = [int(number) for number in _NUMBERS.findall(text)[:3]]
    if len(numbers) != 3:
        return None
    year, month, day = numbers
    year += 2000 if year < 100 else 0
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _read(field: str, value: str, start: int, end: int) -> Iterator[Finding]:
    if field == "published_on":
        date = iso_date(value)
        if date:
            yield Finding(field, date, start, end)
    elif field == "authors":
        for name in _NAMES.findall(value):
            yield Finding(field, name, start, end)
    elif field == "site":
        name = value.strip(_EDGES)
        if name.endswith(_SITE_ENDINGS):
            yield Finding("publisher", name, start, end, weak=True)
    else:
        yield Finding(field, value.strip(_EDGES), start, end)
