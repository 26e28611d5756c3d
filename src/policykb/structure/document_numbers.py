"""Document numbers in every written form, with the urgency and the signatory that stand beside them.

青组发〔2015〕3号, 【2014】青党办字第9号, 青党字第9号, 〔2021〕3号, 国务院令第619号, 第7期（总第112期）.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from policykb.structure.organs import is_organ

_AGENCY = r"[\u4e00-\u9fffXxＸ×○〇*＊]{1,14}(?:（[\u4e00-\u9fff]{1,4}）[\u4e00-\u9fff]{0,4})?"
_YEAR = r"[〔\[（(【﹝［]\s*(?:19|20)\d\d年?\s*[〕\]）)】﹞］]"
_SERIAL_NUMBER = r"[\dXxＸ×○〇*＊]{1,5}\s*号"
_NUMBER = (
    rf"{_AGENCY}\s*{_YEAR}\s*第?\s*{_SERIAL_NUMBER}"
    rf"|{_YEAR}\s*(?:{_AGENCY})?\s*第?\s*{_SERIAL_NUMBER}"
    r"|[\u4e00-\u9fff]{1,10}字第\s*\d{1,5}\s*号"
)
_LINE = re.compile(rf"(?:发文字号|文号|编号)?[：:]?\s*[（(]?(?P<number>{_NUMBER})[）)]?(?P<rest>.{{0,30}})")
_QUOTED = re.compile(r"[\u4e00-\u9fff《、]")
"""A number that a word follows at once (……号文件精神) is cited, unless the word is one of the marks beside it."""

_BARE = re.compile(r"[（(]?(?P<number>(?:(?:19|20)\d\d年)?第\s*[\dXxＸ×]{1,5}\s*号)令?[）)]?")
_ORDER = re.compile(r"(?P<organ>[\u4e00-\u9fff]{2,24}?)令(?P<rest>[\s（(]*第?.{0,12})")
_SIGNATORY = re.compile(r"签发(?:人)?[：:]\s*(?P<names>[\u4e00-\u9fffXxＸ×、 \u3000]{2,20})")
_URGENCY = re.compile(
    r"[【\[]?(?:(?:绝密|机密|秘密)[★☆\s\d年]*|(?:紧急程度|等\s*级|缓\s*急)[：:]?\s*)?"
    r"(?P<urgency>特提|特急|加急|平急|急件)(?:\s*[·.・、]?\s*明电)?[】\]]?\s*"
)
_ISSUE = re.compile(
    r"[?？\s]*(?:[\u4e00-\u9fff]{0,12}(?P<serial>（?总?第\s*\d{1,4}\s*期）?(?:\s*（总第?\s*\d{1,5}\s*期）)?)"
    r"|(?P<bare>\d{1,4}))[?？\s]*"
)


_YEARLY_ISSUE = re.compile(r"(?:19|20)\d\d年\s*第\s*\d{1,4}\s*期(?:\s*（总第?\s*\d{1,5}\s*期）)?")


class NumberLine(NamedTuple):
    """A line that holds a document number and what stands beside it."""

    number: str
    urgency: str | None = None
    signatory: str | None = None


def read_number_line(text: str) -> NumberLine | None:
    """The number of a line that is nothing else, with urgency and signatory; None where it is no such line."""
    before = _URGENCY.match(text)
    match = _LINE.fullmatch(text, before.end() if before else 0)
    if match is None:
        return None
    rest = match["rest"]
    behind, signatory = _URGENCY.match(rest.strip()), _SIGNATORY.match(rest.strip())
    if _QUOTED.match(rest) and not (behind or signatory):
        return None
    urgency = before or behind
    return NumberLine(match["number"], urgency and urgency["urgency"], signatory and _names(signatory["names"]))


def read_order(text: str) -> tuple[str, str | None] | None:
    """The authority of an order (北京市人民政府令, 国务院令第619号) and its number where the line has one."""
    match = _ORDER.fullmatch(text)
    if match is None or not is_organ(match["organ"]):
        return None
    rest = match["rest"].strip()
    return (match["organ"], rest and read_bare_number(rest)) if not rest or _BARE.fullmatch(rest) else None


def read_bare_number(text: str) -> str | None:
    """The number of an order or an announcement on a line of its own: 第12号, 2022年第3号."""
    match = _BARE.fullmatch(text)
    return match["number"] if match else None


def read_issue(text: str, *, dated: bool = False) -> str | None:
    """The number of an issue of a bulletin: 第12期（总第45期）, or bare figures where the words were lost.

    ``dated`` allows for a year before it (2021年第14期), which elsewhere tells where a text was published.
    """
    if dated and (yearly := _YEARLY_ISSUE.fullmatch(text)):
        return yearly[0]
    match = _ISSUE.fullmatch(text.strip("（()） ") if text[0] in "（(" else text) if len(text) <= 30 else None
    return (match["serial"] or match["bare"]) if match else None


def read_urgency(text: str) -> str | None:
    """The urgency of a line that says nothing else: 特急, 等级：加急, 特急·明电."""
    match = _URGENCY.fullmatch(text)
    return match["urgency"] if match else None


def read_signatory(text: str) -> str | None:
    """Who signed (签发人：李 明); of several their names with 、 between them."""
    match = _SIGNATORY.fullmatch(text.strip())
    return _names(match["names"]) if match else None


def _names(text: str) -> str | None:
    parts = re.split(r"[、\s]+", text.strip())
    return ("" if all(len(part) == 1 for part in parts) else "、").join(parts) or None
