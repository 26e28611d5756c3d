"""The page as LibreOffice lays it out, measured in the PDF."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from office import SOFFICE, to_pdf

from policykb.blocks import Block, BlockKind, Run
from policykb.word import official_layout, write_docx

pdfplumber = pytest.importorskip("pdfplumber", reason="pdfplumber is not installed: pages are not measured")
pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: pages are not measured"),
    pytest.mark.filterwarnings("ignore"),  # pdfminer's own
]

MM = 72 / 25.4
LAYOUT = official_layout()


def block(kind: BlockKind, text: str) -> Block:
    """A block of one run."""
    return Block(kind=kind, runs=(Run(text=text),))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[dict[str, Any]]]]:
    """The characters of each page of each document."""
    grid = LAYOUT.grid
    plain = [block(BlockKind.ADDRESSEE, "国" * (grid.characters * grid.lines * 2 + 1))]
    plan = [
        block(BlockKind.TITLE, "曲阳县关于进一步加强基层服务型党组织建设的实施方案"),
        block(BlockKind.ADDRESSEE, "各乡镇党委："),
        block(BlockKind.BODY, "国" * 60),
        block(BlockKind.HEADING_1, "一、重点任务"),
        block(BlockKind.SIGNATURE, "中共曲阳县委组织部"),
        block(BlockKind.DATE, "二〇二六年三月"),
    ]
    folder = tmp_path_factory.mktemp("pages")
    files = to_pdf(folder, {"plain": write_docx(plain), "plan": write_docx(plan)})
    return {name: read(path) for name, path in files.items()}


def read(path: Path) -> list[list[dict[str, Any]]]:
    """The characters of each page."""
    with pdfplumber.open(path) as pdf:
        return [page.chars for page in pdf.pages]


def test_a_full_page_has_22_lines_of_28_characters(pages: dict[str, list[list[dict[str, Any]]]]) -> None:
    """Does a page full of text hold the grid of 5.2.3, on odd and even pages?"""
    for page in pages["plain"][:2]:
        lines = Counter(round(char["top"]) for char in page if char["text"] == "国")
        assert list(lines.values()) == [LAYOUT.grid.characters] * LAYOUT.grid.lines
    assert len(pages["plain"]) == 3


def test_the_text_fills_the_type_area(pages: dict[str, list[list[dict[str, Any]]]]) -> None:
    """Does the text begin 28 mm from the left and end within the 156 mm of 5.2.1?"""
    page = [char for char in pages["plain"][0] if char["text"] == "国"]
    left, right = min(char["x0"] for char in page) / MM, max(char["x1"] for char in page) / MM
    assert left == pytest.approx(28, abs=0.5)
    assert right == pytest.approx(28 + 156, abs=1)


def test_page_numbers_stand_at_the_outer_edge(pages: dict[str, list[list[dict[str, Any]]]]) -> None:
    """Is — 1 — at the right of page 1, — 2 — at the left of page 2, 7 mm below the text (7.5)?"""
    for page, number in zip(pages["plain"], "123", strict=True):
        foot = [char for char in page if char["text"] != "国"]
        assert "".join(char["text"] for char in foot).strip() == f"— {number} —"
        shown = [char for char in foot if char["text"].strip()]
        left, right = shown[0]["x0"] / MM, shown[-1]["x1"] / MM
        if int(number) % 2:
            assert right == pytest.approx(28 + 156 - 5.6, abs=1.5)
        else:
            assert left == pytest.approx(28 + 5.6, abs=1.5)
        assert 267 <= shown[1]["top"] / MM <= shown[1]["bottom"] / MM <= 274


def test_title_and_closing_stand_in_their_places(pages: dict[str, list[list[dict[str, Any]]]]) -> None:
    """Is the title on the grid's third line in two lines, and the date two characters right of the signature?"""
    page = [char for char in pages["plan"][0] if char["text"].strip()]
    title = [char for char in page if round(char["size"]) == 22]
    tops = sorted({round(char["top"]) for char in title})
    assert len(tops) == 2
    assert tops[1] - tops[0] == pytest.approx(28.95, abs=1)
    closing = [char for char in page if char["top"] > page[-10]["top"] - 40][-(9 + 7 + 3) :]
    signature, date = closing[:9], closing[9:16]
    assert "".join(char["text"] for char in signature + date) == "中共曲阳县委组织部二〇二六年三月"
    assert date[0]["x0"] - signature[0]["x0"] == pytest.approx(2 * 15.75, abs=1)
    assert signature[-1]["x1"] == pytest.approx((28 + 156) * MM - 2 * 15.75, abs=3)
