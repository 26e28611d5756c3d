"""Lines above a text that name a field and its value: 发文字号：浙组〔2020〕4号, 【发布部门】 民政部."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from policykb.resources import data_file
from policykb.structure.dates import partial_date

_LABEL = re.compile(r"(?:^|(?<=\s))[【\[]?(?P<label>[\u4e00-\u9fff][\u4e00-\u9fff/ \u3000]{0,14}?)\s*[】\]]?[：:】\]]")
_BLANKS = re.compile(r"\s+")
_LONGEST_VALUE = 60
"""A label with more behind it (内容概述：…) is text to be read."""

_STAMP = re.compile(r"(?P<date>(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)(?:\s+\d{1,2}:\d\d(?::\d\d)?)?[\s|｜]+")
"""The date that the line under a title begins with: 2021-06-18 09:32 来源：长沙晚报."""

_CLOCK = re.compile(r"\s*\d{1,2}:\d\d(?::\d\d)?$")
_DATES = ("issued_on", "published_on")
_NOT_HERE = frozenset(("文", "编辑", "名称", "时间", "审核", "分类", "类别", "阅读", "分享", "打印", "次数"))
"""Labels that open a text's own lines as well (时间：5月8日)."""


def read_labels(text: str) -> dict[str, str] | None:
    """Field → value of a line of labels, none for labels that tell nothing; None where the line is no such line.

    The fields are those of ``PageFact``.
    """
    stamp = _STAMP.match(text)
    found = [(_field(match["label"]), match) for match in _LABEL.finditer(text)]
    known = [(field, match) for field, match in found if field is not None]
    if not known or known[0][1].start() != (stamp.end() if stamp else 0):
        return None
    ends = [*(match.start() for _, match in known[1:]), len(text)]
    values = {"published_on": stamp["date"]} if stamp else {}
    for (field, match), end in zip(known, ends, strict=True):
        values.setdefault(field, text[match.end() : end].strip(" \u3000：:"))
    dates = [_CLOCK.sub("", values[field]) for field in _DATES if field in values]
    if any(len(value) > _LONGEST_VALUE for value in values.values()) or not all(map(partial_date, filter(None, dates))):
        return None
    return {field: value for field, value in values.items() if value and field != "ignored"}


def _field(label: str) -> str | None:
    bare = _BLANKS.sub("", label)
    return None if bare in _NOT_HERE else _fields().get(bare)


@cache
def _fields() -> dict[str, str]:
    """Label → field."""
    table = tomllib.loads(data_file("reading_page_marks.toml").read_text(encoding="utf-8"))["labels"]
    return {label: field for field, labels in table.items() if field != "anchors" for label in labels}
