"""Print the figures of extraction against the hand-made answers of three source texts, as the README shows them."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "gold"))
from gold_scorer import gold, score, total
from test_gold_floors import CORPUS, FLOORS, TEXTS

from policykb import extract, read


def main() -> None:
    """Print a Markdown table: what is asked, what is reached, the floor that the tests hold."""
    each = [score(gold(name), [extract(d) for d in read(CORPUS / f"{stem}.txt")]) for name, stem in TEXTS.items()]
    print("| figure | reached | floor |\n|---|---|---|")
    for question, floor in FLOORS.items():
        reached = total(one[question] for one in each)
        share = reached.hit / (reached.hit + reached.wrong)
        figure = reached.f1 if question in {"practices", "members", "indicators"} else share
        print(f"| {question} | {figure:.3f} | {floor} |")


if __name__ == "__main__":
    main()
