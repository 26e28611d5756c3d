"""The engines that all of these tests run against.

A cluster takes part where ``POLICYKB_TEST_OPENSEARCH`` gives its address (``make test-opensearch`` starts one).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from policykb.cluster import Cluster, open_cluster
from policykb.search import Index, Tools
from policykb.search.engine import Engine
from policykb.search.entries import EntryMaker
from policykb.search.following import RevisionFollower
from policykb.search.manifest import MemoryLedger
from policykb.search.memory import MemoryEngine
from policykb.search.opensearch_engine import OpenSearchEngine
from policykb.search.tantivy_engine import TantivyEngine
from policykb.terms import SearchUnit

ADDRESS = os.environ.get("POLICYKB_TEST_OPENSEARCH", "").rstrip("/")
NEEDS_CLUSTER = pytest.mark.skipif(not ADDRESS, reason="no cluster: make test-opensearch starts one")
ON_DISK = ["tantivy", *(["opensearch"] if ADDRESS else [])]
KINDS = ["memory", *ON_DISK]


def open_test_cluster(folder: Path, options: str = "") -> Cluster:
    """The cluster, with a name that only the test of this folder has."""
    name = "test-" + hashlib.sha256(f"{folder}{os.getpid()}".encode()).hexdigest()[:16]
    return open_cluster(f"{ADDRESS}/{name}{options}")


def make_engine(kind: str, folder: Path, name: str = "engine") -> Engine:
    """An empty engine."""
    if kind == "memory":
        return MemoryEngine()
    if kind == "tantivy":
        return TantivyEngine(folder / name)
    cluster = open_test_cluster(folder)
    return OpenSearchEngine(cluster, f"{cluster.name}-{name}")


def make_index(kind: str, folder: Path, tools: Tools) -> Index:
    """An empty index."""
    if kind == "memory":
        return Index.in_memory(tools)
    if kind == "tantivy":
        return Index.on_disk(folder, tools)
    engines = {unit: make_engine(kind, folder, unit.value) for unit in SearchUnit}
    return Index(engines, RevisionFollower(engines, MemoryLedger(), "test", EntryMaker(tools.analyzer)), tools)
