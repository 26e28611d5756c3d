"""The lines above a body, one reader a kind of line: what each adds to the header."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from policykb.structure.bylines import Byline, read_byline, read_source, read_speaker
from policykb.structure.dates import is_date_line, partial_date
from policykb.structure.document_numbers import (
    read_bare_number,
    read_issue,
    read_number_line,
    read_order,
    read_signatory,
    read_urgency,
)
from policykb.structure.labels import read_labels
from policykb.structure.organs import one_authority, organs_of, persons

ATTACHMENT_HEAD = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]{0,2}\s*[：:]?")
"""The line above the title of an attachment."""

_MAX_NUMBER_LINE = 60
_ISSUE_GOES_ON = re.compile(r"（总第?\s*\d{1,5}\s*期）")
_PERIODICAL = re.compile(
    r"(?P<year>(?:19|20)\d\d)年第\d{1,2}期\s*(?:[—\-－]+\s*)?(?P<name>《?[\u4e00-\u9fff]{2,16}》?)?"
)
_SERIES = re.compile(r"【[^】]{2,40}】")
_ADOPTED = re.compile(r"(?:通过|公布|发布|施行|修订|修正|批准|修改)(?:\s*根据.*)?[）)]?$")
_ADOPTER = re.compile(
    r"日\s*(?P<organ>[\u4e00-\u9fff]{3,40}?)(?:第[一二三四五六七八九十百\d]+(?:次|号)[^通公发]*)?(?:令第\d+号)?(?:通过|公布|发布|批准)"
)
_ORDER_IN_ADOPTION = re.compile(r"[\u4e00-\u9fff]{2,20}令第\s*\d+\s*号")
_CLASSIFICATION = re.compile(r"[★☆]?(?:绝密|机密|秘密|内部资料|明电|[\u4e00-\u9fff]{0,12}发电|文件)[\s★☆\d年]*")
_COPY_NUMBER = re.compile(r"(?:份号[：:]?\s*)?\d{6}")
"""The number of the copy, six digits in the corner of the first page (GB/T 9704-2012, 7.2.1)."""

_MASTHEAD = re.compile(r"(?:简报|专报|快报|动态|信息|通讯|参考|专刊|摘报|交流|通报|要情)$")
_LONGEST_MASTHEAD = 8
"""So short a line above the number of an issue is the bulletin's name (情况反映), whatever it ends in."""
_ORGAN_AND_DATE = re.compile(r"(?P<organ>\S{3,40}(?:[ \u3000]+\S{3,40})?)[ \u3000\t]+(?P<date>\S.{6,20})")
_MADE_BY = re.compile(r"(?<=[部委办会室厅局府院司校团])\s*(?:主办|编印|编发|印发|编|文件)(\s.*)?$")
"""What follows the authority's name in a masthead."""

_ANNOUNCED = ("公告", "通告", "命令", "令", "公报")
"""Titles of documents whose number says neither who nor when: 第3号."""


@dataclass
class HeaderDraft:
    """The header while its lines are read; ``found`` holds fields of ``Header``."""

    part_title: str
    titles: list[tuple[int, str]] = field(default_factory=list)
    organs: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    found: dict[str, object] = field(default_factory=dict)
    notes: list[int] = field(default_factory=list)
    line: int = 0

    @property
    def titled(self) -> bool:
        """Whether there is a title already."""
        return bool(self.titles or self.part_title)

    def keep(self, **values: object) -> bool:
        """Keep what is not known yet; true, so that a reader can return it."""
        for name, value in values.items():
            if value and not self.found.get(name):
                self.found[name] = value
        return True


def _read_number(text: str, draft: HeaderDraft) -> bool:
    line = read_number_line(text) if len(text) <= _MAX_NUMBER_LINE else None
    if line is not None:
        return draft.keep(**line._asdict())
    if order := read_order(text):
        return draft.keep(authority=order[0], number=order[1], order=True)
    bare = read_bare_number(text)
    announced = draft.found.get("order") or (draft.titles and draft.titles[-1][1].endswith(_ANNOUNCED))
    return bool(bare and announced) and draft.keep(number=bare)


def _read_issue(text: str, draft: HeaderDraft) -> bool:
    number = draft.found.get("number")
    if draft.found.get("serial") and isinstance(number, str) and _ISSUE_GOES_ON.fullmatch(text):
        draft.found["number"] = number + text
        return True
    above = draft.titles[0][1] if len(draft.titles) == 1 else ""
    below_masthead = bool(above) and (len(above) <= _LONGEST_MASTHEAD or bool(_MASTHEAD.search(above)))
    if not (issue := read_issue(text, dated=below_masthead)):
        return False
    if below_masthead:
        draft.titles.clear()
    return draft.keep(number=issue, serial=True)


def _read_date(text: str, draft: HeaderDraft) -> bool:
    return is_date_line(text) and draft.keep(issued=partial_date(text))


def _read_adoption(text: str, draft: HeaderDraft) -> bool:
    if len(text) > 160 or not _ADOPTED.search(text) or not (date := partial_date(text[:24])):
        return False
    organ, order = _ADOPTER.search(text), _ORDER_IN_ADOPTION.search(text)
    return draft.keep(issued=date, adopter=organ and organ["organ"], number=order and order[0].split("日")[-1].strip())


def _read_periodical(text: str, draft: HeaderDraft) -> bool:
    if match := _PERIODICAL.fullmatch(text):
        return draft.keep(published=match["year"], publisher=(match["name"] or "").strip("《》"))
    return False


def _read_labels(text: str, draft: HeaderDraft) -> bool:
    said = read_labels(text)
    if said is None:
        return False
    names = tuple(re.split(r"[\s、，]+", said["authors"])) if "authors" in said else ()
    return draft.keep(
        labelled_title=said.get("title"),
        number=said.get("document_number"),
        labelled_authority=one_authority(said.get("issuing_authority", "")),
        issued=partial_date(said.get("issued_on", "")),
        published=partial_date(said.get("published_on", "")),
        publisher=said.get("publisher", "").strip("《》"),
        byline=Byline("", names, "记者" in text) if names else None,
    )


def _read_byline(text: str, draft: HeaderDraft) -> bool:
    if (byline := read_byline(text)) is not None:
        return draft.keep(byline=byline)
    if source := read_source(text):
        return draft.keep(publisher=source)
    if draft.titled and (names := persons(text)):
        return draft.keep(byline=Byline("", names))
    speaker = read_speaker(text) if draft.titled else None
    return speaker is not None and draft.keep(byline=speaker)


def _read_authority(text: str, draft: HeaderDraft) -> bool:
    text = _MADE_BY.sub(r"\1", text)
    match = _ORGAN_AND_DATE.fullmatch(text)
    organs = organs_of(match["organ"]) if match and is_date_line(match["date"]) else ()
    if organs and match:
        draft.organs.append((draft.line, organs))
        return draft.keep(issued=partial_date(match["date"]))
    if not (organs := organs_of(text)):
        return False
    draft.organs.append((draft.line, organs))
    return True


def _read_mark(text: str, draft: HeaderDraft) -> bool:
    """Urgency and signatory; copy number, series, classification, rules and the like, which are in no field."""
    if urgency := read_urgency(text):
        return draft.keep(urgency=urgency)
    if (signatory := read_signatory(text)) is not None:
        return draft.keep(signatory=signatory)
    if not any(map(str.isalnum, text)):
        return True
    if not draft.titled and _COPY_NUMBER.fullmatch(text):
        return True
    return bool(ATTACHMENT_HEAD.fullmatch(text) or _SERIES.fullmatch(text) or _CLASSIFICATION.fullmatch(text))


READERS: tuple[Callable[[str, HeaderDraft], bool], ...] = (
    _read_number,
    _read_issue,
    _read_date,
    _read_adoption,
    _read_periodical,
    _read_labels,
    _read_byline,
    _read_authority,
    _read_mark,
)
"""In this order; the first that takes a line has it."""
