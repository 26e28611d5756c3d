"""The index on disk: fresh in another process, made anew when it is stale, damaged or of another version."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import time
from pathlib import Path

import pytest
import tantivy
from shelf import Shelf, make_document, notice, plan, report

from policykb.models import Extraction
from policykb.search import Index, Tools
from policykb.search.engine import BusyError
from policykb.search.manifest import FILE_NAME, FileLedger, Manifest
from policykb.search.tantivy_engine import TantivyEngine
from policykb.terms import SearchUnit


def found(index: Index, shelf: Shelf, query: str = "空巢老人") -> set[str]:
    """The documents that the query finds."""
    return {hit.document.id for hit in index.search(query, shelf, k=50)}


@pytest.fixture
def small() -> Shelf:
    """Three documents."""
    return Shelf(plan(), report(), notice())


def written(folder: Path) -> dict[str, int]:
    """The files of an index with the times they were written at."""
    return {str(path): path.stat().st_mtime_ns for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_index_that_is_fresh_is_not_written_again(tmp_path: Path, tools: Tools, small: Shelf) -> None:
    """Does a second opening search what the first has written?"""
    assert found(Index.on_disk(tmp_path, tools), small) == {"a-plan", "b-report", "c-notice"}
    before = written(tmp_path)
    assert found(Index.on_disk(tmp_path, tools), small) == {"a-plan", "b-report", "c-notice"}
    assert written(tmp_path) == before


def test_two_openings_see_each_others_changes(tmp_path: Path, tools: Tools, small: Shelf) -> None:
    """Does a reader find what another one has just indexed?"""
    first, second = Index.on_disk(tmp_path, tools), Index.on_disk(tmp_path, tools)
    assert found(first, small) == found(second, small)
    small.drop("a-plan")
    assert found(first, small) == found(second, small) == {"b-report", "c-notice"}
    small.put(plan())
    assert found(second, small) == found(first, small) == {"a-plan", "b-report", "c-notice"}


def no_manifest(folder: Path) -> None:
    """As after a kill before anything was finished."""
    (folder / FILE_NAME).unlink()


def half_a_manifest(folder: Path) -> None:
    """A manifest that cannot be read."""
    (folder / FILE_NAME).write_text('{"fingerprint":', encoding="utf-8")


def other_words(folder: Path) -> None:
    """An index of another segmenter."""
    FileLedger(folder).write(Manifest(fingerprint="jieba-0.1", revision=3))


def later_revision(folder: Path) -> None:
    """An index of a store that was put back from a copy."""
    manifest = FileLedger(folder).read()
    assert manifest
    FileLedger(folder).write(manifest.model_copy(update={"revision": 99}))


def broken_meta(folder: Path) -> None:
    """Tantivy's table of contents overwritten."""
    (folder / "passage" / "meta.json").write_text("{}", encoding="utf-8")


def broken_segments(folder: Path) -> None:
    """All data files cut off."""
    for path in (folder / "passage").glob("*.*"):
        if path.suffix not in {".json", ".lock"}:
            path.write_bytes(path.read_bytes()[:20])


def lost_segments(folder: Path) -> None:
    """Data files gone."""
    for path in (folder / "document").glob("*.idx"):
        path.unlink()


def other_schema(folder: Path) -> None:
    """An index with other fields."""
    shutil.rmtree(folder / "passage")
    (folder / "passage").mkdir()
    schema = tantivy.SchemaBuilder().add_text_field("text").build()
    tantivy.Index(schema, path=str(folder / "passage"))


DAMAGES = [no_manifest, half_a_manifest, other_words, later_revision]
DAMAGES += [broken_meta, broken_segments, lost_segments, other_schema]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_stale_or_damaged_index_is_made_anew(tmp_path: Path, tools: Tools, small: Shelf, damage) -> None:
    """Does a search after the damage find just what it should, and is the index fresh afterwards?"""
    Index.on_disk(tmp_path, tools).sync(small)
    damage(tmp_path)
    index = Index.on_disk(tmp_path, tools)
    assert found(index, small) == {"a-plan", "b-report", "c-notice"}
    assert len(index.search("老人", small, unit=SearchUnit.DOCUMENT)) == 3
    before = written(tmp_path)
    assert found(Index.on_disk(tmp_path, tools), small) == {"a-plan", "b-report", "c-notice"}
    assert written(tmp_path) == before


def test_rebuilding_gives_the_same_results(tmp_path: Path, tools: Tools, small: Shelf) -> None:
    """Are the results after ``rebuild`` those of before?"""
    index = Index.on_disk(tmp_path, tools)
    before = index.search("老人 必访", small, k=50)
    index.rebuild(small)
    assert index.search("老人 必访", small, k=50) == before


def test_without_a_folder_to_write_to_the_index_is_in_memory(tmp_path: Path, tools: Tools, small: Shelf) -> None:
    """Does a search still find, and write nothing?"""
    (tmp_path / "file").write_text("")
    assert found(Index.on_disk(tmp_path / "file" / "index", tools), small) == {"a-plan", "b-report", "c-notice"}


def test_a_second_writer_waits_and_a_reader_goes_on_with_what_is_there(
    tmp_path: Path, tools: Tools, small: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another one writes, does a search see the state before, and all of it afterwards?"""
    monkeypatch.setattr("policykb.search.tantivy_engine.LOCK_WAIT", 0.1)
    index = Index.on_disk(tmp_path, tools)
    assert len(found(index, small)) == 3
    other = TantivyEngine(tmp_path / "passage")
    with other.writing():
        small.put((make_document("e", "新的", ["空巢老人关爱站。"]), Extraction()))
        with pytest.raises(BusyError), TantivyEngine(tmp_path / "passage").writing():
            pass
        assert found(index, small) == {"a-plan", "b-report", "c-notice"}
    assert found(index, small) == {"a-plan", "b-report", "c-notice", "e"}


def keep_changing(folder: str) -> None:
    """Index one document after another until killed."""
    shelf, index = Shelf(plan(), report(), notice()), Index.on_disk(Path(folder))
    for n in range(10_000):
        shelf.put((make_document(f"e{n}", "新的", [f"空巢老人关爱站之{n}。"]), Extraction()))
        index.sync(shelf)


@pytest.mark.parametrize("delay", [0.0, 0.03, 0.11, 0.24])
def test_a_killed_process_leaves_an_index_that_catches_up(
    tmp_path: Path, tools: Tools, small: Shelf, delay: float
) -> None:
    """After kill -9 at some moment of indexing, does the index agree with the library again?"""
    process = multiprocessing.get_context("spawn").Process(target=keep_changing, args=(str(tmp_path),))
    process.start()
    while not (tmp_path / FILE_NAME).exists():
        time.sleep(0.01)
    time.sleep(delay)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    manifest = FileLedger(tmp_path).read()
    assert manifest
    put = range(manifest.revision + 1 - 3)  # what the killed one had put there, and the one that it was about to
    for n in put:
        small.put((make_document(f"e{n}", "新的", [f"空巢老人关爱站之{n}。"]), Extraction()))
    assert found(Index.on_disk(tmp_path, tools), small, "“关爱站”") == {f"e{n}" for n in put}
