#!/usr/bin/env python3
"""Measure extraction against jieba over the same text.

usage: extraction.py [LAWS.jsonl.gz] [--characters N] [--worst]

LAWS holds one {"title", "text"} a line; without it the built-in corpus is extracted again and again.  Both sides take
turns, some documents at a time, so that the load of the machine falls on both.  ``--worst`` prints instead what a
character costs in hostile repeats, at two lengths: a figure that stays is linear time.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from policykb.extraction import extract
from policykb.ingest import read
from policykb.models import Document
from policykb.resources import bundled_folder
from policykb.spans import OffsetMap
from policykb.terms import DocumentKind

DEFAULT_CHARACTERS = 1_000_000
TURN = 20
"""Documents that one side takes before the other does."""
HOSTILE = (
    "“三会”即甲、乙、丙，", "推行“135”模式，", "百个", "建立甲乙丙丁机制、", "“甲", "（《", "福州市“", "、", "每1次",
    "“12”机制，“1”是", "“四进”，", "推行“三步”工作法", "一是", "“1+2+N”模式，", "三服务、", "建立", "实施“六个一”",
    "。一、", "该县", "“三联三共”", "福州市推行“三会”。\n", "党的二十大", "建强“四进”，“四进”即甲、乙、",
    "推行“1234”机制。一个甲。两支乙。三项丙。", "打造“五心”品牌“初心”", "推行“支部+”“支部+甲”", "“一所一园”甲“一所”",
    "做好“二到位”一是甲到位",
)  # fmt: skip


def documents(laws: Path | None) -> Iterator[list[Document]]:
    """What each row of the file holds, or the built-in corpus without end."""
    if laws is None:
        texts = [read(path) for path in sorted(bundled_folder("corpus").glob("*.txt"))]
        yield from cycle(texts)
        return
    with tempfile.TemporaryDirectory() as folder, gzip.open(laws, "rt", encoding="utf-8") as file:
        path = Path(folder) / "row.jsonl"
        for line in file:
            path.write_text(line, encoding="utf-8")
            yield read(path)


def compare(laws: Path | None, characters: int) -> None:
    """Print the times of both sides and their ratio."""
    import jieba  # noqa: PLC0415 - only this measure needs it

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    extract(invented("推行“三会”机制。"))
    each = (document for found in documents(laws) for document in found)
    spent, words, n_characters, n_documents, n_practices = 0.0, 0.0, 0, 0, 0
    while n_characters < characters and (turn := list(islice(each, TURN))):
        began = time.process_time()
        n_practices += sum(len(extract(document).practices) for document in turn)
        spent += time.process_time() - began
        began = time.process_time()
        for document in turn:
            jieba.lcut(document.text)
        words += time.process_time() - began
        n_characters += sum(len(document.text) for document in turn)
        n_documents += len(turn)
    print(f"{n_documents:,} documents, {n_characters:,} characters, {n_practices:,} practices")
    print(f"extract     {spent:.1f} s, {n_characters / spent / 1e6:.2f} million characters a second")
    print(f"jieba.lcut  {words:.1f} s, {n_characters / words / 1e6:.2f} million characters a second")
    print(
        f"ratio {spent / words:.2f}" + (" (goal: less than 1)" if laws else " (on texts that are dense with practices)")
    )


def invented(text: str) -> Document:
    """A document of this text."""
    kind, offsets = DocumentKind.NEWS, OffsetMap.identity(len(text))
    return Document(
        id="d", title="", kind=kind, text=text, source_name="invented.txt", sha256="0" * 64, offsets=offsets
    )


def worst() -> None:
    """Print microseconds a character for each hostile piece at 20 and at 80 thousand characters."""
    extract(invented("推行“三会”机制。"))
    for piece in HOSTILE:
        costs = []
        for length in (20_000, 80_000):
            document = invented(piece * (length // len(piece)))
            began = time.process_time()
            extract(document)
            costs.append((time.process_time() - began) / length * 1e6)
        print(f"{costs[0]:7.1f} {costs[1]:7.1f} µs a character  {piece!r}")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("laws", type=Path, nargs="?")
    parser.add_argument("--characters", type=int)
    parser.add_argument("--worst", action="store_true")
    args = parser.parse_args()
    if args.worst:
        worst()
    else:
        compare(args.laws, args.characters or (DEFAULT_CHARACTERS if args.laws is None else sys.maxsize))


if __name__ == "__main__":
    main()
