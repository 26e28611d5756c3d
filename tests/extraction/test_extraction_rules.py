"""Rules and words are data: each rule's example is a test, and each pattern is linear."""

from __future__ import annotations

import time
from typing import Any

import pytest
from invented import document

from policykb.extraction import extract, load_rules
from policykb.extraction.canonical import canonical
from policykb.extraction.quoted import judge
from policykb.extraction.rules import read_rules

RULES = load_rules()
DATA = read_rules()
PRACTICE_GROUPS = ("quotation", "unquoted", "unquoted_code", "recurring")
MEMBER_GROUPS = ("members_behind", "members_before")
FIGURE_GROUPS = ("indicators", "not_indicators")


def entries(*groups: str) -> list[Any]:
    """The rules of these groups as parameters of a test."""
    return [pytest.param(entry, id=f"{group}-{entry['name']}") for group in groups for entry in DATA[group]]


def test_every_rule_has_a_name_of_its_own_and_an_example() -> None:
    """Can each rule be named and shown?"""
    for group, rules in DATA.items():
        if group != "classes":
            assert len({rule["name"] for rule in rules}) == len(rules)
            assert all({"text", "finds"} <= set(rule["example"]) for rule in rules)


@pytest.mark.parametrize("entry", entries(*PRACTICE_GROUPS))
def test_the_example_of_a_practice_rule(entry: dict[str, Any]) -> None:
    """Does the rule find the name in its example, or nothing where it refuses?"""
    practices = extract(document(entry["example"]["text"])).practices
    found = [(p.full_name, p.rule if entry["yields"] == "practice" else entry["name"]) for p in practices]
    rule = entry["name"]
    assert found == ([(entry["example"]["finds"], rule)] if entry["example"]["finds"] else [])


@pytest.mark.parametrize("entry", [e for e in entries("quotation") if not e.values[0]["example"]["finds"]])
def test_a_refusing_rule_is_the_one_that_refuses(entry: dict[str, Any]) -> None:
    """Is the example refused by this rule, not by chance?"""
    shadow = canonical(entry["example"]["text"])
    assert entry["name"] in {rule.name for q in shadow.quotations if (rule := judge(q, shadow.text, RULES)[0])}


@pytest.mark.parametrize("entry", entries(*MEMBER_GROUPS))
def test_the_example_of_a_member_rule(entry: dict[str, Any]) -> None:
    """Does the practice of the example have these members?"""
    practices = extract(document(entry["example"]["text"])).practices
    members = ["/".join(member for c in practice.components for member in c.members) for practice in practices]
    assert entry["example"]["finds"] in members


@pytest.mark.parametrize("entry", entries(*FIGURE_GROUPS))
def test_the_example_of_a_figure_rule(entry: dict[str, Any]) -> None:
    """Does the example claim this figure, or none?"""
    found = [
        " ".join(str(part) for part in (_plain(i.value), i.unit, i.qualifier) if part is not None)
        for i in extract(document(entry["example"]["text"])).indicators
    ]
    assert found == ([entry["example"]["finds"]] if entry["example"]["finds"] else [])


def _plain(value: float | tuple[float, float]) -> str:
    return str([int(v) for v in value]) if isinstance(value, tuple) else f"{value:.10g}"


OTHERS = [group for group in DATA if group not in {"classes", *PRACTICE_GROUPS, *MEMBER_GROUPS, *FIGURE_GROUPS}]


@pytest.mark.parametrize("entry", entries(*OTHERS))
def test_the_example_of_any_other_rule(entry: dict[str, Any]) -> None:
    """Does the pattern find these words?"""
    patterns = {rule.name: rule.pattern for group in OTHERS for rule in RULES.text[group]}
    match = patterns[entry["name"]].search(canonical(entry["example"]["text"]).text)
    groups = {name: match.group(name) for name in match.re.groupindex} if match else {}
    found = match and next((text for text in groups.values() if text), match.group())
    assert found == (canonical(entry["example"]["finds"]).text or (match and match.group()))


HOSTILE = ("工", "建立", "、", "“", "（", "1", "百", "1，", "福州", "即", "以", "工作", "一是", "a-")
SCANNED = ("unquoted", "unquoted_code", "recurring", "organ", "anaphor", "counted_group", "cited", "indicators")
"""Groups whose patterns are looked for throughout a text; all others are tied to a place in it."""
MEGABYTE = 1_000_000


@pytest.mark.parametrize("group", SCANNED)
def test_no_pattern_of_the_text_backtracks(group: str) -> None:
    """Does each pattern read a megabyte of its own example, and much hostile text, in seconds?"""
    for rule, entry in zip(RULES.text[group], DATA[group], strict=True):
        for piece, length in ((entry["example"]["text"], MEGABYTE), *((piece, MEGABYTE // 10) for piece in HOSTILE)):
            text = canonical(piece).text * (length // len(piece))
            for pattern in filter(None, (rule.pattern, rule.head)):
                before = time.process_time()
                assert sum(1 for _ in pattern.finditer(text)) >= 0
                spent = time.process_time() - before
                assert spent < 8 * length / MEGABYTE, f"{rule.name}: {spent:.1f} s for {length} characters of {piece!r}"


@pytest.mark.parametrize("group", [group for group in DATA if group not in {"classes", "quotation", *SCANNED}])
def test_no_tied_pattern_backtracks(group: str) -> None:
    """Does a pattern look at no more than its neighbourhood, whatever a megabyte behind its place holds?"""
    for rule, entry in zip(RULES.text[group], DATA[group], strict=True):
        for piece in (entry["example"]["text"], *HOSTILE):
            text = canonical(piece).text * (MEGABYTE // len(piece))
            before = time.process_time()
            matches = [rule.pattern.match(text, at) for at in range(20)]
            matches.append(rule.pattern.search(text[:160]))
            assert len(matches) == 21
            spent = time.process_time() - before
            assert spent < 0.5, f"{rule.name}: {spent:.1f} s on {piece!r}"


@pytest.mark.parametrize("rule", RULES.quotation, ids=lambda rule: rule.name)
def test_no_pattern_of_a_quotation_backtracks(rule: Any) -> None:
    """Does a pattern look at no more than its neighbourhood, whatever a megabyte behind the mark holds?"""
    for piece in HOSTILE:
        text = piece * (MEGABYTE // len(piece))
        before = time.process_time()
        matches = [side.match(text, at) for at in range(20) for side in (rule.after, rule.before) if side]
        assert len(matches) >= 0
        assert time.process_time() - before < 1.0, f"{rule.name} on {piece!r}"
