"""Places: which names are found in a text, and which division each means."""

import time
from itertools import pairwise

import pytest

from policykb.places import Division, Gazetteer, NameIndex
from policykb.terms import AdminLevel


@pytest.fixture(scope="module")
def gazetteer():
    """The gazetteer of the data files."""
    return Gazetteer.load()


def names(gazetteer, text, **options):
    """The names found in ``text``."""
    return [mention.name for mention in gazetteer.find(text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("福建省福州市鼓楼区探索财政支持", ["福建省", "福州市", "鼓楼区"]),
        ("上海建立市区党建联席会议", ["上海"]),
        ("为推进省级战略咸宁实施提供保证", ["咸宁"]),
        ("宁夏、甘肃、贵州等地从有限的财力中划拨", ["宁夏", "甘肃", "贵州"]),
        ("浙江桐乡“红云APP”、合肥蜀山区", ["浙江", "桐乡", "合肥", "蜀山区"]),
        ("郑州市管城区在全区11个街道", ["郑州市", "管城区"]),
        ("松桃县成立领导小组，松桃籍青年回乡", ["松桃县", "松桃"]),
        ("云南红河州等地出台措施", ["云南", "红河州"]),
        ("枣庄市市中区", ["枣庄市", "市中区"]),
    ],
)
def test_names_of_places_are_found_full_and_short(gazetteer, text, expected):
    """Are provinces, prefectures and counties found under the names that texts use?"""
    assert names(gazetteer, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "加强城市中心城区和老城区管理，完善城区、街道、社区三级联动",
        "同时适应城市新兴产业集群发展的需要",
        "按照党委统一部署开展公安工作，合作共建和平社区",
        "确定西部重点任务，举行重大庆典活动",
        "推广安全生产经验",
        "实现长治久安，安居乐业，世界大同",
        "南京路步行街与广州路交叉口",
        "由大理石铺成的地面",
    ],
)
def test_common_words_are_no_places(gazetteer, text):
    """Are words left alone that hold or cross the name of a place?"""
    assert names(gazetteer, text) == []


@pytest.mark.parametrize(
    ("name", "context", "full_name"),
    [
        ("鼓楼区", "福建省各地", "福建省福州市鼓楼区"),
        ("鼓楼区", "南京市签订共建协议", "江苏省南京市鼓楼区"),
        ("东安区", "牡丹江市集中力量", "黑龙江省牡丹江市东安区"),
        ("福建省福州市鼓楼区", "", "福建省福州市鼓楼区"),
        ("咸宁", "", "湖北省咸宁市"),
        ("曲靖", "", "云南省曲靖市"),
        ("松桃", "", "贵州省铜仁市松桃苗族自治县"),
        ("仙桃市", "", "湖北省仙桃市"),
        ("海淀区", "", "北京市海淀区"),
        ("内蒙古", "", "内蒙古自治区"),
        ("吉林", "", "吉林省"),
    ],
)
def test_a_name_is_resolved_by_what_is_named_around_it(gazetteer, name, context, full_name):
    """Does the context tell which of several places of a name is meant?"""
    locality = gazetteer.resolve(name, context)
    assert locality is not None
    assert locality.full_name == full_name


@pytest.mark.parametrize("name", ["鼓楼区", "东安", "无此县", "城区", ""])
def test_what_cannot_be_told_is_not_guessed(gazetteer, name):
    """Is there no answer for an unknown name, and for one of several places without a context?"""
    assert gazetteer.resolve(name) is None


def test_several_candidates_stay_listed_when_the_text_does_not_tell(gazetteer):
    """Does an ambiguous mention keep all of its divisions?"""
    (mention,) = gazetteer.find("鼓楼区探索社区经费保障机制")
    assert len(mention.divisions) == 4
    assert {division.level for division in mention.divisions} == {AdminLevel.COUNTY}


@pytest.mark.parametrize(
    ("name", "on", "code", "full_name"),
    [
        ("奉化市", "2012-03-16", "330283", "浙江省宁波市奉化市"),
        ("奉化区", None, "330213", "浙江省宁波市奉化区"),
        ("巢湖市", "2009-01", "341400", "安徽省巢湖市"),
        ("巢湖市", "2020-01", "340181", "安徽省合肥市巢湖市"),
        ("襄樊市", None, "420600", "湖北省襄樊市"),
    ],
)
def test_a_former_name_means_the_division_of_its_time(gazetteer, name, on, code, full_name):
    """Is a renamed division found as it was at the date of the text?"""
    locality = gazetteer.resolve(name, on=on)
    assert (locality.code, locality.full_name) == (code, full_name)


def test_codes_tell_who_stands_above_whom(gazetteer):
    """Are ancestors given from the nearest on, and is a division within itself and them only?"""
    assert [division.name for division in gazetteer.ancestors("350102")] == ["福州市", "福建省"]
    assert [division.name for division in gazetteer.ancestors("429004")] == ["湖北省"]
    assert gazetteer.ancestors("350000") == ()
    assert gazetteer.within("350102", "350000")
    assert gazetteer.within("350102", "350102")
    assert not gazetteer.within("350100", "350102")
    assert not gazetteer.within("320106", "350000")
    assert gazetteer.division("000000") is None


def test_mentions_read_as_their_names_and_do_not_overlap(gazetteer):
    """Does every mention point at its name in the text?"""
    text = "近年来，云南玉溪市红塔区、湖北枣阳市、内蒙古乌兰察布市和黑龙江省黑河市北安市等地探索党建。" * 3
    mentions = gazetteer.find(text)
    assert mentions
    assert all(text[mention.start : mention.end] == mention.name for mention in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_every_division_of_the_table_is_resolved_under_its_full_name(gazetteer):
    """Does the full name of each division of today lead back to it?"""
    lost = []
    for code in ("110101", "350102", "422800", "469021", "522200", "540102", "659001", "710000", "810000"):
        division = gazetteer.division(code)
        if division and gazetteer.resolve(gazetteer.locality(division).full_name).code != code:
            lost.append(division)
    assert lost == []


def test_a_gazetteer_can_be_made_of_a_few_divisions():
    """Does the class work with any table?"""
    few = Gazetteer([Division("990000", "青石省", AdminLevel.PROVINCE, "", "青石")])
    assert few.resolve("青石").full_name == "青石省"


@pytest.mark.parametrize("unit", ["市" * 50, "福州市鼓楼区", "上海", "县委市委区委", "\n"])
def test_finding_takes_time_in_proportion_to_the_text(gazetteer, unit):
    """Does a text of ten times the length take about ten times as long, whatever it holds?"""
    text = unit * (200_000 // len(unit))
    begin = time.perf_counter()
    gazetteer.find(text)
    assert time.perf_counter() - begin < 8


def test_the_longest_accepted_name_is_found():
    """Does the index try shorter names when a longer one is refused?"""
    index = NameIndex(["湘口", "湘口街道", "街"])
    text = "湘口街道与湘口街道办"
    assert [tuple(span) for span in index.find(text)] == [(0, 4), (5, 9)]
    assert [tuple(span) for span in index.find(text, lambda name, end: text[end : end + 1] != "办")] == [(0, 4), (5, 7)]
