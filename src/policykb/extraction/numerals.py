"""Chinese and Arabic numerals as numbers."""

from __future__ import annotations

import re

_DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "双": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
NUMERAL = "[一二两双三四五六七八九十]"
"""What a numeral at the head of a name is written with: 三服务, 双强, 十二项."""
_ARABIC = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?|\.\d+")


def number(text: str) -> float | None:
    """The value of “1,300”, “8.8万”, “三百二十”, “百”, “1.5亿”; None when ``text`` is no numeral.

    >>> number("8.8万")
    88000.0
    >>> number("百")
    100.0
    """
    match = _ARABIC.match(text)
    if not match:
        return _chinese(text)
    value = float(re.sub("[,，]", "", match.group()))
    for unit in text[match.end() :]:
        factor = _UNITS.get(unit) or _MYRIADS.get(unit)
        if factor is None:
            return None
        value *= factor
    return round(value, 6)


def count(text: str) -> int | None:
    """The value as a whole number, for the count in a name: “四” → 4, “12” → 12; None when it is none."""
    value = number(text)
    return int(value) if value is not None and value == int(value) else None


def _chinese(text: str) -> float | None:
    """The value of a numeral in characters; a bare unit counts as one of it (百 = 100)."""
    total, section, digit = 0, 0, -1
    for sign in text:
        if sign in _DIGITS:
            if digit >= 0:
                return None
            digit = _DIGITS[sign]
        elif sign in _UNITS:
            section += (1 if digit < 0 else digit) * _UNITS[sign]
            digit = -1
        elif sign in _MYRIADS:
            section = section + max(digit, 0) or 1
            total = (total + section) * _MYRIADS[sign] if sign == "亿" else total + section * _MYRIADS[sign]
            section, digit = 0, -1
        else:
            return None
    return float(total + section + max(digit, 0)) if text else None
