"""Which sentences are borrowed."""

from __future__ import annotations

import pytest
from plans import source

from policykb.drafting import PracticeSource
from policykb.drafting.borrowing import borrowed_spans, narrowed, section_trail
from policykb.models import Section
from policykb.spans import Span


def with_sections(found: PracticeSource, *headings: tuple[int, str, str]) -> PracticeSource:
    """The source with sections of these levels, numbers and headings, in order of the text."""
    text, sections = found.document.text, []
    for level, number, heading in headings:
        start = text.index(number + heading)
        later = [text.index(n + h) for lv, n, h in headings if lv <= level and text.index(n + h) > start]
        end = min(later, default=len(text))
        sections.append(Section(level=level, number=number, heading=heading, start=start, end=end))
    document = found.document.model_copy(update={"sections": tuple(sections)})
    return found.model_copy(update={"document": document})


def borrowed(found: PracticeSource) -> list[str]:
    """The text of each paragraph that is borrowed."""
    text = found.document.text
    return ["|".join(text[slice(*span)] for span in spans) for spans in borrowed_spans(found.practice, found.document)]


def test_the_sentence_that_names_the_practice_is_borrowed() -> None:
    """Is it the sentence alone, without its number, where no section is about the practice?"""
    assert borrowed(source("先说别的。2.推行“甲”，分三步。再说别的。", "甲")) == ["推行“甲”，分三步。"]


@pytest.mark.parametrize(
    "text",
    [
        "现就推行“甲”有关事项通知如下。⟦“甲”积分管理，即一人一册、一月一评。⟧",
        "某镇推行“甲”，群众说好。⟦“甲”，包括入户、记账、回访。⟧",
        "关于“甲”的报告\n现将“甲”情况报告如下：\n⟦镇里推行“甲”，分三步走。⟧",
    ],
)
def test_the_sentence_that_says_what_it_is_goes_before_others(text: str) -> None:
    """Is the definition taken rather than the first sentence, and never one that only announces?"""
    plain = text.replace("⟦", "").replace("⟧", "")
    wanted = text[text.index("⟦") + 1 : text.index("⟧")]
    assert borrowed(source(plain, "甲")) == [wanted]


def test_a_section_about_the_practice_is_borrowed_whole() -> None:
    """Is a run-in heading left out and all that follows it in its section taken?"""
    text = "一、任务\n1、大力推行“甲”工作法。入户走访。记好台账。\n2、大力推行“乙”。别的。"
    found = with_sections(
        source(text, "甲"), (1, "一、", "任务"), (2, "1、", "大力推行“甲”工作法"), (2, "2、", "大力推行“乙”")
    )
    assert borrowed(found) == ["入户走访。|记好台账。"]
    assert section_trail(found.document, found.practice.start) == "一、任务1、大力推行“甲”工作法"


def test_a_section_inside_a_paragraph_ends_where_the_next_begins() -> None:
    """Is of 一是…二是… in one paragraph only the part about the practice taken?"""
    text = "总的说来。一是推行“甲”。入户走访。二是推行“乙”。别的。"
    found = with_sections(source(text, "甲"), (1, "一是", "推行“甲”"), (1, "二是", "推行“乙”"))
    assert borrowed(found) == ["入户走访。"]


def test_below_a_heading_on_a_line_of_its_own_the_next_paragraph_is_borrowed() -> None:
    """Is the heading not borrowed as if it were the text?"""
    found = with_sections(source("（一）“甲”工作法\n入户走访。\n别的。", "甲"), (1, "（一）", "“甲”工作法"))
    assert borrowed(found) == ["入户走访。"]


def test_a_headline_gives_way_to_a_sentence() -> None:
    """Is a practice that is first named in a headline taken from where a sentence names it?"""
    text = "某地推行“甲”\n记者从某地获悉。某地推行“甲”，入户走访。"
    found = source(text, "甲")
    second = text.index("“甲”", found.practice.end)
    mentions = ((found.practice.start, found.practice.end), (second, second + 3))
    practice = found.practice.model_copy(update={"mentions": mentions})
    assert borrowed(found.model_copy(update={"practice": practice})) == ["某地推行“甲”，入户走访。"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("甲市做一，乙市推行“甲”，丙市做三。", "乙市推行“甲”"),
        ("推行“甲”，丙市做三。", "推行“甲”"),
        ("甲市做一；推行“甲”。", "推行“甲”"),
    ],
)
def test_of_a_sentence_of_many_places_the_clauses_are_borrowed(text: str, kept: str) -> None:
    """Are the borders the nearest commas and semicolons?"""
    start = text.index("“甲”")
    assert text[slice(*narrowed(Span(0, len(text)), Span(start, start + 3), text))] == kept
