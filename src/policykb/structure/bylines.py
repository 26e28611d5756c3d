"""Who wrote a text and for whom: 酒泉日报记者 王国全, 酒泉日报酒泉8月19日消息（记者王国全）, （来源：上海宝山）."""

from __future__ import annotations

import re
from typing import NamedTuple

from policykb.structure.organs import is_medium, is_person

_ROLE = r"(?:记者|通讯员|作者|评论员|撰稿|供稿|撰文|文/图|图/文|文字|文|编辑|摄影|摄|实习生|报道员)"
_PREFIX = re.compile(r"(?:本报|特约|特派|首席|见习|实习|全媒体|融媒体|融媒|驻[\u4e00-\u9fff]{2,4})+$")
_FIRST_ROLE = re.compile(r"(?:记者|通讯员|作者|评论员|撰稿|供稿|撰文)")
_ROLES = re.compile(rf"{_ROLE}[：:/\s]*")
_SEPARATORS = re.compile(r"[\s、，,；;/]+")
_DATELINE = re.compile(
    r"(?P<medium>[\u4e00-\u9fff]{1,9}?(?:网|报|社|台|在线|新闻|客户端|中心))(?:（[^）]{2,12}）)?"
    r"(?:[\u4e00-\u9fff]{2,8}?)?(?:\d{1,2}月\d{1,2}日)?(?:讯|电|消息)\s*(?:[（(](?P<by>[^）)\n]{2,40})[）)])?"
)
_SOURCE = re.compile(
    r"[（(]?\s*(?:来源|稿源|文章来源|信息来源|供稿单位|供稿)[：:]\s*(?P<source>[^）)\s，。]{2,24})\s*[）)]?"
)
SPEAKER = re.compile(
    r"[\u4e00-\u9fff、]{0,20}(?:书记|主席|总理|省长|市长|州长|县长|区长|镇长|乡长|部长|厅长|局长|主任|院长|校长|会长)"
    r"[ \u3000]+(?P<name>[\u4e00-\u9fffXxＸ×]{1,4}(?:[ \u3000]+[\u4e00-\u9fffXxＸ×]{1,2})?)"
)
"""A post and a name, below the title of a speech or below an order."""

_POST = re.compile(r"[（(]\s*(?:作者|本文作者)(?:系|为|单位[：:]|是)?[^）)]{2,60}[）)]?")


class Byline(NamedTuple):
    """``medium`` is the newspaper or site, empty where none is named; ``authors`` in their order.

    ``reported`` tells that one of them is a reporter.
    """

    medium: str = ""
    authors: tuple[str, ...] = ()
    reported: bool = False


NO_BYLINE = Byline()


def read_byline(text: str) -> Byline | None:
    """What a line such as 酒泉日报记者 王国全 通讯员 黄俊基 says; None when it is no byline.

    Brackets around it do not matter.  There must be a role, and names behind it.
    """
    inner = text.strip("（）()【】□■◎●○◇◆▲△★☆* \u3000")
    role = _FIRST_ROLE.search(inner[:24])
    if not role or len(inner) > 60:
        return None
    authors = _names(inner[role.start() :])
    if not authors:
        return None
    before = _ROLES.sub("", _PREFIX.sub("", inner[: role.start()].strip()))
    media = [part for part in _SEPARATORS.split(before) if part]
    if before and not (media and is_medium(media[0])):
        return None
    return Byline(media[0] if media else "", authors, "记者" in inner)


def read_dateline(text: str) -> tuple[Byline, int] | None:
    """The dateline that opens a news text (酒泉日报8月19日消息（记者王国全）), and where it ends; None without one."""
    match = _DATELINE.match(text[:80])
    if not match:
        return None
    medium = "" if match["medium"] in ("本报", "本网", "本台", "本社") else match["medium"]
    authors = _names(match["by"] or "")
    return Byline(medium, authors), match.end()


def read_source(text: str) -> str | None:
    """The medium of a line such as （来源：上海宝山）; None when the line says something else."""
    match = _SOURCE.fullmatch(text)
    return match["source"].strip("《》") if match else None


def read_speaker(text: str) -> Byline | None:
    """The speaker of a line such as 县委书记 李明, without author where the name was struck out; None for others."""
    match = SPEAKER.fullmatch(text)
    name = "".join(match["name"].split()) if match else ""
    return Byline("", (name,) if is_person(name) else ()) if match else None


def is_authors_post(text: str) -> bool:
    """Whether the line tells the author's post: （作者系中共宜昌市委组织部副部长）."""
    return bool(_POST.fullmatch(text))


def _names(text: str) -> tuple[str, ...]:
    """The persons named behind roles, in order: words that can be no name end the list."""
    found: list[str] = []
    for word in _SEPARATORS.split(_ROLES.sub(" ", text).strip()):
        if not word:
            continue
        if not (is_person(word) or (found == [] and 2 <= len(word) <= 4 and word.isalpha())):
            break
        found.append(word)
    return tuple(found)
