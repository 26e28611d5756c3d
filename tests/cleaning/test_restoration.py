"""The mirror-site text of the corpus: restored as a careful editor restores it, each repair logged."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from policykb.cleaning import clean
from policykb.models import CleanText, Source
from policykb.reading import read_sources
from policykb.spans import Span
from policykb.terms import RepairKind

CORPUS = Path(__file__).parents[2] / "corpus"
DIGESTS = Path(__file__).with_name("restored_paragraphs.sha256")

SITES = [
    ("確??荚u(píng)工作落到實(shí)處", "确保考评工作落到实处"),
    ("社區(qū)工作法?!八倪M(jìn)”", "社区工作法。“四进”"),
    ("黨建責(zé)任?!吧舷慢R心", "党建责任。“上下齐心"),
    ("變?nèi)罕娕芡葹楦刹颗芡?、變多次", "变群众跑腿为干部跑腿、变多次"),
    ("工作實(shí)績?cè)u(píng)定", "工作实绩评定"),
    ("工作業(yè)績?cè)u(píng)價(jià)", "工作业绩评价"),
    ("事項(xiàng)辦理?xiàng)l件", "事项办理条件"),
    ("層層分解任務(wù)。?。ㄗ灾螀^(qū)、直轄市)", "层层分解任务。省（自治区、直辖市）"),
    ("督促檢查??h(市、區(qū)、旗)黨委", "督促检查。县（市、区、旗）党委"),
    ("農(nóng)村在以建制村為主設(shè)臵", "农村在以建制村为主设置"),
    ("旗臶", "旗帜"),
]
"""Raw and restored text of the damaged places: bytes read one byte late, characters that no converter knows."""


@pytest.fixture(scope="module")
def source() -> Source:
    """The source as it was found."""
    return read_sources(CORPUS / "service-oriented-party-organizations-five-documents.txt")[0]


@pytest.fixture(scope="module")
def restored(source: Source) -> CleanText:
    """The source after cleaning."""
    return clean(source)


def digest(paragraph: str) -> str:
    """What the data file holds of a paragraph."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", paragraph)).replace("〈", "<").replace("〉", ">")
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def test_every_paragraph_is_what_a_careful_editor_makes_of_it(restored: CleanText) -> None:
    """Is the text equal, paragraph by paragraph, but for blanks and the width of marks?"""
    wanted = [line for line in DIGESTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert [digest(line) for line in restored.text.splitlines()] == wanted


@pytest.mark.parametrize(("raw", "mended"), SITES)
def test_a_damaged_place_is_mended_and_leads_back(raw: str, mended: str, source: Source, restored: CleanText) -> None:
    """Does the mended text stand there, made of just the damaged stretch of the raw text?"""
    start = restored.text.index(mended)
    place = restored.offsets.source_of(Span(start, start + len(mended)))
    assert source.text[place.start : place.end] in raw or raw in source.text[place.start : place.end]


def test_every_reading_is_taken_out_and_genuine_brackets_stay(source: Source, restored: CleanText) -> None:
    """Are the 1,817 whole readings logged one by one, and no bracket of the author's touched?"""
    counts = Counter(repair.kind for repair in restored.repairs)
    assert counts[RepairKind.PINYIN] == 1817
    assert "（市、区、旗）" in restored.text
    assert "（站、室）" in restored.text
    assert re.search(r"[a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{2,}", restored.text.replace("XX", "").replace("QQ", "")) is None


def test_what_the_bytes_do_not_tell_is_marked_not_guessed(restored: CleanText) -> None:
    """Do the three places where text is lost for good hold the sign for it, and the author's slips stay?"""
    assert restored.text.count("⍰") == 3
    assert "考评暨⍰" in restored.text
    assert "⍰点”成为百姓生活中的“痛点”" in restored.text
    assert "服务性党组织" in restored.text
    assert "强组织领导" in restored.text
