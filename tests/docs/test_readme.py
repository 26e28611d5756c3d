"""What the README shows is what happens: its commands and its code run, and print what stands there."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from policykb.cli import main

ROOT = Path(__file__).parents[2]
READMES = ["README.md", "README.zh-CN.md"]


def blocks(name: str, language: str) -> list[str]:
    """The code blocks of one language, in order."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("name", READMES)
def test_the_commands_print_what_the_readme_shows(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Does each command of a console block print the lines below it?"""
    monkeypatch.delenv("POLICYKB_HOME", raising=False)
    shown = blocks(name, "console")
    assert shown
    for block in shown:
        command, expected = block.split("\n", 1)
        main(shlex.split(command.removeprefix("$ policykb")))
        assert capsys.readouterr().out == expected


@pytest.mark.parametrize("name", READMES)
def test_the_code_prints_what_the_readme_shows(name: str) -> None:
    """Does the Python example print the text block behind it?"""
    (code,), (expected,) = blocks(name, "python"), blocks(name, "text")
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(code, name, "exec"), {})  # noqa: S102 - our own README
    assert output.getvalue() == expected


@pytest.mark.parametrize("name", READMES)
def test_the_links_lead_somewhere(name: str) -> None:
    """Does each relative link of the README name a file that is there?"""
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
