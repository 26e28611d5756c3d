"""The verbs.  Each reads its arguments, calls the knowledge base, shows what came back; no logic lives here.

Imports stand inside the verbs so that ``policykb --help`` answers at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policykb.cli.help import Group
from policykb.errors import ReadError
from policykb.terms import DocumentKind, SearchUnit

if TYPE_CHECKING:
    from collections.abc import Callable

    from policykb.knowledge_base import KnowledgeBase

DONE, WANTING, WRONG = 0, 1, 2

KB_HELP = "知识库文件夹；不写则用环境变量 POLICYKB_HOME，再不然用自带语料（只读）"

UNIT_HELP = "、".join(f"{unit.value} {unit.zh}" for unit in SearchUnit) + "；默认 passage"
KIND_HELP = "只看某类文件：" + "、".join(f"{kind.value} {kind.zh}" for kind in DocumentKind)

kb_option = click.option("--kb", "kb_folder", metavar="文件夹", help=KB_HELP)
json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON")


@click.group(cls=Group, no_args_is_help=True, help="政策文本知识库：读入网页文本，检索各地做法，起草公文。")
@click.version_option(package_name="policykb", message="%(prog)s %(version)s", help="显示版本")
@click.option("--kb", "kb_folder", metavar="文件夹", help=KB_HELP)
@click.option("--debug", is_flag=True, help="出错时显示完整的内部信息")
@click.pass_context
def app(ctx: click.Context, kb_folder: str | None, debug: bool) -> None:
    ctx.obj = {"kb": kb_folder, "debug": debug}


def verb(name: str, purpose: str, example: str) -> Callable[[Callable[..., int]], click.Command]:
    """Make a function a verb; it gets the context first and returns the exit code."""

    def decorate(function: Callable[..., int]) -> click.Command:
        return app.command(name, help=purpose, short_help=purpose, epilog=example)(click.pass_context(function))

    return decorate


def open_kb(ctx: click.Context, folder: str | None, *, create: bool = False) -> KnowledgeBase:
    """The knowledge base that was asked for: of the verb, of the program, of the environment, or the built-in."""
    from policykb.knowledge_base import KnowledgeBase

    kb = KnowledgeBase.open_default(folder or ctx.obj["kb"], create=create)
    ctx.call_on_close(kb.close)
    return kb


@verb("add", "读入文件或文件夹", "policykb add 下载/ --kb 我的知识库")
@click.argument("paths", nargs=-1, required=True, metavar="文件…")
@kb_option
@json_option
def add(ctx: click.Context, paths: tuple[str, ...], kb_folder: str | None, as_json: bool) -> int:
    from policykb.cli import views
    from policykb.cli.screen import Screen

    screen = Screen()
    if not any(Path(path).exists() for path in paths):  # before a knowledge base is made for nothing
        raise ReadError(f"{paths[0]}：找不到这个文件；请检查路径和文件名。")
    kb = open_kb(ctx, kb_folder, create=True)
    with screen.progress("读入") as progress:
        report = kb.add(*paths, progress=progress)
    if as_json:
        screen.json(report.model_dump(mode="json"))
    else:
        views.show_add_report(screen, report)
    return WANTING if report.skipped else DONE


@verb("list", "列出全部文件", "policykb list")
@kb_option
@json_option
def list_documents(ctx: click.Context, kb_folder: str | None, as_json: bool) -> int:
    from policykb.cli import views
    from policykb.cli.screen import Screen
    from policykb.exchange import document_header

    screen, kb = Screen(), open_kb(ctx, kb_folder)
    documents = kb.documents()
    if as_json:
        screen.json({"documents": [document_header(document) for document in documents]})
    else:
        views.show_documents(screen, [(d, len(kb.extraction(d.id).practices)) for d in documents])
    return DONE


@verb("show", "看一份文件：提纲、做法、指标、修复", "policykb show 编号 --text")
@click.argument("document_id", metavar="编号")
@click.option("--text", "as_text", is_flag=True, help="显示清理后的全文")
@kb_option
@json_option
def show(ctx: click.Context, document_id: str, as_text: bool, kb_folder: str | None, as_json: bool) -> int:
    from policykb.cli import views
    from policykb.cli.screen import Screen
    from policykb.exchange import document_record

    screen, kb = Screen(), open_kb(ctx, kb_folder)
    document = kb.document(document_id)
    if as_json:
        screen.json(document_record(document, kb.extraction(document.id)))
    elif as_text:
        screen.line(document.text)
    else:
        views.show_document(screen, document, kb.extraction(document.id))
    return DONE


@verb("extract", "从一个文件里找出做法、指标和引用文件（不入库）", "policykb extract 某地综述.txt --json")
@click.argument("path", metavar="文件")
@json_option
def extract_file(ctx: click.Context, path: str, as_json: bool) -> int:
    from policykb.cli import views
    from policykb.cli.screen import Screen
    from policykb.exchange import document_record
    from policykb.extraction import extract
    from policykb.ingest import read

    screen = Screen()
    found = [(document, extract(document)) for document in read(path)]
    if as_json:
        screen.json({"documents": [document_record(document, extraction) for document, extraction in found]})
        return DONE
    for document, extraction in found:
        views.show_document(screen, document, extraction)
        screen.line()
    return DONE


@verb("practices", "列出做法，或按名称、数字看一项", "policykb practices 45666")
@click.argument("query", required=False, metavar="[名称]")
@kb_option
@json_option
def practices(ctx: click.Context, query: str | None, kb_folder: str | None, as_json: bool) -> int:
    from policykb.cli import views
    from policykb.cli.screen import Screen
    from policykb.exchange import practice_record

    screen, kb = Screen(), open_kb(ctx, kb_folder)
    found = kb.practices(query)
    if as_json:
        rows = [practice_record(p) | {"document_id": kb.document_of(p).id} for p in found]
        screen.json({"practices": rows})
    elif query and len(found) == 1:
        views.show_practice(screen, found[0], kb.document_of(found[0]))
    else:
        views.show_practices(screen, [(p, kb.document_of(p)) for p in found])
    return DONE if found or not query else WANTING


@verb("search", "检索：词语、“短语”、-排除词、地区:咸宁 类型:plan 年份:2014-2017", "policykb search 空巢老人必访")
@click.argument("query", metavar="检索词", nargs=-1, required=True)
@click.option("-k", default=10, type=click.IntRange(min=1), metavar="条数", help="最多几条，默认 10")
@click.option(
    "--unit",
    type=click.Choice([u.value for u in SearchUnit]),
    default="passage",
    metavar="单位",
    help=UNIT_HELP,
)
@click.option("--locality", metavar="地区", help="只看某地（含下辖）")
@click.option("--kind", type=click.Choice([k.value for k in DocumentKind]), metavar="类型", help=KIND_HELP)
@click.option("--issuing-authority", metavar="机关", help="只看某机关的文件")
@click.option("--years", metavar="年份", help="只看某年或某几年：2015 或 2014-2017")
@kb_option
@json_option
def search(ctx: click.Context, query: tuple[str, ...], kb_folder: str | None, as_json: bool, **options: Any) -> int:  # noqa: ANN401 - what click parsed
    from policykb.cli import views
    from policykb.cli.screen import Screen
    from policykb.exchange import hit_record

    screen, kb = Screen(), open_kb(ctx, kb_folder)
    text = " ".join(query)
    hits = kb.search(text, **options)
    if as_json:
        screen.json({"query": text, "hits": [hit_record(hit) for hit in hits]})
        return DONE if hits else WANTING
    views.show_hits(screen, hits)
    if not hits:
        near = kb.suggest(text)
        screen.remark(
            "没有找到。" + (f"你要找的是不是：{'、'.join(near)}" if near else "换几个词，或少写几个条件试试。")
        )
        return WANTING
    return DONE


@verb("templates", "列出模板，或看一个模板需要哪些内容", "policykb templates implementation_plan")
@click.argument("name", required=False, metavar="[模板]")
@json_option
def templates(ctx: click.Context, name: str | None, as_json: bool) -> int:
    from policykb.cli import views
    from policykb.cli.screen import Screen
    from policykb.drafting import list_templates, load_template

    screen = Screen()
    chosen = [load_template(name)] if name else list_templates()
    if as_json:
        screen.json({"templates": [template.summary() for template in chosen]})
    elif name:
        views.show_template(screen, chosen[0])
    else:
        screen.table(("模板", "用途"), [(template.name, template.label) for template in chosen])
    return DONE


@verb(
    "draft",
    "为一个地方（或一张表里的每个地方）起草公文，存为 Word",
    "policykb draft implementation_plan --locality examples/quyang.yaml --practice 45666 -o 方案.docx\n"
    "policykb draft notice --localities examples/towns.csv -o 各乡镇/",
)
@click.argument("template", metavar="模板")
@click.option("--locality", metavar="文件", help="地方资料（YAML、TOML 或 JSON；用 policykb locality 生成）")
@click.option("--localities", metavar="表格", help="成批起草：.xlsx 或 .csv，一行一个地方，-o 写文件夹")
@click.option("--practice", "names", multiple=True, metavar="名称", help="借鉴的做法，可写多次")
@click.option("--set", "settings", multiple=True, metavar="字段=值", help="补充一个字段，可写多次")
@click.option("--data", metavar="表格", help="考评报告的得分表（.xlsx 或 .csv）")
@click.option(
    "--wrap", type=click.Choice(["notice", "report"]), metavar="文种", help="套上 notice 印发通知或 report 报告"
)
@click.option("--no-comments", is_flag=True, help="不带批注的干净稿")
@click.option("--sources", is_flag=True, help="文末附参考做法出处")
@click.option("-o", "--output", required=True, metavar="文件", help="写到哪里（.docx、.md；台账为 .xlsx）")
@click.option("--report", metavar="文件", help="把缺项、存疑和出处另存为 JSON")
@kb_option
@json_option
def draft(ctx: click.Context, kb_folder: str | None, as_json: bool, **asked: Any) -> int:  # noqa: ANN401 - what click parsed
    from policykb.cli import views
    from policykb.cli.drafts import drafts_of
    from policykb.cli.screen import Screen

    screen, kb = Screen(), open_kb(ctx, kb_folder)
    asked["values"] = parse_settings(asked.pop("settings"))
    wanting = False
    reports = []
    for result, path in drafts_of(kb, asked):
        result.save(path)
        wanting |= bool(result.missing or result.residue)
        reports.append(result.report(output=path))
        if asked["report"] and not asked["localities"]:
            result.save_report(asked["report"], output=path)
        if not as_json:
            views.show_draft(screen, result, str(path))
    if as_json:
        screen.json(reports[0] if not asked["localities"] else {"drafts": reports})
    return WANTING if wanting else DONE


@verb("check", "检查一份 Word 文件是否合乎公文格式", "policykb check 方案.docx --locality examples/quyang.yaml")
@click.argument("path", metavar="文件")
@click.option("--locality", metavar="文件", help="地方资料：另查他地地名和过时提法")
@json_option
def check(ctx: click.Context, path: str, locality: str | None, as_json: bool) -> int:
    from policykb.cli import views
    from policykb.cli.screen import Screen
    from policykb.drafting import check_file, load_profile

    screen = Screen()
    report = check_file(path, load_profile(locality) if locality else None)
    if as_json:
        screen.json(report.model_dump(mode="json"))
    else:
        views.show_check(screen, report)
    return DONE if report.passed else WANTING


@verb("locality", "生成一份待填写的地方资料", "policykb locality 曲阳县 -o 曲阳县.yaml")
@click.argument("name", metavar="地名")
@click.option("-o", "--output", metavar="文件", help="写到哪里；不写则显示在屏幕上")
def locality(ctx: click.Context, name: str, output: str | None) -> int:
    from policykb.cli.screen import Screen
    from policykb.drafting import locality_profile_skeleton
    from policykb.writing import write_whole

    text = locality_profile_skeleton(name)
    if output is None:
        click.echo(text, nl=False)
        return DONE
    write_whole(Path(output), text.encode())
    Screen().line(f"已写出 {output}，填好后用 --locality {output}")
    return DONE


@verb("export", "把做法、指标或文件导出为表格", "policykb export practices -o 做法.xlsx")
@click.argument("what", metavar="内容", type=click.Choice(["practices", "indicators", "documents"]))
@click.option("-o", "--output", required=True, metavar="文件", help=".xlsx、.csv、.json、.jsonl 或 .md")
@kb_option
def export(ctx: click.Context, what: str, output: str, kb_folder: str | None) -> int:
    from policykb.cli.screen import Screen

    count = open_kb(ctx, kb_folder).export(what, output)
    Screen().line(f"已导出 {count} 条到 {output}")
    return DONE


@verb("remove", "从知识库删去文件", "policykb remove 编号 --kb 我的知识库")
@click.argument("document_ids", nargs=-1, required=True, metavar="编号…")
@kb_option
@json_option
def remove(ctx: click.Context, document_ids: tuple[str, ...], kb_folder: str | None, as_json: bool) -> int:
    from policykb.cli.screen import Screen

    screen = Screen()
    removed = open_kb(ctx, kb_folder).remove(*document_ids)
    if as_json:
        screen.json({"removed": list(removed)})
    else:
        screen.line(f"已删去 {len(removed)} 份文件")
    return DONE


def parse_settings(settings: tuple[str, ...]) -> dict[str, str]:
    """``字段=值`` pairs as a mapping; a pair without ``=`` is refused."""
    pairs = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"--set {setting}：应写成 字段=值", ctx=click.get_current_context())
        pairs[name.strip()] = value.strip()
    return pairs
