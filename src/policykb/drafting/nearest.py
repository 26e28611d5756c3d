"""The name that somebody meant who wrote another one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import takewhile
from operator import eq

_NEAR = 0.5


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like ``name``, of several the one that begins as it does; None where none is near.

    主送单位 is as much like 责任单位 as like 主送机关; the beginning tells what is meant.
    """

    def likeness(other: str) -> float:
        shared = list(takewhile(bool, map(eq, name, other)))
        return ratios[other] + len(shared) / len(other) / 2

    ratios = {other: SequenceMatcher(None, other, name).ratio() for other in known}
    near = [other for other, ratio in ratios.items() if ratio >= _NEAR]
    return max(near, key=likeness, default=None)
