"""Run the notebooks from a clean state and store their outputs, so that they can be read where they are shown.

usage: run_notebooks.py [NOTEBOOK…]   (all of notebooks/ by default)
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]


def run(path: Path) -> None:
    """Run one notebook and write it back, without the traces of when and where it ran."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:02}"
        cell.metadata = {}
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for path in [Path(a) for a in sys.argv[1:]] or sorted((ROOT / "notebooks").glob("*.ipynb")):
        run(path)
        print(path.name)
