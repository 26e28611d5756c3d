#!/usr/bin/env python3
"""Measure search side by side: policykb's index, bare tantivy, bm25s and rank-bm25 on the same passages.

usage: search.py [LAWS.jsonl.gz] [--passages N]... [--engines NAME]... [--queries N] [--output FILE.json]

LAWS holds one {"title", "text"} a line; without it the built-in corpus is taken.  Where it has fewer passages than
asked for, more are made of its sentences in another order (seeded).  Each engine builds in one process and searches
in another, so that its memory is its own (bm25s and rank-bm25, which live in memory, do both in one); all get the
same words, and queries of two to five words from one passage.  Times hang on the machine and its load; the ratios
to bare tantivy, measured in the same run, are what to compare.  The output holds all figures, for a table or a plot.
"""

# ruff: noqa: PLC0415  # each engine is imported in the process that measures it, and only there
from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

SEED = 20
PER_DOCUMENT = 40
LIMIT = {"rank-bm25": 20_000, "with jieba": 20_000, "bm25s": 200_000}
"""Passages beyond which an engine is left out: it would take minutes, or more memory than most machines have."""

Search = Callable[[str], object]
Figures = dict[str, float]


class Engine(NamedTuple):
    """``build`` fills a folder with passages; ``open`` gives what opens it for searching; ``add`` adds to it."""

    build: Callable[[Iterator[str], Path], object]
    open: Callable[[Path], Callable[[], Search]] | None = None
    add: Callable[[Iterator[str], Path], object] | None = None


def read_texts(laws: Path | None) -> Iterator[str]:
    """The texts of the laws, or of the built-in corpus."""
    if laws is None:
        from policykb import read
        from policykb.built_in import corpus_files

        yield from (document.text for path in corpus_files() for document in read(path))
        return
    with gzip.open(laws, "rt", encoding="utf-8") as file:
        yield from (json.loads(line)["text"] for line in file)


def read_passages(laws: Path | None, n: int) -> Iterator[str]:
    """``n`` passages: the paragraphs of the texts, then new ones of their sentences in random order."""
    chance = random.Random(SEED)  # noqa: S311  # a fixed sample, no secret
    paragraphs: list[str] = []
    for text in read_texts(laws):
        paragraphs += [part for part in map(str.strip, text.split("\n")) if len(part) > 15]
        if len(paragraphs) >= n:
            break
    yield from paragraphs[:n]
    sentences = [sentence for part in paragraphs for sentence in part.split("。") if len(sentence) > 5]
    for _ in range(n - len(paragraphs)):
        yield "。".join(chance.choices(sentences, k=chance.randint(1, 4))) + "。"


def make_queries(passages: Iterable[str], n: int) -> list[str]:
    """``n`` queries of two to five words of one passage each."""
    from policykb.search import Analyzer

    chance, analyzer = random.Random(SEED), Analyzer()  # noqa: S311  # a fixed sample, no secret
    choice = list(islice(passages, 10_000))
    queries: list[str] = []
    while len(queries) < n:
        words = [word for word in analyzer.words(chance.choice(choice)) if len(word) > 1]
        if len(words) >= 5:
            queries.append(" ".join(chance.sample(words, chance.randint(2, 5))))
    return queries


def add_to_policykb(passages: Iterator[str], folder: Path, *, fast: bool = True) -> None:
    """Put passages into store and index on disk, as a user has them."""
    from policykb.search import Analyzer, Index, Synonyms, Tools
    from policykb.segmentation import Segmenter
    from policykb.store import Store

    with Store.open(folder) as store:
        while batch := list(islice(passages, PER_DOCUMENT * 100)):
            store.add(_items(batch))
        Index.on_disk(folder / "index", Tools(Analyzer(Segmenter(fast=fast)), Synonyms.load())).sync(store)


def add_with_jieba(passages: Iterator[str], folder: Path) -> None:
    """The same with jieba in place of rjieba."""
    add_to_policykb(passages, folder, fast=False)


def open_policykb(folder: Path) -> Callable[[], Search]:
    """A search gives whole hits."""
    from policykb.search import Index, Tools
    from policykb.search.tantivy_engine import TantivyEngine  # noqa: F401  # loaded before the time is taken
    from policykb.store import Store

    tools = Tools.load()

    def opened() -> Search:
        store = Store.open(folder)
        index = Index.on_disk(folder / "index", tools)
        return lambda query: index.search(query, store)

    return opened


def _items(passages: list[str]) -> Iterator[object]:
    from policykb.models import Document, Passage, Source
    from policykb.spans import OffsetMap
    from policykb.store import StoredItem
    from policykb.terms import DocumentKind

    for at in range(0, len(passages), PER_DOCUMENT):
        parts, places, start = passages[at : at + PER_DOCUMENT], [], 0
        for part in parts:
            places.append(Passage(start=start, end=start + len(part)))
            start += len(part) + 1
        text = "\n".join(parts)
        digest = hashlib.sha256(text.encode()).hexdigest()
        document = Document(
            id=digest[:16], title=parts[0][:30], kind=DocumentKind.LAW, text=text, passages=tuple(places),
            source_name="laws", sha256=digest, offsets=OffsetMap.identity(len(text)),
        )  # fmt: skip
        source = Source(name="laws", text=text, encoding="utf-8", sha256=digest)
        yield StoredItem(source=source, origin=f"laws/{digest}", document=document)


def _bare_index(folder: Path) -> tuple[object, object]:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema, path=str(folder))
    index.register_tokenizer("whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return schema, index


def build_tantivy(passages: Iterator[str], folder: Path) -> None:
    """Bare tantivy: words in one field."""
    import tantivy

    from policykb.search import Analyzer

    analyzer = Analyzer()
    _, index = _bare_index(folder)
    writer = index.writer(heap_size=128_000_000, num_threads=1)
    for passage in passages:
        document = tantivy.Document()
        document.add_text("body", " ".join(analyzer.words(passage)))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def open_tantivy(folder: Path) -> Callable[[], Search]:
    """Ten places back."""
    import tantivy

    from policykb.search import Analyzer

    analyzer = Analyzer()

    def opened() -> Search:
        schema, index = _bare_index(folder)
        searcher = index.searcher()

        def search(query: str) -> object:
            words = analyzer.words(query)
            terms = [tantivy.Query.term_query(schema, "body", word, index_option="freq") for word in words]
            return searcher.search(tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms]), 10)

        return search

    return opened


def build_bm25s(passages: Iterator[str], folder: Path) -> Search:
    """bm25s in memory, with Lucene's formula."""
    import bm25s

    from policykb.search import Analyzer

    analyzer = Analyzer()
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index([analyzer.words(passage) for passage in passages], show_progress=False)
    index.save(folder)
    return lambda query: index.retrieve([analyzer.words(query)], k=10, show_progress=False)


def build_rank_bm25(passages: Iterator[str], folder: Path) -> Search:
    """rank-bm25 as it comes."""
    from rank_bm25 import BM25Okapi

    from policykb.search import Analyzer

    analyzer = Analyzer()
    texts = list(passages)
    index = BM25Okapi([analyzer.words(text) for text in texts])
    return lambda query: index.get_top_n(analyzer.words(query), texts, n=10)


ENGINES = {
    "tantivy": Engine(build_tantivy, open_tantivy),
    "policykb": Engine(add_to_policykb, open_policykb, add_to_policykb),
    "with jieba": Engine(add_with_jieba),
    "bm25s": Engine(build_bm25s),
    "rank-bm25": Engine(build_rank_bm25),
}


def measure_building(name: str, laws: Path | None, n_passages: int, n_queries: int, folder: Path) -> Figures:
    """Build in this process, and search in it too where nothing else can."""
    engine, passages = ENGINES[name], read_passages(laws, n_passages)
    first = next(passages)  # with it all files are read, which is not what is measured
    began = time.perf_counter()
    search = engine.build(chain([first], passages), folder)
    built = time.perf_counter() - began
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    figures = {"passages/s": n_passages / built, "disk MB": size / 1e6, "building MB": _peak_memory()}
    if callable(search):
        figures |= _timed(search, make_queries(read_passages(laws, n_passages), n_queries))
    return figures


def measure_searching(name: str, laws: Path | None, n_passages: int, n_queries: int, folder: Path) -> Figures:
    """Open what was built and search in it, in this process."""
    queries = make_queries(read_passages(laws, 10_000), n_queries)
    prepare = ENGINES[name].open
    if prepare is None:
        return {}
    opener = prepare(folder)
    began = time.perf_counter()
    search = opener()
    opened = time.perf_counter() - began
    return {"opening s": opened} | _timed(search, queries)


def measure_adding(name: str, laws: Path | None, n_passages: int, n_queries: int, folder: Path) -> Figures:
    """Add a thousand documents to what was built, in this process: from text to where a search finds them."""
    add = ENGINES[name].add
    if add is None:
        return {}
    chance = random.Random(SEED + 1)  # noqa: S311  # a fixed sample, no secret
    passages = chance.choices(list(read_passages(laws, 10_000)), k=1_000 * PER_DOCUMENT)
    began = time.perf_counter()
    add(iter(passages), folder)
    return {"1,000 documents s": time.perf_counter() - began}


STEPS = {"building": measure_building, "searching": measure_searching, "adding": measure_adding}


def _timed(search: Search, queries: list[str]) -> Figures:
    search(queries[0])
    times = []
    for query in queries:
        began = time.perf_counter()
        search(query)
        times.append((time.perf_counter() - began) * 1e3)
    times.sort()
    return {
        "p50 ms": times[len(times) // 2], "p95 ms": times[int(len(times) * 0.95)], "searching MB": _peak_memory(),
    }  # fmt: skip


def _peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def compare(laws: Path | None, n_passages: int, engines: list[str], n_queries: int) -> dict[str, Figures]:
    """The figures of each engine, printed one a line, the p95 also as a multiple of bare tantivy's."""
    print(f"\n{n_passages:,} passages, {n_queries} queries", flush=True)
    rows: dict[str, Figures] = {}
    for engine in engines:
        if n_passages > LIMIT.get(engine, n_passages):
            continue
        figures: Figures = {}
        with tempfile.TemporaryDirectory() as folder:
            for step in STEPS:
                command = [
                    sys.executable,
                    __file__,
                    *map(str, filter(None, [laws])),
                    "--one",
                    engine,
                    "--step",
                    step,
                    "--folder",
                    folder,
                ]
                command += ["--passages", str(n_passages), "--queries", str(n_queries)]
                done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # ourselves
                figures |= json.loads(done.stdout)
        rows[engine] = figures
        cells = "  ".join(
            f"{name} {value:,.3g}" if value < 10 else f"{name} {value:,.0f}" for name, value in figures.items()
        )
        base = rows.get("tantivy", {}).get("p95 ms")
        times = f"  p95 × {figures['p95 ms'] / base:.1f}" if base and "p95 ms" in figures else ""
        print(f"{engine:10} {cells}{times}", flush=True)
    return rows


def main() -> None:
    """Read the arguments and compare, or do one step with one engine for ``compare``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("laws", type=Path, nargs="?")
    parser.add_argument("--passages", type=int, action="append")
    parser.add_argument("--engines", action="append", choices=ENGINES)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--one", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    sizes = args.passages or ([10_000, 100_000] if args.laws else [2_000])
    if args.one:
        print(json.dumps(STEPS[args.step](args.one, args.laws, sizes[0], args.queries, args.folder)))
        return
    found = {size: compare(args.laws, size, args.engines or list(ENGINES), args.queries) for size in sizes}
    if args.output:
        args.output.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
