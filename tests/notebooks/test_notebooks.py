"""The notebooks run from a clean state, and what they store is what they print today."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"


@pytest.mark.filterwarnings("ignore")  # the kernel's own libraries warn; ours run in the kernel
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem)
def test_the_notebook_runs_and_its_stored_outputs_are_current(path: Path) -> None:
    """Does every cell run, and print what is stored?  ``tools/run_notebooks.py`` stores it anew."""
    stored = nbformat.read(path, as_version=4)
    fresh = nbformat.read(path, as_version=4)
    NotebookClient(fresh, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}).execute()
    for before, after in zip(stored.cells, fresh.cells, strict=True):
        if before.cell_type == "code":
            assert _texts(before) == _texts(after), before.source


def _texts(cell: nbformat.NotebookNode) -> str:
    """What a cell prints, however the kernel cuts it into pieces."""
    return "".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs)
