"""Offsets: whatever is rewritten, each character knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policykb.spans import Edit, OffsetMap, Rewriting, Span

TEXT = st.text(alphabet="服务型党a1(，）\n", max_size=60)


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits of it that do not overlap."""
    text = draw(TEXT)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [Edit(a, b, draw(st.text(alphabet="新⍰xy", max_size=4))) for a, b in pairs]


@settings(derandomize=True, deadline=None)
@given(texts_with_edits())
def test_untouched_characters_lead_back_to_themselves(case: tuple[str, list[Edit]]) -> None:
    """Does each character that no edit touched map to exactly itself, also after a second rewriting?"""
    text, edits = case
    once = Rewriting(text).apply(edits)
    twice = once.apply([Edit(0, 1, "")] if once.text else [])
    for rewriting in (once, twice):
        offsets = rewriting.offsets()
        assert offsets.length == len(rewriting.text)
        for position, character in enumerate(rewriting.text):
            source = offsets.source_of(Span(position, position + 1))
            assert 0 <= source.start <= source.end <= len(text)
            if (
                not any(edit.start < source.end and source.start < edit.end for edit in edits)
                and source.start < source.end
            ):
                assert text[source.start : source.end] == character


@settings(derandomize=True, deadline=None)
@given(texts_with_edits(), st.integers(0, 60), st.integers(0, 60))
def test_a_slice_of_the_map_is_the_map_of_the_slice(case: tuple[str, list[Edit]], a: int, b: int) -> None:
    """Does a part of a text, taken as a text of its own, lead to the same places?"""
    text, edits = case
    rewriting = Rewriting(text).apply(edits)
    start, end = sorted((min(a, len(rewriting.text)), min(b, len(rewriting.text))))
    whole, part = rewriting.offsets(), rewriting.offsets().slice(Span(start, end))
    for position in range(start, end):
        assert part.source_of(Span(position - start, position - start + 1)) == whole.source_of(
            Span(position, position + 1)
        )


def test_a_replaced_stretch_maps_to_the_whole_of_what_it_replaced() -> None:
    """Does each character of a longer replacement stand for all that it replaced?"""
    offsets = Rewriting("確？荚u(píng)工").apply([Edit(1, 10, "保考评")]).offsets()
    assert offsets.source_of(Span(1, 2)) == offsets.source_of(Span(3, 4)) == Span(1, 10)
    assert offsets.source_of(Span(0, 5)) == Span(0, 11)


def test_overlapping_edits_are_refused() -> None:
    """Is a contradiction between edits an error rather than a scrambled text?"""
    with pytest.raises(ValueError, match="overlaps"):
        Rewriting("一二三").apply([Edit(0, 2, "x"), Edit(1, 3, "y")])


def test_a_span_outside_the_text_is_refused() -> None:
    """Is a span outside of the text an error rather than a wrong place?"""
    with pytest.raises(ValueError, match="outside"):
        OffsetMap.identity(3).source_of(Span(2, 4))
