"""The store in a cluster: addresses and errors, and machines that write at once."""

from __future__ import annotations

import multiprocessing
import threading
from itertools import count

import pytest
from clusters import NEEDS_CLUSTER, NEEDS_NODES, tell_cluster
from items import make_item, overview

from policykb.cluster import is_address, open_cluster
from policykb.errors import KnowledgeBaseError
from policykb.store.cluster_store import ClusterStore

opensearchpy = pytest.importorskip("opensearchpy", reason="the extra opensearch is not installed")

WRONG = [
    ("http://127.0.0.1:9/kb", "连不上 OpenSearch"),
    ("http://127.0.0.1:9", "http://主机:9200/名称"),
    ("http://127.0.0.1:9/知识库", "http://主机:9200/名称"),
    ("http://127.0.0.1:9/a/b", "http://主机:9200/名称"),
    ("http://127.0.0.1:9/kb?colour=red", "http://主机:9200/名称"),
    ("https://clerk:geheim@127.0.0.1:9/kb?verify=no", "连不上 OpenSearch"),
]


@pytest.mark.parametrize(("address", "told"), WRONG)
def test_what_is_wrong_with_an_address_is_told_in_one_line(address: str, told: str) -> None:
    """Does the message say what to do, without the password?"""
    with pytest.raises(KnowledgeBaseError, match=told) as caught:
        open_cluster(address)
    assert "\n" not in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_an_address_is_no_folder() -> None:
    """Are addresses told from names of folders?"""
    assert is_address("http://host:9200/kb")
    assert is_address("https://host/kb")
    assert not is_address("httpd")
    assert not is_address("C:/kb")


def add_all(address: str, first: int, last: int) -> None:
    """Add documents ``first`` to ``last`` in batches of seven."""
    with ClusterStore.open(address) as store:
        for at in range(first, last, 7):
            store.add([make_item(f"空巢老人关爱站之{n}。") for n in range(at, min(at + 7, last))])


@NEEDS_CLUSTER
def test_machines_that_add_at_once_lose_nothing(address: str) -> None:
    """Are all documents of three writers there, those that two of them brought just once?"""
    ClusterStore.open(address).close()
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=add_all, args=(address, *part)) for part in ((0, 60), (30, 90), (60, 120))]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with ClusterStore.open(address) as store:
        assert {document.text for document in store.documents()} == {f"空巢老人关爱站之{n}。" for n in range(120)}


@NEEDS_CLUSTER
def test_a_document_that_changed_while_its_entries_were_made_is_made_again(address: str) -> None:
    """Does a document lose its marks when what was marked is not what is there?"""
    with ClusterStore.open(address) as store:
        old, new = make_item("旧文。", "S1", explicit=True), make_item("新文。", "S1", explicit=True)
        store.add([old, overview()])
        ids = store.unmarked("index-1", 10)
        versions = store.versions(ids)
        store.add([new])
        store.mark("index-1", versions)
        assert store.unmarked("index-1", 10) == ["S1"]
        store.mark("index-1", store.versions(["S1"]))
        assert store.unmarked("index-1", 10) == []
        assert store.unmarked("index-2", 10) == ids
        store.remove(["S1"])
        assert store.unmarked("index-1", 10) == ["S1"]
        assert store.find("S1") is None
        assert len(store) == 1
        assert [one.outcome.value for one in store.add([new])] == ["added"]
        assert store.find("S1") == new.document


@NEEDS_CLUSTER
def test_sources_that_no_document_has_any_more_are_gone(address: str) -> None:
    """Does removing the last document of a source remove it?"""
    with ClusterStore.open(address) as store:
        item = overview()
        store.add([item, make_item("别的。")])
        store.remove([item.document.id])
        assert store.cluster.client.count(index=f"{store.cluster.name}-sources")["count"] == 1


@NEEDS_CLUSTER
def test_shards_and_copies_are_as_the_address_says(address: str) -> None:
    """Do the options of the address reach the cluster?"""
    with ClusterStore.open(f"{address}?shards=3&replicas=1") as store:
        index = f"{store.cluster.name}-documents"
        settings = store.cluster.client.indices.get_settings(index=index)[index]["settings"]["index"]
        assert (settings["number_of_shards"], settings["number_of_replicas"]) == ("3", "1")


@NEEDS_CLUSTER
def test_answers_that_get_lost_lose_no_document(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is all there, each once, when every third answer of the cluster is lost after it did its work?"""
    connection = opensearchpy.connection.Urllib3HttpConnection
    real, calls = connection.perform_request, count()

    def lossy(*args: object, **options: object) -> object:
        answer = real(*args, **options)
        if next(calls) % 3 == 2:
            raise opensearchpy.ConnectionError("N/A", "lost", OSError("lost"))
        return answer

    with ClusterStore.open(address) as store:
        monkeypatch.setattr(connection, "perform_request", lossy)
        for at in range(5):
            outcomes = store.add([make_item(f"第{at}批第{n}份。") for n in range(4)])
            assert len(outcomes) == 4
        monkeypatch.undo()
        assert len(store) == 20
        assert store.verify() == []


@NEEDS_NODES
def test_a_node_that_is_lost_while_adding_loses_no_document(address: str) -> None:
    """Is all there that was told as added when two nodes, one after the other, stop while two writers add?"""
    told: list[str] = []

    def add(name: str) -> None:
        with ClusterStore.open(f"{address}?shards=3&replicas=1") as store:
            for at in range(20):
                told.extend(one.document_id for one in store.add([make_item(f"{name}{at}批{n}份。") for n in range(5)]))

    with ClusterStore.open(f"{address}?shards=3&replicas=1") as store:
        at_once = {"index.unassigned.node_left.delayed_timeout": "0"}  # do not wait a minute for the node to come back
        store.cluster.client.indices.put_settings(index=f"{store.cluster.name}-*", body=at_once)
    writers = [threading.Thread(target=add, args=(name,)) for name in ("甲", "乙")]
    for writer in writers:
        writer.start()
    for node in (2, 3):
        tell_cluster(f"stop-{node}")
        tell_cluster(f"start-{node}")
        with ClusterStore.open(address) as store:
            whole = {"wait_for_nodes": "3", "wait_for_status": "green", "request_timeout": 60}
            store.cluster.client.cluster.health(params=whole)
    for writer in writers:
        writer.join()
    with ClusterStore.open(address) as store:
        assert sorted(told) == store.ids()
        assert len(told) == 2 * 20 * 5
        assert store.verify() == []
