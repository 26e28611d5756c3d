"""One text from two places is kept once, with both; what may look alike and is not is kept twice."""

from __future__ import annotations

import hashlib
import sqlite3
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from items import make_item

from policykb.errors import KnowledgeBaseError
from policykb.store import Store, StoredItem
from policykb.store.database import FILE_NAME
from policykb.terms import DocumentKind

TEXT = (
    "青石县推行网格治理的做法。为贯彻落实上级关于加强基层治理的部署要求，青石县坚持党建引领、重心下移、资源下沉，"
    "健全组织体系，完善服务功能，不断提升治理能力和服务水平。全面划分网格，配齐配强网格员，建立问题发现、上报、处置、"
    "反馈的闭环机制，做到小事不出村、大事不出镇、矛盾不上交。去年建成示范点12个，今年计划再建30个。各乡镇成立领导小组，"
    "明确责任分工，细化工作措施，加强督促检查，及时总结经验，推动工作落到实处，群众的满意度不断提高。"
)
AGAIN = TEXT.replace("，", ",").replace("部署要求", "部署的要求") + "某省党建网编发。"


def item_from(path: str, text: str, **fields: object) -> StoredItem:
    """An item that was read from ``path``, whose bytes are the text's."""
    item = make_item(text, source_name=path, **fields)
    source = item.source.model_copy(update={"name": path})
    return item.model_copy(update={"origin": f"downloads/{path}", "source": source})


def outcomes(store: Store, *items: StoredItem) -> list[str]:
    """What became of ``items``."""
    return [one.outcome.value for one in store.add(items)]


def paths(store: Store, document_id: str) -> list[str]:
    """The files that a document was read from."""
    return [origin.source_name for origin in store.origins(document_id)]


@pytest.mark.parametrize("at_once", [True, False])
def test_one_text_from_two_sites_is_kept_once_with_both_origins(new_store: Store, at_once: bool) -> None:
    """Is the second one a duplicate of the first, in one batch as in two, and unchanged when it comes again?"""
    first, second = item_from("a.html", TEXT), item_from("b.html", AGAIN, publisher="某省党建网")
    if at_once:
        assert outcomes(new_store, first, second) == ["added", "duplicate"]
    else:
        assert outcomes(new_store, first) + outcomes(new_store, second) == ["added", "duplicate"]
    assert new_store.ids() == [first.document.id]
    assert paths(new_store, first.document.id) == ["a.html", "b.html"]
    assert new_store.origins(first.document.id)[1].publisher == "某省党建网"
    (again,) = new_store.add([second])
    assert (again.outcome.value, again.document_id) == ("unchanged", first.document.id)
    assert outcomes(new_store, first) == ["unchanged"]
    assert outcomes(new_store, item_from("c.html", AGAIN)) == ["duplicate"]
    assert outcomes(new_store, item_from("copy.html", TEXT)) == ["duplicate"]
    assert paths(new_store, first.document.id) == ["a.html", "b.html", "c.html", "copy.html"]
    assert new_store.verify() == []


def test_no_origin_is_lost_whichever_comes_first(new_store: Store) -> None:
    """Is there one document with all places in every order, and the same one for the same order?"""
    items = [item_from("a.html", TEXT), item_from("b.html", AGAIN), item_from("c.html", TEXT + "编辑某某。")]
    for order in permutations(items):
        new_store.add(order)
        (document_id,) = new_store.ids()
        assert document_id == order[0].document.id
        assert sorted(paths(new_store, document_id)) == ["a.html", "b.html", "c.html"]
        assert new_store.remove([document_id]) == 1


OTHERS = [
    ("another place", item_from("b.html", TEXT.replace("青石县", "红岩县"))),
    ("another figure", item_from("b.html", TEXT.replace("30个", "50个"))),
    ("an id of its own", make_item(AGAIN, "S1", explicit=True)),
    ("a law", item_from("b.html", AGAIN, kind=DocumentKind.LAW)),
    ("the same file", item_from("a.html", AGAIN).model_copy(update={"source": item_from("a.html", TEXT).source})),
]


@pytest.mark.parametrize(("what", "other"), OTHERS, ids=[what for what, _ in OTHERS])
def test_what_only_looks_alike_is_kept_twice(new_store: Store, what: str, other: StoredItem) -> None:
    """Are they two documents, in either order?"""
    first = item_from("a.html", TEXT)
    assert outcomes(new_store, first, other) == ["added", "added"], what
    new_store.remove(new_store.ids())
    assert outcomes(new_store, other, first) == ["added", "added"], what


def test_removing_a_document_removes_its_origins(new_store: Store) -> None:
    """Is the second place free to be added again, and the first then its duplicate?"""
    first, second = item_from("a.html", TEXT), item_from("b.html", AGAIN)
    new_store.add([first, second])
    new_store.remove([first.document.id])
    assert outcomes(new_store, second, first) == ["added", "duplicate"]
    assert paths(new_store, second.document.id) == ["b.html", "a.html"]


def test_a_corrected_file_replaces_its_former_text(new_store: Store) -> None:
    """Is the new text there, the old one gone for indexes too, and is the other place kept?"""
    old, other = item_from("a.html", TEXT.replace("群众", "⍰众")), item_from("b.html", AGAIN)
    new_store.add([old, other])
    corrected = item_from("a.html", TEXT)
    (outcome,) = new_store.add([corrected])
    assert (outcome.outcome.value, outcome.document_id) == ("updated", corrected.document.id)
    assert new_store.ids() == [corrected.document.id]
    assert paths(new_store, corrected.document.id) == ["a.html", "b.html"]
    assert outcomes(new_store, corrected, other) == ["unchanged", "unchanged"]


def test_a_document_that_is_found_better_keeps_its_origins(new_store: Store) -> None:
    """Do other places outlive an update, and does the update count?"""
    first = item_from("a.html", TEXT)
    new_store.add([first, item_from("b.html", AGAIN)])
    better = first.model_copy(update={"document": first.document.model_copy(update={"title": "网格治理"})})
    assert outcomes(new_store, better) == ["updated"]
    assert paths(new_store, first.document.id) == ["a.html", "b.html"]
    assert outcomes(new_store, item_from("c.html", AGAIN)) == ["duplicate"]


def test_rows_of_a_table_without_ids_are_held_against_each_other(new_store: Store) -> None:
    """Is a row that repeats another a duplicate, and is the table unchanged when it is added again?"""
    rows = [item_from("table.csv", text, sha256="f" * 64) for text in (TEXT, AGAIN, "另一份。")]
    rows = [row.model_copy(update={"source": row.source.model_copy(update={"sha256": "f" * 64})}) for row in rows]
    assert outcomes(new_store, *rows) == ["added", "duplicate", "added"]
    assert outcomes(new_store, *rows) == ["unchanged", "unchanged", "unchanged"]


def test_many_texts_of_one_template_are_all_kept(new_store: Store) -> None:
    """Do fifty notices that differ by their figures stay fifty, and is one that comes again still found?"""
    notices = [item_from(f"{n}.html", TEXT.replace("12个", f"{n}个").replace("30个", f"{n * 7}个")) for n in range(50)]
    assert set(outcomes(new_store, *notices)) == {"added"}
    chance = Random(4)  # a fixed sample
    for notice in chance.sample(notices, 5):
        (outcome,) = new_store.add([item_from("again.html", notice.document.text + "某省党建网编发。")])
        assert (outcome.outcome.value, outcome.document_id) == ("duplicate", notice.document.id)


def as_version_1(folder: Path) -> None:
    """Make the store in ``folder`` what policykb wrote before it looked for republications."""
    with sqlite3.connect(folder / FILE_NAME) as raw:
        for table in ("origins", "bands", "prints"):
            raw.execute(f"DROP TABLE {table}")
        raw.execute("PRAGMA user_version = 1")
    raw.close()


def test_an_older_store_is_brought_along(tmp_path: Path) -> None:
    """Are its documents there, and are they held against new ones just as if they had been added today?"""
    with Store.open(tmp_path) as store:
        store.add([item_from("a.html", TEXT), make_item("另一" + TEXT, "S1", explicit=True)])
        kept = sorted(store.ids())
    as_version_1(tmp_path)
    with Store.open(tmp_path) as store:
        assert sorted(store.ids()) == kept
        assert outcomes(store, item_from("b.html", AGAIN), item_from("c.html", "另一" + TEXT)) == ["duplicate"] * 2
        assert paths(store, hashlib.sha256(TEXT.encode()).hexdigest()[:16]) == ["a.html", "b.html", "c.html"]
        assert paths(store, "S1") == ["a.txt"]
        assert store.verify() == []


def test_an_older_store_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is it one line that says what to do?"""
    Store.open(tmp_path).close()
    as_version_1(tmp_path)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(KnowledgeBaseError, match="请复制到可写的文件夹"):
        Store.open(tmp_path)


def test_nothing_of_a_removed_document_is_left_among_the_bands(tmp_path: Path) -> None:
    """Are the tables that find republications empty when the store is?"""
    with Store.open(tmp_path) as store:
        store.add([item_from("a.html", TEXT), item_from("b.html", AGAIN)])
        store.remove(store.ids())
    with sqlite3.connect(tmp_path / FILE_NAME) as raw:
        for table in ("origins", "bands", "prints"):
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608  # fixed names
    raw.close()
