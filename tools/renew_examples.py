"""Write the outputs that the pages show anew, as the examples come out now; read the difference before you keep it.

usage: renew_examples.py [PAGE.md]…     (without pages: the READMEs, CONTRIBUTING and everything under docs/)
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "docs"))
from examples import PAGES, renewed


def main(pages: list[Path]) -> None:
    """Renew each page and name those that changed."""
    with tempfile.TemporaryDirectory() as scratch:
        for number, page in enumerate(pages):
            before = page.read_text(encoding="utf-8")
            folder = Path(scratch, str(number))
            folder.mkdir()
            if (after := renewed(before, folder, Path(scratch, "cache"))) != before:
                page.write_text(after, encoding="utf-8")
                print(f"renewed {page}")


if __name__ == "__main__":
    main([Path(name).resolve() for name in sys.argv[1:]] or PAGES)
