"""The files below a folder, in a settled order, whatever stands in the way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from policykb.errors import reason_of
from policykb.reading.names import readable

_LEFT_OUT = frozenset({"thumbs.db", "desktop.ini", "manifest.toml"})
"""Files that no person put there as a text; the manifest tells where the texts of a corpus are from."""

_LOCKS = ("~$", ".~lock.", "~wrl")
"""How the names of files begin that Word, WPS and LibreOffice lay beside an open document."""


class Unreadable(NamedTuple):
    """A folder that could not be looked into: ``reason`` is one line with the path and the remedy."""

    path: Path
    reason: str


def find_files(path: Path) -> Iterator[Path | Unreadable]:
    """Every file to be read at or below ``path``, folder by folder, names in order of their bytes.

    A file is given as it is.  Hidden files and folders, lock files and files of the system are left out.  Links
    are followed, but no folder is entered twice, so a circle of links ends.  A folder that cannot be opened
    is given as ``Unreadable`` and the rest goes on; a path that does not exist gives itself, for the reader
    to say so.
    """
    if not path.is_dir():
        yield path
        return
    seen: set[tuple[int, int]] = set()
    waiting = [path]
    while waiting:
        folder = waiting.pop()
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            reason = f"{readable(folder)}：无法打开文件夹（{reason_of(error)}）；请检查读取权限。"
            yield Unreadable(folder, reason)
            continue
        entries = [entry for entry in entries if not _is_left_out(entry.name)]
        yield from (Path(entry.path) for entry in entries if not _is_folder(entry))
        waiting += [Path(entry.path) for entry in reversed(entries) if _is_folder(entry)]


def _is_left_out(name: str) -> bool:
    lowered = name.lower()
    return lowered.startswith((".", *_LOCKS)) or lowered in _LEFT_OUT


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False
