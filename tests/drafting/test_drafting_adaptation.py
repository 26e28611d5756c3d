"""What is changed in a borrowed sentence, and what is left alone."""

from __future__ import annotations

import sys
from pathlib import Path

import jieba
import pytest
from plans import document, gazetteer, profile, segmenter, source

from policykb.drafting import PracticeSource, compose, load_template
from policykb.drafting.adaptation import Adapter
from policykb.drafting.figures import figures
from policykb.drafting.names import local_places
from policykb.drafting.origin import Origin, origin_of
from policykb.models import Locality
from policykb.terms import AdminLevel

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import build_common_words


def adapted(text: str, place: str, target: str, **values: object) -> str:
    """``text`` of a document of ``place``, for the place ``target``."""
    found = source(f"{text}“甲”。", "甲", place)
    origin = origin_of(found, gazetteer())
    adapter = Adapter(origin, profile(target, **values), gazetteer(), segmenter())
    return "".join(run.text for run in adapter.adapt(text).runs)


@pytest.mark.parametrize(
    ("place", "target", "before", "after"),
    [
        # level words
        ("咸宁市", "曲阳县", "在全市推行，由市委组织部牵头。", "在全县推行，由县委组织部牵头。"),
        ("咸宁市", "曲阳县", "市委书记任组长，市政府负总责。", "县委书记任组长，县政府负总责。"),
        ("咸宁市", "曲阳县", "各县（市、区）和市直单位要落实。", "各乡镇（街道）和县直单位要落实。"),
        ("咸宁市", "海曙区", "在全市推行，我市各区县落实。", "在全区推行，我区各街道（乡镇）落实。"),
        ("曲阳县", "恒州镇", "全县各乡镇（街道）都要推行。", "全镇各村（社区）都要推行。"),
        ("河北省", "曲阳县", "全省各设区市都要推行。", "全县各乡镇（街道）都要推行。"),
        ("曲阳县", "鄂托克旗", "我县在全县推行。", "我旗在全旗推行。"),
        # not words there, or not certain
        ("咸宁市", "曲阳县", "开放城市场地，健全市场体系。", "开放城市场地，健全市场体系。"),
        ("咸宁市", "曲阳县", "按照省、市委部署推行。", "按照省、市委部署推行。"),
        ("咸宁市", "曲阳县", "落实《全市党建工作意见》。", "落实《全市党建工作意见》。"),
        ("咸宁市", "曲阳县", "各县（市、区）委要落实。", "各县（市、区）委要落实。"),
        ("咸宁市", "曲阳县", "全省推行。", "全省推行。"),
        ("曲阳县", "恒州镇", "县委组织部牵头。", "县委组织部牵头。"),
        ("恒州镇", "曲阳县", "村委会和镇党委共同推行。", "村委会和镇党委共同推行。"),
        # names: the subject goes, an attribute becomes the target, a list stays
        ("咸宁市", "曲阳县", "咸宁市推行网格管理。", "推行网格管理。"),
        ("咸宁市", "曲阳县", "湖北省咸宁市积极探索网格管理。", "积极探索网格管理。"),
        ("咸宁市", "曲阳县", "咸宁市各级党组织开展走访。", "曲阳县各级党组织开展走访。"),
        ("咸宁市", "曲阳县", "为推进战略咸宁实施提供保证。", "为推进战略曲阳实施提供保证。"),
        ("咸宁市", "曲阳县", "咸宁市、黄石市等地推行网格。", "咸宁市、黄石市等地推行网格。"),
        ("咸宁市", "曲阳县", "落实《咸宁市工作方案》。", "落实《咸宁市工作方案》。"),
        ("咸宁市", "曲阳县", "黄石市推行网格。", "黄石市推行网格。"),
        ("大坡村", "曲阳县", "大坡村党支部书记带头，全村推行。", "曲阳县党支部书记带头，全县推行。"),
        ("咸宁市", "曲阳县", "咸宁市温泉街道推行网格。", "咸宁市温泉街道推行网格。"),
        ("咸宁市", "曲阳县", "咸宁市实行街道“大工委”制。", "实行街道“大工委”制。"),
        ("咸宁市", "曲阳县", "咸宁市咸安区推行网格。", "咸宁市咸安区推行网格。"),
        ("咸宁市", "曲阳县", "咸宁市各乡镇推行网格。", "曲阳县各乡镇推行网格。"),
        ("咸宁市", "阳光社区", "由咸宁市委牵头。", "由咸宁市委牵头。"),
        # other ways to say it
        ("大化瑶族自治县", "曲阳县", "自治县党委牵头，自治县人民政府落实。", "县委牵头，县政府落实。"),
        ("曲阳县", "鼓楼区", "县人民政府负总责。", "区政府负总责。"),
        ("曲阳县", "松桃苗族自治县", "各乡镇（街道）落实。", "各乡镇（街道）落实。"),
        ("科尔沁右翼前旗", "曲阳县", "旗委以党建引领治理。", "县委以党建引领治理。"),
        # openers
        ("咸宁市", "曲阳县", "同时，咸宁市推行网格管理。", "推行网格管理。"),
        ("咸宁市", "曲阳县", "2023年以来，咸宁市推行网格管理。", "推行网格管理。"),
        ("咸宁市", "曲阳县", "截至2023年底，全市建立网格。", "全县建立网格。"),
        # persons
        ("咸宁市", "曲阳县", "党总支书记刘利华带领党员入户。", "党总支书记【待填：姓名】带领党员入户。"),
        ("咸宁市", "曲阳县", "县委书记任组长，村民会员单位参加。", "县委书记任组长，村民会员单位参加。"),
        ("咸宁市", "曲阳县", "书记全程参与，主任应当到场。", "书记全程参与，主任应当到场。"),
    ],
)
def test_words_and_names_fit_the_target(place: str, target: str, before: str, after: str) -> None:
    """Does each certain word change to the target's, and nothing else?"""
    assert adapted(before, place, target) == after


def test_the_profile_says_how_its_units_are_called() -> None:
    """Do the units of the profile come before those of the table?"""
    assert adapted("各县（市、区）都要推行。", "咸宁市", "曲阳县", units="各乡镇") == "各乡镇都要推行。"


def test_nothing_is_adapted_where_the_source_is_unknown() -> None:
    """Does a text of no known place stay as it is?"""
    adapter = Adapter(Origin(), profile("曲阳县"), gazetteer(), segmenter())
    assert adapter.adapt("全市推行，咸宁市牵头。").runs[0].text == "全市推行，咸宁市牵头。"


@pytest.mark.parametrize(
    ("text", "name", "marked"),
    [
        ("为⟦100⟧个村选派第一书记。", "甲", "数量"),
        ("为100个村选派第一书记。", "6个100", None),
        ("以常住居民⟦50-100⟧户划分网格。", "甲", "数量"),
        ("建成率达到⟦95.5%⟧以上。", "甲", "比例"),
        ("投入⟦1.5亿⟧元。", "甲", "金额"),
        ("解决问题⟦9300多⟧个。", "甲", "数量"),
        ("⟦2015年6月底⟧前完成。", "甲", "时间"),
        ("⟦今年3月初⟧启动。", "甲", "时间"),
        ("培育⟦百⟧个示范点。", "甲", "数量"),
        ("培育百个示范点。", "三个一百", None),
        ("大项⟦9⟧大项。", "甲", "数量"),
        ("推行“131n”机制，拨打12345热线，采取8+X模式。", "甲", None),
        ("村委会、村民议事会、村务监督委员会等3个组织。", "甲", None),
        ("村委会、村民议事会等⟦8⟧个组织。", "甲", "数量"),
        ("每季度至少组织1次服务，不少于每年100小时。", "甲", None),
        ("24小时内办结，3个工作日内答复。", "甲", None),
        ("开通六条热线，办好一个联系点，分三级。", "甲", None),
        ("落实《2014年30个要点》〔2014〕5号。", "甲", None),
        ("联系千家万户。", "甲", None),
    ],
)
def test_figures_of_the_source_are_told_from_those_of_the_method(text: str, name: str, marked: str | None) -> None:
    """Is exactly the marked number the source's own?"""
    plain = text.replace("⟦", "").replace("⟧", "")
    start, end = text.find("⟦"), text.find("⟧") - 1
    expected = [(start, end, marked)] if marked else []
    assert [tuple(figure) for figure in figures(plain, name)] == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("在丰桥社区、永安村设立驿站", ["丰桥社区", "永安村"]),
        ("由江川路街道牵头，梅陇镇配合", ["江川路街道", "梅陇镇"]),
        ("在乌兰毛都苏木开展", ["乌兰毛都苏木"]),
        ("西园社区党委书记", ["西园社区"]),
        ("团结社区和胜利村党支部", ["团结社区", "胜利村"]),
        ("推行社区网格化，建立健全社区制度，健全村规民约", []),
        ("老旧小区、行政村、各社区和每个村都要落实", []),
        ("驻村干部到村入户，充分发挥街道党工委作用", []),
        ("智慧社区、美丽乡村、特色小镇、农村社区", []),
    ],
)
def test_places_below_the_county_are_known_by_their_form(text: str, names: list[str]) -> None:
    """Is a village's own name told from a common word before 村?"""
    assert [text[slice(*span)] for span in local_places(text, segmenter())] == names


def test_each_change_is_noted_with_what_stood_there() -> None:
    """Do the changes tell before and after, and do the runs mark what is to be filled in?"""
    origin = origin_of(source("全市“甲”", "甲", "咸宁市"), gazetteer())
    result = Adapter(origin, profile("曲阳县"), gazetteer(), segmenter()).adapt("全市建成30个点。", "甲")
    assert [(before, change.after, change.label) for before, change in result.changes] == [
        ("全市", "全县", None),
        ("30", "【待填：数量】", "数量"),
    ]
    assert [(run.text, run.missing) for run in result.runs] == [
        ("全县建成", False),
        ("【待填：数量】", True),
        ("个点。", False),
    ]


def test_a_document_speaks_for_the_place_whose_words_it_uses() -> None:
    """Is a practice without a place of its own the place's that says 全市, and a wider one narrowed to it?"""
    text = "福建福州市在全市推行“甲”，全市都好。"
    for locality in ("福建省", None):
        found = source(text, "甲", "福建省", "福州市")
        practice = found.practice.model_copy(update={"locality": locality})
        origin = origin_of(found.model_copy(update={"practice": practice}), gazetteer())
        assert origin.name == "福建省福州市"


def test_several_places_leave_the_origin_open() -> None:
    """Is nothing decided where two places fit equally?"""
    found = source("咸宁市与黄石市推行“甲”。", "甲")
    found = found.model_copy(update={"document": document(found.document.text, "咸宁市", "黄石市")})
    assert origin_of(found, gazetteer()) == Origin()


def test_a_town_is_known_by_its_name_alone() -> None:
    """Is 江川路街道 the source's own place where the document calls it 闵行区江川路街道, and does it go?"""
    found = source("江川路街道实施“甲”。", "甲")
    own = Locality(name="闵行区江川路街道", full_name="上海市闵行区江川路街道", level=AdminLevel.TOWNSHIP)
    practice = found.practice.model_copy(update={"locality": "江川路街道"})
    document = found.document.model_copy(update={"localities": (own,)})
    origin = origin_of(PracticeSource(practice=practice, document=document), gazetteer())
    assert origin.kind is not None
    assert origin.kind.ending == "街道"
    adapter = Adapter(origin, profile("曲阳县"), gazetteer(), segmenter())
    assert "".join(run.text for run in adapter.adapt("江川路街道实施“甲”。").runs) == "实施“甲”。"


def test_names_of_the_source_stand_in_residue() -> None:
    """Are villages, and the short name of the source's county, reported where they are borrowed?"""
    found = source("在丰桥社区推行“甲”，由闵行发电厂支持。", "甲", "闵行区")
    draft = compose(load_template("implementation_plan"), profile("曲阳县"), [found])
    assert [each.text for each in draft.residue] == ["闵行", "丰桥社区"]


def test_the_list_of_common_words_is_what_its_tool_writes() -> None:
    """Does the dictionary of jieba give the same file again, whatever order its lines have?"""
    text = build_common_words.WORDS.read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("#")]
    assert "jieba" in head[0]
    assert any("tools/build_common_words.py" in line for line in head)
    dictionary = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    words = sorted(build_common_words.common_words(dictionary[::-1]))
    assert build_common_words.text_of(words, head) == text


def test_common_words_are_short_frequent_and_no_names() -> None:
    """Are a rare word, a noun, a place and a long word left out?"""
    lines = ("推行 100 v", "推演 99 v", "社区 500 n", "曲阳 500 ns", "随着 900 p", "推而广之 500 v")
    assert list(build_common_words.common_words(lines)) == ["推行", "随着"]
