"""Reading locality profiles."""

from __future__ import annotations

import errno
import json
from datetime import date
from pathlib import Path

import pytest
from plans import EXAMPLES

from policykb.drafting import load_profile, parse_profile, update_profile
from policykb.errors import ProfileError, reason_of
from policykb.terms import AdminLevel

ENGLISH = {
    "name": "曲阳县",
    "level": "county",
    "theme": "基层服务型党组织建设",
    "date": "2026-03-01",
    "addressees": ["各乡镇党委"],
    "targets": [{"name": "达标率", "value": 90, "unit": "%", "deadline": "2026年12月31日"}],
    "leading_group": [{"role": "组长", "post": "县委书记"}],
}
CHINESE = {
    "名称": "曲阳县",
    "层级": "县级",
    "主题": "基层服务型党组织建设",
    "成文日期": "2026年3月1日",
    "主送机关": "各乡镇党委",
    "目标": [{"指标": "达标率", "数值": "90", "单位": "%", "时限": date(2026, 12, 31)}],
    "领导小组": [{"角色": "组长", "职务": "县委书记"}],
}


def test_chinese_and_english_keys_mean_the_same() -> None:
    """Is a profile the same in either language, with numbers, dates and single values written either way?"""
    assert parse_profile(CHINESE) == parse_profile(ENGLISH)


def test_the_format_of_the_file_does_not_matter(tmp_path: Path) -> None:
    """Do YAML, JSON and TOML give the same profile, in UTF-8 with a mark and in GB18030?"""
    yaml_text = "名称: 曲阳县\n主送机关:\n  - 各乡镇党委\n成文日期: 2026-03-01\n"
    (tmp_path / "a.yaml").write_text(yaml_text, encoding="utf-8-sig")
    (tmp_path / "b.yml").write_text(yaml_text, encoding="gb18030")
    rows = {"名称": "曲阳县", "主送机关": ["各乡镇党委"], "成文日期": "2026-03-01"}
    (tmp_path / "c.json").write_text(json.dumps(rows), encoding="utf-8")
    (tmp_path / "d.toml").write_text(
        '"名称" = "曲阳县"\n"主送机关" = ["各乡镇党委"]\n"成文日期" = 2026-03-01\n', encoding="utf-8"
    )
    profiles = [load_profile(tmp_path / name) for name in ("a.yaml", "b.yml", "c.json", "d.toml")]
    assert all(profile == profiles[0] for profile in profiles)
    assert profiles[0].date == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("曲阳县", AdminLevel.COUNTY),
        ("鼓楼区", AdminLevel.COUNTY),
        ("鄂托克旗", AdminLevel.COUNTY),
        ("松桃苗族自治县", AdminLevel.COUNTY),
        ("恒州镇", AdminLevel.TOWNSHIP),
        ("新伟街道", AdminLevel.TOWNSHIP),
        ("汉江村", AdminLevel.VILLAGE),
        ("幸福社区", AdminLevel.VILLAGE),
        ("恩施土家族苗族自治州", AdminLevel.PREFECTURE),
        ("河北省", AdminLevel.PROVINCE),
        ("广西壮族自治区", AdminLevel.PROVINCE),
    ],
)
def test_the_name_tells_the_level(name: str, level: AdminLevel) -> None:
    """Is the level known from the ending where there is one meaning?"""
    assert parse_profile({"name": name}).level is level


@pytest.mark.parametrize(
    ("data", "level"),
    [
        ({"name": "保定市"}, AdminLevel.PREFECTURE),
        ({"name": "昆山市"}, AdminLevel.COUNTY),
        ({"name": "重庆市"}, AdminLevel.PROVINCE),
        ({"name": "某某市", "code": "139900"}, AdminLevel.PREFECTURE),
        ({"name": "某地", "code": "130634101"}, AdminLevel.TOWNSHIP),
        ({"name": "某地", "code": "130634101202"}, AdminLevel.VILLAGE),
        ({"name": "昆山市", "level": "县级市"}, AdminLevel.COUNTY),
        ({"name": "保定市", "层级": "地市级"}, AdminLevel.PREFECTURE),
        ({"name": "鼓楼区", "层级": "区县级"}, AdminLevel.COUNTY),
        ({"name": "鼓东街道", "层级": "乡镇（街道）级"}, AdminLevel.TOWNSHIP),
    ],
)
def test_level_is_read_from_whatever_tells_it(data: dict[str, str], level: AdminLevel) -> None:
    """Is it known from the code, the gazetteer, and what clerks call it?"""
    assert parse_profile(data).level is level


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "没有内容"),
        ([1], "没有内容"),
        ({"name": "曲阳县", "levle": "county"}, "是不是 level（层级）"),
        ({"name": "曲阳县", "成文日": "2026-03-01"}, "是不是 date（成文日期）"),
        ({"name": "曲阳县", "主送单位": "各乡镇"}, "是不是 addressees（主送机关）"),
        ({"name": "曲阳县", "抄送单位": "县纪委"}, "是不是 copied_to（抄送机关）"),
        ({"name": "曲阳县", "牵头部门": "县委组织部"}, "是不是 lead_unit（牵头单位）"),
        ({"name": "曲阳县", "adressees": "各乡镇"}, "是不是 addressees（主送机关）"),
        ({"name": "曲阳县", "xyz": 1}, "可用的有"),
        ({"name": "曲阳县", "名称": "曲阳县"}, "写了两次"),
        ({"level": "county"}, "“名称”（name）必须填写"),
        ({"name": "甲乙"}, "“层级”（level）必须填写"),
        ({"name": "曲阳县", "level": "大"}, "应为国家级、省级"),
        ({"name": "曲阳县", "date": "明天"}, "“成文日期”（date）应为日期"),
        ({"name": "曲阳县", "date": "2026-02-31"}, "应为日期"),
        ({"name": "曲阳县", "addressees": {"a": 1}}, "“主送机关”（addressees）应为列表"),
        ({"name": "曲阳县", "code": "13"}, "“行政区划代码”（code）格式不对"),
        ({"name": "曲阳县", "targets": [{"指标": "甲"}, {"指示": "乙"}]}, "没有“指示”这一项，是不是 name（指标）"),
        ({"name": "曲阳县", "targets": [{"指标": "甲"}, {"数值": 3}]}, "“目标”（targets.name）第 2 项必须填写"),
        ({"name": "曲阳县", "stages": "三个月"}, "“实施步骤”（stages）应为列表"),
        ({"name": "曲阳县", 3: 4}, "没有“3”这一项"),
    ],
)
def test_a_wrong_profile_is_refused_in_one_line(data: object, told: str) -> None:
    """Does the error say in one Chinese line what is wrong and what to do?"""
    with pytest.raises(ProfileError) as caught:
        parse_profile(data, where="quyang.yaml")
    message = str(caught.value)
    assert message.startswith("quyang.yaml")
    assert told in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.yaml", b"name: [\n", "第 2 行"),
        ("a.toml", b"name = \n", "写法有错"),
        ("a.json", b"{,}", "第 1 行"),
        ("a.yaml", b"\xff\xfe\x00\x81\xff", "不是文字文件"),
        ("a.yaml", b"", "没有内容"),
        ("a.docx", b"PK", "不认识的格式 .docx"),
        ("missing.yaml", None, "打不开，请检查路径（没有这个文件或文件夹）"),
        ("a.yaml", b"name: !!python/object/apply:os.system ['true']\n", "写法有错"),
    ],
)
def test_a_file_that_is_no_profile_is_refused_in_one_line(
    tmp_path: Path, name: str, data: bytes | None, told: str
) -> None:
    """Is every unreadable file a ProfileError with its path?"""
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(ProfileError, match=told) as caught:
        load_profile(tmp_path / name)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_single_fields_can_be_changed() -> None:
    """Does an update take Chinese keys, keep the rest, and refuse what it does not know?"""
    profile = parse_profile(ENGLISH)
    updated = update_profile(profile, {"成文日期": "2026.5.6", "office": "县委办公室"})
    assert (updated.date, updated.office, updated.theme) == (date(2026, 5, 6), "县委办公室", profile.theme)
    with pytest.raises(ProfileError, match="offic"):
        update_profile(profile, {"offic": "县委办公室"})


def test_the_example_is_a_profile() -> None:
    """Does the example of 曲阳县 load, and leave the people of the leading group to the clerk?"""
    profile = load_profile(EXAMPLES / "quyang.yaml")
    assert (profile.name, profile.code, profile.level) == ("曲阳县", "130634", AdminLevel.COUNTY)
    assert not profile.leading_group


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOENT, "没有这个文件或文件夹"),
        (errno.EACCES, "没有权限"),
        (errno.EPERM, "没有权限"),
        (errno.EISDIR, "路径里把文件当成了文件夹，或相反"),
        (errno.ENOTDIR, "路径里把文件当成了文件夹，或相反"),
        (errno.ENOSPC, "磁盘满了"),
        (errno.EIO, "系统出错"),
    ],
)
def test_what_the_system_refuses_is_told_in_chinese(number: int, told: str) -> None:
    """Is the reason a sentence of ours, whatever the system calls it?"""
    assert str(reason_of(OSError(number, "No such file or directory"))) == told


def test_a_folder_is_no_profile(tmp_path: Path) -> None:
    """Is there no English in the line?"""
    (tmp_path / "a.yaml").mkdir()
    with pytest.raises(ProfileError) as caught:
        load_profile(tmp_path / "a.yaml")
    assert (
        str(caught.value).removeprefix(str(tmp_path))
        == "/a.yaml：打不开，请检查路径（路径里把文件当成了文件夹，或相反）"
    )
