"""What stands above the body: number, authority, date, title, author, addressees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policykb.structure.bylines import NO_BYLINE, Byline
from policykb.structure.header_lines import READERS, HeaderDraft
from policykb.structure.lines import Line, without_letter_spacing
from policykb.structure.markers import starts_with_marker
from policykb.structure.organs import organs_of

MAX_TITLE = 60
_MAX_FIRST_LINE = 100
"""The first line of all may be a longer title, if it is no sentence."""
_MAX_LINES = 24
_MAX_TITLE_LINES = 4
_NOTE = re.compile(r"【?(?P<label>编者按|编者的话|按语|核心提示|内容提要)】?\**\s*(?:[：:]|$|\s)")
_LONGEST_NAME = 30
_NAMES_PARTED = re.compile(r"([，、；;,])(?![^（]*）)")
_DIVISION = r"各?(?:省|自治区|直辖市|市|自治州|州|地区|地|盟|县|区|旗|乡|镇)(?:（[^（）]{1,12}）)?"
_BARE_DIVISION = re.compile(_DIVISION)
_ORGAN_OF_DIVISION = re.compile(rf"{_DIVISION}.{{0,20}}[府委厅局部会办院]")
_GROUPS = re.compile(
    r"(?:[部委局办厅院所会镇乡村区道门位府组校司团心站队处室班党构省市县州]|支部|党组织|党员|企业|机关|同志们?|代表|领导|单位)(?:（[^（）]{1,12}）)?$"
)
_CONTINUED = ("关于", "印发", "转发", "批转")
_UNFINISHED = ("的", "、", "和", "关于", "印发", "转发")
_VERSION = re.compile(r"（[^（）]{1,10}(?:稿|行|案|订|版)）")
"""A line behind a title that belongs to it: （试行）, （征求意见稿）."""

ENDS_IN_KIND = re.compile(
    r"(?:通知|方案|意见|办法|规定|细则|规划|计划|要点|报告|请示|批复|决定|决议|公告|通告|通报|纪要|制度|条例|总结|的函)"
    r"(?:（[^（）]{1,16}）|》|\s)*$"
)
_BULLETS = "※◆◇●○★☆▲△■□►▶ \u3000"
_BARE_KIND = 4
_ENDS_SENTENCE = "。；，、：:;"
_EMBEDDED_ISSUER = re.compile(r"(?P<issuer>[^，。：“《]{3,60}?)(?:关于|印发|转发|批转)")


@dataclass(frozen=True)
class Header:
    """What the lines above the body say; ``body`` is the index of the first line that belongs to the body.

    ``authority`` stands on lines of its own, ``title_authority`` at the head of the title (several joined by 、),
    ``labelled_authority`` is what a site's data say (发布机构：…), often the office that put the text there;
    ``notes`` are the indexes of lines among them that are text to be read (编者按); ``serial`` tells that the
    number is that of an issue, ``order`` that the text is an order (令).
    """

    title: str = ""
    title_line: int | None = None
    authority: str | None = None
    title_authority: str | None = None
    labelled_authority: str | None = None
    number: str | None = None
    urgency: str | None = None
    signatory: str | None = None
    serial: bool = False
    order: bool = False
    issued: str | None = None
    published: str | None = None
    byline: Byline = NO_BYLINE
    publisher: str | None = None
    addressees: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()
    body: int = 0


def read_header(lines: Sequence[Line], part_title: str = "", page_title: str = "") -> Header:
    """Read the lines from the top until the body begins.

    ``part_title`` is the title on the part line, which is then the first line; ``page_title`` what the page or the
    row of a table calls the text: then it may begin with its addressees.
    """
    draft = HeaderDraft(part_title)
    index = 1 if part_title else 0
    while index < min(len(lines), _MAX_LINES):
        text, draft.line = without_letter_spacing(lines[index].text), index
        if _NOTE.match(text) or (draft.notes and text[0] in "：:"):
            draft.notes.append(index)
        elif not any(reader(text, draft) for reader in READERS):
            if (draft.titled or page_title) and (addressees := _addressees(text)):
                draft.keep(addressees=addressees)
                index += 1
                break
            if not _is_title(text, draft, lines, index):
                break
            draft.titles.append((index, text.lstrip(_BULLETS) or text))
        index += 1
    return _finish(draft, index)


def note_label(text: str) -> str:
    """The word that opens an editor's note (编者按), as it stands at the beginning of ``text``; "" without one."""
    match = _NOTE.match(text)
    return text[: match.end("label")] if match else ""


def _finish(draft: HeaderDraft, body: int) -> Header:
    title, title_line = draft.part_title, 0 if draft.part_title else None
    labelled = draft.found.pop("labelled_title", "")
    if draft.titles and not title:
        title_line = draft.titles[0][0]
        title = _join_title(draft.titles)
    elif not title and isinstance(labelled, str):
        title = labelled
    groups = _groups(draft.organs)
    above = next((names for first, last, names in groups if last == (title_line or 0) - 1), ())
    if above and title.startswith(_CONTINUED):
        title = " ".join(above) + title
    if groups:
        draft.keep(authority="、".join(max(groups, key=lambda group: len(group[2]))[2]))
    match = _EMBEDDED_ISSUER.match(title)
    named = "、".join(organs_of(match["issuer"])) if match else ""
    adopter = draft.found.pop("adopter", None)
    if not named:
        draft.keep(authority=adopter)
    return Header(
        title=title,
        title_line=title_line,
        title_authority=named or None,
        notes=tuple(draft.notes),
        body=body,
        **draft.found,  # type: ignore[arg-type] # each reader keeps the fields of Header
    )


def _groups(organs: Sequence[tuple[int, tuple[str, ...]]]) -> list[tuple[int, int, tuple[str, ...]]]:
    """The authorities of lines that follow each other, with the first and the last line: they issue together."""
    groups: list[tuple[int, int, tuple[str, ...]]] = []
    for line, names in organs:
        if groups and groups[-1][1] == line - 1:
            first, _, before = groups.pop()
            groups.append((first, line, tuple(dict.fromkeys((*before, *names)))))
        else:
            groups.append((line, line, names))
    return groups


def _join_title(titles: Sequence[tuple[int, str]]) -> str:
    """The title with the lines next to it that go on with it; a subtitle does not.

    A bare kind above it (请示) is only the head of the sheet.
    """
    if len(titles) > 1 and len(titles[0][1]) <= _BARE_KIND and titles[1][1].endswith(titles[0][1]):
        titles = titles[1:]
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
    if _VERSION.fullmatch(second):
        return True
    return bool(ENDS_IN_KIND.search(second)) and not ENDS_IN_KIND.search(first) and second[0] not in "—-－"


def _is_title(text: str, draft: HeaderDraft, lines: Sequence[Line], index: int) -> bool:
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
    names = tuple(_named_in(text[:-1]))
    named = all(2 <= len(name) <= _LONGEST_NAME for name in names) and _GROUPS.search(names[-1]) if names else False
    return names if named and not re.search(r"如下|以下|下列", text) else ()


def _named_in(text: str) -> Iterator[str]:
    """The names of a list; members that share a word are one name (各省、自治区、直辖市人民政府; 市各委、办、局)."""
    pieces = _NAMES_PARTED.split(text)
    names, marks = [piece.strip() for piece in pieces[::2]], pieces[1::2]
    group = ""
    for name, mark, following in zip(names, [*marks, ""], [*names[1:], ""], strict=True):
        group += name
        if mark == "、" and _share_a_word(name, following):
            group += mark
        elif group:
            yield group
            group = ""


def _share_a_word(name: str, following: str) -> bool:
    if 1 in (len(name), len(following)):
        return True
    organ = _BARE_DIVISION.fullmatch(following) or _ORGAN_OF_DIVISION.match(following)
    return bool(_BARE_DIVISION.fullmatch(name) and organ)
