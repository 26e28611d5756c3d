"""The file itself: the same parts give the same bytes."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]{0,300}>)[^<]{0,40}(</dcterms:modified>)")
_FIRST = "[Content_Types].xml"


def repack(data: bytes, *, modified: datetime | None = None) -> bytes:
    """The same package with its parts in order of name and without the clock's time at each of them.

    ``modified`` stands in for the time that openpyxl puts into the core properties at each saving.
    """
    result = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(result, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = ZipInfo(name, date_time=_EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3  # else the bytes tell on which system they were written
            part = old.read(name)
            if modified and name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>%s\g<2>" % modified.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), part)
            new.writestr(entry, part)
    return result.getvalue()
