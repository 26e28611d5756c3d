"""What all engines share: the fields, the entries of an index, and the plan that a query becomes.

An engine stores entries and carries out plans; it knows nothing of Chinese, queries or documents.  Its
score is Lucene's BM25 (k1 1.2, b 0.75, idf ln(1 + (N - n + 0.5) / (n + 0.5)), lengths rounded as Lucene
rounds them), summed over the terms of the plan, each times its weight, so that all engines rank alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import NamedTuple, Protocol


class Field(StrEnum):
    """The fields of an entry.  ``NAMES``, ``DEFINED`` and ``FACETS`` hold whole values, the others tokens.

    Single characters are kept of whole documents only; in passages they measured no better.
    """

    TITLE_WORDS = "title_words"
    TITLE_BIGRAMS = "title_bigrams"
    HEADING_WORDS = "heading_words"
    HEADING_BIGRAMS = "heading_bigrams"
    BODY_WORDS = "body_words"
    BODY_BIGRAMS = "body_bigrams"
    BODY_CHARACTERS = "body_characters"
    NAMES = "names"
    DEFINED = "defined"
    FACETS = "facets"


class Entry(NamedTuple):
    """One passage, or one practice, as it is indexed.

    ``[start, end)`` is its place in the document; ``practice`` is the practice's id, empty for a passage.
    ``tokens`` are texts with a blank between any two tokens, ``values`` whole values.
    """

    document: str
    start: int
    end: int
    practice: str
    tokens: Mapping[Field, str]
    values: Mapping[Field, Collection[str]] = {}


class Term(NamedTuple):
    """A token of a field; ``weight`` multiplies its score."""

    field: Field
    token: str
    weight: float = 1.0


Group = tuple[Term, ...]
"""Terms of which any one is enough."""


class Plan(NamedTuple):
    """A query as every engine carries it out.

    An entry is found if it holds one of ``terms`` at least, something of each group of ``required``, and of
    no row of ``excluded`` something of each group.  ``supporting`` terms add to the score of an entry that is
    found.  A bonus adds its weight, as it is, whatever BM25 says.
    """

    terms: tuple[Term, ...]
    supporting: tuple[Term, ...] = ()
    bonuses: tuple[Term, ...] = ()
    required: tuple[Group, ...] = ()
    excluded: tuple[tuple[Group, ...], ...] = ()


class Match(NamedTuple):
    """An entry that was found."""

    score: float
    document: str
    start: int
    end: int
    practice: str


def match_order(match: Match) -> tuple[float, str, int, int, str]:
    """The order of results: best first, then by document and place.

    Scores are compared to five significant decimals, for an engine that counts in single precision.
    """
    return -round(match.score, 5), match.document, match.start, match.end, match.practice


class BusyError(Exception):
    """Another process writes to the engine."""


class EngineError(Exception):
    """The entries cannot be read or written any more: the engine must be reset and filled anew."""


class Engine(Protocol):
    """Holds the entries of an index."""

    def writing(self) -> AbstractContextManager[None]:
        """Keep all other writers out, in whatever process; what is changed inside is visible when it ends.

        Raises ``BusyError`` when another one does not finish within a reasonable time.
        """
        ...

    def update(self, removed: Collection[str], added: Iterable[Entry]) -> None:
        """Take out all entries of the documents ``removed``, then put ``added`` in; inside of ``writing`` only."""
        ...

    def clear(self) -> None:
        """Take out everything; inside of ``writing`` only."""
        ...

    def reset(self) -> None:
        """Start empty, even where what is there is damaged."""
        ...

    def reload(self) -> None:
        """See what other processes have written."""
        ...

    def search(self, plan: Plan, limit: int) -> list[Match]:
        """The best ``limit`` entries in ``match_order``."""
        ...

    def count(self, plan: Plan) -> int:
        """How many entries ``search`` would find without a limit."""
        ...

    def holds(self, terms: Iterable[Term]) -> set[Term]:
        """Those of ``terms`` that some entry holds."""
        ...

    def __len__(self) -> int:
        """How many entries there are."""
        ...
