"""The five files of the corpus, read, cleaned and structured: metadata and sections as a careful reader sees them."""

import json
from pathlib import Path

import pytest
from structure_texts import outline

from policykb.ingest import read
from policykb.resources import bundled_folder

GOLD = json.loads(Path(__file__).with_name("gold_sections.json").read_text(encoding="utf-8"))

BULLETIN = "fuzhou-grassroots-bulletin-2012"
ARTICLE = "heilongjiang-grassroots-year-2012"
FIVE = "service-oriented-party-organizations-five-documents"
OVERVIEW = "jiuquan-party-building-overview-2017"
PRACTICES = "urban-party-building-practices-2017"


FILES = (BULLETIN, ARTICLE, FIVE, OVERVIEW, PRACTICES)


@pytest.fixture(scope="module")
def corpus():
    """The documents of each file."""
    return {name: read(bundled_folder("corpus") / f"{name}.txt") for name in FILES}


METADATA = [
    (BULLETIN, 0, "福州市实施“固本强基”工程", "bulletin", "省委创先争优活动领导小组办公室", "576", "2012-03-16"),
    (FIVE, 0, "基层服务型党组织建设考评工作报告", "report", "中共XX县教育局委员会", None, "2015-01-30"),
    (FIVE, 1, "基层服务型党组织建设实施方案", "plan", None, None, None),
    (FIVE, 2, "积极建设服务型基层党组织", "essay", None, None, "2010"),
    (FIVE, 3, "基层服务型党组织建设材料", "essay", None, None, None),
    (FIVE, 4, "如何加强基层服务型党组织建设", "opinion", None, None, None),
    (OVERVIEW, 0, "党旗高扬谱新篇——酒泉市基层党建工作综述", "news", "酒泉日报", None, None),
]


@pytest.mark.parametrize("row", METADATA, ids=lambda row: f"{row[0]}-{row[1] + 1}")
def test_metadata_is_read_from_the_lines_around_the_body(corpus, row):
    """Are title, kind, authority, number and date those that the text shows?"""
    name, place, *expected = row
    document = corpus[name][place]
    date = document.issued_on or document.published_on
    found = [document.title, document.kind.value, document.issuing_authority, document.document_number, date]
    assert found == expected


def test_the_nine_documents_of_the_corpus_are_told_apart(corpus):
    """Does the file of five documents give five, and each other file one, all under different ids?"""
    assert [len(corpus[name]) for name in FILES] == [1, 1, 5, 1, 1]
    assert len({document.id for documents in corpus.values() for document in documents}) == 9


def test_addressees_authors_and_publisher_are_kept(corpus):
    """Who is written to, who wrote, and where did it appear?"""
    report, _, essay, *_ = corpus[FIVE]
    assert report.addressees == ("县委组织部",)
    assert (essay.authors, essay.publisher) == (("李柏红",), "党的建设")
    assert corpus[OVERVIEW][0].authors == ("王国全", "黄俊基")


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [
        (BULLETIN, 0, ["福建省福州市", "福建省福州市鼓楼区"]),
        (FIVE, 0, ["XX县", "云南省曲靖市"]),
        (FIVE, 1, ["湖北省咸宁市"]),
        (FIVE, 2, ["湖北省宜昌市"]),
        (FIVE, 3, ["北京市"]),
        (FIVE, 4, []),
        (OVERVIEW, 0, ["甘肃省酒泉市", "甘肃省酒泉市肃州区"]),
    ],
)
def test_localities_are_those_that_the_text_speaks_of(corpus, name, place, expected):
    """Which places does the document speak of, the governing one first?"""
    assert [locality.full_name for locality in corpus[name][place].localities] == expected


@pytest.mark.parametrize(("name", "place"), [(name, place) for name in GOLD for place in range(len(GOLD[name]))])
def test_sections_are_those_of_the_gold(corpus, name, place):
    """Are level, number and heading of every section as a careful reader marked them?"""
    assert outline(corpus[name][place]) == GOLD[name][place]


def test_a_lost_section_is_remarked_on(corpus):
    """Is the reader told that the second section of the report is missing?"""
    assert "标题序号从“一、”跳到“三、”，原文可能有缺失" in corpus[FIVE][0].remarks


def test_headings_of_the_newspaper_article_are_found(corpus):
    """Are the four pairs of unnumbered headings seen, each pair one below the other?"""
    headings = outline(corpus[ARTICLE][0])
    assert [heading for level, _, heading in headings if level == 1] == ["百日攻坚", "载体创优", "分类定级", "制度建设"]
    assert [1, None, "百日攻坚"] in headings
    assert [2, None, "搭建“两类”组织连心桥"] in headings


def test_unnumbered_headings_stand_above_run_in_ones(corpus):
    """Do four headings on lines of their own hold three run-in headings each?"""
    levels = [section.level for section in corpus[PRACTICES][0].sections]
    assert levels == [1, 2, 2, 2] * 4


def test_signature_and_header_are_in_no_passage(corpus):
    """Does the last passage end with the body, and the first begin with it?"""
    report = corpus[FIVE][0]
    assert report.text.endswith("2015年1月30日")
    assert report.text[report.passages[-1].start : report.passages[-1].end].endswith("确保考评工作落到实处。")
    assert report.text[report.passages[0].start :].startswith("根据《中共曲靖市委组织部")


def test_passages_carry_the_headings_above_them(corpus):
    """Does the passage on empty-nest elders know where it stands?"""
    plan = corpus[FIVE][1]
    passage = next(p for p in plan.passages if "空巢老人" in plan.text[p.start : p.end])
    assert passage.headings == ("三、重点任务", "（二）创新工作方法，优化服务平台")


def test_offsets_lead_back_to_the_raw_text(corpus):
    """Do title and body of the fifth document stand in the raw file where the offsets say?"""
    raw = (bundled_folder("corpus") / f"{OVERVIEW}.txt").read_text(encoding="utf-8")
    document = corpus[OVERVIEW][0]
    start = document.text.index("持续推动学习教育常态化制度化")
    span = document.source_span(start, start + 14)
    assert raw[span.start : span.end] == "持续推动学习教育常态化制度化"
