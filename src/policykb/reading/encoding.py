"""Which encoding bytes are in, and their text.

The order is: byte order mark, UTF-8, UTF-16 without a mark, then GB18030 against Big5, at last what
charset-normalizer makes of it.  GB18030 takes nearly any bytes, so it has to win against Big5 by the share
of everyday characters.  Whatever is called gb2312 or gbk is decoded as their superset GB18030, since real
pages hold characters beyond the smaller sets.
"""

from __future__ import annotations

import codecs

import charset_normalizer

from policykb.errors import ReadError
from policykb.reading.everyday import everyday_share
from policykb.reading.misreading import read_damaged_utf8, undo_misreading

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 20_000
_READ_AS = " read as "
_PLAUSIBLE_SHARE = 0.1
"""Everyday characters make up 30 % and more of Chinese text, 1 % of what a wrong encoding makes of it."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of ``data`` and the name of the encoding it is in.

    The text keeps its line ends; a byte order mark is not part of it.  Where the text had been read wrongly and
    saved again before, that is undone, and the encoding says so (“utf-8 read as gbk”).  Raises ``ReadError``
    where the bytes are no text.
    """
    text, encoding = _decode(data)
    misreading = undo_misreading(text)
    if misreading is None:
        return text, encoding
    return misreading.text, f"{misreading.right}{_READ_AS}{misreading.wrong}"


def misreading_of(encoding: str) -> tuple[str, str] | None:
    """The right and the wrong encoding where ``decode`` undid a misreading, by the encoding that it gave back."""
    right, mark, wrong = encoding.partition(_READ_AS)
    return (right, wrong) if mark else None


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding)
    if b"\0" in data:
        return _decode_utf16(data)
    text = _try(data, "utf-8")
    if text is not None:
        return text, "utf-8"
    return _decode_chinese(data)


def _decode_marked(data: bytes, encoding: str) -> tuple[str, str]:
    text = _try(data, encoding)
    if text is None:
        raise ReadError(
            "开头标明是 {encoding} 编码，内容却不是；请用文本编辑器另存为 UTF-8 后再试。", encoding=encoding
        )
    return text, encoding


def _decode_utf16(data: bytes) -> tuple[str, str]:
    """Bytes with zeros among them: UTF-16 without a mark, or no text at all."""
    tried = [(text, encoding) for encoding in ("utf-16-le", "utf-16-be") if (text := _try(data, encoding))]
    best = max(tried, key=lambda pair: everyday_share(pair[0]), default=None)
    if best is None or "\0" in best[0] or everyday_share(best[0]) < _PLAUSIBLE_SHARE:
        raise ReadError("含有空字节，不是文本文件；请确认文件类型，或先转换成文本再试。")
    return best


def _decode_chinese(data: bytes) -> tuple[str, str]:
    tried = [(text, encoding) for encoding in ("gb18030", "big5") if (text := _try(data, encoding)) is not None]
    best = max(tried, key=lambda pair: everyday_share(pair[0]), default=None)
    if best is not None and (everyday_share(best[0]) >= _PLAUSIBLE_SHARE or len(best[0]) < 8):
        return best
    damaged = read_damaged_utf8(data)
    if damaged is not None:
        return damaged, "utf-8"
    guess = charset_normalizer.from_bytes(data).best()
    if guess is not None:
        encoding = "gb18030" if guess.encoding in {"gb2312", "gbk", "hz"} else guess.encoding
        text = _try(data, encoding)
        if text is not None and _printable(text):
            return text, encoding
    if best is not None and _printable(best[0]):
        return best
    raise ReadError("无法识别文字编码，可能不是文本文件；请用文本编辑器另存为 UTF-8 后再试。")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _printable(text: str) -> bool:
    """Whether next to nothing of the text is a control character."""
    sample = text[:_SAMPLE]
    controls = sum(1 for character in sample if character < " " and character not in "\t\n\r\f")
    return controls * 100 <= len(sample)
