"""Click commands that speak Chinese: headings of the help, and one line for each usage error."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click
from rich.cells import cell_len

from policykb.cli.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


class Command(click.Command):
    """A verb; ``epilog`` holds its examples, one a line."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, purpose, options, examples."""
        arguments = [p.metavar or p.human_readable_name for p in self.params if isinstance(p, click.Argument)]
        formatter.write(f"用法：{' '.join([ctx.command_path, *arguments, '[选项]'])}\n\n  {self.help}\n")
        write_rows(formatter, "选项", option_rows(self, ctx))
        if self.epilog:
            formatter.write("\n例子：\n" + "".join(f"  {line}\n" for line in self.epilog.splitlines()))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The ``--help`` option with its Chinese explanation."""
        return chinese_help(super().get_help_option(ctx))


class Group(click.Group):
    """The command line as a whole."""

    command_class = Command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, purpose, verbs and options."""
        formatter.write(f"{self.help}\n\n用法：{ctx.command_path} 命令 [参数]… [选项]\n")
        write_rows(formatter, "命令", [(name, self.commands[name].short_help or "") for name in self.commands])
        write_rows(formatter, "选项", option_rows(self, ctx))
        formatter.write(f"\n每个命令的用法与例子：{ctx.command_path} 命令 --help\n")

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order in which a clerk meets them, not by alphabet."""
        return list(self.commands)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The ``--help`` option with its Chinese explanation."""
        return chinese_help(super().get_help_option(ctx))


def chinese_help(option: click.Option | None) -> click.Option | None:
    """The help option, explained in Chinese."""
    if option is not None:
        option.help = "显示本说明"
    return option


def option_rows(command: click.Command, ctx: click.Context) -> list[tuple[str, str]]:
    """Each option as it is typed, with its explanation."""
    options = [p for p in command.get_params(ctx) if isinstance(p, click.Option)]
    return [(", ".join(o.opts) + (f" {o.metavar}" if o.metavar else ""), o.help or "") for o in options]


def write_rows(formatter: click.HelpFormatter, heading: str, rows: list[tuple[str, str]]) -> None:
    """Write a section of names with explanations in two columns, wide characters counted as two."""
    if not rows:
        return
    formatter.write(f"\n{heading}：\n")
    column = min(max(cell_len(name) for name, _ in rows) + 2, 26)
    for name, text in rows:
        first, *rest = fold(text, max(formatter.width - column - 2, 20)) or [""]
        gap = " " * (column - cell_len(name)) if cell_len(name) < column else "\n" + " " * (column + 2)
        formatter.write(f"  {name}{gap}{first}\n" + "".join(" " * (column + 2) + line + "\n" for line in rest))


def explain(error: click.ClickException) -> str:
    """One Chinese line on a usage error: what is wrong and what to do."""
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "policykb"
    match error:
        case click.NoSuchOption():
            text = f"没有选项 {error.option_name}{_near(error.option_name, error.possibilities or ())}"
        case click.MissingParameter():
            text = f"缺少 {parameter_name(error.param)}"
        case click.BadParameter():
            text = f"{parameter_name(error.param)} 的值不对：{_bad_value(error)}"
        case click.UsageError():
            text = _usage(error, ctx)
        case _:
            text = error.format_message()
    return f"{text}{'' if text.endswith('？') else '。'}用法见：{path} --help"


def parameter_name(parameter: click.Parameter | None) -> str:
    """A parameter as it is typed: an option by its name, an argument by what stands for it in the usage."""
    if parameter is None:
        return "参数"
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.metavar or parameter.opts[0]


def _usage(error: click.UsageError, ctx: click.Context | None) -> str:
    group = ctx.command if ctx else None
    quoted = error.message.split("'")
    if isinstance(group, click.Group) and error.message.startswith("No such command") and len(quoted) > 1:
        return f"没有命令 {quoted[1]}{_near(quoted[1], group.commands)}"
    if "unexpected extra argument" in error.message:
        return f"多余的参数 {error.message.split('(')[-1].rstrip(')')}"
    if "requires an argument" in error.message and len(quoted) > 1:
        return f"选项 {quoted[1]} 后面缺少值"
    return error.message


def _bad_value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"可选 {'、'.join(str(choice) for choice in kind.choices)}"
    if isinstance(kind, click.types.IntParamType):
        return "应为整数" + (f"，最小 {kind.min}" if isinstance(kind, click.IntRange) else "")
    return error.message


def _near(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"，是不是 {near[0]}？" if near else ""
