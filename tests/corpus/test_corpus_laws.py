"""The laws of DESIGN over the whole built-in corpus: every claim reads as its quote, every character leads home."""

from __future__ import annotations

import hashlib
import random
import tomllib
from pathlib import Path

import pytest

from policykb import Document, Extraction, extract
from policykb.ingest import read_with_sources
from policykb.models import Source

CORPUS = Path(__file__).parents[2] / "corpus"
MANIFEST = tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8"))["source"]


@pytest.fixture(scope="module")
def shelf() -> list[tuple[Source, Document, Extraction]]:
    """Every document of the corpus with its source and with what was found in it."""
    return [
        (source, document, extract(document))
        for row in MANIFEST
        for source, documents in read_with_sources(CORPUS / row["file"])
        for document in documents
    ]


@pytest.mark.parametrize("row", MANIFEST, ids=lambda row: row["file"])
def test_the_source_texts_are_never_edited(row: dict[str, str]) -> None:
    """Are the bytes of each source those that the manifest tells?"""
    assert hashlib.sha256((CORPUS / row["file"]).read_bytes()).hexdigest() == row["sha256"]


@pytest.mark.parametrize("row", MANIFEST, ids=lambda row: row["file"])
def test_a_file_holds_as_many_documents_as_a_reader_counts(row: dict[str, str]) -> None:
    """Does the split find the documents that the manifest tells?"""
    assert sum(len(documents) for _, documents in read_with_sources(CORPUS / row["file"])) == row["documents"]


def test_every_claim_reads_as_its_quote(shelf: list[tuple[Source, Document, Extraction]]) -> None:
    """Does the text at each span read as the record says it does?"""
    seen = 0
    for _, document, found in shelf:
        for record in (*found.practices, *found.indicators):
            assert document.text[record.start : record.end] == record.quote
            seen += 1
        for practice in found.practices:
            assert practice.full_name in document.text
            assert practice.mentions == tuple(sorted(practice.mentions))
            for component in practice.components:
                for member, (start, end) in zip(component.members, component.spans, strict=True):
                    assert document.text[start:end] == member
        for reference in found.references:
            assert document.text[reference.start : reference.end].strip("《》〈〉") == reference.title.strip("《》〈〉")
        for section in document.sections:
            assert document.text[section.start : section.end].startswith(section.number or section.heading)
            assert section.heading in document.text[section.start : section.end]
    assert seen > 200


def test_every_repair_is_logged_at_both_ends(shelf: list[tuple[Source, Document, Extraction]]) -> None:
    """Does the text read as each repair left it, and the raw text as it found it?"""
    for source, document, _ in shelf:
        assert document.repairs
        for repair in document.repairs:
            assert document.text[repair.start : repair.start + len(repair.after)] == repair.after
            assert source.text[repair.source_start : repair.source_end] == repair.before
            assert 0 < repair.confidence <= 1


def test_random_spans_lead_back_to_the_raw_text(shelf: list[tuple[Source, Document, Extraction]]) -> None:
    """Does each span map into the raw text, to the very same characters wherever no repair touched them?"""
    dice = random.Random(20121115)
    exact = 0
    for source, document, _ in shelf:
        replaced = [(r.start, r.start + len(r.after)) for r in document.repairs if r.after]
        for _ in range(400):
            start = dice.randrange(len(document.text))
            end = min(len(document.text), start + dice.randrange(1, 30))
            place = document.source_span(start, end)
            raw = source.text[place.start : place.end]
            assert 0 <= place.start < place.end <= len(source.text)
            for position in range(start, end):
                if not any(low <= position < high for low, high in replaced) and not document.text[position].isspace():
                    assert document.text[position] in raw
                    exact += 1
    assert exact > 5_000


def test_the_same_bytes_give_the_same_documents() -> None:
    """Are ids and records the same at every reading?"""
    for row in MANIFEST:
        first, second = (list(read_with_sources(CORPUS / row["file"])) for _ in range(2))
        assert first == second
