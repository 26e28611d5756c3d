"""The program and what its verbs share: how a verb is made, options, exit codes, opening the knowledge base."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from policykb.cli.help import Command, Group
from policykb.cli.language import LANGUAGES, later, say

if TYPE_CHECKING:
    from policykb.knowledge_base import KnowledgeBase

DONE, WANTING, WRONG = 0, 1, 2

KB_HELP = later("知识库文件夹；不写则用环境变量 POLICYKB_HOME，再不然用自带语料（只读）")

kb_option = click.option("--kb", "kb_folder", type=click.Path(), metavar=later("文件夹"), help=KB_HELP)
json_option = click.option("--json", "as_json", is_flag=True, help=later("输出 JSON"))


@click.group(
    cls=Group,
    invoke_without_command=True,
    help=later("政策文本知识库：读入网页文本，检索各地做法，起草公文。"),
)
@click.version_option(package_name="policykb", message="%(prog)s %(version)s", help=later("显示版本"))
@click.option("--kb", "kb_folder", type=click.Path(), metavar=later("文件夹"), help=KB_HELP)
@click.option("--lang", metavar=later("语言"), type=click.Choice(LANGUAGES), help=later("zh 中文或 en 英文"))
@click.option("--debug", is_flag=True, help=later("出错时显示完整的内部信息"))
@click.pass_context
def app(ctx: click.Context, kb_folder: str | None, lang: str | None, debug: bool) -> None:
    """Keep what the verbs need; without a verb, show what to do first."""
    del lang, debug  # ``main`` takes them out wherever they stand; here they are explained
    ctx.obj = {"kb": kb_folder}
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def verb(name: str, purpose: str, example: str) -> Callable[[Callable[..., int]], click.Command]:
    """Make a function a verb; it gets the context first and returns the exit code."""

    def decorate(function: Callable[..., int]) -> click.Command:
        making = click.command(name, cls=Command, help=purpose, short_help=purpose, epilog=example)
        return making(click.pass_context(function))

    return decorate


def open_kb(ctx: click.Context, folder: str | None, *, create: bool = False) -> KnowledgeBase:
    """The knowledge base that was asked for: of the verb, of the program, of the environment, or the built-in."""
    from policykb.knowledge_base import KnowledgeBase

    kb = KnowledgeBase.open_default(folder or ctx.obj["kb"], create=create, before_building=_tell_of_building)
    ctx.call_on_close(kb.close)
    return kb


def _tell_of_building() -> None:
    """Say that the first run takes a while, to a person who would wait before a silent screen."""
    if sys.stderr.isatty():
        click.echo(say("第一次使用，正在整理自带语料，请稍候……"), err=True)
