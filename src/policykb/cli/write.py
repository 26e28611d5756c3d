"""The verbs that write and check documents: templates, draft, check, locality."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policykb.cli.app import DONE, WANTING, json_option, kb_option, open_kb, verb
from policykb.cli.language import later, say
from policykb.errors import WriteError

if TYPE_CHECKING:
    from policykb.cli.screen import Screen


@verb("templates", later("列出模板，或看一个模板需要哪些内容"), "policykb templates implementation_plan")
@click.argument("name", required=False, metavar=later("[模板]"))
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
        screen.table((say("模板"), say("用途")), [(template.name, template.label) for template in chosen])
    return DONE


@verb(
    "draft",
    later("为一个地方（或一张表里的每个地方）起草公文，存为 Word"),
    "policykb draft implementation_plan --locality 曲阳县.yaml --practice 45666 -o 方案.docx\n"
    "policykb draft notice --locality 曲阳县.yaml --ask -o 通知.docx\n"
    "policykb draft notice --localities 各乡镇.xlsx -o 各乡镇/\n"
    "policykb draft --template 本单位模板.docx --locality 曲阳县.yaml -o 方案.docx",
)
@click.argument("template", metavar=later("[模板]"), required=False)
@click.option(
    "--template", "own_template", type=click.Path(), metavar=later("文件"), help=later("用自己的 Word 模板（.docx）")
)
@click.option(
    "--locality", metavar=later("文件"), help=later("地方资料（YAML、TOML 或 JSON；用 policykb locality 生成）")
)
@click.option(
    "--localities",
    type=click.Path(),
    metavar=later("表格"),
    help=later("成批起草：.xlsx 或 .csv，一行一个地方，-o 写文件夹"),
)
@click.option("--practice", "names", multiple=True, metavar=later("名称"), help=later("借鉴的做法，可写多次"))
@click.option("--set", "settings", multiple=True, metavar=later("字段=值"), help=later("补充一个字段，可写多次"))
@click.option("--ask", is_flag=True, help=later("缺什么问什么，逐项填写（回车跳过）"))
@click.option("--data", type=click.Path(), metavar=later("表格"), help=later("考评报告的得分表（.xlsx 或 .csv）"))
@click.option("--chart", is_flag=True, help=later("把考评得分画成图（要装 policykb[plot]）"))
@click.option(
    "--wrap",
    type=click.Choice(["notice", "report"]),
    metavar=later("文种"),
    help=later("套上 notice 印发通知或 report 报告"),
)
@click.option("--no-comments", is_flag=True, help=later("不带批注的干净稿"))
@click.option("--sources", is_flag=True, help=later("文末附参考做法出处"))
@click.option(
    "--fonts",
    type=click.Choice(["gb2312", "win", "fzgbk"]),
    metavar=later("字库"),
    help=later("gb2312 仿宋_GB2312、win 系统自带字体、fzgbk 方正字体"),
)
@click.option("--layout", type=click.Path(), metavar=later("文件"), help=later("本地版式习惯（YAML）"))
@click.option(
    "-o", "--output", required=True, metavar=later("文件"), help=later("写到哪里（.docx、.md；台账为 .xlsx）")
)
@click.option("--report", type=click.Path(), metavar=later("文件"), help=later("把缺项、存疑和出处另存为 JSON"))
@kb_option
@json_option
def draft(ctx: click.Context, kb_folder: str | None, as_json: bool, **asked: Any) -> int:  # noqa: ANN401 - what click parsed
    from policykb.cli import views
    from policykb.cli.drafts import finished_drafts
    from policykb.cli.screen import Screen

    screen, kb = Screen(), open_kb(ctx, kb_folder)
    asked["values"] = parse_settings(asked.pop("settings"))
    wanting, reports, done = False, [], []
    for finished in finished_drafts(kb, screen, asked):
        finished.save()
        wanting |= finished.wanting
        reports.append(finished.report)
        done.append(finished)
    if not as_json and asked["localities"]:
        views.show_batch(screen, done)
    elif not as_json:
        views.show_draft(screen, done[0])
    if asked["report"]:
        save_reports(asked["report"], reports, many=bool(asked["localities"]))
    if as_json:
        screen.json({"drafts": reports} if asked["localities"] else reports[0])
    return WANTING if wanting else DONE


@verb(
    "check",
    later("检查一份 Word 文件是否合乎公文格式"),
    "policykb check 方案.docx --locality 曲阳县.yaml\npolicykb check 方案.docx --fix -o 方案（改）.docx",
)
@click.argument("path", type=click.Path(), metavar=later("文件"))
@click.option("--locality", type=click.Path(), metavar=later("文件"), help=later("地方资料：另查他地地名和过时提法"))
@click.option("--fix", is_flag=True, help=later("改正格式（不动文字），写到 -o 指明的文件"))
@click.option(
    "-o", "--output", type=click.Path(), metavar=later("文件"), help=later("改正后的文件；默认为 原名-已改.docx")
)
@json_option
def check(ctx: click.Context, path: str, *, locality: str | None, as_json: bool, fix: bool, output: str | None) -> int:
    from policykb.cli import views
    from policykb.cli.screen import Screen
    from policykb.drafting import check_file, load_profile

    screen = Screen()
    if output and not fix:
        raise click.UsageError(say("-o 要和 --fix 一起用"), ctx=click.get_current_context())
    if fix:
        path = fix_format(screen, Path(path), Path(output) if output else None, told=not as_json)
    report = check_file(path, load_profile(locality) if locality else None)
    if as_json:
        screen.json(report.model_dump(mode="json"))
    else:
        views.show_check(screen, report)
    return DONE if report.passed else WANTING


def fix_format(screen: Screen, path: Path, output: Path | None, *, told: bool) -> str:
    """Mend the format of a Word file into another one, say what was done, and tell where the other one is."""
    from policykb.cli import views
    from policykb.word import fix_docx
    from policykb.writing import write_whole

    output = output or path.with_name(f"{path.stem}-已改.docx")
    fixed = fix_docx(path)
    write_whole(output, fixed.data)
    if told:
        views.show_fixed(screen, fixed, output)
    return str(output)


@verb("locality", later("生成一份待填写的地方资料"), "policykb locality 曲阳县 -o 曲阳县.yaml")
@click.argument("name", metavar=later("地名"))
@click.option("-o", "--output", type=click.Path(), metavar=later("文件"), help=later("写到哪里；不写则显示在屏幕上"))
def locality(ctx: click.Context, name: str, output: str | None) -> int:
    from policykb.cli.screen import Screen
    from policykb.drafting import locality_profile_skeleton
    from policykb.writing import write_whole

    if output and Path(output).exists():
        raise WriteError("{path}：已有这个文件，可能填过内容；请换一个文件名，或先移走它", path=output)
    text = locality_profile_skeleton(name)
    if output is None:
        click.echo(text, nl=False)
        return DONE
    write_whole(Path(output), text.encode())
    Screen().line(say("已写出 {output}，填好后用 --locality {output}", output=output))
    return DONE


def parse_settings(settings: tuple[str, ...]) -> dict[str, str]:
    """``字段=值`` pairs as a mapping; a pair without ``=`` is refused."""
    pairs = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(
                say("--set {setting}：应写成 字段=值", setting=setting), ctx=click.get_current_context()
            )
        pairs[name.strip()] = value.strip()
    return pairs


def save_reports(path: str, reports: list[dict[str, Any]], *, many: bool) -> None:
    """Write the report of a draft, or those of a batch, as JSON."""
    import json

    from policykb.writing import write_whole

    whole = {"drafts": reports} if many else reports[0]
    write_whole(Path(path), (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode())
