"""The examples of the pages: found, run in an empty folder, and written anew as they come out now.

A page's examples share one folder, in which ``corpus``, ``examples`` and ``templates`` are those of the checkout:

- a ``console`` block holds ``$ policykb …`` commands, each with what a terminal of 80 columns shows; ``$ echo $?``
  shows the exit code.  A line ``[…]`` stands for lines that are left out; what stands behind ``> `` is typed.
- a ``python`` block prints what the ``text`` block right behind it holds, or nothing where there is none.
- a block of any language with a caption is a file of that name.

``<!-- not run: reason -->`` on the line above a block keeps it from being run.  A table
below ``<!-- printed by tools/NAME.py -->`` is what that script prints.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from policykb.cli import main

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
LEFT_OUT = "[…]"
COLUMNS = 80
FOLDERS = ("corpus", "examples", "templates")

_BLOCK = re.compile(
    r"(?:^<!-- not run: (?P<mark>.*?) -->\n)?"
    r"^(?P<fence>`{3,}|:{3,})(?:\{code-block\} )?(?P<language>[a-z{][^\n]*|)\n"
    r"(?::caption: (?P<caption>[^\n]*)\n)?"
    r"(?P<text>.*?)^(?P=fence)$",
    flags=re.DOTALL | re.MULTILINE,
)
_BETWEEN = re.compile(r"`{3,}\n\s*`{3,}text\n")
_PRINTED = re.compile(r"^(<!-- printed by (tools/\w+\.py) -->\n).*?\n(?=[^|\n])", flags=re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """A block of code; ``text`` stands at ``[start, end)`` of its page, ``mark`` says why it is not run."""

    language: str
    text: str
    start: int
    end: int
    caption: str | None = None
    mark: str | None = None


def blocks_of(page: str) -> list[Block]:
    """The blocks of a page, in order."""
    return [
        Block(m["language"], m["text"], m.start("text"), m.end("text"), m["caption"], m["mark"])
        for m in _BLOCK.finditer(page)
    ]


def renewed(page: str, folder: Path, cache: Path) -> str:
    """``page`` with the outputs of its examples as they are now, run in ``folder``, an empty one.

    The built-in corpus is kept in ``cache``, which pages may share.
    """
    written, done = "", 0
    with _at_a_terminal(folder, cache):
        for block, output in Reader().outputs(page):
            written += page[done : block.start] + output
            done = block.end
    return _PRINTED.sub(lambda m: f"{m[1]}\n{_printed_by(m[2])}\n", written + page[done:])


def not_run(page: str) -> dict[str, str]:
    """The blocks that are marked as not run: their first lines, with the reasons."""
    return {block.text.splitlines()[0]: block.mark for block in blocks_of(page) if block.mark is not None}


@contextlib.contextmanager
def _at_a_terminal(folder: Path, cache: Path) -> Iterator[None]:
    """Be in ``folder``, with the checkout's own folders, at a terminal without colours."""
    for name in FOLDERS:
        (folder / name).symlink_to(ROOT / name)
    environment = {"TERM": "dumb", "COLUMNS": str(COLUMNS), "LANG": "zh_CN.UTF-8", "XDG_CACHE_HOME": str(cache)}
    with contextlib.chdir(folder), patch.dict(os.environ, environment):
        for name in ("POLICYKB_HOME", "LC_ALL", "LC_MESSAGES"):
            os.environ.pop(name, None)
        yield


class Reader:
    """Somebody who types the examples of one page, from the first to the last."""

    def __init__(self) -> None:
        """Begin with no names and no command run."""
        self._names: dict[str, object] = {}
        self._exit_code = 0

    def outputs(self, page: str) -> Iterator[tuple[Block, str]]:
        """Run the blocks in order; each that shows an output, with what it should read."""
        blocks = blocks_of(page)
        for block, following in zip_longest(blocks, blocks[1:]):
            if block.mark is not None:
                continue
            if block.caption:
                Path(block.caption).parent.mkdir(parents=True, exist_ok=True)
                Path(block.caption).write_text(block.text, encoding="utf-8")
            elif block.language == "console":
                yield block, "".join(self._typed(command, shown) for command, shown in _commands(block.text))
            elif block.language == "python":
                printed = self._printed(block.text)
                if following and following.language == "text" and _BETWEEN.fullmatch(page, block.end, following.start):
                    yield following, printed
                elif printed:
                    raise AssertionError(f"prints what no text block shows:\n{block.text}\n{printed}")

    def _typed(self, command: str, shown: str) -> str:
        """A command and what the terminal shows after it."""
        first, *arguments = shlex.split(command.removeprefix("$ ").replace("\\\n", " "), comments=True)
        if first == "policykb":
            lines = self._shown(arguments, re.findall(r"^> ?(.*\n)", shown, flags=re.MULTILINE)).splitlines()
        elif (first, *arguments) == ("echo", "$?"):
            lines = [str(self._exit_code)]
        else:
            raise AssertionError(f"a console block runs policykb only: {command}")
        before = shown.splitlines()
        if LEFT_OUT in before:
            at = before.index(LEFT_OUT)
            lines = [*lines[:at], LEFT_OUT, *lines[len(lines) - (len(before) - at - 1) :]]
        return command + _trimmed(lines)

    def _shown(self, arguments: list[str], answers: list[str]) -> str:
        screen = Terminal()
        with (
            contextlib.redirect_stdout(screen),
            contextlib.redirect_stderr(Remarks(screen)),
            patch("sys.stdin", Keyboard(screen, answers)),
        ):
            self._exit_code = main(arguments)
        return screen.getvalue()

    def _printed(self, code: str) -> str:
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            exec(compile(code, "<page>", "exec"), self._names)  # noqa: S102 - our own pages
        return _trimmed(output.getvalue().splitlines())


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Yes."""
        return True


class Keyboard(io.StringIO):
    """Somebody's typing, which is seen on the screen."""

    def __init__(self, screen: io.StringIO, lines: list[str]) -> None:
        """Type ``lines``."""
        super().__init__("".join(lines))
        self._screen = screen

    def readline(self, size: int | None = -1) -> str:
        """The next line."""
        line = super().readline(size)
        self._screen.write(line)
        return line


class Remarks(io.StringIO):
    """Standard error on the same screen; no terminal, so that no bars are drawn that would vanish again."""

    def __init__(self, screen: io.StringIO) -> None:
        """Write what is written here on ``screen``."""
        super().__init__()
        self._screen = screen

    def write(self, text: str) -> int:
        """Show the text."""
        return self._screen.write(text)


@cache
def _printed_by(script: str) -> str:
    return subprocess.run([sys.executable, ROOT / script], check=True, capture_output=True, text=True).stdout


def _commands(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with the output shown; a command goes on behind a backslash."""
    for part in re.split(r"^(?=\$ )", text, flags=re.MULTILINE)[1:]:
        command = re.match(r"(?:.*\\\n)*.*\n", part)[0]
        yield command, part.removeprefix(command)


def _trimmed(lines: Iterable[str]) -> str:
    return "".join(line.rstrip() + "\n" for line in lines)
