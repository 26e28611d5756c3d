"""Names of files that are not in the system's encoding, made readable.

A name in GBK bytes on a UTF-8 system reaches Python with surrogates in it, which neither prints nor encodes.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_FOREIGN = re.compile("[^/：\n]*[\udc80-\udcff][^/：\n]*")
"""A part of a path with bytes that are not UTF-8 in it.  Any other character of it may come from bytes of GBK, too: a
letter is the second byte of one, and two or three bytes may make a character of UTF-8 by chance."""


def readable(text: str | Path) -> str:
    """A name, or a line that holds one before a ：, as a person reads it: foreign bytes are taken for GB18030.

    For show only: the result opens no file.
    """
    return _FOREIGN.sub(_decoded, str(text))


def _decoded(match: re.Match[str]) -> str:
    data = os.fsencode(match[0])
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")
