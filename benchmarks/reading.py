#!/usr/bin/env python3
"""Measure reading, cleaning and structuring against jieba over the same text, and the memory that it takes.

usage: reading.py [LAWS.jsonl.gz] [--characters N] [--memory MB]... [--workers N]

LAWS holds one {"title", "text"} a line; without it the built-in corpus is read again and again.  Both sides take
turns, some documents at a time, so that the load of the machine falls on both.  ``--memory`` reads a file of so many
megabytes of rows in a process of its own and prints the peak; with two sizes it shows whether memory is flat.
``--workers`` reads the same rows with one process and with so many, and prints how much sooner they are done.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path

from policykb.cleaning import clean
from policykb.reading import stream_sources
from policykb.resources import bundled_folder
from policykb.structure import structure

DEFAULT_CHARACTERS = 2_000_000
TURNS = 2
TURN = 20
"""Documents that one side takes before the other does."""


def rows(laws: Path | None) -> Iterator[str]:
    """Rows of JSONL, from the file or of the built-in corpus without end."""
    if laws is not None:
        with gzip.open(laws, "rt", encoding="utf-8") as file:
            yield from file
        return
    texts = [path.read_text(encoding="utf-8") for path in sorted(bundled_folder("corpus").glob("*.txt"))]
    for number, text in enumerate(cycle(texts)):
        yield json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n"


def enough(lines: Iterable[str], characters: int) -> Iterator[str]:
    """Lines until they hold so many characters."""
    for line in lines:
        yield line
        characters -= len(line)
        if characters <= 0:
            return


def compare(laws: Path | None, characters: int) -> None:
    """Print the times of both sides and their ratio."""
    import jieba  # noqa: PLC0415 - only this measure needs it

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    lines = enough(rows(laws), characters)
    spent, words, n_characters, n_documents = 0.0, 0.0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "turn.jsonl"
        warm_up(path)
        while turn := list(islice(lines, TURN)):
            path.write_text("".join(turn), encoding="utf-8")
            began = time.process_time()
            n_documents += sum(len(structure(source, clean(source))) for source in stream_sources(path))
            spent += time.process_time() - began
            texts = [json.loads(line)["text"] for line in turn]
            began = time.process_time()
            for text in texts:
                jieba.lcut(text)
            words += time.process_time() - began
            n_characters += sum(map(len, texts))
    print(f"{n_documents:,} documents, {n_characters:,} characters")
    print(f"read, clean and structure {spent:.1f} s, {n_characters / spent / 1e6:.2f} million characters a second")
    print(f"jieba.lcut                {words:.1f} s, {n_characters / words / 1e6:.2f} million characters a second")
    print(f"ratio {spent / words:.2f} (goal: at most 1)")


def warm_up(path: Path) -> None:
    """Load the tables that are loaded at first use."""
    path.write_text(next(rows(None)), encoding="utf-8")
    for source in stream_sources(path):
        structure(source, clean(source))


def gain_of(workers: int, laws: Path | None, characters: int) -> str:
    """One line on how much sooner several processes read rows of so many characters than one does.

    One and several take turns and the best of each counts, so that the load of the machine falls on both.
    """
    from policykb.ingest import read_many  # noqa: PLC0415 - only this measure needs it

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        path.write_text("".join(enough(rows(laws), characters)), encoding="utf-8")
        seconds: dict[int, float] = {}
        for count in (1, workers) * TURNS:
            began = time.perf_counter()
            n_documents = sum(1 for _ in read_many([path], bool, workers=count))
            seconds[count] = min(seconds.get(count, sys.maxsize), time.perf_counter() - began)
    gain = seconds[1] / seconds[workers]
    return (
        f"{n_documents:,} documents: 1 process {seconds[1]:.1f} s, {workers} {seconds[workers]:.1f} s, gain {gain:.2f}"
    )


def peak_of(megabytes: int, laws: Path | None) -> str:
    """One line on a file of rows of that size: the time and the peak of memory of a process that reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path, size = Path(folder) / "rows.jsonl", 0
        with path.open("w", encoding="utf-8") as file:
            while size < megabytes << 20:
                for line in rows(laws):
                    size += len(line.encode())
                    file.write(line)
                    if size >= megabytes << 20:
                        break
        done = subprocess.run(
            [sys.executable, __file__, "--read", str(path)], capture_output=True, text=True, check=True
        )  # ourselves
    return f"{megabytes} MB of rows: {done.stdout.strip()}"


def read_alone(path: Path) -> None:
    """Read a file of rows in this process and print what it took."""
    import resource  # noqa: PLC0415 - not on Windows, where this measure cannot be taken

    from policykb.ingest import Unread, read_many  # noqa: PLC0415 - only this measure needs it

    began, n_documents = time.perf_counter(), 0
    for one in read_many([path], bool, workers=1):
        n_documents += not isinstance(one, Unread)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{n_documents:,} documents in {seconds:.0f} s, peak RSS {peak:.0f} MB")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("laws", type=Path, nargs="?")
    parser.add_argument("--characters", type=int)
    parser.add_argument("--memory", type=int, action="append", default=[])
    parser.add_argument("--workers", type=int)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.read:
        read_alone(args.read)
        return
    for megabytes in args.memory:
        print(peak_of(megabytes, args.laws))
    if args.workers:
        print(gain_of(args.workers, args.laws, args.characters or DEFAULT_CHARACTERS))
    if not args.memory and not args.workers:
        compare(args.laws, args.characters or (DEFAULT_CHARACTERS if args.laws is None else sys.maxsize))


if __name__ == "__main__":
    main()
