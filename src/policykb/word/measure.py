"""Widths in 字: how wide a text is on the page, and where signature and date begin."""

from __future__ import annotations

import unicodedata


def width(text: str) -> float:
    """The width of ``text`` in 字: a Chinese character is 1, a digit or a Latin letter a half."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def closing_indents(signature: str, date: str, line: float, margin: float, shift: float) -> tuple[float, float]:
    """Where signature and date begin without a seal (7.3.5.2): their left indents, in 字.

    On a ``line`` so wide the signature ends ``margin`` from the right, and the date begins ``shift`` right of
    the signature's first character.  A date longer than the signature ends ``margin`` from the right itself,
    and the signature gives way.  One that is empty counts as not there; what is too long begins at the left.
    """
    signature_at, date_at = (line - margin - width(text) for text in (signature, date))
    if signature and date and width(date) <= width(signature):
        date_at = signature_at + shift
    elif signature and date:
        signature_at = date_at - shift
    return max(signature_at, 0.0), max(date_at, 0.0)


def sealed_indents(signature: str, date: str, line: float, margin: float) -> tuple[float, float]:
    """Where signature and date begin under a seal (7.3.5.1): their left indents, in 字.

    The date ends ``margin`` from the right, the signature is centred over it as far as the line is long enough.
    """
    date_at = line - margin - width(date)
    signature_at = date_at + (width(date) - width(signature)) / 2
    return max(min(signature_at, line - width(signature)), 0.0), max(date_at, 0.0)
