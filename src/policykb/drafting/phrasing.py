"""The words of a plan: which verb begins a task, which openers go, what follows a subject."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache

from policykb.models import Practice, Record
from policykb.resources import data_file
from policykb.terms import PracticeKind


class _Verbs(Record):
    ending: Mapping[str, str]
    kind: Mapping[PracticeKind, str]


class Phrasing(Record):
    """The tables of ``data/drafting_phrasing.toml``."""

    openers: tuple[str, ...]
    dated_opener: re.Pattern[str]
    after_subject: frozenset[str]
    verbs: _Verbs

    def verb(self, practice: Practice) -> str:
        """With which verb a practice is put to work: 大力推行 a 工作法, 建立健全 a 机制."""
        endings = [ending for ending in self.verbs.ending if practice.full_name.endswith(ending)]
        return self.verbs.ending[max(endings, key=len)] if endings else self.verbs.kind[practice.kind]


@lru_cache(maxsize=1)
def phrasing() -> Phrasing:
    """The tables, read once."""
    return Phrasing(**tomllib.loads(data_file("drafting_phrasing.toml").read_text(encoding="utf-8")))
