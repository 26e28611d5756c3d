"""What a name says of itself: its code, its numbered parts, how many members each claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from policykb.extraction.numerals import NUMERAL, count

_CODE = re.compile(r"[0-9XYZMNxyzmn]+(?:[+×/-][0-9XYZMNxyzmn\u4e00-\u9fff]{1,4})*+")
_CODED = re.compile(rf"(?P<code>{_CODE.pattern})(?:工作法|模式|机制|[\u4e00-\u9fff]{{2}})?$")
"""A code that is the whole name, or stands before a head noun or a two-character word: 12345工作法, 246先锋."""
_CLASSIFIER = "个大项件种类条张本支名步招"
_PART = re.compile(
    rf"(?P<numeral>{NUMERAL}{{1,3}}|\d{{1,2}})(?P<classifier>[{_CLASSIFIER}](?!$))?(?P<key>一[次场件堂项张](?![^、，])|(?:统一|合一|归一|位一体|(?!{NUMERAL}|\d)[^、，,])+|一百?|100)"
)
_JOINT = re.compile(
    "(?<=.)(?:融合|联动|合一|归一|同步|同创|共建|共治|共享|并举|并重|并进|一体|协同|共进|结合|互动"
    "|联建|联创|齐抓|建设|工程|贯通|制|法|式)$"
)
"""What a name may say of all its members together."""
_LONGEST_CODE = 14
_BY_THE_CLOCK = re.compile("每[日天周月季年]一")
_COUNTS = re.compile(f"{NUMERAL}(?!{NUMERAL})[^、，]")
_NOT_COUNTED = frozenset("级次期届周日月年天点时分秒代")
LEVELS = re.compile(rf"(?P<list>[^，。；]{{3,30}}?)(?P<count>{NUMERAL})(?P<unit>级|方)")
"""A list of levels or sides with its count behind it: 市、县、乡三级."""
COORDINATED = re.compile(r"(.{2,16}(清单|机制|制度|责任|会议|例会))[和与](.{1,14}\2)(?:制度|机制|体系)")
"""Two names that share their head noun before one more: 重点工作清单和责任清单制度."""
_STRIP = re.compile(r"[“”‘’\"'「」『』《》〈〉<>()（）\[\]\s,，、。:：;；·•—\-]")


class Part(NamedTuple):
    """A numbered part of a name: “四进” of “四进五会” has number 4 and key 进."""

    label: str
    number: int
    key: str


def normal_name(name: str) -> str:
    """The form in which spellings of one name meet: no marks, brackets or blanks, ＋ as +, lower case."""
    return _STRIP.sub("", name.replace("＋", "+")).lower()


def numbered_parts(name: str) -> tuple[Part, ...]:
    """The parts of a name that is made of numbered parts throughout, empty for any other name.

    >>> [part.label for part in numbered_parts("一坚持、两走遍、四掌握")]
    ['一坚持', '两走遍', '四掌握']
    """
    parts: list[Part] = []
    at = len(name) if any(sign in name for sign in "-→+") else 0
    while at < len(name):
        if name[at] in "、，, ":
            at += 1
            continue
        match = _PART.match(name, at)
        number = count(match["numeral"]) if match else None
        if (
            not match
            or number is None
            or match["key"][0] in _NOT_COUNTED
            or match["key"].startswith(("百", "千", "万"))
        ):
            return ()
        parts.append(Part(match.group(), number, match["key"]))
        at = match.end()
    return tuple(parts)


def parts_of(name: str) -> tuple[Part, ...]:
    """The numbered parts of a name, or of those items of it that count more than one: 党建引领、六治融合 → 六治融合."""
    parts = numbered_parts(name)
    if parts or name.count("、") != 1:
        return parts
    return tuple(part for item in name.split("、") for part in numbered_parts(item) if part.number > 1)


def cores(parts: Sequence[Part]) -> tuple[Part, ...]:
    """``parts``, each with the word alone that its members share: 治 of 六治融合, 网 of 四网合一."""
    return tuple(part._replace(key=_JOINT.sub("", part.key) or part.key) for part in parts)


def code_of(name: str) -> str | None:
    """The code of a numbered name: “45666”, “1+2+N”, “四联系两包抓”; None for a name without numbers."""
    match = _CODED.match(name)
    if match and any(sign.isdigit() for sign in match["code"]):
        return match["code"]
    return name if is_numbered(name) else None


def is_numbered(name: str) -> bool:
    """Whether the name begins with a number above one, or counts twice: 六有, 一创三评一定, 一周一走访."""
    if len(name) > _LONGEST_CODE or "-" in name:
        return False
    if _BY_THE_CLOCK.match(name):
        return True
    first = _PART.match(name)
    return (first is not None and (count(first["numeral"]) or 0) > 1) or len(_COUNTS.findall(name)) > 1


def symbols(code: str) -> tuple[str, ...]:
    """The symbols of a digit code: 131n → 1, 3, 1, n; 1+12+N → 1, 12, N; empty for other codes."""
    if not _CODE.fullmatch(code):
        return ()
    return tuple(re.findall(r"\d+|[A-Za-z]", code)) if "+" in code else tuple(re.split("[×/-]", code)[0])
