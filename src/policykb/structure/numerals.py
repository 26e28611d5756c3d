"""Ordinals as they stand before headings: 一, 十二, ⑴, 3."""

from __future__ import annotations

HAN_DIGITS = "〇一二三四五六七八九"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_UNITS = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_VALUES = {digit: value for digits in (HAN_DIGITS, _FORMAL_DIGITS) for value, digit in enumerate(digits)}
_VALUES |= {**dict.fromkeys("○0OＯo", 0), "两": 2}


def ordinal_of(numeral: str) -> int | None:
    """The number that ``numeral`` writes in Arabic, Chinese or circled form; None when it writes none."""
    if numeral.isdecimal():
        return int(numeral)
    if numeral in CIRCLED and len(numeral) == 1:
        return CIRCLED.index(numeral) + 1
    if numeral and all(character in _VALUES for character in numeral):
        return int("".join(str(_VALUES[character]) for character in numeral))
    total = digit = 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        elif character in _VALUES:
            digit = _VALUES[character]
        else:
            return None
    return total + digit if numeral else None
