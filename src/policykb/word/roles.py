"""What each paragraph of a Word file is on the page, told by its text, its place, and how it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from docx.text.paragraph import Paragraph

from policykb.blocks import HEADINGS, BlockKind
from policykb.word.looks import Looks

_NUMERAL = "[一二三四五六七八九十百]{1,4}"
HEADING_MARKS = (
    re.compile(rf"({_NUMERAL})(、|[.．])"),
    re.compile(rf"[（(]({_NUMERAL})[）)](、?)"),
    re.compile(r"([0-9]{1,3})(、|[.．](?![0-9]))"),
    re.compile(r"[（(]([0-9]{1,3})[）)](、?)"),
)
NUMBER = re.compile(r"(\S{0,20}?)\s?([〔\[（(【［])\s?((?:19|20)[0-9]{2})\s?([〕\]）)】］])\s?(第?)([0-9]{1,5})\s?号")
DATE = re.compile(r"((?:19|20)[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日")
CHINESE_DATE = re.compile(
    "[一二][〇零○Ο0O一二三四五六七八九]{3}年[元正一二三四五六七八九十]{1,3}月[一二三四五六七八九十廿卅]{1,3}日"
)
_DATE_TO_COME = re.compile("【待填：[^【】]{0,20}日期】")
_ATTENDANCE = re.compile("(?:出席|列席|请假|缺席|主持|记录)(?:人员|人)?[:：]")
_SECRET = re.compile(r"(?:绝密|机密|秘密)(?:★.{0,12})?|特急|加急|平急|[0-9]{6}")
_SERIAL = r"[\s0-9×XxＸ＊*_＿]{0,6}"
_NUMBER_TO_COME = (
    rf"\S{{0,20}}?\s?[〔\[（(［]{_SERIAL}[〕\]）)］]\s?第?{_SERIAL}号|【待填：[^【】]{{0,20}}(?:字号|文号|编号|期号)】"
)
_NUMBER_LINE = re.compile(
    rf"(?:(?:{_SECRET.pattern})\s+)?(?:{NUMBER.pattern}|{_NUMBER_TO_COME})(?:\s*签发人.*|\t.{{1,30}})?"
    rf"|签发人.{{2,60}}|第{_SERIAL}期"
)
_ATTACHMENT = re.compile(r"附件\s*[0-9一二三四五六七八九十]{0,3}[:：]?")
ATTACHMENT_NOTE = re.compile(r"附件?[:：]\s*\S")
_AS_FOLLOWS = re.compile(r"(?:如下|以下|下列|包括|方面|是|为)[:：]$")
_NOTE = re.compile(r"[（(].{2,80}[）)]$")
_ENDS = ("。", "！", "？", "；", "，", "、")


class Around(StrEnum):
    """What stands around the blocks of a document: its head, and what follows the label of an attachment."""

    CORNER = "corner"
    MARK = "mark"
    NUMBER = "number"
    AFTER = "after"


Role = BlockKind | Around
"""What a paragraph is."""


class Placed(NamedTuple):
    """A paragraph with what it is; ``number`` counts the paragraphs of the text, empty ones too, from 1."""

    number: int
    paragraph: Paragraph
    role: Role

    @property
    def text(self) -> str:
        """The text without blanks around it and without its line breaks."""
        return self.paragraph.text.strip().replace("\n", "")


def place_paragraphs(paragraphs: Sequence[Paragraph], looks: Looks) -> list[Placed]:
    """Every paragraph with text and what it is.  After the first attachment all is ``AFTER`` but its label."""
    filled = [(number, one) for number, one in enumerate(paragraphs, 1) if one.text.strip()]
    at = _title_at([one for _, one in filled], looks)
    placed = [Placed(number, one, _above(one)) for number, one in filled[: at[0]]]
    placed += [Placed(number, one, BlockKind.TITLE) for number, one in filled[slice(*at)]]
    below = [_set_apart(one, looks) for one in _below(filled[at[1] :])]
    return placed + _sign(below)


def _set_apart(one: Placed, looks: Looks) -> Placed:
    """A short line that begins far to the right is a signature, with or without a date below it."""
    if not _may_sign(one):
        return one
    form = looks.form(one.paragraph)
    is_right = form.align in ("right", "end") or form.left + form.first_line > 6
    return one._replace(role=BlockKind.SIGNATURE) if is_right else one


def _may_sign(one: Placed) -> bool:
    """Whether a line is short and no sentence, as the name of an authority is."""
    return one.role is BlockKind.BODY and len(one.text) <= 40 and not one.text.endswith((*_ENDS, "："))


def _title_at(paragraphs: Sequence[Paragraph], looks: Looks) -> tuple[int, int]:
    """The first and the last paragraph (exclusive) of the title: the first centred or large lines below the number."""
    start = 0
    for index, paragraph in enumerate(paragraphs[:8]):
        text = paragraph.text.strip()
        if _NUMBER_LINE.fullmatch(text) or _SECRET.fullmatch(text) or _is_red(paragraph):
            start = index + 1
    for index in range(start, min(start + 3, len(paragraphs))):
        if _is_title(paragraphs[index], looks):
            end = index + 1
            while end < len(paragraphs) and end < index + 4 and _goes_on(paragraphs[index], paragraphs[end], looks):
                end += 1
            return index, end
    return start, start


def _is_title(paragraph: Paragraph, looks: Looks) -> bool:
    text = paragraph.text.strip()
    plain = len(text) <= 100 and not text.endswith((*_ENDS, "：", ":")) and not HEADING_MARKS[0].match(text)
    size = max((look.size for look in looks.runs(paragraph)), default=0)
    return plain and (looks.form(paragraph).align == "center" or size >= 18 or bool(_kind_of(text)))


def _goes_on(first: Paragraph, next_one: Paragraph, looks: Looks) -> bool:
    sizes = [max((look.size for look in looks.runs(one)), default=0) for one in (first, next_one)]
    return sizes[0] == sizes[1] and looks.form(next_one).align == "center" and _is_title(next_one, looks)


def _kind_of(title: str) -> bool:
    return title.endswith(
        ("通知", "报告", "请示", "函", "纪要", "方案", "总结", "意见", "决定", "通报", "批复", "办法")
    )


def _is_red(paragraph: Paragraph) -> bool:
    colors = [run.font.color.rgb for run in paragraph.runs if run.font.color is not None and run.text.strip()]
    return bool(colors) and all(color is not None and str(color) == "FF0000" for color in colors)


def _above(paragraph: Paragraph) -> Role:
    text = paragraph.text.strip()
    if _NUMBER_LINE.fullmatch(text):
        return Around.NUMBER
    return Around.CORNER if _SECRET.fullmatch(text) else Around.MARK


def _below(filled: Sequence[tuple[int, Paragraph]]) -> Iterator[Placed]:
    after, noted = False, False
    for index, (number, paragraph) in enumerate(filled):
        text = paragraph.text.strip()
        if _ATTACHMENT.fullmatch(text) and index:
            after = True
            yield Placed(number, paragraph, BlockKind.ATTACHMENT)
        elif after:
            yield Placed(number, paragraph, Around.AFTER)
        else:
            role = _role(text, index)
            if noted and role is BlockKind.HEADING_3:  # the second attachment: 2.台账
                role = BlockKind.ATTACHMENT_NOTE
            noted = role is BlockKind.ATTACHMENT_NOTE
            yield Placed(number, paragraph, role)


def _role(text: str, index: int) -> Role:
    heading = next((role for pattern, role in zip(HEADING_MARKS, HEADINGS, strict=True) if pattern.match(text)), None)
    if heading:
        return heading
    if index < 2 and _is_addressee(text, index):
        return BlockKind.ADDRESSEE
    told = (
        (_ATTENDANCE.match(text), BlockKind.ATTENDANCE),
        (ATTACHMENT_NOTE.match(text), BlockKind.ATTACHMENT_NOTE),
        (DATE.fullmatch(text) or CHINESE_DATE.fullmatch(text) or _DATE_TO_COME.fullmatch(text), BlockKind.DATE),
    )
    return next((role for match, role in told if match), BlockKind.BODY)


def _is_addressee(text: str, index: int) -> bool:
    """Whether a line right below the title names those addressed: by its colon, or where that lacks, by its end."""
    if text.endswith(("：", ":")):
        return not _AS_FOLLOWS.search(text)
    return index == 0 and len(text) <= 30 and text.endswith(_ORGAN_ENDS)


_ORGAN_ENDS = ("委", "部", "府", "局", "办", "办公室", "单位", "厅", "处")


def _sign(placed: list[Placed]) -> list[Placed]:
    """Tell signature and note by the date that stands between them."""
    for index, one in enumerate(placed):
        if one.role is not BlockKind.DATE:
            continue
        before = placed[index - 1] if index else None
        after = placed[index + 1] if index + 1 < len(placed) else None
        if (
            before
            and before.role is BlockKind.BODY
            and len(before.text) <= 40
            and not before.text.endswith((*_ENDS, "："))
        ):
            placed[index - 1] = before._replace(role=BlockKind.SIGNATURE)
        if after and _NOTE.fullmatch(after.text):
            placed[index + 1] = after._replace(role=BlockKind.NOTE)
    return placed
