"""Named practices without quotation marks: a noun phrase that ends in a head noun, behind a verb that sets it up."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from policykb.extraction.lexicon import alternation
from policykb.extraction.lists import Item, split
from policykb.extraction.names import LEVELS
from policykb.extraction.numerals import count
from policykb.extraction.quoted import Found
from policykb.extraction.rules import Rules, TextRule
from policykb.terms import PracticeKind

_INNER_VERB = re.compile(
    r"建立健全|建立|健全|构建|搭建|组建|成立|制定|出台|推行|实行|落实(?!活动|年)|开展(?!活动)|推广|完善|形成|通过|实施|打造|举办|启动|设立"
)
_BEHIND_QUOTED = re.compile(r"(?:”[\u4e00-\u9fff]{0,6}(?:和|与|及|以及|、)|--)")
_COUNT_BEHIND = re.compile("[三四五六七八九十][大支个项张类座]$")
_PHRASE = 4
_LONGEST = 40
_HEADING_GAP = 8
_GROUP = re.compile("、.*(?P<count>[三四五六七八九十])[大支个项张类座]")
"""A list and the number of its items in front of a head noun: 红色先锋、橙色暖心、银色助老三大驿站."""
_COUNTED = re.compile(
    r"(?:并[\u4e00-\u9fff]{2}了?)?第?[\d一二两三四五六七八九十百千几多每]+[个项次名支批场家所条届处座间类种大级]"
)
"""How a phrase begins that counts things and names none: 一次志愿服务活动."""


class UnquotedFinder:
    """Finds noun phrases by the rules ``unquoted`` and ``unquoted_head``."""

    def __init__(self, rules: Rules) -> None:
        """Use the rules and the generic words of ``rules``."""
        self._rules = rules
        self._generic_words = re.compile(alternation(rules.lexicon.generic))

    def find(self, shadow: str) -> list[Found]:
        """The names in order of their place."""
        found: list[Found] = []
        for rule in self._rules.text["unquoted"]:
            for match in rule.pattern.finditer(shadow):
                found += self._names(shadow, *match.span("phrase"), rule)
        return sorted([*self._codes(shadow), *self._groups(shadow), *found, *self._recurring(shadow)])

    def _codes(self, shadow: str) -> Iterator[Found]:
        """Codes with a sign in them before a head noun: 1+3+N模式."""
        rule = self._rules.text["unquoted_code"][0]
        for match in rule.pattern.finditer(shadow):
            kind = self._rules.lexicon.heads[match["head"]][0]
            yield Found(match.start(), match.end(), *match.span("name"), kind, rule.name)

    def _groups(self, shadow: str) -> Iterator[Found]:
        """Counted groups, which need as many items before them: 红管家、调解员、老娘舅三支队伍."""
        rule = self._rules.text["counted_group"][0]
        for match in rule.pattern.finditer(shadow):
            kind = self._rules.lexicon.heads[match["head"]][0]
            yield Found(*match.span("name"), *match.span("name"), kind, rule.name, needs_members=True)

    def _recurring(self, shadow: str) -> list[Found]:
        """Proper names that the text repeats without any verb: 李红梅工作室."""
        rule = self._rules.text["recurring"][0]
        spans = [match.span() for match in rule.pattern.finditer(shadow)]
        uses = Counter(shadow[start:end] for start, end in spans)
        return [
            Found(start, end, start, end, self._kind(shadow, start, end), rule.name)
            for start, end in spans
            if uses[shadow[start:end]] >= int(rule.yields) and self._is_specific(shadow[start : end - 3])
        ]

    def _names(self, shadow: str, start: int, end: int, rule: TextRule) -> Iterator[Found]:
        """The names of one phrase: each runs from the one before it to its head noun."""
        for head_start, head_end in _heads(shadow, start, end, rule):
            low = _beginning(shadow, start, head_start)
            start = head_end
            counted = _COUNTED.match(shadow, low, head_start)
            low = _without_joint(shadow, counted.end(), head_start) if counted else low
            own = shadow[low:head_start]
            group = _GROUP.search(own)
            name = low + (group.start("count") if group else 0)
            enough = rule.yields == "0" or self._is_specific(own, topics_suffice=rule.needs != "word")
            if head_end - low <= _LONGEST and len(own) >= int(rule.yields) and enough:
                kind = self._kind(shadow, low, head_end)
                yield Found(low, head_end, name, head_end, kind, rule.name)

    def _kind(self, shadow: str, start: int, end: int) -> PracticeKind:
        head = _longest_head(shadow, start, end, self._rules)
        if head:
            return self._rules.lexicon.heads[head][0]
        return PracticeKind.WORK_METHOD if shadow[end - 1] == "法" else PracticeKind.MECHANISM

    def _is_specific(self, own: str, *, topics_suffice: bool = True) -> bool:
        """Whether something of its own stands before the head noun: a word of its own, or two topics."""
        if _COUNTED.match(own) or "等" in own or own.endswith("新"):
            return False
        letters = topics = at = 0
        for match in self._generic_words.finditer(own):
            letters += match.start() - at
            topics += self._rules.lexicon.generic[match.group()] == "topic"
            at = match.end()
        letters += len(own) - at
        return letters >= 2 or (topics >= 2 and topics_suffice)


def without_headings(unquoted: Sequence[Found], quoted: Sequence[Found], shadow: str) -> list[Found]:
    """``unquoted`` but for headings of a quoted name: 推行驻村工作法。推行“一坚持、两走遍”基层工作法."""
    starts = [one.start for one in quoted]
    kept = []
    for one in unquoted:
        at = bisect_right(starts, one.end)
        follower = quoted[at] if at < len(quoted) and starts[at] - one.end <= _HEADING_GAP else None
        same_head = follower and shadow[one.end - 2 : one.end] == shadow[follower.end - 2 : follower.end]
        if not (same_head and shadow[one.end : one.end + 1] in "。\n"):
            kept.append(one)
    return kept


def _heads(shadow: str, start: int, end: int, rule: TextRule) -> list[tuple[int, int]]:
    """Head nouns with an end of phrase behind them; X清单和Y清单制度 has one."""
    heads = [match.span() for match in rule.head.finditer(shadow, start, end + 1)] if rule.head else []
    heads = [head for head in heads if head[1] <= end]
    return [
        head
        for n, head in enumerate(heads)
        if n + 1 == len(heads) or shadow[slice(*head)] not in shadow[head[1] : heads[n + 1][0]]
    ]


def _beginning(shadow: str, start: int, head: int) -> int:
    """Where the name begins: behind the last verb inside, behind 的, behind an item of a list of names."""
    for match in _INNER_VERB.finditer(shadow, start, head):
        start = match.end()
    if (of := shadow.rfind("的", start, head)) >= 0:
        start = of + 1
    if (quoted := _BEHIND_QUOTED.search(shadow, start, head)) is not None:
        start = quoted.end()
    items = split(shadow, start, head, "、")
    if len(items) > 1 and not _is_modifier_list(shadow, items):
        start = items[-1][0]
        conjunction = re.compile("和|与|以及|及").search(shadow, start, head)
        start = conjunction.end() if conjunction else start
    return _without_joint(shadow, start, head)


def _without_joint(shadow: str, start: int, head: int) -> int:
    """Behind what joins one name to the last."""
    while start < head and shadow[start] in "、和与及等 ":
        start += 1
    return start


def _is_modifier_list(shadow: str, items: list[Item]) -> bool:
    """Whether the items only enumerate levels (市、县、乡党委书记…) or share a word (党建带工建、带团建、带妇建)."""
    levels = LEVELS.match(shadow, items[0][0], items[-1][1])
    if levels and count(levels["count"]) == len(items) == levels["list"].count("、") + 1:
        return True
    words = [re.sub(r"（[^（）]*）", "", shadow[start:end]) for start, end in items]
    words[-1] = _COUNT_BEHIND.sub("", words[-1])
    lengths = {len(word) for word in words}
    if all(len(word) <= 3 for word in words[:-1]) or (len(lengths) == 1 and (len(words) > 2 or lengths == {_PHRASE})):
        return True
    last = re.split("和|与|及", words[-1])
    if len(last) == 2 and len({len(word) for word in (*words[:-1], *last)}) == 1:
        return True
    shared = set(words[0]).intersection(*words[1:])
    return len(words) > 2 and bool(shared) and max(map(len, words)) - min(map(len, words)) <= 3


def _longest_head(shadow: str, start: int, end: int, rules: Rules) -> str:
    return next((shadow[at:end] for at in range(max(start, end - 6), end) if shadow[at:end] in rules.lexicon.heads), "")
