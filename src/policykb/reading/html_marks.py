"""What a page's head says of it: meta tags, the window's title, and the data for search engines (JSON-LD).

BeautifulSoup keeps only the elements that are asked for, so depth and size of the rest cost nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer

_WANTED = SoupStrainer(["meta", "title", "script"])
_NAMING = ("name", "property", "itemprop")
_DATA_TYPE = "application/ld+json"
_LONGEST = 200_000
"""Characters of a page that are looked at: marks stand in its head."""

_DATA_DEPTH = 4


class HeadMarks(NamedTuple):
    """``meta``: name in lower case → content, of equal names the first.  ``window_title`` may be empty."""

    meta: dict[str, str]
    window_title: str


def head_marks(page: str) -> HeadMarks:
    """The marks of a page; none where it has no head."""
    markup = "<html>" + page[:_LONGEST].replace(
        "\0", ""
    )  # a first tag of ours: BeautifulSoup warns of what looks like XML
    soup = BeautifulSoup(markup, "lxml", parse_only=_WANTED)
    meta: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        name = next((_value(tag, naming) for naming in _NAMING if _value(tag, naming)), "").lower()
        if name and _value(tag, "content"):
            meta.setdefault(name, _value(tag, "content"))
    for tag in soup.find_all("script", type=_DATA_TYPE):
        for name, said in _said_in_data(tag.get_text()):
            meta.setdefault(name, said)
    title = soup.find("title")
    return HeadMarks(meta, title.get_text() if isinstance(title, Tag) else "")


def _value(tag: Tag, attribute: str) -> str:
    return str(tag.get(attribute) or "").strip()


def _said_in_data(text: str) -> Iterator[tuple[str, str]]:
    """Headline, date and the like of a JSON-LD block, under names like those of meta tags: ``ld:headline``."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for item in _objects(data, 0):
        for key, value in item.items():
            named = value.get("name") if isinstance(value, dict) else value
            if isinstance(named, str) and named.strip():
                yield f"ld:{key.lower()}", named.strip()


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON of any form
    """The objects at the top of a block: alone, in a list, or in a graph."""
    if isinstance(data, dict):
        yield data
        yield from _objects(data.get("@graph"), depth + 1) if depth < _DATA_DEPTH else ()
    elif isinstance(data, list) and depth < _DATA_DEPTH:
        for item in data:
            yield from _objects(item, depth + 1)
