"""What a check found, and the rules it goes by: ``data/word_check.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from policykb.models import Record
from policykb.resources import data_file

_WITHIN = MappingProxyType(str.maketrans("“”‘’", "‘’“”"))
_SHOWN = 24  # characters of a paragraph that tell which it is


class Severity(StrEnum):
    """How grave a finding is: against the standard, doubtful, a matter of habit."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Finding(Record):
    """One thing that does not agree with the format.

    ``place`` tells it to a clerk (第3段“各乡镇…”); ``paragraph`` is its number from 1, None for the page as a
    whole; ``clause`` is where the rule comes from.  ``done`` is what ``fix_docx`` does about it; empty where it
    is no matter of format.
    """

    rule: str
    clause: str
    severity: Severity
    place: str
    paragraph: int | None
    message: str
    remedy: str
    done: str = ""


class Rule(Record):
    """A rule as the data file has it; ``done`` says what mending it did, and is empty where no program may."""

    clause: str
    severity: Severity
    message: str
    remedy: str
    done: str = ""


class Tolerance(Record):
    """How far off is still right."""

    margin_mm: float
    size_pt: float
    indent_characters: float


class CheckRules(Record):
    """The whole data file."""

    families: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, tuple[str, ...]]
    tolerance: Tolerance
    rules: Mapping[str, Rule]


@lru_cache(maxsize=1)
def check_rules() -> CheckRules:
    """The rules, read once."""
    return CheckRules(**tomllib.loads(data_file("word_check.toml").read_text(encoding="utf-8")))


def finding(rule: str, paragraph: int | None = None, text: str = "", *, found: str = "", wanted: str = "") -> Finding:
    """What ``rule`` says of the paragraph with that number and text, or of the page as a whole."""
    known = check_rules().rules[rule]
    return Finding(
        rule=rule,
        clause=known.clause,
        severity=known.severity,
        place="全文" if paragraph is None else f"第{paragraph}段{quoted(shown(text))}",
        paragraph=paragraph,
        message=_filled(known.message, found, wanted),
        remedy=_filled(known.remedy, found, wanted),
        done=_filled(known.done, found, wanted),
    )


def _filled(message: str, found: str, wanted: str) -> str:
    for name, value in (("{found}", found), ("{wanted}", wanted)):
        message = message.replace(f"“{name}”", quoted(value)).replace(name, value)
    return message


def quoted(text: str) -> str:
    """``text`` in quotation marks, its own ones turned into those that stand within others (GB/T 15834)."""
    return f"“{text.translate(_WITHIN)}”"


def shown(text: str) -> str:
    """As much of a paragraph as tells which it is."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
