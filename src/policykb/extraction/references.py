"""Documents that a text cites: 《…》, with what is nested in them and the number behind them."""

from __future__ import annotations

import re

from policykb.extraction.rules import Rules
from policykb.models import Reference

_LONGEST = 160


def find_references(text: str, shadow: str, rules: Rules) -> tuple[Reference, ...]:
    """The titles cited, in order of their place; a nested title follows the one it stands in."""
    found: list[Reference] = []
    for start, end, opener in _titles(shadow):
        number = rules.pattern("document_number").match(shadow, end) if opener == "《" else None
        if end - start > 2:
            found.append(
                Reference(
                    title=text[start + 1 : end - 1],
                    document_number=text[slice(*number.span("number"))] if number else None,
                    start=start,
                    end=end,
                )
            )
    return tuple(sorted(found, key=lambda reference: (reference.start, -reference.end)))


def _titles(shadow: str) -> list[tuple[int, int, str]]:
    """Pairs of 《》 and 〈〉; a mark without partner is left out."""
    pairs: list[tuple[int, int, str]] = []
    open_marks: list[tuple[int, str]] = []
    for match in re.finditer(r"[《》〈〉\n]", shadow):
        sign = match.group()
        if sign == "\n":
            open_marks = []
        elif sign in "《〈":
            open_marks.append((match.start(), sign))
        elif open_marks and open_marks[-1][1] == {"》": "《", "〉": "〈"}[sign]:
            start, opener = open_marks.pop()
            if match.end() - start <= _LONGEST and (opener == "《" or open_marks):
                pairs.append((start, match.end(), opener))
    return pairs
