"""The likeliest way through all that a damaged line may have been, and how certain each character of it is.

The line is a graph: nodes are places where a character may begin, steps are the characters that the bytes allow.
A way through it is cut into words and scored by ``Language``; one walk forward and one back give the best score
of any way through each single step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import heappop, heappush, nlargest
from math import exp
from typing import NamedTuple

from policykb.cleaning.language import Language
from policykb.cleaning.shifted_bytes import LOSSES, LOST, Node, Step

_HOPELESS = 25.0
"""A way so far (in log probability) behind the best one at the same place does not catch up."""

_MOST_NEIGHBOURS = 60
"""Of the characters that may stand before a place, and of those that may follow, only the best are weighed in pairs."""

_NEVER = float("-inf")


class Slot(NamedTuple):
    """One step of the best way; ``share`` is the probability of its text among all that may begin there."""

    start: Node
    step: Step
    share: float


StepsFrom = Callable[[Node], Iterable[tuple[str, Step]]]
"""The steps from a node, each with the plain form of its text."""


class _Arc(NamedTuple):
    """A word from one node to another: its steps, first and last character, and its score."""

    steps: tuple[tuple[Node, Step], ...]
    first: str
    last: str
    to: Node
    score: float


_Arcs = dict[Node, list[_Arc]]
_Scores = dict[Node, dict[str, float]]
"""Node → last character before it → the best score."""


def best_way(language: Language, steps_from: StepsFrom, end: int, limit: int) -> tuple[list[Slot], int]:
    """The best way from the line's beginning to position ``end``, in step again, and how many words were weighed.

    The way is empty where there is none, and where it would take more than ``limit`` words to find it.
    """
    start, goal = Node(0), Node(end)
    forward, arcs = _walk_forward(language, steps_from, start, limit)
    weighed = sum(map(len, arcs.values()))
    if goal not in forward or weighed > limit:
        return [], weighed
    backward = _walk_back(language, arcs, forward, goal)
    through: defaultdict[Node, dict[tuple[str, Node], float]] = defaultdict(dict)
    for node, words in arcs.items():
        entries = _entries(language, forward[node], words)
        for arc in words:
            score = entries[arc.first] + arc.score + backward[arc.to].get(arc.last, _NEVER)
            for place, step in arc.steps:
                known = through[place].get(step[:2], _NEVER)
                through[place][step[:2]] = max(known, score)
    return list(_follow(through, start, goal)), weighed


def _follow(through: Mapping[Node, Mapping[tuple[str, Node], float]], node: Node, goal: Node) -> Iterator[Slot]:
    rivals: defaultdict[int, list[tuple[str, float]]] = defaultdict(list)
    for place, found in through.items():
        rivals[place.position] += ((text, score) for (text, _), score in found.items())
    while node != goal:
        (text, to), best = max(through[node].items(), key=lambda item: item[1])
        agreeing = total = 0.0
        for other, score in rivals[node.position]:
            if other == text or (other[0] not in LOSSES and other[0] != LOST):  # those leave it open
                total += exp(score - best)
                agreeing += exp(score - best) * (other == text)
        yield Slot(node, Step(text, to), agreeing / total)
        node = to


def _walk_forward(language: Language, steps_from: StepsFrom, start: Node, limit: int) -> tuple[_Scores, _Arcs]:
    """The best score up to each node, and the words from each that is worth following, until they are too many."""
    forward: _Scores = {start: {"": 0.0}}
    arcs: _Arcs = {}
    front: defaultdict[int, float] = defaultdict(lambda: _NEVER)
    queue = [_order(start)]
    weighed = 0
    while queue and weighed <= limit:
        node = heappop(queue)[2]
        score = max(forward[node].values())
        front[node.position] = max(front[node.position], score)
        if score < front[node.position] - _HOPELESS:
            continue
        forward[node] = _best(forward[node])
        words = arcs[node] = list(_words_from(language, steps_from, node))
        weighed += len(words)
        entries = _entries(language, forward[node], words)
        for arc in words:
            if arc.to not in forward:
                forward[arc.to] = {}
                heappush(queue, _order(arc.to))
            total = entries[arc.first] + arc.score
            if total > forward[arc.to].get(arc.last, _NEVER):
                forward[arc.to][arc.last] = total
    return forward, arcs


def _order(node: Node) -> tuple[int, bool, Node]:
    """Every step leads to a node that comes later in this order."""
    return node.position, not node.leads, node


def _words_from(language: Language, steps_from: StepsFrom, node: Node) -> Iterator[_Arc]:
    """Every word that the steps from ``node`` spell."""
    begun: list[tuple[tuple[tuple[Node, Step], ...], str, float, Node]] = [((), "", 0.0, node)]
    while begun:
        done, beginning, bonus, at = begun.pop()
        for plain, step in steps_from(at):
            word, gain, way = beginning + plain[0], bonus + step.bonus, (*done, (at, step))
            score = language.word(word)
            if score is not None:
                tail = language.word(plain[1]) or 0.0 if len(plain) > 1 else 0.0
                yield _Arc(way, word[0], plain[-1], step.to, score + tail + gain)
            if len(plain) == 1 and language.begins(word):
                begun.append((way, word, gain, step.to))


def _entries(language: Language, before: Mapping[str, float], words: Iterable[_Arc]) -> dict[str, float]:
    """The best score up to and into each first character of ``words``."""
    return {
        first: max(score + _link(language, last, first) for last, score in before.items())
        for first in {arc.first for arc in words}
    }


def _link(language: Language, last: str, first: str) -> float:
    """How well two characters follow each other; nothing stands before the line's beginning."""
    return language.link(last + first) if last else 0.0


def _best(scores: dict[str, float]) -> dict[str, float]:
    """The best of ``scores``."""
    if len(scores) <= _MOST_NEIGHBOURS:
        return scores
    return dict(nlargest(_MOST_NEIGHBOURS, scores.items(), key=lambda item: item[1]))


def _walk_back(language: Language, arcs: _Arcs, forward: _Scores, goal: Node) -> _Scores:
    """The best score from each node, and the character before it, to the goal."""
    backward: defaultdict[Node, dict[str, float]] = defaultdict(dict)
    backward[goal] = dict.fromkeys(forward[goal], 0.0)
    for node in sorted(arcs, key=_order, reverse=True):
        heads: dict[str, float] = {}
        for arc in arcs[node]:
            total = arc.score + backward[arc.to].get(arc.last, _NEVER)
            heads[arc.first] = max(heads.get(arc.first, _NEVER), total)
        if node != goal:
            following = _best(heads)
            backward[node] = {
                last: max((score + _link(language, last, first) for first, score in following.items()), default=_NEVER)
                for last in forward[node]
            }
    return backward
