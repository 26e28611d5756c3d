"""The language of queries.

    空巢老人 必访              words; what holds more and rarer ones comes first
    “空巢老人”                 a phrase that must stand there as it is; "…" and 「…」 are the same
    -培训                      a word that must not
    地区:咸宁 类型:plan 机关:组织部 年份:2014-2017     filters; also 层级:县级 做法:工作法

A phrase and an excluded word stand alone, with blanks around them: quotation marks inside a sentence
(推广“四步”工作法) are part of the question.  Full-width forms and Traditional script mean the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import opencc

from policykb.errors import QueryError
from policykb.models import Record
from policykb.search.analysis import Analyzer
from policykb.search.facets import Filters, parse_kind, parse_level, parse_practice_kind, parse_years
from policykb.segmentation import fold

_PIECE = re.compile(r'(?<!\S)(-?)(?:"([^"\s][^"]*)"|“([^“”]+)”|「([^「」]+)」)(?!\S)|\S+')
"""A phrase that stands alone, or anything between blanks."""

_PARSERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "地区": ("locality", str),
    "类型": ("kind", parse_kind),
    "机关": ("authority", str),
    "年份": ("years", parse_years),
    "层级": ("level", parse_level),
    "做法": ("practice_kind", parse_practice_kind),
}

_FILTER = re.compile(rf"({'|'.join(_PARSERS)}):(.*)")
_LOOSE_FILTER = re.compile(rf"(?<!\S)({'|'.join(_PARSERS)})\s*:\s*(?!(?:{'|'.join(_PARSERS)})\s*:)")
"""A filter's name with blanks around the colon, which people type; not where the next filter follows."""


class Query(Record):
    """A query that was understood; all texts are in Simplified script and folded.

    ``text`` is what is searched for, phrases included, filters and excluded words left out.
    """

    text: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    filters: Filters = Filters()


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def parse_query(text: str, analyzer: Analyzer, filters: Filters | None = None) -> Query:
    """Understand ``text``; ``filters`` are given beside it, those in ``text`` go before them.

    Raises ``QueryError`` for a filter that does not exist, and where nothing is left to search for.
    """
    folded = _LOOSE_FILTER.sub(r"\1:", fold(_to_simplified().convert(text)))
    words: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    wanted: dict[str, Any] = {}
    for match in _PIECE.finditer(folded):
        minus, quoted = match[1], match[2] or match[3] or match[4]
        if quoted and not analyzer.bigrams(quoted):
            continue
        if quoted:
            (excluded if minus else phrases).append(quoted.strip())
            words += [] if minus else [quoted]
        elif parts := _FILTER.fullmatch(match[0]):
            wanted |= _parse_filter(parts[1], parts[2])
        elif match[0].startswith("-") and analyzer.bigrams(match[0]):
            excluded.append(match[0][1:])
        else:
            words.append(match[0])
    query = Query(
        text=" ".join(words),
        phrases=tuple(phrases),
        excluded=tuple(excluded),
        filters=(filters or Filters()).merged(Filters(**wanted)),
    )
    if not analyzer.bigrams(query.text):
        raise QueryError(
            "“{text}”里没有可查的词；请写要找的内容，如：空巢老人 必访 地区:咸宁 年份:2014-2017", text=text.strip()
        )
    return query


def _parse_filter(name: str, value: str) -> dict[str, Any]:
    value = value.strip("\"“”'‘’")
    if not value:
        raise QueryError(
            "“{name}:”后面没有写内容；请写成 地区:咸宁 类型:plan 机关:组织部 年份:2014-2017 的样子", name=name
        )
    field, parse = _PARSERS[name]
    return {field: parse(value)}
