"""Text whose lines were cut at one width is read as the text that was cut; every other text keeps its lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from policykb.cleaning.characters import normalise_line_ends
from policykb.cleaning.pipeline import unwrap_lines
from policykb.ingest import read

CORPUS = Path(__file__).parents[2] / "corpus"
NAMES = [path.stem for path in sorted(CORPUS.glob("*.txt"))]


@pytest.mark.parametrize("name", NAMES)
def test_texts_that_are_not_cut_are_left_alone(name):
    """Is no line end of a text of paragraphs touched?"""
    text = (CORPUS / f"{name}.txt").read_text(encoding="utf-8")
    assert not normalise_line_ends(text).changes
    assert not unwrap_lines(text).changes


@pytest.mark.parametrize("width", [30, 38])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_cut_text_gives_the_document_of_the_whole_one(tmp_path, width, end):
    """Are title, sections and passages those of the text before it was cut, and do the offsets lead back?"""
    (whole,) = read(CORPUS / "jiuquan-party-building-overview-2017.txt")
    lines = [whole.title, *("　　" + line for line in whole.text.split("\n")[1:])]
    pieces = [line[start : start + width] for line in lines for start in range(0, len(line), width)]
    path = tmp_path / "a.txt"
    path.write_bytes(end.join(pieces).encode())
    (cut,) = read(path)
    assert [(s.level, s.heading) for s in cut.sections] == [(s.level, s.heading) for s in whole.sections]
    assert cut.text.split("\n")[1:] == whole.text.split("\n")[1:]
    raw = end.join(pieces)
    at = cut.text.index("持续推动学习教育常态化制度化")
    span = cut.source_span(at, at + 14)
    assert "".join(raw[span.start : span.end].split()) == "持续推动学习教育常态化制度化"
