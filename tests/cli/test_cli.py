"""The command line as a clerk meets it: results, one line for each error, exit codes, nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policykb.cli import main

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
PROFILE = ROOT / "examples" / "quyang.yaml"


@pytest.fixture(autouse=True)
def _no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLICYKB_HOME", raising=False)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command line; its exit code, standard output and standard error."""
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_built_in_corpus_holds_nine_documents(capsys: pytest.CaptureFixture[str]) -> None:
    """Do the five source files list as nine documents, the file of five counting five?"""
    code, out, _ = run(capsys, "list", "--json")
    documents = json.loads(out)["documents"]
    assert (code, len(documents)) == (0, 9)
    assert len({document["source"]["name"] for document in documents}) == 5


def test_a_practice_is_shown_with_all_of_its_parts(capsys: pytest.CaptureFixture[str]) -> None:
    """Does the card of 45666 name every part and member?"""
    code, out, _ = run(capsys, "practices", "45666")
    assert code == 0
    for words in ("四进：文化、卫生、法律、科技", "党建联席会", "空巢老人", "邻里纠纷矛盾", "六热线：党群服务"):
        assert words in out


def test_a_search_marks_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    """Is the passage on 六访 found first, with the words marked and its source told?"""
    code, out, _ = run(capsys, "search", "空巢老人必访", "-k", "1")
    assert code == 0
    assert "基层服务型党组织建设实施方案" in out
    assert "【空巢老人】" in out


def test_what_is_added_is_found_by_another_process(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Does a knowledge base on disk answer after it was closed and opened again?"""
    kb = tmp_path / "kb"
    assert run(capsys, "add", str(CORPUS / "jiuquan-party-building-overview-2017.txt"), "--kb", str(kb))[0] == 0
    code, out, _ = run(capsys, "search", "四联系两包抓", "--kb", str(kb), "--json")
    assert code == 0
    hit = json.loads(out)["hits"][0]
    assert "四联系两包抓" in hit["text"]
    assert run(capsys, "--kb", str(kb), "list", "--json")[1] == run(capsys, "list", "--kb", str(kb), "--json")[1]


def test_adding_twice_changes_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Does a second run say that nothing changed?"""
    kb = str(tmp_path / "kb")
    run(capsys, "add", str(CORPUS), "--kb", kb)
    code, out, _ = run(capsys, "add", str(CORPUS), "--kb", kb, "--json")
    report = json.loads(out)
    assert (code, report["added"], report["updated"], len(report["unchanged"])) == (0, [], [], 9)


def bad_inputs(folder: Path) -> dict[str, tuple[tuple[str, ...], str]]:
    """Commands that cannot succeed, each with a word that its message must hold."""
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "profile.yaml").write_text("name: 曲阳县\nlevle: county\n", encoding="utf-8")
    (folder / "broken.yaml").write_text("name: [曲阳县\n", encoding="utf-8")
    (folder / "old").mkdir()
    plan = ("-o", str(folder / "out.docx"))
    draft = ("draft", "implementation_plan", "--locality")
    return {
        "empty file": (("extract", str(folder / "empty.txt")), "empty.txt"),
        "binary file": (("extract", str(folder / "binary.txt")), "binary.txt"),
        "missing file": (("extract", str(folder / "none.txt")), "none.txt"),
        "missing folder to add": (("add", str(folder / "none"), "--kb", str(folder / "kb")), "none"),
        "adding to the built-in corpus": (("add", str(CORPUS)), "--kb"),
        "unknown practice": (
            ("draft", "implementation_plan", "--locality", str(PROFILE), "--practice", "99999", *plan),
            "99999",
        ),
        "unknown template": (("draft", "no_such", "--locality", str(PROFILE), *plan), "implementation_plan"),
        "wrong profile field": ((*draft, str(folder / "profile.yaml"), "--practice", "45666", *plan), "level"),
        "broken profile": ((*draft, str(folder / "broken.yaml"), "--practice", "45666", *plan), "broken.yaml"),
        "missing profile": ((*draft, str(folder / "none.yaml"), "--practice", "45666", *plan), "none.yaml"),
        "unknown field of --set": (
            (*draft, str(PROFILE), "--practice", "45666", "--set", "没有这个字段=1", *plan),
            "没有这个字段",
        ),
        "--set without a value": ((*draft, str(PROFILE), "--set", "title", *plan), "字段=值"),
        "unwritable output": (
            (*draft, str(PROFILE), "--practice", "45666", "-o", str(folder / "empty.txt" / "a.docx")),
            "a.docx",
        ),
        "unknown output format": (
            (*draft, str(PROFILE), "--practice", "45666", "-o", str(folder / "out.xyz")),
            ".docx",
        ),
        "unknown document": (("show", "ffffffff"), "ffffffff"),
        "missing knowledge base": (("list", "--kb", str(folder / "absent")), "absent"),
        "unknown locality": (("search", "党建", "--locality", "没有这个县"), "没有这个县"),
        "unknown kind in a query": (("search", "党建 类型:nonsense"), "nonsense"),
        "bad years": (("search", "党建", "--years", "去年"), "去年"),
        "exporting to an unknown format": (("export", "practices", "-o", str(folder / "out.xyz")), ".xlsx"),
        "checking what is no Word file": (("check", str(folder / "binary.txt")), "binary.txt"),
        "a place of several": (("locality", "鼓楼区"), "鼓楼区"),
        "a draft for no place": (("draft", "implementation_plan", *plan), "--localities"),
        "unknown verb": (("serch", "党建"), "search"),
        "unknown option": (("search", "党建", "--knd", "plan"), "--kind"),
    }


def test_bad_input_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Does each mistake give one Chinese line that says what is wrong, write nothing, and exit with 2?"""
    cases = bad_inputs(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    for name, (arguments, word) in cases.items():
        code, out, err = run(capsys, *arguments)
        assert code == 2, f"{name}: exit code {code}, {out}{err}"
        assert out == "", f"{name}: {out}"
        assert err.startswith("错误："), f"{name}: {err}"
        assert err.count("\n") == 1, f"{name}: {err}"
        assert word in err, f"{name}: {err}"
        assert "内部错误" not in err, f"{name}: {err}"
    assert sorted(tmp_path.rglob("*")) == before


def test_one_bad_file_does_not_stop_the_others(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Is a bad file of a folder told by name while the rest is added?"""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes((CORPUS / "jiuquan-party-building-overview-2017.txt").read_bytes())
    (folder / "b.txt").write_bytes(b"")
    code, out, err = run(capsys, "add", str(folder), "--kb", str(tmp_path / "kb"))
    assert code == 1
    assert "新增 1 份" in out
    assert "b.txt" in err


def test_a_plan_is_written_checked_and_reported(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Does the draft land with its report, say what is wanting, and does the check name just that?"""
    plan, report = tmp_path / "方案.docx", tmp_path / "report.json"
    arguments = ("--locality", str(PROFILE), "--practice", "45666", "-o", str(plan), "--report", str(report))
    code, out, _ = run(capsys, "draft", "implementation_plan", *arguments)
    assert code == 1
    assert "成文日期" in out
    told = json.loads(report.read_text(encoding="utf-8"))
    assert {"template", "locality", "output", "missing", "residue", "sources"} <= set(told)
    assert all(source["quote"] for source in told["sources"])
    code, out, _ = run(capsys, "check", str(plan), "--json")
    findings = json.loads(out)["findings"]
    assert code == 1
    assert findings
    assert all("待填" in finding["message"] for finding in findings if finding["severity"] == "error")


def test_a_batch_writes_a_file_for_each_row(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Does a table of places give as many Word files, one named for each?"""
    table = ROOT / "examples" / "towns.csv"
    code, _, _ = run(capsys, "draft", "notice", "--localities", str(table), "-o", str(tmp_path / "out"))
    n_rows = len(table.read_text(encoding="utf-8-sig").strip().splitlines()) - 1
    assert code in {0, 1}
    assert len(list((tmp_path / "out").glob("*.docx"))) == n_rows


def test_nothing_found_is_said_and_wanting(capsys: pytest.CaptureFixture[str]) -> None:
    """Is an empty result exit code 1 with a word of advice?"""
    code, out, err = run(capsys, "search", "量子纠缠望远镜")
    assert (code, out) == (1, "")
    assert "没有找到" in err
