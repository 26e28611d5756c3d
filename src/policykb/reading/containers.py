"""Zip packages of XML parts (.docx, .xlsx), opened so that no package can exhaust time or memory.

Declared sizes are checked before anything is unpacked; ``zipfile`` never yields more than it declares.
XML parts with a document type are refused: no office program writes one, and external entities need one.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from policykb.errors import ReadError, later
from policykb.reading.limits import limit

_DAMAGED = later("文件不完整或已损坏；请在 Word/WPS 中打开并另存一份，或重新下载。")


class Package:
    """An open zip package within the limits of ``[zip]``."""

    def __init__(self, data: bytes) -> None:
        """Open and check; raises ``ReadError`` where the package is damaged, encrypted or a bomb."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise ReadError(_DAMAGED) from error
        _check_entries(self._zip.infolist())
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """The bytes of a part; raises ``ReadError`` where it is missing, damaged or too large."""
        try:
            with self._zip.open(name) as part:
                data = part.read(limit("zip", "part") + 1)
        except KeyError as error:
            raise ReadError("缺少部件 {name}，{remedy}", name=name, remedy=_DAMAGED) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise ReadError(_DAMAGED) from error
        if len(data) > limit("zip", "part"):
            raise ReadError("部件 {name} 解压后过大，疑似压缩炸弹；未读取。", name=name)
        return data

    def parse(self, name: str) -> etree._Element:
        """The root element of an XML part; nothing outside of the part is ever loaded."""
        data = self.read(name)
        refuse_document_type(data, name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise ReadError("部件 {name} 的 XML 有误，{remedy}", name=name, remedy=_DAMAGED) from error

    def refuse_document_types(self) -> None:
        """Look through every XML part for a document type, for readers that parse the package themselves."""
        for name in sorted(self.names):
            if name.lower().endswith((".xml", ".rels")):
                refuse_document_type(self.read(name), name)


def refuse_document_type(data: bytes, name: str) -> None:
    """Raise ``ReadError`` where an XML part declares a document type, in any encoding of ASCII's width or wider."""
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise ReadError("部件 {name} 含有外部实体声明（DOCTYPE），不安全；未读取。", name=name)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise ReadError("文件加了密码；请先在 Word/WPS 中取消密码再读。")
    if len(entries) > limit("zip", "entries") or sum(entry.file_size for entry in entries) > limit("zip", "total"):
        raise ReadError("解压后过大，疑似压缩炸弹；未读取。")
    for entry in entries:
        packed = max(entry.compress_size, 1)
        if entry.file_size > limit("zip", "ratio_from") and entry.file_size // packed > limit("zip", "ratio"):
            raise ReadError("部件 {name} 的压缩比过高，疑似压缩炸弹；未读取。", name=entry.filename)
