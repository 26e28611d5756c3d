"""Sections of every habit, and several documents in one text: each case is a whole small text."""

import json
from pathlib import Path

import pytest
from structure_texts import document_of, documents_of, outline
from test_structure_headers import text_of

FOLDER = Path(__file__).parent
SECTIONS = json.loads((FOLDER / "section_habits.json").read_text(encoding="utf-8"))
BOUND = json.loads((FOLDER / "bound_documents.json").read_text(encoding="utf-8"))
PARAGRAPHS = (
    "各级党组织要高度重视，结合实际抓好贯彻落实，及时总结经验做法，研究解决存在的问题，确保各项任务落到实处、见到成效。",
    "社区党总支组织在职党员、楼栋长和志愿者定期上门走访，收集居民诉求126条，协调解决停车难、加梯难等问题43个，群众满意度明显提高。",
    "街道整合辖区单位资源，建成党群服务中心12个、党群驿站36处，开设“四点半课堂”和老年食堂，每天服务居民近千人次。",
    "目前，全区共划分网格386个，配备专职网格员412名，每月召开一次联席会议，通报情况、交办任务、督促落实，形成了工作闭环。",
)


def with_paragraphs(case):
    """The text of a case; {1} to {4} are paragraphs of running text."""
    text = "\n".join(case["lines"])
    for number, paragraph in enumerate(PARAGRAPHS, start=1):
        text = text.replace(f"{{{number}}}", paragraph)
    return text


@pytest.mark.parametrize("case", SECTIONS, ids=lambda case: " ".join(case["lines"])[:40])
def test_sections_are_found_in_every_habit(case):
    """Are numbered, unnumbered, run-in and glued headings found with their levels, and none in plain text?"""
    document = document_of(with_paragraphs(case))
    assert outline(document) == case["sections"]
    assert all(section.heading in document.text[section.start : section.end] for section in document.sections)


@pytest.mark.parametrize(
    ("numbers", "remarked"), [("一二四", True), ("一二三", False), ("二三四", True)], ids=["gap", "whole", "cut"]
)
def test_a_gap_between_run_in_headings_is_remarked_on(numbers, remarked):
    """Is a text that jumps from （二） to （四） told to be incomplete though its headings are run in?"""
    lines = [f"（{number}）强化组织引领。{PARAGRAPHS[1]}" for number in numbers]
    document = document_of("\n".join(["街道打造治理共同体", PARAGRAPHS[0], *lines]))
    assert any("缺失" in remark for remark in document.remarks) == remarked


@pytest.mark.parametrize("case", BOUND, ids=lambda case: " ".join(case["lines"])[:40])
def test_documents_bound_together_are_told_apart(case):
    """Does each document get its own title and place, and does an ordinary one stay whole?"""
    text = text_of(case)
    documents = documents_of(text)
    assert len(documents) == len(case["titles"])
    for document, title in zip(documents, case["titles"], strict=True):
        assert title in (None, document.title)
        place = document.source_span(0, len(document.text))
        assert text[place.start : place.end] == document.text
