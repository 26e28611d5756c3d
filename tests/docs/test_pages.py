"""What the pages show is what happens: their examples run, their commands exist, their links lead somewhere."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
import yaml
from examples import NAMES, PAGES, ROOT, Block, blocks_of, not_run, renewed

from policykb.cli.app import app

TEXTS = {name: page.read_text(encoding="utf-8") for name, page in zip(NAMES, PAGES, strict=True)}

NOT_RUN = {
    ("docs/guide/opensearch.md", "import policykb"): "needs a cluster",
    (
        "docs/guide/opensearch.md",
        "python tools/opensearch_cluster.py sh -c 'policykb add corpus/ --kb $POLICYKB_TEST_OPENSEARCH/policy'",
    ): "needs Maven and a JDK",
}
"""Blocks that no test runs, by page and first line, with the reason that stands above them."""

PARSERS = {"yaml": yaml.safe_load, "toml": tomllib.loads, "json": json.loads}
SHOWN_ONLY = {"text", "jinja", "markdown", "csv", ""}
DIRECTIVES = {"{toctree}", "{eval-rst}", "{note}", "{tip}"}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that all pages share."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_come_out_as_the_page_shows(name: str, tmp_path: Path, cache: Path) -> None:
    """Does each command and each piece of code print what stands below it?

    ``tools/renew_examples.py`` writes it anew.
    """
    assert renewed(TEXTS[name], tmp_path, cache) == TEXTS[name]


def test_only_blocks_with_a_known_reason_are_not_run() -> None:
    """Is every block that is marked as not run in the table, with its reason, and the other way round?"""
    assert {(name, first): why for name, text in TEXTS.items() for first, why in not_run(text).items()} == NOT_RUN


@pytest.mark.parametrize("name", NAMES)
def test_no_page_shows_a_failure_of_ours(name: str) -> None:
    """Is nothing on the page an error that the program itself calls internal?"""
    assert "程序内部错误" not in TEXTS[name]


@pytest.mark.parametrize("name", NAMES)
def test_every_block_says_what_it_is(name: str) -> None:
    """Is each block run, a file, parsed, or plainly an excerpt?"""
    for block in blocks_of(TEXTS[name]):
        if parse := PARSERS.get(block.language):
            parse(block.text)
        elif block.language == "sh":
            for line in typed_lines(block):
                check_line(line)
        else:
            known = {"console", "python"} | SHOWN_ONLY | DIRECTIVES
            assert block.language.partition(" ")[0] in known, f"{name}: a block of {block.language!r}"


def typed_lines(block: Block) -> list[list[str]]:
    """The command lines of a shell block, remarks left out."""
    words = (shlex.split(line, comments=True) for line in block.text.replace("\\\n", " ").splitlines())
    return [line for line in words if line]


def check_line(words: list[str]) -> None:
    """A line of a shell block names targets, extras, verbs, options and files that exist."""
    match words:
        case ["make", *targets]:
            known = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
            assert set(targets) <= set(known), words
        case ["pip" | "pipx", "install", *what] | ["uv", "tool", "install", *what]:
            check_extras(what)
        case ["export", setting]:
            assert setting.startswith("POLICYKB_HOME="), words
        case ["eval", command] if command.startswith("$("):
            check_line(shlex.split(command[2:-1]))
        case ["policykb", verb, *arguments]:
            command = app.commands[verb]
            command.make_context(verb, until_redirected(arguments), parent=click.Context(app, obj={}))
        case ["python" | "bash", script, *_]:
            assert (ROOT / script).is_file(), words
        case _:
            pytest.fail(f"nobody checks this line: {words}")


def check_extras(what: list[str]) -> None:
    """Each extra that is asked for is in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in what:
        distribution, _, extras = requirement.rstrip("]").partition("[")
        assert distribution in {".", "policykb"}, what
        assert set(filter(None, extras.split(","))) <= set(project["optional-dependencies"]), what


def until_redirected(arguments: list[str]) -> list[str]:
    """The arguments before ``>``."""
    return arguments[: arguments.index(">")] if ">" in arguments else arguments


@pytest.mark.parametrize("name", NAMES)
def test_the_links_lead_somewhere(name: str) -> None:
    """Does each relative link name a file that is there, and each anchor a heading of that file?"""
    page = ROOT / name
    text = re.sub(r"^(`{3,}).*?^\1$", "", TEXTS[name], flags=re.DOTALL | re.MULTILINE)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in link:
            continue
        target, _, anchor = link.partition("#")
        path = (page.parent / unquote(target)).resolve() if target else page
        assert path.exists(), f"{name}: {link}"
        assert not anchor or unquote(anchor) in anchors(path), f"{name}: {link}"


def anchors(page: Path) -> set[str]:
    """What the headings of a page are called in links (as GitHub and MyST call them)."""
    headings = re.findall(r"^#{1,6} (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
