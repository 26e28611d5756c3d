"""The terminal: tables and marked text for a person, tab-separated lines when the output is piped."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from policykb.cli.folding import fold_spans

if TYPE_CHECKING:
    from rich.text import Text

HIGHLIGHT = "bold yellow"


class Screen:
    """Where a verb shows its results: results go to standard output, remarks to standard error."""

    def __init__(self) -> None:
        """Look at the two streams; a console that cannot show a character prints ``?`` for it."""
        from rich.console import Console

        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        self.piped = not sys.stdout.isatty()
        self._out = Console(file=sys.stdout, highlight=False, soft_wrap=self.piped)
        self._err = Console(file=sys.stderr, highlight=False, soft_wrap=True)

    def line(self, text: str | Text = "") -> None:
        """A line of the result, wrapped at the terminal's width."""
        self.entry("", text)

    def entry(self, prefix: str, text: str | Text) -> None:
        """A line of the result whose wrapped rest stands below ``text``, not below ``prefix``."""
        from rich.cells import cell_len
        from rich.text import Text

        body = Text(text) if isinstance(text, str) else text
        if self.piped:
            self._out.print(Text(prefix) + body, markup=False)
            return
        indent = cell_len(prefix)
        for number, (start, end) in enumerate(fold_spans(body.plain, max(self._out.width - indent, 20))):
            self._out.print(Text(" " * indent if number else prefix) + body[start:end], markup=False)

    def remark(self, text: str) -> None:
        """A line that is no result: what was done, what is wanting."""
        self._err.print(text, markup=False)

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[int, int], None]]:
        """A bar with rate and time left on standard error, fed with the bytes done and in all; none when piped."""
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn(what), BarColumn(bar_width=24), DownloadColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self._err, transient=True, disable=not self._err.is_terminal) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)

    @contextmanager
    def steps(self, what: str, total: int) -> Iterator[Callable[[], object]]:
        """A bar over ``total`` steps with the time left, moved on by calling what is yielded; none for a single one."""
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn(what), BarColumn(bar_width=24), MofNCompleteColumn(), TimeRemainingColumn())
        silent = total < 2 or not self._err.is_terminal
        with Progress(*columns, console=self._err, transient=True, disable=silent) as bar:
            task = bar.add_task(what, total=total)
            yield lambda: bar.advance(task)

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str]], *, grow: int = 1) -> None:
        """A table; column ``grow`` takes the room that is left, the others stay in one line if they can."""
        if self.piped:
            for row in (columns, *rows):
                self.line("\t".join(cell.replace("\n", " ") for cell in row))
            return
        from rich.box import SIMPLE_HEAD
        from rich.table import Table
        from rich.text import Text

        table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), expand=False)
        for index, column in enumerate(columns):
            table.add_column(column, overflow="fold", no_wrap=index != grow and index != len(columns) - 1)
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self._out.print(table)

    def json(self, value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """A JSON value, readable, with its Chinese as it is."""
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def marked(text: str, spans: Iterable[tuple[int, int]], *, prefix: str = "") -> Text:
    """``text`` with its ``spans`` set off in colour."""
    from rich.text import Text

    result = Text(prefix + text)
    for start, end in spans:
        result.stylize(HIGHLIGHT, len(prefix) + start, len(prefix) + end)
    return result
