"""The verbs and options about the program itself: its language, its health, what explains a result."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest

from policykb.cli import VERBS, main
from policykb.cli.app import app

ROOT = Path(__file__).parents[2]
JIUQUAN = ROOT / "corpus" / "jiuquan-party-building-overview-2017.txt"


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("POLICYKB_HOME", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command line; its exit code, standard output and standard error."""
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: str(verb.name))
def test_every_verb_explains_itself_with_an_example(capsys: pytest.CaptureFixture[str], verb: click.Command) -> None:
    """Does the help of each verb stand in Chinese, with an example that names it, and explain each option?"""
    code, out, _ = run(capsys, str(verb.name), "--help")
    assert code == 0
    assert f"用法：policykb {verb.name}" in out
    assert f"policykb {verb.name}" in out.split("例子：")[1]
    options = [parameter for parameter in verb.params if isinstance(parameter, click.Option)]
    assert [option.opts[0] for option in options if not option.help] == []


def test_the_program_alone_says_what_to_do_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Does `policykb` without a verb list every verb and the first steps, with exit code 0?"""
    code, out, _ = run(capsys)
    assert code == 0
    assert [verb.name for verb in VERBS if f"\n  {verb.name} " not in out] == []
    assert "policykb add 下载/ --kb 我的知识库" in out.split("从这里开始：")[1]


@pytest.mark.parametrize("arguments", [("--lang", "en", "list"), ("list", "--lang=en"), ("list", "--lang", "en")])
def test_english_may_be_asked_for_anywhere(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    """Does --lang en before or after the verb give English remarks?"""
    code, out, err = run(capsys, *arguments)
    assert code == 0
    assert "9 documents" in err
    assert not re.search("[一-鿿]", out.splitlines()[0]), "the head of the table is English"


def test_the_locale_chooses_the_language(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Does an English locale give English, every other Chinese, and does the option go before it?"""
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert run(capsys, "show", "ffffffff")[2].startswith("Error: ")
    assert run(capsys, "show", "ffffffff", "--lang", "zh")[2].startswith("错误：")
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert run(capsys, "show", "ffffffff")[2].startswith("错误：")


@pytest.mark.parametrize("verb", [None, *VERBS], ids=lambda verb: str(verb and verb.name))
def test_english_help_is_english(capsys: pytest.CaptureFixture[str], verb: click.Command | None) -> None:
    """Is every line of the help English but for examples, which are about Chinese texts?"""
    name = [str(verb.name)] if verb else []
    code, out, _ = run(capsys, *name, "--help", "--lang", "en")
    assert code == 0
    explained = re.split("Examples:|Start here:", out)[0]
    foreign = [line for line in explained.splitlines() if re.search("[一-鿿]", re.sub(r"“[^”]*”|\w+:\S+", "", line))]
    assert foreign == []


def test_debug_may_stand_behind_the_verb() -> None:
    """Does --debug raise the error itself, wherever it stands?"""
    with pytest.raises(Exception, match="ffffffff"):
        main(["show", "ffffffff", "--debug"])


def test_reasons_add_up_to_the_score(capsys: pytest.CaptureFixture[str]) -> None:
    """Does --explain name words with fields, and are they the score together?"""
    code, out, _ = run(capsys, "search", "空巢老人", "-k", "2", "--explain", "--json")
    assert code == 0
    for hit in json.loads(out)["hits"]:
        assert sum(reason["score"] for reason in hit["reasons"]) == pytest.approx(hit["score"], rel=1e-3)
    assert "因为" in run(capsys, "search", "空巢老人", "-k", "1", "--explain")[1]


def test_counts_agree_with_what_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    """Do --facets count all results, and as many of a year as the search for that year finds?"""
    facets = json.loads(run(capsys, "search", "党建", "--facets", "--json")[1])["facets"]
    assert facets["total"] == len(json.loads(run(capsys, "search", "党建", "-k", "1000", "--json")[1])["hits"])
    for year in facets["years"]:
        found = json.loads(run(capsys, "search", "党建", "-k", "1000", "--years", year["value"], "--json")[1])["hits"]
        assert len(found) == year["n"]


def test_pages_are_parts_of_one_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Is the second page what follows the first?"""

    def places(*options: str) -> list[tuple[str, int]]:
        hits = json.loads(run(capsys, "search", "党员", "--json", *options)[1])["hits"]
        return [(hit["document"]["id"], hit["start"]) for hit in hits]

    assert places("-k", "3") + places("-k", "3", "--page", "2") == places("-k", "6")


def test_a_tampered_store_is_told_and_a_sound_one_praised(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Does verify tell a sound knowledge base, and does reindex build its index anew?"""
    kb = str(tmp_path / "kb")
    run(capsys, "add", str(JIUQUAN), "--kb", kb)
    code, out, err = run(capsys, "verify", "--kb", kb)
    assert (code, out) == (0, "")
    assert "1 份文件全部完好" in err
    code, out, _ = run(capsys, "reindex", "--kb", kb)
    assert (code, out) == (0, "已重建 1 份文件的索引\n")
    assert json.loads(run(capsys, "verify", "--kb", kb, "--json")[1]) == {"documents": 1, "problems": []}


def test_the_doctor_looks_at_everything(capsys: pytest.CaptureFixture[str]) -> None:
    """Does doctor name the program, the extras, the fonts, LibreOffice and the knowledge base?"""
    _, out, _ = run(capsys, "doctor", "--json")
    findings = json.loads(out)["findings"]
    told = {finding["what"] for finding in findings}
    assert {"policykb", "rjieba", "LibreOffice", "公文字体", "知识库"} <= told
    assert all(finding["remedy"] for finding in findings if finding["well"] is not True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_for_the_shell(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    """Does the script complete the program by asking the program?"""
    code, out, _ = run(capsys, "completion", shell)
    assert code == 0
    assert "_POLICYKB_COMPLETE" in out


def test_verbs_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does the shell get the verbs that begin with what was typed?"""
    from click.shell_completion import BashComplete  # noqa: PLC0415

    monkeypatch.setenv("COMP_WORDS", "policykb se")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert "search" in BashComplete(app, {}, "policykb", "_POLICYKB_COMPLETE").complete()


def test_a_word_may_be_excluded_without_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    """Does `search 党员 -培训` leave out texts with 培训, as the same query in quotes does?"""
    apart = json.loads(run(capsys, "search", "党员", "-培训", "--json")[1])["hits"]
    quoted = json.loads(run(capsys, "search", "党员 -培训", "--json")[1])["hits"]
    assert apart == quoted
    assert [hit for hit in apart if "培训" in hit["text"]] == []


def test_terms_may_be_typed_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    """Are --kind 新闻 and --unit 做法 what --kind news and --unit practice are?"""
    for chinese, english in (("--kind=新闻", "--kind=news"), ("--unit=做法", "--unit=practice")):
        assert (
            run(capsys, "search", "网格", chinese, "--json")[1] == run(capsys, "search", "网格", english, "--json")[1]
        )


def test_a_page_behind_the_last_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Does a page number that is too high say so rather than advise other words?"""
    code, out, err = run(capsys, "search", "网格", "--page", "99")
    assert (code, out) == (1, "")
    assert "没有第 99 页" in err
