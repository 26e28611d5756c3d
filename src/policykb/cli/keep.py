"""The verbs that fill and keep a knowledge base: add, remove, export, verify, reindex."""

from __future__ import annotations

from pathlib import Path

import click

from policykb.cli.app import DONE, WANTING, json_option, kb_option, open_kb, verb
from policykb.cli.language import later, say
from policykb.errors import ReadError


@verb("add", later("读入文件或文件夹"), "policykb add 下载/ --kb 我的知识库")
@click.argument("paths", type=click.Path(), nargs=-1, required=True, metavar=later("文件…"))
@click.option(
    "--rules",
    type=click.Path(),
    metavar=later("文件"),
    help=later("自己的词语和规则（YAML）；默认用知识库里的 rules.yaml"),
)
@kb_option
@json_option
def add(ctx: click.Context, paths: tuple[str, ...], rules: str | None, kb_folder: str | None, as_json: bool) -> int:
    from policykb.cli import views
    from policykb.cli.screen import Screen

    screen = Screen()
    if not any(Path(path).exists() for path in paths):  # before a knowledge base is made for nothing
        raise ReadError("{path}：找不到这个文件；请检查路径和文件名。", path=paths[0])
    kb = open_kb(ctx, kb_folder, create=True)
    with screen.progress(say("读入")) as progress:
        report = kb.add(*paths, rules=rules, progress=progress)
    if as_json:
        screen.json(report.model_dump(mode="json"))
    else:
        views.show_add_report(screen, report)
    return WANTING if any(skipped.same_as is None for skipped in report.skipped) else DONE


@verb("remove", later("从知识库删去文件"), "policykb remove 编号 --kb 我的知识库")
@click.argument("document_ids", nargs=-1, required=True, metavar=later("编号…"))
@kb_option
@json_option
def remove(ctx: click.Context, document_ids: tuple[str, ...], kb_folder: str | None, as_json: bool) -> int:
    from policykb.cli.screen import Screen

    screen = Screen()
    removed = open_kb(ctx, kb_folder).remove(*document_ids)
    if as_json:
        screen.json({"removed": list(removed)})
    else:
        screen.line(say("已删去 {n} 份文件", n=len(removed)))
    return DONE


@verb("export", later("把做法、指标或文件导出为表格"), "policykb export practices -o 做法.xlsx")
@click.argument("what", metavar=later("内容"), type=click.Choice(["practices", "indicators", "documents"]))
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    required=True,
    metavar=later("文件"),
    help=later(".xlsx、.csv、.json、.jsonl 或 .md"),
)
@kb_option
def export(ctx: click.Context, what: str, output: str, kb_folder: str | None) -> int:
    from policykb.cli.screen import Screen

    count = open_kb(ctx, kb_folder).export(what, output)
    Screen().line(say("已导出 {n} 条到 {output}", n=count, output=output))
    return DONE


@verb("verify", later("检查知识库：文件、索引和出处是否都对得上"), "policykb verify --kb 我的知识库")
@kb_option
@json_option
def verify(ctx: click.Context, kb_folder: str | None, as_json: bool) -> int:
    from policykb.cli.screen import Screen

    screen, kb = Screen(), open_kb(ctx, kb_folder)
    problems = kb.verify()
    if as_json:
        screen.json({"documents": len(kb.documents()), "problems": problems})
    else:
        for problem in problems:
            screen.entry("· ", problem)
        told = (
            later("发现 {n} 处问题；索引的问题用 policykb reindex 解决") if problems else later("{kb} 份文件全部完好")
        )
        screen.remark(say(told, n=len(problems), kb=len(kb.documents())))
    return WANTING if problems else DONE


@verb("reindex", later("重建检索索引"), "policykb reindex --kb 我的知识库")
@kb_option
def reindex(ctx: click.Context, kb_folder: str | None) -> int:
    from policykb.cli.screen import Screen

    kb = open_kb(ctx, kb_folder)
    kb.reindex()
    Screen().line(say("已重建 {n} 份文件的索引", n=len(kb.documents())))
    return DONE
