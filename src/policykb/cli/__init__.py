"""The command line: verbs over the knowledge base, for clerks.  Exit code 0 done, 1 something is wanting, 2 wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from policykb.cli.commands import DONE, WRONG, app
from policykb.cli.help import explain
from policykb.errors import PolicyKBError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; errors of the user's become one line on standard error."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        return run(arguments)
    except PolicyKBError as error:
        if "--debug" in arguments:
            raise
        return fail(str(error))
    except Exception as error:  # the last resort of a program for clerks: no traceback, ever
        if "--debug" in arguments:
            raise
        return fail(f"程序内部错误（{type(error).__name__}：{error}）。请加 --debug 重试，并把输出发给维护者")


def run(arguments: Sequence[str]) -> int:
    """Run one command; what click raises becomes an exit code, the rest goes on to the caller."""
    try:
        code = app.main(args=list(arguments), prog_name="policykb", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        sys.stdout.write(error.message + "\n")
        return DONE
    except click.ClickException as error:
        return fail(explain(error))
    except (click.Abort, KeyboardInterrupt):
        return fail("已中断")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone: be quiet, be done
        return DONE
    return code if isinstance(code, int) else DONE


def fail(message: str) -> int:
    """Write one line to standard error; the exit code of a user's error."""
    sys.stderr.write("错误：" + " ".join(message.split()) + "\n")
    return WRONG
