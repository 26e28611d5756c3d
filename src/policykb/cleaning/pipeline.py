"""The order of the cleaning steps, and ``clean`` that takes a source through them."""

from __future__ import annotations

from collections.abc import Sequence

from policykb.cleaning.changes import Change, Mark, Outcome, Step, carry_out, facts_of, log_repairs
from policykb.cleaning.characters import drop_unseen, lay_out, normalise_line_ends
from policykb.cleaning.damage import mend_shifted_bytes
from policykb.cleaning.glyphs import mend_glyphs
from policykb.cleaning.junk import drop_junk_lines
from policykb.cleaning.markup import drop_markup, read_front_matter
from policykb.cleaning.pinyin import drop_readings
from policykb.cleaning.punctuation import curl_quotes, nest_titles, widen_marks
from policykb.cleaning.scraps import (
    drop_advertisements,
    drop_captions,
    drop_glued_ends,
    drop_stray_question_marks,
)
from policykb.cleaning.script import simplified, simplify_script
from policykb.cleaning.truncation import mark_truncations
from policykb.cleaning.wrapped import join_wrapped_lines
from policykb.models import CleanText, PageFact, Repair, Source
from policykb.spans import Rewriting
from policykb.terms import RepairKind


def unwrap_lines(text: str) -> Outcome:
    """Paragraphs whose lines were all cut at one width become one line each.  Layout, so not logged."""
    return Outcome(tuple(Change(*edit, None) for edit in join_wrapped_lines(text)))


STEPS: tuple[tuple[str, Step], ...] = (
    ("line_ends", normalise_line_ends),
    ("wrapped", unwrap_lines),
    ("unseen", drop_unseen),
    ("front_matter", read_front_matter),
    ("readings", drop_readings),
    ("shifted_bytes", mend_shifted_bytes),
    ("script", simplify_script),
    ("glyphs", mend_glyphs),
    ("markup", drop_markup),
    ("layout", lay_out),
    ("stray_question_marks", drop_stray_question_marks),
    ("advertisements", drop_advertisements),
    ("junk_lines", drop_junk_lines),
    ("glued_ends", drop_glued_ends),
    ("captions", drop_captions),
    ("layout_again", lay_out),
    ("nested_titles", nest_titles),
    ("marks", widen_marks),
    ("quotes", curl_quotes),
    ("truncations", mark_truncations),
)
"""Repair of characters comes first, since rules about junk read the repaired text; marks come last."""


def clean(source: Source) -> CleanText:
    """The clean text of ``source``: one paragraph a line, every repair logged, offsets to the raw text.

    Facts that the page told outside of its body come behind those that the source brought, the weak ones
    (a site's name in a breadcrumb) last.
    """
    rewriting = Rewriting(source.text)
    marks: list[Mark] = []
    facts: list[PageFact] = []
    weak: list[PageFact] = []
    for _, step in STEPS:
        outcome = step(rewriting.text)
        if outcome.findings:
            offsets = rewriting.offsets()
            facts += facts_of(source.text, offsets, (one for one in outcome.findings if not one.weak))
            weak += facts_of(source.text, offsets, (one for one in outcome.findings if one.weak))
        if outcome.changes:
            rewriting, made = carry_out(rewriting, outcome.changes)
            marks += made
    offsets = rewriting.offsets()
    repairs = log_repairs(source.text, rewriting.text, offsets, marks)
    return CleanText(
        text=rewriting.text,
        offsets=offsets,
        repairs=repairs,
        facts=(*_in_script_of(repairs, source.facts), *facts, *weak),
    )


def _in_script_of(repairs: Sequence[Repair], facts: Sequence[PageFact]) -> Sequence[PageFact]:
    """What the source brought, in Simplified characters where its text had to be converted."""
    if not any(repair.kind is RepairKind.SCRIPT for repair in repairs):
        return facts
    return [fact.model_copy(update={"value": simplified(fact.value)}) for fact in facts]
