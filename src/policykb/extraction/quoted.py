"""Named practices that stand in quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from policykb.extraction.canonical import Canonical, Quotation
from policykb.extraction.names import code_of, normal_name
from policykb.extraction.rules import QuotationRule, Rules
from policykb.terms import PracticeKind

_BEFORE = 24
"""How many characters before a quotation a rule may look at."""
_LONGEST = 45
_LONG_NAME = 4
_SHORT_HEAD = 3
_LONGEST_TITLE = 12
_JOIN = re.compile(r"(?:（[^（）]{1,80}+）)?(?:(?:[、，]?(?:以及|和|与|及)|、)[\u4e00-\u9fff]{0,8})?|等")


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
    for quotation, verdict in zip(chain, verdicts, strict=True):
        rule, head_end, kind = verdict
        if (rule is None or rule.yields == "nothing_alone") and last[0] and last[0].yields == "practice" and last[2]:
            rule, kind, head_end = last[0], last[2], quotation.end
        elif kind is None and last[2]:
            kind = last[2]
        if rule is None or rule.yields != "practice" or _is_refused(quotation, text, kind, rules):
            continue
        inner = (quotation.start + 1, quotation.end - 1)
        yield Found(quotation.start, head_end, *inner, kind, rule.name, rule.needs == "members")


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
            end, kind = _heads_end(text, right.end("head"), rules), rules.lexicon.heads[right["head"]][0]
        return rule, end, kind
    return None, quotation.end, None


def _heads_end(text: str, end: int, rules: Rules) -> int:
    """The end of the head nouns that follow one another: 行动 + 计划, 活动 + 方案."""
    while any((length := n) and text[end : end + n] in rules.lexicon.heads for n in (4, 3, 2)):
        end += length
    return end


def passes(test: str, name: str, rules: Rules) -> bool:
    """Whether what stands inside the marks is a ``name``, a ``code``, or ends in an ``inner_head``."""
    if test == "code":
        return code_of(name) is not None
    if test == "list":
        return "、" in name
    if test == "inner_head":
        return kind_inside(name, rules) is not None
    if test == "strong_end":
        return (
            _SHORT_HEAD < len(name) <= _LONGEST_TITLE
            and "，" not in name
            and any(rules.lexicon.is_strong(name[-n:]) for n in (4, 3, 2))
        )
    if test == "long_name" and len(name) < _LONG_NAME:
        return False
    return len(name) >= 2 and not any(sign in name for sign in "。！？；") and not name.isspace()


def kind_inside(name: str, rules: Rules, strengths: Collection[str] = ("strong", "inner")) -> PracticeKind | None:
    """The kind that the last word inside the marks tells: 家庭党校 is a platform."""
    for length in range(min(6, len(name) - 1), 0, -1):
        head = rules.lexicon.heads.get(name[-length:])
        if head and head[1] in strengths and (length > 1 or len(name) > 2):
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
