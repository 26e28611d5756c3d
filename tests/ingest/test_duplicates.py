"""One text on two sites is found; two plans of one template are two."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from policykb.duplicates import bands, fingerprint, is_republication, most_similar, similarity
from policykb.ingest import read

CORPUS = Path(__file__).parents[2] / "corpus"
DOCUMENTS = [document for path in sorted(CORPUS.glob("*.txt")) for document in read(path)]
TEXTS = {document.id: document.text for document in DOCUMENTS}


PRINTS = {key: fingerprint(text) for key, text in TEXTS.items()}


def repeated(text: str) -> list[str]:
    """The texts of the corpus that ``text`` repeats, found as a store does."""
    mine = fingerprint(text)
    near = [(key, print_) for key, print_ in PRINTS.items() if set(bands(print_)) & set(bands(mine))]
    return [key for key in most_similar(mine, near) if is_republication(text, TEXTS[key])]


def republished(text: str) -> str:
    """The text as another site brings it: head and foot, half-width marks, other paragraphs, one word mended."""
    text = text.replace("，", ",").replace("“", '"').replace("”", '"').replace("。\n", "。\n\n　　")
    return f"某市党建网 > 经验交流\n{text}\n来源：某市党建网\n责任编辑：王某\n（本文有删节）".replace(
        "进一步", "更进一步", 1
    )


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_on_another_site_is_the_same(key):
    """Is each text of the corpus found under another header and footer, and itself, and no other?"""
    assert repeated(republished(TEXTS[key])) == [key]
    assert repeated(TEXTS[key]) == [key]


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


TWO = [
    ("示范点12个", "示范点112个"),
    ("示范点12个", "示范点二十个"),
    ("各乡镇要成立", "县教育局要成立"),
    ("{year}年实现", "明年实现"),
    ("群众", "人民群众"),
    ("营造全社会共同参与的良好氛围", "对工作推进不力的单位予以通报批评并责令限期整改，营造全社会共同参与的良好氛围"),
]


@pytest.mark.parametrize(("before", "after"), TWO)
def test_one_word_can_make_it_another_text(before, after):
    """Is a digit more, a number in words, another office, or half a sentence more another text in a long one too?"""
    first = "\n".join((*list(TEXTS.values())[:2], PLAN.format(**FIRST), "全县各级党组织要高度重视。"))
    second = first.replace(before.format(**FIRST), after)
    assert first != second
    assert not is_republication(first, second) and not is_republication(second, first)


TITLE = "青石县推行网格治理机制的做法\n"
NOTICE = "{officer}同志任职公示\n" + PLAN.format(**FIRST)
ONE = [
    (TITLE, "推行网格治理，建设和谐家园\n"),
    (TITLE, ""),
    (TITLE, "某省党建网\n首页　经验交流　正文　浏览次数：311\n" + TITLE + "来源：某省党建网\n"),
    ("细化工作措施", "细化措施"),
    ("坚强组织保证", "坚强的组织保证"),
    ("健全组织体系", "健全⍰⍰体系"),
    ("持续推进", "继续推进"),
    ("”", '"'),
]


@pytest.mark.parametrize(("before", "after"), ONE)
def test_what_an_editor_or_a_page_changes_makes_no_other_text(before, after):
    """Is it one text under another title, with junk around it, a word mended, characters lost?"""
    first = TITLE + PLAN.format(**FIRST) + "“持续推进”是关键。" + next(iter(TEXTS.values()))
    second = first.replace(before, after)
    assert first != second
    assert is_republication(first, second) and is_republication(second, first)


def test_a_word_changed_in_each_sentence_makes_another_text():
    """Are many small changes another text even where no sentence is the same?"""
    first = PLAN.format(**FIRST)
    second = first
    for before, after in (
        ("结合", "联系"),
        ("健全", "完备"),
        ("建立", "形成"),
        ("明确", "压实"),
        ("广播", "电视"),
        ("本方案", "方案如下"),
    ):
        second = second.replace(before, after)
    assert not is_republication(first, second)


def test_another_person_is_another_notice():
    """Are notices for two people two?"""
    first, second = NOTICE.format(officer="王刚"), NOTICE.format(officer="李强")
    assert not is_republication(first, second)


def test_another_ending_is_another_text():
    """Is a text with a last part of its own no repetition, though most of it is?"""
    text = "\n".join(TEXTS.values())
    endings = (
        "下一步，要抓好督促检查，" + "把任务落实到人、责任到岗，" * 6,
        "会议还听取了有关情况的汇报，" + "研究了其他事项和工作安排，" * 6,
    )
    first, second = (text + ending for ending in endings)
    assert not is_republication(first, second)
    assert not is_republication(text, text + endings[0] * 4)


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
    """Are texts without a fingerprint like no other?"""
    assert fingerprint("通知") == b"" and bands(b"") == () and similarity(b"", b"") == 0
    assert most_similar(b"", [("short", b"")]) == []


def test_of_many_texts_from_one_template_only_the_most_similar_are_compared():
    """Does the number of candidates stay small, the text itself among them?"""
    kept = [(str(n), fingerprint(PLAN.format(place="青石县", count=n, year=2000 + n))) for n in range(10, 60)]
    near = most_similar(dict(kept)["37"], kept)
    assert near[0] == "37" and len(near) < 10
