"""The cluster that tests may use: the one of ``POLICYKB_TEST_OPENSEARCH``, which ``make test-opensearch`` starts."""

import os

import pytest

ADDRESS = os.environ.get("POLICYKB_TEST_OPENSEARCH", "").rstrip("/")
NEEDS_CLUSTER = pytest.mark.skipif(not ADDRESS, reason="no cluster: make test-opensearch starts one")
