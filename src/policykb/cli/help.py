"""Click commands that speak the language of the run: headings of the help, and one line for each usage error."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Any

import click
from rich.cells import cell_len

from policykb.cli.folding import fold
from policykb.cli.language import later, say, value_and_label
from policykb.terms import Term

FIRST_STEPS = (
    (later("看一项做法"), "policykb practices 45666"),
    (later("检索自带语料"), "policykb search 空巢老人"),
    (later("读入自己的文件"), later("policykb add 下载/ --kb 我的知识库")),
    (later("写一份地方资料"), later("policykb locality 曲阳县 -o 曲阳县.yaml")),
    (later("起草实施方案"), "policykb draft implementation_plan --locality 曲阳县.yaml -o 方案.docx"),
)
"""What a newcomer may try, and how."""


class TermChoice(click.Choice):  # type: ignore[type-arg]  # click 8.1 has no parameter for it
    """A choice of terms, typed as their values or their Chinese labels."""

    def __init__(self, terms: type[Term]) -> None:
        super().__init__([term.value for term in terms])
        self._labels = {
            label: term.value for term in terms for label in (term.zh, *re.split("[（）]", term.zh)) if label
        }

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - as click's own
        """The value of a term."""
        return super().convert(self._labels.get(str(value), value), param, ctx)


class TermOption(click.Option):
    """An option that takes a term of a vocabulary; its help ends with them."""

    def __init__(self, names: Sequence[str], terms: type[Term], **more: Any) -> None:  # noqa: ANN401 - as click's own
        super().__init__(names, type=TermChoice(terms), **more)
        self.terms = tuple(terms)


class Command(click.Command):
    """A verb; ``epilog`` holds its examples, one a line."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, purpose, options, examples."""
        arguments = [parameter_name(p) for p in self.params if isinstance(p, click.Argument)]
        usage = [ctx.command_path, *arguments, say("[选项]")]
        formatter.write(say("用法：") + " ".join(usage) + f"\n\n  {say(self.help)}\n")
        write_rows(formatter, say("选项："), option_rows(self, ctx))
        if self.epilog:
            examples = "".join(f"  {line}\n" for line in self.epilog.splitlines())
            formatter.write("\n" + say("例子：") + f"\n{examples}")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The ``--help`` option with our explanation."""
        return explained(super().get_help_option(ctx))


class Group(click.Group):
    """The command line as a whole."""

    command_class = Command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, purpose, verbs and options."""
        usage = say("用法：{path} 命令 [参数]… [选项]", path=ctx.command_path)
        formatter.write(f"{say(self.help)}\n\n{usage}\n")
        write_rows(formatter, say("命令："), [(name, say(self.commands[name].short_help)) for name in self.commands])
        write_rows(formatter, say("选项："), option_rows(self, ctx))
        write_rows(formatter, say("从这里开始："), [(say(purpose), say(example)) for purpose, example in FIRST_STEPS])
        formatter.write("\n" + say("每个命令的用法与例子：{path} 命令 --help", path=ctx.command_path) + "\n")

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order in which a clerk meets them, not by alphabet."""
        return list(self.commands)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The ``--help`` option with our explanation."""
        return explained(super().get_help_option(ctx))


def explained(option: click.Option | None) -> click.Option | None:
    """The help option with an explanation of our own."""
    if option is not None:
        option.help = later("显示本说明")
    return option


def option_rows(command: click.Command, ctx: click.Context) -> list[tuple[str, str]]:
    """Each option as it is typed, with its explanation."""
    options = [p for p in command.get_params(ctx) if isinstance(p, click.Option)]
    return [(", ".join(o.opts) + (f" {say(o.metavar).upper()}" if o.metavar else ""), option_help(o)) for o in options]


def option_help(option: click.Option) -> str:
    """What an option is for, with the terms that it takes."""
    terms = option.terms if isinstance(option, TermOption) else ()
    return say(option.help) + say("、").join(value_and_label(term) for term in terms)


def write_rows(formatter: click.HelpFormatter, heading: str, rows: list[tuple[str, str]]) -> None:
    """Write a section of names with explanations in two columns, wide characters counted as two."""
    if not rows:
        return
    formatter.write(f"\n{heading}\n")
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
            near = _near(error.option_name, error.possibilities or ())
            text = say("没有选项 {name}", name=error.option_name) + near
        case click.MissingParameter():
            text = say("缺少 {name}", name=parameter_name(error.param))
        case click.BadParameter():
            text = say("{name} 的值不对：{why}", name=parameter_name(error.param), why=_bad_value(error))
        case click.UsageError():
            text = _usage(error, ctx)
        case _:
            text = error.format_message()
    ending = "" if text.endswith(("？", "?")) else say("。")
    return text + ending + say("用法见：{path} --help", path=path)


def parameter_name(parameter: click.Parameter | None) -> str:
    """A parameter as it is typed: an option by its name, an argument by what stands for it in the usage."""
    if parameter is None:
        return say("参数")
    return parameter.opts[0] if isinstance(parameter, click.Option) else say(parameter.metavar or parameter.opts[0])


def _usage(error: click.UsageError, ctx: click.Context | None) -> str:
    group = ctx.command if ctx else None
    quoted = error.message.split("'")
    if isinstance(group, click.Group) and error.message.startswith("No such command") and len(quoted) > 1:
        return say("没有命令 {name}", name=quoted[1]) + _near(quoted[1], group.commands)
    if "unexpected extra argument" in error.message:
        return say("多余的参数 {argument}", argument=error.message.split("(")[-1].rstrip(")"))
    if "requires an argument" in error.message and len(quoted) > 1:
        return say("选项 {name} 后面缺少值", name=quoted[1])
    return error.message


def _bad_value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return say("可选 {choices}", choices="、".join(str(choice) for choice in kind.choices))
    if isinstance(kind, click.IntRange):
        return say("应为整数，最小 {least}", least=kind.min)
    return error.message


def _near(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return say("，是不是 {near}？", near=near[0]) if near else ""
