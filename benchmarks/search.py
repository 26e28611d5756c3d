#!/usr/bin/env python3
"""Measure search side by side: policykb's index, bare tantivy, bm25s and rank-bm25 on the same passages.

usage: search.py LAWS.jsonl.gz [--passages N]... [--engines NAME]... [--queries N]

LAWS holds one {"title", "text"} a line.  Where it has fewer passages than asked for, more are made of its
sentences in another order (seeded).  Each engine runs in a process of its own, so that its memory is its own;
all get the same words, and queries of two to five words from one passage.  Times hang on the machine and its
load; the ratios to bare tantivy, measured in the same run, are what to compare.
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
from itertools import islice
from pathlib import Path

SEED = 20
PER_DOCUMENT = 40
LIMIT = {"rank-bm25": 20_000, "with jieba": 20_000, "bm25s": 200_000}
"""Passages beyond which an engine is left out: it would take minutes, or more memory than most machines have."""


def read_passages(path: Path, n: int) -> Iterator[str]:
    """``n`` passages: the paragraphs of the laws, then new ones of their sentences in random order."""
    chance = random.Random(SEED)  # noqa: S311  # a fixed sample, no secret
    paragraphs: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            found = [part.strip() for part in json.loads(line)["text"].split("\n")]
            paragraphs += [part for part in found if len(part) > 15]
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


def policykb_engine(passages: Iterator[str], folder: Path, *, fast: bool = True) -> Callable[[str], object]:
    """Store and index on disk, as a user has them; a search gives whole hits."""
    from policykb.search import Analyzer, Index, Tools
    from policykb.segmentation import Segmenter
    from policykb.store import Store

    tools = Tools.load()._replace(analyzer=Analyzer(Segmenter(fast=fast)))

    store = Store.open(folder)
    while batch := list(islice(passages, PER_DOCUMENT * 100)):
        store.add(_items(batch))
    index = Index.on_disk(folder / "index", tools)
    index.sync(store)
    return lambda query: index.search(query, store)


def plain_engine(passages: Iterator[str], folder: Path) -> Callable[[str], object]:
    """The same with jieba in place of rjieba."""
    return policykb_engine(passages, folder, fast=False)


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
        yield StoredItem(source=source, origin="laws", document=document)


def tantivy_engine(passages: Iterator[str], folder: Path) -> Callable[[str], object]:
    """Bare tantivy: words in one field, ten places back."""
    import tantivy

    from policykb.search import Analyzer

    analyzer = Analyzer()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema, path=str(folder))
    index.register_tokenizer("whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    writer = index.writer(heap_size=128_000_000, num_threads=1)
    for passage in passages:
        document = tantivy.Document()
        document.add_text("body", " ".join(analyzer.words(passage)))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> object:
        terms = [tantivy.Query.term_query(schema, "body", word, index_option="freq") for word in analyzer.words(query)]
        return searcher.search(tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms]), 10)

    return search


def bm25s_engine(passages: Iterator[str], folder: Path) -> Callable[[str], object]:
    """bm25s in memory, with Lucene's formula."""
    import bm25s

    from policykb.search import Analyzer

    analyzer = Analyzer()
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index([analyzer.words(passage) for passage in passages], show_progress=False)
    index.save(folder)
    return lambda query: index.retrieve([analyzer.words(query)], k=10, show_progress=False)


def rank_bm25_engine(passages: Iterator[str], folder: Path) -> Callable[[str], object]:
    """rank-bm25 as it comes."""
    from rank_bm25 import BM25Okapi

    from policykb.search import Analyzer

    analyzer = Analyzer()
    texts = list(passages)
    index = BM25Okapi([analyzer.words(text) for text in texts])
    return lambda query: index.get_top_n(analyzer.words(query), texts, n=10)


ENGINES = {
    "tantivy": tantivy_engine,
    "policykb": policykb_engine,
    "with jieba": plain_engine,
    "bm25s": bm25s_engine,
    "rank-bm25": rank_bm25_engine,
}


def measure(engine: str, laws: Path, n_passages: int, n_queries: int) -> dict[str, float]:
    """Build and search in this process."""
    queries = make_queries(read_passages(laws, n_passages), n_queries)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        search = ENGINES[engine](read_passages(laws, n_passages), Path(folder))
        built = time.perf_counter() - began
        search(queries[0])
        times = []
        for query in queries:
            began = time.perf_counter()
            search(query)
            times.append((time.perf_counter() - began) * 1e3)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    times.sort()
    return {
        "passages/s": n_passages / built,
        "disk MB": size / 1e6,
        "peak RSS MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        "p50 ms": times[len(times) // 2],
        "p95 ms": times[int(len(times) * 0.95)],
    }


def compare(laws: Path, n_passages: int, engines: list[str], n_queries: int) -> None:
    """Print a table: one line an engine, the p95 also as a multiple of bare tantivy's."""
    print(f"\n{n_passages:,} passages, {n_queries} queries")  # a report
    base = None
    for engine in engines:
        if n_passages > LIMIT.get(engine, n_passages):
            continue
        command = [sys.executable, __file__, str(laws), "--one", engine, "--passages", str(n_passages)]
        done = subprocess.run(
            [*command, "--queries", str(n_queries)], capture_output=True, text=True, check=False
        )  # ourselves
        if done.returncode:
            print(f"{engine:10} left out: {done.stderr.strip().splitlines()[-1]}")
            continue
        figures = json.loads(done.stdout)
        base = base or figures["p95 ms"]
        cells = "  ".join(f"{name} {value:,.1f}" for name, value in figures.items())
        print(f"{engine:10} {cells}  p95 × {figures['p95 ms'] / base:.1f}")


def main() -> None:
    """Read the arguments and compare, or measure one engine for ``compare``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("laws", type=Path)
    parser.add_argument("--passages", type=int, action="append")
    parser.add_argument("--engines", action="append", choices=ENGINES)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--one", choices=ENGINES, help=argparse.SUPPRESS)
    args = parser.parse_args()
    sizes = args.passages or [10_000, 100_000]
    if args.one:
        print(json.dumps(measure(args.one, args.laws, sizes[0], args.queries)))
        return
    for size in sizes:
        compare(args.laws, size, args.engines or list(ENGINES), args.queries)


if __name__ == "__main__":
    main()
