"""The pieces that views are made of.  Everything that comes from a text is escaped here, and only here."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape

from policykb.resources import data_file


class Html(str):
    """Text that is HTML already; any other string is escaped where it is put in."""

    __slots__ = ()


NOTHING = Html("")


def put(value: object) -> Html:
    """``value`` as HTML: nothing for None, lines broken as they are in the text."""
    if isinstance(value, Html):
        return value
    return NOTHING if value is None else Html(escape(str(value)).replace("\n", "<br>"))


def join(parts: Iterable[object], separator: str = "") -> Html:
    """The parts one behind the other; ``separator`` is HTML."""
    return Html(separator.join(put(part) for part in parts))


def tag(name: str, *content: object, look: str = "", title: str = "") -> Html:
    """An element; ``look`` is its class, ``title`` what is told when the pointer rests on it."""
    look = f' class="{escape(look)}"' if look else ""
    told = f' title="{escape(title).replace(chr(10), "&#10;")}"' if title else ""
    return Html(f"<{name}{look}{told}>{join(content)}</{name}>")


def table(head: Sequence[str], rows: Iterable[Sequence[object]], looks: Sequence[str] = ()) -> Html:
    """A table; ``looks`` are the classes of its columns, from the first on."""
    looks = [*looks, *[""] * (len(head) - len(looks))]
    top = tag("thead", tag("tr", *(tag("th", cell) for cell in head)))
    lines = (tag("tr", *(tag("td", cell, look=look) for cell, look in zip(row, looks, strict=True))) for row in rows)
    return tag("table", top, tag("tbody", *lines))


def pairs(rows: Iterable[tuple[str, object]]) -> Html:
    """A table of labels and values without those that are empty."""
    lines = (tag("tr", tag("th", label), tag("td", value)) for label, value in rows if value not in (None, "", "{}"))
    return tag("table", tag("tbody", *lines))


def picture(png: bytes, told: str) -> Html:
    """A picture that travels inside of the page; ``told`` says in words what it shows."""
    return Html(f'<img alt="{escape(told)}" src="data:image/png;base64,{b64encode(png).decode()}">')


def folded(summary: object, *content: object, opened: bool = False) -> Html:
    """A part that a click shows, or where it is ``opened`` hides."""
    part = tag("details", tag("summary", summary), *content)
    return Html(part.replace("<details>", "<details open>", 1)) if opened else part


def page(*content: object) -> str:
    """What a notebook is given: the content with the style sheet, whose rules touch nothing outside of it."""
    return f'<div class="policykb" lang="zh-CN"><style>{_style()}</style>{join(content)}</div>'


@cache
def _style() -> str:
    lines = data_file("display.css").read_text(encoding="utf-8").partition("*/")[2].split("\n")
    return "".join(line.strip() for line in lines)
