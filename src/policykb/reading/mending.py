"""A source whose text had been read in a wrong encoding before: set right, whatever the file was, and remarked on."""

from __future__ import annotations

from collections.abc import Iterator

from policykb.models import PageFact, Source
from policykb.reading.encoding import misreading_of
from policykb.reading.misreading import undo_as, undo_misreading


def made_right(source: Source) -> Source:
    """The source as it was meant, with a remark; one that was never read wrongly, or is right already, as it is.

    Plain text is set right when it is decoded and needs the remark alone; here it is what Word files, PDFs, pages
    and tables hold.
    """
    misreading = misreading_of(source.encoding)
    if misreading is not None:
        return _with_remark(source, *misreading)
    found = undo_misreading(source.text)
    if found is None:
        return source
    facts = tuple(_facts(source, found.right, found.wrong))
    return _with_remark(source.model_copy(update={"text": found.text, "facts": facts}), found.right, found.wrong)


def _facts(source: Source, right: str, wrong: str) -> Iterator[PageFact]:
    """What is said of the text, set right in the same way; what cannot be is left out."""
    for fact in source.facts:
        value = fact.value if fact.value.isascii() else undo_as(fact.value, right, wrong)
        if value is not None:
            yield PageFact(field=fact.field, value=value, quote=value if fact.quote else "")


def _with_remark(source: Source, right: str, wrong: str) -> Source:
    remark = f"原文的 {right.upper()} 编码曾被误读为 {wrong.upper()} 后另存，已还原；还原不了的字以⍰标出"
    if any(fact.value == remark for fact in source.facts):
        return source
    return source.model_copy(update={"facts": (*source.facts, PageFact(field="remarks", value=remark))})
