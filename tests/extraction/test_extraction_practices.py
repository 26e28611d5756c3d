"""Named practices: what counts as one, its kind, code, place and mentions."""

from __future__ import annotations

import pytest
from invented import document

from policykb.extraction import extract
from policykb.models import Practice


def practices(text: str, *localities: str) -> list[Practice]:
    """The practices of a text."""
    return list(extract(document(text, *localities)).practices)


NAMED = [
    ("全市推行“246”社区工作法，成效明显。", "“246”社区工作法", "work_method", "246"),
    ("推行'246'工作法。", "'246'工作法", "work_method", "246"),
    ("推行「双联双促」活动。", "「双联双促」活动", "campaign", "双联双促"),
    ("推行”双联双促“活动。", "”双联双促“活动", "campaign", "双联双促"),
    ('实施"暖冬"工程。', '"暖冬"工程', "project", None),
    ("实施“1＋5＋N”治理模式。", "“1＋5＋N”治理模式", "model", "1＋5＋N"),
    ("健全党员积分考核制度，压实责任。", "党员积分考核制度", "system", None),
    ("建立以奖代补、多元投入的村级经费保障机制。", "村级经费保障机制", "mechanism", None),
    ("创办“田间夜校”，农闲开课。", "“田间夜校”", "platform", None),
    ("制定街道工作准入清单，减轻负担。", "街道工作准入清单", "checklist", None),
    ("成立楼宇党委，选派指导员。", "楼宇党委", "organization", None),
    ("开展扶贫“星”火行动，全员参与。", "扶贫“星”火行动", "campaign", None),
    ("按照1+10+N模式划出网格。", "1+10+N模式", "model", "1+10+N"),
    ("村里的“三亮两比一创”有声有色。", "“三亮两比一创”", "work_method", "三亮两比一创"),
    ("推行“四统一”活动制度。", "“四统一”活动制度", "system", "四统一"),
    ("推动“每月一题”，解决难点。", "“每月一题”", "mechanism", "每月一题"),
    ("走“支部+公司+农户”的路。", "“支部+公司+农户”", "model", None),
    ("大力建设“手机党校”，", "“手机党校”", "platform", None),
    ("结合“民情说事室”，", "“民情说事室”", "platform", None),
    ("设立“红色代办点”12个。", "“红色代办点”", "platform", None),
    ("成立“暖风”，", "“暖风”", "organization", None),
    ("开展“暖风”，", "“暖风”", "campaign", None),
    ("依托“清风云”APP，公开村务。", "“清风云”APP", "platform", None),
    ("“余晖”矛盾纠纷联动化解工作法全市推广。", "“余晖”矛盾纠纷联动化解工作法", "work_method", None),
    ("建立“四个一”重点项目包联机制，", "“四个一”重点项目包联机制", "mechanism", "四个一"),
    ("实施党员联户连心工程，形成闭环。", "党员联户连心工程", "project", None),
    ("积极推行农民党员设岗定责，", "农民党员设岗定责", "mechanism", None),
    ("建立问题收集、分类处置、跟踪督办机制。", "问题收集、分类处置、跟踪督办机制", "mechanism", None),
    ("由社区向“镇村直连”平台报事。", "“镇村直连”平台", "platform", None),
    ("形成“报告—分派—办结—回访”全过程闭环管理。", "“报告—分派—办结—回访”全过程闭环管理", "mechanism", None),
    ("在柳湾村试点“月光茶叙”，干部轮流主持。", "“月光茶叙”", "brand", None),
    ("录制“梨园新声”音频42期。", "“梨园新声”音频", "brand", None),
    ("坚持每周二晚上的“村干部夜学”，参训百人。", "“村干部夜学”", "platform", None),
    ("争创“六好”乡党委、先进支部。", "“六好”乡党委", "organization", "六好"),
    ("采用“举手”表决制和村级小额权力清单。", "村级小额权力清单", "checklist", None),
    ("推进 双联双促 工程，成效 明显 提高。", "双联双促 工程", "project", "双联双促"),
    (
        "深化彩云共产党员服务队建设。彩云共产党员服务队出动，彩云共产党员服务队到家。",
        "彩云共产党员服务队",
        "organization",
        None,
    ),
]


@pytest.mark.parametrize(("text", "full_name", "kind", "code"), NAMED)
def test_it_names_the_practice(text: str, full_name: str, kind: str, code: str | None) -> None:
    """Is the name verbatim with marks and head noun, its kind that of the noun, its code the numbers?"""
    (found,) = practices(text)
    assert (found.full_name, found.kind.value) == (full_name, kind)
    assert found.code == (code.replace("＋", "+") if code else None)


REFUSED = [
    "推动科室“小品牌”汇成全院“大品牌”。",
    "组建并登记了101支共产党员服务队。",
    "诉求‘云上’流转、治理‘全网’联动。",
    "完成 双联双促 工程。",
    "公司共产党员服务队出动，公司共产党员服务队到家，公司共产党员服务队返回。",
    "聚焦“一老一小一残”，上门服务。",
    "构建“红色强基、橙色暖心”等七大板块。",
    "莫让“小马拉大车”。",
    "筑牢“防火墙”，当好“店小二”。",
    "加强“两新”组织党建。",
    "以“三个代表”重要思想为指导。",
    "抓好“一把手”工程。",
    "村“两委”成员全部到岗。",
    "开展以“携手同行”为主题的活动。",
    "解决“门难进、脸难看”等问题。",
    "按照“因地制宜、分类指导”的原则。",
    "拨打“12345”热线反映问题。",
    "荣获“先进集体”称号。",
    "社区被评为“省级金牌调解室”。",
    "打击“两抢一盗”案件。",
    "打造最美“移民村”。",
    "形成了抓班子、带队伍的浓厚氛围和良性机制。",
    "创造了“发动和依靠群众，矛盾不上交，就地解决，捕人少”的管理方式。",
    "他说：“推行工作法很有用。”",
    "建立长效工作机制。",
    "完善各项规章制度。",
    "推动工作由“要我干”向“我要干”转变。",
]


@pytest.mark.parametrize("text", REFUSED)
def test_it_refuses_what_is_no_practice(text: str) -> None:
    """Are metaphors, formulae, shorthand, themes, principles, awards and empty phrases left alone?"""
    assert not practices(text)


def test_several_names_share_one_head_noun() -> None:
    """Does each name of a list have the kind of the noun behind the last?"""
    found = practices("开展“百日提升”“百村示范”和“百日清零”行动，推行“甲乙式”、“丙丁式”服务活动。")
    assert [p.name for p in found] == ["百日提升", "百村示范", "百日清零", "甲乙式”、“丙丁式"]
    assert {p.kind.value for p in found} == {"campaign"}


def test_modes_that_are_counted_together_are_practices_of_their_own() -> None:
    """Are three modes three practices, where three teams would be one group?"""
    found = practices("采取“支部+农场+农户”、“飞地共建”、“乡贤回归”三种模式，收入增长。")
    assert [practice.name for practice in found] == ["支部+农场+农户", "飞地共建", "乡贤回归"]


def test_a_numbered_name_that_gives_some_parts_of_another_is_none() -> None:
    """Is 3+3 of N+3+3, or 三访两联 of 三访两联一订, left to the whole name?"""
    found = practices("推行“N+3+3”工作法，“3+3”管用。开展“三访两联一订”活动，“三访两联”见效。")
    assert [practice.name for practice in found] == ["N+3+3", "三访两联一订"]


def test_one_name_is_one_practice_with_all_its_mentions() -> None:
    """Is a name that comes again, spelled otherwise or without its noun, another mention of the same practice?"""
    text = "推行“1+3+N”模式。“1＋3＋N”模式见效，群众点赞“1+3+N”。"
    (found,) = practices(text)
    assert [text[start:end] for start, end in found.mentions] == ["“1+3+N”模式", "“1＋3＋N”模式", "“1+3+N”"]
    assert found.id == "d-2"


def test_the_mention_with_most_members_defines() -> None:
    """Is the quote the sentence that spells the practice out, not the first one that names it?"""
    (found,) = practices("全镇推行“三联”机制，效果良好。“三联”机制，即支部联建、活动联办、资源联享。")
    assert found.quote.startswith("“三联”机制")
    assert found.quote.endswith("资源联享")


PLACES = [
    ("曲阳县推行“三联”机制。", (), "曲阳县"),
    ("近日，福建省福州市鼓楼区推行“三联”机制。", (), "福建省福州市鼓楼区"),
    ("全市推行“三联”机制。", ("曲阳县",), "曲阳县"),
    ("以北京市“三联”机制为例，说明道理。", (), "北京市"),
    ("有的地方健全党员积分考核制度。以北京市为例，成效明显。", ("北京市",), None),
    ("各地健全党员积分考核制度。", (), None),
]


@pytest.mark.parametrize(("text", "localities", "place"), PLACES)
def test_its_place_is_the_one_that_does_it(text: str, localities: tuple[str, ...], place: str | None) -> None:
    """Is it the subject nearby, else the document's own place, and none where only an example is named?"""
    (found,) = practices(text, *localities)
    assert found.locality == place


def test_a_paragraph_without_subject_goes_on_with_the_last_one() -> None:
    """Does the place that opened a paragraph go on, and does 该县 lead back to the last county?"""
    found = practices(
        "南京市推行“三联”机制。\n用好阵地，开展“月赛”活动。\n曲阳县实施“暖冬”工程，恒州镇领先。\n该县推行“三亮”机制。",
        "南京市", "曲阳县",
    )  # fmt: skip
    assert [p.locality for p in found] == ["南京市", "南京市", "曲阳县", "曲阳县"]


@pytest.mark.parametrize(
    ("text", "title", "place"),
    [
        ("柳林镇2023年工作总结\n我镇推行“暖冬”工程。", "柳林镇2023年工作总结", "柳林镇"),
        ("着力打造公立医院品牌，推行“暖冬”工程。", "着力打造公立医院品牌", None),
        ("柳林镇推行“暖冬”工程。大柳村人多，镇上办起“田坎夜校”。", "", "柳林镇"),
    ],
)
def test_who_it_is_may_be_said_in_the_title_or_as_the_township(text: str, title: str, place: str | None) -> None:
    """Is 我镇 the township of the title, and no place a verb with its object?"""
    found = extract(document(text, title=title)).practices
    assert {practice.locality for practice in found} == {place}


def test_a_township_that_no_gazetteer_knows_is_found_as_the_subject() -> None:
    """Is the town that opens the text its place?"""
    assert [p.locality for p in practices("近年来，中东镇党委推行“书记抓”机制，跑出村级发展加速度。")] == ["中东镇"]


def test_an_organ_named_after_a_campaign_is_a_practice_of_its_own() -> None:
    """Are the action and its leading group two practices, each of its kind?"""
    found = practices("开展“敲门行动”，成立“敲门行动”工作领导小组。")
    assert [(p.name, p.kind.value) for p in found] == [("敲门行动", "campaign"), ("敲门行动", "organization")]


def test_confidence_is_that_of_the_rule_that_found_it() -> None:
    """Is a name with its head noun surer than a bare one, and every confidence a share?"""
    headed, bare = practices("推行“三联”机制。打造“红石榴”，凝聚人心。")
    assert 0.8 < bare.confidence < headed.confidence <= 1


def test_each_city_of_an_overview_has_its_own() -> None:
    """Does a new subject take over, sentence by sentence?"""
    found = practices("南京市制定社区工作准入清单。杭州市建立党建例会调度制度，推行“月赛”机制。成都市实施“暖冬”工程。")
    assert [p.locality for p in found] == ["南京市", "杭州市", "杭州市", "成都市"]


def test_parts_of_a_code_are_no_practices_of_their_own() -> None:
    """Are the labels of the parts kept inside the practice that they make up?"""
    found = practices("推行“23”工作法。“两学”，即学理论、学业务；“三比”，即比作风、比干劲、比实绩。")
    assert [p.name for p in found] == ["23"]
    assert [(c.label, c.count, c.count_holds) for c in found[0].components] == [("两学", 2, True), ("三比", 3, True)]


def test_the_same_text_gives_the_same_records() -> None:
    """Is extraction a function of the document?"""
    text = "近日，曲阳县推行“三联”机制，即支部联建、活动联办、资源联享，覆盖25个村。"
    assert extract(document(text)) == extract(document(text))
