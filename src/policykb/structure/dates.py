"""Dates as documents write them: 2015年1月30日, 二〇一五年一月三十日, 2015-01-30, 2010年第2期."""

from __future__ import annotations

import re

from policykb.structure.numerals import ordinal_of

_ZERO = "〇○零0０OＯo"  # the last ones where a keyboard had no 〇
_HAN = f"{_ZERO}一二三四五六七八九十"
_DATE = (
    r"(?P<year>(?:19|20)\d\d|(?<!\d)\d\d(?=-\d\d-\d\d))\s*[年./\-．?？]?\s*"
    r"(?P<month>\d{1,2})\s*[月./\-．]\s*(?P<day>\d{1,2})(?!\d)\s*[日号]?"
)
_MONTH = r"(?P<year>(?:19|20)\d\d)\s*[年./\-]\s*(?P<month>\d{1,2})(?!\d)\s*月?"
_HAN_MONTH = rf"(?P<year>[{_ZERO}一二三四五六七八九]{{4}})年\s*(?P<month>[{_HAN}]{{1,2}})\s*月"
_HAN_DATE = rf"{_HAN_MONTH}\s*(?P<day>[{_HAN}]{{1,3}})\s*[日号]?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_PATTERNS = [re.compile(pattern) for pattern in (_DATE, _HAN_DATE, _MONTH, _HAN_MONTH, _YEAR)]
_LINE = re.compile(rf"[\s（(?？]*(?:{_DATE}|{re.sub('[?]P<[a-z]+>', '?:', _HAN_DATE)})[\s）)?？]*")
_MONTH_LINE = re.compile(rf"[\s（(]*(?:{_MONTH}|{re.sub('[?]P<[a-z]+>', '?:', _HAN_MONTH)})[\s）)]*")


def partial_date(text: str) -> str | None:
    """The first date in ``text``, as precise as it is (``2015-01-30``, ``2012-03``, ``2010``); None without one.

    A date may have lost a mark between its parts (20123月16): month and day must then be possible ones.
    """
    for pattern in _PATTERNS:
        match = pattern.search(text)
        if match and (found := _iso(match.groupdict())):
            return found
    return None


def is_date_line(text: str) -> bool:
    """Whether the line is a date and nothing else."""
    return len(text) <= 24 and bool(_LINE.fullmatch(text) or _MONTH_LINE.fullmatch(text)) and bool(partial_date(text))


def _iso(parts: dict[str, str | None]) -> str | None:
    values = [ordinal_of(value) for name in ("year", "month", "day") if (value := parts.get(name))]
    if None in values:
        return None
    year, *rest = [value for value in values if value is not None]
    if rest and not 1 <= rest[0] <= 12:
        return None
    if len(rest) == 2 and not 1 <= rest[1] <= 31:
        return None
    year = year + 2000 if year < 100 else year
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])
