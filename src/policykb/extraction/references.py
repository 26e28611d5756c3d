"""What a text cites: 《…》, with what is nested in them and the number behind them; meetings and laws by name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from policykb.extraction.lists import Item
from policykb.extraction.rules import Rules
from policykb.models import Reference

_LONGEST = 160
_BEFORE = 40


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
                    issuer=_issuer(text, shadow, start, end, rules),
                )
            )
    found += _cited(text, shadow, [(one.start, one.end) for one in found], rules)
    return tuple(sorted(found, key=lambda reference: (reference.start, -reference.end)))


def _issuer(text: str, shadow: str, start: int, end: int, rules: Rules) -> str | None:
    """Who issued the document: named by its title, or right before it."""
    inside = rules.pattern("issuer_in_title").match(shadow, start + 1, end)
    if inside:
        return text[slice(*inside.span("issuer"))]
    low = max(0, start - _BEFORE)
    before = rules.pattern("issuer_before").search(shadow[low:start])
    return text[low + before.start("issuer") : low + before.end("issuer")] if before else None


def _cited(text: str, shadow: str, titles: Sequence[Item], rules: Rules) -> Iterator[Reference]:
    """The first mention of each meeting and law cited by its name, outside of titles."""
    seen: set[str] = set()
    taken = sorted(titles)
    for rule in rules.text["cited"]:
        for match in rule.pattern.finditer(shadow):
            start, end = match.span("name")
            at = bisect_right(taken, (start, len(text))) - 1
            if shadow[start:end] in seen or (at >= 0 and start < taken[at][1]):
                continue
            seen.add(shadow[start:end])
            yield Reference(title=text[start:end], document_number=None, start=start, end=end)


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
