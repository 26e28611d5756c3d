"""What ``verify`` finds and ``reindex`` mends: claims that were tampered with, and an index that does not agree."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from policykb import KnowledgeBase
from policykb.search import Index, Tools
from policykb.search.engine import Entry
from policykb.search.entries import EntryMaker
from policykb.search.following import make_entries
from policykb.search.tantivy_engine import TantivyEngine, open_engines
from policykb.store import Store
from policykb.store.database import FILE_NAME
from policykb.store.records import pack, unpack
from policykb.terms import SearchUnit

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of two files with its index."""
    folder = tmp_path_factory.mktemp("whole") / "kb"
    with KnowledgeBase.open(folder) as kb:
        kb.add(*sorted(CORPUS.glob("*.txt"))[2:4])
        kb.sync()
        assert kb.verify() == []
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may harm."""
    return Path(shutil.copytree(whole, tmp_path / "kb"))


def change(folder: Path, table: str, column: str, old: str, new: str) -> None:
    """Change a text in the file behind the back of the program, once in each row."""
    with sqlite3.connect(folder / FILE_NAME) as raw:
        for row, value in raw.execute(f"SELECT rowid, {column} FROM {table}").fetchall():  # noqa: S608  # fixed names
            text = value if isinstance(value, str) else unpack(value)
            changed = text.replace(old, new, 1)
            kept = changed if isinstance(value, str) else pack(changed)
            raw.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (kept, row))  # noqa: S608  # fixed names
    raw.close()


TAMPERED = [
    (("practices", "record", '"start":', '"start":1'), "做法的引文与正文不符"),
    (("indicators", "record", '"quote":"', '"quote":"约'), "指标的引文与正文不符"),
    (("citations", "record", '"title":"', '"title":"某'), "引用文件的题名与正文不符"),
    (("documents", "record", "社区", "小小区"), "与正文不符"),
    (("sources", "text", "社区", "小区"), "原文与读入时不同"),
]


@pytest.mark.parametrize(("changed", "told"), TAMPERED)
def test_claims_that_no_longer_read_as_the_text_are_found(
    folder: Path, changed: tuple[str, str, str, str], told: str
) -> None:
    """Does each change behind the program's back give a line that names the document, and what to do?"""
    change(folder, *changed)
    with KnowledgeBase.open(folder) as kb:
        lines = kb.verify()
    assert lines
    assert told in lines[0]
    assert "policykb" in lines[0]


def entries_of(folder: Path, document_id: str) -> dict[SearchUnit, list[Entry]]:
    """The entries that a document of the store should have."""
    with Store.open(folder) as store:
        return make_entries(EntryMaker(Tools.load().analyzer), store, [document_id])


def lose_a_document(engine: TantivyEngine, entries: list[Entry]) -> None:
    """Take the entries out."""
    engine.update({entries[0].document}, [])


def lose_a_passage(engine: TantivyEngine, entries: list[Entry]) -> None:
    """Take one entry out."""
    engine.update({entries[0].document}, entries[1:])


def bring_a_foreign_one(engine: TantivyEngine, entries: list[Entry]) -> None:
    """Put in the entries of a document that the store does not have."""
    engine.update([], [entry._replace(document="foreign") for entry in entries])


def bring_it_twice(engine: TantivyEngine, entries: list[Entry]) -> None:
    """Put the same entries in again."""
    engine.update([], entries)


@pytest.mark.parametrize("harm", [lose_a_document, lose_a_passage, bring_a_foreign_one, bring_it_twice])
def test_an_index_that_does_not_agree_is_found_and_mended(folder: Path, harm: Callable[..., None]) -> None:
    """Does ``verify`` tell what is wrong, and is all well after ``reindex``, with the same hits as before?"""
    with KnowledgeBase.open(folder) as kb:
        before = [(hit.document.id, hit.start) for hit in kb.search("社区 服务")]
        document_id = kb.documents()[0].id
    engine = open_engines(folder / "index", SearchUnit)[SearchUnit.PASSAGE]
    with engine.writing():
        harm(engine, entries_of(folder, document_id)[SearchUnit.PASSAGE])
    with KnowledgeBase.open(folder) as kb:
        lines = kb.verify()
        assert lines
        assert all("policykb reindex" in line for line in lines)
        kb.reindex()
        assert kb.verify() == []
        assert [(hit.document.id, hit.start) for hit in kb.search("社区 服务")] == before


def test_an_index_that_was_thrown_away_comes_back(folder: Path) -> None:
    """Is it made anew where it is missing altogether?"""
    with Store.open(folder) as store:
        Index.on_disk(folder / "index", Tools.load()).rebuild(store)
    for path in sorted((folder / "index").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    with KnowledgeBase.open(folder) as kb:
        assert kb.search("社区 服务")
        assert kb.verify() == []
