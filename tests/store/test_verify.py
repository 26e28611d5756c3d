"""Looking through a store for what is not whole."""

from __future__ import annotations

import pytest
from items import make_item, overview

from policykb.models import Passage, Repair
from policykb.spans import OffsetMap
from policykb.store import Store
from policykb.terms import RepairKind


def test_a_store_that_is_whole_has_nothing_to_tell(new_store: Store) -> None:
    """Is what was just added found right?"""
    new_store.add([overview(), make_item("一。")])
    assert new_store.verify() == []


FAULTS = [
    ({"passages": (Passage(start=0, end=9),)}, "段落超出正文"),
    ({"offsets": OffsetMap.identity(9)}, "偏移表"),
    (
        {"repairs": (Repair(kind=RepairKind.GLYPH, before="x", after="四", start=0, source_start=0, source_end=1),)},
        "更正记录",
    ),
]


@pytest.mark.parametrize(("changes", "told"), FAULTS)
def test_what_does_not_fit_is_told_with_the_document(new_store: Store, changes: dict, told: str) -> None:
    """Does each fault give one line that names it?"""
    item = make_item("一二三。")
    broken = item.model_copy(update={"document": item.document.model_copy(update=changes)})
    new_store.add([broken, make_item("好的。")])
    (line,) = new_store.verify()
    assert told in line
    assert item.document.id in line


def test_a_claim_whose_quote_is_not_there_is_told(new_store: Store) -> None:
    """Is a practice at another place than its quote found?"""
    item = overview()
    moved = [practice.model_copy(update={"start": practice.start + 1}) for practice in item.extraction.practices]
    found = item.extraction.model_copy(update={"practices": tuple(moved)})
    new_store.add([item.model_copy(update={"extraction": found})])
    (line,) = new_store.verify()
    assert "做法的引文" in line
