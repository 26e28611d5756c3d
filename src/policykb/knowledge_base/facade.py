"""The façade: one object that adds, finds and drafts; notebooks and the command line both call it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from policykb.built_in import cache_folder, corpus_files, discard, ensure_built
from policykb.cluster import is_address
from policykb.display import Documents, Hits, Indicators, Practices
from policykb.errors import KnowledgeBaseError, NotFoundError
from policykb.knowledge_base.adding import AddReport, add_files
from policykb.models import Document, DocumentIndicator, Extraction, Hit, Practice
from policykb.store import Origin, Store
from policykb.terms import SearchUnit

if TYPE_CHECKING:
    from policykb.drafting import Draft, PracticeSource, Profile, WordDraft
    from policykb.ingest import Progress
    from policykb.merging import Entries
    from policykb.search import Contribution, FacetCounts, Index
    from policykb.store.cluster_store import ClusterStore

HOME_VARIABLE = "POLICYKB_HOME"
"""The environment variable that names the knowledge base of the command line."""

ENGINES = ("tantivy", "memory")

INDEX_FOLDER = "index"
"""Where a knowledge base on disk keeps its index, which can be thrown away at any time."""

SYNONYMS_FILE = "synonyms.txt"
"""Words of one's own that mean the same, in the folder of a knowledge base; as ``data/search_synonyms.txt``."""

RULES_FILE = "rules.yaml"
"""Words and rules of one's own that practices are found with; as ``data/extraction_own_example.yaml``."""


class KnowledgeBase:
    """Documents with what was found in them.  Close it, or use it in a ``with`` statement.

    >>> with KnowledgeBase.open(":memory:") as kb:
    ...     kb.documents()
    []
    """

    def __init__(
        self, store: Store | ClusterStore, *, index_folder: Path | None = None, read_only: bool = False
    ) -> None:
        """For ``open``; the index is kept in memory where there is no ``index_folder``."""
        self._store = store
        self._index_folder = index_folder
        self._read_only = read_only

    @classmethod
    def open(cls, location: str | Path | None = None, *, engine: str | None = None) -> Self:
        """The knowledge base at ``location``.

        A location is a folder (made when absent), ``":memory:"`` for one that is not kept, or
        ``http(s)://host:9200/name`` on an OpenSearch cluster (extra ``opensearch``).  None opens the built-in
        corpus of five source texts, which cannot be changed.  ``engine`` is ``"tantivy"`` (an index on disk,
        the default for a folder) or ``"memory"``.  Raises ``KnowledgeBaseError``.
        """
        if engine not in (None, *ENGINES):
            raise KnowledgeBaseError("没有检索引擎“{engine}”：可选 {known}", engine=engine, known="、".join(ENGINES))
        if location is None:
            return cls._built_in()
        if str(location) == ":memory:":
            return cls(Store.in_memory())
        if is_address(str(location)):
            from policykb.store.cluster_store import ClusterStore  # noqa: PLC0415 - needs the extra opensearch

            return cls(ClusterStore.open(str(location)))
        folder = Path(location).expanduser()
        return cls(Store.open(folder), index_folder=None if engine == "memory" else folder / INDEX_FOLDER)

    @classmethod
    def open_default(
        cls,
        location: str | None = None,
        *,
        create: bool = False,
        before_building: Callable[[], None] | None = None,
    ) -> Self:
        """The knowledge base of the command line: ``location``, else ``$POLICYKB_HOME``, else the built-in corpus.

        A folder that is not there is an error unless ``create`` says otherwise: a mistyped name must not become
        an empty knowledge base.  ``before_building`` is called before the built-in corpus is read, which takes some
        seconds and is done once.
        """
        location = location or os.environ.get(HOME_VARIABLE) or None
        if location is not None and is_address(location):
            return cls.open(location)
        if location is None and create:
            raise KnowledgeBaseError(
                "自带语料不能改动：请用 --kb 文件夹 指明知识库，或设置环境变量 {variable}",
                variable=HOME_VARIABLE,
            )
        if location is not None and not create and not Path(location).expanduser().is_dir():
            raise KnowledgeBaseError(
                "{location}：没有这个知识库文件夹；先用 policykb add 文件 --kb {location} 建一个", location=location
            )
        return cls.open(location) if location else cls._built_in(before_building)

    @classmethod
    def _built_in(cls, before_building: Callable[[], None] | None = None) -> Self:
        """The built-in corpus out of the user's cache, read anew where there is none or it is broken."""

        def build(folder: Path) -> None:
            if before_building:
                before_building()
            with cls.open(folder) as kb:
                if left_out := kb.add(*corpus_files()).skipped:
                    raise KnowledgeBaseError("自带语料读不全：{reason}", reason=left_out[0].reason)
                kb.sync()

        try:
            folder = cache_folder()
            ensure_built(folder, build)
            kb = cls(Store.open(folder), index_folder=folder / INDEX_FOLDER, read_only=True)
            if len(kb._store):
                return kb
            kb.close()  # another version of the program was just clearing the cache
            discard(folder)
        except (OSError, KnowledgeBaseError):
            pass
        kb = cls(Store.in_memory())
        kb.add(*corpus_files())
        kb._read_only = True
        return kb

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<KnowledgeBase: {len(self._store)} documents>"

    def close(self) -> None:
        """Let go of the files."""
        self._store.close()

    def add(self, *paths: str | Path, rules: str | Path | None = None, progress: Progress | None = None) -> AddReport:
        """Read files and folders (recursively), structure and extract on all cores, and keep the documents.

        A file that cannot be read is reported with its reason and the rest goes on; if a single file was asked
        for, it is a ``ReadError``.  A document that is there already is unchanged or updated, never doubled: a text
        that repeats one from another place is skipped, and that place noted (``origins``).  A file that was
        corrected since replaces its former text.  ``rules`` is a file of words and rules of one's own; by default
        ``rules.yaml`` in the knowledge base's folder, where it is there.
        ``progress`` is called with the bytes done and the bytes in all.
        """
        self._require_writable()
        return add_files(self._store, paths, Path(rules) if rules else self._own_file(RULES_FILE), progress)

    def sync(self) -> None:
        """Bring the index up to date now rather than at the next search."""
        self._index.sync(self._store)

    def remove(self, *document_ids: str) -> tuple[str, ...]:
        """Take documents out by their ids, or the beginnings of these; the full ids.  Raises ``NotFoundError``."""
        self._require_writable()
        found = tuple(dict.fromkeys(self._store.document(document_id).id for document_id in document_ids))
        self._store.remove(found)
        return found

    def documents(self) -> Documents:
        """All documents, in order of their sources' names, then of their places in these."""
        order = sorted(self._store.documents(), key=lambda d: (d.source_name, d.sha256, _first_place(d), d.id))
        return Documents(order)

    def document(self, document_id: str) -> Document:
        """The document of an id, or of the beginning of one.  Raises ``NotFoundError``."""
        return self._store.document(document_id)

    def extraction(self, document_id: str) -> Extraction:
        """The practices, indicators and references that were found in a document."""
        document = self._store.document(document_id)
        return self._store.extraction(document.id).model_copy(update={"text": document.text})

    def indicators(self) -> Indicators:
        """The figures of all documents, in the order of these and then of their places."""
        found = ((document.id, self._store.extraction(document.id)) for document in self.documents())
        return Indicators(DocumentIndicator(document_id=i, **dict(one)) for i, made in found for one in made.indicators)

    def origins(self, document_id: str) -> tuple[Origin, ...]:
        """All places that a document was read from; first the one whose text is kept."""
        return tuple(self._store.origins(document_id))

    def source_text(self, document_id: str) -> str:
        """The raw text that a document came from; ``Document.source_span`` leads into it."""
        return self._store.source_text(document_id)

    def practices(self, query: str | None = None) -> Practices:
        """The practices whose name, full name or code holds ``query`` (all without one), exact ones first.

        Where ``query`` is exactly the name or code of some, only these are returned.
        """
        found = self._store.practices(query)
        exact = [one for one in found if query and _is_named(one.practice, query)]
        return Practices(one.practice for one in exact or found)

    def practice(self, name: str) -> Practice:
        """The practice of a name, full name or code: the one described best where several documents have it.

        Raises ``NotFoundError`` with names that are near.
        """
        return self._store.practice(name).practice

    def entries(self) -> Entries:
        """The practices across documents: one entry for each practice of one place, with all its mentions.

        Spelling variants of a name meet; the same name in several places gives entries that are ``related``.
        """
        from policykb.merging import Entries, merge_practices  # noqa: PLC0415 - needed here only

        return Entries(merge_practices((d, self._store.extraction(d.id).practices) for d in self.documents()))

    def document_of(self, practice: Practice) -> Document:
        """The document that a practice of this knowledge base stands in."""
        for one in self._store.practices(practice.name):
            if one.practice.id == practice.id:
                return self._store.document(one.document_id)
        raise NotFoundError("做法“{name}”不在这个知识库里；请先用 add 读入它的来源文件", name=practice.name)

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        offset: int = 0,
        unit: str = SearchUnit.PASSAGE,
        locality: str | None = None,
        level: str | None = None,
        kind: str | None = None,
        practice_kind: str | None = None,
        issuing_authority: str | None = None,
        years: str | None = None,
    ) -> Hits:
        """The best ``k`` passages, documents or practices for a query, best first; an empty list for none.

        The query may hold words, “phrases”, -words and filters (``地区:咸宁 类型:plan 机关:组织部 年份:2014-2017``);
        the keyword arguments are the same filters, those in the query go before them.  ``locality`` includes what
        lies below it, ``level`` is that of the issuing authority.  ``offset`` leaves out as many of the best, for
        the next page.  Raises ``QueryError`` for what cannot be understood.
        """
        from policykb.search import parse_filters, parse_unit  # noqa: PLC0415 - the engines load with it

        filters = parse_filters(
            locality=locality,
            level=level,
            kind=kind,
            practice_kind=practice_kind,
            issuing_authority=issuing_authority,
            years=years,
        )
        return Hits(self._index.search(query, self._store, k=k, offset=offset, unit=parse_unit(unit), filters=filters))

    def count(self, query: str, *, unit: str = SearchUnit.PASSAGE, **filters: str | None) -> FacetCounts:
        """How many results ``search`` would have with the same filters, in all and for each place, kind and year."""
        from policykb.search import parse_filters, parse_unit  # noqa: PLC0415 - the engines load with it

        return self._index.count(query, self._store, unit=parse_unit(unit), filters=parse_filters(**filters))

    def explain(self, query: str, hit: Hit, *, unit: str = SearchUnit.PASSAGE) -> list[Contribution]:
        """Which words in which fields gave ``hit`` its score for ``query``, the greatest first; they add up to it."""
        from policykb.search import parse_unit  # noqa: PLC0415 - the engines load with it

        return self._index.explain(query, self._store, hit, unit=parse_unit(unit))

    def verify(self) -> list[str]:
        """What is wrong with the store or the index, a line each; nothing where all is well."""
        return [*self._store.verify(), *self._index.verify(self._store)]

    def reindex(self) -> None:
        """Build the index anew from the store."""
        self._index.rebuild(self._store)

    def suggest(self, query: str) -> list[str]:
        """Names of practices that are near to a query which found nothing, the nearest first."""
        return self._index.suggest(query, self._store, self._store.practice_names())

    def draft(
        self,
        template: str,
        *,
        locality: str | Path | Profile,
        practices: Sequence[str | Practice] = (),
        values: Mapping[str, object] | None = None,
        data: str | Path | Mapping[str, Any] | None = None,
    ) -> Draft:
        """Draft a document for a locality, with tasks from ``practices`` (names, codes or records).

        ``template`` is a name of ``policykb templates`` or a path; ``locality`` a profile or its file; ``values``
        set or replace fields of the profile; ``data`` is a table of scores (or its file) for a report made from one.
        Raises ``TemplateError``, ``ProfileError`` or ``NotFoundError``.
        """
        from policykb.drafting import compose, load_scores, load_template  # noqa: PLC0415 - loads python-docx

        profile, sources = _profile(locality, values), self._sources(practices)
        scores = load_scores(data) if isinstance(data, str | Path) else data
        return compose(load_template(template), profile, sources, data=scores)

    def fill_word_template(
        self,
        path: str | Path,
        *,
        locality: str | Path | Profile,
        practices: Sequence[str | Practice] = (),
        values: Mapping[str, object] | None = None,
        comments: bool = True,
    ) -> WordDraft:
        """Fill a Word file of one's own (.docx with Jinja tags, extra ``docx-templates``); else as ``draft``."""
        from policykb.drafting import fill_word_template  # noqa: PLC0415 - drafting loads python-docx

        profile = _profile(locality, values)
        return fill_word_template(path, profile, self._sources(practices), comments=comments)

    def export(self, what: str, output: str | Path) -> int:
        """Write all ``practices``, ``indicators`` or ``documents`` to a file, and say how many rows it has.

        The suffix of ``output`` tells the format: .xlsx, .csv, .json, .jsonl or .md.  Raises ``WriteError``.
        """
        from policykb import export  # noqa: PLC0415 - needed here only
        from policykb.writing import write_whole  # noqa: PLC0415

        found = [(document, self._store.extraction(document.id)) for document in self.documents()]
        write_whole(Path(output), export.render(what, found, Path(output).suffix.lower()))
        return len(export.ROWS[what](found))

    def _sources(self, practices: Sequence[str | Practice]) -> list[PracticeSource]:
        """Practices, by name or as records, with the documents that they stand in."""
        from policykb.drafting import PracticeSource  # noqa: PLC0415 - drafting loads python-docx

        records = [self.practice(one) if isinstance(one, str) else one for one in practices]
        return [PracticeSource(practice=record, document=self.document_of(record)) for record in records]

    def _require_writable(self) -> None:
        if self._read_only:
            raise KnowledgeBaseError("自带语料不能改动：请用 KnowledgeBase.open(文件夹) 或 --kb 文件夹 另建知识库")

    @cached_property
    def _index(self) -> Index:
        from policykb.search import Index, Tools  # noqa: PLC0415 - the engines load with it

        if not isinstance(self._store, Store):
            from policykb.search.cluster_index import open_cluster_index  # noqa: PLC0415 - needs the extra opensearch

            return open_cluster_index(self._store.cluster, self._store, Tools.load())
        if self._index_folder is None:
            return Index.in_memory()
        synonyms = self._own_file(SYNONYMS_FILE)
        return Index.on_disk(self._index_folder, Tools.load(*[synonyms] if synonyms else ()))

    def _own_file(self, name: str) -> Path | None:
        """A file of one's own in the folder of the knowledge base; None where there is none."""
        path = self._index_folder.parent / name if self._index_folder else None
        return path if path and path.is_file() else None


def _first_place(document: Document) -> int:
    return document.offsets.runs[0][1] if document.offsets.runs else 0


def _is_named(practice: Practice, query: str) -> bool:
    from policykb.segmentation import fold_name  # noqa: PLC0415 - jieba loads with it

    return fold_name(query) in {fold_name(name) for name in (practice.name, practice.full_name, practice.code) if name}


def _profile(locality: str | Path | Profile, values: Mapping[str, object] | None) -> Profile:
    """A profile, read where its file is named, with ``values`` in place of its own."""
    from policykb.drafting import load_profile, update_profile  # noqa: PLC0415 - drafting loads python-docx

    profile = load_profile(locality) if isinstance(locality, str | Path) else locality
    return update_profile(profile, values) if values else profile
