"""Profiles to begin with: one to fill in for a place, many from the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

import yaml

from policykb.drafting.levels import kind_of_place
from policykb.drafting.profile import Profile
from policykb.drafting.profile_file import parse_profile
from policykb.drafting.sheets import read_rows
from policykb.errors import ProfileError
from policykb.models import Locality
from policykb.places import Gazetteer
from policykb.terms import AdminLevel

_HEAD = """# {name}的地区档案。起草文件时所需的本地情况都写在这里，没有写的，文件里会留下【待填：…】。
# 不需要的行可以删去；前面带 # 的行是示例：去掉 #，换成本地内容。
"""
_EXAMPLES = """
# 主题: 基层服务型党组织建设
# 发文字号: ×组发〔2026〕1号
# 成文日期: 2026-03-01
# 主送机关:
#   - {units}{organs}
# 办公室: {office}
# 牵头单位: {office}
# 责任单位:
#   - （单位名称）
# 依据:
#   - 标题: 关于加强基层服务型党组织建设的意见
#     发文字号: 中办发〔2014〕×号
# 指导思想: （按上级最新文件的提法写）
# 目标:
#   - 指标: 达标党组织比例
#     数值: "90"
#     单位: "%"
#     时限: 2026-12-31
# 实施步骤:
#   - 名称: 宣传发动阶段
#     起始时间: 2026-03-01
#     截止时间: 2026-04-30
#     工作内容: 制定具体措施，进行动员部署。
# 领导小组:
#   - 角色: 组长
#     姓名: （姓名）
#     职务: （职务）
# 联系人:
#   姓名: （姓名）
#   电话: （电话）
# 签发人: （上行文才需要）
# 抄送机关:
#   - （机关名称）
# 印发机关: （一般是办公室）
# 印发日期: 2026-03-02
# 用印: 是
"""
_SEPARATORS = re.compile("[；;、\n]")


def locality_profile_skeleton(name: str, gazetteer: Gazetteer | None = None) -> str:
    """A profile of ``name`` to fill in, as YAML with Chinese keys; what the gazetteer knows stands in it.

    ``name`` may hold the divisions above (福建省福州市鼓楼区).  A place that the gazetteer does not hold gets the
    level that its name tells.  Raises ``ProfileError`` where a name means several places, or tells no level.
    """
    name = name.strip()
    gazetteer = gazetteer or Gazetteer.load()
    place = gazetteer.resolve(name) if name else None
    if place is None:
        _refuse_ambiguous(name, gazetteer)
    known = place or _unknown(name)
    division = gazetteer.division(known.code) if known.code else None
    own = division.name if division else known.name
    kind = kind_of_place(own, known.level)
    words = kind.words() if kind else {}
    facts = {"名称": own, "全称": known.full_name, "行政区划代码": known.code, "层级": known.level.zh}
    facts |= {"发文机关": f"中共{own}{words.get('committee', '委')[-1:]}组织部" if known.level in _ORGANS else None}
    facts |= {"下辖单位": words.get("units")}
    given = {key: value for key, value in facts.items() if value}
    body = yaml.safe_dump(given, allow_unicode=True, sort_keys=False)
    is_organ = known.level in _ORGANS
    office = f"{words.get('committee', '党委')}组织部" if is_organ else "党建工作办公室"
    organs = "党委" if is_organ else "党组织"
    examples = _EXAMPLES.format(units=words.get("units", "各单位"), organs=organs, office=office)
    return _HEAD.format(name=own) + body + examples


_ORGANS = (AdminLevel.PROVINCE, AdminLevel.PREFECTURE, AdminLevel.COUNTY)


def _refuse_ambiguous(name: str, gazetteer: Gazetteer) -> None:
    mentions = gazetteer.find(name)
    last = mentions[-1] if mentions and mentions[-1].end == len(name) else None
    if last and len(last.divisions) > 1:
        full = [gazetteer.locality(division).full_name for division in last.divisions]
        raise ProfileError("“{name}”不止一处：{known}，请把上级地名写全", name=name, known="、".join(full[:6]))


def _unknown(name: str) -> Locality:
    kind = kind_of_place(name)
    if kind is None:
        raise ProfileError("没有找到“{name}”，也看不出层级，请写全称，例如 曲阳县、河北省保定市曲阳县恒州镇", name=name)
    return Locality(name=name, full_name=name, level=kind.level)


def profiles_from_table(path: str | Path, base: Mapping[str, Any] | None = None) -> list[Profile]:
    """A profile for each row of a .xlsx or .csv, its columns named as the keys of a profile, Chinese or English.

    Columns of lists hold several texts parted by “；” or “、”.  ``base`` gives what all rows share.  Raises
    ``ReadError`` or ``ProfileError``, which names the row.
    """
    path = Path(path)
    rows = read_rows(path)
    profiles = [
        parse_profile({**(base or {}), **dict(_cells(row))}, where=f"{path} 第 {number} 行")
        for number, row in enumerate(rows, 1)
    ]
    names = [profile.name for profile in profiles]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise ProfileError("{path}：“{twice}”有不止一行，每个地区只写一行", path=path, twice=twice)
    return profiles


def _cells(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    fields = [(name, field) for name, field in Profile.model_fields.items() if _is_list(field.annotation)]
    lists = {key for name, field in fields for key in (name, field.title)}
    for key, value in row.items():
        if key in lists and isinstance(value, str):
            yield key, [item.strip() for item in _SEPARATORS.split(value) if item.strip()]
        else:
            yield key, value


def _is_list(annotation: object) -> bool:
    return get_origin(annotation) is tuple and get_args(annotation)[:1] == (str,)
