"""The mirror site of the corpus's five documents, rebuilt: what it does to a clean text.

It turns the text Traditional, puts a reading behind certain characters by replacing bytes blindly, cuts the
bytes wherever those of a mark stand, reads each piece as GBK, and makes the marks half-width.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import opencc

NARROW = str.maketrans("，：；！？（）", ",:;!?()")
CUTS = tuple(mark.encode("gbk") for mark in "、！？。")
"""In this order: that is what the damage of the real page shows (。“ is cut as ！, 保、 is not)."""

_TO_TRADITIONAL = opencc.OpenCC("s2t")


def traditional(text: str) -> str:
    """The Traditional form, character by character where OpenCC would change the length or leave GBK."""
    form = _TO_TRADITIONAL.convert(text)
    assert len(form) == len(text)
    return "".join(new if _in_gbk(new) else old for new, old in zip(form, text, strict=True))


def mirror(text: str, readings: Mapping[str, str], *, narrow: bool = True) -> str:
    """What the site makes of ``text``, line by line."""
    lines = [_mirror_line(line, readings) for line in traditional(text).split("\n")]
    page = "\n".join(lines)
    return page.translate(NARROW) if narrow else page


def _mirror_line(line: str, readings: Mapping[str, str]) -> str:
    data = line.encode("gbk", "ignore")
    for host, reading in readings.items():
        data = data.replace(host.encode("gbk"), f"{host}({reading})".encode("gbk"))
    pieces: Iterable[bytes] = [data]
    for mark in CUTS:
        pieces = [part for piece in pieces for part in _cut(piece, mark)]
    return "".join(map(read_gbk, pieces))


def _cut(piece: bytes, mark: bytes) -> Iterable[bytes]:
    first, *rest = piece.split(mark)
    return [first, *(mark + part for part in rest)]


def read_gbk(data: bytes) -> str:
    """Read GBK as the site does: a pair that is none becomes one ``?``, a lone last byte too."""
    out: list[str] = []
    position = 0
    while position < len(data):
        if data[position] < 0x80:
            out.append(chr(data[position]))
            position += 1
            continue
        try:
            out.append(data[position : position + 2].decode("gbk"))
        except UnicodeDecodeError:
            out.append("?")
        position += 2
    return "".join(out)


def _in_gbk(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
