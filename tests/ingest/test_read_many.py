"""Many files at once: all of them in order, on one core or on several, and what fails is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from policykb import ingest, parallel
from policykb.extraction import extract
from policykb.ingest import Ingested, Unread, read, read_many
from policykb.models import Document

CORPUS = Path(__file__).parents[2] / "corpus"
SENTENCE = "各级党组织要结合实际抓好贯彻落实，确保各项任务落到实处。"


def title_of(document: Document) -> str:
    """What the tests make of a document."""
    return document.title


def end_process(document: Document) -> str:
    """Ends the process that works on the document 致命."""
    if document.title == "致命":
        os._exit(1)
    return document.title


def fail(document: Document) -> str:
    """A mistake over one document."""
    if document.title == "出错":
        raise ZeroDivisionError
    return document.title


def make_files(folder: Path) -> None:
    """Texts, rows and a broken file."""
    (folder / "a.txt").write_text(f"甲县工作总结\n{SENTENCE}", encoding="utf-8")
    (folder / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    rows = [
        json.dumps({"id": f"r{n}", "title": f"第{n}号", "text": SENTENCE * 20}, ensure_ascii=False) for n in range(260)
    ]
    (folder / "c.jsonl").write_text("\n".join([*rows, "{"]), encoding="utf-8")
    (folder / "d.txt").write_text("", encoding="utf-8")
    (folder / "e.txt").write_text(f"乙县工作总结\n{SENTENCE}", encoding="utf-8")


def told(results: list[Ingested[str] | Unread]) -> list[tuple[str, str]]:
    """File and title of each result, or file and the first words of what is wrong."""
    return [
        (one.path.name, one.made if isinstance(one, Ingested) else one.reason.split("：", 1)[1][:9]) for one in results
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_everything_comes_in_order_on_any_number_of_cores(tmp_path, workers):
    """Are good and bad files and rows told in the order of the folder, one result each?"""
    make_files(tmp_path)
    results = list(read_many([tmp_path], title_of, workers=workers))
    names = told(results)
    assert names[0] == ("a.txt", "甲县工作总结")
    assert [name for name, _ in names].count("c.jsonl") == 261
    assert [one.document.id for one in results if isinstance(one, Ingested) and one.path.name == "c.jsonl"] == [
        f"r{n}" for n in range(260)
    ]
    assert [one.path.name for one in results if isinstance(one, Unread)] == ["b.pdf", "c.jsonl", "d.txt"]
    assert "第 261 行" in results[-3].reason
    assert names[-1] == ("e.txt", "乙县工作总结")


def test_the_documents_are_those_of_reading_alone():
    """Does each file of the corpus give what ``read`` gives, and is the extraction made along with it?"""
    found = [one for one in read_many([CORPUS], extract) if isinstance(one, Ingested)]
    assert [one.document for one in found] == [d for path in sorted(CORPUS.glob("*.txt")) for d in read(path)]
    assert [one.made for one in found] == [extract(one.document) for one in found]


def test_progress_is_told_in_bytes_and_ends_at_the_total(tmp_path):
    """Can a bar show how much is done?"""
    make_files(tmp_path)
    calls: list[tuple[int, int]] = []
    list(read_many([tmp_path], title_of, progress=lambda done, total: calls.append((done, total))))
    total = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert {whole for _, whole in calls} == {total} and len(calls) > 5
    assert calls == sorted(calls) and calls[-1][0] == total


def test_a_mistake_over_one_text_costs_that_text_alone(tmp_path, caplog):
    """Does a bug of ours end in a line and not in the loss of the batch?"""
    for name in ("甲", "出错", "乙"):
        (tmp_path / f"{name}.txt").write_text(f"{name}\n{SENTENCE}", encoding="utf-8")
    found = told(list(read_many([tmp_path], fail)))
    assert sorted(found) == [("乙.txt", "乙"), ("出错.txt", "处理时出错（Zer"), ("甲.txt", "甲")]
    assert "ZeroDivisionError" in caplog.text


def test_a_process_that_dies_costs_its_file_alone(tmp_path):
    """Is the file over which a worker was ended told, and every other one read?"""
    for number in range(5):
        title = "致命" if number == 3 else f"第{number}号"
        (tmp_path / f"{number}.txt").write_text(f"{title}\n{SENTENCE}", encoding="utf-8")
    found = told(list(read_many([tmp_path], end_process, workers=2)))
    assert found == [(f"{n}.txt", "处理时进程意外结束" if n == 3 else f"第{n}号") for n in range(5)]


def test_a_script_without_a_guard_is_not_run_again(tmp_path):
    """Can a clerk's script of three lines use all cores?"""
    make_files(tmp_path)
    script = tmp_path / "script.py"
    script.write_text(
        "from policykb.extraction import extract\nfrom policykb.ingest import read_many\nprint('begin')\n"
        f"print(len(list(read_many([{str(tmp_path / 'c.jsonl')!r}], extract, workers=2))))\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split() == ["begin", "261"]


def test_few_pieces_are_in_flight(tmp_path, monkeypatch):
    """Is a large file of rows read only as fast as its documents are taken?"""
    make_files(tmp_path)
    monkeypatch.setattr(ingest, "_CHUNK", 2000)
    taken: list[int] = []
    lines = ingest.stream_lines

    def counted(path: Path):
        for line in lines(path):
            taken.append(line.number)
            yield line

    monkeypatch.setattr(ingest, "stream_lines", counted)
    results = read_many([tmp_path / "c.jsonl"], title_of, workers=2)
    next(results)
    assert len(taken) <= 2 * (parallel._IN_FLIGHT + 1) * 3
    results.close()


def test_what_is_not_there_is_told():
    """Is a path that does not exist a line and no exception?"""
    (one,) = read_many(["/does/not/exist.txt"], title_of)
    assert isinstance(one, Unread) and "找不到" in one.reason
