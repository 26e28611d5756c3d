"""Putting a file in place: whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from policykb.errors import WriteError, reason_of


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the target first, so that the target is never half written; folders are made where they lack.

    Raises ``WriteError`` where it cannot be written; what stood there before then stays.
    """
    scratch = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=path.suffix, delete=False) as file:
            scratch = Path(file.name)
            file.write(data)
        scratch.chmod(0o666 & ~_umask())
        scratch.replace(path)
    except OSError as error:
        if scratch:
            scratch.unlink(missing_ok=True)
        raise WriteError(
            "{path}：写不进去（{reason}），请检查文件夹是否可写、文件是否正被打开", path=path, reason=reason_of(error)
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
