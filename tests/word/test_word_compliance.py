"""The page that says clause by clause what is done: does it say the truth?"""

from __future__ import annotations

import re
from pathlib import Path

from policykb.word.findings import check_rules

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "compliance.md"
ROW = re.compile(r"\|(?P<clause>[^|]+)\|(?P<what>[^|]+)\|(?P<how>[^|]+)\|(?P<tests>[^|]+)\|")


def rows() -> list[dict[str, str]]:
    """The rows of the table, without its head."""
    found = [ROW.fullmatch(line) for line in PAGE.read_text(encoding="utf-8").splitlines()]
    cells = [{name: cell.strip() for name, cell in match.groupdict().items()} for match in found if match]
    return [row for row in cells if row["clause"] not in ("条款", "---")]


def test_every_test_that_is_named_exists() -> None:
    """Is each test of the page one that runs?"""
    written = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = {name for row in rows() for name in re.findall("`(test_[a-z0-9_]+)`", row["tests"])}
    assert {name for name in named if f"def {name}(" not in written} == set()


def test_what_is_done_is_shown_by_a_test() -> None:
    """Has each clause a way, and each that the program does, wholly or in part, a test?"""
    assert len(rows()) > 30
    for row in rows():
        assert re.match("自动|部分：|人工", row["how"]), row
        assert ("`test_" in row["tests"]) is not row["how"].startswith("人工"), row


def test_every_clause_that_the_check_names_stands_on_the_page() -> None:
    """Can a clerk look up each clause that a finding tells?"""
    named = " ".join(row["clause"] for row in rows())
    clauses = {rule.clause for rule in check_rules().rules.values() if rule.clause[0].isdigit()} - {"15834"}
    assert {clause for clause in clauses if clause not in named} == set()
