"""A file of one's own words and rules: what it may hold, and whether its examples come out as they say.

The form is told in ``data/extraction_own_example.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from policykb.errors import RulesError, reason_of
from policykb.models import Document, Extraction
from policykb.spans import OffsetMap
from policykb.terms import DocumentKind, PracticeKind

_SECTIONS = ("head_nouns", "verbs", "not_practices", "rules")
_STRENGTHS = ("strong", "weak", "adjacent", "inner")
_VERB_CLASSES = ("set_up", "use")


class Example(NamedTuple):
    """What an entry of the file, called ``entry``, must find in ``text``; nothing where ``finds`` is empty."""

    entry: str
    text: str
    finds: str


class OwnRules(NamedTuple):
    """The file in the form of the built-in data: lines of the word files, rules by their group."""

    words: Mapping[str, list[str]]
    rules: Mapping[str, list[dict[str, Any]]]
    examples: tuple[Example, ...]


NO_RULES = OwnRules({}, {}, ())


def read_own(path: Path) -> OwnRules:
    """Read a file of one's own; raises ``RulesError`` where it is missing or has another form."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _own(data or {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
        raise wrong_file(path, _reason(error)) from error


def wrong_file(path: Path, reason: str) -> RulesError:
    """The error of a file that cannot be used, in one line."""
    return RulesError(
        "{path}：抽取规则文件不能用（{reason}）；请改正后再试", path=path, reason=" ".join(reason.split())
    )


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"缺少 {error.args[0]}"
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"第 {error.problem_mark.line + 1} 行不是正确的 YAML"
    return str(reason_of(error)) if isinstance(error, OSError) else str(error)


def _own(data: dict[str, Any]) -> OwnRules:
    if not isinstance(data, dict):
        raise TypeError(f"应为若干节：{'、'.join(_SECTIONS)}")
    if unknown := [str(section) for section in data if section not in _SECTIONS]:
        raise ValueError(f"没有这样的节：{'、'.join(unknown)}；可用的是 {'、'.join(_SECTIONS)}")
    words = {
        "heads": [_head(entry) for entry in _entries(data, "head_nouns")],
        "verbs": [_verb(entry) for entry in _entries(data, "verbs")],
        "formulae": [f"{_word(entry)} own" for entry in _entries(data, "not_practices")],
    }
    rules: dict[str, list[dict[str, Any]]] = {}
    for rule in _entries(data, "rules"):
        if not isinstance(rule, dict):
            raise TypeError(f"规则应写成若干“名: 值”，不是“{rule}”")
        rules.setdefault(rule.get("group", "quotation"), []).append(rule)
    return OwnRules(words, rules, tuple(_examples(data)))


def _entries(data: dict[str, Any], section: str) -> list[Any]:
    entries = data.get(section) or []
    if not isinstance(entries, list):
        raise TypeError(f"{section} 应为列表")
    return entries


def _examples(data: dict[str, Any]) -> Iterator[Example]:
    """The examples of all entries: a rule has one, a word may."""
    for section in _SECTIONS:
        for entry in _entries(data, section):
            if isinstance(entry, dict) and ("example" in entry or section == "rules"):
                name = str(entry.get("name") or entry.get("word"))
                if "example" not in entry:
                    raise ValueError(f"规则 {name} 没有 example；请写上例句 text 和应找到的 finds")
                yield Example(name, str(entry["example"]["text"]), str(entry["example"]["finds"] or ""))


def _word(entry: Any) -> str:  # noqa: ANN401 - what the file holds there is yet to be seen
    """The word of an entry, which is the word itself or has it under ``word``."""
    word = str(entry["word"] if isinstance(entry, dict) else entry)
    if not word or re.search(r"\s", word):
        raise ValueError(f"词“{word}”为空或含空格")
    return word


def _head(entry: Any) -> str:  # noqa: ANN401 - as above
    """A line of ``data/extraction_heads.txt``."""
    if not isinstance(entry, dict):
        raise TypeError(f"中心词“{entry}”应写成 {{word: 词, kind: 类别}}")
    strength = entry.get("strength", "strong")
    if strength not in _STRENGTHS:
        raise ValueError(f"strength 应为 {'、'.join(_STRENGTHS)} 之一，不是 {strength}")
    return f"{_kind(str(entry['kind']))} {_word(entry)} {strength}"


def _kind(name: str) -> PracticeKind:
    """A kind by its identifier or by its Chinese label, or half of it: 行动 of 行动（活动）."""
    for kind in PracticeKind:
        if name in {kind.value, kind.zh, *re.split("[（）]", kind.zh)}:
            return kind
    raise ValueError(f"没有“{name}”这个类别；可用的是 {'、'.join(kind.zh for kind in PracticeKind)}")


def _verb(entry: Any) -> str:  # noqa: ANN401 - as above
    """A line of ``data/extraction_verbs.txt``."""
    verb_class = entry.get("class", "set_up") if isinstance(entry, dict) else "set_up"
    if verb_class not in _VERB_CLASSES:
        raise ValueError(f"class 应为 {'、'.join(_VERB_CLASSES)} 之一，不是 {verb_class}")
    return f"{_word(entry)} {verb_class}"


def invented(text: str) -> Document:
    """A document of the text of an example."""
    offsets = OffsetMap.identity(len(text))
    return Document(
        id="example", title="", kind=DocumentKind.NEWS, text=text, source_name="example", sha256="", offsets=offsets
    )


def told(extraction: Extraction) -> tuple[str, ...]:
    """All that an example may say it finds: full names, the members of each practice, figures, cited titles."""
    found: list[str] = []
    for practice in extraction.practices:
        members = [member for component in practice.components for member in component.members]
        found += [practice.full_name, *(["/".join(members)] if members else [])]
    for one in extraction.indicators:
        low_high = one.value if isinstance(one.value, tuple) else (one.value,)
        figure = "-".join(f"{value:.10g}" for value in low_high)
        found.append(" ".join(filter(None, (figure, one.unit, one.qualifier))))
    return (*found, *(reference.title for reference in extraction.references))
