"""Adding files to a store: read, structured, extracted, kept in batches, and what came of it told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from policykb.errors import ReadError
from policykb.models import Record
from policykb.store import Outcome, Store, StoredItem

if TYPE_CHECKING:
    from policykb.ingest import Progress
    from policykb.store.cluster_store import ClusterStore

BATCH = 200
"""Documents that are kept in one transaction."""


class Skipped(Record):
    """A file, or a document of it, that was not added, and why.

    ``same_as`` is the document whose text it repeats; that one now has this place among its origins.
    """

    path: str
    reason: str
    same_as: str | None = None


class Remark(Record):
    """What is to be known of a document that was kept: damage that could not be undone, a part that is missing."""

    document_id: str
    path: str
    text: str


class AddReport(Record):
    """What ``add`` did: ids of documents added, updated and found unchanged, and what was left out.

    ``remarks`` are about documents that were added or updated.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    remarks: tuple[Remark, ...] = ()


def add_files(
    store: Store | ClusterStore, paths: Sequence[str | Path], rules: Path | None, progress: Progress | None
) -> AddReport:
    """Add what lies below ``paths``, extracted with the ``rules`` of one's own; see ``KnowledgeBase.add``."""
    skipped: list[Skipped] = []
    remarks: list[Remark] = []
    outcomes: dict[Outcome, list[str]] = {outcome: [] for outcome in Outcome}
    for read in _batches(_read(paths, rules, skipped, progress)):
        for (path, item), result in zip(read, store.add([item for _, item in read]), strict=True):
            outcomes[result.outcome].append(result.document_id)
            if result.outcome is Outcome.DUPLICATE:
                skipped.append(_repetition(path, result.document_id))
            if result.outcome in (Outcome.ADDED, Outcome.UPDATED):
                told = item.document.remarks
                remarks += (Remark(document_id=result.document_id, path=path, text=text) for text in told)
    if skipped and not any(outcomes.values()) and len(paths) == 1 and not Path(paths[0]).is_dir():
        raise ReadError("{path}：{reason}", path=skipped[0].path, reason=skipped[0].reason)
    return AddReport(
        added=tuple(outcomes[Outcome.ADDED]),
        updated=tuple(outcomes[Outcome.UPDATED]),
        unchanged=tuple(outcomes[Outcome.UNCHANGED]),
        skipped=tuple(skipped),
        remarks=tuple(remarks),
    )


def _read(
    paths: Sequence[str | Path], rules: Path | None, skipped: list[Skipped], progress: Progress | None
) -> Iterator[tuple[str, StoredItem]]:
    """Every document below ``paths`` with its file as it was named; what cannot be read goes to ``skipped``."""
    from policykb.extraction import extract  # noqa: PLC0415 - a search needs neither it nor the readers
    from policykb.ingest import Unread, read_many  # noqa: PLC0415

    for one in read_many(paths, partial(extract, rules=rules), progress=progress):
        path = str(one.path)
        if isinstance(one, Unread):
            skipped.append(Skipped(path=path, reason=one.reason.removeprefix(f"{path}：")))
        else:
            origin = str(one.path.absolute())  # a file is the same one wherever it is named from
            yield path, StoredItem(source=one.source, origin=origin, document=one.document, extraction=one.made)


def _repetition(path: str, document_id: str) -> Skipped:
    reason = f"与已有文件 {document_id} 内容相同，只存一份，这处来源已记下"
    return Skipped(path=path, reason=reason, same_as=document_id)


def _batches(items: Iterator[tuple[str, StoredItem]]) -> Iterator[list[tuple[str, StoredItem]]]:
    while batch := list(islice(items, BATCH)):
        yield batch
