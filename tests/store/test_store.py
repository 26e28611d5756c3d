"""The store: what goes in comes out, what became of each item, filters, and files that are no store."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from items import make_item, make_practice, overview

from policykb.errors import KnowledgeBaseError, NotFoundError
from policykb.models import Extraction
from policykb.store import DocumentFilter, Outcome, Store, StoredItem
from policykb.store.database import FILE_NAME
from policykb.terms import DocumentKind


def outcomes(store: Store, *items: StoredItem) -> list[str]:
    """What became of ``items``."""
    return [one.outcome.value for one in store.add(items)]


def test_what_went_in_comes_out_in_another_process_as_well(tmp_path: Path) -> None:
    """Are document, findings and raw text the same after the store was closed and opened?"""
    item = overview()
    with Store.open(tmp_path / "kb") as store:
        assert outcomes(store, item) == ["added"]
    with Store.open(tmp_path / "kb") as store:
        assert store.document(item.document.id) == item.document
        assert store.extraction(item.document.id) == item.extraction
        assert store.source_text(item.document.id) == item.source.text
        assert len(store) == 1


def test_each_item_is_told_what_became_of_it(new_store: Store) -> None:
    """Added, unchanged, updated, duplicate: which is which?"""
    first, other = make_item("空巢老人必访。"), make_item("流动党员必访。")
    assert outcomes(new_store, first, other, first) == ["added", "added", "unchanged"]
    better = first.model_copy(
        update={"extraction": Extraction(practices=(make_practice("空巢老人必访。", "必访", "必访"),))}
    )
    assert outcomes(new_store, better) == ["updated"]
    elsewhere = make_item("空巢老人必访。", source_name="b.txt", sha256="f" * 64)
    elsewhere = elsewhere.model_copy(
        update={
            "source": elsewhere.source.model_copy(update={"name": "b.txt", "sha256": "f" * 64}),
            "origin": "downloads/b.txt",
        }
    )
    assert outcomes(new_store, elsewhere, elsewhere) == ["duplicate", "unchanged"]
    assert new_store.document(first.document.id).source_name == "a.txt"


def test_an_explicit_id_with_new_content_is_updated(new_store: Store) -> None:
    """Does a row of a JSONL file replace the earlier one of its id, and keep its own id beside an equal text?"""
    old, new = make_item("旧文。", "S1", explicit=True), make_item("新文。", "S1", explicit=True)
    same = make_item("新文。", "S2", explicit=True)
    assert outcomes(new_store, old, old, new, same) == ["added", "unchanged", "updated", "added"]
    assert [document.text for document in new_store.documents()] == ["新文。", "新文。"]
    assert new_store.source_text("S1") == "新文。"


def test_the_revision_goes_up_with_every_change_and_only_then() -> None:
    """Can an index tell from the revision that it is fresh?"""
    store = Store.in_memory()
    seen = [store.revision]
    store.add([make_item("一。"), make_item("二。")])
    seen.append(store.revision)
    store.add([make_item("一。")])
    assert store.revision == seen[-1]
    store.add([])
    store.remove(["nobody"])
    assert store.revision == seen[-1]
    store.remove([make_item("一。").document.id])
    seen.append(store.revision)
    assert seen == sorted(set(seen))


def test_removing_takes_everything_of_a_document(tmp_path: Path) -> None:
    """Is nothing left of a removed document in any table, its source included?"""
    with Store.open(tmp_path) as store:
        item = overview()
        store.add([item, make_item("别的。")])
        assert store.remove([item.document.id, "nobody"]) == 1
        assert store.practices() == []
    with sqlite3.connect(tmp_path / FILE_NAME) as raw:
        tables = ("sources", "documents", "localities", "practices", "indicators", "citations")
        assert [raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables] == [1, 1, 0, 0, 0, 0]  # noqa: S608  # fixed names
    raw.close()


FILTERS = [
    ({}, 3),
    ({"kind": DocumentKind.NEWS}, 2),
    ({"kind": DocumentKind.PLAN}, 1),
    ({"issuing_authority": "日报"}, 1),
    ({"title": "酒泉市基层党建"}, 0),
    ({"title": "党旗"}, 1),
    ({"code": "620000"}, 1),
    ({"code": "620900"}, 1),
    ({"code": "620902"}, 0),
    ({"code": "630000"}, 0),
    ({"years": (2010, 2016)}, 1),
    ({"years": (2017, 2017)}, 1),
    ({"kind": DocumentKind.NEWS, "years": (2017, 2020), "code": "620000"}, 1),
]


@pytest.mark.parametrize(("wanted", "count"), FILTERS)
def test_documents_are_narrowed_by_their_columns(wanted: dict[str, object], count: int, new_store: Store) -> None:
    """Do filters leave just the documents that fit, in the order of their ids?"""
    new_store.add([overview(), make_item("方案。", kind=DocumentKind.PLAN, issued_on="2016-05"), make_item("消息。")])
    found = [document.id for document in new_store.documents(DocumentFilter(**wanted))]
    assert len(found) == count
    assert found == sorted(found)


def test_the_beginning_of_an_id_is_enough_if_no_other_begins_so(new_store: Store) -> None:
    """Does a prefix find its document, and is an unknown or an ambiguous one told with ids that are near?"""
    new_store.add([make_item("一。", "abc123"), make_item("二。", "abd456"), make_item("三。", "abc")])
    assert new_store.document("abd").text == "二。"
    assert new_store.document("abc").text == "三。"
    for wrong, told in (
        ("ab", "abc、abc123、abd456"),
        ("abd465", "abd456"),
        ("", "policykb list"),
        ("%", "policykb list"),
    ):
        with pytest.raises(NotFoundError, match=told) as caught:
            new_store.document(wrong)
        assert "\n" not in str(caught.value)


def test_practices_are_found_by_any_of_their_names(new_store: Store) -> None:
    """Do name, full name and code find a practice, whatever the width and the quotation marks?"""
    text = "推广“１３１n”村级治理机制。“131n”好。"
    full = make_practice(text, "131n", "“１３１n”村级治理机制", code="131n", members=("一", "三"))
    new_store.add(
        [overview(), make_item(text, found=Extraction(practices=(make_practice(text, "131n", "“131n”"), full)))]
    )
    for name in ("131n", "131N", "“131n”", "131n村级治理机制", "１３１ｎ", "131 n"):
        assert new_store.practice(name).practice == full
    assert [one.practice.name for one in new_store.practices("四")] == ["四个课堂", "四联系两包抓"]
    assert new_store.practice_names() == ["131n", "四个课堂", "四联系两包抓"]
    assert new_store.practices("没有") == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("四联系", "四联系两包抓"),
        ("四联系二包抓", "四联系两包抓"),
        ("哥德巴赫", "policykb practices"),
        ("", "policykb practices"),
    ],
)
def test_an_unknown_practice_is_told_with_names_that_are_near(wrong: str, told: str, new_store: Store) -> None:
    """Does the message name what may have been meant, or how to see all?"""
    new_store.add([overview()])
    with pytest.raises(NotFoundError, match=told) as caught:
        new_store.practice(wrong)
    assert "\n" not in str(caught.value)


def test_a_batch_goes_in_whole_or_not_at_all() -> None:
    """Is nothing kept of a batch whose items break off?"""
    store = Store.in_memory()

    def broken():
        yield make_item("一。")
        raise RuntimeError("broken off")

    with pytest.raises(RuntimeError):
        store.add(broken())
    assert len(store) == 0
    assert store.revision == 0
    store.add([make_item("二。")])
    assert len(store) == 1


def foreign_text(path: Path) -> None:
    """Bytes that are no database."""
    path.write_text("这不是数据库" * 500, encoding="utf-8")


def foreign_database(path: Path) -> None:
    """A database of another program."""
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (a)")
    other.close()


def newer_version(path: Path) -> None:
    """A store of a later version."""
    Store.open(path.parent).close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 99")
    other.close()


def folder_in_its_place(path: Path) -> None:
    """A folder of the file's name."""
    path.mkdir()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (foreign_text, "已损坏，或不是"),
        (foreign_database, "不是 policykb 的知识库"),
        (newer_version, "请升级 policykb"),
        (folder_in_its_place, "不可写"),
    ],
)
def test_a_file_that_is_no_store_is_told_and_left_alone(tmp_path: Path, damage, told: str) -> None:
    """Is it one line that says what is wrong, and is the file as before?"""
    path = tmp_path / FILE_NAME
    damage(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(KnowledgeBaseError, match=told) as caught:
        Store.open(tmp_path)
    assert "\n" not in str(caught.value)
    assert before is None or path.read_bytes() == before


def test_a_damaged_page_is_told_in_one_line(tmp_path: Path) -> None:
    """Is a store whose pages were overwritten an error of ours, not one of SQLite's?"""
    with Store.open(tmp_path) as store:
        store.add([overview(), *(make_item(f"第{n}份。" * 50) for n in range(40))])
    path = tmp_path / FILE_NAME
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(KnowledgeBaseError, match="已损坏"), Store.open(tmp_path) as store:
        list(store.documents())


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Is a folder below a file an error in one line?"""
    (tmp_path / "file").write_text("")
    with pytest.raises(KnowledgeBaseError, match="请换一个可写的文件夹"):
        Store.open(tmp_path / "file" / "kb")


def test_a_folder_that_cannot_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Can a knowledge base in a read-only folder be read, and is adding to it told?"""
    with Store.open(tmp_path) as store:
        store.add([overview()])
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with Store.open(tmp_path) as store:
        assert len(store) == 1
        with pytest.raises(KnowledgeBaseError, match="不可写"):
            store.add([make_item("一。")])
    with pytest.raises(KnowledgeBaseError, match="不可写"):
        Store.open(tmp_path / "new")


def test_a_second_writer_is_told_and_readers_are_not_kept_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one writes, does a reader see the state before, and is another writer told after a while?"""
    monkeypatch.setattr("policykb.store.database.WAIT", 0.1)
    with Store.open(tmp_path) as first, Store.open(tmp_path) as second:
        first.add([make_item("一。")])

        def slow():
            yield make_item("二。")
            assert len(second) == 1
            with pytest.raises(KnowledgeBaseError, match="另一个程序正在写"):
                second.add([make_item("三。")])

        first.add(slow())
        assert len(second) == 2


ADDING = """
    import sys
    from items import make_item
    from pathlib import Path
    from policykb.store import Store
    store = Store.open(Path(sys.argv[1]))
    for batch in range(10_000):
        added = store.add([make_item(f"第{batch}批第{n}份。" * 20) for n in range(5)])
        print(*(one.document_id for one in added), flush=True)
"""


@pytest.mark.parametrize("batches", [0, 1, 3, 8, 20])
def test_a_killed_process_loses_nothing_that_it_reported(tmp_path: Path, batches: int) -> None:
    """After kill -9 while adding, does the store open and hold whole batches, all reported ones among them?"""
    command = [sys.executable, "-c", textwrap.dedent(ADDING), str(tmp_path)]
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    ) as process:
        assert process.stdout
        reported = [process.stdout.readline() for _ in range(batches)]
        process.send_signal(signal.SIGKILL)
        reported += process.stdout.readlines()
    whole = [document_id for line in reported if line.endswith("\n") for document_id in line.split()]
    with Store.open(tmp_path) as store:
        assert len(store) % 5 == 0
        assert len(store) // 5 == store.revision
        assert {store.document(document_id).id for document_id in whole} == set(whole)
        assert store.verify() == []
        assert outcomes(store, make_item("后来的。")) == [Outcome.ADDED.value]
