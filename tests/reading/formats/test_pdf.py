"""PDF files: paragraphs out of lines, and every kind of file that has none refused by name."""

from __future__ import annotations

import zlib

import pytest
from format_files import pdf_file, real_paragraphs, set_pdf, wrapped

from policykb.errors import ReadError
from policykb.reading.pdf import read_pdf

GRID = "1 w 79 700 440 -60 re S 79 670 m 519 670 l S 200 700 m 200 640 l S "
"""A frame of two rows and two columns, 142 to 202 points below the top of the page."""


def lines_of(data: bytes) -> list[str]:
    """The lines that are read from a PDF."""
    return read_pdf(data, "a.pdf")[0].text.split("\n")


@pytest.mark.parametrize("name", ["urban-party-building-practices-2017", "heilongjiang-grassroots-year-2012"])
def test_wrapped_lines_are_joined_and_heads_dropped(name):
    """Do the paragraphs of several pages come out whole, without page numbers and running heads?"""
    paragraphs = real_paragraphs(name)
    assert lines_of(set_pdf(wrapped(paragraphs))) == paragraphs


def test_a_title_in_larger_type_is_one_line():
    """Is a title of two lines joined, and kept apart from the red header above and the addressee below?"""
    page = [
        (120, 107, 36, "中共某县委文件"),
        (230, 160, 16, "某发〔2024〕3号"),
        (80, 215, 22, "关于深入开展基层组织建设年活动进一步加"),
        (210, 248, 22, "强基层党建的通知"),
        (79, 300, 16, "各乡镇党委："),
        (111, 329, 16, "现就有关事项通知如下。"),
    ]
    assert lines_of(set_pdf([page])) == [
        "中共某县委文件",
        "某发〔2024〕3号",
        "关于深入开展基层组织建设年活动进一步加强基层党建的通知",
        "各乡镇党委：",
        "现就有关事项通知如下。",
    ]


def test_a_ruled_table_is_a_line_a_row_in_its_place():
    """Does a table stand between the paragraphs, with the lines inside a cell joined?"""
    page = [
        (79, 105, 16, "任务分解如下。"),
        (90, 150, 12, "任务"),
        (210, 150, 12, "责任单位"),
        (90, 174, 12, "排查整顿软弱"),
        (90, 187, 12, "涣散组织"),
        (210, 174, 12, "组织部"),
        (111, 220, 16, "以上由办公室解释。"),
    ]
    assert lines_of(set_pdf([page], rules=GRID)) == [
        "任务分解如下。",
        "任务 | 责任单位",
        "排查整顿软弱涣散组织 | 组织部",
        "以上由办公室解释。",
    ]


def test_the_head_of_a_table_that_goes_on_counts_once():
    """Is the head row that each page repeats given once?"""
    pages = [
        [(90, 150, 12, "任务"), (210, 150, 12, "单位"), (90, 174, 12, task), (210, 174, 12, "组织部")]
        for task in "甲乙"
    ]
    assert lines_of(set_pdf(pages, rules=GRID)) == ["任务 | 单位", "甲 | 组织部", "乙 | 组织部"]


def test_bold_type_printed_twice_counts_once():
    """Is type that is thickened by printing it again a hair beside read once?"""
    page = [(79, 105, 16, "党党建设"), (79.3, 105, 16, "党党建设")]
    assert lines_of(set_pdf([page])) == ["党党建设"]


def test_pages_that_are_pictures_are_told():
    """Does a scanned page among others leave a remark?"""
    image = b"/XObject << /I << /Type /XObject >> >>"
    scanned = b"q 500 0 0 700 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"
    text = set_pdf([[(79, 105, 16, "正文。")]])
    start = text.index(b"BT /F1"), text.index(b"\nendstream")
    source = read_pdf(pdf_file([text[slice(*start)], scanned], extra=image), "a.pdf")[0]
    assert [(fact.field, fact.value) for fact in source.facts] == [
        ("remarks", "PDF 第 2 页只有图像，其中的文字没有读入")
    ]


ENCRYPTED = b"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -44 /O (%s) /U (%s) >> /ID [<00> <00>]" % (
    b"o" * 32,
    b"u" * 32,
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (set_pdf([[(79, 105, 16, "正文。")]], trailer=ENCRYPTED), "密码"),
        (pdf_file([b"q 500 0 0 700 0 0 cm Q"]), "OCR"),
        (b"%PDF-1.4\n%%EOF", "损坏|没有文字"),
        (set_pdf([[(79, 105, 16, "正文。")]])[:300], "损坏|没有文字"),
        (pdf_file([zlib.compress(b" " * 150_000_000)], stream_head=b"/Filter /FlateDecode"), "压缩炸弹"),
        (pdf_file([b""], stream_head=b"/Filter [/FlateDecode /FlateDecode]"), "压缩炸弹"),
        (pdf_file([b""] * 2001), "2001 页"),
        (set_pdf([[(79, 105, 16, "党" * 1000)] * 61]), "61000 个字符"),
    ],
)
def test_files_without_text_are_refused_by_name(data, reason):
    """Are encrypted, scanned, cut off and hostile files told apart, in one line?"""
    with pytest.raises(ReadError, match=reason) as caught:
        read_pdf(data, "a.pdf")
    assert "\n" not in str(caught.value)


def columns(paragraphs, *, number, width, rows, title):
    """Pages of ``number`` columns of ``width`` characters and ``rows`` lines, below a title over all of them.

    Each column stands a little lower than the one before it, so that their lines do not meet.
    """
    lines = []
    for text in paragraphs:
        lines.append((2, text[: width - 2]))
        lines += [(0, text[start : start + width]) for start in range(width - 2, len(text), width)]
    pages = []
    for first in range(0, len(lines), number * rows):
        page = [(150, 60, 18, title)] if not pages else []
        for at, (indent, text) in enumerate(lines[first : first + number * rows]):
            column, row = divmod(at, rows)
            page.append((60 + column * (width + 2) * 12 + indent * 12, 110 + row * 17 + column * 3, 12, text))
        pages.append([*page, (290, 805, 10, f"— {len(pages) + 1} —")])
    return pages


@pytest.mark.parametrize(("number", "width", "rows"), [(2, 17, 38), (2, 18, 14), (3, 11, 30)])
def test_columns_are_read_one_after_the_other(number, width, rows):
    """Do the paragraphs of a journal's page come out whole, those that go on in the next column too?"""
    paragraphs, title = real_paragraphs()[:8], "加强城市基层党建工作综述"
    data = set_pdf(columns(paragraphs, number=number, width=width, rows=rows, title=title))
    assert lines_of(data) == [title, *paragraphs]


def test_a_table_without_rules_is_not_taken_for_columns():
    """Do short entries beside each other stay on their lines?"""
    rows = [
        (left, 100 + row * 40, 12, text) for row in range(12) for left, text in ((80, f"任务{row}"), (320, "组织部"))
    ]
    assert lines_of(set_pdf([rows]))[0].startswith("任务0 组织部")
