"""The engine on disk: tantivy, which scores by Lucene's BM25 of itself."""

from __future__ import annotations

import math
import shutil
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

import tantivy

from policykb.search.engine import BusyError, EngineError, Entry, Field, Group, Match, Plan, Term, match_order

VERSION = f"tantivy-{metadata.version('tantivy')}/2"
"""The library's version and that of the schema below; an index of another one is made anew."""

_DOCUMENT, _PLACE = "document", "place"
_SEPARATOR = "\x1f"
_HEAP = 128_000_000
LOCK_WAIT = 10.0
_WHOLE = (Field.NAMES, Field.DEFINED, Field.FACETS)
_EVERY = Term(Field.FACETS, "*")
"""A term that every entry holds: its count includes entries that were removed and not yet merged away."""


class TantivyEngine:
    """Entries in a folder, for one index of any size."""

    def __init__(self, folder: Path) -> None:
        """Open the entries in ``folder``, made when absent.  Raises ``EngineError`` where they are damaged."""
        self._folder = folder
        self._writer: tantivy.IndexWriter | None = None
        self._schema = _schema()
        self._open()

    def _open(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with _damage_reported():
            self._index = tantivy.Index(self._schema, path=str(self._folder))
            self._index.register_tokenizer("words", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
            self._index.config_reader(reload_policy="manual")
        self.reload()

    def __len__(self) -> int:
        return self._searcher.num_docs

    def reset(self) -> None:
        """Start empty, even where what is there is damaged."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._open()

    def reload(self) -> None:
        """See what other processes have written."""
        with _damage_reported():
            self._index.reload()
            self._searcher = self._index.searcher()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold tantivy's lock, which ends with the process; all changes are committed at the end, or none."""
        self._writer = self._locked_writer()
        try:
            yield
            with _damage_reported():
                self._writer.commit()
                self._writer.wait_merging_threads()
        finally:
            self._writer = None
        self.reload()

    def update(self, removed: Collection[str], added: Iterable[Entry]) -> None:
        """Take out the entries of the documents ``removed``, put ``added`` in."""
        assert self._writer, "inside of writing() only"  # noqa: S101  # a mistake of ours
        with _damage_reported():
            for document in removed:
                self._writer.delete_documents_by_term(_DOCUMENT, document)
            for entry in added:
                self._writer.add_document(_packed(entry))

    def clear(self) -> None:
        """Take out everything."""
        assert self._writer, "inside of writing() only"  # noqa: S101  # a mistake of ours
        with _damage_reported():
            self._writer.delete_all_documents()

    def holds(self, terms: Iterable[Term]) -> set[Term]:
        """Those of ``terms`` that some entry holds."""
        with _damage_reported():
            return {term for term in terms if self._searcher.doc_freq(term.field, term.token) and self._count(term)}

    def search(self, plan: Plan, limit: int) -> list[Match]:
        """The best ``limit`` entries in ``match_order``."""
        if limit < 1 or not len(self):
            return []
        query = self._query(plan)
        wanted = min(limit + 10, len(self))
        while True:
            with _damage_reported():
                found = self._searcher.search(query, limit=wanted, count=False).hits
            if wanted >= len(self) or len(found) < wanted or found[-1][0] < found[limit - 1][0] - 1e-4:
                break
            wanted = min(wanted * 4, len(self))  # more that tie with the last one, for the order to decide
        with _damage_reported():
            matches = [self._match(score, address) for score, address in found]
        return sorted(matches, key=match_order)[:limit]

    def count(self, plan: Plan) -> int:
        """How many entries the plan finds."""
        return self._n_found(self._query(plan)) if len(self) else 0

    def _match(self, score: float, address: tantivy.DocAddress) -> Match:
        document, start, end, practice = bytes(self._searcher.doc(address)[_PLACE][0]).decode().split(_SEPARATOR)
        return Match(score, document, int(start), int(end), practice)

    def _query(self, plan: Plan) -> tantivy.Query:
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, self._scored(term)) for term in plan.terms])
        if not any(plan[1:]):
            return query
        clauses = [(tantivy.Occur.Must, query)]
        clauses += [(tantivy.Occur.Should, self._scored(term)) for term in plan.supporting]
        clauses += [
            (tantivy.Occur.Should, tantivy.Query.const_score_query(self._term(term), term.weight))
            for term in plan.bonuses
        ]
        clauses += [
            (tantivy.Occur.Must, tantivy.Query.const_score_query(self._any(group), 0.0)) for group in plan.required
        ]
        for row in plan.excluded:
            together = tantivy.Query.boolean_query([(tantivy.Occur.Must, self._any(group)) for group in row])
            clauses.append((tantivy.Occur.MustNot, together))
        return tantivy.Query.boolean_query(clauses)

    def _scored(self, term: Term) -> tantivy.Query:
        return tantivy.Query.boost_query(self._term(term), term.weight * self._correction(term))

    def _term(self, term: Term) -> tantivy.Query:
        option = "basic" if term.field is Field.FACETS else "freq"
        return tantivy.Query.term_query(self._schema, term.field.value, term.token, index_option=option)

    def _any(self, group: Group) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, self._term(term)) for term in group])

    def _correction(self, term: Term) -> float:
        """What makes up for entries that were removed but still count in tantivy's idf, until they are merged away."""
        n_all, n_live = self._searcher.doc_freq(_EVERY.field, _EVERY.token), len(self)
        n_with = self._searcher.doc_freq(term.field, term.token)
        if n_all == n_live or n_with == 0:
            return 1.0
        return _idf(n_live, self._count(term)) / _idf(n_all, n_with)

    def _count(self, term: Term) -> int:
        """How many entries hold ``term``, removed ones left out."""
        return self._n_found(self._term(term))

    def _n_found(self, query: tantivy.Query) -> int:
        with _damage_reported():
            found = self._searcher.search(query, limit=1, count=True)
        return int(found.count)  # type: ignore[attr-defined]  # there, but not in the stubs

    def _locked_writer(self) -> tantivy.IndexWriter:
        deadline = time.monotonic() + LOCK_WAIT
        while True:
            try:
                return self._index.writer(heap_size=_HEAP, num_threads=1)
            except ValueError as error:
                if "LockBusy" not in str(error):
                    raise EngineError(str(error)) from error
                if time.monotonic() > deadline:
                    raise BusyError(str(self._folder)) from error
            time.sleep(0.05)


def open_engines(folder: Path, names: Iterable[str]) -> dict[str, TantivyEngine]:
    """One engine of each name in ``folder``; where one is damaged or of another version all are started empty.

    Whatever else lies in the folder goes with them.  Raises ``OSError`` or ``EngineError`` where it cannot be written.
    """
    names = list(names)
    try:
        return {name: TantivyEngine(folder / name) for name in names}
    except EngineError:
        shutil.rmtree(folder)
        return {name: TantivyEngine(folder / name) for name in names}


def _idf(n_entries: int, n_with: int) -> float:
    return math.log(1 + (n_entries - n_with + 0.5) / (n_with + 0.5))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_DOCUMENT, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field(_PLACE, stored=True)
    for field in Field:
        tokenizer = "raw" if field in _WHOLE else "words"
        option = "basic" if field is Field.FACETS else "freq"
        builder.add_text_field(field.value, tokenizer_name=tokenizer, index_option=option)
    return builder.build()


def _packed(entry: Entry) -> tantivy.Document:
    packed = tantivy.Document()
    packed.add_text(_DOCUMENT, entry.document)
    packed.add_bytes(
        _PLACE, _SEPARATOR.join((entry.document, str(entry.start), str(entry.end), entry.practice)).encode()
    )
    packed.add_text(_EVERY.field.value, _EVERY.token)
    for field, tokens in entry.tokens.items():
        packed.add_text(field, tokens)
    for field, values in entry.values.items():
        for value in values:
            packed.add_text(field, value)
    return packed


@contextmanager
def _damage_reported() -> Iterator[None]:
    """Turn what tantivy says of files it cannot read or write into an ``EngineError``."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise EngineError(str(error)) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # Rust's; an Exception it is not
            raise EngineError(str(error)) from error
        raise
