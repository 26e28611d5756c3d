"""What an index was made from and with, so that it knows whether it is fresh."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from policykb.models import Record

FILE_NAME = "manifest.json"


class Manifest(Record):
    """``fingerprint`` is that of tokens, fields and engine; ``revision`` that of the store."""

    fingerprint: str
    revision: int


class Ledger(Protocol):
    """Keeps the manifest of one index."""

    def read(self) -> Manifest | None:
        """The manifest; None where there is none that can be read."""
        ...

    def write(self, manifest: Manifest) -> None:
        """Put ``manifest`` in place of the one before."""
        ...


class MemoryLedger:
    """Keeps the manifest of an index in memory."""

    def __init__(self) -> None:
        self._manifest: Manifest | None = None

    def read(self) -> Manifest | None:
        """The manifest."""
        return self._manifest

    def write(self, manifest: Manifest) -> None:
        """Keep ``manifest``."""
        self._manifest = manifest


class FileLedger:
    """Keeps the manifest of an index in its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self) -> Manifest | None:
        """The manifest; None where there is none that can be read."""
        try:
            return Manifest.model_validate_json((self._folder / FILE_NAME).read_bytes())
        except (OSError, ValidationError):
            return None

    def write(self, manifest: Manifest) -> None:
        """Put ``manifest`` there at one stroke: a reader sees the old one or the new one."""
        draft = self._folder / f"{FILE_NAME}.{os.getpid()}"
        with draft.open("w", encoding="utf-8") as file:
            file.write(manifest.model_dump_json())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._folder / FILE_NAME)
