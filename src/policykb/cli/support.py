"""The verbs about the program itself: doctor, completion."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from policykb.cli.app import DONE, WANTING, app, json_option, kb_option, open_kb, verb
from policykb.cli.language import later, say
from policykb.errors import PolicyKBError

MARKS = {True: "✓", False: "✗", None: "–"}

SHELLS = ("bash", "zsh", "fish")


@verb("doctor", later("检查这台电脑：程序、字体、LibreOffice、知识库"), "policykb doctor")
@kb_option
@json_option
def doctor(ctx: click.Context, kb_folder: str | None, as_json: bool) -> int:
    from policykb.cli.examination import examine, examine_knowledge_base
    from policykb.cli.screen import Screen

    screen = Screen()
    findings = [*examine(), examine_knowledge_base(lambda: open_kb(ctx, kb_folder))]
    if as_json:
        screen.json({"findings": [finding._asdict() for finding in findings]})
    for finding in () if as_json else findings:
        screen.entry(f"{MARKS[finding.well]} {finding.what}{say('：')}", finding.told)
        if finding.remedy:
            screen.entry("    → ", finding.remedy)
    return WANTING if any(finding.well is False for finding in findings) else DONE


@verb(
    "completion",
    later("输出命令补全脚本（bash、zsh、fish）"),
    'eval "$(policykb completion bash)"\npolicykb completion fish > ~/.config/fish/completions/policykb.fish',
)
@click.argument("shell", metavar=later("外壳"), type=click.Choice(SHELLS))
def completion(ctx: click.Context, shell: str) -> int:
    made = get_completion_class(shell)
    if made is None:  # cannot be: SHELLS are click's own
        raise PolicyKBError("没有 {shell} 的补全脚本", shell=shell)
    click.echo(made(app, {}, "policykb", "_POLICYKB_COMPLETE").source())
    return DONE
