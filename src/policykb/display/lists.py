"""Lists that a notebook shows as tables and that become data frames; in all else they are lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Self, SupportsIndex, TypeVar, overload

from policykb.display import frames
from policykb.display.html import Html, page, table, tag
from policykb.display.records import best_part, highlighted, indicator_number, parts_line
from policykb.models import Document, Hit, Indicator, Practice

if TYPE_CHECKING:
    from pandas import DataFrame

T = TypeVar("T")

_ROWS = 30
"""Rows that a notebook shows; ``to_pandas`` has all."""
_LINES = 5
"""Items that ``repr`` writes out."""
_SHORT = 80
_PASSAGE = 120
"""Characters of a passage in a table of hits."""


class Listing(list[T]):
    """A list of records of one type; slices are of the same type.

    ``noun`` says what is counted, ``head`` and ``looks`` are the columns that a notebook shows.
    """

    noun: ClassVar[str] = "项"
    head: ClassVar[tuple[str, ...]] = ()
    looks: ClassVar[tuple[str, ...]] = ()

    def _cells(self, item: T) -> Sequence[object]:
        """The cells of an item, one for each of ``head``."""
        raise NotImplementedError

    def _row(self, item: T) -> frames.Row:
        """The row of an item in a data frame, by the names of its columns."""
        raise NotImplementedError

    def to_pandas(self) -> DataFrame:
        """A data frame with a row for each item.  Raises ``PolicyKBError`` without the extra ``pandas``."""
        return frames.frame(map(self._row, self))

    @overload
    def __getitem__(self, at: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Self: ...
    def __getitem__(self, at: SupportsIndex | slice) -> T | Self:
        found = super().__getitem__(at)
        return type(self)(found) if isinstance(at, slice) else found  # type: ignore[arg-type,return-value]  # by ``at``

    def __repr__(self) -> str:
        if len(self) <= _LINES:
            return super().__repr__()
        shown = ",\n ".join(repr(item) for item in self[:_LINES])
        return f"[{shown},\n … {len(self)} in all]"

    def _repr_html_(self) -> str:
        more = f"，下面是前 {_ROWS} {self.noun[0]}" if len(self) > _ROWS else ""
        rows = (self._cells(item) for item in self[:_ROWS])
        return page(tag("div", f"{len(self)} {self.noun}{more}"), table(self.head, rows, self.looks) if self else "")


class Documents(Listing[Document]):
    """Documents, without their texts in the table."""

    noun = "份文件"
    head = ("编号", "标题", "类型", "发文机关", "日期", "地区", "字数")
    looks = ("short", "wide", "short", "wide", "short", "wide", "number")

    def _cells(self, item: Document) -> Sequence[object]:
        places = [place.full_name for place in item.localities]
        place = places[0] + (f" 等 {len(places)} 地" if len(places) > 1 else "") if places else None
        date = item.issued_on or item.published_on
        return item.id, item.title, item.kind.zh, item.issuing_authority, date, place, len(item.text)

    def _row(self, item: Document) -> frames.Row:
        return frames.document_row(item)


class Practices(Listing[Practice]):
    """Practices with their parts."""

    noun = "项做法"
    head = ("做法", "类型", "地区", "组成", "出处")
    looks = ("wide", "short", "wide", "", "short")

    def _cells(self, item: Practice) -> Sequence[object]:
        return tag("b", item.full_name), item.kind.zh, item.locality, _count_checked(item), item.id

    def _row(self, item: Practice) -> frames.Row:
        return frames.practice_row(item)


class Indicators(Listing[Indicator]):
    """Figures that texts claim."""

    noun = "个指标"
    head = ("数值", "单位", "对象", "地区", "性质", "原文")
    looks = ("number", "short", "wide", "wide", "short")

    def _cells(self, item: Indicator) -> Sequence[object]:
        return indicator_number(item), item.unit, item.subject, item.locality, item.kind.zh, item.quote[:_SHORT]

    def _row(self, item: Indicator) -> frames.Row:
        return frames.indicator_row(item)


class Hits(Listing[Hit]):
    """Search results, the best first."""

    noun = "条结果"
    head = ("得分", "文件", "内容")
    looks = ("number", "wide")

    def _cells(self, item: Hit) -> Sequence[object]:
        name = tag("b", item.practice.full_name, "　") if item.practice else ""
        text = highlighted(item, *best_part(item, _PASSAGE))
        return f"{item.score:.2f}", item.document.title, tag("span", name, text)

    def _row(self, item: Hit) -> frames.Row:
        return frames.hit_row(item)


def _count_checked(practice: Practice) -> Html | str:
    """The parts on a line, with a word where a count does not hold."""
    line = parts_line(practice)
    if practice.count_holds is not False:
        return line
    return tag("span", line, " ", tag("span", f"（缺：{'、'.join(practice.missing or ())}）", look="wrong"))
