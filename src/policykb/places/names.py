"""Finding names of a fixed list in a text, the longest first, in time proportional to the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from policykb.spans import Span


class NameIndex:
    """A list of names, each of two characters at least, by their first two characters."""

    def __init__(self, names: Iterable[str]) -> None:
        """Index ``names``; shorter ones than two characters are left out."""
        lengths: dict[str, set[int]] = {}
        self._names = frozenset(name for name in names if len(name) > 1)
        for name in self._names:
            lengths.setdefault(name[:2], set()).add(len(name))
        firsts, seconds = ("".join(re.escape(pair[at]) for pair in lengths) for at in (0, 1))
        self._likely = re.compile(f"[{firsts}](?=[{seconds}])" if lengths else r"(?!)")
        self._lengths = {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()}

    def find(self, text: str, accepts: Callable[[str, int], bool] | None = None) -> Iterator[Span]:
        """The places of the names in order, without overlaps; where several begin, the longest that is accepted.

        ``accepts`` is asked with the name and the position behind it.
        """
        done = 0
        for likely in self._likely.finditer(text):
            start = likely.start()
            if start < done:
                continue
            for length in self._lengths.get(text[start : start + 2], ()):
                name = text[start : start + length]
                if len(name) == length and name in self._names and (accepts is None or accepts(name, start + length)):
                    done = start + length
                    yield Span(start, done)
                    break
