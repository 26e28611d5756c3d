"""The library and an index of it in each engine, built once."""

from __future__ import annotations

import pytest
from shelf import Shelf, notice, overview, plan, report

from policykb.search import Index, Tools


@pytest.fixture(scope="session")
def tools() -> Tools:
    """Analyzer and gazetteer."""
    return Tools.load()


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """The four documents."""
    return Shelf(overview(), plan(), report(), notice())


@pytest.fixture(scope="session", params=["memory", "tantivy"])
def index(request: pytest.FixtureRequest, tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index in memory, and one on disk."""
    if request.param == "memory":
        return Index.in_memory(tools)
    return Index.on_disk(tmp_path_factory.mktemp("index"), tools)


@pytest.fixture(params=["memory", "tantivy"])
def new_index(request: pytest.FixtureRequest, tools: Tools, tmp_path) -> Index:
    """The same for one test alone."""
    return Index.in_memory(tools) if request.param == "memory" else Index.on_disk(tmp_path, tools)
