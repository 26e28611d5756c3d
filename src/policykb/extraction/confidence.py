"""How far a rule can be trusted: counted on annotated texts, kept as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Self

from policykb.resources import word_list

_PRIOR = 20.0
"""How many findings the share in unseen texts weighs beside a rule's own: few findings say little."""
_UNSEEN = "*"


class Confidence(NamedTuple):
    """The share of right findings of each rule, and of all together in texts that no rule was made for."""

    by_rule: Mapping[str, float]
    overall: float

    @classmethod
    def load(cls) -> Self:
        """Read ``data/extraction_confidence.txt``: rule, findings that were right, those that were wrong."""
        counts = {rule: (int(right), int(wrong)) for rule, right, wrong in map(str.split, _lines())}
        right, wrong = counts.pop(_UNSEEN)
        overall = right / (right + wrong)
        shares = {rule: (a + _PRIOR * overall) / (a + b + _PRIOR) for rule, (a, b) in counts.items()}
        return cls(shares, overall)

    def of(self, rule: str) -> float:
        """Between 0 and 1 with two decimals; for a rule that was never counted the share in unseen texts."""
        return round(self.by_rule.get(rule, self.overall), 2)


def _lines() -> tuple[str, ...]:
    return word_list("extraction_confidence.txt")
