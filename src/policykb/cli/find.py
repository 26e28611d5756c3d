"""The verbs that show what is there: list, show, extract, practices, search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policykb.cli.app import DONE, WANTING, json_option, kb_option, open_kb, verb
from policykb.cli.help import TermOption
from policykb.cli.language import later, say
from policykb.terms import AdminLevel, DocumentKind, PracticeKind, SearchUnit, Term

if TYPE_CHECKING:
    from policykb.models import Hit
    from policykb.search import Contribution, FacetCounts

F = TypeVar("F", bound=Callable[..., Any])


def one_of(name: str, terms: type[Term], metavar: str, purpose: str, **more: str) -> Callable[[F], F]:
    """An option that takes a term of a vocabulary."""
    return click.option(name, cls=TermOption, terms=terms, metavar=metavar, help=purpose, **more)


@verb("list", later("列出全部文件"), "policykb list")
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


@verb("show", later("看一份文件：提纲、做法、指标、修复"), "policykb show 编号 --text")
@click.argument("document_id", metavar=later("编号"))
@click.option("--text", "as_text", is_flag=True, help=later("显示清理后的全文"))
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


@verb("extract", later("从一个文件里找出做法、指标和引用文件（不入库）"), "policykb extract 某地综述.txt --json")
@click.argument("path", type=click.Path(), metavar=later("文件"))
@click.option("--rules", type=click.Path(), metavar=later("文件"), help=later("自己的词语和规则（YAML）"))
@json_option
def extract_file(ctx: click.Context, path: str, rules: str | None, as_json: bool) -> int:
    from policykb.cli import views
    from policykb.cli.screen import Screen
    from policykb.exchange import document_record
    from policykb.extraction import extract
    from policykb.ingest import read

    screen = Screen()
    found = [(document, extract(document, rules=rules)) for document in read(path)]
    if as_json:
        screen.json({"documents": [document_record(document, extraction) for document, extraction in found]})
        return DONE
    for document, extraction in found:
        views.show_document(screen, document, extraction)
        screen.line()
    return DONE


@verb("practices", later("列出做法，或按名称、数字看一项"), "policykb practices 45666")
@click.argument("query", required=False, metavar=later("[名称]"))
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
    elif found or not query:
        views.show_practices(screen, [(p, kb.document_of(p)) for p in found])
    else:
        views.advise(screen, kb.suggest(query))
    return DONE if found or not query else WANTING


@verb(
    "search",
    later("检索：词语、“短语”、-排除词、地区:咸宁 类型:plan 年份:2014-2017"),
    "policykb search 空巢老人必访\npolicykb search 网格 地区:酒泉 --facets\npolicykb search 党建联席会 --explain -k 3",
)
@click.argument("query", metavar=later("检索词"), nargs=-1, required=True)
@click.option("-k", default=10, type=click.IntRange(min=1), metavar=later("条数"), help=later("一页几条，默认 10"))
@click.option("--page", default=1, type=click.IntRange(min=1), metavar=later("页数"), help=later("第几页，默认 1"))
@one_of("--unit", SearchUnit, later("单位"), later("找什么，默认 passage："), default=SearchUnit.PASSAGE.value)
@click.option("--locality", metavar=later("地区"), help=later("只看某地（含下辖）"))
@one_of("--level", AdminLevel, later("层级"), later("只看某级机关的文件："))
@one_of("--kind", DocumentKind, later("类型"), later("只看某类文件："))
@one_of("--practice-kind", PracticeKind, later("类型"), later("只看某类做法："))
@click.option("--issuing-authority", metavar=later("机关"), help=later("只看某机关的文件"))
@click.option("--years", metavar=later("年份"), help=later("只看某年或某几年：2015 或 2014-2017"))
@click.option("--facets", is_flag=True, help=later("另按地区、类型、年份统计条数"))
@click.option("--explain", is_flag=True, help=later("说明每条的得分从哪些词来"))
@kb_option
@json_option
def search(
    ctx: click.Context,
    query: tuple[str, ...],
    *,
    k: int,
    page: int,
    facets: bool,
    explain: bool,
    kb_folder: str | None,
    as_json: bool,
    **narrowed: Any,  # noqa: ANN401 - the unit and the filters
) -> int:
    from policykb.cli import views
    from policykb.cli.screen import Screen

    screen, kb = Screen(), open_kb(ctx, kb_folder)
    text, first = " ".join(query), (page - 1) * k
    hits = kb.search(text, k=k, offset=first, **narrowed)
    counts = kb.count(text, **narrowed) if facets else None
    reasons = [kb.explain(text, hit, unit=narrowed["unit"]) for hit in hits] if explain else None
    if as_json:
        screen.json(found_record(text, hits, counts, reasons))
    else:
        views.show_hits(screen, hits, first=first, reasons=reasons or ())
        if counts:
            views.show_facets(screen, counts)
        if not hits and first:
            screen.remark(say("没有第 {page} 页；请看前面几页", page=page))
        elif not hits:
            views.advise(screen, kb.suggest(text))
    return DONE if hits else WANTING


def found_record(
    query: str, hits: Sequence[Hit], counts: FacetCounts | None, reasons: Sequence[Sequence[Contribution]] | None
) -> dict[str, Any]:
    """What ``search --json`` prints; counts and reasons only where they were asked for."""
    from policykb.exchange import hit_record

    rows = [hit_record(hit) for hit in hits]
    for row, reason in zip(rows, reasons or (), strict=False):
        row["reasons"] = [one.model_dump(mode="json") for one in reason]
    return {"query": query, "hits": rows} | ({"facets": counts.model_dump(mode="json")} if counts else {})
