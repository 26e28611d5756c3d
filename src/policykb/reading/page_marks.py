"""The marks of web pages, from ``data/reading_page_marks.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import opencc

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
        labels={label: field for field, names in labels.items() for label in _in_both_scripts(names)},
        anchors=frozenset(_in_both_scripts(anchors)),
        bodies=frozenset(page["bodies"]),
        block_tags=frozenset(page["block_tags"]),
        dropped_tags=frozenset(page["dropped_tags"]),
        dropped_names=frozenset(page["dropped_names"]),
        furniture=tuple(_in_both_scripts(page["furniture"])),
        page_feet=tuple(_in_both_scripts(page["page_feet"])),
        controls=frozenset(_in_both_scripts(page["controls"])),
        list_heads=frozenset(_in_both_scripts(page["list_heads"])),
        file_suffixes=tuple(page["file_suffixes"]),
    )


def _in_both_scripts(words: Iterable[str]) -> Iterator[str]:
    """Each word as it is and in Traditional characters (發佈時間, and 發布時間 as Taiwan writes it), once each."""
    convert = opencc.OpenCC("s2t").convert
    for word in words:
        traditional = convert(word)
        yield from dict.fromkeys((word, traditional, traditional.replace("佈", "布")))


def bare_label(text: str) -> str:
    """A label without blanks, colons and brackets: “索 引 号：” → 索引号."""
    return _NO_LABEL.sub("", text)
