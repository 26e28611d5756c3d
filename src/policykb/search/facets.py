"""Filters: the closed list of what results can be narrowed by, and how a value is written in the index."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TypeVar

from pydantic import field_validator

from policykb.errors import QueryError
from policykb.models import Record
from policykb.terms import AdminLevel, DocumentKind, PracticeKind, SearchUnit, Term

T = TypeVar("T", bound=Term)

_YEARS = re.compile(r"([0-9]{4})年?(?:(?:-|—|–|~|至|到)([0-9]{4})年?)?")


class Facet(StrEnum):
    """What results can be narrowed by."""

    DOCUMENT = "document"
    PLACE = "place"
    KIND = "kind"
    AUTHORITY = "authority"
    YEAR = "year"
    LEVEL = "level"
    PRACTICE_KIND = "practice_kind"
    FIGURE = "figure"
    """Units of the figures in a text, and empty if it holds any.  No filter: questions for a figure prefer it."""


class Filters(Record):
    """What results are narrowed to; None does not narrow.

    ``locality`` is a place with all that lies below it; ``authority`` a part of the issuing authority's name;
    ``years`` the first and the last year, both included, of issuing, or of publishing where that is unknown.
    """

    locality: str | None = None
    kind: DocumentKind | None = None
    authority: str | None = None
    years: tuple[int, int] | None = None
    level: AdminLevel | None = None
    practice_kind: PracticeKind | None = None

    @field_validator("years")
    @classmethod
    def _ascending(cls, years: tuple[int, int] | None) -> tuple[int, int] | None:
        if years and not 1000 <= years[0] <= years[1] <= 9999:
            raise QueryError(
                "年份写错了：{first}-{last}；请写四位数，先早后晚，如 年份:2014-2017", first=years[0], last=years[1]
            )
        return years

    def merged(self, other: Filters) -> Filters:
        """These filters, with those that ``other`` sets in place of them."""
        changes = {name: value for name in type(other).model_fields if (value := getattr(other, name)) is not None}
        return self.model_copy(update=changes)


def facet(name: Facet, value: str) -> str:
    """How the value of a facet is written in the index."""
    return f"{name}:{value}"


def authority_pairs(name: str) -> tuple[str, ...]:
    """The single characters and pairs of an authority's name: a part of the name has part of the pairs."""
    pairs = [name[at : at + 2] for at in range(len(name) - 1)]
    return tuple(sorted({*name, *pairs}))


def parse_kind(value: str) -> DocumentKind:
    """The kind of document of an identifier (plan) or a Chinese label (方案); ``QueryError`` otherwise."""
    return _term(DocumentKind, value, "类型")


def parse_practice_kind(value: str) -> PracticeKind:
    """The kind of practice of an identifier (work_method) or a Chinese label (工作法); ``QueryError`` otherwise."""
    return _term(PracticeKind, value, "做法类型")


def parse_level(value: str) -> AdminLevel:
    """The level of an identifier (county) or a Chinese label (县级); ``QueryError`` otherwise."""
    return _term(AdminLevel, value, "层级")


def parse_years(value: str) -> tuple[int, int]:
    """The first and the last year of “2014” or “2014-2017”; ``QueryError`` otherwise."""
    match = _YEARS.fullmatch(value)
    if match is None:
        raise QueryError("看不懂年份“{value}”；请写四位数的年份或起止年份，如 年份:2014 或 年份:2014-2017", value=value)
    return int(match[1]), int(match[2] or match[1])


def parse_unit(value: str) -> SearchUnit:
    """The unit of an identifier (passage) or a Chinese label (段落); ``QueryError`` otherwise."""
    return _term(SearchUnit, value, "检索单位")


def parse_filters(
    *,
    locality: str | None = None,
    level: str | None = None,
    kind: str | None = None,
    practice_kind: str | None = None,
    issuing_authority: str | None = None,
    years: str | None = None,
) -> Filters:
    """The filters of their words; ``QueryError`` for a word that cannot be understood."""
    return Filters(
        locality=locality,
        level=parse_level(level) if level else None,
        kind=parse_kind(kind) if kind else None,
        practice_kind=parse_practice_kind(practice_kind) if practice_kind else None,
        authority=issuing_authority,
        years=parse_years(years) if years else None,
    )


def _term(vocabulary: type[T], value: str, name: str) -> T:
    for term in vocabulary:
        if value == term.value or value in (term.zh, *re.split("[（）]", term.zh)):
            return term
    allowed = "、".join(f"{term.zh}（{term.value}）" for term in vocabulary)
    raise QueryError("没有“{value}”这一{name}；可写：{allowed}", value=value, name=name, allowed=allowed)
