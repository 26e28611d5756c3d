"""Which format a file really has, and its reader.

A name may lie: web pages are saved as .doc and .txt, Word files renamed.  Formats that begin with a mark of
their own are recognised by it; for all others the suffix counts.  Readers are imported when they are needed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from policykb.errors import ReadError, later
from policykb.models import Source
from policykb.reading.limits import check_size, limit
from policykb.reading.names import readable

READERS = {
    ".html": "html:read_html",
    ".htm": "html:read_html",
    ".shtml": "html:read_html",
    ".xhtml": "html:read_html",
    ".mht": "mht:read_mht",
    ".mhtml": "mht:read_mht",
    ".docx": "word:read_word",
    ".docm": "word:read_word",
    ".pdf": "pdf:read_pdf",
    ".csv": "tables:read_csv",
    ".tsv": "tables:read_csv",
    ".xlsx": "tables:read_xlsx",
    ".doc": "office:read_office",
    ".wps": "office:read_office",
    ".rtf": "office:read_office",
    ".odt": "office:read_office",
}
"""Suffix → module and function of its reader."""

_ARCHIVES = frozenset({".zip", ".rar", ".7z", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".iso"})

_ARCHIVE_MARKS = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh91AY&SY", b"\xfd7zXZ\x00")
_PICTURE_MARKS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*")
_PAGE_START = re.compile(rb"<(?:!doctype\s+html|html)\b", re.I)
_PAGE_LEAD = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*>\s*)?(?:<!--[^>]*-->\s*)*$")
"""What may stand before the first tag of a page."""

_MAIL_HEAD = re.compile(rb"^(?:From|MIME-Version|Subject|Date|Content-Type|Snapshot-Content-Location)\s?:", re.I)
_PACKAGES = (
    ("word/document.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("content.xml", ".odt"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED = {
    "archive": later("是压缩包；请先解压，再添加解压后的文件或文件夹。"),
    "picture": later("是图片，没有文字；请先做文字识别（OCR），再添加识别后的文本。"),
    "encrypted": later("文件加了密码；请先在 Word/WPS 中取消密码再读。"),
    "ofd": later("是 OFD 版式文件，暂不支持；请用 OFD 阅读器另存为 PDF 或 Word 后再读。"),
    "slides": later("是演示文稿，不是文件正文；请把文字另存为 .docx 或 .txt 后再读。"),
    "sheet": later("是旧版 .xls 表格；请在 Excel 或 WPS 中另存为 .xlsx 后再读。"),
}


def stream_file(path: Path) -> Iterator[Source]:
    """The sources of one file of any format but plain text and JSONL, read by what it really is.

    Raises ``ReadError`` with the file, the reason and the remedy.
    """
    try:
        data = _read_bytes(path)
        kind = recognise(data) or path.suffix.lower()
        yield from _read(data, "archive" if kind in _ARCHIVES else kind, readable(path.name))
    except ReadError as error:
        raise ReadError("{path}：{error}", path=path, error=error) from error


def is_known(suffix: str) -> bool:
    """Whether ``stream_file`` reads this format, or refuses it with a word of its own."""
    return suffix in READERS or suffix in _ARCHIVES or suffix in _REFUSED


def true_suffix(path: Path) -> str | None:
    """The suffix that fits what a file begins with, or a word of what cannot be read; None where nothing tells.

    Raises ``OSError`` where the file cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(limit("file", "magic"))
        if not head.startswith((b"PK", _COMPOUND)):
            return recognise(head)
    return recognise(_read_bytes(path))


def recognise(data: bytes) -> str | None:
    """The suffix of the format that ``data`` is in, ``archive``, ``picture`` …; None where no mark tells."""
    head = data[: limit("file", "magic")]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package_kind(data)
    if head.startswith(_COMPOUND):
        return _compound_kind(data)
    return next((kind for kind, holds in _marks(head) if holds), None)


def _marks(head: bytes) -> Iterator[tuple[str, bool]]:
    """Each format that its first bytes tell, and whether they do."""
    yield ".pdf", b"%PDF-" in head[:1024]
    yield ".rtf", head.startswith(rb"{\rtf")
    yield "archive", head.startswith(_ARCHIVE_MARKS) or head[257:262] == b"ustar"
    yield "picture", head.startswith(_PICTURE_MARKS) and b"\0" in head
    yield ".mht", bool(_MAIL_HEAD.match(head)) and b"multipart/related" in head.lower()
    start = _PAGE_START.search(head)
    yield ".html", start is not None and bool(_PAGE_LEAD.match(head[: start.start()]))


def _read(data: bytes, kind: str, name: str) -> Iterator[Source]:
    if not data:
        raise ReadError("是空文件；请换成有内容的文件。")
    if kind in _REFUSED:
        raise ReadError(_REFUSED[kind])
    module, function = READERS[kind].split(":")
    reader = getattr(import_module(f"policykb.reading.{module}"), function)
    try:
        yield from reader(data, name)
    except ReadError:
        raise
    except Exception as error:  # a parser of foreign bytes may fail in any way; the rest of the batch must go on
        raise ReadError(
            "文件已损坏或格式不规范（{reason}）；请重新下载，或另存一份再读。", reason=type(error).__name__
        ) from error


def _read_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(limit("file", "bytes") + 1)
    check_size(data, "file")
    return data


def _package_kind(data: bytes) -> str:
    """What a zip file is, by the names of its parts; a damaged one is left to its reader, which says so."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        head = data[:4096]
        return ".docx" if b"[Content_Types].xml" in head or b"word/" in head else "archive"
    for part, suffix in _PACKAGES:
        if part in names:
            return suffix
    if "OFD.xml" in names:
        return "ofd"
    if "ppt/presentation.xml" in names:
        return "slides"
    return ".docx" if "_rels/.rels" in names and any(name.endswith("document.xml") for name in names) else "archive"


def _compound_kind(data: bytes) -> str:
    """What a file of the older office programs is, by the names of its streams (UTF-16)."""
    if _holds(data, "EncryptedPackage"):
        return "encrypted"
    if _holds(data, "WordDocument"):
        return ".doc"
    if _holds(data, "PowerPoint Document"):
        return "slides"
    return "sheet" if _holds(data, "Workbook") else ".wps"


def _holds(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data
