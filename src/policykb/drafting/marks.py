"""Runs on their way through Jinja and Markdown.

What fills a template must not be read as markup, and must keep where it came from.  So it does not pass
through at all: a mark of two private-use characters around a number stands for it, and is turned back into
the runs afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policykb.blocks import Run

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")


class Marks:
    """The runs put aside during one rendering."""

    def __init__(self) -> None:
        """Start with none."""
        self._kept: list[tuple[Run, ...]] = []

    def put(self, runs: Iterable[Run]) -> str:
        """Put runs aside; the mark to write in their place."""
        self._kept.append(tuple(runs))
        return f"{_OPEN}{len(self._kept) - 1}{_CLOSE}"

    def put_text(self, text: str) -> str:
        """Put plain text aside, leaving marks that stand in it as they are."""
        pieces = _MARK.split(text)
        return "".join(
            f"{_OPEN}{piece}{_CLOSE}" if index % 2 else self.put([Run(text=piece)])
            for index, piece in enumerate(pieces)
            if piece
        )

    def take(self, text: str) -> Iterator[Run]:
        """The runs of ``text``, marks turned back; runs alike in all but their text are joined."""
        pending: Run | None = None
        for run in self._pieces(text):
            if pending and (pending.comment, pending.missing) == (run.comment, run.missing) and not run.missing:
                pending = pending.model_copy(update={"text": pending.text + run.text})
                continue
            if pending:
                yield pending
            pending = run
        if pending:
            yield pending

    def _pieces(self, text: str) -> Iterator[Run]:
        for index, piece in enumerate(_MARK.split(text)):
            if index % 2:
                yield from self._kept[int(piece)]
            elif piece:
                yield Run(text=piece)


def without_marks(text: str) -> str:
    """``text`` without the characters that marks are made of, so that no value can pass for a mark."""
    return text.replace(_OPEN, "").replace(_CLOSE, "")
