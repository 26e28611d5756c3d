"""The rules of extraction, read from their data file and compiled; see ``data/extraction_rules.yaml``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from policykb.errors import ReadError
from policykb.extraction.confidence import Confidence
from policykb.extraction.lexicon import Lexicon
from policykb.resources import data_file

_TESTS = frozenset({"code", "parts", "formula", "inner_head", "strong_end", "list", "name", "long_name", "bare_name"})


class QuotationRule(NamedTuple):
    """A rule over one quotation: patterns before and after it, a test of what is inside, and what it yields."""

    name: str
    before: re.Pattern[str] | None
    inside: str | None
    after: re.Pattern[str] | None
    unless: str | None
    needs: str | None
    yields: str


class TextRule(NamedTuple):
    """A rule that is looked for throughout the text, or tied to a place by the code that uses it.

    ``head`` is the end of a name within what ``pattern`` found; with ``needs`` "word" a name of topics alone is none.
    """

    name: str
    pattern: re.Pattern[str]
    yields: str
    head: re.Pattern[str] | None = None
    needs: str | None = None


class Rules(NamedTuple):
    """All rules by what they look at, the words, and how far each rule can be trusted."""

    quotation: tuple[QuotationRule, ...]
    text: dict[str, tuple[TextRule, ...]]
    lexicon: Lexicon
    confidence: Confidence

    def pattern(self, group: str) -> re.Pattern[str]:
        """The pattern of a group that has one rule."""
        return self.text[group][0].pattern


def load_rules(own: Path | None = None) -> Rules:
    """Read and compile the built-in rules.

    ``own`` is a YAML file of the same form: its rules come before the built-in ones of their group, and under
    ``words`` it may add lines to the word files.  Raises ``ReadError`` when it cannot be used.
    """
    try:
        return _compiled(read_rules(), _read_own(own) if own else {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, re.error, yaml.YAMLError) as error:
        if own is None:
            raise
        reason = " ".join(str(error).split())
        raise ReadError(f"{own}：抽取规则文件不能用（{reason}）；请对照内置的 extraction_rules.yaml 改正") from error


def read_rules() -> dict[str, Any]:
    """The rules as they stand in the data file: groups of entries with their remarks and examples."""
    data: dict[str, Any] = yaml.safe_load(data_file("extraction_rules.yaml").read_text(encoding="utf-8"))
    return data


def _read_own(path: Path) -> dict[str, Any]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise TypeError("应为“组名: 规则列表”")
    return data


def _compiled(data: dict[str, Any], own: dict[str, Any]) -> Rules:
    """Join and compile; groups that the built-in rules do not know are an error."""
    lexicon = Lexicon.load(own.pop("words", None))
    classes = lexicon.classes() | data.pop("classes") | own.pop("classes", {})
    if unknown := sorted(set(own) - set(data)):
        raise ValueError(f"没有这样的规则组：{'、'.join(unknown)}")
    groups = {group: [*own.get(group, ()), *entries] for group, entries in data.items()}
    quotation = tuple(_quotation_rule(entry, classes) for entry in groups.pop("quotation"))
    text = {group: tuple(_text_rule(entry, classes) for entry in entries) for group, entries in groups.items()}
    return Rules(quotation, text, lexicon, Confidence.load())


def _quotation_rule(entry: dict[str, Any], classes: dict[str, str]) -> QuotationRule:
    inside = entry.get("inside")
    if inside is not None and inside not in _TESTS:
        raise ValueError(f"rule {entry['name']}: unknown test {inside}")
    before, after = (compile_pattern(entry[side], classes) if side in entry else None for side in ("before", "after"))
    return QuotationRule(entry["name"], before, inside, after, entry.get("unless"), entry.get("needs"), entry["yields"])


def _text_rule(entry: dict[str, Any], classes: dict[str, str]) -> TextRule:
    head = compile_pattern(entry["head"], classes) if "head" in entry else None
    return TextRule(
        entry["name"], compile_pattern(entry["pattern"], classes), entry["yields"], head, entry.get("needs")
    )


def compile_pattern(pattern: str, classes: dict[str, str]) -> re.Pattern[str]:
    """Compile a pattern whose ``{class}`` words stand for the patterns in ``classes`` (which may nest)."""
    previous = None
    while previous != pattern:
        previous = pattern
        pattern = re.sub(r"\{([a-z_]+)\}", lambda match: f"(?:{classes[match.group(1)]})", pattern)
    return re.compile(pattern)
