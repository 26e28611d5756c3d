"""What ``doctor`` looks at: the program, its extras, LibreOffice, fonts, the knowledge base."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from policykb.cli.language import later, say
from policykb.errors import PolicyKBError
from policykb.knowledge_base import KnowledgeBase

EXTRAS = {
    "rjieba": later("更快的分词：pip install 'policykb[fast]'"),
    "docxtpl": later("用自己的 Word 模板：pip install 'policykb[docx-templates]'"),
    "pandas": later("导成 pandas 表：pip install 'policykb[pandas]'"),
    "matplotlib": later("画图：pip install 'policykb[plot]'"),
    "opensearch-py": later("连 OpenSearch 集群：pip install 'policykb[opensearch]'"),
}
"""Distributions that are needed for some things only, with what they are for."""

NEEDED = ("jieba", "tantivy", "pydantic", "python-docx", "lxml", "pdfplumber")
"""Distributions whose versions are worth knowing when something is wrong."""


class Finding(NamedTuple):
    """One thing that was looked at; ``well`` is None for what is not needed and not there."""

    what: str
    told: str
    well: bool | None = True
    remedy: str = ""


def examine() -> Iterator[Finding]:
    """What can be said of this computer."""
    yield Finding("policykb", f"{version('policykb')}（{platform.system()}，Python {platform.python_version()}）")
    yield Finding(say("程序库"), "，".join(f"{name} {version(name)}" for name in NEEDED))
    for name, purpose in EXTRAS.items():
        yield _extra(name, say(purpose))
    yield _console()
    yield _libreoffice()
    yield _fonts()


def examine_knowledge_base(opened: Callable[[], KnowledgeBase]) -> Finding:
    """The state of the knowledge base that ``opened`` opens: how many documents, whether the index agrees."""
    what = say("知识库")
    try:
        kb = opened()
        problems = kb.verify()
    except PolicyKBError as error:
        return Finding(what, str(error), well=False)
    told = say("{n} 份文件", n=len(kb.documents()))
    if problems:
        return Finding(
            what,
            f"{told}；{problems[0]}",
            well=False,
            remedy=say("看全部问题：policykb verify；重建索引：policykb reindex"),
        )
    return Finding(what, told + say("，索引完好"))


def _extra(name: str, purpose: str) -> Finding:
    try:
        return Finding(name, version(name))
    except PackageNotFoundError:
        return Finding(name, say("没有装（可不装）"), well=None, remedy=purpose)


def _console() -> Finding:
    encoding = (sys.stdout.encoding or "").lower().replace("_", "-")
    well = encoding.startswith(("utf", "gb"))
    remedy = "" if well else say("设环境变量 PYTHONUTF8=1，或在 Windows 终端先执行 chcp 65001")
    return Finding(say("终端编码"), encoding or "?", well=well, remedy=remedy)


def _libreoffice() -> Finding:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return Finding("LibreOffice", found)
    remedy = say("读 .doc、.wps、.rtf 要装 LibreOffice；也可先用 WPS 或 Word 另存为 .docx")
    return Finding("LibreOffice", say("没有装（可不装）"), well=None, remedy=remedy)


def _fonts() -> Finding:
    from policykb.word import examine_fonts

    report = examine_fonts()
    what = say("公文字体")
    if not report.known:
        return Finding(what, say("看不出装了哪些"), well=None, remedy=say("在 Word 或 WPS 里打开写出的文件看一看"))
    if not report.missing:
        return Finding(what, say("、").join(report.wanted))
    remedy = say("文件里写的是这些字体，换一台装有它们的电脑打开即可；也可用 --fonts win 改用系统自带字体")
    return Finding(what, say("缺 {fonts}", fonts=say("、").join(report.missing)), well=None, remedy=remedy)
