"""The finished draft: its blocks, what is missing, what may be foreign, where everything comes from."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from policykb.blocks import Block, BlockKind
from policykb.drafting.markdown import to_markdown
from policykb.drafting.rendering import MissingField
from policykb.errors import WriteError
from policykb.models import Record
from policykb.terms import ResidueKind
from policykb.word import PageLayout, write_docx


class Residue(Record):
    """A stretch of the draft that may not fit the target: ``where`` names the heading above it."""

    text: str
    kind: ResidueKind
    where: str


class SourceQuote(Record):
    """A borrowed sentence as its source has it: ``quote`` is the document's text at ``[start, end)``."""

    practice: str
    document_id: str
    title: str
    start: int
    end: int
    quote: str
    sha256: str


class Draft(Record):
    """A draft, not yet written anywhere.  ``missing`` and ``residue`` are in order of their place."""

    template: str
    locality: str
    blocks: tuple[Block, ...]
    missing: tuple[MissingField, ...] = ()
    residue: tuple[Residue, ...] = ()
    sources: tuple[SourceQuote, ...] = ()

    @property
    def title(self) -> str:
        """The title; empty where the template has none."""
        return next((block.text for block in self.blocks if block.kind is BlockKind.TITLE), "")

    @property
    def complete(self) -> bool:
        """Whether nothing is missing and nothing is left to look at."""
        return not self.missing and not self.residue

    def save(self, path: str | Path, *, layout: PageLayout | None = None) -> Path:
        """Write the draft as .docx or .md, whole or not at all; folders are made where they lack.

        Raises ``WriteError`` for another suffix or a place that cannot be written.
        """
        path = Path(path)
        suffix = path.suffix.lower()
        if suffix == ".docx":
            data = write_docx(self.blocks, layout=layout)
        elif suffix == ".md":
            data = to_markdown(self.blocks).encode()
        else:
            raise WriteError(f"{path}：不能写成 {suffix or '（无后缀）'}，请用 .docx 或 .md")
        _write_whole(path, data)
        return path

    def report(self, output: str | Path | None = None) -> dict[str, Any]:
        """What ``draft --report`` writes; ``output`` is where the draft was saved."""
        report = self.model_dump(mode="json", exclude={"blocks"})
        return {"template": report.pop("template"), "locality": report.pop("locality"),
                "output": None if output is None else str(output), **report}  # fmt: skip

    def save_report(self, path: str | Path, *, output: str | Path | None = None) -> Path:
        """Write the report as JSON, whole or not at all.  Raises ``WriteError`` as ``save`` does."""
        path = Path(path)
        _write_whole(path, (json.dumps(self.report(output), ensure_ascii=False, indent=2) + "\n").encode())
        return path


def _write_whole(path: Path, data: bytes) -> None:
    """Write beside the target first, so that the target is never half written."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=path.suffix, delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        if temporary:
            temporary.unlink(missing_ok=True)
        raise WriteError(f"{path}：写不进去（{error.strerror}），请检查文件夹是否可写、文件是否正被打开") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
