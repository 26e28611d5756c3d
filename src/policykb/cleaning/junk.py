"""Take page junk off a laid-out text, line by line, and keep the facts that it tells.

A page is cut into head, body and tail: the body reaches from the first paragraph of prose to the last.  Most
rules hold in head and tail only, so nothing of the body can go with the junk.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from policykb.cleaning.changes import NOTHING, Change, Finding, Outcome
from policykb.cleaning.junk_rules import JunkRules, Rule, junk_rules
from policykb.cleaning.page_facts import findings_of
from policykb.terms import RepairKind

_PROSE_LENGTH = 40
_JUNK_LENGTH = 300
_BODY_JUNK_LENGTH = 80
_LONGEST_MENU_WORD = 8
_SENTENCE_END = re.compile(r"[。；！？：]|[;?!:](?=$|[\u4e00-\u9fff])")
_LISTED = re.compile(r"[-–•·◆■●▪>*\[【\d]|.{0,80}[(（\[]?(?:20)?\d{2}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?[)）\]]?$")
_PAGER_WORDS = frozenset(
    ("上一页", "下一页", "首页", "尾页", "末页", "第一页", "最后一页", "...", "…", "|", "<", ">", "<<", ">>", "«", "»")
)
_PAGER = re.compile(r"\[?\d{1,3}\]?|共\d{1,4}页|第\d{1,4}页|\d{1,3}/\d{1,3}")
_DATE_ONLY = frozenset({"date and time"})
_PIECE_GAP = re.compile(r"[\s|｜/　,，;；]*")


class _Line(NamedTuple):
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class _Page(NamedTuple):
    """The lines of a page; ``lines[head:tail]`` is its body."""

    lines: list[_Line]
    head: int
    tail: int


class _Verdict(NamedTuple):
    """That a line is junk, and what it tells."""

    findings: tuple[Finding, ...] = ()


def drop_junk_lines(text: str) -> Outcome:
    """Whole lines of junk: breadcrumbs, menus, data lines, pagers, lists of other texts, footers."""
    rules = junk_rules()
    page = _cut_page(text, rules)
    verdicts: dict[int, _Verdict] = {}
    for number, line in enumerate(page.lines):
        in_body = page.head <= number < page.tail
        verdict = (
            _judge_body_line(line, rules) if in_body else _judge(line, "head" if number < page.head else "tail", rules)
        )
        if verdict is not None:
            verdicts[number] = verdict
    _add_menu(page, rules, verdicts)
    _add_related(page, rules, verdicts)
    _add_footer(page, rules, verdicts)
    if len(verdicts) == len(page.lines):
        return NOTHING  # a text of nothing but such lines is the text
    findings = tuple(finding for number in sorted(verdicts) for finding in verdicts[number].findings)
    return Outcome(tuple(_removals(text, page.lines, sorted(verdicts))), findings)


def _cut_page(text: str, rules: JunkRules) -> _Page:
    lines: list[_Line] = []
    start = 0
    for line in text.split("\n"):
        lines.append(_Line(line, start))
        start += len(line) + 1
    head, tail = 0, len(lines)
    while head < tail and not _is_prose(lines[head], rules):
        head += 1
    while tail > head and not _is_prose(lines[tail - 1], rules):
        tail -= 1
    return _Page(lines, head, tail)


def _is_prose(line: _Line, rules: JunkRules) -> bool:
    """A paragraph: long, with a sentence's end in it, and no junk itself."""
    if len(line.text) < _PROSE_LENGTH or not _SENTENCE_END.search(line.text):
        return False
    return _judge(line, "tail", rules) is None and not _is_sure_footer(line, rules)


def _judge(line: _Line, zone: str, rules: JunkRules) -> _Verdict | None:
    """Whether a line of the head or tail is junk."""
    if not line.text or len(line.text) > _JUNK_LENGTH:
        return None
    if any(is_kind(line.text, rules) for is_kind in (_is_menu, _is_caption, _is_advertisement)) or _is_pager(line.text):
        return _Verdict()
    pieces = _read_pieces(line, zone, rules)
    if pieces is not None:
        return pieces
    for rule in rules.line:
        if rule.zone in {zone, "edge"}:
            found = rule.pattern.fullmatch(line.text)
            if found:
                return _Verdict(tuple(findings_of(found, line.start)))
    return None


def _judge_body_line(line: _Line, rules: JunkRules) -> _Verdict | None:
    """Between paragraphs only what can be nothing else: pagers, captions, and lines about editors."""
    if not line.text or len(line.text) > _BODY_JUNK_LENGTH:
        return None
    if _is_pager(line.text) or _is_caption(line.text, rules) or _is_advertisement(line.text, rules):
        return _Verdict()
    return _read_pieces(line, "body", rules) if "编辑" in line.text or "责编" in line.text else None


def _is_menu(text: str, rules: JunkRules) -> bool:
    """A line of nothing but menu words, or four and more short words of which half are menu words."""
    words = [word for word in re.split(r"[\s|｜丨┊•·>»/]+", text) if word]
    hits = sum(1 for word in words if rules.is_menu_word(word))
    if words and all(word in rules.menu_words for word in words):
        return True
    short = all(len(word) <= 8 or any(rule.pattern.search(word) for rule in rules.spam) for word in words)
    return len(words) >= 4 and short and hits * 2 >= len(words)


def _is_caption(text: str, rules: JunkRules) -> bool:
    """A line of its own that says what a picture shows or who took it."""
    return ("图" in text or "摄" in text) and any(rule.pattern.fullmatch(text) for rule in rules.caption)


def _is_advertisement(text: str, rules: JunkRules) -> bool:
    return any(rule.pattern.fullmatch(text) for rule in rules.advertisement if any(hint in text for hint in rule.hints))


def _is_pager(text: str) -> bool:
    """``[1] [2] [3] 下一页 尾页``: page numbers and page words, at least one of the words."""
    if "页" not in text:
        return False
    words = text.split()
    named = [word for word in words if word in _PAGER_WORDS]
    rest = [word for word in words if word not in _PAGER_WORDS]
    return any("页" in word for word in named) and all(_PAGER.fullmatch(word) for word in rest)


def _read_pieces(line: _Line, zone: str, rules: JunkRules) -> _Verdict | None:
    """A line that is made of data about the text alone; a lone date is junk in the head only."""
    findings: list[Finding] = []
    names: set[str] = set()
    at = 0
    while at < len(line.text):
        found, rule = _longest_piece(line.text, at, rules)
        if found is None or rule is None:
            return None
        names.add(rule.name)
        findings += findings_of(found, line.start)
        gap = _PIECE_GAP.match(line.text, found.end())
        at = gap.end() if gap else found.end()
    if names <= _DATE_ONLY and zone != "head" and ":" not in line.text and "：" not in line.text:
        return None
    return _Verdict(tuple(findings)) if names else None


def _longest_piece(text: str, at: int, rules: JunkRules) -> tuple[re.Match[str] | None, Rule | None]:
    best: re.Match[str] | None = None
    best_rule: Rule | None = None
    for rule in rules.piece:
        found = rule.pattern.match(text, at)
        if found and found.end() > at and (best is None or found.end() > best.end()):
            best, best_rule = found, rule
    return best, best_rule


def _add_menu(page: _Page, rules: JunkRules, verdicts: dict[int, _Verdict]) -> None:
    """The short lines above a breadcrumb, where a page's menu was copied along line by line."""
    breadcrumbs = [rule for rule in rules.line if rule.name.startswith("breadcrumb")]
    texts = [line.text for line in page.lines[: page.head]]
    crumb = next((at for at, text in enumerate(texts) if any(rule.pattern.fullmatch(text) for rule in breadcrumbs)), 0)
    if any(number in verdicts for number in range(crumb)):
        for number in range(crumb):
            if len(texts[number]) <= _LONGEST_MENU_WORD:
                verdicts.setdefault(number, _Verdict())


def _add_related(page: _Page, rules: JunkRules, verdicts: dict[int, _Verdict]) -> None:
    """A heading such as 相关新闻 with the list behind it."""
    for number, line in enumerate(page.lines):
        if not 2 <= len(line.text) <= 20 or number < page.head:
            continue
        if not any(rule.pattern.fullmatch(line.text) for rule in rules.related):
            continue
        end = number + 1
        while end < len(page.lines) and _is_listed(page, end, rules):
            end += 1
        if end > number + 1 or number >= page.tail:
            for gone in range(number, end):
                verdicts.setdefault(gone, _Verdict())


def _is_listed(page: _Page, number: int, rules: JunkRules) -> bool:
    """Whether a line behind such a heading is of its list: dated or marked, in the tail any that is no prose."""
    text = page.lines[number].text
    if _is_prose(page.lines[number], rules) or text.endswith(("。", "；", "！")):
        return False
    return number >= page.tail or (len(text) <= 80 and _LISTED.match(text) is not None)


def _is_sure_footer(line: _Line, rules: JunkRules) -> bool:
    if len(line.text) > _JUNK_LENGTH:
        return False
    return any(rule.sure and rule.pattern.fullmatch(line.text) for rule in rules.footer)


def _add_footer(page: _Page, rules: JunkRules, verdicts: dict[int, _Verdict]) -> None:
    """Sure footer lines of the tail, and weaker ones as far as they touch a line that goes."""
    count = len(page.lines)
    for number in range(page.tail, count):
        if _is_sure_footer(page.lines[number], rules):
            verdicts.setdefault(number, _Verdict())
    sure = {number for number in verdicts if number >= page.tail and _is_sure_footer(page.lines[number], rules)}
    for numbers in (range(page.tail, count), range(count - 1, page.tail - 1, -1)):
        for number in numbers:
            touches = {number - 1, number + 1} & sure
            text = page.lines[number].text
            if touches and (number in verdicts or any(rule.pattern.fullmatch(text) for rule in rules.footer)):
                verdicts.setdefault(number, _Verdict())
                sure.add(number)


def _removals(text: str, lines: list[_Line], numbers: list[int]) -> list[Change]:
    """Each junk line goes with one of the line ends beside it; lines side by side go as one."""
    changes: list[Change] = []
    for number in numbers:
        line = lines[number]
        start, end = line.start, min(line.end + 1, len(text))
        if changes and changes[-1].end == start:
            changes[-1] = changes[-1]._replace(end=end)
        else:
            changes.append(Change(start, end, "", RepairKind.JUNK))
    if changes and changes[-1].end == len(text) and changes[-1].start:
        changes[-1] = changes[-1]._replace(start=changes[-1].start - 1)
    return changes
