"""Sections and passages: numbering of every habit, run-in and unnumbered headings, cutting of paragraphs."""

import pytest
from structure_texts import LONG, document_of, outline

CASES = {
    "four levels of the standard": (
        f"一、总体要求\n（一）指导思想\n1.把握方向。{LONG}\n（1）学习。{LONG}\n（2）实践。{LONG}\n2.突出重点。{LONG}\n"
        f"（二）工作目标\n{LONG}\n二、主要任务\n{LONG}",
        [
            [1, "一、", "总体要求"],
            [2, "（一）", "指导思想"],
            [3, "1.", "把握方向"],
            [4, "（1）", "学习"],
            [4, "（2）", "实践"],
            [3, "2.", "突出重点"],
            [2, "（二）", "工作目标"],
            [1, "二、", "主要任务"],
        ],
    ),
    "a level left out is not counted": (
        f"一、任务\n（一）组织\n1、设置。{LONG}\n2、管理。{LONG}\n二、保障\n1、领导。{LONG}\n2、考核。{LONG}",
        [
            [1, "一、", "任务"],
            [2, "（一）", "组织"],
            [3, "1、", "设置"],
            [3, "2、", "管理"],
            [1, "二、", "保障"],
            [2, "1、", "领导"],
            [2, "2、", "考核"],
        ],
    ),
    "chapters and articles": (
        f"第一章　总则\n第一条　{LONG}\n第二条　下列事项：\n（一）公布章程；\n（二）选举代表。\n"
        f"第二章　附则\n第三条　{LONG}",
        [
            [1, "第一章", "总则"],
            [2, "第一条", ""],
            [2, "第二条", ""],
            [1, "第二章", "附则"],
            [2, "第三条", ""],
        ],
    ),
    "articles below 一、": (
        f"一、管辖\n第一条 {LONG}\n第二条 {LONG}\n二、附则\n第三条 {LONG}",
        [[1, "一、", "管辖"], [2, "第一条", ""], [2, "第二条", ""], [1, "二、", "附则"], [2, "第三条", ""]],
    ),
    "一是 within a paragraph": (
        f"近年来工作有新进展。一是加强衔接，推动政策落实。{LONG}二是优化服务，推动政策享尽。{LONG}",
        [[1, "一是", "加强衔接，推动政策落实"], [1, "二是", "优化服务，推动政策享尽"]],
    ),
    "一是 that only lists is no heading": (
        f"要达到“六有”目标：一是有坚强有力的领导班子，{LONG}；二是有本领过硬的队伍；{LONG}",
        [],
    ),
    "numbers that run on inside a paragraph": (
        f"一、任务\n（1）强化功能。{LONG}（2）健全体系。{LONG}\n（3）{LONG}",
        [[1, "一、", "任务"], [2, "（1）", "强化功能"], [2, "（2）", "健全体系"], [2, "（3）", ""]],
    ),
    "unnumbered run-in headings": (
        f"总述。{LONG}\n高强度推进抓基层打基础。{LONG}\n高标准建设强组织增活力。{LONG}\n高质量服务强保障建机制。{LONG}",
        [[1, None, "高强度推进抓基层打基础"], [1, None, "高标准建设强组织增活力"], [1, None, "高质量服务强保障建机制"]],
    ),
    "one short first sentence is no heading": (f"{LONG}\n成绩来之不易。{LONG}\n{LONG}", []),
    "unnumbered headings on lines of their own": (
        f"{LONG}\n纵深推进学习教育\n{LONG}\n全面落实党建责任\n{LONG}",
        [[1, None, "纵深推进学习教育"], [1, None, "全面落实党建责任"]],
    ),
    "captions and lists of short lines are no headings": (
        f"{LONG}\n图为活动现场\n{LONG}\n姓名栏目甲\n姓名栏目乙\n姓名栏目丙\n{LONG}\n李明 摄\n{LONG}",
        [],
    ),
    "circled numbers and Markdown marks": (
        f"## 一、任务\n①学习。{LONG}\n②实践。{LONG}\n**二、保障**\n{LONG}",
        [[1, "一、", "任务"], [2, "①", "学习"], [2, "②", "实践"], [1, "二、", "保障"]],
    ),
    "decimals and years are no numbers": (f"{LONG}\n1.5亿元投入使用。{LONG}\n2012年工作。{LONG}", []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_sections_of_every_habit_of_numbering(text, expected):
    """Are level, number and heading those that a reader sees?"""
    assert outline(document_of("基层党建工作实施方案\n" + text)) == expected


def test_a_section_reaches_to_the_next_of_its_rank():
    """Does a section hold its subsections, and end where a section of its rank begins?"""
    body = f"一、任务\n（一）组织\n{LONG}\n（二）队伍\n{LONG}\n二、保障\n{LONG}"
    document = document_of(f"工作方案\n{body}\n中共青石县委组织部\n2019年5月6日")
    first, inner, _, second = document.sections
    assert document.text[first.start :].startswith("一、任务")
    assert first.end == second.start
    assert inner.end == document.text.index("（二）")
    assert document.text[second.start : second.end].endswith("见到成效。")


@pytest.mark.parametrize(
    ("numbers", "remarks"),
    [
        ("一二三", ()),
        ("一三", ("标题序号从“一、”跳到“三、”，原文可能有缺失",)),
        ("二三", ("标题序号从“二、”开始，前文可能有缺失",)),
    ],
)
def test_a_gap_in_the_numbers_is_remarked_on(numbers, remarks):
    """Is a missing section reported, and nothing where none is missing?"""
    text = "工作方案\n" + "\n".join(f"{number}、任务\n{LONG}" for number in numbers)
    assert document_of(text).remarks == remarks


def test_each_parents_numbers_may_begin_anew():
    """Are （一） under 二、 and 1、 that goes on over its parents no gaps?"""
    text = (
        f"方案\n一、任务\n（一）甲项\n1、学。{LONG}\n2、做。{LONG}\n二、保障\n（一）乙项\n3、查。{LONG}\n4、改。{LONG}"
    )
    document = document_of(text)
    assert document.remarks == ()
    assert [section.number for section in document.sections] == [
        "一、",
        "（一）",
        "1、",
        "2、",
        "二、",
        "（一）",
        "3、",
        "4、",
    ]


def test_long_paragraphs_are_cut_at_sentence_ends():
    """Are the pieces of a long paragraph between 100 and 300 characters, each ending with a sentence?"""
    document = document_of("工作方案\n" + LONG * 20)
    pieces = [document.text[p.start : p.end] for p in document.passages]
    assert "".join(pieces) == LONG * 20
    assert all(100 <= len(piece) <= 300 and piece.endswith("。") for piece in pieces)


def test_a_sentence_without_end_is_cut_all_the_same():
    """Is a stretch without any punctuation still cut into passages of bearable length?"""
    document = document_of("工作方案\n" + "党建" * 1000 + "。")
    assert all(p.end - p.start <= 300 for p in document.passages)


def test_a_list_stays_with_the_sentence_that_opens_it():
    """Are the items of a statute's list found together with what they are items of?"""
    items = "第二条 有下列行为之一的：\n（一）拒绝的；\n（二）拖延的；\n（三）其他。"
    document = document_of(f"管理条例\n第一条 {LONG}\n{items}\n第三条 {LONG}")
    assert [document.text[p.start : p.end].count("\n") for p in document.passages] == [0, 3, 0]


def test_a_heading_with_nothing_below_it_is_still_a_passage():
    """Can a heading at the very end be found?"""
    document = document_of(f"工作方案\n一、任务\n{LONG}\n二、附件另发")
    assert document.text[document.passages[-1].start :] == "二、附件另发"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "七里河区西园街道西园社区坚持党建引领。西园社区党委组建队伍。",
            ["甘肃省兰州市七里河区西园街道西园社区"],
        ),
        ("宜昌市坚持以服务农村困难群体为重点。", ["湖北省宜昌市"]),
        ("某某县与XX县的做法，XX县成立小组。", ["XX县"]),
        ("XX县红旗镇推进工作，XX县红旗镇XX村带头。", ["XX县红旗镇", "XX村"]),
        ("XX市XX县推进工作。", ["XX市XX县"]),
        ("合肥市经济技术开发区推进工作，合肥市经开区带头。", ["安徽省合肥市经济技术开发区"]),
        ("四川农业大学与沈阳日报社联合举办活动。", []),
        ("浙江宁波市奉化区探索建立联合体。", ["浙江省宁波市奉化区"]),
    ],
)
def test_places_are_named_as_far_down_as_the_text_does(text, expected):
    """Are towns and villages read behind their division, and names within other names left out?"""
    document = document_of(text + LONG)
    assert [locality.full_name for locality in document.localities if "某" not in locality.name] == expected


def test_an_ambiguous_place_is_remarked_on_and_not_guessed():
    """Does the document say that it does not know which 鼓楼区 is meant?"""
    document = document_of("鼓楼区探索社区经费保障机制。" + LONG)
    assert document.localities == ()
    assert document.remarks == ("地名“鼓楼区”不止一处，文中未说明是哪一处",)
