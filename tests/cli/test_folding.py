"""Lines on the terminal: whole characters, nothing lost, no closing mark at the beginning of a line."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from policykb.cli.folding import fold


@settings(derandomize=True, deadline=None)
@given(st.text(alphabet="党员a1 ，；。、）\n", max_size=80), st.integers(20, 40))
def test_folding_loses_nothing_but_blanks(text: str, width: int) -> None:
    """Do the lines hold every character that is no blank, in order?"""
    assert "".join("".join(fold(text, width)).split()) == "".join(text.split())


@settings(derandomize=True, deadline=None)
@given(st.text(alphabet="党员a1 ，；", max_size=80), st.integers(20, 40))
def test_lines_begin_with_words_and_fit(text: str, width: int) -> None:
    """Does each line begin with no mark that closes, and fit unless it is made of such marks?"""
    marks = "，；"
    lines = fold(text, width)
    for line in lines[1:]:
        assert line[0] not in marks or not text.strip(marks + " ")
    if marks[0] * 3 not in text.replace("；", "，"):
        assert all(cell_len(line) <= width + 2 for line in lines)
