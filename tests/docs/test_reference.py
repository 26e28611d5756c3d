"""The reference holds every public name and every verb, and the picture of the floors is that of the code."""

from __future__ import annotations

import re
import sys

from examples import ROOT

import policykb
from policykb.cli.app import app

sys.path.insert(0, str(ROOT / "tools"))
from picture_of_floors import PICTURE, drawn
from test_floors import FLOORS

DOCS = ROOT / "docs"


def test_every_public_name_is_in_the_reference() -> None:
    """Does the page on Python show each name of ``policykb.__all__``, and none that is not there?"""
    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\.\. auto\w+:: policykb\.(\w+)$", page, flags=re.MULTILINE)
    assert sorted(shown) == sorted(policykb.__all__)


def test_every_verb_is_in_the_reference_in_the_order_of_the_program() -> None:
    """Does the page on the command line show the help of each verb?"""
    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    assert re.findall(r"^\$ policykb (\S+) --help$", page, flags=re.MULTILINE) == list(app.commands)


def test_the_picture_of_the_floors_is_current() -> None:
    """Is docs/images/floors.svg what tools/picture_of_floors.py draws?"""
    assert PICTURE.read_text(encoding="utf-8") == drawn(FLOORS)


def test_every_page_is_in_the_contents() -> None:
    """Does the index name each page under docs/?"""
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    pages = {page.relative_to(DOCS).with_suffix("").as_posix() for page in DOCS.rglob("*.md")} - {"index"}
    assert {page for page in pages if f"\n{page}\n" not in index} == set()


def test_the_tests_that_the_page_on_the_format_names_exist() -> None:
    """Does each clause's proof stand in the tests?"""
    named = set(re.findall(r"`(test_\w+)`", (DOCS / "compliance.md").read_text(encoding="utf-8")))
    defined = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
    }
    assert named
    assert named - defined == set()
