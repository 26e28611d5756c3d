"""What holds for any text: slices, order, coverage, offsets, and time in proportion to length."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structure_texts import LONG, documents_of

from policykb.models import CleanText, Repair, Source
from policykb.spans import Edit, Rewriting
from policykb.structure import structure
from policykb.terms import RepairKind

PIECES = [
    "第一篇：",
    "第二篇：",
    "一、",
    "二、",
    "三、重点任务",
    "（一）",
    "1、",
    "2.",
    "（1）",
    "①",
    "一是",
    "二是加强领导。",
    "第一章 ",
    "第一条 ",
    "\n",
    "\n\n",
    "。",
    "，",
    "：",
    "；",
    "“四进”",
    "附件",
    "附件：1.表",
    "中共XX县委员会",
    "2015年1月30日",
    "2015",
    "县委组织部：",
    "编者按：",
    "记者 王明",
    "福州市鼓楼区军门社区",
    "X政发〔2020〕1号",
    "## ",
    "**",
    "⍰",
    " ",
    "\u3000",
    "关于印发方案的通知",
    LONG,
    LONG * 6,
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(TEXTS)
def test_everything_said_of_a_text_stands_in_it(text):
    """Do sections, passages and documents of any text point at what they say, in order and without overlaps?"""
    for document in documents_of(text):
        assert document.text
        assert document.text in text
        assert document.title.strip()
        ends = [0]
        for passage in document.passages:
            assert ends[-1] <= passage.start < passage.end <= len(document.text)
            ends.append(passage.end)
        assert document.passages
        for before, section in zip((None, *document.sections), document.sections, strict=False):
            assert 0 <= section.start <= section.end <= len(document.text)
            assert document.text.startswith(section.number or section.heading, section.start)
            assert section.heading in document.text[section.start :]
            assert before is None or before.start <= section.start
            assert section.level >= 1


@settings(max_examples=80, deadline=None, derandomize=True)
@given(TEXTS)
def test_no_long_text_is_lost(text):
    """Is every paragraph of the text in one passage of some document?"""
    documents = documents_of(text)
    kept = "".join(document.text[p.start : p.end] for document in documents for p in document.passages)
    assert kept.count(LONG) == text.count(LONG)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(TEXTS, st.integers(0, 50))
def test_offsets_and_repairs_move_with_the_document(text, junk):
    """Does every character of a document lead back to the raw text, and every repair read as it should?"""
    raw = "？" * junk + text.replace("四进", "四進")
    edits = [Edit(0, junk, "")] + [Edit(at, at + 2, "四进") for at in range(len(raw)) if raw.startswith("四進", at)]
    rewriting = Rewriting(raw).apply(edits)
    repairs = tuple(
        Repair(
            kind=RepairKind.SCRIPT,
            before="四進",
            after="四进",
            start=at,
            source_start=at + junk,
            source_end=at + junk + 2,
        )
        for at in range(len(rewriting.text))
        if rewriting.text.startswith("四进", at)
    )
    source = Source(name="raw.txt", text=raw, encoding="utf-8", sha256="0" * 64)
    clean = CleanText(text=rewriting.text, offsets=rewriting.offsets(), repairs=repairs)
    for document in structure(source, clean):
        for repair in document.repairs:
            assert document.text.startswith(repair.after, repair.start)
            assert raw[repair.source_start : repair.source_end] == repair.before
            assert document.source_span(repair.start, repair.start + 2) == (repair.source_start, repair.source_end)
        for passage in document.passages:
            span = document.source_span(passage.start, passage.end)
            assert raw[span.start : span.end].replace("進", "进") == document.text[passage.start : passage.end]


@settings(max_examples=30, deadline=None, derandomize=True)
@given(TEXTS)
def test_the_same_text_gives_the_same_documents(text):
    """Are ids and all else the same on a second run, and different for different parts?"""
    documents = documents_of(text)
    assert documents == documents_of(text)
    assert len({document.id for document in documents}) == len(documents)


WORST = [
    "一、",
    "（一）",
    "1.",
    "一是",
    "第一条 ",
    "（",
    "。",
    "：\n",
    "；\n",
    "“",
    "20",
    " ",
    "王明 ",
    "福州市鼓楼区军门社区",
    "XX县",
    "\n\n",
    "党建",
    "2015年1月30日\n",
    "推进工作落实，红旗社区党委做好服务。",
    "加强组织建设推动服务红旗社区",
    "来源：",
    "发文字号：〔2014〕",
    "发言稿1\n",
]


@pytest.mark.parametrize("unit", WORST)
def test_structuring_takes_time_in_proportion_to_the_text(unit):
    """Does no repeated piece, on one line or many, make the time grow faster than the text?"""
    begin = time.perf_counter()
    documents_of(unit * (100_000 // len(unit)))
    assert time.perf_counter() - begin < 8
