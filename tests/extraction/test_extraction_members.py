"""Parts and members: spelled out as the text does it, and never taken from a list nearby."""

from __future__ import annotations

import pytest
from invented import document

from policykb.extraction import extract

SPELLED_OUT = [
    ("推行“三步”（问、议、办）工作法。", [("三步", 3, "问/议/办")]),
    ("做到“三有”，即有场地、有队伍和有制度。", [("三有", 3, "有场地/有队伍/有制度")]),
    ("“四进”，即文化、卫生、法律、科技进社区。", [("四进", 4, "文化/卫生/法律/科技")]),
    ("“三访”，即老人、儿童、病人必访。", [("三访", 3, "老人/儿童/病人")]),
    ("“三热线”，即开通党务、计生、民政三条热线。", [("三热线", 3, "党务/计生/民政")]),
    (
        "“五个一”，即：一间屋、一块牌、一张桌、一部电话、一本册。",
        [("五个一", 5, "一间屋/一块牌/一张桌/一部电话/一本册")],
    ),
    ("推行“两比一争”（比学习、比作风、争先进）活动。", [("两比", 2, "比学习/比作风"), ("一争", 1, "争先进")]),
    ("推行“三清”目标：一是账目清，不留死角；二是底数清；三是责任清。", [("三清", 3, "账目清/底数清/责任清")]),
    ("广泛开展书记讲政策、专家讲理论、先进讲事迹“三讲”活动。", [("三讲", 3, "书记讲政策/专家讲理论/先进讲事迹")]),
    ("落实“问需、问计、问效”的“三问”机制。", [("三问", 3, "问需/问计/问效")]),
    ("推行“学在支部、干在一线、赢在实效”机制。", [(None, None, "学在支部/干在一线/赢在实效")]),
    (
        "采取“2+X”模式，“2”即支部书记、社区民警，“X”即楼长、单元长等。",
        [("2", 2, "支部书记/社区民警"), ("X", None, "楼长/单元长")],
    ),
    (
        "推行“1+2+N”体系，“1”是一个党校，“2”是两个分校，“N”是若干教学点。",
        [("12N", 3, "一个党校/两个分校/若干教学点")],
    ),
    ("推行“123”机制，即一个核心、两支队伍、三项制度。", [("123", 3, "一个核心/两支队伍/三项制度")]),
    (
        "构建“以村党组织为核心；以村委会、议事会等2个组织为主体”的“12”机制。",
        [("1", 1, "村党组织"), ("2", 2, "村委会/议事会")],
    ),
    (
        "推行“一核两治”模式。“一核”即党支部；“两治”即自治、法治相结合。",
        [("一核", 1, "党支部"), ("两治", 2, "自治/法治")],
    ),
    (
        "推行“一坚持、两走遍”工作法。班子坚持值班制度，书记要走遍所有小组，干部要走遍所有农户。",
        [("一坚持", 1, "值班制度"), ("两走遍", 2, "所有小组/所有农户")],
    ),
    ("健全市、县、乡三级联动机制。", [("三级", 3, "市/县/乡")]),
]


@pytest.mark.parametrize(("text", "components"), SPELLED_OUT)
def test_members_are_as_the_text_lists_them(text: str, components: list[tuple[str | None, int | None, str]]) -> None:
    """Has each part its label, the number it claims, and its members in order?"""
    found = extract(document(text)).practices[-1]
    assert [(c.label, c.count, "/".join(c.members)) for c in found.components] == components


EMPTY = [
    "推行“246”工作法，整合民政、卫生、教育、公安、城建、社区等部门。",
    "围绕“八有”目标，抓好宣传、培训、考核。",
    "推行“1234”工作法，开展宣讲；组织培训；加强考核；落实保障。",
    "落实“168”工作机制，抓换届、强基础、促发展。",
    "实施“三联三建”工程，走访老人、儿童、病人。",
]


@pytest.mark.parametrize("text", EMPTY)
def test_a_code_that_is_not_spelled_out_stays_empty(text: str) -> None:
    """Is no list nearby taken for the members?"""
    (found,) = extract(document(text)).practices
    assert found.components == ()


def test_the_count_is_checked_against_the_members() -> None:
    """Does the practice say that one of four is missing?"""
    (found,) = extract(document("做到“四有”：有场地、有队伍、有制度。")).practices
    (part,) = found.components
    assert (part.count, len(part.members), part.count_holds) == (4, 3, False)
