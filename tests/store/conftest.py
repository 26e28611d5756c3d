"""Every kind of store, for the tests that hold for all of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from clusters import ADDRESS

from policykb.store import Store
from policykb.store.cluster_store import ClusterStore


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a knowledge base in the test cluster that only this test has."""
    name = "test-" + hashlib.sha256(f"{tmp_path}{os.getpid()}".encode()).hexdigest()[:16]
    yield f"{ADDRESS}/{name}"
    with ClusterStore.open(f"{ADDRESS}/{name}") as store:
        store.cluster.client.indices.delete(index=f"{name}-*", params={"ignore": "404"})


@pytest.fixture(params=["sqlite", *(["cluster"] if ADDRESS else [])])
def new_store(request: pytest.FixtureRequest) -> Iterator[Store | ClusterStore]:
    """An empty store of each kind."""
    if request.param == "sqlite":
        with Store.in_memory() as store:
            yield store
    else:
        with ClusterStore.open(request.getfixturevalue("address")) as store:
            yield store
