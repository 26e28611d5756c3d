"""The façade: what is added is kept and found; what is wrong is told; nothing is changed in silence."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

import policykb
from policykb import KnowledgeBase, KnowledgeBaseError, NotFoundError, PolicyKBError, QueryError, ReadError

CORPUS = Path(__file__).parents[2] / "corpus"
JIUQUAN = CORPUS / "jiuquan-party-building-overview-2017.txt"


def test_the_public_names_are_those_that_all_tells() -> None:
    """Does each name of ``__all__`` load, and is none public beside them?"""
    assert sorted(policykb.__all__) == policykb.__all__
    for name in policykb.__all__:
        assert getattr(policykb, name).__doc__
    with pytest.raises(AttributeError, match="no attribute"):
        _ = policykb.no_such_name


def test_the_built_in_corpus_cannot_be_changed() -> None:
    """Are adding to it and removing from it refused with a word on what to do?"""
    with KnowledgeBase.open() as kb:
        with pytest.raises(KnowledgeBaseError, match="--kb"):
            kb.add(JIUQUAN)
        with pytest.raises(KnowledgeBaseError, match="--kb"):
            kb.remove(kb.documents()[0].id)


def test_the_built_in_corpus_works_without_a_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Does it open where the user's cache cannot be written?"""
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: str(tmp_path / "file"))
    with KnowledgeBase.open() as kb:
        assert len(kb.documents()) == 9
        assert kb.search("空巢老人必访", k=1)[0].document.title == "基层服务型党组织建设实施方案"


def test_a_row_keeps_the_id_that_it_brings(tmp_path: Path) -> None:
    """Is an id given in a JSONL file the document's id, in the list and in the hits?"""
    rows = [
        {"id": f"law-{n}", "title": f"第{n}号办法", "text": f"社区应当建立网格员走访制度。第{n}条。"} for n in range(3)
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    with KnowledgeBase.open(tmp_path / "kb") as kb:
        assert kb.add(path).added == ("law-0", "law-1", "law-2")
        assert {hit.document.id for hit in kb.search("网格员走访制度", unit="document")} == {"law-0", "law-1", "law-2"}


def test_what_is_removed_is_found_no_more() -> None:
    """Does a removed document leave the list, the practices and the search?"""
    with KnowledgeBase.open(":memory:") as kb:
        kb.add(JIUQUAN)
        (document,) = kb.documents()
        assert kb.search("四联系两包抓")
        assert kb.remove(document.id[:6]) == (document.id,)
        assert (kb.documents(), kb.practices(), kb.search("四联系两包抓")) == ([], [], [])


def test_a_hit_leads_to_the_document(tmp_path: Path) -> None:
    """Is the text of a hit the text of its document at its place, and do its highlights read as words of it?"""
    with KnowledgeBase.open() as kb:
        for unit in ("passage", "document", "practice"):
            hits = kb.search("流动党员 管理", unit=unit, k=5)
            assert hits
            for hit in hits:
                assert hit.document.text[hit.start : hit.end] == hit.text
                assert all(0 <= start < end <= len(hit.text) for start, end in hit.highlights)
            assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (
            {"locality": "甘肃省"},  # one speaks of 酒泉市, the other names the province
            {"党旗高扬谱新篇——酒泉市基层党建工作综述", "加强城市基层党建 夯实党在城市的执政基础"},
        ),
        ({"locality": "咸宁市"}, {"基层服务型党组织建设实施方案"}),
        ({"kind": "plan"}, {"基层服务型党组织建设实施方案"}),
        ({"years": "2010-2011"}, {"积极建设服务型基层党组织"}),
    ],
)
def test_filters_narrow(filters: dict[str, str], titles: set[str]) -> None:
    """Does each filter leave just the documents it says, a place with all that lies below it?"""
    with KnowledgeBase.open() as kb:
        assert {hit.document.title for hit in kb.search("党组织 服务 群众", k=50, **filters)} == titles


def test_index_and_store_agree_also_after_a_rebuild(tmp_path: Path) -> None:
    """Is nothing wrong with a new knowledge base, does a rebuilt index find the same, and do the counts add up?"""
    with KnowledgeBase.open(tmp_path / "kb") as kb:
        kb.add(CORPUS)
        before = [(hit.document.id, hit.start) for hit in kb.search("流动党员 管理")]
        kb.reindex()
        assert [(hit.document.id, hit.start) for hit in kb.search("流动党员 管理")] == before
        assert kb.verify() == []
        assert kb.count("流动党员 管理").total == len(kb.search("流动党员 管理", k=1000))
        assert "45666" in {entry.code for entry in kb.entries()}


def test_mistakes_are_told() -> None:
    """Is each mistake an error of ours that names what is wrong?"""
    with KnowledgeBase.open() as kb:
        with pytest.raises(NotFoundError, match="45667"):
            kb.practice("45667")
        with pytest.raises(NotFoundError, match="zzzz"):
            kb.document("zzzz")
        with pytest.raises(QueryError):
            kb.search("党建", kind="诗歌")
        with pytest.raises(PolicyKBError, match="passage"):
            kb.search("党建", unit="chapter")
    with KnowledgeBase.open(":memory:") as kb, pytest.raises(ReadError):
        kb.add("no-such-file.txt")
    with pytest.raises(KnowledgeBaseError, match="tantivy"):
        KnowledgeBase.open(":memory:", engine="lucene")


def test_both_engines_find_the_same(tmp_path: Path) -> None:
    """Do the engine on disk and the one in memory give the same hits for the same knowledge base?"""
    with KnowledgeBase.open(tmp_path / "kb") as kb:
        kb.add(CORPUS)
        on_disk = [(hit.document.id, hit.start) for hit in kb.search("流动党员 管理")]
    with KnowledgeBase.open(tmp_path / "kb", engine="memory") as kb:
        assert [(hit.document.id, hit.start) for hit in kb.search("流动党员 管理")] == on_disk


@pytest.mark.parametrize("what", ["practices", "indicators", "documents"])
def test_exports_hold_a_row_for_each(what: str, tmp_path: Path) -> None:
    """Has each format as many rows as were told, with the same first name?"""
    with KnowledgeBase.open() as kb:
        counts = {
            suffix: kb.export(what, tmp_path / f"out{suffix}") for suffix in (".csv", ".json", ".jsonl", ".md", ".xlsx")
        }
    assert len(set(counts.values())) == 1
    n_rows = counts[".csv"]
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == n_rows
    assert len(json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))) == n_rows
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == n_rows
    assert len((tmp_path / "out.md").read_text(encoding="utf-8").splitlines()) == n_rows + 2
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").active.max_row == n_rows + 1
