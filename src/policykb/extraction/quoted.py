"""Named practices that stand in quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from policykb.extraction.canonical import Canonical, Quotation
from policykb.extraction.names import code_of, normal_name, numbered_parts, symbols
from policykb.extraction.numerals import NUMERAL, count
from policykb.extraction.rules import QuotationRule, Rules
from policykb.terms import PracticeKind

_BEFORE = 24
"""How many characters before a quotation a rule may look at."""
_LONGEST = 45
_LONG_NAME = 4
_SHORT_NAME = 7
_MOST_CLAUSES = 3
_SHORT_HEAD = 3
_LONGEST_TITLE = 12
_STEPS = re.compile(rf"的?(?P<name>(?P<count>{NUMERAL})[步字招环]\S{{0,6}}法$)")
_TOTAL = re.compile(f"等?(?P<count>{NUMERAL})[大支个项张类座]")
"""What counts a list of names as one whole; 三种模式 are three."""
_WORK = "工作"
"""The head noun that says least: “三个专项行动”等工作 are campaigns."""
_PAPERS = frozenset({"试点", "试点工作", "方案", "计划", "项目", "办法", "工作", "建设", "规范", "标准"})
"""What may be written or done about a practice and does not change its kind: 行动方案."""
_JOIN = re.compile(
    r"(?:（[^（）]{1,80}+）)?(?:(?:[、，]?(?:以及|和|与|及)|[\u4e00-\u9fff\d]{0,8}、)[\u4e00-\u9fff]{0,8})?|等"
)


class Found(NamedTuple):
    """A name found in the text: ``[start, end)`` with marks and head noun, ``[name_start, name_end)`` without.

    It counts only with its members where ``needs_members``.
    """

    start: int
    end: int
    name_start: int
    name_end: int
    kind: PracticeKind | None
    rule: str
    needs_members: bool = False

    @property
    def headed(self) -> bool:
        """Whether a head noun stands behind the quotation marks."""
        return self.end > self.name_end + 1


Verdict = tuple[QuotationRule | None, int, PracticeKind | None]
"""The rule that fits, where the name with its head noun ends, and its kind."""


def find_quoted(shadow: Canonical, rules: Rules) -> list[Found]:
    """The practices named in quotation marks, in order of their place."""
    found: list[Found] = []
    for chain in _chains(shadow):
        found += _judge_chain(chain, shadow, rules)
    return found


def _chains(shadow: Canonical) -> Iterator[list[Quotation]]:
    """Quotations that are listed together: “A”、“B”和“C”, “A”、农村“B”."""
    chain: list[Quotation] = []
    for quotation in shadow.quotations:
        if quotation.end - quotation.start > _LONGEST + 2 or quotation.end - quotation.start < 4:
            continue
        if chain and not _joined(chain[-1], quotation, shadow.text):
            yield chain
            chain = []
        chain.append(quotation)
    if chain:
        yield chain


def _joined(left: Quotation, right: Quotation, text: str) -> bool:
    if right.depth != left.depth or not left.end <= right.start <= left.end + 90:
        return False
    return _JOIN.fullmatch(text, left.end, right.start) is not None


def _judge_chain(chain: Sequence[Quotation], shadow: Canonical, rules: Rules) -> Iterator[Found]:
    """What each quotation of a list names; a head noun behind the last one counts for those before it."""
    text, verdicts = shadow.text, [judge(quotation, shadow.text, rules) for quotation in chain]
    if len(chain) > 1 and _is_tight(chain, text) and _is_one(chain, verdicts[-1], text):
        verdicts = verdicts[-1:]
        chain = [Quotation(chain[0].start, chain[-1].end, chain[0].depth)]
    last = verdicts[-1]
    if last[0] and last[0].yields == "counted":
        yield from _counted_behind(chain[-1], last[0], text)
        return
    if group := _counted_group(chain, last, text):
        yield group
        return
    shared = last[2] if last[1] > chain[-1].end else _kind_behind(chain[-1], text, rules)
    governing: QuotationRule | None = None
    for quotation, verdict in zip(chain, verdicts, strict=True):
        rule, head_end, kind = verdict
        if rule is None and governing and _is_governed(quotation, governing, shadow, rules):
            rule, kind = governing, kind_inside(text[quotation.start + 1 : quotation.end - 1], rules)
        taken = rule is not None and rule.yields == "practice"
        governing = (rule if rule and rule.before else governing) if taken else None
        if (rule is None or rule.yields == "nothing_alone") and last[0] and last[0].yields == "practice" and last[2]:
            rule, kind, head_end = last[0], shared or kind, quotation.end
        elif head_end <= quotation.end:
            kind = shared or kind
        if rule is None or rule.yields != "practice" or _is_refused(quotation, text, kind, rules):
            continue
        inner = _counted_head(quotation, head_end, text) or (quotation.start + 1, quotation.end - 1)
        yield Found(quotation.start, head_end, *inner, kind, rule.name, rule.needs == "members")


def _kind_behind(quotation: Quotation, text: str, rules: Rules) -> PracticeKind | None:
    """The kind that a head noun gives behind the rest of the list: “A”、“B”、无偿献血等七大志愿服务项目."""
    tail = rules.pattern("list_tail").match(text, quotation.end)
    return rules.lexicon.heads[tail["head"]][0] if tail else None


def _counted_group(chain: Sequence[Quotation], last: Verdict, text: str) -> Found | None:
    """The name of the whole where a list of names is counted behind the last of them: “A”“B”“C”三支队伍."""
    rule, head_end, kind = last
    match = _TOTAL.match(text, chain[-1].end, head_end) if rule and len(chain) > 2 else None
    if not rule or not match or count(match["count"]) != len(chain):
        return None
    return Found(chain[0].start, head_end, match.start("count"), head_end, kind, rule.name)


def _counted_behind(quotation: Quotation, rule: QuotationRule, text: str) -> Iterator[Found]:
    """What counts the items of the quotation right behind it: “考核、创新、规范、引领”四个到位."""
    match = rule.after.match(text, quotation.end) if rule.after else None
    inner = text[quotation.start + 1 : quotation.end - 1]
    if match and count(match["count"]) in {len(re.split("、|，", inner)), len(re.split("、", inner))}:
        yield Found(quotation.start, match.end("counted"), *match.span("counted"), None, rule.name)


def _counted_head(quotation: Quotation, head_end: int, text: str) -> tuple[int, int] | None:
    """Where the name stands if the quotation lists its steps: “问、议、办”的三步议事法."""
    match = _STEPS.match(text, quotation.end, head_end)
    listed = text.count("、", quotation.start, quotation.end) + 1
    return (match.start("name"), head_end) if match and count(match["count"]) == listed else None


def _is_governed(quotation: Quotation, rule: QuotationRule, shadow: Canonical, rules: Rules) -> bool:
    """Whether the verb before the first name of a list also introduces this one: 建设“网络支部”“微信支部”."""
    name = shadow.text[quotation.start + 1 : quotation.end - 1]
    right = rule.after.match(shadow.text, quotation.end) if rule.after else True
    metaphor = rule.unless == "metaphor" and rules.lexicon.is_metaphor(name)
    return bool(right) and not metaphor and (rule.inside is None or passes(rule.inside, name, rules))


def _is_tight(chain: Sequence[Quotation], text: str) -> bool:
    """Whether nothing but 、 or 和 stands between the quotations: “组团式”、“订单式”."""
    return all(right.start - left.end <= 1 for left, right in pairwise(chain))


def _is_one(chain: Sequence[Quotation], last: Verdict, text: str) -> bool:
    """Whether the list is one name: sides of one way (“组团式”、“订单式”), or of one aim (“零积压”“零投诉”目标)."""
    return last[2] is PracticeKind.TARGET or all(text[quotation.end - 2] == "式" for quotation in chain)


def _is_refused(quotation: Quotation, text: str, kind: PracticeKind | None, rules: Rules) -> bool:
    """Whether the name is a formula, a hotline that is no method, or no name but a head noun itself."""
    name = normal_name(text[quotation.start + 1 : quotation.end - 1])
    if rules.lexicon.formulae.get(name) == "hotline":
        return kind not in {PracticeKind.WORK_METHOD, PracticeKind.MECHANISM, PracticeKind.MODEL}
    return name in rules.lexicon.formulae or (name in rules.lexicon.heads and len(name) < _SHORT_HEAD)


def judge(quotation: Quotation, text: str, rules: Rules) -> Verdict:
    """The first rule that fits the quotation, where the name with its head noun ends, and its kind."""
    name = text[quotation.start + 1 : quotation.end - 1]
    before = text[max(0, quotation.start - _BEFORE) : quotation.start]
    for rule in rules.quotation:
        if rule.inside and not passes(rule.inside, name, rules):
            continue
        if rule.unless == "metaphor" and rules.lexicon.is_metaphor(name):
            continue
        left = rule.before.search(before) if rule.before else None
        right = rule.after.match(text, quotation.end) if rule.after else None
        if (rule.before and not left) or (rule.after and not right):
            continue
        end, kind = quotation.end, kind_inside(name, rules)
        if left and "head" in left.re.groupindex:
            kind = rules.lexicon.heads[left["head"]][0]
        if right and "head" in right.re.groupindex:
            end, last = _last_head(text, right.start("head"), right.end("head"), rules)
            word = right["head"] if last in _PAPERS else last
            kind = (kind if word == _WORK else None) or rules.lexicon.heads[word][0]
        return rule, end, kind
    return None, quotation.end, None


def _last_head(text: str, start: int, end: int, rules: Rules) -> tuple[int, str]:
    """The end and the last of the head nouns that follow one another: 行动 + 计划, 活动 + 制度."""
    while any((length := n) and text[end : end + n] in rules.lexicon.heads for n in (4, 3, 2)):
        start, end = end, end + length
    if more := rules.pattern("head_continued").match(text, end):
        start, end = more.span("head")
    return end, text[start:end]


def passes(test: str, name: str, rules: Rules) -> bool:
    """Whether what stands inside the marks is what a rule asks for: a ``name``, a ``code``, ``parts``, a ``list``…."""
    if test == "inner_head":
        return kind_inside(name, rules) is not None
    if test == "strong_end":
        strong = any(rules.lexicon.is_strong(name[-n:]) for n in (4, 3, 2))
        return strong and _SHORT_HEAD < len(name) <= _LONGEST_TITLE and "，" not in name
    return _TESTS[test](name)


def _is_code(name: str) -> bool:
    return code_of(name) is not None and not (name.isdigit() and len(name) < _SHORT_HEAD)


def _has_parts(name: str) -> bool:
    """Whether the name counts more than once: 三亮两比, 1+3+N."""
    parts = numbered_parts(name)
    counts = len(parts) > 1 and max(part.number for part in parts) > 1
    return counts or ("+" in name and len(symbols(name)) > 1)


def _is_formula(name: str) -> bool:
    return name.count("+") > 1 and all(name.split("+"))


def _is_name(name: str) -> bool:
    clauses = name.count("，") + 1
    return (
        len(name) >= 2
        and clauses <= _MOST_CLAUSES
        and not any(sign in name for sign in "。！？；")
        and not name.isspace()
    )


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "code": _is_code,
    "parts": _has_parts,
    "formula": _is_formula,
    "list": lambda name: "、" in name,
    "name": _is_name,
    "long_name": lambda name: len(name) >= _LONG_NAME and _is_name(name),
    "bare_name": lambda name: "、" not in name and _is_name(name),
}


def kind_inside(name: str, rules: Rules, strengths: Collection[str] = ("strong", "inner")) -> PracticeKind | None:
    """The kind that the last word inside the marks tells: 家庭党校 is a platform."""
    for length in range(min(6, len(name) - 1), 0, -1):
        head = rules.lexicon.heads.get(name[-length:])
        if head and head[1] in strengths and (length > 1 or 2 < len(name) <= _SHORT_NAME):
            return head[0]
    return None


def without_overlaps(found: Sequence[Found]) -> list[Found]:
    """``found`` in order of place; of two that overlap the one given first stays."""
    kept: list[Found] = []
    starts: list[int] = []
    for one in found:
        at = bisect_right(starts, one.start)
        before, behind = kept[at - 1] if at else None, kept[at] if at < len(kept) else None
        if (before and before.end > one.start) or (behind and behind.start < one.end):
            continue
        kept.insert(at, one)
        starts.insert(at, one.start)
    return kept
