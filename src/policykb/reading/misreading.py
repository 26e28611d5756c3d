"""Text whose bytes were once read in a wrong encoding and saved again: recognised, and read back.

Three mistakes make nearly all of it: UTF-8 read as GBK (“鍏氱殑”), and GBK or UTF-8 read as Latin-1
(“µ³µÄ”, “å…šçš„”).  Each is undone by taking the same way backwards.  Where a program dropped a byte for which its
own encoding had no character, the character that the byte belonged to is lost, and ⍰ marks it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from policykb.reading.everyday import everyday_share, wide_sample

LOST = "⍰"
_FEWEST = 12
"""Characters outside of ASCII below which nothing is certain."""

_WRONG_SHARE, _RIGHT_SHARE = 0.15, 0.3
"""Everyday characters make up 60 % and more of Chinese text, 2 % at most of text that was read wrongly."""

_MOST_LOST = 0.3
"""The strictest programs lose 19 of 100 characters, Windows 5."""

_WINDOWS = {ord(bytes([byte]).decode("cp1252", "replace")): byte for byte in range(0x80, 0xA0)}
_WINDOWS.pop(0xFFFD)

_PRIVATE = re.compile("[\ue000-\ue765€]")
"""What only a program makes of bytes that knows the whole of GBK with its user-defined characters, as Windows does."""

_DROPPED_80 = re.compile(rb"(?<=[\xe2-\xef])[\x1a?](?=[\x80-\xbf])|(?<=[\xe2-\xef][\x80-\xbf])[\x1a?](?=[\xc2-\xf4])")
"""Such a program drops a byte between two others only if it is 0x80: with any other it makes a pair."""

_BROKEN = re.compile("\ufffd+(?:[?\x1a]\ufffd*)?|\x1a")


class Misreading(NamedTuple):
    """``text`` as it was meant; its bytes are ``right`` and had been taken for ``wrong``."""

    text: str
    right: str
    wrong: str


def undo_misreading(text: str) -> Misreading | None:
    """The text as it was before its bytes were read wrongly; None for text that reads as it should."""
    if "的" in text:  # which no misreading makes, and nearly every text has
        return None
    sample = wide_sample(text)
    if len(sample) < _FEWEST or everyday_share(sample) > _WRONG_SHARE:
        return None
    latin = sum(character <= "\xff" or ord(character) in _WINDOWS for character in sample)
    ways = _LATIN_WAYS if latin * 10 > len(sample) * 9 else _CHINESE_WAYS
    return next((found for way in ways if (found := way(text)) is not None), None)


def undo_as(text: str, right: str, wrong: str) -> str | None:
    """A short text that was read wrongly as a longer one beside it was; None where its bytes do not tell."""
    try:
        data = text.translate(_WINDOWS).encode("latin-1") if wrong == "latin-1" else text.encode("gb18030")
        return data.decode(right)
    except UnicodeError:
        return None


def read_damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with broken places as text, ⍰ at each; None where it is no such thing."""
    text = _BROKEN.sub(LOST, data.decode("utf-8", "replace"))
    wide = sum(1 for character in text if character > "\x7f")
    likely = text.count(LOST) <= wide * _MOST_LOST and everyday_share(text) >= _RIGHT_SHARE
    return text if likely else None


def _from_gbk(text: str) -> Misreading | None:
    data = text.replace("\ufffd", "\x1a").encode("gb18030", "ignore")
    meant = [
        found
        for euro in (b"\xa2\xe3", b"\x80")  # what a € is in GB18030, and on Windows
        if (found := read_damaged_utf8(_put_back(data.replace(b"\xa2\xe3", euro), text))) is not None
    ]
    return Misreading(min(meant, key=lambda found: found.count(LOST)), "utf-8", "gbk") if meant else None


def _put_back(data: bytes, text: str) -> bytes:
    """The bytes with those that can only have been 0x80."""
    return _DROPPED_80.sub(b"\x80", data) if _PRIVATE.search(text) else data


def _from_latin(text: str, right: str) -> Misreading | None:
    data = text.translate(_WINDOWS)
    try:
        meant: str | None = data.encode("latin-1").decode(right)
    except UnicodeError:
        meant = _mended(data) if right == "utf-8" else None
    fits = meant is not None and everyday_share(meant) >= _RIGHT_SHARE
    return Misreading(meant, right, "latin-1") if meant is not None and fits else None


def _mended(text: str) -> str | None:
    """The same where a program that shows text put in some of its own (numbers of a list) or took blanks away."""
    return read_damaged_utf8(b"".join(each.encode("latin-1" if each <= "\xff" else "utf-8") for each in text))


_CHINESE_WAYS: tuple[Callable[[str], Misreading | None], ...] = (_from_gbk,)
_LATIN_WAYS: tuple[Callable[[str], Misreading | None], ...] = (
    lambda text: _from_latin(text, "utf-8"),
    lambda text: _from_latin(text, "gb18030"),
    lambda text: _from_latin(text, "big5"),
)
