"""The index in a cluster: the ranking of the one in memory, kept fresh by several machines, renewed without a pause."""

from __future__ import annotations

from collections.abc import Iterator
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest
from engines import NEEDS_CLUSTER, open_test_cluster
from shelf import CORPUS

from policykb.extraction import extract
from policykb.ingest import read_with_sources
from policykb.search import Index, Tools
from policykb.search.cluster_index import open_cluster_index
from policykb.store import Store, StoredItem
from policykb.store.cluster_store import ClusterStore
from policykb.terms import SearchUnit

pytestmark = NEEDS_CLUSTER
QUERIES = ["空巢老人必访", "45666", "党建 责任", "流动党员管理", "两新组织", "怎么解决办公经费", "村级组织 运转"]
QUERIES += ["党员 培训 -网络", "“三会一课” 制度", "党组织 地区:甘肃", "2012年 换届", "社区 服务 类型:方案"]


@pytest.fixture(scope="module")
def items() -> list[StoredItem]:
    """The documents of the corpus."""
    return [
        StoredItem(source=source, origin=path.name, document=document, extraction=extract(document))
        for path in sorted(CORPUS.glob("*.txt"))
        for source, documents in read_with_sources(path)
        for document in documents
    ]


@pytest.fixture
def store(tmp_path: Path, items: list[StoredItem]) -> Iterator[ClusterStore]:
    """The corpus in the cluster."""
    with ClusterStore(open_test_cluster(tmp_path, "?shards=2")) as store:
        store.add(items)
        yield store


def first_ten(index: Index, library: Store | ClusterStore, query: str, unit: SearchUnit) -> list[tuple[str, int, int]]:
    """The places of the first ten results."""
    return [(hit.document.id, hit.start, hit.end) for hit in index.search(query, library, unit=unit)]


def test_the_first_ten_are_those_of_the_engine_in_memory(
    store: ClusterStore, items: list[StoredItem], tools: Tools
) -> None:
    """Are at least 95 of 100 places the same, for passages, documents and practices?"""
    local, memory = Store.in_memory(), Index.in_memory(tools)
    local.add(items)
    index = open_cluster_index(store.cluster, store, tools)
    pairs = [
        pair
        for query in QUERIES
        for unit in SearchUnit
        for pair in zip(first_ten(memory, local, query, unit), first_ten(index, store, query, unit), strict=True)
    ]
    assert sum(mine == theirs for mine, theirs in pairs) >= 0.95 * len(pairs)
    assert index.verify(store) == []
    assert index.count("党建", store).places == memory.count("党建", local).places


def test_a_renewed_index_finds_the_same_and_the_old_one_is_gone(store: ClusterStore, tools: Tools) -> None:
    """Does everybody go on searching while all entries are made anew?"""
    index, other = (open_cluster_index(store.cluster, store, tools) for _ in range(2))
    before = other.search("空巢老人必访", store)
    index.rebuild(store)
    assert other.search("空巢老人必访", store) == before
    names = store.cluster.client.indices.get(index=f"{store.cluster.name}-passage-*")
    assert [name.rpartition("-")[2] for name in names] == ["2"]


def test_what_one_machine_removes_another_finds_no_more(store: ClusterStore, tools: Tools) -> None:
    """Is the index of the second machine fresh without being told?"""
    index, other = (open_cluster_index(store.cluster, store, tools) for _ in range(2))
    gone = index.search("45666", store)[0].document.id
    store.remove([gone])
    assert gone not in {hit.document.id for hit in other.search("45666", store, k=50)}
    assert index.verify(store) == []


def test_machines_that_index_at_once_leave_one_right_index(store: ClusterStore, tools: Tools) -> None:
    """Do three machines that bring the same documents into the index end with each entry once?"""
    index = open_cluster_index(store.cluster, store, tools)
    indexes = [open_cluster_index(store.cluster, store, tools) for _ in range(3)]
    with ThreadPool(3) as threads:
        threads.map(lambda one: one.sync(store), indexes)
    assert index.verify(store) == []
