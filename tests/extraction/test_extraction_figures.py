"""Figures that a text claims, and the titles that it cites."""

from __future__ import annotations

import pytest
from invented import document

from policykb.extraction import extract

CLAIMED = [
    ("走访群众73554人。", [(73554, "人", None)]),
    ("查摆问题8.8万余条。", [(88000, "条", "余")]),
    ("办理事项110多万件次。", [(1100000, "件次", "多")]),
    ("投入1.5亿元。", [(150000000, "元", None)]),
    ("受理1,300件。", [(1300, "件", None)]),
    ("树立百个先进典型，培育十个示范社区。", [(100, "个", None), (10, "个", None)]),
    ("覆盖率分别达到56%和77.6%。", [(56, "%", None), (77.6, "%", None)]),
    ("满意率达到百分之九十八。", [(98, "%", None)]),
    ("报酬分别为3万元、0.9万元以上。", [(30000, "元", None), (9000, "元", "以上")]),
    ("发放80—180元补助，划分50至100户的网格。", [((80, 180), "元", None), ((50, 100), "户", None)]),
    ("任书记的占1/4，女性占三分之一。", [(0.25, None, None), (0.333333, None, None)]),
    ("意见建议6大类512条。", [(6, "大类", None), (512, "条", None)]),
    ("面积不低于300平方米。", [(300, "平方米", "不低于")]),
    ("平均年龄43.1岁。", [(43.1, "岁", None)]),
    ("每名党员联系一个以上支部。", [(1, "个", "以上")]),
]


@pytest.mark.parametrize(("text", "figures"), CLAIMED)
def test_it_reads_value_unit_and_qualifier(text: str, figures: list[tuple[object, str | None, str | None]]) -> None:
    """Are 万 and 亿 multiplied out, ranges and fractions read, several values kept apart?"""
    assert [(i.value, i.unit, i.qualifier) for i in extract(document(text)).indicators] == figures


NO_FIGURE = [
    "2012年3月16日印发。",
    "第3批名单。",
    "（X发〔2014〕10号）",
    "实施“6个100”工程。",
    "推行“三个一百”行动。",
    "5个工作日内办结，3个月内整改。",
    "开通24小时热线。",
    "每月至少开展1次活动。",
    "走进千家万户。",
    "开展万名干部下基层活动。",
    "住在3号楼2单元。",
]


@pytest.mark.parametrize("text", NO_FIGURE)
def test_dates_names_and_time_limits_are_no_figures(text: str) -> None:
    """Are digits that count nothing left alone?"""
    assert not extract(document(text)).indicators


def test_a_figure_has_its_subject_place_and_clause() -> None:
    """Does a figure say what is counted, and where, in the words of the text?"""
    (figure,) = extract(document("近日，曲阳县选派51名机关干部到村任职，成效明显。")).indicators
    assert (figure.subject, figure.locality) == ("机关干部到村任职", "曲阳县")
    assert figure.quote == "曲阳县选派51名机关干部到村任职"


def test_titles_with_issuer_number_and_nested_titles() -> None:
    """Is the number behind a title its own, and a title inside another a reference too?"""
    text = "根据《XX县委办公室关于印发<党建工作意见>的通知》（X办发〔2013〕12号）和《中国共产党章程》的要求，"
    found = extract(document(text)).references
    assert [(r.title, r.document_number) for r in found] == [
        ("XX县委办公室关于印发<党建工作意见>的通知", "X办发〔2013〕12号"),
        ("党建工作意见", None),
        ("中国共产党章程", None),
    ]
    assert [text[r.start] + text[r.end - 1] for r in found] == ["《》", "<>", "《》"]


KINDS = [
    ("今年以来，累计走访群众500户。", "achievement", "今年以来"),
    ("到2025年底，力争入网率达到95%。", "target", "到2025年底"),
    ("每村安排不少于3名干部。", "requirement", None),
    ("正式党员50人以上的单位成立党总支。", "threshold", None),
    ("每年开展集中学习1200次。", "frequency", "每年"),
    ("较2015年增长30%。", "achievement", None),
]


@pytest.mark.parametrize(("text", "kind", "period"), KINDS)
def test_a_figure_says_what_it_is_for_and_when(text: str, kind: str, period: str | None) -> None:
    """Is it done, aimed at, required, a condition or a rhythm, and for which time, in the text's words?"""
    (figure,) = extract(document(text)).indicators
    assert (figure.kind.value, figure.period) == (kind, period)


def test_several_figures_are_dealt_out_to_several_subjects() -> None:
    """Has each figure behind 分别 the subject whose turn it is?"""
    found = extract(document("解决率、满意率分别达到95%、97%。")).indicators
    assert [(i.subject, i.value) for i in found] == [("解决率", 95), ("满意率", 97)]


def test_a_reference_names_its_issuer() -> None:
    """Is the issuer read from the title, or from the words before it?"""
    text = "按照《中共曲阳县委关于加强党建工作的意见》，县委组织部印发《实施方案》。见《党员教育手册》。"
    assert [r.issuer for r in extract(document(text)).references] == ["中共曲阳县委", "县委组织部", None]


def test_meetings_and_laws_are_cited_without_brackets() -> None:
    """Is the first mention of a meeting, and of a law named as the basis, a reference?"""
    text = "学习贯彻党的二十大精神和省委十二届二次全会部署，依照村民委员会组织法选举。党的二十大精神深入人心。"
    assert [r.title for r in extract(document(text)).references] == [
        "党的二十大",
        "省委十二届二次全会",
        "村民委员会组织法",
    ]
