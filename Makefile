# Every target sets up what it needs: a virtual environment in .venv from any Python ≥ 3.11.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PLAN := out/曲阳县基层服务型党组织建设实施方案.docx

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow test-opensearch check bench docs messages wheel-test check-wheels lock clean

help:
	@echo 'make demo        read corpus/, show what was found, write a plan under out/'
	@echo 'make test        all tests'
	@echo 'make test-slow   crash tests with hundreds of kill moments'
	@echo 'make test-opensearch  the store and search tests against a cluster that is started for them (Maven, JDK 21)'
	@echo 'make check       lint, formatting, types'
	@echo 'make docs        the pages under docs/ as a site, in out/docs'
	@echo 'make bench       speed, as ratios to a peer measured in the same run'
	@echo 'make wheel-test  build the wheel and use it in an empty environment, outside of the checkout'
	@echo 'make check-wheels  whether all that it needs comes as wheels for Windows, macOS and Linux'
	@echo 'make messages    collect what the program says for translation (data/locale)'
	@echo 'make lock        write requirements-dev.lock anew from pyproject.toml'

$(READY): requirements-dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "policykb needs Python 3.11 or later; set PYTHON=…"'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)
	@$(BIN)/python examples/demo.py "$(PLAN)"

test: $(READY)
	$(BIN)/python -m pytest

test-slow: $(READY)
	$(BIN)/python -m pytest -m slow

test-opensearch: $(READY)
	$(BIN)/python tools/opensearch_cluster.py $(BIN)/python -m pytest tests/search tests/store

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)
	@set -e; for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script; done

docs: $(READY)
	$(BIN)/sphinx-build -W --keep-going -q -b html docs out/docs

wheel-test: $(READY)
	$(BIN)/python tools/test_wheel.py

check-wheels: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/python tools/check_wheels.py

messages: $(READY)
	$(BIN)/python tools/messages.py

lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group dev --extra fast --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --quiet --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) out build dist
