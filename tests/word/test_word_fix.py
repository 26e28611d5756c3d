"""Mending the format of files made in other habits, and the fonts of a computer."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from policykb.blocks import Block, BlockKind, Picture, Run
from policykb.errors import ReadError
from policykb.word import check_docx, examine_fonts, fix_docx, packed, write_docx

TEXTS = (
    "曲阳县委组织部关于做好党建工作的通知",
    "各乡镇党委：",
    "为做好“四进”工作，现通知如下：",
    "一、总体要求",
    "坚持党建引领，每月调度一次。",
    "（一）建强组织",
    "1.优化服务。各乡镇要明确专人。",
    "中共曲阳县委组织部",
    "2026年3月1日",
)


def handmade(font: str = "仿宋_GB2312", size: float = 16, blanks: str = "", **habits: Any) -> WordDocument:
    """A file as clerks make them: direct formatting on python-docx's own template."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    for number, text in enumerate(TEXTS):
        paragraph = document.add_paragraph()
        run = paragraph.add_run(blanks + text if 1 < number < 7 else text)
        run.font.name, run.font.size, run.font.bold = habits.get("latin", font), Pt(size), habits.get("bold")
        run._r.rPr.rFonts.set(qn("w:eastAsia"), font)
        if habits.get("color"):
            run.font.color.rgb = RGBColor(0, 0, 255)
    if habits.get("centred"):
        document.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    return document


def plain() -> WordDocument:
    """Nothing set at all: letter paper, theme fonts, blue title."""
    document = docx.Document()
    document.add_heading(TEXTS[0], 0)
    for text in TEXTS[1:]:
        document.add_paragraph(text)
    return document


def with_header() -> WordDocument:
    """A page header and a number at the foot of every page."""
    document = handmade()
    document.sections[0].header.paragraphs[0].text = "曲阳县委组织部"
    document.sections[0].footer.paragraphs[0].text = "内部资料"
    return document


FILES = {
    "plain": plain(),
    "everything in 宋体": handmade("宋体"),
    "bold headings": handmade("黑体", bold=True),
    "too small": handmade(size=12),
    "blanks for indents": handmade(blanks="\u3000\u3000"),
    "narrow blanks": handmade(blanks="    "),
    "tabs for indents": handmade(blanks="\t"),
    "latin quotes": handmade(latin="Times New Roman", centred=True),
    "coloured": handmade(color=True),
    "header and footer": with_header(),
}


@pytest.fixture(params=FILES, name="path")
def _path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "文.docx"
    FILES[request.param].save(path)
    return path


def words(document: WordDocument) -> list[str]:
    """The words of each paragraph, without the blanks around them."""
    return [paragraph.text.strip(" \t\u3000") for paragraph in document.paragraphs]


def test_whatever_is_format_only_is_mended(path: Path, tmp_path: Path) -> None:
    """Is nothing of the format left to say, does the file open, and is each thing done told?"""
    fixed = fix_docx(path)
    out = tmp_path / "改.docx"
    out.write_bytes(fixed.data)
    again = check_docx(out)
    assert again == fixed.left
    assert [each.rule for each in again if each.done] == []
    assert {each.rule for each in fixed.done} == {each.rule for each in check_docx(path) if each.done}
    assert all(each.done for each in fixed.done)


def test_never_a_word_is_changed(path: Path) -> None:
    """Do text, tables and what stands in headers and footers stay, and do two runs give the same bytes?"""
    fixed = fix_docx(path)
    before, after = docx.Document(path), docx.Document(BytesIO(fixed.data))
    assert words(before) == words(after)
    section = after.sections[0]
    assert section.header.paragraphs[0].text == before.sections[0].header.paragraphs[0].text
    assert section.even_page_header.paragraphs[0].text == section.header.paragraphs[0].text
    kept = before.sections[0].footer.paragraphs[0].text
    assert any(kept in paragraph.text for paragraph in section.footer.paragraphs)
    assert fix_docx(path).data == fixed.data


def test_a_file_of_our_own_needs_nothing(tmp_path: Path) -> None:
    """Is there nothing to mend, and is every byte of the text kept?"""
    path = tmp_path / "文.docx"
    kinds = (BlockKind.TITLE, BlockKind.ADDRESSEE, BlockKind.BODY, BlockKind.HEADING_1, BlockKind.BODY)
    kinds = (*kinds, BlockKind.HEADING_2, BlockKind.HEADING_3, BlockKind.SIGNATURE, BlockKind.DATE)
    blocks = [Block(kind=kind, runs=(Run(text=text),)) for kind, text in zip(kinds, TEXTS, strict=True)]
    path.write_bytes(write_docx(blocks))
    assert fix_docx(path) == (path.read_bytes(), (), ())


def test_what_is_no_format_is_left_and_told(tmp_path: Path) -> None:
    """Do a wrong number, a wrong date and a half-width comma stay as they are?"""
    document = plain()
    document.add_paragraph("三、工作要求,要落实.")
    document.save(tmp_path / "文.docx")
    fixed = fix_docx(tmp_path / "文.docx")
    assert {"heading_gap", "half_width"} <= {each.rule for each in fixed.left}
    assert docx.Document(BytesIO(fixed.data)).paragraphs[-1].text == "三、工作要求,要落实."


def test_signature_and_date_move_to_the_right(tmp_path: Path) -> None:
    """Does the date begin two characters right of the signature's first (7.3.5.2)?"""
    plain().save(tmp_path / "文.docx")
    signature, date = docx.Document(BytesIO(fix_docx(tmp_path / "文.docx").data)).paragraphs[-2:]
    left = [int(each._p.pPr.find(qn("w:ind")).get(qn("w:leftChars"))) for each in (signature, date)]
    assert left == [1700, 1900]


def test_a_picture_keeps_its_height(tmp_path: Path) -> None:
    """Is the pitch of a paragraph that holds a picture left alone?"""
    document = plain()
    document.add_paragraph("图：").add_run().add_picture(BytesIO(dot()))
    document.save(tmp_path / "文.docx")
    last = docx.Document(BytesIO(fix_docx(tmp_path / "文.docx").data)).paragraphs[-1]
    assert last.paragraph_format.line_spacing_rule is None


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """Is it one line?"""
    (tmp_path / "文.docx").write_bytes(b"PK")
    with pytest.raises(ReadError, match="不是能读的"):
        fix_docx(tmp_path / "文.docx")


def test_a_place_in_a_table_is_told_by_its_row(tmp_path: Path) -> None:
    """Does a finding in a cell say which table and row?"""
    document = plain()
    document.add_table(2, 1).rows[1].cells[0].text = "落实,好"
    document.save(tmp_path / "文.docx")
    places = [each.place for each in check_docx(tmp_path / "文.docx") if each.rule == "half_width"]
    assert places == ["第1个表第2行“落实,好”"]


def dot() -> bytes:
    """A PNG of one white point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = chunk(b"IHDR", (1).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00\xff")) + chunk(b"IEND", b"")


def test_a_picture_stands_in_the_file_with_its_description() -> None:
    """Is it there, as wide as asked, on a line that grows with it, and told to those who cannot see it?"""
    picture = Picture(png=dot(), width_mm=100, description="得分图")
    document = docx.Document(BytesIO(write_docx([Block(kind=BlockKind.PICTURE, picture=picture)])))
    shape = document.inline_shapes[0]
    assert round(shape.width.mm) == 100
    assert shape._inline.docPr.get("descr") == "得分图"
    spacing = document.paragraphs[0].style.element.pPr.find(qn("w:spacing"))
    assert spacing.get(qn("w:lineRule")) == "auto"


@pytest.mark.parametrize(
    ("profile", "installed", "missing"),
    [
        ("win", ("SimSun", "FangSong", "SimHei", "KaiTi"), ()),
        ("win", ("宋体", "黑体", "Kai Ti"), ("仿宋",)),
        ("gb2312", ("仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"), ("方正小标宋简体",)),
        ("fzgbk", ("FZXiaoBiaoSong-B05", "宋体"), ("方正仿宋_GBK", "方正黑体_GBK", "方正楷体_GBK")),
    ],
)
def test_missing_fonts_are_named(profile: str, installed: tuple[str, ...], missing: tuple[str, ...]) -> None:
    """Does a font count under its English name too, and are the others named as the format names them?"""
    report = examine_fonts(profile, installed)
    assert report.missing == missing
    assert report.known
    assert set(report.missing) <= set(report.wanted)


def test_where_nothing_is_known_nothing_is_said_to_be_missing() -> None:
    """Is a computer that tells no fonts not called one without fonts?"""
    report = examine_fonts("gb2312", ())
    assert (report.known, report.missing) == (False, ())


def test_a_file_is_packed_as_python_docx_packs_it() -> None:
    """Are its parts those that the document's own save writes, comments, footers and pictures too?"""
    picture = Picture(png=dot(), width_mm=100, description="得分图")
    kinds = (BlockKind.TITLE, BlockKind.BODY)
    blocks = [Block(kind=kind, runs=(Run(text="甲", comment="出处"),)) for kind in kinds]
    document = docx.Document(BytesIO(write_docx([*blocks, Block(kind=BlockKind.PICTURE, picture=picture)])))
    saved = BytesIO()
    document.save(saved)
    ours, theirs = (ZipFile(file) for file in (BytesIO(packed(document)), saved))
    assert ours.namelist()[0] == "[Content_Types].xml"
    assert sorted(ours.namelist()) == sorted(theirs.namelist())
    assert {name: ours.read(name) for name in ours.namelist()} == {
        name: theirs.read(name) for name in theirs.namelist()
    }
    assert packed(document) == packed(document)
