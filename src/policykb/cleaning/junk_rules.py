"""The rules about page junk, read from ``data/cleaning_junk.toml`` and ``data/cleaning_menu_words.txt``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import NamedTuple

from policykb.resources import data_file, word_list


class Rule(NamedTuple):
    """One rule: ``zone`` is where a line must stand (head, tail, edge for both).

    ``sure`` is for footers: such a line needs no other beside it.  ``anywhere`` is for endings: it may follow
    anything, not only the end of a sentence.  ``hints``: one of them is in every match, so that most texts
    need no closer look.
    """

    name: str
    pattern: re.Pattern[str]
    example: str
    zone: str = "edge"
    sure: bool = True
    anywhere: bool = False
    hints: tuple[str, ...] = ()


class JunkRules(NamedTuple):
    """All rules by their kind."""

    piece: tuple[Rule, ...]
    line: tuple[Rule, ...]
    caption: tuple[Rule, ...]
    opening: tuple[Rule, ...]
    ending: tuple[Rule, ...]
    related: tuple[Rule, ...]
    footer: tuple[Rule, ...]
    spam: tuple[Rule, ...]
    advertisement: tuple[Rule, ...]
    menu_words: frozenset[str]
    menu_endings: tuple[str, ...]

    def is_menu_word(self, word: str) -> bool:
        """Whether a site's menu says this, or something that ends like it."""
        return word in self.menu_words or (2 < len(word) <= 8 and word.endswith(self.menu_endings))


@cache
def junk_rules() -> JunkRules:
    """The rules, compiled."""
    table = tomllib.loads(data_file("cleaning_junk.toml").read_text(encoding="utf-8"))
    kinds = {
        kind: tuple(Rule(**{**row, "pattern": re.compile(row["pattern"])}) for row in rows)
        for kind, rows in table.items()
    }
    words = word_list("cleaning_menu_words.txt")
    return JunkRules(
        **kinds,
        menu_words=frozenset(word for word in words if not word.startswith("*")),
        menu_endings=tuple(word[1:] for word in words if word.startswith("*")),
    )
