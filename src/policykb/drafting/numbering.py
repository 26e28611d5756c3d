"""The numbers of headings: 一、（一）1.（1）, written as text as the format wants it (7.3.3)."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese: 九, 十, 十二, 二十."""
    tens, ones = divmod(number, 10)
    head = ("" if tens < 2 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones or not tens else "")


class Numbering:
    """Counts headings while a document is read; a heading begins the count of those below it anew."""

    def __init__(self) -> None:
        """Begin at one on each level."""
        self._counts = [0, 0, 0, 0]

    def restart(self) -> None:
        """Begin at one again: an attachment counts for itself."""
        self._counts = [0, 0, 0, 0]

    def next(self, level: int) -> str:
        """The number of the next heading of ``level`` (0 to 3)."""
        self._counts[level] += 1
        self._counts[level + 1 :] = [0] * (len(self._counts) - level - 1)
        count = self._counts[level]
        chinese = chinese_number(count) if count < 100 else str(count)
        return (f"{chinese}、", f"（{chinese}）", f"{count}.", f"（{count}）")[level]
