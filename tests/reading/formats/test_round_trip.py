"""The same content in every format: the same sections and the same practices come out."""

from __future__ import annotations

import pytest
from format_files import CORPUS, set_pdf, web_page, word_file, wrapped

from policykb.extraction import extract
from policykb.ingest import read
from policykb.models import Document

FIVE = "service-oriented-party-organizations-five-documents"
PLACES = [
    ("jiuquan-party-building-overview-2017", 0),
    ("urban-party-building-practices-2017", 0),
    ("heilongjiang-grassroots-year-2012", 0),
    ("fuzhou-grassroots-bulletin-2012", 0),
    *((FIVE, place) for place in range(5)),
]
"""Corpus files, and which of their documents."""
PLAN = [
    "青石县基层党建工作实施方案",
    "为深入推进“三联三送”活动，结合我县实际，制定本方案。",
    "一、总体要求",
    "坚持问题导向，用三年时间全面推行“24680”社区工作法，把服务送到群众身边，使基层党组织的作用得到充分发挥。",
    "二、重点任务",
    "（一）健全组织体系",
    "建立“1+5+N”网格治理机制，全县划分网格218个，配备网格员436名，做到小事不出网格、大事不出社区。",
    "（二）开展结对帮扶",
    "组织机关党员干部1200名与困难群众结成对子，每月走访不少于2次，帮助解决生产生活中的实际困难。",
    "三、保障措施",
    "各级党组织要加强领导，明确责任，定期督查，及时总结推广好经验好做法，确保各项任务落到实处、见到成效。",
]


def lines_of(name: str, place: int) -> list[str]:
    """Title and paragraphs of a corpus document as they read when they are clean."""
    document = read(CORPUS / f"{name}.txt")[place]
    body = document.text[document.text.index(document.title) :]
    return [line.replace("·", "、") for line in body.split("\n") if line.strip()]  # the font of the test's PDF lacks it


CONTENTS = {"plan": PLAN} | {f"{name[:10]}-{place}": lines_of(name, place) for name, place in PLACES}
FORMATS = {
    "txt": lambda lines: "\n".join(lines).encode(),
    "gbk.txt": lambda lines: "\r\n\r\n".join(lines).encode("gb18030"),
    "html": lambda lines: web_page(lines[0], lines[1:]).encode(),
    "docx": lambda lines: word_file(lines[0], lines[1:]),
    "pdf": lambda lines: set_pdf(
        [
            [(79, 105 + 35 * row, 22, lines[0][at : at + 16]) for row, at in enumerate(range(0, len(lines[0]), 16))],
            *wrapped(lines[1:]),
        ]
    ),
}


def outline(document: Document) -> list[tuple[object, ...]]:
    """Sections by level, number and heading, practices by name and parts."""
    sections = [(section.level, section.number, section.heading) for section in document.sections]
    practices = [
        (one.full_name, one.kind, one.components and one.components[0].members) for one in extract(document).practices
    ]
    return [document.title, document.kind, sections, practices]


@pytest.mark.parametrize("name", CONTENTS)
@pytest.mark.parametrize("suffix", ["gbk.txt", "html", "docx", "pdf"])
def test_every_format_gives_the_sections_and_practices_of_the_text(tmp_path, name, suffix):
    """Does a text that comes as a page, a Word file, a PDF or in GBK hold what the plain text holds?"""
    found = {}
    for kind in ("txt", suffix):
        path = tmp_path / f"a.{kind}"
        path.write_bytes(FORMATS[kind](CONTENTS[name]))
        (document,) = read(path)
        found[kind] = outline(document)
    assert found[suffix][2] and found[suffix][3]
    assert found[suffix] == found["txt"]
