"""What stands below the body: authority and date of signature, the author's post, bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from policykb.structure.bylines import SPEAKER, Byline, is_authors_post, read_byline, read_source
from policykb.structure.dates import is_date_line, partial_date
from policykb.structure.lines import Line, without_letter_spacing
from policykb.structure.organs import organs_of

_MAX_LINES = 10
_MAX_LENGTH = 80
_NOTE = re.compile(r"[（(](?:此件|附|责任编辑|责编|编辑|信息公开)[^）)]{0,60}[）)]?")
_CONTACT = re.compile(r"[（(]?(?P<contact>(?:联系人|联系电话|联系方式|联系单位|咨询电话)[：:][^（）()]{2,70})[）)]?")
_COPIED = re.compile(r"抄\s*送[：:](?P<organs>.{2,})")
_ATTACHMENT = re.compile(r"附\s*件?\s*\d{0,2}\s*[：:]\s*")
_LISTED = re.compile(r"附|\d{1,2}(?!\d)")
_NUMBERED = re.compile(r"(?:^|(?<=[\s；;。]))\d{1,2}\s*[.．、:：]\s*")
_PRINTED = re.compile(r"(?:.{4,40}?[\s　]*)?(?P<date>\S{8,12}日)[\s　]*印发")
_IMPRINT = re.compile(
    r"(?:抄送|抄报|主送|印发|报送|主题词|附件|附)[：:\s\d].*|(?:报|送|发)[：:].*|[（(]?共印\s*\d+\s*份[）)]?|（?公开方式.{2,12}"
)


class Closing(NamedTuple):
    """What the signature block says; the body ends at ``body_end`` of the text.

    ``printed`` is the date of the imprint (……印发).
    """

    body_end: int
    authorities: tuple[str, ...] = ()
    issued: str | None = None
    printed: str | None = None
    byline: Byline = Byline()
    source: str | None = None
    posted: bool = False
    copied_to: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    contact: str | None = None

    @property
    def authority(self) -> str | None:
        """All who signed, joined by 、."""
        return "、".join(self.authorities) or None


def read_closing(lines: Sequence[Line], known_authority: str | None = None) -> Closing:
    """Read the last of ``lines`` upwards until the body, then what is glued to the body's last sentence.

    ``known_authority`` is the one named above the body: it counts below it without a date too.
    """
    closing = Closing(lines[-1].end if lines else 0)
    kept = len(lines)
    attachments = _attachment_lines(lines)
    for line in reversed(lines[-_MAX_LINES:]):
        read = closing if line in attachments else _read(line.text, closing, known_authority)
        if read is None:
            break
        closing, kept = read, kept - 1
    if not kept:
        return Closing(lines[-1].end if lines else 0)
    body_end = lines[kept - 1].end
    named = _attachment_titles(line.text for line in attachments if line.start >= body_end)
    closing = closing._replace(body_end=body_end, attachments=tuple(named))
    return _read_tail(lines[kept - 1], closing, known_authority)


def _attachment_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a list of attachments near the end: 附件：1.招生计划表, and what is numbered on below it."""
    last = lines[-_MAX_LINES:]
    first = next((at for at, line in enumerate(last) if _ATTACHMENT.match(line.text)), len(last))
    listed = takewhile(lambda line: _LISTED.match(line.text) and "。" not in line.text[:-1], last[first:])
    return tuple(listed)


def _attachment_titles(texts: Iterable[str]) -> Iterator[str]:
    """The titles of the attachments that the lines list, without their numbers."""
    for text in texts:
        for title in _NUMBERED.split(_ATTACHMENT.sub("", text)):
            if title.strip(" \u3000；;。"):
                yield title.strip(" \u3000；;。")


def _read(text: str, closing: Closing, known: str | None) -> Closing | None:
    """``closing`` with what this line adds to it; None when the line is body."""
    if len(text) > _MAX_LENGTH:
        return None
    text = without_letter_spacing(text)
    return _read_signature(text, closing, known) or _read_imprint(text, closing)


def _read_signature(text: str, closing: Closing, known: str | None) -> Closing | None:
    """Who signed and when, or who wrote."""
    read: Closing | None = None
    if is_date_line(text.removesuffix("印发")):
        read = closing._replace(issued=closing.issued or partial_date(text))
    elif closing.issued is not None and (organs := organs_of(text)):
        read = closing._replace(authorities=tuple(dict.fromkeys((*organs, *closing.authorities))))
    elif text == known and not closing.authorities:
        read = closing._replace(authorities=(text,))
    elif SPEAKER.fullmatch(text):
        read = closing
    elif is_authors_post(text):
        read = closing._replace(posted=True)
    elif byline := read_byline(text):
        read = closing._replace(byline=byline)
    return read or _read_organ_and_date(text, closing)


def _read_imprint(text: str, closing: Closing) -> Closing | None:
    """Whom to ask, who gets a copy, when it was printed; remarks of which nothing is kept."""
    read: Closing | None = None
    if contact := _CONTACT.fullmatch(text):
        said = contact["contact"].strip()
        read = closing._replace(contact=f"{said} {closing.contact}" if closing.contact else said)
    elif copied := _COPIED.fullmatch(text):
        read = closing._replace(copied_to=tuple(filter(None, re.split(r"[，,、；;。\s]+", copied["organs"]))))
    elif printed := _PRINTED.fullmatch(text):
        read = closing._replace(printed=partial_date(printed["date"]))
    elif _NOTE.fullmatch(text) or _IMPRINT.fullmatch(text):
        read = closing
    elif source := read_source(text):
        read = closing._replace(source=source)
    return read


def _read_tail(line: Line, closing: Closing, known: str | None) -> Closing:
    """What follows the last full stop within the body's last line: ……。酒泉日报社全媒体记者 王国全."""
    at = max(line.text.rfind(mark) for mark in "。！？") + 1
    if at < len(line.text) and line.text[at] in "”’）":
        at += 1
    tail = line.text[at:].strip()
    if not at or not tail or len(tail) > _MAX_LENGTH:
        return closing
    read = _read(tail, closing, known)
    return read._replace(body_end=line.start + len(line.text[:at].rstrip())) if read else closing


def _read_organ_and_date(tail: str, closing: Closing) -> Closing | None:
    match = re.search(r"[\s　]*(?:(?:19|20)\d\d年|[二〇○零一九]{2}[〇○零一二三四五六七八九]{2}年)", tail)
    organs = organs_of(tail[: match.start()]) if match and is_date_line(tail[match.start() :].strip()) else ()
    if match and organs:
        return closing._replace(authorities=organs, issued=partial_date(tail[match.start() :]))
    return None
