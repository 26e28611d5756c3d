"""How much of a draft stands word for word in its sources (查重), section by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policykb.blocks import Block, BlockKind
from policykb.drafting.draft import Draft
from policykb.models import Record

SHORTEST = 8
"""Characters that must agree in a row: shorter stretches are common turns of phrase."""

_TOLD = 3


class Overlap(Record):
    """One section: its characters, how many of these are copied, and the ``longest`` copied stretches."""

    section: str
    characters: int
    copied: int
    longest: tuple[str, ...]

    @property
    def share(self) -> float:
        """The copied part, 0 to 1."""
        return self.copied / self.characters if self.characters else 0.0


def duplication(draft: Draft, texts: Sequence[str] = ()) -> tuple[Overlap, ...]:
    """What each first-level section of ``draft`` has word for word from its sources or from ``texts``.

    ``texts`` may be whole documents to compare with; by default only what was borrowed is.  Headings count to
    their sections, what stands before the first is 开头, attachments begin anew; sections without text are left out.
    """
    index = _index([source.quote for source in draft.sources] + list(texts))
    found = []
    for section, pieces in _sections(draft.blocks):
        runs = [run for piece in pieces for run in _copied(piece, index)]
        longest = sorted(dict.fromkeys(runs), key=lambda run: -len(run))[:_TOLD]
        characters = sum(map(len, pieces))
        if characters:
            copied = sum(map(len, runs))
            found.append(Overlap(section=section, characters=characters, copied=copied, longest=tuple(longest)))
    return tuple(found)


def _sections(blocks: Iterable[Block]) -> Iterator[tuple[str, list[str]]]:
    section, pieces = "开头", list[str]()
    for block in blocks:
        if block.kind in (BlockKind.HEADING_1, BlockKind.ATTACHMENT):
            yield section, pieces
            section, pieces = block.text, []
        pieces += ["".join(run.text for run in runs if not run.missing) for runs in block.stretches]
    yield section, pieces


def _index(texts: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    """Where each stretch of the shortest length begins; the first few places of each."""
    index: dict[str, list[tuple[str, int]]] = {}
    for text in dict.fromkeys(texts):
        for start in range(len(text) - SHORTEST + 1):
            places = index.setdefault(text[start : start + SHORTEST], [])
            if len(places) < _TOLD:  # more would make a text of one word slow
                places.append((text, start))
    return index


def _copied(text: str, index: dict[str, list[tuple[str, int]]]) -> Iterator[str]:
    """The stretches of ``text`` that are in the index, each as long as it goes, without overlaps."""
    start = 0
    while start <= len(text) - SHORTEST:
        places = index.get(text[start : start + SHORTEST], ())
        length = max((_agreeing(text, start, *place) for place in places), default=0)
        if length:
            yield text[start : start + length]
        start += length or 1


def _agreeing(text: str, start: int, other: str, at: int) -> int:
    length = SHORTEST
    while start + length < len(text) and at + length < len(other) and text[start + length] == other[at + length]:
        length += 1
    return length
