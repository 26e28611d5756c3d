"""One text on two sites is found; two plans of one template are two."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from policykb.duplicates import DuplicateFinder, bands, fingerprint, is_republication, similarity
from policykb.ingest import read

CORPUS = Path(__file__).parents[2] / "corpus"
DOCUMENTS = [document for path in sorted(CORPUS.glob("*.txt")) for document in read(path)]
TEXTS = {document.id: document.text for document in DOCUMENTS}


def finder() -> DuplicateFinder:
    """One that knows the corpus."""
    return DuplicateFinder(TEXTS.__getitem__, [(key, fingerprint(text)) for key, text in TEXTS.items()])


def republished(text: str) -> str:
    """The text as another site brings it: head and foot, half-width marks, other paragraphs, one word mended."""
    text = text.replace("，", ",").replace("“", '"').replace("”", '"').replace("。\n", "。\n\n　　")
    return f"某市党建网 > 经验交流\n{text}\n来源：某市党建网\n责任编辑：王某\n（本文有删节）".replace(
        "进一步", "更进一步", 1
    )


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_on_another_site_is_the_same(key):
    """Is each text of the corpus found under another header and footer, and itself?"""
    assert finder().find(republished(TEXTS[key])) == key
    assert finder().find(TEXTS[key]) == key


def test_the_texts_of_the_corpus_are_nine():
    """Is none of them taken for another?"""
    known = DuplicateFinder(TEXTS.__getitem__)
    for key, text in TEXTS.items():
        assert known.find(text) is None
        known.add(key, fingerprint(text))


PLAN = (
    "{place}关于推行网格治理机制的实施方案。为贯彻落实上级关于加强基层治理的部署要求，结合{place}实际，制定本方案。"
    "坚持党建引领、重心下移、资源下沉，健全组织体系，完善服务功能，不断提升治理能力和服务水平。"
    "全面划分网格，配齐配强网格员，建立问题发现、上报、处置、反馈的闭环机制，做到小事不出村、大事不出镇、矛盾不上交。"
    "各乡镇要成立领导小组，明确责任分工，细化工作措施，加强督促检查，及时总结经验，推动工作落到实处。"
    "今年年底前建成示范点{count}个，{year}年实现全覆盖。"
    "加强宣传引导，充分利用广播、宣传栏、微信群等载体，营造全社会共同参与的良好氛围，为推进乡村振兴提供坚强组织保证。"
)
FIRST = {"place": "青石县", "count": "12", "year": "2020"}


@pytest.mark.parametrize("change", [{"place": "红岩县"}, {"count": "30"}, {"year": "2021"}, {"place": "青石县大桥镇"}])
def test_two_plans_of_one_template_are_two(change):
    """Do another place, another figure or another year make another document?"""
    first, second = PLAN.format(**FIRST), PLAN.format(**FIRST | change)
    assert similarity(fingerprint(first), fingerprint(second)) > 0.6
    assert not is_republication(first, second) and not is_republication(second, first)


def test_a_new_version_with_more_to_say_is_another_document():
    """Is an article put into the midst of a text no repetition of it, and a note below it no other text?"""
    text = PLAN.format(**FIRST)
    longer = text.replace("各乡镇要", "完善考核办法，把推行情况纳入年度考核，对成绩突出的给予表扬。各乡镇要")
    assert not is_republication(text, longer)
    assert is_republication(text, text + "本方案由县委组织部负责解释，自印发之日起施行。")


def test_an_excerpt_is_another_document():
    """Is half of a text not the text?"""
    text = next(iter(TEXTS.values()))
    assert not is_republication(text, text[: len(text) // 2])


def test_lost_characters_are_no_difference():
    """Is a copy with ⍰ in it the same text?"""
    text = PLAN.format(**FIRST)
    assert is_republication(text, text.replace("坚持", "⍰持").replace("细化", "细⍰"))


def test_fingerprints_are_settled():
    """Are they the same on every machine and of one size, so that a store can keep them?"""
    text = PLAN.format(**FIRST)
    assert len(fingerprint(text)) == 256 and len(bands(fingerprint(text))) == 16
    assert hashlib.sha256(fingerprint(text)).hexdigest()[:16] == "659277e3b4472c9b"
    assert fingerprint(text) == fingerprint(text.replace("，", ", ").replace("。", "。\n"))


def test_short_texts_are_compared_with_nothing():
    """Do texts without a fingerprint neither find nor get found?"""
    known = DuplicateFinder(TEXTS.__getitem__, [("short", fingerprint("通知"))])
    assert fingerprint("通知") == b"" and bands(b"") == () and similarity(b"", b"") == 0
    assert known.find("通知") is None


def test_a_text_that_was_taken_out_is_found_no_more():
    """Does the finder follow the store?"""
    known = finder()
    key, text = next(iter(TEXTS.items()))
    known.discard(key)
    known.discard(key)
    assert known.find(text) is None
