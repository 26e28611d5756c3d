"""Is it written as the format wants it: numbers, dates, headings, punctuation, and what its kind demands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from policykb.blocks import HEADINGS, BlockKind
from policykb.word.findings import Finding, finding, quoted, shown
from policykb.word.roles import ATTACHMENT_NOTE, CHINESE_DATE, DATE, HEADING_MARKS, NUMBER, Around, Placed, Role

_HAN = "\u4e00-\u9fff"
_QUOTES = re.compile("[\"']")
_HALF = re.compile(
    rf"(?<=[{_HAN}”》）])([,;:?!])(?=[{_HAN}“《（]|$)|(?<=[{_HAN}])([()])|([()])(?=[{_HAN}])|(?<=[{_HAN}”》）])\.(?=[{_HAN}“《（]|$)"
)
_WIDTH = MappingProxyType(dict(zip(",;:?!().", "，；：？！（）。", strict=True)))
_DOTS = re.compile(r"\.{3,}|。{2,}|(?<!…)…(?!…)")
_BETWEEN = re.compile("》、《|”、“")
_PLACEHOLDER = re.compile("【待填[：:]?([^【】]{0,60})】")
_LISTED_AT_MOST = 8  # placeholders told by name
_STAND_IN = re.compile(r"[×Xx]{2,}(?=[县市区镇乡村省年月日号局部委组同])|\{\{[^{}]{0,40}\}\}|_{3,}|＿{2,}|20[×Xx]{2}年")
_ASKS = re.compile("请予?(?:批示|批复|审批|批准|审定|核准|支持解决)")
_CLOSING = re.compile("[妥当]否，?请.{0,6}(?:批示|批复|指示|审批|批准)|请予?(?:批示|批复|审批|批准)。?$")
_CONTACT = re.compile("联系人.{0,40}(?:电话|联系方式|手机)|[0-9]{3,4}-?[0-9]{7,8}|1[0-9]{10}")
_LISTED = re.compile("[，、；]")
_ITEM = re.compile(r"(?:^|\n|附件[:：])\s*[0-9]{1,2}[.．](?![0-9])")
_DIGITS = MappingProxyType({digit: value for value, digit in enumerate("零一二三四五六七八九")})
_NEED_ADDRESSEE = ("通知", "请示", "报告", "函", "批复", "通报")
_UNDATED_KINDS = ("纪要", "表", "台账", "清单", "名单")
_OTHER_KINDS = ("方案", "总结", "计划", "清单", "台账", "要点", "规划")


def check_punctuation(texts: Iterable[tuple[int, str, str]]) -> Iterator[Finding]:
    """Marks that an official text has no place for; once a paragraph and kind.

    ``texts`` are paragraphs with their numbers and, where they stand in a table, their places.
    """
    for number, text, where in texts:
        seen: set[str] = set()
        for rule, found, wanted in _marks(text):
            if rule not in seen:
                seen.add(rule)
                told = finding(rule, number, text, found=found, wanted=wanted)
                yield told.model_copy(update={"place": f"{where}{quoted(shown(text))}"}) if where else told


def check_placeholders(texts: Iterable[tuple[int, str, str]]) -> Iterator[Finding]:
    """What was left to fill in: one finding for all, with their number, their names, where each stands first."""
    places: dict[str, str] = {}
    n_asked = 0
    for number, text, where in texts:
        for match in _PLACEHOLDER.finditer(text):
            n_asked += 1
            places.setdefault(match[1] or "未写明", where or f"第{number}段")
    if places:
        told = [f"{label}（{place}）" for label, place in places.items()]
        rest = "等" if len(told) > _LISTED_AT_MOST else ""
        yield finding("placeholder", found="、".join(told[:_LISTED_AT_MOST]) + rest, wanted=str(n_asked))


def _marks(text: str) -> Iterator[tuple[str, str, str]]:
    for rule, pattern in (
        ("straight_quotes", _QUOTES),
        ("dots", _DOTS),
        ("between_titles", _BETWEEN),
        ("stand_in", _STAND_IN),
    ):
        for match in pattern.finditer(text):
            yield rule, match.group(), ""
    for match in _HALF.finditer(text):
        yield "half_width", match.group(), _WIDTH[match.group()]


def check_numbers_and_dates(placed: Sequence[Placed]) -> Iterator[Finding]:
    """The form of the document number and of the date."""
    for one in placed:
        match = NUMBER.search(one.text) if one.role is Around.NUMBER else None
        if match and (match[2] + match[4] != "〔〕" or match[5] or match[6].startswith("0")):
            right = f"{match[1]}〔{match[3]}〕{int(match[6])}号"
            yield finding("number_form", one.number, one.text, found=match.group(), wanted=right)
        if one.role is BlockKind.DATE and (right := _right_date(one.text)) != one.text:
            yield finding("date_form", one.number, one.text, found=one.text, wanted=right)


def _right_date(text: str) -> str:
    if CHINESE_DATE.fullmatch(text):
        year, month, day = re.split("[年月日]", text)[:3]
        digits = "".join(str("〇一二三四五六七八九".find(c) if c in "一二三四五六七八九" else 0) for c in year)
        return f"{digits}年{_value(month.replace('元', '一').replace('正', '一'))}月{_value(day)}日"
    match = DATE.fullmatch(text)
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日" if match else text


def _value(numeral: str) -> int:
    """一 to 九十九 as a number."""
    numeral = numeral.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def check_headings(placed: Sequence[Placed]) -> Iterator[Finding]:
    """The way headings are numbered: the marks, the order, no rank without one above it."""
    counts = [0, 0, 0, 0]
    for one in placed:
        if one.role not in HEADINGS:
            continue
        rank = HEADINGS.index(one.role)
        match = HEADING_MARKS[rank].match(one.text)
        if match is None:
            continue
        right = _written(rank, match[1])
        if match.group().replace("．", ".") != right:
            yield finding("heading_mark", one.number, one.text, found=match.group(), wanted=right)
        value = _value(match[1]) if rank < 2 else int(match[1])
        if value not in (counts[rank] + 1, 1):
            expected = _written(rank, _numeral(counts[rank] + 1) if rank < 2 else str(counts[rank] + 1))
            yield finding("heading_gap", one.number, one.text, found=match.group(), wanted=expected)
        elif value == 1 and counts[rank] and rank == 0:
            expected = _written(rank, _numeral(counts[rank] + 1))
            yield finding("heading_gap", one.number, one.text, found=match.group(), wanted=expected)
        if rank == 1 and not counts[0]:
            yield finding("heading_orphan", one.number, one.text, found=match.group())
        counts = [*counts[:rank], value, *[0] * (3 - rank)]
        if rank < 2 and one.text.endswith("。") and len(one.text) <= 30 and one.text.count("。") == 1:
            yield finding("heading_stop", one.number, one.text)


def _written(rank: int, number: str) -> str:
    return (f"{number}、", f"（{number}）", f"{number}.", f"（{number}）")[rank]


def _numeral(value: int) -> str:
    tens, ones = divmod(value, 10)
    digits = "零一二三四五六七八九"
    return (("" if tens < 2 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones or not tens else "")


def check_kind(placed: Sequence[Placed]) -> Iterator[Finding]:
    """What every document needs, and what a request or a report may and may not have."""
    title = "".join(one.text for one in placed if one.role is BlockKind.TITLE).replace(" ", "")
    by_role = {role: [one for one in placed if one.role is role] for role in (*BlockKind, *Around)}
    if not title:
        yield finding("no_title")
    yield from _check_frame(title, by_role)
    has_head = bool(by_role[Around.NUMBER])
    if title.endswith("请示报告"):
        yield finding("request_report", by_role[BlockKind.TITLE][0].number, title)
    elif title.endswith("请示"):
        yield from _check_request(by_role)
    elif title.endswith("报告"):
        for one in by_role[BlockKind.BODY]:
            if match := _ASKS.search(one.text):
                yield finding("report_asks", one.number, one.text, found=match.group())
    if title.endswith(("请示", "报告")) and has_head and not any("签发人" in one.text for one in placed):
        yield finding("signatory", by_role[Around.NUMBER][0].number, by_role[Around.NUMBER][0].text)
    kind = next((kind for kind in _OTHER_KINDS if title.endswith(kind)), None)
    if kind and has_head:
        yield finding("not_a_kind", by_role[BlockKind.TITLE][0].number, title, found=kind)


def _check_frame(title: str, by_role: dict[Role, list[Placed]]) -> Iterator[Finding]:
    addressees = by_role[BlockKind.ADDRESSEE]
    if not addressees and title.endswith(_NEED_ADDRESSEE):
        yield finding("no_addressee", found=next(kind for kind in _NEED_ADDRESSEE if title.endswith(kind)))
    for one in addressees[:1]:
        if not one.text.endswith("："):
            yield finding("addressee_colon", one.number, one.text)
    if not by_role[BlockKind.DATE] and not title.endswith(_UNDATED_KINDS):
        yield finding("no_date")
    elif by_role[BlockKind.DATE] and not by_role[BlockKind.SIGNATURE]:
        yield finding("no_signature", by_role[BlockKind.DATE][0].number, by_role[BlockKind.DATE][0].text)
    yield from _check_attachments(by_role)


def _check_attachments(by_role: dict[Role, list[Placed]]) -> Iterator[Finding]:
    """Are there as many as the note says, or as it and the notes within attachments say (a plan that is issued)?"""
    notes, labels = by_role[BlockKind.ATTACHMENT_NOTE], by_role[BlockKind.ATTACHMENT]
    claimed = _claimed(notes)
    within = _claimed([one for one in by_role[Around.AFTER] if ATTACHMENT_NOTE.match(one.text)])
    if notes and labels and not claimed <= len(labels) <= claimed + within:
        yield finding("attachment_names", notes[0].number, notes[0].text, found=str(len(labels)), wanted=str(claimed))


def _claimed(notes: Sequence[Placed]) -> int:
    return sum(max(len(_ITEM.findall(one.paragraph.text)), 1) for one in notes)


def _check_request(by_role: dict[Role, list[Placed]]) -> Iterator[Finding]:
    for one in by_role[BlockKind.ADDRESSEE][:1]:
        count = len([name for name in _LISTED.split(one.text.rstrip("：:")) if name])
        if count > 1:
            yield finding("request_several", one.number, one.text, found=str(count))
    ending = [one.text for one in by_role[BlockKind.BODY]][-2:]
    if not any(_CLOSING.search(text) for text in ending):
        yield finding("request_closing")
    if not any(_CONTACT.search(one.text) for role in (BlockKind.NOTE, BlockKind.BODY) for one in by_role[role][-2:]):
        yield finding("request_contact")
