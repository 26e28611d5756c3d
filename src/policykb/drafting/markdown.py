"""Markdown to blocks and back: the structure of a template's body, and the draft as a Markdown file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from policykb.blocks import HEADINGS, PAGE_TURNS, Block, BlockKind, Cell, Run, Table
from policykb.drafting.marks import Marks
from policykb.drafting.numbering import Numbering
from policykb.errors import TemplateError
from policykb.resources import data_file

_ABOVE = "^"
_BY_TAG = MappingProxyType({f"h{level}": kind for level, kind in enumerate((BlockKind.TITLE, *HEADINGS), 1)})
_REFUSED = MappingProxyType(
    {
        "code_block": "行首空了四格以上，会被当成代码",
        "fence": "不能用代码块",
        "hr": "不能用分隔线",
        "blockquote_open": "不能用引用块",
        "html_block": "不能用 HTML",
    }
)


def to_blocks(text: str, marks: Marks, where: str) -> list[Block]:
    """The blocks of rendered Markdown, headings numbered 一、（一）1.（1）; empty paragraphs are left out.

    Raises ``TemplateError`` for what an official document has no place for; ``where`` begins its line.
    """
    numbering = Numbering()
    blocks = []
    for part in _parts(text, where):
        if isinstance(part, _RawTable):
            blocks.append(Block(kind=BlockKind.TABLE, table=_table(part, marks)))
            continue
        role, content = _role(part.content) if part.kind is BlockKind.BODY else (part.kind, part.content)
        runs = tuple(marks.take(content))
        if role in PAGE_TURNS:
            blocks.append(Block(kind=role))
            continue
        if not "".join(run.text for run in runs).strip():
            continue
        if role in (BlockKind.TITLE, BlockKind.ATTACHMENT):
            numbering.restart()
        number = numbering.next(HEADINGS.index(role)) if role in HEADINGS else ""
        blocks.append(Block(kind=role, runs=(Run(text=number), *runs) if number else runs))
    return blocks


class _RawParagraph(NamedTuple):
    kind: BlockKind
    content: str


class _RawTable(NamedTuple):
    """The texts of the cells, head first, and how many dashes stand below each head."""

    rows: list[list[str]]
    dashes: tuple[int, ...]


def _parts(text: str, where: str) -> Iterator[_RawParagraph | _RawTable]:
    """Paragraphs and tables in order; an item of a list is a paragraph that begins with its number."""
    lines = text.split("\n")
    kind, item, rows, inside = BlockKind.BODY, "", list[list[str]](), False
    dashes: tuple[int, ...] = ()
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(text):
        _refuse(token, where)
        if token.type == "table_open":
            inside, rows = True, []
            dashes = tuple(cell.count("-") for cell in lines[(token.map or [0])[0] + 1].strip().strip("|").split("|"))
        elif token.type == "table_close":
            inside = False
            yield _RawTable(rows, dashes)
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "heading_open":
            kind = _BY_TAG[token.tag]
        elif token.type == "paragraph_open":
            kind = BlockKind.BODY
        elif token.type == "list_item_open":
            item = f"{token.info}{token.markup}" if token.info else ""
        elif token.type == "inline" and inside:
            rows[-1].append(_plain(token.children or ()))
        elif token.type == "inline":
            yield _RawParagraph(kind, item + _plain(token.children or ()))
            item = ""


def _refuse(token: Token, where: str) -> None:
    if token.type in _REFUSED or (token.type == "heading_open" and token.tag not in _BY_TAG):
        problem = _REFUSED.get(token.type, "标题最多五级")
        raise TemplateError(
            "{where}：{problem}（填好后第 {line} 行）", where=where, problem=problem, line=(token.map or [0])[0] + 1
        )


def _table(raw: _RawTable, marks: Marks) -> Table:
    """Widths go by the number of dashes; a lone ^ continues the cell above."""
    head, *rows = [
        tuple(Cell(merged=True) if cell == _ABOVE else Cell(runs=tuple(marks.take(cell))) for cell in row)
        for row in raw.rows
    ]
    return Table(widths=tuple(map(float, raw.dashes)), head=head, rows=tuple(rows))


def _plain(children: Sequence[Token]) -> str:
    """The text of a paragraph: Chinese lines join without a blank, emphasis has no place in the format."""
    return "".join(child.content for child in children if child.type in ("text", "text_special", "code_inline"))


def _role(content: str) -> tuple[BlockKind, str]:
    label, closed, rest = content.removeprefix("【").partition("】")
    role = _roles().get(label) if closed and content.startswith("【") else None
    return (role, rest) if role else (BlockKind.BODY, content)


@lru_cache(maxsize=1)
def _roles() -> dict[str, BlockKind]:
    data = tomllib.loads(data_file("drafting_roles.toml").read_text(encoding="utf-8"))
    return {label: BlockKind(kind) for label, kind in data.items()}


def to_markdown(blocks: Sequence[Block]) -> str:
    """The draft as Markdown; comments become footnotes, each once."""
    notes: dict[str, int] = {}
    lines = []
    for block in blocks:
        if block.kind in PAGE_TURNS:
            continue
        if block.table or block.picture:
            lines.append(_table_lines(block.table, notes) if block.table else f"（图：{_described(block)}）")
            continue
        prefix = next((f"{'#' * int(tag[1])} " for tag, kind in _BY_TAG.items() if kind is block.kind), "")
        lines.append(prefix + _with_notes(block.runs, notes))
    footnotes = [f"[^{number}]: {note.replace(chr(10), ' ')}" for note, number in notes.items()]
    return "\n\n".join([*lines, *footnotes]) + "\n"


def _described(block: Block) -> str:
    return block.picture.description if block.picture else ""


def _table_lines(table: Table, notes: dict[str, int]) -> str:
    rows = [[_with_notes(cell.runs, notes).replace("|", "\\|").replace("\n", " ") for cell in row]
            for row in (table.head, *table.rows)]  # fmt: skip
    rows.insert(1, ["-" * max(int(width), 3) for width in table.widths])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _with_notes(runs: Sequence[Run], notes: dict[str, int]) -> str:
    text = ""
    for index, run in enumerate(runs):
        text += run.text
        following = runs[index + 1].comment if index + 1 < len(runs) else None
        if run.comment and run.comment != following:
            text += f"[^{notes.setdefault(run.comment, len(notes) + 1)}]"
    return text
