"""What the search for members shares: the text it looks at, and how a list of items becomes a component."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from policykb.extraction import lists
from policykb.extraction.canonical import Canonical, Quotation
from policykb.extraction.lists import Item
from policykb.extraction.quoted import Found
from policykb.extraction.rules import Rules
from policykb.models import Component


class Context(NamedTuple):
    """What the search for members looks at: the shadow, the text itself, its 、-lists and openings, the rules."""

    shadow: str
    text: str
    listings: tuple[tuple[Item, ...], ...]
    openings: tuple[Item, ...]
    quotations: tuple[Quotation, ...]
    rules: Rules

    @classmethod
    def of(cls, shadow: Canonical, text: str, rules: Rules) -> Context:
        """Gather the 、-lists of the text, and the first words of its sentences, once."""
        listings = tuple(tuple(items) for items in lists.listings(shadow.text))
        return cls(shadow.text, text, listings, tuple(lists.openings(shadow.text)), shadow.quotations, rules)

    def openings_behind(self, position: int) -> Iterator[Item]:
        """The first words of the sentences and lines that begin at ``position`` or behind it."""
        return islice(self.openings, bisect_left(self.openings, (position, 0)), None)

    def name(self, found: Found) -> str:
        """The name of a mention in the shadow's spelling."""
        return self.shadow[found.name_start : found.name_end]


def component_of(label: str | None, count: int | None, items: Iterable[Item], context: Context) -> Component:
    """The component with these places as its members, each without the marks around it."""
    spans = tuple(bare(item, context.shadow) for item in items)
    members = tuple(context.text[start:end] for start, end in spans)
    return Component(label=label, count=count, members=members, spans=spans)


_SAID_AGAIN = re.compile("(?:“[^“”，。；]{1,12}+”)?，?(?:即|也就是)(?![时将便刻日使可])(?=.)")
"""The label again and 即, left over at the beginning of a list; 即时办理 begins with a word of its own."""


def bare(item: Item, shadow: str) -> Item:
    """The item without quotation marks around the whole of it, and without the 即 that introduced it."""
    start, end = item
    again = _SAID_AGAIN.match(shadow, start, end)
    if again:
        start = again.end()
    if shadow[start] in "“‘" and shadow[end - 1] in "”’" and shadow.find(shadow[end - 1], start) == end - 1:
        return start + 1, end - 1
    return start, end
