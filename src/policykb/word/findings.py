"""What a check found, and the rules it goes by: ``data/word_check.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from policykb.models import Record
from policykb.resources import data_file

_SHOWN = 24  # characters of a paragraph that tell which it is


class Severity(StrEnum):
    """How grave a finding is: against the standard, doubtful, a matter of habit."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Finding(Record):
    """One thing that does not agree with the format.

    ``place`` tells it to a clerk (第3段“各乡镇…”); ``paragraph`` is its number from 1, None for the page as a
    whole; ``clause`` is where the rule comes from.
    """

    rule: str
    clause: str
    severity: Severity
    place: str
    paragraph: int | None
    message: str
    remedy: str


class Rule(Record):
    """A rule as the data file has it."""

    clause: str
    severity: Severity
    message: str
    remedy: str


class Tolerance(Record):
    """How far off is still right."""

    margin_mm: float
    size_pt: float
    indent_characters: float


class CheckRules(Record):
    """The whole data file."""

    families: Mapping[str, tuple[str, ...]]
    tolerance: Tolerance
    rules: Mapping[str, Rule]


@lru_cache(maxsize=1)
def check_rules() -> CheckRules:
    """The rules, read once."""
    return CheckRules(**tomllib.loads(data_file("word_check.toml").read_text(encoding="utf-8")))


def finding(rule: str, paragraph: int | None = None, text: str = "", *, found: str = "", wanted: str = "") -> Finding:
    """What ``rule`` says of the paragraph with that number and text, or of the page as a whole."""
    known = check_rules().rules[rule]
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return Finding(
        rule=rule,
        clause=known.clause,
        severity=known.severity,
        place="全文" if paragraph is None else f"第{paragraph}段“{shown}”",
        paragraph=paragraph,
        message=known.message.format(found=found, wanted=wanted),
        remedy=known.remedy.format(found=found, wanted=wanted),
    )
