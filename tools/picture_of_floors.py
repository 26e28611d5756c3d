"""Draw the floors of the house as an SVG, from the table that tests/house/test_floors.py holds the code to.

usage: picture_of_floors.py [PICTURE.svg]     (without a name: docs/images/floors.svg)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "house"))
from test_floors import FLOORS

PICTURE = ROOT / "docs" / "images" / "floors.svg"
WIDTH, LEFT, HEIGHT, GAP, MARGIN, BASELINE = 860, 44, 34, 10, 12, 22
CHARACTER = 8.4
COLOURS = ("#dfe7ee", "#d5e8e4", "#dcecd3", "#f0ecc9", "#f6e0c6", "#f3d2cd", "#e4d6ea")
STYLE = (
    "text{font:14px ui-monospace,Consolas,Menlo,monospace;fill:#222}.floor{fill:#777}rect{stroke:#667;stroke-width:1}"
)


def main(picture: Path) -> None:
    """Write the picture."""
    picture.write_text(drawn(FLOORS), encoding="utf-8")


def drawn(floors: dict[str, int]) -> str:
    """The picture of ``floors``: the rooms of each in a row, the highest floor on top."""
    lines, top = [], MARGIN
    for number in sorted(set(floors.values()), reverse=True):
        row = list(placed([name for name, floor in floors.items() if floor == number and not name.startswith("__")]))
        if not row:
            continue
        lines.append(f'<text class="floor" x="{MARGIN}" y="{top + BASELINE}">{number}</text>')
        for x, line, width, name in row:
            y, middle = top + line * (HEIGHT + GAP), f"{x + width / 2:g}"
            lines.append(f'<rect x="{x}" y="{y}" width="{width}" height="{HEIGHT}" rx="5" fill="{COLOURS[number]}"/>')
            lines.append(f'<text x="{middle}" y="{y + BASELINE}" text-anchor="middle">{escape(name)}</text>')
        top += (row[-1][1] + 1) * (HEIGHT + GAP) + GAP
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img">'
    title = "<title>The floors of policykb: a module imports only from lower floors</title>"
    return "\n".join([head, title, f"<style>{STYLE}</style>", *lines, "</svg>"]) + "\n"


def placed(row: list[str]) -> Iterator[tuple[int, int, int, str]]:
    """Each room of a floor: its left edge, its line on the floor, its width, its name."""
    x, line = LEFT, 0
    for name in row:
        width = round(len(name) * CHARACTER) + 26
        if x + width > WIDTH - MARGIN:
            x, line = LEFT, line + 1
        yield x, line, width, name
        x += width + GAP


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE)
