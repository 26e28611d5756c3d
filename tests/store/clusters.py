"""The cluster that tests may use: the one of ``POLICYKB_TEST_OPENSEARCH``, which ``make test-opensearch`` starts."""

import os
import time
from pathlib import Path

import pytest

ADDRESS = os.environ.get("POLICYKB_TEST_OPENSEARCH", "").rstrip("/")
NEEDS_CLUSTER = pytest.mark.skipif(not ADDRESS, reason="no cluster: make test-opensearch starts one")

NODES = os.environ.get("POLICYKB_TEST_OPENSEARCH_NODES", "")
NEEDS_NODES = pytest.mark.skipif(
    not NODES, reason="no cluster whose nodes may be stopped: make test-opensearch starts one"
)


def tell_cluster(command: str) -> None:
    """Let the test cluster do ``stop-2`` or ``start-2``, and wait until it is done."""
    file = Path(NODES) / command
    file.touch()
    deadline = time.monotonic() + 60
    while file.exists():
        assert time.monotonic() < deadline, command
        time.sleep(0.05)
