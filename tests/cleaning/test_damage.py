"""Generated damage: what the mirror site does to clean text is undone, and what cannot be is marked."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest
from mirror_site import mirror, read_gbk, traditional

from policykb.cleaning import clean
from policykb.models import CleanText, Source
from policykb.terms import RepairKind

ROOT = Path(__file__).parents[2]
UNDAMAGED = [
    "fuzhou-grassroots-bulletin-2012",
    "heilongjiang-grassroots-year-2012",
    "jiuquan-party-building-overview-2017",
    "urban-party-building-practices-2017",
]
WIDE = str.maketrans(",:;?!()", "，：；？！（）")


def source(text: str) -> Source:
    """A source that holds ``text``."""
    return Source(name="page.txt", text=text, encoding="utf-8", sha256="0" * 64)


def readings() -> dict[str, str]:
    """The characters behind which the site puts a reading."""
    table = (ROOT / "src/policykb/data/cleaning_readings.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in table if not line.startswith("#")]
    return {character: forms.split()[0] for character, forms in rows}


def paragraphs(name: str) -> list[str]:
    """The body paragraphs of a text of the corpus, with full-width marks, as far as GBK has their characters."""
    raw = (ROOT / "corpus" / f"{name}.txt").read_text(encoding="utf-8").translate(WIDE)
    lines = [line.strip().encode("gbk", "ignore").decode("gbk") for line in raw.split("\n")]
    return [line for line in lines if len(line) > 40 and "。" in line and "？" not in line]


@pytest.fixture(scope="module")
def cases() -> list[tuple[str, str, CleanText]]:
    """Of each text: what it should read, the page that the site makes of it, and that page cleaned."""
    made = []
    for name in UNDAMAGED:
        text = "\n".join(paragraphs(name))
        page = mirror(text, readings())
        made.append((clean(source(traditional(text))).text, page, clean(source(page))))
    return made


def test_readings_and_script_are_undone_wholly(cases: list[tuple[str, str, CleanText]]) -> None:
    """Is every paragraph whose bytes kept step equal to the original, with no reading left anywhere?"""
    for wanted, page, cleaned in cases:
        lines = list(zip(wanted.split("\n"), page.split("\n"), cleaned.text.split("\n"), strict=True))
        assert all(want == got for want, damaged, got in lines if "?" not in damaged)
        assert not set("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ") & set(cleaned.text)


def test_shifted_bytes_are_read_back_or_marked(
    cases: list[tuple[str, str, CleanText]], capsys: pytest.CaptureFixture[str]
) -> None:
    """What share of the characters in and around shifted bytes is right, marked, wrong?  The floors may only rise."""
    right = marked = wrong = 0
    for wanted, page, cleaned in cases:
        for want, damaged, got in zip(wanted.split("\n"), page.split("\n"), cleaned.text.split("\n"), strict=True):
            if "?" in damaged:
                r, m, w = compare(want, got)
                right, marked, wrong = right + r, marked + m, wrong + w
    total = right + marked + wrong
    with capsys.disabled():
        sys.stdout.write(
            f"\nparagraphs with shifted bytes: {right / total:.2%} right, {marked} marked, {wrong} wrong\n"
        )
    assert right / total >= 0.99
    assert wrong <= 4


SHIFTED = [
    ("社区党委每月召开一次民主议事会，听取居民群众的意见和建议，把问题解决在家门口。", 19),
    ("各支部要认真组织党员开展志愿服务，帮助困难家庭解决实际问题。", 19),
]


@pytest.mark.parametrize(("sentence", "at"), SHIFTED)
def test_no_character_of_a_long_shifted_run_is_wrong_in_silence(sentence: str, at: int) -> None:
    """Where a sentence goes on one byte late to its end: is every character right or marked, and most right?"""
    page = sentence[:at] + "?" + read_gbk(sentence[at:-1].encode("gbk")[1:]) + "。"
    text = clean(source(page)).text
    assert len(text) == len(sentence)
    assert all(got in {want, "⍰"} for want, got in zip(sentence, text, strict=True))
    assert text.count("⍰") <= 5


def compare(want: str, got: str) -> tuple[int, int, int]:
    """How many characters are right, marked as lost, wrong: from both ends where the lengths differ."""
    if len(want) == len(got):
        marked = sum(1 for a, b in zip(want, got, strict=True) if a != b and b == "⍰")
        right = sum(1 for a, b in zip(want, got, strict=True) if a == b)
        return right, marked, len(want) - right - marked
    head = next(i for i, (a, b) in enumerate(zip(want, got, strict=False)) if a != b)
    tail = next(i for i, (a, b) in enumerate(zip(reversed(want), reversed(got), strict=False)) if a != b)
    marked = min(got.count("⍰"), len(want) - head - tail)
    return head + tail, marked, max(0, len(want) - head - tail - marked)


def test_each_repair_reads_as_it_says(cases: list[tuple[str, str, CleanText]]) -> None:
    """Does each repair stand where it says, in the clean and in the raw text, and in order?"""
    for _, page, cleaned in cases:
        for repair in cleaned.repairs:
            assert cleaned.text[repair.start : repair.start + len(repair.after)] == repair.after
            assert page[repair.source_start : repair.source_end] == repair.before
        assert all(a.source_start <= b.source_start for a, b in pairwise(cleaned.repairs))


@pytest.mark.parametrize(
    "text",
    [
        "今年的补贴提高多少?从年初起,每人每月提高300元。怎样申请?到村委会填表即可。",
        "能不能办?谁来办?怎么办?三个问题一一答复。",
    ],
)
def test_genuine_questions_stay(text: str) -> None:
    """Does a question mark of the author's become a full-width one, and nothing else?"""
    cleaned = clean(source(text))
    assert cleaned.text == text.translate(WIDE)
    assert {repair.kind for repair in cleaned.repairs} == {RepairKind.PUNCTUATION}


def test_genuine_brackets_stay_beside_injected_readings() -> None:
    """Do (a), (n) and (二) stay in a text from which readings are taken out?"""
    page = "甲方(a)負(fù)責(zé)實(shí)施,參數(n)由縣(二)組設(shè)定,動(dòng)態(tài)調(diào)整。"
    assert clean(source(page)).text == "甲方（a）负责实施，参数（n）由县（二）组设定，动态调整。"


def test_a_reading_that_an_author_gives_stays() -> None:
    """Does a lone reading in a modern text stay?"""
    text = "“孬(nāo)”在当地方言里是“不好”的意思。"
    assert "nāo" in clean(source(text)).text


def test_replacement_characters_are_marked() -> None:
    """Does each character that a decoder gave up become the sign for a lost one?"""
    cleaned = clean(source("党委\ufffd员会研究决定，自印发之日起施行。"))
    assert cleaned.text == "党委⍰员会研究决定，自印发之日起施行。"
    assert cleaned.repairs[0].kind is RepairKind.LOST


TONELESS = "社(she)区党支部服(fu)务群众，社(she)区网(wang)格服(fu)务居民，工(gong)作制(zhi)度上墙，"
PLAIN = "社区党支部服务群众，社区网格服务居民，工作制度上墙，"


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        (TONELESS * 2, PLAIN * 2),
        ("重(zhòng)点抓好基层的(de)工作，" * 5, "重点抓好基层的工作，" * 5),
    ],
)
def test_readings_without_tones_go(raw: str, want: str) -> None:
    """Do readings go that mark no tones at all, or none behind a particle?"""
    assert clean(source(raw)).text == want


@pytest.mark.parametrize(
    "text", ["人工智能(ai)进社区，" * 12, "选项甲(a)乙(b)丙(n)，" * 8, "网格(wang)与社区(she)各一处。"]
)
def test_brackets_that_are_no_readings_stay(text: str) -> None:
    """Do abbreviations, letters and the few readings of an author stay?"""
    assert clean(source(text)).text.count("（") + clean(source(text)).text.count("(") == text.count("(")
