"""What holds of every text: spans read as their quotes, and time is in proportion to length."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import document

from policykb.extraction import extract
from policykb.extraction.canonical import canonical
from policykb.ingest import read
from policykb.models import Document, Indicator, Practice

CORPUS = Path(__file__).parents[2] / "corpus"
DOCUMENTS = [found for path in sorted(CORPUS.glob("*.txt")) for found in read(path)]


def check(whole: Document) -> None:
    """Whatever is said of the text is in the text."""
    found = extract(whole)
    records: list[Practice | Indicator] = [*found.practices, *found.indicators]
    for record in records:
        assert whole.text[record.start : record.end] == record.quote
    for practice in found.practices:
        assert practice.full_name in whole.text
        assert practice.name in practice.full_name
        assert list(practice.mentions) == sorted(set(practice.mentions))
        for component in practice.components:
            assert [whole.text[start:end] for start, end in component.spans] == list(component.members)
            assert all(component.members)
    assert len({practice.id for practice in found.practices}) == len(found.practices)


@pytest.mark.parametrize("whole", DOCUMENTS, ids=lambda whole: whole.title[:20])
def test_spans_of_the_corpus_read_as_their_quotes(whole: Document) -> None:
    """Is text[start:end] the quote for each practice, member and figure of the five sources?"""
    check(whole)


PIECES = st.sampled_from(
    [
        *"“”‘’「」\"'（）()《》<>，、。；：\n 一二三十百个1234+-—的",
        "推行",
        "即",
        "工作法",
        "机制",
        "“三会”",
        "福州市",
        "以",
        "为主要内容的",
        "万元",
        "等",
    ]
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_is_read_without_fault(text: str) -> None:
    """Does a heap of marks, numbers and words break nothing, and is the shadow as long as the text?"""
    assert len(canonical(text).text) == len(text)
    check(document(text))


HOSTILE = [
    "“三会”即甲、乙、丙，",
    "推行“135”模式，",
    "百个",
    "建立甲乙丙丁机制、",
    "“甲",
    "（《",
    "福州市“",
    "“12”机制，“1”是",
    "、",
    "每1次",
    "“四进”，",
    "“三联三共”",
    "实施“六个一”",
    "推行“1234”机制。一个甲。两支乙。三项丙。",
    "打造“五心”品牌“初心”",
    "推行“支部+”“支部+甲”",
    "“一所一园”甲“一所”",
    "做好“二到位”一是甲到位",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_length(piece: str) -> None:
    """Does four times the text take about four times as long, not sixteen?"""
    spent = []
    for length in (10_000, 40_000):
        whole = document(piece * (length // len(piece)))
        before = time.process_time()
        extract(whole)
        spent.append(time.process_time() - before)
    assert spent[1] < 10 * max(spent[0], 0.02)


def named(stem: str, name: str) -> Practice:
    """The practice of that name in a source of the corpus."""
    found = [p for whole in read(CORPUS / f"{stem}.txt") for p in extract(whole).practices if p.name == name]
    assert len(found) == 1
    return found[0]


def test_45666_has_its_five_parts_and_27_members() -> None:
    """Is the practice of the demonstration complete, each part with as many members as it claims?"""
    found = named("service-oriented-party-organizations-five-documents", "45666")
    assert [(c.label, len(c.members), c.count_holds) for c in found.components] == [
        ("四进", 4, True), ("五会", 5, True), ("六访", 6, True), ("六报", 6, True), ("六热线", 6, True),
    ]  # fmt: skip
    assert found.components[0].members == ("文化", "卫生", "法律", "科技")
    assert found.components[4].members[-1] == "文明创建"
    assert (found.kind.value, found.code, found.locality) == ("work_method", "45666", "咸宁")


def test_131n_has_what_stands_for_each_sign() -> None:
    """Are 1, 3, 1 and n each explained by the definition in another sentence?"""
    found = named("service-oriented-party-organizations-five-documents", "131n")
    assert [(c.label, c.members) for c in found.components] == [
        ("1", ("村党组织",)),
        ("3", ("村委会", "村民议事会", "村务监督委员会")),
        ("1", ("村集体经济组织",)),
        ("n", ("群团组织", "经济合作组织", "社会中介组织", "其他民间组织")),
    ]


COUNTED = [("6个100", 6), ("一坚持、两走遍、四掌握", 7), ("三个一", 3), ("十个一", 10), ("六有", 6)]


@pytest.mark.parametrize(("name", "members"), COUNTED)
def test_the_other_numbered_practices_are_complete(name: str, members: int) -> None:
    """Has each as many members as its name claims?"""
    found = named("service-oriented-party-organizations-five-documents", name)
    assert sum(len(c.members) for c in found.components) == members
    assert all(c.count_holds for c in found.components)


def test_8_plus_x_lists_eight() -> None:
    """Does the overview's 8+X have its eight members and what stands for X?"""
    found = named("urban-party-building-practices-2017", "8+X")
    assert [(c.label, len(c.members)) for c in found.components] == [("8", 8), ("X", 2)]
    assert found.locality == "山东淄博市"
