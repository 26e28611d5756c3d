"""Makings of drafts: documents of a sentence, practices in them, profiles of a name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from policykb.drafting import PracticeSource, Profile, parse_profile
from policykb.extraction import extract
from policykb.ingest import read
from policykb.models import Document, Locality, Practice
from policykb.places import Gazetteer
from policykb.resources import bundled_folder
from policykb.segmentation import Segmenter
from policykb.spans import OffsetMap
from policykb.terms import DocumentKind, PracticeKind

EXAMPLES = Path(__file__).parents[2] / "examples"


@cache
def gazetteer() -> Gazetteer:
    """One for all tests."""
    return Gazetteer.load()


@cache
def segmenter() -> Segmenter:
    """One for all tests."""
    return Segmenter()


@cache
def corpus() -> tuple[PracticeSource, ...]:
    """Every practice of the built-in corpus with its document."""
    documents = [document for path in sorted(bundled_folder("corpus").glob("*.txt")) for document in read(path)]
    return tuple(
        PracticeSource(practice=practice, document=document)
        for document in documents
        for practice in extract(document).practices
    )


def from_corpus(*names: str) -> list[PracticeSource]:
    """The practices of these names, in this order."""
    return [next(source for source in corpus() if source.practice.name == name) for name in names]


def place(name: str) -> Locality:
    """The record of a place, without a code where the gazetteer does not know it."""
    known = gazetteer().resolve(name)
    return known or Locality(name=name, full_name=name, level=profile(name).level)


def profile(name: str, **values: object) -> Profile:
    """A profile with little more than a name."""
    return parse_profile({"name": name, **values})


def document(text: str, *places: str, title: str = "某地的做法") -> Document:
    """A document that consists of ``text`` and speaks of ``places``."""
    return Document(
        id="d1",
        title=title,
        kind=DocumentKind.NEWS,
        localities=tuple(place(name) for name in places),
        text=text,
        source_name="a.txt",
        sha256="0" * 64,
        offsets=OffsetMap.identity(len(text)),
    )


def source(text: str, name: str, *places: str, kind: PracticeKind = PracticeKind.WORK_METHOD) -> PracticeSource:
    """A practice called ``name`` that stands in quotation marks in ``text``, in the first of ``places``."""
    start = text.index(f"“{name}”")
    quote = f"“{name}”"
    practice = Practice(
        id="p1",
        name=name,
        full_name=quote,
        kind=kind,
        code=None,
        locality=places[0] if places else None,
        components=(),
        quote=quote,
        start=start,
        end=start + len(quote),
        rule="test",
        mentions=((start, start + len(quote)),),
    )
    return PracticeSource(practice=practice, document=document(text, *places))
