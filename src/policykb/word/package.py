"""The file itself: the same parts give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as WordDocument
from docx.opc.oxml import CT_Types, serialize_part_xml
from docx.opc.packuri import PACKAGE_URI
from docx.opc.part import Part
from docx.opc.spec import default_content_types

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]{0,300}>)[^<]{0,40}(</dcterms:modified>)")
_FIRST = "[Content_Types].xml"
_CORE = "docProps/core.xml"
_ALWAYS = ("rels", "xml")


def packed(document: WordDocument) -> bytes:
    """The file of ``document``, as its own ``save`` but for the clock's time at each part, and compressed once."""
    package = document.part.package
    parts = package.parts
    for part in parts:
        part.before_marshal()
    return _zipped(
        {_FIRST: _content_types(parts), PACKAGE_URI.rels_uri.membername: package.rels.xml, **dict(_files(parts))}
    )


def repack(data: bytes, *, modified: datetime) -> bytes:
    """The same package with its parts in order of name and without the clock's time at each of them.

    ``modified`` stands in for the time that openpyxl puts into the core properties at each saving.
    """
    with ZipFile(BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    told = modified.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return _zipped(parts | {_CORE: _MODIFIED.sub(rb"\g<1>%s\g<2>" % told, parts[_CORE])})


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as package:
        for name in sorted(parts, key=lambda name: (name != _FIRST, name)):
            entry = ZipInfo(name, date_time=_EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3  # else the bytes tell on which system they were written
            package.writestr(entry, parts[name])
    return file.getvalue()


def _files(parts: Iterable[Part]) -> Iterator[tuple[str, bytes]]:
    for part in parts:
        yield part.partname.membername, part.blob
        if part.rels:
            yield part.partname.rels_uri.membername, part.rels.xml


def _content_types(parts: Iterable[Part]) -> bytes:
    """What kind each part is: by its ending where that tells, else one by one."""
    defaults = {ending: kind for ending, kind in default_content_types if ending in _ALWAYS}
    kinds = CT_Types.new()  # type: ignore[no-untyped-call]  # theirs
    others = {}
    for part in parts:
        ending = part.partname.ext.lower()
        if (ending, part.content_type) in default_content_types:
            defaults[ending] = part.content_type
        else:
            others[part.partname] = part.content_type
    for ending in sorted(defaults):
        kinds.add_default(ending, defaults[ending])
    for name in sorted(others):
        kinds.add_override(name, others[name])
    return serialize_part_xml(kinds)
