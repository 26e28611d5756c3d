"""The rules of extraction, read from their data file and compiled; see ``data/extraction_rules.yaml``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from policykb.extraction.confidence import Confidence
from policykb.extraction.lexicon import Lexicon
from policykb.extraction.own_rules import NO_RULES, OwnRules, read_own, wrong_file
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
    """Read and compile the built-in rules; the rules of the file ``own`` come before those of their group.

    Raises ``RulesError`` when the file cannot be used.  Its examples are checked by ``Extractor.from_file``.
    """
    if own is None:
        return _compiled(read_rules(), NO_RULES)
    extra = read_own(own)
    try:
        return _compiled(read_rules(), extra)
    except (ValueError, KeyError, TypeError) as error:
        reason = f"缺少 {error.args[0]}" if isinstance(error, KeyError) else str(error)
        raise wrong_file(own, reason) from error


def read_rules() -> dict[str, Any]:
    """The rules as they stand in the data file: groups of entries with their remarks and examples."""
    data: dict[str, Any] = yaml.safe_load(data_file("extraction_rules.yaml").read_text(encoding="utf-8"))
    return data


def _compiled(data: dict[str, Any], own: OwnRules) -> Rules:
    """Join and compile; groups and yields that the built-in rules do not know are an error."""
    lexicon = Lexicon.load(own.words)
    classes = lexicon.classes() | data.pop("classes")
    for group, rules in own.rules.items():
        if group not in data:
            raise ValueError(f"没有规则组 {group}；可用的是 {'、'.join(data)}")
        known = {entry["yields"] for entry in data[group]}
        if unknown := [rule for rule in rules if rule["yields"] not in known]:
            raise ValueError(f"规则 {unknown[0]['name']} 的 yields 应为 {'、'.join(sorted(known))} 之一")
        data[group] = [*rules, *data[group]]
    quotation = tuple(_quotation_rule(entry, classes) for entry in data.pop("quotation"))
    text = {group: tuple(_text_rule(entry, classes) for entry in entries) for group, entries in data.items()}
    return Rules(quotation, text, lexicon, Confidence.load())


def _quotation_rule(entry: dict[str, Any], classes: dict[str, str]) -> QuotationRule:
    inside = entry.get("inside")
    if inside is not None and inside not in _TESTS:
        raise ValueError(f"规则 {entry['name']} 的 inside 应为 {'、'.join(sorted(_TESTS))} 之一")
    before, after = (_pattern(entry, side, classes) if side in entry else None for side in ("before", "after"))
    return QuotationRule(entry["name"], before, inside, after, entry.get("unless"), entry.get("needs"), entry["yields"])


def _text_rule(entry: dict[str, Any], classes: dict[str, str]) -> TextRule:
    head = _pattern(entry, "head", classes) if "head" in entry else None
    return TextRule(entry["name"], _pattern(entry, "pattern", classes), entry["yields"], head, entry.get("needs"))


def _pattern(entry: dict[str, Any], side: str, classes: dict[str, str]) -> re.Pattern[str]:
    try:
        return compile_pattern(entry[side], classes)
    except re.error as error:
        raise ValueError(f"规则 {entry['name']} 的 {side} 不是正确的正则表达式：{error}") from error


def compile_pattern(pattern: str, classes: dict[str, str]) -> re.Pattern[str]:
    """Compile a pattern whose ``{class}`` words stand for the patterns in ``classes`` (which may nest)."""
    previous = None
    while previous != pattern:
        previous = pattern
        pattern = re.sub(r"\{([a-z_]+)\}", lambda match: f"(?:{classes[match.group(1)]})", pattern)
    return re.compile(pattern)
