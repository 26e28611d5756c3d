"""PDF files → sources: paragraphs and tables in reading order, page numbers and running heads left out.

pdfplumber gives the place of each character; pypdf's text puts blanks around punctuation and
knows no indents, so wrapped lines could not be told from paragraphs.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import zlib
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from policykb.errors import ReadError, later
from policykb.models import PageFact, Source
from policykb.reading.limits import limit
from policykb.reading.pdf_columns import pages_of
from policykb.reading.pdf_lines import Page
from policykb.reading.pdf_paragraphs import paragraphs_of

_STREAM = re.compile(rb"stream\r?\n")
_TWICE_PACKED = re.compile(rb"/Fl(?:ateDecode)?\s*/Fl(?:ateDecode)?\b")
_CHUNK = 1 << 20
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_UNREADABLE_SHARE = 0.3
_OCR = later("请先做文字识别（OCR），再读识别后的文件")


def read_pdf(data: bytes, name: str) -> list[Source]:
    """The source of one PDF.

    Raises ``ReadError`` where the file is encrypted, damaged, holds pictures only, or goes beyond the limits.
    """
    try:
        pdfplumber = import_module("pdfplumber")
    except ImportError as error:
        raise ReadError("读取 PDF 需要 pdfplumber；请运行 pip install pdfplumber，或另存为 .docx。") from error
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every oddity of a font
    _check_streams(data)
    pages = list(_pages(pdfplumber, data))
    text = "\n".join(paragraphs_of(pages))
    if not text.strip():
        raise ReadError("PDF 里没有文字，是扫描件或图片；{remedy}。", remedy=_OCR)
    if text.count(_UNREADABLE) > len(text) * _UNREADABLE_SHARE:
        raise ReadError("PDF 的字体没有文字编码，取不出文字；{remedy}。", remedy=_OCR)
    sha256 = hashlib.sha256(data).hexdigest()
    return [Source(name=name, text=text, encoding="pdf", sha256=sha256, facts=_remarks(pages))]


def _pages(pdfplumber: ModuleType, data: bytes) -> Iterator[Page]:
    """The pages in order, each let go of as soon as its lines are taken."""
    password_error = import_module("pdfminer.pdfdocument").PDFPasswordIncorrect
    try:
        document = pdfplumber.open(io.BytesIO(data))
    except Exception as error:
        # pdfplumber wraps pdfminer's errors, and a damaged file may raise anything
        if any(isinstance(cause, password_error) for cause in (error, error.__cause__, *error.args)):
            raise ReadError("PDF 加了密码；请先取消密码再读。") from error
        raise ReadError(
            "PDF 不完整或已损坏（{reason}）；请重新下载，或另存一份再读。", reason=type(error).__name__
        ) from error
    with document:
        if len(document.pages) > limit("pdf", "pages"):
            raise ReadError(
                "PDF 有 {pages} 页，超过 {limit} 页的上限；请拆分后再读。",
                pages=len(document.pages),
                limit=limit("pdf", "pages"),
            )
        for page in document.pages:
            yield from pages_of(page)
            page.close()


def _check_streams(data: bytes) -> None:
    """Refuse what unpacks beyond the limits, before any parser unpacks it; nothing unpacked is kept."""
    if _TWICE_PACKED.search(data):
        raise ReadError("PDF 里有重复压缩的数据，疑似压缩炸弹；未读取。")
    total = 0
    for match in _STREAM.finditer(data):
        total += _unpacked_size(memoryview(data)[match.end() :])
        if total > limit("pdf", "streams"):
            raise ReadError("PDF 解压后过大，疑似压缩炸弹；未读取。")


def _unpacked_size(packed: memoryview) -> int:
    """How long a deflated stream gets, or how long it is where that is more; little for one packed otherwise."""
    unpacker, size, at = zlib.decompressobj(), 0, 0
    try:
        while not unpacker.eof and at < len(packed):
            block = packed[at : at + _CHUNK] if at else packed[:4096]
            at += len(block)
            size += len(unpacker.decompress(block, _CHUNK))
            while unpacker.unconsumed_tail:
                size += len(unpacker.decompress(unpacker.unconsumed_tail, _CHUNK))
                if size > limit("pdf", "stream"):
                    raise ReadError("PDF 解压后过大，疑似压缩炸弹；未读取。")
    except zlib.error:
        return size
    return max(size, at)


def _remarks(pages: list[Page]) -> tuple[PageFact, ...]:
    """Say which pages hold a picture and no text: what stands on them is missing."""
    empty = [page.number for page in pages if not page.lines and not page.tables and page.has_picture]
    if not empty:
        return ()
    shown = "、".join(map(str, empty[:20])) + ("……" if len(empty) > 20 else "")
    return (PageFact(field="remarks", value=f"PDF 第 {shown} 页只有图像，其中的文字没有读入"),)
