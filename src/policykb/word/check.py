"""Checking any Word file against the official format."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from policykb.blocks import Block, BlockKind, Run
from policykb.errors import ReadError, reason_of
from policykb.word.check_look import check_looks, check_page, check_page_numbers, check_pitch
from policykb.word.check_text import (
    check_headings,
    check_kind,
    check_numbers_and_dates,
    check_placeholders,
    check_punctuation,
)
from policykb.word.findings import Finding, check_rules, finding
from policykb.word.layout import PageLayout, official_layout
from policykb.word.looks import Looks
from policykb.word.roles import Around, Placed, place_paragraphs

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SMALL_SETS = ("GB2312",)  # a font so named holds the 6,763 characters of GB 2312 and no more


def check_docx(path: str | Path, *, layout: PageLayout | None = None) -> tuple[Finding, ...]:
    """What in a Word file does not agree with GB/T 9704-2012 and the rules of its kind, in order of its place.

    Works on files that other programs made.  What concerns the page as a whole comes first.  ``layout`` holds
    the figures to check against.  Raises ``ReadError`` for what is no Word file.
    """
    return check_document(open_docx(path), layout or official_layout())


def check_document(document: WordDocument, layout: PageLayout) -> tuple[Finding, ...]:
    """The same of a document that is open."""
    looks = Looks(document)
    placed = place_paragraphs(document.paragraphs, looks)
    found = [*check_page(document, layout), *check_page_numbers(document, layout), *check_pitch(placed, looks, layout)]
    texts = list(_texts(document, placed))
    found += [*check_looks(placed, looks, layout), *check_punctuation(texts), *check_placeholders(texts)]
    found += [*check_numbers_and_dates(placed), *check_headings(placed), *check_kind(placed)]
    found += _rare(placed, looks)
    return tuple(sorted(dict.fromkeys(found), key=lambda each: each.paragraph or 0))


def open_docx(path: str | Path) -> WordDocument:
    """The document in a file.  Raises ``ReadError``."""
    path = Path(path)
    try:
        return docx.Document(BytesIO(path.read_bytes()))
    except FileNotFoundError as error:
        raise ReadError("{path}：找不到这个文件，请检查路径和文件名", path=path) from error
    except OSError as error:
        raise ReadError("{path}：打不开（{reason}），请检查权限", path=path, reason=reason_of(error)) from error
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, XMLSyntaxError, AttributeError) as error:
        raise ReadError("{path}：不是能读的 .docx 文件；.doc、.wps 请先另存为 .docx", path=path) from error


def read_blocks(path: str | Path) -> tuple[Block, ...]:
    """The paragraphs of a Word file as blocks, tables and empty paragraphs left out.  Raises ``ReadError``."""
    document = open_docx(path)
    return tuple(
        Block(kind=one.role if isinstance(one.role, BlockKind) else BlockKind.BODY, runs=(Run(text=one.text),))
        for one in place_paragraphs(document.paragraphs, Looks(document))
        if isinstance(one.role, BlockKind) or one.role is Around.AFTER
    )


def _texts(document: WordDocument, placed: list[Placed]) -> Iterator[tuple[int, str, str]]:
    yield from ((one.number, one.text, "") for one in placed)
    last = len(document.paragraphs)
    for number, table in enumerate(document.tables, 1):
        for row_number, row in enumerate(table._tbl.tr_lst, 1):
            for cell in row.tc_lst:
                text = "".join(node.text or "" for node in cell.iter(qn("w:t"))).strip()
                if text:
                    yield last, text, f"第{number}个表第{row_number}行"
    yield from ((last, text, "文本框") for text in _box_texts(document))


def _box_texts(document: WordDocument) -> Iterator[str]:
    """The paragraphs in text boxes, an imprint among them; some programs write each box twice."""
    for box in document.element.body.iter(qn("w:txbxContent")):
        if next(box.iterancestors(_FALLBACK), None) is None:
            texts = ("".join(node.text or "" for node in line.iter(qn("w:t"))) for line in box.iter(qn("w:p")))
            yield from (text.strip() for text in texts if text.strip())


def _rare(placed: list[Placed], looks: Looks) -> Iterator[Finding]:
    """Characters that the font named for them does not hold: they turn up in personal names."""
    cjk = {family for group in check_rules().families.values() for family in group}
    for one in placed:
        for look in looks.runs(one.paragraph):
            if look.east_asia in cjk and look.east_asia.endswith(_SMALL_SETS):
                lacking = [c for c in dict.fromkeys(look.text) if "\u4e00" <= c <= "\u9fff" and not _in_gb2312(c)]
                if lacking:
                    yield finding("rare_character", one.number, one.text, found="".join(lacking), wanted=look.east_asia)


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
