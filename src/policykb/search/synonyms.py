"""Synonyms and abbreviations: what else a text may say for what a query says.

The rules are data (data/search_synonyms.txt), and anyone may add a file of the same form:

    党建 = 党的建设              the same thing, found both ways
    老板 → 用人单位、经营者       an everyday word, and the wording of official texts for it; this way round only
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from policykb.errors import QueryError
from policykb.resources import data_file
from policykb.segmentation import fold

FILE_NAME = "synonyms.txt"
"""The name of a user's own rules in the folder of a knowledge base."""


class Wording(NamedTuple):
    """What a text may say for the ``word`` of a query."""

    word: str
    text: str


class Synonyms:
    """The rules of one or more files."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._wordings: dict[str, list[str]] = {}
        for word, text in wordings:
            texts = self._wordings.setdefault(fold(word), [])
            if fold(text) not in (*texts, fold(word)):
                texts.append(fold(text))
        self._longest = max(map(len, self._wordings), default=0)

    @classmethod
    def load(cls, *files: Path) -> Synonyms:
        """The rules that travel with the program and those of ``files``; a file that is not there adds nothing.

        Raises ``QueryError`` for a line that is no rule.
        """
        present = [path for path in files if path.is_file()]
        return cls(wording for path in (data_file("search_synonyms.txt"), *present) for wording in _read(path))

    def words(self) -> list[str]:
        """All words and wordings, sorted."""
        return sorted({*self._wordings, *(text for texts in self._wordings.values() for text in texts)})

    def wordings(self, text: str, edges: Collection[int]) -> list[Wording]:
        """Other wordings for words of a folded ``text``; of words that overlap the longest counts.

        A word must begin and end at ``edges``: 单位 inside of 用人单位 is none.
        """
        found: list[Wording] = []
        start = 0
        while start < len(text):
            end = self._end(text, start, edges) if start in edges else start
            word = text[start:end]
            found += [Wording(word, other) for other in self._wordings.get(word, ()) if other not in text]
            start = max(end, start + 1)
        return found

    def _end(self, text: str, start: int, edges: Collection[int]) -> int:
        """Where the longest word that begins at ``start`` ends; ``start`` where there is none."""
        for end in range(min(len(text), start + self._longest), start, -1):
            if end in edges and text[start:end] in self._wordings:
                return end
        return start


def _read(path: Path) -> Iterable[Wording]:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    for number, line in enumerate(lines, 1):
        if rule := line.split("#", 1)[0].strip():
            yield from _parse(rule, f"{path}：第 {number} 行")


def _parse(rule: str, place: str) -> Iterable[Wording]:
    everyday, arrow, official = rule.partition("→")
    forms = [form.strip() for form in rule.split("=")]
    texts = [text.strip() for text in official.split("、")]
    if arrow and everyday.strip() and all(texts):
        return [Wording(everyday.strip(), text) for text in texts]
    if not arrow and len(forms) > 1 and all(forms):
        return [Wording(word, text) for word in forms for text in forms if word != text]
    raise QueryError("{place}看不懂“{rule}”；请写成 党建 = 党的建设 或 老板 → 用人单位、经营者", place=place, rule=rule)
