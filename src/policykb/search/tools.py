"""What queries and texts are read with."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from policykb.places import Gazetteer
from policykb.search.analysis import Analyzer
from policykb.search.synonyms import Synonyms


class Tools:
    """What queries and texts are read with; costly to load, so that several indexes may share them."""

    def __init__(self, analyzer: Analyzer, synonyms: Synonyms) -> None:
        self.analyzer = analyzer
        self.synonyms = synonyms

    @classmethod
    def load(cls, *synonyms: Path) -> Tools:
        """The tools of the data files, with the rules of the files ``synonyms`` that are there."""
        return cls(Analyzer(), Synonyms.load(*synonyms))

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The places; loaded when a query first asks for one."""
        return Gazetteer.load()
