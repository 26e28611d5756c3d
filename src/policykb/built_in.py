"""Where the built-in corpus is kept once it has been read: a folder of the user's cache.

Reading the five source texts anew costs seconds.  The folder's name holds a fingerprint of the program and
of its data, so that a changed program never answers from what an older one made.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import platformdirs

from policykb.resources import bundled_folder, package_files

PREFIX = "built-in-"


def cache_folder() -> Path:
    """The folder that this version of the program keeps its built-in corpus in; it need not be there."""
    digest = hashlib.sha256()
    for path in package_files():
        digest.update(path.read_bytes())
    return Path(platformdirs.user_cache_dir("policykb", appauthor=False)) / f"{PREFIX}{digest.hexdigest()[:16]}"


def corpus_files() -> list[Path]:
    """The source texts of the built-in corpus, sorted by name."""
    return sorted(bundled_folder("corpus").glob("*.txt"))


def ensure_built(folder: Path, build: Callable[[Path], None]) -> None:
    """Let ``build`` fill a new folder and put it at ``folder``, whole or not at all; done already, do nothing.

    Folders of other versions beside it are removed.  Raises ``OSError`` where the cache cannot be written.
    """
    if folder.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="building-", dir=folder.parent))
    try:
        build(scratch)
        for old in folder.parent.glob(f"{PREFIX}*"):
            shutil.rmtree(old, ignore_errors=True)
        try:
            scratch.rename(folder)
        except OSError:
            if not folder.is_dir():  # another process was first: as good
                raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def discard(folder: Path) -> None:
    """Clear a folder that holds nothing, so that the next run fills it anew."""
    shutil.rmtree(folder, ignore_errors=True)
