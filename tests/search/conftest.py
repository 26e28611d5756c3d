"""The library and an index of it in each engine, built once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from engines import ADDRESS, KINDS, make_index
from shelf import Shelf, notice, overview, plan, report

from policykb.cluster import open_cluster
from policykb.search import Index, Tools


@pytest.fixture(scope="session")
def tools() -> Tools:
    """Analyzer and gazetteer."""
    return Tools.load()


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """The four documents."""
    return Shelf(overview(), plan(), report(), notice())


@pytest.fixture(scope="session", params=KINDS)
def index(request: pytest.FixtureRequest, tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index in each engine."""
    return make_index(request.param, tmp_path_factory.mktemp("index"), tools)


@pytest.fixture(params=KINDS)
def new_index(request: pytest.FixtureRequest, tools: Tools, tmp_path: Path) -> Index:
    """The same for one test alone."""
    return make_index(request.param, tmp_path, tools)


@pytest.fixture(scope="session", autouse=True)
def _clean_cluster() -> Iterator[None]:
    """Take the indexes of the tests out of the cluster again."""
    yield
    if ADDRESS:
        open_cluster(f"{ADDRESS}/test").client.indices.delete(index="test-*", params={"ignore": "404"})
