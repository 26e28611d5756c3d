"""What stands above the body: number, authority, date, title, author, addressees."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from policykb.structure.bylines import NO_BYLINE, Byline, read_byline, read_source
from policykb.structure.dates import is_date_line, partial_date
from policykb.structure.lines import Line
from policykb.structure.markers import starts_with_marker
from policykb.structure.organs import is_organ, persons

MAX_TITLE = 60
_MAX_FIRST_LINE = 100
"""The first line of all may be a longer title, if it is no sentence."""
_MAX_LINES = 20
_MAX_TITLE_LINES = 4
_AGENCY = r"[\u4e00-\u9fffXxＸ×]{1,14}"
_NUMBER = re.compile(rf"{_AGENCY}\s*[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\]）)】]\s*第?\s*[\dXxＸ×]{{1,5}}\s*号")
_NUMBER_LINE = re.compile(
    rf"(?:发文字号|文号|编号)?[：:]?\s*[（(]?(?P<number>{_NUMBER.pattern})[）)]?(?P<rest>.{{0,20}})"
)
_SIGNATORY = re.compile(r"签发(?:人)?[：:]\s*(?P<names>[\u4e00-\u9fffXxＸ×、 \u3000]{2,20})")
_URGENCY = re.compile(
    r"(?:(?:绝密|机密|秘密)[★☆\s\d年]*|等\s*级[：:]?\s*)?(?P<urgency>特提|特急|加急|平急|急件)(?:\s*[·.・、]?\s*明电)?\s*"
)
_SERIAL = re.compile(
    r"[?？\s]*(?:[\u4e00-\u9fff]{0,12}(?P<serial>（?总?第\s*\d{1,4}\s*期）?(?:\s*（总第?\s*\d{1,5}\s*期）)?)|(?P<bare>\d{1,4}))[?？\s]*"
)
_PERIODICAL = re.compile(
    r"(?P<year>(?:19|20)\d\d)年第\d{1,2}期\s*(?:[—\-－]+\s*)?(?P<name>《?[\u4e00-\u9fff]{2,16}》?)?"
)
_SERIES = re.compile(r"【[^】]{2,40}】")
_NOTE = re.compile(r"【?(?P<label>编者按|编者的话|按语|核心提示|内容提要)】?\**\s*(?:[：:]|$|\s)")
_ADOPTED = re.compile(r"(?:通过|公布|发布|施行|修订|修正|批准|修改)(?:\s*根据.*)?[）)]?$")
_ADOPTER = re.compile(
    r"日\s*(?P<organ>[\u4e00-\u9fff]{3,40}?)(?:第[一二三四五六七八九十百\d]+(?:次|号)[^通公发]*)?(?:令第\d+号)?(?:通过|公布|发布|批准)"
)
_ORDER = re.compile(r"[\u4e00-\u9fff]{2,20}令第\s*\d+\s*号")
_CLASSIFICATION = re.compile(r"(?:绝密|机密|秘密|内部资料|明电|[\u4e00-\u9fff]{0,12}发电|文件)[\s★☆\d年]*")
_LONGEST_NAME = 24
_GROUPS = re.compile(r"(?:[部委局办厅院所会镇乡村区道门位府组校司团心站队处室班党]|支部|同志们?|代表|领导|单位)$")
_CONTINUED = ("关于", "印发", "转发", "批转")
_UNFINISHED = ("的", "、", "和", "关于", "印发", "转发")
ATTACHMENT_HEAD = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]{0,2}\s*[：:]?")
"""The line above the title of an attachment."""

ENDS_IN_KIND = re.compile(
    r"(?:通知|方案|意见|办法|规定|细则|规划|计划|要点|报告|请示|批复|决定|决议|公告|通告|通报|纪要|制度|条例|总结|的函)"
    r"(?:（[^（）]{1,16}）|》|\s)*$"
)
_MASTHEAD = re.compile(r"(?:简报|专报|快报|动态|信息|通讯|参考|专刊|摘报)$")
_ORGAN_AND_DATE = re.compile(r"(?P<organ>\S{4,40}?)[ \u3000\t]+(?P<date>\S.{7,20})")
_MADE_BY = re.compile(r"(?<=[部委办会室厅局府])(?:主办|编印|编发|编|文件)(\s.*)?$")
"""What follows the authority's name in a masthead."""

_ENDS_SENTENCE = "。；，、：:;"
_EMBEDDED_ISSUER = re.compile(r"(?P<issuer>[^，。：“《]{3,40}?)(?:关于|印发|转发|批转)")


@dataclass(frozen=True)
class Header:
    """What the lines above the body say; ``body`` is the index of the first line that belongs to the body.

    ``notes`` are the indexes of lines among them that are text to be read (编者按); ``serial`` tells that the
    number is that of an issue.
    """

    title: str = ""
    title_line: int | None = None
    authority: str | None = None
    number: str | None = None
    urgency: str | None = None
    signatory: str | None = None
    serial: bool = False
    issued: str | None = None
    published: str | None = None
    byline: Byline = NO_BYLINE
    publisher: str | None = None
    addressees: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()
    body: int = 0


@dataclass
class _Draft:
    """The header while its lines are read."""

    part_title: str
    titles: list[tuple[int, str]] = field(default_factory=list)
    found: dict[str, object] = field(default_factory=dict)
    notes: list[int] = field(default_factory=list)
    line: int = 0
    authority_line: int = -2

    @property
    def titled(self) -> bool:
        return bool(self.titles or self.part_title)

    def keep(self, **values: object) -> bool:
        """Keep what is not known yet; true, so that a reader can return it."""
        for name, value in values.items():
            if value and not self.found.get(name):
                self.found[name] = value
        return True


def read_header(lines: Sequence[Line], part_title: str = "") -> Header:
    """Read the lines from the top until the body begins.

    ``part_title`` is the title on the part line, which is then the first line.
    """
    draft = _Draft(part_title)
    index = 1 if part_title else 0
    while index < min(len(lines), _MAX_LINES):
        text, draft.line = lines[index].text, index
        if _NOTE.match(text) or (draft.notes and text[0] in "：:"):
            draft.notes.append(index)
        elif not any(reader(text, draft) for reader in _READERS):
            if draft.titled and (addressees := _addressees(text)):
                draft.keep(addressees=addressees)
                index += 1
                break
            if not _is_title(text, draft, lines, index):
                break
            draft.titles.append((index, text))
        index += 1
    return _finish(draft, index)


def note_label(text: str) -> str:
    """The word that opens an editor's note (编者按), as it stands at the beginning of ``text``; "" without one."""
    match = _NOTE.match(text)
    return text[: match.end("label")] if match else ""


def _finish(draft: _Draft, body: int) -> Header:
    title, title_line = draft.part_title, 0 if draft.part_title else None
    if draft.titles and not title:
        title_line, title = draft.titles[0]
    authority = draft.found.get("authority")
    if title_line is not None and draft.titles and not draft.part_title:
        title = _join_title(draft.titles)
    if isinstance(authority, str) and draft.authority_line == (title_line or 0) - 1 and title.startswith(_CONTINUED):
        title = authority + title
    if not authority and (match := _EMBEDDED_ISSUER.match(title)) and is_organ(match["issuer"]):
        draft.keep(authority=match["issuer"])
    notes = tuple(draft.notes)
    return Header(title=title, title_line=title_line, notes=notes, body=body, **draft.found)  # type: ignore[arg-type] # each reader keeps the fields of Header


def _join_title(titles: Sequence[tuple[int, str]]) -> str:
    """The title with the lines next to it that go on with it; a subtitle does not."""
    (last, title), *following = titles
    for index, text in following:
        if index != last + 1 or not _continues(title, text):
            break
        title, last = title + text, index
    return title


def _continues(first: str, second: str) -> bool:
    """Whether a title goes on in the next line: an open bracket, or the kind of document only at the second's end."""
    if any(first.count(a) > first.count(b) for a, b in ("《》", "“”", "（）")) or first.endswith(_UNFINISHED):
        return True
    return bool(ENDS_IN_KIND.search(second)) and not ENDS_IN_KIND.search(first) and second[0] not in "—-－"


def _is_title(text: str, draft: _Draft, lines: Sequence[Line], index: int) -> bool:
    longest = MAX_TITLE if draft.titled or re.search(r"[。，；]", text) else _MAX_FIRST_LINE
    if not 2 <= len(text) <= longest or text[-1] in _ENDS_SENTENCE or starts_with_marker(text):
        return False
    if not draft.titled:
        return True
    if draft.part_title and not draft.titles:
        return text == draft.part_title or _is_body(lines, index + 1)
    adjacent = bool(draft.titles) and draft.titles[-1][0] + 1 == index
    return adjacent and len(draft.titles) < _MAX_TITLE_LINES and index + 1 < len(lines)


def _is_body(lines: Sequence[Line], index: int) -> bool:
    return index < len(lines) and len(lines[index].text) > MAX_TITLE


def _addressees(text: str) -> tuple[str, ...]:
    if text[-1] not in "：:" or len(text) > 120 or "。" in text or starts_with_marker(text):
        return ()
    names = tuple(name.strip() for name in re.split(r"[，、；,]", text[:-1].strip()) if name.strip())
    named = all(2 <= len(name) <= _LONGEST_NAME for name in names) and _GROUPS.search(names[-1]) if names else False
    return names if named and not re.search(r"如下|以下|下列", text) else ()


def _read_number(text: str, draft: _Draft) -> bool:
    urgency = _URGENCY.match(text)
    match = _NUMBER_LINE.fullmatch(text, urgency.end() if urgency else 0) if len(text) <= MAX_TITLE else None
    if match is None:
        return False
    return draft.keep(
        number=match["number"], urgency=urgency and urgency["urgency"], signatory=_signatory(match["rest"])
    )


def _signatory(text: str) -> str | None:
    """Who signed (签发人：李 明); of several their names with 、 between them."""
    match = _SIGNATORY.fullmatch(text.strip())
    parts = re.split(r"[、\s]+", match["names"].strip()) if match else []
    return ("" if all(len(part) == 1 for part in parts) else "、").join(parts) or None


def _read_serial(text: str, draft: _Draft) -> bool:
    if len(text) <= 30 and (match := _SERIAL.fullmatch(text)):
        if len(draft.titles) == 1 and _MASTHEAD.search(draft.titles[0][1]):
            draft.titles.clear()
        return draft.keep(number=match["serial"] or match["bare"], serial=True)
    return False


def _read_date(text: str, draft: _Draft) -> bool:
    return is_date_line(text) and draft.keep(issued=partial_date(text))


def _read_adoption(text: str, draft: _Draft) -> bool:
    if len(text) > 160 or not _ADOPTED.search(text) or not (date := partial_date(text[:24])):
        return False
    organ, order = _ADOPTER.search(text), _ORDER.search(text)
    return draft.keep(
        issued=date, authority=organ and organ["organ"], number=order and order[0].split("日")[-1].strip()
    )


def _read_periodical(text: str, draft: _Draft) -> bool:
    if match := _PERIODICAL.fullmatch(text):
        return draft.keep(published=match["year"], publisher=(match["name"] or "").strip("《》"))
    return False


def _read_byline(text: str, draft: _Draft) -> bool:
    if (byline := read_byline(text)) is not None:
        return draft.keep(byline=byline)
    if source := read_source(text):
        return draft.keep(publisher=source)
    if draft.titled and (names := persons(text)):
        return draft.keep(byline=Byline("", names))
    return False


def _read_authority(text: str, draft: _Draft) -> bool:
    text = _MADE_BY.sub(r"\1", text)
    match = _ORGAN_AND_DATE.fullmatch(text)
    if match and is_organ(match["organ"]) and is_date_line(match["date"]):
        return draft.keep(authority=match["organ"], issued=partial_date(match["date"]))
    if not is_organ(text):
        return False
    draft.authority_line = draft.line
    return draft.keep(authority=text)


def _read_mark(text: str, draft: _Draft) -> bool:
    """Urgency and signatory; series, classification and the like, which are in no field."""
    if urgency := _URGENCY.fullmatch(text):
        return draft.keep(urgency=urgency["urgency"])
    if (signatory := _signatory(text)) is not None:
        return draft.keep(signatory=signatory)
    return bool(ATTACHMENT_HEAD.fullmatch(text) or _SERIES.fullmatch(text) or _CLASSIFICATION.fullmatch(text))


_READERS: tuple[Callable[[str, _Draft], bool], ...] = (
    _read_number,
    _read_serial,
    _read_date,
    _read_adoption,
    _read_periodical,
    _read_byline,
    _read_authority,
    _read_mark,
)
