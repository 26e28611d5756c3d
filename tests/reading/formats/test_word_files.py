"""Word files: what Word shows at the end is what is read, numbers and red header included."""

from __future__ import annotations

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from format_files import package, paragraph, raw_word_file, real_paragraphs, saved, word_file

from policykb.errors import ReadError
from policykb.reading.word import read_word
from policykb.reading.word_numbering import spell


def lines_of(data: bytes) -> list[str]:
    """The lines that are read from a Word file."""
    return read_word(data, "a.docx")[0].text.split("\n")


def numbered(levels: str, extra: str = "") -> str:
    """The XML of one list: levels as ``format text`` lines."""
    items = []
    for depth, level in enumerate(levels.split("|")):
        number_format, text = level.split(" ", 1)
        items.append(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
        )
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(items)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{extra}'
    )


def at(level: int, list_id: int = 1) -> str:
    """The XML that puts a paragraph at a level of a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def test_paragraphs_and_tables_come_in_reading_order():
    """Do title, paragraphs and table come one after the other, without header and page number?"""
    paragraphs = real_paragraphs()
    table = [["序号", "任务"], ["1", "排查整顿"]]
    data = word_file("关于加强基层党建工作的通知", paragraphs, table=table)
    expected = ["关于加强基层党建工作的通知", *paragraphs, "序号 | 任务", "1 | 排查整顿"]
    assert lines_of(data) == expected


def test_automatic_numbers_are_written_out():
    """Do 一、 （一） 1. that Word counts itself stand in the text, each level beginning anew?"""
    plan = [(0, "总体要求"), (1, "指导思想"), (1, "基本原则"), (2, "坚持服务"), (0, "主要任务"), (1, "建强组织")]
    body = "".join(paragraph(text, at(level)) for level, text in plan)
    numbering = numbered("chineseCountingThousand %1、|japaneseCounting （%2）|decimal %3.")
    assert lines_of(raw_word_file(body, numbering=numbering)) == [
        "一、总体要求",
        "（一）指导思想",
        "（二）基本原则",
        "1.坚持服务",
        "二、主要任务",
        "（一）建强组织",
    ]


def test_numbers_of_a_style_and_of_a_list_that_begins_anew_are_counted():
    """Are a heading style's numbers counted, and does a second list with its own start begin at it?"""
    numbering = numbered(
        "chineseCounting 第%1条",
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>",
    )
    styles = (
        '<w:style w:styleId="Base"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Own"><w:name w:val="自定条"/><w:basedOn w:val="Base"/></w:style>'
    )
    own = '<w:pStyle w:val="Own"/>'
    body = paragraph("总则。", own) + paragraph("职责。", own) + paragraph("附则。", at(0, 2))
    assert lines_of(raw_word_file(body, numbering=numbering, styles=styles)) == [
        "第一条 总则。",
        "第二条 职责。",
        "第五条 附则。",
    ]


@pytest.mark.parametrize(
    ("number", "number_format", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "japaneseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (3, "chineseLegalSimplified", "叁"),
        (2, "ideographTraditional", "乙"),
        (7, "decimalEnclosedCircleChinese", "⑦"),
        (12, "decimalFullWidth", "１２"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (3, "decimalZero", "03"),
        (9, "somethingNew", "9"),
    ],
)
def test_number_formats(number, number_format, text):
    """Is each format of counting spelt as Word does?"""
    assert spell(number, number_format) == text


def test_tracked_changes_read_as_accepted():
    """Do insertions stay, deletions go, and does a deleted paragraph mark join two paragraphs?"""
    body = (
        "<w:p><w:r><w:t>推行</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:t>工作法。</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半句，</w:t></w:r></w:p>" + paragraph("后半句。")
    )
    assert lines_of(raw_word_file(body)) == ["推行新工作法。", "前半句，后半句。"]


def test_a_red_header_in_a_text_box_stands_first_and_once():
    """Is a text box read before the paragraph that holds it, and its copy for old programs passed over?"""
    box = "<w:txbxContent>" + paragraph("中共某县委文件") + "</w:txbxContent>"
    body = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice>' + box + "</mc:Choice>"
        "<mc:Fallback>" + box + "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>某发〔2015〕3号</w:t></w:r></w:p>"
    )
    assert lines_of(raw_word_file(body)) == ["中共某县委文件", "某发〔2015〕3号"]


def test_what_is_no_text_is_left_out():
    """Do hidden text, readings above characters, field codes, contents and page numbers go?"""
    contents = '<w:sdt><w:sdtPr><w:docPartGallery w:val="Table of Contents"/></w:sdtPr><w:sdtContent>'
    body = (
        contents + paragraph("一、总体要求 1") + "</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:ruby><w:rt><w:r><w:t>fú</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>服</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:t>务</w:t></w:r></w:p>" + paragraph("— 12 —") + paragraph("2015")
    )
    assert lines_of(raw_word_file(body)) == ["服务", "2015"]


def test_a_title_in_two_lines_is_one_and_lines_from_the_web_are_paragraphs():
    """Does a line break join in a centred title, and part in running text?"""
    document = Document()
    title = document.add_paragraph("关于加强基层党建")
    title.alignment = 1
    title.runs[0].add_break(WD_BREAK.LINE)
    title.add_run("工作的通知")
    text = document.add_paragraph("第一段。")
    text.runs[0].add_break(WD_BREAK.LINE)
    text.add_run("第二段。")
    assert lines_of(saved(document)) == ["关于加强基层党建工作的通知", "第一段。", "第二段。"]


def test_the_title_of_the_file_counts_only_where_the_text_agrees():
    """Is the title in a copied file's properties disbelieved?"""
    document = Document()
    document.core_properties.title = "某县工作要点"
    document.add_paragraph("某县工作要点")
    document.add_paragraph("全面推进各项工作。")
    assert [(fact.field, fact.value) for fact in read_word(saved(document), "a.docx")[0].facts] == [
        ("title", "某县工作要点")
    ]
    document.core_properties.title = "另一份文件"
    assert read_word(saved(document), "a.docx")[0].facts == ()


def test_files_in_the_strict_form_are_read():
    """Does the other namespace of the standard make no difference?"""
    data = raw_word_file(paragraph("正文。"))
    strict = package(
        {
            "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
            "<w:p><w:r><w:t>正文。</w:t></w:r></w:p></w:body></w:document>"
        }
    )
    assert lines_of(strict) == lines_of(data) == ["正文。"]


DOCTYPE = '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BILLION = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (word_file("通知", ["正文。"])[:3000], "损坏"),
        (b"PK\x03\x04" + b"\0" * 100, "损坏"),
        (package({"word/document.xml": "<w:document"}), "XML 有误"),
        (package({"other.xml": "<a/>"}), "缺少部件"),
        (package({"word/document.xml": DOCTYPE + "<w:document>&x;</w:document>"}), "DOCTYPE"),
        (package({"word/document.xml": (DOCTYPE + "<w:document/>").encode("utf-16")}), "DOCTYPE"),
        (package({"word/document.xml": BILLION + "<w>&b;</w>"}), "DOCTYPE"),
        (package({"word/document.xml": b"<a>" + b" " * 40_000_000 + b"</a>"}), "压缩炸弹"),
        (package({f"part{n}.xml": "" for n in range(10_001)}), "压缩炸弹"),
        (raw_word_file("<w:p/>"), "没有文字"),
        (raw_word_file("<w:p>" * 500 + "</w:p>" * 500), "XML 有误"),
    ],
)
def test_bad_files_are_refused_in_one_line(data, reason):
    """Is every kind of broken or hostile file named for what it is?"""
    with pytest.raises(ReadError, match=reason) as caught:
        read_word(data, "a.docx")
    assert "\n" not in str(caught.value)
