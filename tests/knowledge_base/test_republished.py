"""The façade and one text from two sites: kept once, told, and both places known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policykb import KnowledgeBase

CORPUS = Path(__file__).parents[2] / "corpus"
TEXT = (CORPUS / "jiuquan-party-building-overview-2017.txt").read_text(encoding="utf-8")

PAGE = """<html><head><title>{title}</title></head><body>
<div class="nav"><a href="/">首页</a> &gt; <a href="/jy">经验交流</a></div>
<h1>{title}</h1><div>发布时间：2017-12-06　来源：某省党建网　浏览次数：311</div>
<div class="article">{body}</div>
<div>责任编辑：王某</div><div>上一篇：某地开展主题党日活动</div><div>版权所有 某省党建网 京ICP备00000000号</div>
</body></html>"""


def page(folder: Path, text: str = TEXT) -> Path:
    """The text as the page of a site, with other punctuation and junk around it."""
    title, *lines = [line.strip() for line in text.splitlines() if line.strip()]
    body = "".join(f"<p>　　{line.replace('“', '&ldquo;')}</p>" for line in lines)
    path = folder / "page.html"
    path.write_text(PAGE.format(title=title, body=body), encoding="utf-8")
    return path


def test_a_text_from_two_sites_is_kept_once_and_told(tmp_path: Path) -> None:
    """Does the report name the document, does it know both places, and is the second time nothing new?"""
    first = tmp_path / "overview.txt"
    first.write_text(TEXT, encoding="utf-8")
    second = page(tmp_path)
    with KnowledgeBase.open(tmp_path / "kb") as kb:
        report = kb.add(first, second)
        (document_id,) = report.added
        (skipped,) = report.skipped
        assert (skipped.path, skipped.same_as) == (str(second), document_id)
        assert document_id in skipped.reason
        assert [origin.path for origin in kb.origins(document_id)] == [str(first), str(second)]
        assert [origin.path for origin in kb.origins(document_id[:6])] == [str(first), str(second)]
        again = kb.add(first, second)
        assert (again.unchanged, again.added, again.skipped) == ((document_id,) * 2, (), ())
        assert {hit.document.id for hit in kb.search("四联系两包抓")} == {document_id}
        assert kb.verify() == []


def test_a_file_is_the_same_one_from_wherever_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a file that is named relative to another folder unchanged, and no second place?"""
    (tmp_path / "overview.txt").write_text(TEXT, encoding="utf-8")
    with KnowledgeBase.open(":memory:") as kb:
        (document_id,) = kb.add(tmp_path / "overview.txt").added
        monkeypatch.chdir(tmp_path)
        assert kb.add("overview.txt").unchanged == (document_id,)
        assert [origin.path for origin in kb.origins(document_id)] == [str(tmp_path / "overview.txt")]


def test_a_corrected_file_replaces_its_former_text(tmp_path: Path) -> None:
    """Is a mended word found, the old text gone, and is it told as an update?"""
    path = tmp_path / "overview.txt"
    path.write_text(TEXT.replace("网格", "网恪", 1), encoding="utf-8")
    with KnowledgeBase.open(tmp_path / "kb") as kb:
        (old,) = kb.add(path).added
        assert kb.search("四联系两包抓")
        path.write_text(TEXT, encoding="utf-8")
        report = kb.add(path)
        assert report.updated and report.updated != (old,)
        assert [document.id for document in kb.documents()] == list(report.updated)
        assert {hit.document.id for hit in kb.search("四联系两包抓")} == set(report.updated)
        assert kb.verify() == []


def test_rows_that_bring_an_id_are_never_merged(tmp_path: Path) -> None:
    """Are two rows of one text two documents, beside the file of that text?"""
    rows = [{"id": f"row-{n}", "title": "综述", "text": TEXT} for n in range(2)]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    with KnowledgeBase.open(":memory:") as kb:
        assert kb.add(path, page(tmp_path)).added[:2] == ("row-0", "row-1")
        assert len(kb.documents()) == 3
        assert kb.add(path).unchanged == ("row-0", "row-1")


def test_this_years_plan_is_not_last_years(tmp_path: Path) -> None:
    """Are two years' plans of one wording two documents?"""
    text = TEXT.replace("2017", "2016").replace("1346个", "1302个")
    (tmp_path / "last.txt").write_text(text, encoding="utf-8")
    (tmp_path / "this.txt").write_text(TEXT, encoding="utf-8")
    with KnowledgeBase.open(":memory:") as kb:
        assert len(kb.add(tmp_path).added) == 2
