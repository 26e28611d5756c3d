"""The .docx read back: by python-docx, and in its XML."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from policykb.blocks import Block, BlockKind, Run
from policykb.word import Properties, official_layout, write_docx

K = BlockKind
SLOTS = {qn(f"w:{slot}") for slot in ("ascii", "hAnsi", "eastAsia", "cs")}


def block(kind: BlockKind, *texts: str, comment: str | None = None, missing: bool = False) -> Block:
    """A block of plain runs."""
    return Block(kind=kind, runs=tuple(Run(text=text, comment=comment, missing=missing) for text in texts))


PLAN = (
    block(K.TITLE, "曲阳县", "基层服务型党组织建设", "实施方案"),
    block(K.ADDRESSEE, "各乡镇党委，县直各单位党组织："),
    block(K.BODY, "为扎实推进基层服务型党组织建设，制定本方案。"),
    block(K.HEADING_1, "一、", "重点任务"),
    block(K.HEADING_2, "（一）", "大力推行“45666”社区工作法"),
    block(K.HEADING_3, "1.", "开展“四进”"),
    block(K.HEADING_4, "（1）", "文化进社区"),
    Block(
        kind=K.BODY,
        runs=(
            Run(text="“四进”，即文化、卫生、法律、科技进社区。", comment="出处：《方案》\n原文：“四进”"),
            Run(text="到", comment="出处：二"),
            Run(text="【待填：时限】", comment="出处：二", missing=True),
            Run(text="前完成。", comment="出处：二"),
        ),
    ),
    block(K.ATTACHMENT_NOTE, "附件：1.重点任务分解表"),
    block(K.ATTACHMENT_NOTE, "2.台账"),
    block(K.SIGNATURE, "中共曲阳县委组织部"),
    block(K.DATE, "2026年3月1日"),
    block(K.NOTE, "（此件公开发布）"),
)


@pytest.fixture(scope="module")
def data() -> bytes:
    """The plan as a file."""
    return write_docx(PLAN)


@pytest.fixture(scope="module")
def document(data: bytes) -> WordDocument:
    """The plan read back."""
    return docx.Document(BytesIO(data))


def parts(data: bytes) -> dict[str, str]:
    """The XML of each part."""
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def paragraph(document: WordDocument, start: str):
    """The first paragraph that begins so."""
    return next(p for p in document.paragraphs if p.text.startswith(start))


def indent(element, name: str) -> tuple[int, int]:
    """An indent in hundredths of a character and in twips."""
    found = element.find(f".//{qn('w:ind')}")
    return int(found.get(qn(f"w:{name}Chars"))), int(found.get(qn(f"w:{name}")))


def test_page_is_a4_with_the_official_margins(document: WordDocument) -> None:
    """Do paper, margins and grid read back as clauses 5.1 to 5.2.3 have them?"""
    section = document.sections[0]
    found = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    found += [section.left_margin, section.right_margin]
    assert [round(length.mm) for length in found] == [210, 297, 37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_no_theme_font_is_left_anywhere(data: bytes) -> None:
    """Is there no attribute that names a theme font, and no theme?"""
    for name, xml in parts(data).items():
        assert "theme/" not in name
        assert not re.search(r"w:\w*Theme(Color|Shade|Tint)?=", xml), name


def test_every_run_and_style_names_its_font_in_all_four_slots(data: bytes) -> None:
    """Has each run, in text, footers and comments, and each w:rFonts of the styles its four slots?"""
    runs = 0
    for name, xml in parts(data).items():
        root = docx.oxml.parse_xml(xml.encode())
        for run in root.iter(qn("w:r")):
            fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            assert fonts is not None and set(fonts.attrib) >= SLOTS, f"{name}: {run.xml}"
            runs += 1
        for fonts in root.iter(qn("w:rFonts")):
            assert set(fonts.attrib) >= SLOTS
            assert len({fonts.get(slot) for slot in SLOTS}) == 1
    assert runs > 40


@pytest.mark.parametrize(
    ("start", "style", "font"),
    [
        ("曲阳县", "Title", "方正小标宋简体"),
        ("各乡镇", "主送机关", "仿宋_GB2312"),
        ("为扎实", "Body Text", "仿宋_GB2312"),
        ("一、", "Heading 1", "黑体"),
        ("（一）", "Heading 2", "楷体_GB2312"),
        ("1.开展", "Heading 3", "仿宋_GB2312"),
        ("（1）", "Heading 4", "仿宋_GB2312"),
        ("中共", "发文机关署名", "仿宋_GB2312"),
    ],
)
def test_each_kind_has_its_style_and_font(document: WordDocument, start: str, style: str, font: str) -> None:
    """Does a paragraph of each kind carry the style and the font of clause 7.3?"""
    found = paragraph(document, start)
    assert found.style.name == style
    assert found.runs[0]._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == font


def test_base_style_makes_the_grid(document: WordDocument) -> None:
    """Are size, spacing and pitch such that 22 lines of 28 characters fit?"""
    xml = document.styles["Body Text"].element
    assert xml.find(f".//{qn('w:sz')}").get(qn("w:val")) == "32"
    assert xml.find(f"{qn('w:rPr')}/{qn('w:spacing')}").get(qn("w:val")) == "-5"
    spacing = xml.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")


def test_body_is_indented_and_the_addressee_is_not(document: WordDocument) -> None:
    """Is the first line of the body two characters in, written both ways, and the addressee flush?"""
    assert indent(document.styles["Body Text"].element, "firstLine") == (200, 630)
    assert indent(document.styles["主送机关"].element, "firstLine") == (0, 0)


def test_signature_and_date_stand_as_without_a_seal(document: WordDocument) -> None:
    """Does the signature end two characters from the right, and the date begin two right of its first?"""
    signature = indent(paragraph(document, "中共")._p, "left")[0]
    date = indent(paragraph(document, "2026")._p, "left")[0]
    assert signature == (28 - 2 - 9) * 100
    assert date == signature + 200


def test_a_date_longer_than_the_signature_keeps_the_margin() -> None:
    """Does the signature give way to a longer date, still two characters left of it?"""
    blocks = [block(K.SIGNATURE, "县委办"), block(K.DATE, "2026年12月31日")]
    document = docx.Document(BytesIO(write_docx(blocks)))
    date = indent(paragraph(document, "2026")._p, "left")[0]
    assert date == (28 - 2 - 7) * 100
    assert indent(paragraph(document, "县委办")._p, "left")[0] == date - 200


def test_attachments_hang_below_the_first_character_of_their_names(document: WordDocument) -> None:
    """Do the first and the second attachment begin their names in the same place?"""
    first, second = (paragraph(document, start)._p for start in ("附件：1.", "2.台账"))
    assert indent(first, "left") == indent(second, "left") == (600, 1890)
    assert (indent(first, "hanging")[0], indent(second, "hanging")[0]) == (400, 100)


def test_blank_lines_stand_where_the_format_wants_them(document: WordDocument) -> None:
    """Is the title on the third line, and one line free below it, above the attachments and the signature?"""
    texts = [p.text[:3] for p in document.paragraphs]
    assert texts[:5] == ["", "", "曲阳县", "", "各乡镇"]
    assert texts[-7:] == ["", "附件：", "2.台", "", "中共曲", "202", "（此件"]


def test_the_signature_never_stands_alone_on_a_page(document: WordDocument) -> None:
    """Do the paragraph before it, the blank line and the signature all keep with the next (7.3.5.5)?"""
    texts = [p.text for p in document.paragraphs]
    at = texts.index("中共曲阳县委组织部")
    assert [p.paragraph_format.keep_with_next for p in document.paragraphs[at - 2 : at]] == [True, True]
    assert document.paragraphs[at].style.paragraph_format.keep_with_next


def test_page_number_is_a_field_in_five_runs_on_both_sides(document: WordDocument, data: bytes) -> None:
    """Do odd and even pages have “— 1 —” at their outer side, with a field that WPS shows too?"""
    assert "<w:evenAndOddHeaders/>" in parts(data)["word/settings.xml"]
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        number = footer.paragraphs[0]
        assert number.text == "— 1 —"
        assert number._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert indent(number._p, side) == (100, 315)
        fields = [run for run in number.runs if run._r.find(qn("w:fldChar")) is not None]
        assert [run._r.find(qn("w:fldChar")).get(qn("w:fldCharType")) for run in fields] == ["begin", "separate", "end"]
        assert len(number.runs) == 7


def test_comments_hold_their_text_and_cover_their_runs(document: WordDocument, data: bytes) -> None:
    """Are there two comments for the two stretches, with author, fixed date and lines?"""
    comments = list(document.comments)
    assert [comment.text for comment in comments] == ["出处：《方案》\n原文：“四进”", "出处：二"]
    assert {comment.author for comment in comments} == {"policykb"}
    assert {str(comment.timestamp.date()) for comment in comments} == {"2012-07-01"}
    body = paragraph(document, "“四进”")._p.xml
    assert body.index("commentRangeStart") < body.index("四进") < body.index("commentRangeEnd")
    assert "CommentReference" in parts(data)["word/styles.xml"]


def test_what_is_missing_is_yellow(document: WordDocument) -> None:
    """Is exactly the run that must be filled in highlighted?"""
    runs = paragraph(document, "“四进”").runs
    yellow = [run.text for run in runs if run.font.highlight_color is not None]
    assert yellow == ["【待填：时限】"]


def test_the_same_blocks_give_the_same_bytes(data: bytes) -> None:
    """Is the file the same when written again, and different when its properties differ?"""
    assert write_docx(PLAN) == data
    assert write_docx(PLAN, properties=Properties(title="别的")) != data


def test_the_file_tells_its_title(document: WordDocument) -> None:
    """Do the core properties hold the title, and nothing of the clock?"""
    core = document.core_properties
    assert core.title == "曲阳县基层服务型党组织建设实施方案"
    assert core.created == core.modified
    assert core.created.year == 2012


def test_fonts_of_another_profile_are_taken_everywhere() -> None:
    """Does the profile for a plain Windows leave none of the first profile's names?"""
    xml = "".join(parts(write_docx(PLAN, layout=official_layout("win"))).values())
    assert "GB2312" not in xml
    assert 'w:eastAsia="仿宋"' in xml


def test_an_empty_document_opens() -> None:
    """Is a document without blocks still one?"""
    assert docx.Document(BytesIO(write_docx([]))).paragraphs == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("A<B & \"C\" > 'D' ]]>", "A<B & \"C\" > 'D' ]]>"),
        ("响\x00铃\x07\x1b止\ufffe", "响铃止"),
        ("残\ud800缺", "残缺"),
        ("镕堃喆玥𠮷", "镕堃喆玥𠮷"),
        ("上\n下", "上\n下"),
    ],
)
def test_any_text_is_written_safely(text: str, read: str) -> None:
    """Do markup characters stand as they are, and characters that XML cannot hold go?"""
    blocks = [Block(kind=K.BODY, runs=(Run(text=text, comment=text),)), block(K.TITLE, text)]
    document = docx.Document(BytesIO(write_docx(blocks)))
    assert document.paragraphs[0].text == read
    assert next(iter(document.comments)).text == read


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(BlockKind)), st.text(max_size=60)), max_size=8))
def test_whatever_the_blocks_hold_the_file_opens(blocks: list[tuple[BlockKind, str]]) -> None:
    """Does any mix of blocks and characters give a file that reads back?"""
    docx.Document(BytesIO(write_docx([block(kind, text) for kind, text in blocks])))


def lefts(blocks: list[tuple[BlockKind, str]], *, sealed: bool = False) -> list[float]:
    """Where the last paragraphs begin, in 字."""
    parts = [Block(kind=kind, runs=(Run(text=text),)) for kind, text in blocks]
    document = docx.Document(BytesIO(write_docx(parts, sealed=sealed)))
    indents = [p._p.pPr.find(qn("w:ind")) for p in document.paragraphs if p.text]
    return [int(indent.get(qn("w:leftChars"))) / 100 for indent in indents]


def test_a_seal_has_its_room() -> None:
    """Does the date end four characters from the right, and is the signature centred over it (7.3.5.1)?"""
    signature, date = lefts([(BlockKind.SIGNATURE, "曲阳县委"), (BlockKind.DATE, "2026年3月1日")], sealed=True)
    assert date == 28 - 4 - 6  # the date is six characters wide: six digits are three
    assert signature == date + (6 - 4) / 2


def test_joint_signatures_stand_below_each_other() -> None:
    """Do the names of two organs begin at one place, the date two characters further right?"""
    names = [(BlockKind.SIGNATURE, "中共曲阳县委组织部"), (BlockKind.SIGNATURE, "曲阳县民政局")]
    first, second, date = lefts([*names, (BlockKind.DATE, "2026年3月1日")])
    assert first == second
    assert date == first + 2


def test_those_present_are_named_in_bold() -> None:
    """Is 出席： in 黑体 and the names in 仿宋 (10.3)?"""
    block = Block(kind=BlockKind.ATTENDANCE, runs=(Run(text="出席：张三、李四"),))
    runs = docx.Document(BytesIO(write_docx([block]))).paragraphs[-1].runs
    shown = [(run.text, run._r.rPr.rFonts.get(qn("w:eastAsia"))) for run in runs]
    assert shown == [("出席：", "黑体"), ("张三、李四", "仿宋_GB2312")]
