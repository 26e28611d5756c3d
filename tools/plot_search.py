"""Draw what ``benchmarks/search.py --output`` wrote: plot_search.py FIGURES.json… -o PICTURE.png (extra ``plot``)."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot as plt

MEASURES = {"p95 ms": "95 % of queries answered within (ms)", "searching MB": "memory while searching (MB)"}


def main() -> None:
    """One picture for each measure, side by side: a line for each engine over the number of passages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    args = parser.parse_args()
    by_size: dict[int, dict[str, dict[str, float]]] = {}
    for path in args.figures:
        for size, engines in json.loads(path.read_text(encoding="utf-8")).items():
            by_size.setdefault(int(size), {}).update(engines)
    figure, axes = plt.subplots(1, len(MEASURES), figsize=(10, 4), layout="constrained")
    for axis, (measure, title) in zip(axes, MEASURES.items(), strict=True):
        for engine in dict.fromkeys(name for engines in by_size.values() for name in engines):
            known = ((n, by_size[n].get(engine, {}).get(measure)) for n in sorted(by_size))
            points = [(n, figure_) for n, figure_ in known if figure_ is not None]
            if points:
                axis.loglog(*zip(*points, strict=True), marker="o", label=engine)
        axis.set(title=title, xlabel="passages")
        axis.grid(visible=True, which="major", alpha=0.3)
        axis.legend(frameon=False)
    figure.savefig(args.output, dpi=90)


if __name__ == "__main__":
    main()
