"""At which level an issuing authority stands, by its name."""

from __future__ import annotations

import re

from policykb.places import Gazetteer
from policykb.terms import AdminLevel

_CENTRAL = re.compile(
    r"^(?:中共中央|中国共产党中央|中央|国务院|全国|国家|中华人民共和国|最高人民|中组部|中宣部|中纪委|中办|国办)"
    r"|^(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|民政|司法|财政|人力资源和?社会保障|自然资源|国土资源|生态环境|环境保护"
    r"|住房和城乡建设|交通运输|水利|农业农村|农业|商务|文化和旅游|文化|卫生健康|退役军人事务|应急管理)部"
)
"""Organs of the centre, and the ministries by name: 组织部 and 宣传部 stand at every level."""

_NO_LEVEL = re.compile(
    r"大学|学院|学校|[中小]学|医院|公司|集团|银行|[协学]会|研究会|联合会|报社?$|日报|网$|电视台|出版社|杂志"
)
"""What bears the name of a place without governing it."""

_VILLAGE = re.compile(r"(?:村|社区|居民区)(?:党|支|总支|联|两委|村?民?委|居)")
_TOWNSHIP = re.compile(r"(?:街道|镇|乡|苏木)(?:党|委|人民|政府|办|工|纪|人大|综合)")
_BODIES = r"(?:委|人民|政府|人大|政协|纪|党|直|[\u4e00-\u9fff]{0,12}(?:厅|局|办|部|室|小组|会)$)"
_WORDS = (
    (re.compile(rf"(?:县|(?<!自治)区|旗){_BODIES}"), AdminLevel.COUNTY),
    (re.compile(rf"(?:[市州盟]|地区){_BODIES}"), AdminLevel.PREFECTURE),
    (re.compile(rf"(?:省|自治区){_BODIES}"), AdminLevel.PROVINCE),
)
"""For names whose place is not in the gazetteer (某县委, XX市人民政府), the lowest first."""


def authority_level(gazetteer: Gazetteer, authority: str, on: str | None) -> AdminLevel | None:
    """The level of the division that ``authority`` governs; None where its name does not tell.

    ``on`` is the document's date: a county may have been a district since.
    """
    if not authority or _NO_LEVEL.search(authority):
        return None
    if _CENTRAL.search(authority):
        return AdminLevel.CENTRAL
    if _VILLAGE.search(authority):
        return AdminLevel.VILLAGE
    if _TOWNSHIP.search(authority):
        return AdminLevel.TOWNSHIP
    mentions = gazetteer.find(authority, on=on)
    levels = {division.level for division in mentions[-1].divisions} if mentions else set()
    if len(levels) == 1:
        return levels.pop()
    return next((level for pattern, level in _WORDS if pattern.search(authority)), None)
