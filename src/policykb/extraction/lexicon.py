"""The words of extraction, read from the data files: head nouns, verbs, formulae, figures of speech."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Self

from policykb.resources import word_list
from policykb.terms import PracticeKind

WORD_FILES = ("heads", "verbs", "formulae", "metaphors", "generic", "units")
"""The word files ``data/extraction_*.txt``; a file of one's own may add lines to each."""


class Lexicon(NamedTuple):
    """Word classes; ``heads`` gives each head noun its kind and its strength."""

    heads: dict[str, tuple[PracticeKind, str]]
    verbs: dict[str, str]
    verb_kinds: dict[str, PracticeKind]
    formulae: dict[str, str]
    metaphors: frozenset[str]
    metaphor_endings: tuple[str, ...]
    generic: dict[str, str]
    units: tuple[str, ...]

    @classmethod
    def load(cls, own: Mapping[str, Sequence[str]] | None = None) -> Self:
        """Read the built-in word files; ``own`` adds lines to them: ``{"heads": ["work_method 心法 strong"]}``."""
        lines = {name: (*word_list(f"extraction_{name}.txt"), *(own or {}).get(name, ())) for name in WORD_FILES}
        heads = (line.split() for line in lines["heads"])
        return cls(
            heads={noun: (PracticeKind(kind), strength) for kind, noun, strength in heads},
            verbs=_pairs(lines["verbs"]),
            verb_kinds={verb: PracticeKind(kind[0]) for verb, _, *kind in map(str.split, lines["verbs"]) if kind},
            formulae=_pairs(lines["formulae"]),
            metaphors=frozenset(word for word in lines["metaphors"] if not word.startswith("~")),
            metaphor_endings=tuple(word[1:] for word in lines["metaphors"] if word.startswith("~")),
            generic=_pairs(lines["generic"]),
            units=lines["units"],
        )

    def classes(self) -> dict[str, str]:
        """The word classes as patterns for the rules."""
        strengths = {
            name: [noun for noun, (_, s) in self.heads.items() if s == name]
            for name in ("strong", "weak", "adjacent", "inner")
        }
        verbs = {name: [verb for verb, c in self.verbs.items() if c == name] for name in ("set_up", "use")}
        words = strengths | verbs | {"number_unit": list(self.units)}
        return {name: alternation(listed) for name, listed in words.items()}

    def is_strong(self, noun: str) -> bool:
        """Whether ``noun`` names a practice wherever it closes a noun phrase."""
        return noun in self.heads and self.heads[noun][1] == "strong"

    def is_metaphor(self, name: str) -> bool:
        """Whether ``name`` is a known figure of speech, or ends like one."""
        return name in self.metaphors or name.endswith(self.metaphor_endings)


def _pairs(lines: Iterable[str]) -> dict[str, str]:
    """Lines of a word and its class; what follows these is for others."""
    return {word: word_class for word, word_class, *_ in map(str.split, lines)}


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, the longer first, with common beginnings joined: linear to match."""
    return _branches(sorted(set(words)))


def _branches(words: list[str]) -> str:
    """A prefix tree as a pattern: 机制|机器 becomes (?:机(?:制|器))."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word[1:])
    parts = []
    for first, rests in groups.items():
        longer = [rest for rest in rests if rest]
        tail = _branches(longer) if longer else ""
        parts.append(re.escape(first) + (tail + "?" if tail and "" in rests else tail))
    return f"(?:{'|'.join(parts)})"
