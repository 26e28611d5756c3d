"""The command line: verbs over the knowledge base, for clerks.  Exit code 0 done, 1 something is wanting, 2 wrong."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence

import click

from policykb.cli import find, keep, support, write
from policykb.cli.app import DONE, WRONG, app
from policykb.cli.folding import fold
from policykb.cli.help import explain
from policykb.cli.language import LANGUAGES, language_of, say, say_error, use
from policykb.errors import PolicyKBError

__all__ = ["main"]

VERBS = (
    *(keep.add, find.list_documents, find.show, find.extract_file, find.practices, find.search),
    *(write.templates, write.draft, write.check, write.locality),
    *(keep.export, keep.remove, keep.verify, keep.reindex, support.doctor, support.completion),
)
"""In the order in which a clerk meets them."""

_EXCLUDED = re.compile(r"^-(?=[^\x00-\x7f])")
"""The minus of a word to be left out of a search, -培训, which is no option: the query reads the full-width one too."""

for _verb in VERBS:
    app.add_command(_verb)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; errors of the user's become one line on standard error."""
    language, debug, arguments = general_options(sys.argv[1:] if arguments is None else arguments)
    use(language or language_of(os.environ))
    try:
        return run(arguments)
    except PolicyKBError as error:
        if debug:
            raise
        return fail(say_error(error))
    except Exception as error:  # the last resort of a program for clerks: no traceback, ever
        if debug:
            raise
        what = f"{type(error).__name__}: {error}"
        return fail(say("程序内部错误（{what}）。请加 --debug 重试，并把输出发给维护者", what=what))


def general_options(arguments: Sequence[str]) -> tuple[str | None, bool, list[str]]:
    """The language and whether to debug, which may stand anywhere, and the arguments without them."""
    rest = [_EXCLUDED.sub("－", argument) for argument in arguments if argument != "--debug"]
    language = None
    for at in reversed(range(len(rest))):
        name, equals, value = rest[at].partition("=")
        taken = 1 if equals else 2
        value = value or "".join(rest[at + 1 : at + 2])
        if name == "--lang" and value in LANGUAGES:
            language = value
            del rest[at : at + taken]
    return language, "--debug" in arguments, rest


def run(arguments: Sequence[str]) -> int:
    """Run one command; what click raises becomes an exit code, the rest goes on to the caller."""
    try:
        code = app.main(args=list(arguments), prog_name="policykb", standalone_mode=False)
    except click.ClickException as error:
        return fail(explain(error))
    except (click.Abort, KeyboardInterrupt):
        return fail(say("已中断"))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone: be quiet, be done
        return DONE
    return code if isinstance(code, int) else DONE


def fail(message: str) -> int:
    """Write one line to standard error; the exit code of a user's error."""
    line = say("错误：") + " ".join(message.split())
    lines = fold(line, shutil.get_terminal_size().columns) if sys.stderr.isatty() else [line]
    sys.stderr.write("\n".join(lines) + "\n")
    return WRONG
