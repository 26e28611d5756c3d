"""Lists become data frames; where pandas is not installed, one line says what to do."""

from __future__ import annotations

import sys

import pytest
from records import document, hit, indicator, practice

import policykb
from policykb.display import Documents, Hits, Indicators, Practices
from policykb.merging import Entries, merge_practices
from policykb.models import DocumentIndicator

pytest.importorskip("pandas")


def test_a_row_for_each_practice() -> None:
    """Do the columns bear the names of the fields, and the cells their values?"""
    (row,) = Practices([practice(missing=())]).to_pandas().to_dict("records")
    assert row["document_id"] == "doc"
    assert row["full_name"] == "“三网”工作法"
    assert (row["kind"], row["kind_label"]) == ("work_method", "工作法")
    assert row["components"] == "三网：水网、电网、路网"
    assert (row["n_members"], row["count_holds"]) == (3, True)


def test_a_row_for_each_indicator() -> None:
    """Is a range two values, and the document told where the list knows it?"""
    one = DocumentIndicator(document_id="doc", **dict(indicator(value=(80.0, 180.0))))
    table = Indicators([one, indicator()]).to_pandas()
    assert list(table["value"]) == [80, 95]
    assert table["high"][0] == 180
    assert table["high"].isna()[1]
    assert table["document_id"][0] == "doc"
    assert table["document_id"].isna()[1]


def test_a_row_for_each_document_hit_and_entry() -> None:
    """Are ids, titles and counts there?"""
    (row,) = Documents([document(issued_on="2020-01")]).to_pandas().to_dict("records")
    assert (row["id"], row["issued_on"], row["kind_label"]) == ("doc", "2020-01", "通知")
    (row,) = Hits([hit(practice=practice())]).to_pandas().to_dict("records")
    assert (row["document_id"], row["score"], row["practice"]) == ("doc", 1.5, "“三网”工作法")
    entries = Entries(merge_practices([(document(), [practice()]), (document(id="b"), [practice(id="b-1")])]))
    (row,) = entries.to_pandas().to_dict("records")
    assert (row["full_name"], row["n_mentions"], row["n_documents"]) == ("“三网”工作法", 2, 2)


def test_the_frames_of_the_built_in_corpus() -> None:
    """Is there a row for each record, and do the places lead back to the text?"""
    with policykb.KnowledgeBase.open() as kb:
        assert len(kb.practices().to_pandas()) == len(kb.practices())
        assert len(kb.documents().to_pandas()) == 9
        for row in kb.indicators().to_pandas().to_dict("records"):
            assert kb.document(row["document_id"]).text[row["start"] : row["end"]] == row["quote"]
        for row in kb.practices().to_pandas().to_dict("records"):
            assert kb.document(row["document_id"]).text[row["start"] : row["end"]] == row["quote"]


def test_without_pandas_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is it one line of our own kind?"""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(policykb.PolicyKBError, match=r"^to_pandas 要先装 pandas：pip install \"policykb\[pandas\]\"$"):
        Practices([practice()]).to_pandas()
