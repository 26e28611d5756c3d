"""The elements of the official form, as LibreOffice lays them out: head, imprint, letter, tables, attachments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from office import SOFFICE, to_pdf

from policykb.blocks import Block, BlockKind, Cell, Header, HeaderForm, Imprint, Run, Table
from policykb.word import official_layout, write_docx

pdfplumber = pytest.importorskip("pdfplumber", reason="pdfplumber is not installed: pages are not measured")
pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: pages are not measured"),
    pytest.mark.filterwarnings("ignore"),  # pdfminer's own
]

K = BlockKind
MM = 72 / 25.4
RED = (1, 0, 0)
IMPRINT = Imprint(
    copied_to=("县委办公室", "县政府办公室", "县人大常委会办公室", "县政协办公室", "各群团组织"),
    printed_by="中共曲阳县委组织部办公室",
    printed_on="2026年3月2日",
)
LONG = "国" * 60


def block(kind: BlockKind, text: str = "") -> Block:
    """A block of one run."""
    return Block(kind=kind, runs=(Run(text=text),) if text else ())


def cell(text: str) -> Cell:
    """A cell of one run."""
    return Cell(runs=(Run(text=text),))


def head(**values: Any) -> Header:
    """The head of a county's document."""
    organ = {"organs": ("中共曲阳县委组织部",), "suffix": "文件", "document_number": "曲组发〔2026〕1号"}
    return Header.model_validate(organ | values)


BODY = (
    block(K.TITLE, "关于做好基层服务型党组织建设的通知"),
    block(K.ADDRESSEE, "各乡镇党委："),
    block(K.BODY, LONG * 2),
    block(K.SIGNATURE, "中共曲阳县委组织部"),
    block(K.DATE, "2026年3月1日"),
)
FORTY = Block(
    kind=K.TABLE,
    table=Table(
        widths=(5, 30, 10),
        head=(cell("序号"), cell("举措"), cell("时限")),
        rows=tuple((cell(str(n)), cell(f"第{n}项" + LONG), cell("6月")) for n in range(1, 41)),
    ),
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """The pages of each document, read from its PDF."""
    files = {
        "full": write_docx(
            [*BODY, block(K.ATTACHMENT, "附件1"), block(K.TITLE, "重点任务分解表"), block(K.BODY, LONG)],
            header=head(copy_number="1", classification="机密★1年", urgency="特急"),
            imprint=IMPRINT,
        ),
        "bare": write_docx(BODY, header=head()),
        "upward": write_docx(BODY, header=head(signatories=("张三", "李四光", "王五")), sealed=True),
        "letter": write_docx(
            [*BODY[:2], block(K.BODY, LONG * 20), *BODY[3:]],
            header=head(form=HeaderForm.LETTER, suffix="", organs=("曲阳县人民政府办公室",)),
        ),
        "joint": write_docx(BODY, header=head(organs=("中共曲阳县委组织部", "曲阳县人力资源和社会保障局"))),
        "table": write_docx([block(K.LANDSCAPE), block(K.TITLE, "任务分解表"), FORTY]),
        "order": write_docx(BODY, header=head(form=HeaderForm.ORDER, organs=("曲阳县人民政府",), suffix="令")),
        "grid": write_docx([block(K.ADDRESSEE, "国" * 1300)], layout=official_layout(geometry="gbt33476")),
    }
    read = {}
    for name, path in to_pdf(tmp_path_factory.mktemp("form"), files).items():
        read[name] = read_pages(path)
    return read


def read_pages(path: Path) -> list[Any]:
    """Characters and rules of each page, copied out of the file."""
    with pdfplumber.open(path) as pdf:
        return [{"chars": page.chars, "rules": rules(page)} for page in pdf.pages]


def rules(page: Any) -> list[tuple[float, float, float]]:
    """Left, right and height of the long horizontal lines, in millimetres, from above."""
    lines = [*page.lines, *page.rects, *page.curves]
    found = {(round(r["x0"] / MM, 1), round(r["x1"] / MM, 1), round(r["top"] / MM, 1)) for r in lines}
    return sorted((rule for rule in found if rule[1] - rule[0] > 100), key=lambda rule: rule[2])


def red(page: Any) -> list[dict[str, Any]]:
    """The characters of the red mark."""
    return [char for char in page["chars"] if char["non_stroking_color"] == RED]


@pytest.mark.parametrize("name", ["full", "bare", "upward", "joint"])
def test_the_mark_stands_35_mm_below_the_edge_of_the_type_area(pages: dict[str, list[Any]], name: str) -> None:
    """Is the upper edge of the mark at 37 + 35 mm whatever stands in the corner (7.2.4)?"""
    mark = red(pages[name][0])
    assert min(char["top"] for char in mark) / MM == pytest.approx(72, abs=1.05)
    assert "".join(char["text"] for char in mark).endswith("文件") or name == "joint"


@pytest.mark.parametrize("name", ["full", "bare", "upward", "joint"])
def test_the_red_rule_is_as_wide_as_the_text_and_4_mm_below_the_number(pages: dict[str, list[Any]], name: str) -> None:
    """Does the rule run from 28 to 184 mm, 4 ± 1 mm below the number (7.2.7)?"""
    page = pages[name][0]
    left, right, top = page["rules"][0]
    assert (left, right) == pytest.approx((28, 184), abs=0.5)
    number = next(char for char in page["chars"] if char["text"] == "〔")
    assert top - number["bottom"] / MM == pytest.approx(4, abs=1)


def test_signatories_stand_two_a_line_below_each_other(pages: dict[str, list[Any]]) -> None:
    """Do third and first name begin at one place, and does the number stand on the last line (7.2.6)?"""
    chars = pages["upward"][0]["chars"]
    at = {text: next(char for char in chars if char["text"] == text) for text in "签张李王〔"}
    assert at["王"]["x0"] == pytest.approx(at["张"]["x0"], abs=1)
    assert at["李"]["top"] == pytest.approx(at["张"]["top"], abs=1)
    assert at["〔"]["top"] == pytest.approx(at["王"]["top"], abs=2)
    assert at["张"]["top"] < at["王"]["top"]


def test_the_imprint_ends_at_the_lower_edge_of_the_type_area(pages: dict[str, list[Any]]) -> None:
    """Is the last rule of the last page at 262 ± 0.5 mm, and are all three as wide as the text (7.4.1)?"""
    found = pages["full"][-1]["rules"]
    assert len(found) == 3
    assert found[-1][2] == pytest.approx(262, abs=0.5)
    assert all((left, right) == pytest.approx((28, 184), abs=0.6) for left, right, _ in found)
    assert not pages["full"][0]["rules"][1:]


def test_an_attachment_begins_a_page_with_its_title_on_the_third_line(pages: dict[str, list[Any]]) -> None:
    """Is 附件1 on the first line of a new page and the title two lines below (7.3.7)?"""
    chars = pages["full"][-1]["chars"]
    label = next(char for char in chars if char["text"] == "附")
    title = next(char for char in chars if round(char["size"]) == 22)
    assert label["top"] / MM < 42
    assert (title["bottom"] - label["bottom"]) / 28.95 == pytest.approx(2, abs=0.25)


def test_a_letter_has_its_mark_and_double_rules(pages: dict[str, list[Any]]) -> None:
    """Mark 30 mm from the edge, double rules of 170 mm, no number on the first page but on the next (10.1)?"""
    first, second = pages["letter"][:2]
    assert min(char["top"] for char in red(first)) / MM == pytest.approx(30, abs=1)
    upper, lower = first["rules"][:2], first["rules"][-2:]
    assert [right - left for left, right, _ in (*upper, *lower)] == pytest.approx([170] * 4, abs=0.5)
    assert upper[0][2] - max(char["bottom"] for char in red(first)) / MM == pytest.approx(4, abs=1.5)
    assert sum(rule[2] for rule in lower) / 2 == pytest.approx(297 - 20, abs=0.6)
    assert not second["rules"]
    feet = ["".join(c["text"] for c in page["chars"] if c["top"] / MM > 263) for page in (first, second)]
    assert [foot.strip() for foot in feet] == ["", "— 2 —"]


def test_a_table_of_forty_rows_repeats_its_head_and_loses_nothing(pages: dict[str, list[Any]]) -> None:
    """Does each lying page begin with the head, and stand each character of the forty rows on some page?"""
    texts = ["".join(char["text"] for char in page["chars"]) for page in pages["table"]]
    assert len(texts) > 3
    assert all("序号举措时限" in text for text in texts)
    for number in range(1, 41):
        assert sum(text.count(f"第{number}项") for text in texts) == 1
    assert sum(text.count("国") for text in texts) == 40 * 60
    bottom = max(char["bottom"] for page in pages["table"] for char in page["chars"] if char["text"] == "国")
    assert bottom / MM < 210 - 24


def test_the_other_geometry_keeps_the_grid_and_begins_at_37_mm(pages: dict[str, list[Any]]) -> None:
    """Are there 22 lines of 28, the first at the very edge of the type area?"""
    page = [char for char in pages["grid"][0]["chars"] if char["text"] == "国"]
    assert len(page) == 22 * 28
    assert min(char["top"] for char in page) / MM == pytest.approx(37, abs=0.5)


def test_the_corner_has_number_classification_and_urgency(pages: dict[str, list[Any]]) -> None:
    """Do 份号 in six digits, 密级 and 紧急程度 stand in this order from the first line on, flush (7.2.1 to 7.2.3)?"""
    first = pages["full"][0]["chars"]
    above = [char for char in first if char["top"] / MM < 66 and char["non_stroking_color"] != RED]
    lines: dict[int, str] = {}
    for char in sorted(above, key=lambda char: (round(char["top"] / MM), char["x0"])):
        lines[round(char["top"] / MM / 10)] = lines.get(round(char["top"] / MM / 10), "") + char["text"]
    assert list(lines.values()) == ["000001", "机密★1年", "特急"]
    assert min(char["x0"] for char in above) / MM == pytest.approx(28, abs=1)


def test_an_order_has_its_mark_20_mm_below_the_edge(pages: dict[str, list[Any]]) -> None:
    """Is the mark of a 令 20 mm below the edge of the type area, and is there no red rule (10.2)?"""
    page = pages["order"][0]
    assert min(char["top"] for char in red(page)) / MM == pytest.approx(57, abs=2.5)
    assert page["rules"] == []


def test_the_number_of_a_lying_page_stands_where_the_bound_sheet_has_it(pages: dict[str, list[Any]]) -> None:
    """Turned back, is the number of a lying page at the foot, outer side, as on a standing page (8)?"""
    for number, page in enumerate(pages["table"][:2], 1):
        turned = [char for char in page["chars"] if not char["upright"]]
        assert "".join(c["text"] for c in turned).replace(" ", "") == f"—{number}—"
        assert min(char["x0"] for char in turned) / MM == pytest.approx(297 - 272.7, abs=1)
        begin, end = min(c["top"] for c in turned) / MM, max(c["bottom"] for c in turned) / MM
        assert (begin, end) == pytest.approx((163.6, 179.0) if number % 2 else (33.0, 48.4), abs=1.5)
