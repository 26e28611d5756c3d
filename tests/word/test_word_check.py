"""Checking Word files: our own, and files made by hand with everything that goes wrong by hand."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from policykb.blocks import Block, BlockKind, Header, Imprint, Run
from policykb.errors import ReadError
from policykb.word import Finding, Severity, check_docx, read_blocks, write_docx
from policykb.word.findings import check_rules, finding

K = BlockKind
REQUEST = (
    (K.TITLE, "中共曲阳县委组织部关于增加党建工作经费的请示"),
    (K.ADDRESSEE, "中共曲阳县委："),
    (K.BODY, "为做好“四进”工作，现就增加经费请示如下。"),
    (K.HEADING_1, "一、基本情况"),
    (K.HEADING_2, "（一）工作进展"),
    (K.HEADING_3, "1.开展“四进”"),
    (K.HEADING_1, "二、请示事项"),
    (K.BODY, "妥否，请批示。"),
    (K.ATTACHMENT_NOTE, "附件：1.经费测算表"),
    (K.ATTACHMENT_NOTE, "2.依据文件"),
    (K.SIGNATURE, "中共曲阳县委组织部"),
    (K.DATE, "2026年3月1日"),
    (K.NOTE, "（联系人：某某，电话：0312—1234567）"),
    (K.ATTACHMENT, "附件1"),
    (K.TITLE, "经费测算表"),
    (K.ATTACHMENT, "附件2"),
    (K.TITLE, "依据文件"),
)
HEAD = Header(
    organs=("中共曲阳县委组织部",),
    suffix="文件",
    document_number="曲组〔2026〕1号",
    signatories=("某某",),
    classification="机密★1年",
)


def written(tmp_path: Path, *blocks: tuple[BlockKind, str], header: Header | None = None) -> Path:
    """A file of ours with blocks of one run each."""
    path = tmp_path / "文.docx"
    parts = [Block(kind=kind, runs=(Run(text=text),)) for kind, text in blocks]
    path.write_bytes(write_docx(parts, header=header, imprint=Imprint(printed_by="曲阳县委办")))
    return path


def rules(found: tuple[Finding, ...]) -> list[str]:
    """The names of the broken rules."""
    return [each.rule for each in found]


def changed(old: str, new: str) -> list[tuple[BlockKind, str]]:
    """The request with one thing changed."""
    assert any(old in text for _, text in REQUEST)
    return [(kind, text.replace(old, new)) for kind, text in REQUEST if text.replace(old, new)]


def test_a_file_of_our_own_passes(tmp_path: Path) -> None:
    """Is there nothing to say of a request with head, attachments and note as the format has them?"""
    assert check_docx(written(tmp_path, *REQUEST, header=HEAD)) == ()


@pytest.mark.parametrize(
    ("old", "new", "rule", "told"),
    [
        ("2026年3月1日", "2026年03月01日", "date_form", "2026年3月1日"),
        ("2026年3月1日", "二〇二六年三月十一日", "date_form", "2026年3月11日"),
        ("2026年3月1日", "", "no_date", "没有成文日期"),
        ("二、请示事项", "三、请示事项", "heading_gap", "二、"),
        ("（一）工作进展", "（一）、工作进展", "heading_mark", "（一）"),
        ("1.开展", "1、开展", "heading_mark", "1."),
        ("“四进”工作", '"四进"工作', "straight_quotes", "直引号"),
        ("工作，现", "工作,现", "half_width", "，"),
        ("经费请示如下", "经费（详见附件)请示如下", "half_width", "）"),
        ("如下。", "如下...", "dots", "……"),
        ("中共曲阳县委：", "中共曲阳县委:", "addressee_colon", "全角冒号"),
        ("中共曲阳县委：", "中共曲阳县委，曲阳县人民政府：", "request_several", "2"),
        ("妥否，请批示。", "特此报告。", "request_closing", "结语"),
        ("联系人：某某，电话：0312—1234567", "此件公开发布", "request_contact", "联系人"),
        ("的请示", "的请示报告", "request_report", "请示报告"),
        ("工作进展", "【待填：进展】", "placeholder", "1 处【待填】：进展（第15段）"),
        ("工作进展", "XX县的工作进展", "stand_in", "XX"),
        ("2.依据文件", "2.依据文件\n3.其他", "attachment_names", "3"),
        ("某某，电话", "玥玥，电话", "rare_character", "玥"),
        ("、基本情况", "、《甲办法》、《乙办法》情况", "between_titles", "》、《"),
        ("的请示", "的实施方案", "not_a_kind", "方案"),
    ],
)
def test_one_thing_wrong_is_found_and_told(tmp_path: Path, old: str, new: str, rule: str, told: str) -> None:
    """Is each mistake found with its clause and what to do, and nothing else claimed?"""
    found = check_docx(written(tmp_path, *changed(old, new), header=HEAD))
    assert rule in rules(found)
    one = next(each for each in found if each.rule == rule)
    assert told in one.message + one.remedy
    assert one.clause
    assert one.remedy
    others = set(rules(found)) - {rule}
    assert not {"font", "size", "indent", "margin", "heading_gap"} & others


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("曲组[2026]1号", "曲组〔2026〕1号"),
        ("曲组〔2026〕01号", "曲组〔2026〕1号"),
        ("曲组（2026）第8号", "曲组〔2026〕8号"),
    ],
)
def test_a_document_number_in_another_form_is_put_right(tmp_path: Path, number: str, right: str) -> None:
    """Is the remedy the number in its right form (7.2.5)?"""
    found = check_docx(written(tmp_path, *REQUEST, header=HEAD.model_copy(update={"document_number": number})))
    assert [right in each.remedy for each in found if each.rule == "number_form"] == [True]


def test_a_report_may_not_ask(tmp_path: Path) -> None:
    """Is a request inside a report found, and a head without 签发人?"""
    blocks = [(kind, text.replace("的请示", "的报告").replace("妥否，", "")) for kind, text in REQUEST]
    found = check_docx(written(tmp_path, *blocks, header=HEAD.model_copy(update={"signatories": ()})))
    assert {"report_asks", "signatory"} <= set(rules(found))


@pytest.fixture
def handmade(tmp_path: Path) -> Path:
    """A notice as a clerk makes it with Word's own template: theme fonts, spaces, bold, wide margins."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    title = document.add_paragraph("关于开展检查的通知")
    title.runs[0].font.size = Pt(22)
    title.runs[0].bold = True
    document.add_paragraph("各乡镇：").paragraph_format.first_line_indent = Pt(32)
    spaced = document.add_paragraph("　　为做好工作，现通知如下：")
    look(spaced, "仿宋_GB2312")
    document.add_paragraph("一、时间")
    body = document.add_paragraph("请于本月完成“回头看”。")
    look(body, "仿宋_GB2312")
    body.runs[0].font.name = "Times New Roman"
    body.paragraph_format.line_spacing = Pt(32)
    table = document.add_table(rows=1, cols=1)
    table.cell(0, 0).text = "【待填：单位】"
    path = tmp_path / "手工.docx"
    document.save(path)
    return path


def look(paragraph, family: str) -> None:
    """Set the Chinese font and the size as Word's dialog does."""
    run = paragraph.runs[0]
    run.font.size = Pt(16)
    run.font.name = family
    run._r.rPr.rFonts.set(qn("w:eastAsia"), family)


def test_a_file_made_by_hand_is_understood(handmade: Path) -> None:
    """Are its faults named one by one, at their paragraphs, in its tables too?"""
    found = check_docx(handmade)
    by_rule: dict[str, list[int | None]] = {}
    for each in found:
        by_rule.setdefault(each.rule, []).append(each.paragraph)
    assert len(by_rule["margin"]) == 4
    assert "page_number_missing" in by_rule
    assert by_rule["centred"] == [1]
    assert by_rule["bold"] == [1]
    assert by_rule["flush"] == [2]
    assert by_rule["indent_spaces"] == [3]
    assert 4 in by_rule["theme_font"] + by_rule.get("font", [])
    assert by_rule["latin_quotes"] == [5]
    assert 5 in by_rule["indent"]
    assert by_rule["no_date"] == [None]
    assert "placeholder" in by_rule
    assert {each.severity for each in found} == set(Severity)


def test_blocks_are_read_back_with_their_kinds(tmp_path: Path) -> None:
    """Does a written file read back as the blocks that it was made of, up to the attachments?"""
    found = read_blocks(written(tmp_path, *REQUEST, header=HEAD))
    n = next(index for index, (kind, _) in enumerate(REQUEST) if kind is K.ATTACHMENT)
    assert [(block.kind, block.text) for block in found[:n]] == list(REQUEST[:n])


@pytest.mark.parametrize("data", [None, b"", b"plain", b"PK\x03\x04broken"])
def test_what_is_no_word_file_is_refused_in_one_line(tmp_path: Path, data: bytes | None) -> None:
    """Is a file that is missing, empty or something else a ReadError?"""
    path = tmp_path / "坏.docx"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ReadError, match=r"坏\.docx") as caught:
        check_docx(path)
    assert "\n" not in str(caught.value)


def test_every_rule_has_a_message_that_can_be_filled() -> None:
    """Do all rules of the data file speak, with found and wanted in their places?"""
    for name in check_rules().rules:
        told = finding(name, 1, "文", found="甲", wanted="乙")
        assert "{" not in told.message + told.remedy


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([k for k in K if k is not K.TABLE]), st.text(max_size=40)), max_size=6))
def test_any_file_of_ours_can_be_checked(tmp_path_factory: pytest.TempPathFactory, blocks) -> None:
    """Does no mix of blocks and characters make the check fail?"""
    check_docx(written(tmp_path_factory.mktemp("any"), *blocks))


def test_what_is_to_be_filled_in_is_told_once(tmp_path: Path) -> None:
    """Is there one finding that counts the places, names each once with where it stands first, and ends with 等?"""
    bodies = [(K.BODY, f"由【待填：{name}】办，【待填：时限】前办结。") for name in "甲乙丙丁戊己庚辛"]
    found = [each for each in check_docx(written(tmp_path, REQUEST[0], *bodies)) if each.rule == "placeholder"]
    assert [(each.severity, each.place) for each in found] == [(Severity.ERROR, "全文")]
    assert found[0].message.startswith("还有 16 处【待填】：甲（第5段）、时限（第5段）、乙（第6段）、")
    assert found[0].message.endswith("庚（第11段）等")


@pytest.mark.parametrize(
    "number",
    [
        "【待填：发文字号】",
        "曲组发〔2026〕  号",
        "曲组发〔2026〕×号",
        "曲组发〔20××〕××号",
        "特急\t【待填：发文字号】",
        "曲组发〔2026〕8号\t\t某甲",
        "【待填：发文字号】\t签发人：【待填：签发人】",
        "第  期",
    ],
)
def test_a_number_to_come_is_no_title(tmp_path: Path, number: str) -> None:
    """Is the centred line above the title known as the number while it is not yet given?"""
    title = [(kind, text) for kind, text in REQUEST if kind is K.TITLE][:1]
    path = tmp_path / "文.docx"
    document = docx.Document()
    for text in (number, title[0][1], "中共曲阳县委："):
        document.add_paragraph(text).alignment = 1
    document.save(path)
    assert [(block.kind, block.text) for block in read_blocks(path)][:1] == title


def test_quotation_marks_within_others_are_single(tmp_path: Path) -> None:
    """Does a paragraph with quotation marks stand in ‘ ’ where it is quoted itself, in its message too?"""
    found = check_docx(written(tmp_path, *changed("、基本情况", "、“三进”、“四进”情况.")))
    told = next(each for each in found if each.rule == "between_titles")
    assert told.place.endswith("“一、‘三进’、‘四进’情况.”")
    assert "“’、‘”" in told.message


def test_attachments_of_an_attachment_count_to_it(tmp_path: Path) -> None:
    """Is a plan that is issued with its own table no attachment too many, and a table that nobody names one?"""
    inside = [(K.BODY, "附件：任务分解表"), (K.ATTACHMENT, "附件"), (K.TITLE, "任务分解表")]
    head = [*REQUEST[:3], (K.ATTACHMENT_NOTE, "附件：工作方案"), *REQUEST[10:13], (K.ATTACHMENT, "附件")]
    assert "attachment_names" not in rules(check_docx(written(tmp_path, *head, (K.TITLE, "工作方案"), *inside)))
    assert "attachment_names" in rules(check_docx(written(tmp_path, *head, (K.TITLE, "工作方案"), *inside[1:])))


def test_what_is_to_be_filled_in_at_the_foot_is_told(tmp_path: Path) -> None:
    """Is the imprint, which stands in a text box, looked at too, once?"""
    path = tmp_path / "文.docx"
    parts = [Block(kind=kind, runs=(Run(text=text),)) for kind, text in REQUEST]
    path.write_bytes(write_docx(parts, header=HEAD, imprint=Imprint(printed_by="【待填：印发机关】")))
    assert [each.message for each in check_docx(path)] == ["还有 1 处【待填】：印发机关（文本框）"]
