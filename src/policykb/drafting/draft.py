"""The finished draft: its blocks, what is missing, what may be foreign, where everything comes from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, ClassVar

from policykb.blocks import Block, BlockKind, Cell, Header, Imprint, Run
from policykb.display import Borrowed, Doubt, draft_view
from policykb.drafting.markdown import to_markdown
from policykb.drafting.rendering import MissingField
from policykb.drafting.workbook import to_workbook
from policykb.errors import WriteError
from policykb.models import Record
from policykb.terms import ResidueKind
from policykb.word import PageLayout, Properties, write_docx
from policykb.writing import write_whole


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


_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]|^[. ]+|[. ]+$')
_TO_FILL = re.compile("【待填：[^【】]*】")
_REPORTED = ("template", "locality", "missing", "residue", "sources")


class Traced(Record):
    """What every draft tells of itself, ours or one on a clerk's own Word file, in the order of its text."""

    shown: ClassVar[tuple[str, ...]] = ("template", "locality", "missing", "residue", "sources")

    template: str
    locality: str
    missing: tuple[MissingField, ...] = ()
    residue: tuple[Residue, ...] = ()
    sources: tuple[SourceQuote, ...] = ()

    @property
    def file_stem(self) -> str:
        """A name for its file that every system takes."""
        return _file_name(f"{self.locality}-{self.template}")

    @property
    def complete(self) -> bool:
        """Whether nothing is missing and nothing is left to look at."""
        return not self.missing and not self.residue

    def _repr_html_(self) -> str:
        return self._view()

    def _view(self, blocks: Sequence[Block] = (), header: Header | None = None, imprint: Imprint | None = None) -> str:
        """What a notebook shows: the page where it is ours to know, and what it tells of itself."""
        return draft_view(
            blocks,
            header=header,
            imprint=imprint,
            missing=[one.label for one in self.missing],
            doubts=[Doubt(one.text, one.kind.zh, one.where) for one in self.residue],
            borrowed=[
                Borrowed(s.practice, s.title, f"{s.document_id} {s.start}–{s.end}", s.quote) for s in self.sources
            ],
        )

    def report(self, output: str | Path | None = None) -> dict[str, Any]:
        """What ``draft --report`` writes; ``output`` is where the draft was saved."""
        report = self.model_dump(mode="json", include=set(_REPORTED))
        told = None if output is None else str(output)
        return {"template": report["template"], "locality": report["locality"], "output": told} | {
            name: report[name] for name in _REPORTED[2:]
        }

    def save_report(self, path: str | Path, *, output: str | Path | None = None) -> Path:
        """Write the report as JSON, whole or not at all.  Raises ``WriteError`` as ``save`` does."""
        path = Path(path)
        write_whole(path, (json.dumps(self.report(output), ensure_ascii=False, indent=2) + "\n").encode())
        return path


class Draft(Traced):
    """A draft, not yet written anywhere.  ``missing`` and ``residue`` are in order of their place.

    ``header`` and ``imprint`` stand around the ``blocks``; ``sealed`` leaves room for a seal; ``dated`` is the day
    that comments and file carry; ``choices`` are what columns of a workbook let choose from, by their heads.
    """

    shown: ClassVar[tuple[str, ...]] = ("title", "locality", "blocks", "missing", "residue", "sources")

    blocks: tuple[Block, ...]
    header: Header | None = None
    imprint: Imprint | None = None
    sealed: bool = False
    dated: date | None = None
    choices: Mapping[str, tuple[str, ...]] = {}

    @property
    def title(self) -> str:
        """The title; empty where the template has none."""
        return next((block.text for block in self.blocks if block.kind is BlockKind.TITLE), "")

    @property
    def file_stem(self) -> str:
        """A name for its file that every system takes: the title without what is to be filled in.

        The place stands in front where the title does not name it, so that no two places share a name; a draft
        without a title is called by its template.
        """
        title = _TO_FILL.sub("", self.title)
        if not title:
            return super().file_stem
        return _file_name(title if self.locality in title else f"{self.locality}-{title}")

    def clean(self) -> Draft:
        """The same without comments: the copy that is sent out."""
        return self.model_copy(update={"blocks": tuple(map(_without_comments, self.blocks))})

    def with_source_list(self) -> Draft:
        """The same with a list 参考做法出处 on a page of its own; the draft itself where nothing was borrowed."""
        told = [run.comment for block in self.blocks for runs in block.stretches for run in runs if run.comment]
        places = dict.fromkeys(_place_of(comment) for comment in told)
        if not places:
            return self
        lines = [Block(kind=BlockKind.BODY, runs=(Run(text=f"{n}.{place}"),)) for n, place in enumerate(places, 1)]
        head = Block(kind=BlockKind.ATTACHMENT, runs=(Run(text="参考做法出处"),))
        return self.model_copy(update={"blocks": (*self.blocks, head, *lines)})

    def save(self, path: str | Path, *, layout: PageLayout | None = None) -> Path:
        """Write the draft as .docx, .md or .xlsx (its tables), whole or not at all; folders are made where they lack.

        Raises ``WriteError`` for another suffix, a place that cannot be written, or a workbook without a table.
        """
        path = Path(path)
        suffix = path.suffix.lower()
        if suffix == ".docx":
            data = self._docx(layout)
        elif suffix == ".md":
            data = to_markdown(self.blocks).encode()
        elif suffix == ".xlsx":
            data = to_workbook(self.blocks, self.choices, self.dated)
        else:
            raise WriteError(
                "{path}：不能写成 {suffix}，请用 .docx、.md 或 .xlsx", path=path, suffix=suffix or "（无后缀）"
            )
        write_whole(path, data)
        return path

    def _docx(self, layout: PageLayout | None) -> bytes:
        told = {"created": datetime.combine(self.dated, time())} if self.dated else {}
        properties = Properties.model_validate({"title": self.title, **told})
        return write_docx(
            self.blocks,
            layout=layout,
            properties=properties,
            header=self.header,
            imprint=self.imprint,
            sealed=self.sealed,
        )

    def _repr_html_(self) -> str:
        return self._view(self.blocks, self.header, self.imprint)


def _file_name(text: str) -> str:
    return _NOT_IN_NAMES.sub("", text)[:80]


def _without_comments(block: Block) -> Block:
    def bare(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(run.model_copy(update={"comment": None}) for run in runs)

    def row(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(cell.model_copy(update={"runs": bare(cell.runs)}) for cell in cells)

    table = block.table
    if table:
        table = table.model_copy(update={"head": row(table.head), "rows": tuple(map(row, table.rows))})
    return block.model_copy(update={"runs": bare(block.runs), "table": table})


def _place_of(comment: str) -> str:
    """Source and place as the comment's first two lines tell them."""
    source, place, *_ = comment.split("\n")
    return f"{source.removeprefix('出处：')}，{place.removeprefix('位置：')}。"
