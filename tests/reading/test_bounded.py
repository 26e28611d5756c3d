"""Large and broken files of text and of rows: refused or read piece by piece, never all at once."""

from __future__ import annotations

import json
import tracemalloc

import pytest

from policykb.errors import ReadError
from policykb.reading import limits, read_sources, stream_sources
from policykb.reading.files import try_sources
from policykb.reading.rows import stream_lines

SENTENCE = "各级党组织要结合实际抓好贯彻落实。"


@pytest.fixture
def small_limits(monkeypatch):
    """A kilobyte for a text and for a row."""
    figures = {**limits._limits(), "text": {"bytes": 1000}, "row": {"bytes": 1000}}
    monkeypatch.setattr(limits, "_limits", lambda: figures)


@pytest.mark.usefixtures("small_limits")
def test_a_text_beyond_the_limit_is_refused(tmp_path):
    """Is a text of a gigabyte refused in one line, after no more of it was read than allowed?"""
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE * 100, encoding="utf-8")
    with pytest.raises(ReadError, match="上限"):
        read_sources(path)


@pytest.mark.usefixtures("small_limits")
def test_a_row_beyond_the_limit_costs_itself_alone(tmp_path):
    """Is a line of 200 MB told by its number, and the rows around it read?"""
    rows = [json.dumps({"id": str(n), "text": SENTENCE * (500 if n == 1 else 1)}, ensure_ascii=False) for n in range(3)]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    first, second, third = try_sources(path)
    assert (first.document_id, third.document_id) == ("0", "2")
    assert isinstance(second, ReadError) and "第 2 行" in str(second) and "上限" in str(second)


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("length", [999, 1000, 1001, 1999, 2000, 2001, 2002, 3003])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_lines_of_any_length_keep_their_numbers(tmp_path, length, end):
    """Does a line at the edge of the limit end where it ends?"""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"a" + end + b"b" * length + end + end + b"c" + end)
    found = list(stream_lines(path))
    assert [line.number for line in found] == [1, 2, 4]
    assert (found[0].content, found[2].content) == (b"a", b"c")
    assert len(found[1].content) == min(length, 1001)


def test_after_a_bad_row_the_rest_goes_on(tmp_path):
    """Is each bad row told with its number while the good ones are read?"""
    good = json.dumps({"text": SENTENCE}, ensure_ascii=False)
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([good, "{", good, "[1]", '{"text": ""}', "", good]), encoding="utf-8")
    found = list(try_sources(path))
    assert [isinstance(one, ReadError) for one in found] == [False, True, False, True, True, False]
    assert [f"第 {number} 行" in str(one) for number, one in ((2, found[1]), (4, found[3]), (5, found[4]))] == [
        True
    ] * 3
    with pytest.raises(ReadError, match="第 2 行"):
        read_sources(path)


def test_rows_are_read_one_at_a_time(tmp_path):
    """Does the memory for a file of rows hang on its longest row and not on its length?"""
    path = tmp_path / "a.jsonl"
    row = json.dumps({"text": SENTENCE * 40}, ensure_ascii=False) + "\n"
    path.write_text(row * 600, encoding="utf-8")
    next(iter(stream_sources(path)))
    tracemalloc.start()
    count = sum(1 for _ in stream_sources(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 600 and peak < path.stat().st_size / 10
