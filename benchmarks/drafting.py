#!/usr/bin/env python3
"""Measure drafting side by side: our plans against docxtpl filling a Word file with the same content.

usage: drafting.py [--drafts N] [--repeat N]

Both write N documents for N places into memory.  Ours adapts the borrowed text, checks it for what is foreign,
lays it out and comments it; docxtpl gets the finished paragraphs of the same drafts and only fills them in.
Times hang on the machine; the ratio of both in one run is what to compare.
"""

# ruff: noqa: PLC0415  # what is measured is imported where it is measured
from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

PRACTICES = ("45666", "131n")
PROFILE = {"level": "county", "theme": "基层服务型党组织建设", "date": "2026-03-01"}


def make_profiles(n: int) -> list[Any]:
    """Profiles of ``n`` counties of the gazetteer."""
    from policykb.drafting import parse_profile
    from policykb.places.divisions import load_divisions

    counties = [d.name for d in load_divisions() if d.level == "county" and not d.until and d.name.endswith("县")]
    names = sorted(set(counties))[:n]
    return [parse_profile(PROFILE | {"name": name, "authority": f"中共{name}委组织部"}) for name in names]


def make_sources() -> list[Any]:
    """The practices that every plan borrows, with their documents."""
    from policykb.drafting import PracticeSource
    from policykb.extraction import extract
    from policykb.ingest import read
    from policykb.resources import bundled_folder

    documents = [document for path in sorted(bundled_folder("corpus").glob("*.txt")) for document in read(path)]
    found = {p.name: PracticeSource(practice=p, document=d) for d in documents for p in extract(d).practices}
    return [found[name] for name in PRACTICES]


def drafts_of(profiles: Sequence[Any], sources: Sequence[Any]) -> list[Any]:
    """Our drafts, not yet written."""
    from policykb.drafting import compose, load_template

    template = load_template("implementation_plan")
    return [compose(template, profile, sources) for profile in profiles]


def write_ours(profiles: Sequence[Any], sources: Sequence[Any]) -> int:
    """Compose and write all plans; the bytes."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [draft.save(Path(folder) / "方案.docx") for draft in drafts_of(profiles, sources)]
        return sum(path.stat().st_size for path in paths)


def word_template() -> BytesIO:
    """A Word file that prints a list of paragraphs, each in the style of its kind."""
    import docx

    document = docx.Document()
    document.add_paragraph("{%p for block in blocks %}")
    for index, (kind, style) in enumerate((("title", "Title"), ("heading_1", "Heading 1"), ("heading_2", "Heading 2"))):
        document.add_paragraph(f"{{%p {'if' if index == 0 else 'elif'} block.kind == '{kind}' %}}")
        document.add_paragraph("{{ block.text }}", style=style)
    document.add_paragraph("{%p else %}")
    document.add_paragraph("{{ block.text }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    file = BytesIO()
    document.save(file)
    return file


def write_theirs(template: BytesIO, contents: Sequence[dict[str, Any]]) -> int:
    """Fill the Word file with each content; the bytes."""
    from docxtpl import DocxTemplate

    total = 0
    for content in contents:
        template.seek(0)
        document = DocxTemplate(template)
        document.render(content, autoescape=True)
        file = BytesIO()
        document.save(file)
        total += len(file.getvalue())
    return total


def timed(action: Callable[[], int], repeat: int) -> float:
    """The best of ``repeat`` times, in seconds of this process."""
    times = []
    for _ in range(repeat):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Measure and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drafts", type=int, default=100)
    parser.add_argument("--repeat", type=int, default=2)
    arguments = parser.parse_args()
    profiles, sources = make_profiles(arguments.drafts), make_sources()
    drafts = drafts_of(profiles, sources)  # warms both: dictionaries are loaded once a process
    contents = [{"blocks": [{"kind": b.kind.value, "text": b.text} for b in draft.blocks]} for draft in drafts]
    ours = timed(lambda: write_ours(profiles, sources), arguments.repeat)
    try:
        theirs = timed(lambda: write_theirs(word_template(), contents), arguments.repeat)
    except ImportError:
        sys.exit("docxtpl is not installed: pip install docxtpl")
    result = {"drafts": len(profiles), "ours_s": round(ours, 2), "docxtpl_s": round(theirs, 2)}
    print(json.dumps(result | {"ratio": round(ours / theirs, 2)}))


if __name__ == "__main__":
    main()
