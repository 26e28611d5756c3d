"""What a clerk is asked for, how answers are read; scores as a picture; what a finished file is checked for."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from plans import EXAMPLES, profile

from policykb.blocks import BlockKind
from policykb.drafting import (
    Question,
    add_score_chart,
    check_file,
    compose,
    fill_word_template,
    list_templates,
    load_scores,
    load_template,
    parse_profile,
    questions,
    update_profile,
)
from policykb.drafting.charts import find_font
from policykb.errors import PolicyKBError, TemplateError

NAMES = [template.name for template in list_templates()]


def asked(name: str, **values: object) -> dict[str, Question]:
    """The questions of a template for a county, by field."""
    return {one.field: one for one in questions(load_template(name), profile("曲阳县", **values))}


def test_the_questions_of_a_notice_in_their_order() -> None:
    """Are they in the template's order with label, help and example, what may be left out marked, the head last?"""
    found = asked("notice", theme="书记轮训")
    assert list(found) == [
        "authority", "addressees", "purpose", "basis", "matters", "report_by", "report_what", "contact",
        "attachments", "note", "date", "document_number",
    ]  # fmt: skip
    assert [name for name, one in found.items() if not one.required] == ["basis", "attachments", "note"]
    assert found["purpose"].help == "写在“为”后面，不带句号"
    assert found["matters"].columns == {"heading": "事项名称", "text": "事项内容"}
    assert found["matters"].example == "时间安排|培训时间和地点"


@pytest.mark.parametrize(
    ("name", "field", "typed", "value"),
    [
        ("notice", "purpose", " 提高能力 ", "提高能力"),
        ("notice", "addressees", "各乡镇党委；县直各单位", ["各乡镇党委", "县直各单位"]),
        ("notice", "contact", "某某|0312", {"name": "某某", "phone": "0312"}),
        ("notice", "matters", "对象|村书记；时间", [{"heading": "对象", "text": "村书记"}, {"heading": "时间"}]),
        ("implementation_plan", "targets", "覆盖率|90|%|2026-12-31", [
            {"name": "覆盖率", "value": "90", "unit": "%", "deadline": "2026-12-31"}]),
        ("notice", "matters", "；", None),
        ("notice", "purpose", "", None),
    ],
)  # fmt: skip
def test_an_answer_is_read_as_its_field_wants_it(name: str, field: str, typed: str, value: object) -> None:
    """Are several answers parted by ；, the parts of one by |, and is an empty one none?"""
    assert asked(name)[field].answer(typed) == value


@pytest.mark.parametrize("name", NAMES)
def test_who_answers_all_questions_is_asked_no_more(name: str) -> None:
    """Does a draft lack, after all answers, only what practices or a table bring?"""
    template, target = load_template(name), profile("曲阳县")
    answers = {}
    for one in questions(template, target):
        text = "|".join(f"某{label}" for label in one.columns.values()) or "2026-03-01"
        answers[one.field] = one.answer("启动|2026-03-01|2026-04-01|动员。" if one.field == "stages" else text)
    answered = update_profile(target, answers)
    assert questions(template, answered) == ()
    brought = {field.name for field in template.fields if not field.asked}
    lacking = {missing.field.partition(".")[0] for missing in compose(template, answered).missing}
    assert lacking <= brought | {"sections"}


def test_a_target_may_lack_its_unit() -> None:
    """Is 90% with its sign in the value a whole target?"""
    target = profile("曲阳县", targets=[{"name": "覆盖率", "value": "90%", "deadline": "2026-12-31"}])
    text = "".join(block.text for block in compose(load_template("implementation_plan"), target).blocks)
    assert "到2026年12月31日，覆盖率达到90%。" in text


def test_scores_stand_as_a_picture_in_the_report(tmp_path: Path) -> None:
    """Is the chart below 考评结果, in the file, told in words, and the same bytes each time?"""
    if find_font() is None:
        pytest.skip("no Chinese font on this computer")
    data = load_scores(EXAMPLES / "scores.csv")
    draft = compose(load_template("assessment_report"), profile("曲阳县"), data=data)
    charted = add_score_chart(draft, data)
    at = [block.kind for block in charted.blocks].index(BlockKind.PICTURE)
    above = [block.text for block in charted.blocks[:at] if block.kind is BlockKind.HEADING_1]
    assert above[-1].endswith("考评结果")
    picture = charted.blocks[at].picture
    assert picture is not None
    assert all(f"{row['unit']}{row['score']}分" in picture.description for row in data["scores"])
    path = charted.save(tmp_path / "报告.docx")
    assert len(docx.Document(path).inline_shapes) == 1
    assert path.read_bytes() == add_score_chart(draft, data).save(path).read_bytes()
    assert "（图：各单位考评得分：" in charted.save(tmp_path / "报告.md").read_text(encoding="utf-8")


def test_a_chart_that_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is it told in one line what is wanting: the section, fewer units, a font?"""
    data = load_scores(EXAMPLES / "scores.csv")
    plan = compose(load_template("implementation_plan"), profile("曲阳县"))
    with pytest.raises(PolicyKBError, match="assessment_report"):
        add_score_chart(plan, data)
    report = compose(load_template("assessment_report"), profile("曲阳县"), data=data)
    with pytest.raises(PolicyKBError, match="最多画 30 个"):
        add_score_chart(report, data | {"scores": data["scores"] * 9})
    monkeypatch.setattr("policykb.drafting.charts.find_font", lambda: None)
    with pytest.raises(PolicyKBError, match="中文字体"):
        add_score_chart(report, data)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("学习借鉴咸宁市经验。", [("咸宁市", "locality")]),
        ("河北省保定市和曲阳县共建。", []),
        ("按照市委、省委部署推进。", []),
        ("在全市推行，我市落实。", [("全市", "level_word"), ("我市", "level_word")]),
        ("各县（市、区）落实。", [("各县（市、区）", "level_word")]),
        ("在全县推行，各乡镇落实。", []),
        ("于2026年6月底前报送，2025年已完成，今年以来进展良好。", []),
        ("2012年为基层组织建设年。", [("2012年", "dated_reference")]),
        ("学习贯彻党的十八大精神。", [("党的十八大", "dated_reference")]),
        ("走访群众3200户。", []),
    ],
)  # fmt: skip
def test_a_finished_file_is_judged_by_its_own_date(text: str, found: list[tuple[str, str]], tmp_path: Path) -> None:
    """Are foreign places, words of other levels and old years found, and its own year and superiors not?"""
    document = docx.Document()
    for line in ("曲阳县委组织部关于党建工作的通知", "各乡镇党委：", text, "中共曲阳县委组织部", "2026年3月1日"):
        document.add_paragraph(line)
    document.save(tmp_path / "文.docx")
    target = parse_profile({"name": "曲阳县", "full_name": "河北省保定市曲阳县"})
    report = check_file(tmp_path / "文.docx", target)
    assert [(each.text, each.kind.value) for each in report.residue] == found


def hard_template(path: Path, body: list[str], rows: tuple[str, ...] = (), header: str = "") -> Path:
    """A Word file of one's own with tags in paragraphs, in the rows of a table, in the page header."""
    document = docx.Document()
    for text in body:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=len(rows), cols=2)
        for row, text in zip(table.rows, rows, strict=True):
            row.cells[0].text, row.cells[1].text = text, "{{ theme }}" if "{%" not in text else ""
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.save(path)
    return path


def test_loops_in_tables_and_tags_in_headers_are_filled(tmp_path: Path) -> None:
    """Is each row written once a stage, the header filled, and what nobody gave told by its row?"""
    rows = ("{%tr for stage in stages %}", "{{ stage.name }}{{ stage.start }}", "{%tr endfor %}")
    path = hard_template(tmp_path / "样.docx", ["{{ name }}{{ contact.phone }}"], rows, "{{ authority }}文件")
    target = profile(
        "曲阳县", theme="党建", authority="县委", stages=[{"name": "甲", "start": "2026-03-01"}, {"name": "乙"}]
    )
    filled = fill_word_template(path, target)
    document = docx.Document(BytesIO(filled.data))
    cells = [row.cells[0].text for row in document.tables[0].rows]
    assert cells == ["甲2026年3月1日", "乙【待填：乙起始时间】"]
    assert document.sections[0].header.paragraphs[0].text == "县委文件"
    assert {field.field for field in filled.missing} == {"contact.phone", "stages[2].start"}
    assert (filled.template, filled.complete, filled.file_stem) == ("样", False, "曲阳县-样")
    assert list(filled.report("出.docx")) == ["template", "locality", "output", "missing", "residue", "sources"]


@pytest.mark.parametrize(
    "tag",
    [
        "{{ name.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ name.format.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ stages.__len__ }}",
        "{{ '{0.__class__}'.format(name) }}",
        "{{ tasks.append(1) }}",
    ],
)
def test_a_word_file_cannot_reach_python(tag: str, tmp_path: Path) -> None:
    """Is every way to the insides refused in a file of one's own too?"""
    from policykb.drafting import fill_word_template  # noqa: PLC0415 - needs docxtpl only when called

    path = hard_template(tmp_path / "坏.docx", [tag])
    with pytest.raises(TemplateError):
        fill_word_template(path, profile("曲阳县", stages=[{"name": "甲"}]))
