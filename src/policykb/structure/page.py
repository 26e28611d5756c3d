"""What the page around a text says of it, made fit for the fields of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from policykb.models import PageFact
from policykb.structure.dates import partial_date
from policykb.structure.organs import is_medium, is_organ, one_authority

_SPLIT_AUTHORS = re.compile(r"[\s、，,;；/]+")
_SITE_BEFORE = re.compile(r"(?P<site>[\u4e00-\u9fffA-Za-z]{2,20})\s*(?:-{1,2}>|→|>>|::)\s*")
_SITE_BEHIND = re.compile(r"\s*[|｜_]\s*(?P<site>[^|｜_]{2,30})$|\s+[-—–]+\s*(?P<other>[\u4e00-\u9fffA-Za-z.]{2,20})$")
_SERIES = re.compile(r"【[^】]{2,30}】\s*(?=\S{6})")
_NO_PUBLISHER = frozenset(
    ("本站", "本网", "本报", "原创", "网络", "互联网", "转载", "未知", "本站原创", "其他", "佚名")
)


class Page(NamedTuple):
    """The page's facts; the empty string and the empty tuple where it says nothing.

    ``site`` is the name of the site as far as a title or a breadcrumb gives it.  ``is_issue`` tells that the text is
    an item of a bulletin's issue, whose masthead says the rest.
    """

    title: str = ""
    site: str = ""
    published: str | None = None
    issued: str | None = None
    authority: str = ""
    number: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    is_issue: bool = False


def read_page(facts: Sequence[PageFact]) -> Page:
    """The first saying of each field, of authors and remarks all."""
    first = {fact.field: fact.value.strip() for fact in reversed(facts) if fact.value.strip()}
    authors = (name for fact in facts if fact.field == "authors" for name in _SPLIT_AUTHORS.split(fact.value) if name)
    title, site = _without_site(first.get("title", ""))
    publisher = first.get("publisher", "").strip("《》")
    return Page(
        title=title,
        site=first.get("site", site),
        published=partial_date(first.get("published_on", "")),
        issued=partial_date(first.get("issued_on", "")),
        authority=one_authority(first.get("issuing_authority", "")),
        number=first.get("document_number", ""),
        publisher="" if publisher in _NO_PUBLISHER else publisher,
        authors=tuple(dict.fromkeys(authors)),
        remarks=tuple(fact.value for fact in facts if fact.field == "remarks"),
    )


def _without_site(title: str) -> tuple[str, str]:
    """A window's title without the names of site and series around it, and the site."""
    sites: list[str] = []
    if before := _SITE_BEFORE.match(title):
        sites.append(before["site"])
        title = title[before.end() :]
    while behind := _SITE_BEHIND.search(title):
        sites.append(behind["site"] or behind["other"])
        title = title[: behind.start()]
    site = next((site for site in sites if is_organ(site) or is_medium(site)), "")
    return _SERIES.sub("", title, count=1).strip(), site
