"""The metadata of a document, chosen among what header, opening, closing and page say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from policykb.structure.bylines import Byline
from policykb.structure.closing import Closing
from policykb.structure.header import Header
from policykb.structure.headings import Heading
from policykb.structure.kinds import Evidence, kind_of
from policykb.structure.markers import Rank
from policykb.structure.opening import Opening
from policykb.structure.page import Page
from policykb.terms import DocumentKind

_MIN_MADE_TITLE, _MAX_MADE_TITLE = 10, 40
_BEGINNING = 500
"""A title of the page is believed before a line of the text if it stands so near to the text's beginning."""
_NEWS_OPENING = re.compile(r"\s*(?:近日|日前|昨日|连日来|昨天|\d{1,2}月\d{1,2}日(?:上午|下午)?，)")


class Frame(NamedTuple):
    """What surrounds the body of ``text``."""

    text: str
    header: Header
    opening: Opening
    closing: Closing
    page: Page

    @property
    def bylines(self) -> tuple[Byline, ...]:
        """Those of header, opening and closing, in this order; without any name they are empty."""
        return (self.header.byline, self.opening.byline, self.closing.byline)

    @property
    def medium(self) -> str:
        """The newspaper or site that a byline names."""
        return next((byline.medium for byline in self.bylines if byline.medium), "")

    @property
    def publisher(self) -> str:
        """Where the text says that it appeared, or else where the page does."""
        return self.header.publisher or self.closing.source or self.page.publisher


class Metadata(NamedTuple):
    """The fields of ``Document`` of the same names."""

    title: str
    kind: DocumentKind
    issuing_authority: str | None
    document_number: str | None
    urgency: str | None
    signatory: str | None
    addressees: tuple[str, ...]
    copied_to: tuple[str, ...]
    attachments: tuple[str, ...]
    contact: str | None
    issued_on: str | None
    published_on: str | None
    authors: tuple[str, ...]
    publisher: str | None


def metadata_of(frame: Frame, headings: Sequence[Heading]) -> Metadata:
    """Title, kind, origin and dates of a document with these headings.

    What the text itself says counts before what the page says.  For news the authority is the medium.
    """
    header, page = frame.header, frame.page
    title = _title(frame)
    kind = kind_of(_evidence(frame, title, headings))
    authority = _authority(frame) or header.labelled_authority or page.authority
    if kind is DocumentKind.NEWS:
        authority = frame.medium or page.authority or frame.publisher or authority or page.site
    return Metadata(
        title=title,
        kind=kind,
        issuing_authority=authority or None,
        document_number=header.number or page.number or None,
        urgency=header.urgency,
        signatory=header.signatory,
        addressees=header.addressees,
        copied_to=frame.closing.copied_to,
        attachments=frame.closing.attachments,
        contact=frame.closing.contact,
        issued_on=header.issued or frame.closing.issued or page.issued or frame.closing.printed,
        published_on=header.published or page.published,
        authors=tuple(dict.fromkeys(name for byline in frame.bylines for name in byline.authors)) or page.authors,
        publisher=frame.publisher or (frame.medium if kind is DocumentKind.NEWS else "") or page.site or None,
    )


def _authority(frame: Frame) -> str | None:
    """Who issued it: named above the title, or at the head of the title, or below the body.

    The head may name the authority in short (市委组织部); then the signature tells it in full.
    """
    named, signed = frame.header.authority or frame.header.title_authority, frame.closing.authority
    return signed if signed and (not named or _abbreviates(named, signed)) else named


def _abbreviates(short: str, full: str) -> bool:
    """Whether the characters of ``short`` stand in ``full`` in their order."""
    left = iter(full)
    return all(character in left for character in short)


def _evidence(frame: Frame, title: str, headings: Sequence[Heading]) -> Evidence:
    header, opening = frame.header, frame.opening
    authority = _authority(frame) or header.labelled_authority
    marks = (header.number, header.addressees, authority, frame.page.number)
    outlined = any(
        heading.rank in (Rank.HAN, Rank.CHAPTER, Rank.ARTICLE) or (heading.rank is Rank.ARABIC and heading.own_line)
        for heading in headings
    )
    return Evidence(
        title=title,
        opening=frame.text[opening.body_start :],
        n_articles=sum(heading.rank is Rank.ARTICLE for heading in headings),
        issue=frame.page.is_issue or (header.serial and bool(header.authority)),
        reported=opening.reported or bool(frame.medium) or any(byline.reported for byline in frame.bylines),
        ordered=header.order,
        authored=frame.closing.posted or bool(header.byline.authors and not header.byline.medium),
        published=bool(
            frame.publisher
            or header.published
            or frame.page.published
            or _NEWS_OPENING.match(frame.text[opening.text_start :])
        ),
        formal=any(marks) or outlined or "关于" in title,
    )


def _title(frame: Frame) -> str:
    """The title above the body, glued to it, or of the page; else the first words of the text."""
    title = frame.page.title
    if title and title in frame.text[:_BEGINNING] and not frame.header.title.endswith(title):
        return title
    found = frame.header.title or frame.opening.title or title
    if found:
        return found
    text = frame.text.strip()
    return _first_words(frame.text[frame.opening.text_start :]) or _first_words(text) or text[:_MAX_MADE_TITLE]


def _first_words(text: str) -> str:
    """The first sentence, or as many of its clauses as make a title, without a date or the like before them."""
    sentence = re.split(r"[。！？；\n]", text.strip(), maxsplit=1)[0].strip()
    if len(sentence) <= _MAX_MADE_TITLE:
        return sentence
    clauses = sentence.split("，")
    while len(clauses) > 1 and len(clauses[0]) < _MIN_MADE_TITLE:
        clauses.pop(0)
    kept = "，".join(clauses)[: _MAX_MADE_TITLE + 1].rpartition("，")[0]
    return kept or clauses[0][:_MAX_MADE_TITLE]
