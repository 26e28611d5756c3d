"""Layout, marks and script: what is changed, what is left, and that every step back is exact."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policykb.cleaning import clean
from policykb.models import CleanText, Source
from policykb.spans import Span


def cleaned(text: str) -> CleanText:
    """``text`` as a source, cleaned."""
    return clean(Source(name="page.txt", text=text, encoding="utf-8", sha256="0" * 64))


CASES = [
    ("会议指出,要抓好落实:一是带头;二是督查!", "会议指出，要抓好落实：一是带头；二是督查！"),
    ("上午10:29开会,投入1,234.5元(含税)。", "上午10:29开会，投入1,234.5元（含税）。"),
    ("网址http://www.example.cn/a?b=1,详见附件", "网址http://www.example.cn/a?b=1，详见附件"),
    ("国内生产总值(GDP)增长6%", "国内生产总值（GDP）增长6%"),
    ('开展"两学一做"学习教育', "开展“两学一做”学习教育"),
    ("《县委办公室关于印发<实施方案>的通知》", "《县委办公室关于印发〈实施方案〉的通知》"),
    ("　　第一段。\r\n\r\n　　第二段。\r\n", "第一段。\n第二段。"),
    ("党旗高扬  续写\u3000新篇", "党旗高扬 续写 新篇"),
    ("零\u200b宽\ufeff字符", "零宽字符"),
    ("编者按\n\n：凝心聚力", "编者按：凝心聚力"),
    ("乾隆年间修建，原著作者镕基", "乾隆年间修建，原著作者镕基"),
    ("乾部要著力解決群眾關心的問題,著名學者參與編著", "干部要着力解决群众关心的问题，著名学者参与编著"),
    ("優化組織設臵，高舉旗臶，堅持為人民服務", "优化组织设置，高举旗帜，坚持为人民服务"),
    ("A类、B类(共2类)", "A类、B类（共2类）"),
]


@pytest.mark.parametrize(("raw", "wanted"), CASES)
def test_raw_text_becomes_clean(raw: str, wanted: str) -> None:
    """Does each raw line read as an editor would set it?"""
    assert cleaned(raw).text == wanted


def test_a_title_that_never_closes_is_marked_as_cut_off() -> None:
    """Is a paragraph that ends inside of a title marked, but not one that goes on in the next line?"""
    cut = "及时下发了《中共某县教育局委员会关于做好基层党组织考评\n考评方式采取听、看、查、走、访的方式。"
    whole = "及时下发了《中共某县教育局委员会关于做好基层党组织考评\n工作的通知》，明确了考评方式。"
    assert "考评⍰\n" in cleaned(cut).text
    assert "⍰" not in cleaned(whole).text


ALPHABET = "基层党建務設臵《》“”<>(),:;?!。\n\r\t 　\u200b\ufeff\ufffd12a&;*#-|"


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(alphabet=ALPHABET, max_size=80))
def test_every_repair_and_every_offset_is_exact(raw: str) -> None:
    """Whatever the text: does each repair read as it says, and each unchanged character lead to itself?"""
    result = cleaned(raw)
    assert result.offsets.length == len(result.text)
    for repair in result.repairs:
        assert result.text[repair.start : repair.start + len(repair.after)] == repair.after
        assert raw[repair.source_start : repair.source_end] == repair.before
    touched = {at for repair in result.repairs for at in range(repair.start, repair.start + len(repair.after))}
    for at, character in enumerate(result.text):
        place = result.offsets.source_of(Span(at, at + 1))
        if at not in touched and not character.isspace():
            assert raw[place.start : place.end] == character


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.text(alphabet=ALPHABET.replace("\ufffd", ""), max_size=80))
def test_clean_text_is_left_alone(raw: str) -> None:
    """Does cleaning come to rest: is the text of the third time that of the second?"""
    twice = cleaned(cleaned(raw).text).text
    thrice = cleaned(twice).text
    assert len(thrice) <= len(twice)


def test_a_clean_text_costs_no_repair() -> None:
    """Is a text as an editor sets it returned as it is?"""
    text = "关于做好考评工作的通知\n各乡镇党委：\n现将有关事项通知如下。"
    result = cleaned(text)
    assert result.text == text
    assert result.repairs == ()
