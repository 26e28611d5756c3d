"""The notebooks run from a clean state, and what they store is what they print and show today."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem)
LARGEST = 300_000


@pytest.mark.filterwarnings("ignore")  # the kernel's own libraries warn; ours run in the kernel
@NOTEBOOKS
def test_the_notebook_runs_and_its_stored_outputs_are_current(path: Path) -> None:
    """Does every cell run, and print what is stored?  ``tools/run_notebooks.py`` stores it anew."""
    stored = nbformat.read(path, as_version=4)
    fresh = nbformat.read(path, as_version=4)
    NotebookClient(fresh, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}).execute()
    for before, after in zip(stored.cells, fresh.cells, strict=True):
        if before.cell_type == "code":
            assert _texts(before) == _texts(after), before.source
            assert _kinds(before) == _kinds(after), before.source


@NOTEBOOKS
def test_the_notebook_can_be_read_where_it_is_shown(path: Path) -> None:
    """Is it small, with an output for each cell that shows something, and without warnings or places of a machine?"""
    text = path.read_text(encoding="utf-8")
    assert len(text.encode()) < LARGEST
    assert not re.search(r"/(home|root|tmp|work|usr|Users)/|[A-Z]:\\\\", text)
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert all(output.get("name") != "stderr" for cell in cells for output in cell.outputs)
    assert sum(bool(cell.outputs) for cell in cells) >= len(cells) - 1


def _texts(cell: nbformat.NotebookNode) -> tuple[str, list[str]]:
    """What a cell prints, however the kernel cuts it into pieces, and the pages that it shows, without their styles.

    Pictures differ in bytes from machine to machine, and are not compared.
    """
    printed = "".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs)
    pages = [output.data["text/html"] for output in cell.outputs if "text/html" in output.get("data", {})]
    return printed, [re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL) for page in pages]


def _kinds(cell: nbformat.NotebookNode) -> set[str]:
    """In which forms a cell shows what it shows: text, HTML, a picture."""
    return {kind for output in cell.outputs for kind in output.get("data", {})}
