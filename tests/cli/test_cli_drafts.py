"""Drafting from the command line: answering questions, one's own Word file, fonts, charts, mending a format."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest

from policykb.cli import main

ROOT = Path(__file__).parents[2]
PROFILE = str(ROOT / "examples" / "quyang.yaml")
SCORES = str(ROOT / "examples" / "scores.csv")


@pytest.fixture(autouse=True)
def _no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLICYKB_HOME", raising=False)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command line; its exit code, standard output and standard error."""
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def text_of(path: Path) -> str:
    """All paragraphs of a Word file."""
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_answers_go_into_the_draft(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Does --ask put what was typed in its place, and leave 【待填】 where Enter was pressed?"""
    plan = tmp_path / "通知.docx"
    monkeypatch.setattr("sys.stdin", io.StringIO("提高基层党组织书记履职能力\n" + "\n" * 40))
    code, out, err = run(capsys, "draft", "notice", "--locality", PROFILE, "--ask", "-o", str(plan), "--json")
    assert code == 1
    assert "目的" in err
    missing = {missing["label"] for missing in json.loads(out)["missing"]}
    assert "目的" not in missing
    assert missing
    assert "为提高基层党组织书记履职能力" in text_of(plan)


def test_a_word_file_of_ones_own_is_filled(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Does --template fill a clerk's own Word file, and tell what it asks for in vain?"""
    own, plan = tmp_path / "模板.docx", tmp_path / "方案.docx"
    document = docx.Document()
    document.add_paragraph("{{ name }}：{{ practice_leader }}")
    document.save(str(own))
    arguments = ("draft", "--template", str(own), "--locality", PROFILE, "-o", str(plan), "--json")
    code, out, _ = run(capsys, *arguments)
    assert code == 1
    assert [missing["field"] for missing in json.loads(out)["missing"]] == ["practice_leader"]
    assert text_of(plan).startswith("曲阳县：【待填")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("notice", "--template", "a.docx"), "二者选一"),
        (("--template", "a.docx", "--wrap", "notice"), "--wrap"),
        (("notice", "--fonts", "win", "--layout", "a.yaml"), "--fonts"),
        (("notice", "--fonts", "comic"), "gb2312"),
    ],
)
def test_options_that_contradict_are_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: tuple[str, ...], word: str
) -> None:
    """Is each contradiction one line, with nothing written?"""
    code, out, err = run(capsys, "draft", *arguments, "--locality", PROFILE, "-o", str(tmp_path / "a.docx"))
    assert (code, out) == (2, "")
    assert word in err
    assert list(tmp_path.iterdir()) == []


def test_asking_goes_with_one_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Is --ask refused for a whole table?"""
    table = str(ROOT / "examples" / "towns.csv")
    code, _, err = run(capsys, "draft", "notice", "--localities", table, "--ask", "-o", str(tmp_path / "out"))
    assert code == 2
    assert "--ask" in err


def test_the_fonts_of_the_computer_may_be_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Does --fonts win name the fonts that Windows brings?"""
    plan = tmp_path / "a.docx"
    run(capsys, "draft", "notice", "--locality", PROFILE, "--fonts", "win", "-o", str(plan))
    paragraphs = docx.Document(str(plan)).paragraphs
    looks = [str(run.font.element.xml) for paragraph in paragraphs for run in paragraph.runs]
    assert looks
    assert [look for look in looks if "仿宋_GB2312" in look] == []


def test_the_chart_stands_in_the_report(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Does --chart put one picture into an assessment report, with its text for those who cannot see it?"""
    report = tmp_path / "报告.docx"
    arguments = ("--locality", PROFILE, "--data", SCORES, "--chart", "-o", str(report))
    assert run(capsys, "draft", "assessment_report", *arguments)[0] in {0, 1}
    (picture,) = docx.Document(str(report)).inline_shapes
    assert "得分" in picture._inline.docPr.get("descr")


def test_how_much_is_copied_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Does the report tell of each section how much is word for word from a source?"""
    arguments = ("--locality", PROFILE, "--practice", "45666", "-o", str(tmp_path / "a.docx"))
    report = json.loads(run(capsys, "draft", "implementation_plan", *arguments, "--json")[1])
    copied = {section["section"]: section for section in report["duplication"] if section["copied"]}
    assert copied
    assert all(section["copied"] <= section["characters"] for section in copied.values())
    assert all(run in text_of(tmp_path / "a.docx") for section in copied.values() for run in section["longest"])


def test_a_format_is_mended_beside_the_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Does --fix write another file with the same words, say what it did, and leave the first as it was?"""
    rough = tmp_path / "通知.docx"
    document = docx.Document()
    for text in ("关于开展调研的通知", "各乡镇：", "现将有关事项通知如下。", "一、调研时间", "3月1日至5日。"):
        document.add_paragraph(text)
    document.save(str(rough))
    before = rough.read_bytes()
    _, out, _ = run(capsys, "check", str(rough), "--fix")
    assert "文字未动" in out
    assert rough.read_bytes() == before
    assert text_of(tmp_path / "通知-已改.docx") == text_of(rough)
    findings = [
        json.loads(run(capsys, "check", str(path), "--json")[1])["findings"]
        for path in (rough, tmp_path / "通知-已改.docx")
    ]
    assert len(findings[1]) < len(findings[0])


def test_an_output_without_mending_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Is -o of check an error without --fix?"""
    code, _, err = run(capsys, "check", "a.docx", "-o", str(tmp_path / "b.docx"))
    assert code == 2
    assert "--fix" in err


@pytest.mark.parametrize(
    "settings",
    [
        ("联系人=张三|0312-8",),
        ("contact.name=张三", "contact.phone=0312-8"),
        ("联系人.姓名=张三", "contact.phone=0312-8"),
    ],
)
def test_a_field_with_parts_is_set_whole_or_part_by_part(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, settings: tuple[str, ...]
) -> None:
    """Does --set take a contact as --ask does, and by the names that the list of gaps shows?"""
    plan = tmp_path / "通知.docx"
    options = [part for setting in settings for part in ("--set", setting)]
    run(capsys, "draft", "notice", "--locality", PROFILE, *options, "-o", str(plan))
    assert "张三" in text_of(plan)
    assert "0312-8" in text_of(plan)


def test_a_template_is_known_by_its_label(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Is 实施方案 as good as implementation_plan?"""
    report = run(capsys, "draft", "实施方案", "--locality", PROFILE, "-o", str(tmp_path / "a.docx"), "--json")[1]
    assert json.loads(report)["template"] == "implementation_plan"


def test_a_filled_profile_is_never_overwritten(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Does policykb locality leave a file alone that is there?"""
    path = tmp_path / "曲阳县.yaml"
    path.write_text("name: 曲阳县\n", encoding="utf-8")
    code, _, err = run(capsys, "locality", "曲阳县", "-o", str(path))
    assert code == 2
    assert "已有这个文件" in err
    assert path.read_text(encoding="utf-8") == "name: 曲阳县\n"


def test_a_batch_tells_each_gap_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Is there a line a place, and one for each gap with the number of drafts?"""
    _, out, _ = run(
        capsys, "draft", "notice", "--localities", str(ROOT / "examples" / "towns.csv"), "-o", str(tmp_path)
    )
    assert out.count("成文日期") == 1
    assert "2 份" in out
    assert len([line for line in out.splitlines() if line.startswith("· ")]) == 2
