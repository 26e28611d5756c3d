"""The marks of web pages, from ``data/reading_page_marks.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import NamedTuple

from policykb.resources import data_file

IGNORED = "ignored"
_NO_LABEL = re.compile(r"[\s\u3000:：【】\[\]〔〕]+")


class PageMarks(NamedTuple):
    """``meta``: field → names of meta tags, best first.  ``labels``: label → field, or ``ignored``."""

    meta: dict[str, tuple[str, ...]]
    labels: dict[str, str]
    anchors: frozenset[str]
    bodies: frozenset[str]
    block_tags: frozenset[str]
    dropped_tags: frozenset[str]
    dropped_names: frozenset[str]
    furniture: tuple[str, ...]
    page_feet: tuple[str, ...]
    controls: frozenset[str]
    list_heads: frozenset[str]
    file_suffixes: tuple[str, ...]


@cache
def page_marks() -> PageMarks:
    """The marks, read once."""
    data = tomllib.loads(data_file("reading_page_marks.toml").read_text(encoding="utf-8"))
    page, labels = data["page"], dict(data["labels"])
    anchors = labels.pop("anchors")
    return PageMarks(
        meta={field: tuple(names) for field, names in data["meta"].items()},
        labels={label: field for field, names in labels.items() for label in names},
        anchors=frozenset(anchors),
        bodies=frozenset(page["bodies"]),
        block_tags=frozenset(page["block_tags"]),
        dropped_tags=frozenset(page["dropped_tags"]),
        dropped_names=frozenset(page["dropped_names"]),
        furniture=tuple(page["furniture"]),
        page_feet=tuple(page["page_feet"]),
        controls=frozenset(page["controls"]),
        list_heads=frozenset(page["list_heads"]),
        file_suffixes=tuple(page["file_suffixes"]),
    )


def bare_label(text: str) -> str:
    """A label without blanks, colons and brackets: “索 引 号：” → 索引号."""
    return _NO_LABEL.sub("", text)
