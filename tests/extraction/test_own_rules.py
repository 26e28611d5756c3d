"""Words and rules of one's own in a file: what they change, and how a wrong file is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import document

from policykb.errors import RulesError
from policykb.extraction import Extractor, extract
from policykb.resources import data_file

EXAMPLE = data_file("extraction_own_example.yaml")


def test_the_file_that_shows_the_form_loads_and_teaches() -> None:
    """Can a clerk teach a head noun, a verb and a rule, and refuse a wording, without code?"""
    text = document("提到“望闻问切”心经，开展“三长”活动，使用“星火”会议室平台。首推“红灯笼”，人称“板凳会”。")
    assert [p.name for p in extract(text, rules=EXAMPLE).practices] == ["望闻问切", "红灯笼", "板凳会"]
    assert [p.name for p in extract(text).practices] == ["三长", "星火"]


def test_a_kind_may_be_written_in_chinese_or_as_its_identifier(tmp_path: Path) -> None:
    """Are 行动 and campaign the same kind?"""
    own = tmp_path / "own.yaml"
    for kind in ("行动", "campaign", "行动（活动）"):
        own.write_text(f"head_nouns: [{{word: 走亲, kind: {kind}}}]", encoding="utf-8")
        found = extract(document("开展“板凳”走亲，"), rules=str(own)).practices
        assert [(p.full_name, p.kind.value) for p in found] == [("“板凳”走亲", "campaign")]
        own.unlink()


def test_a_rule_of_another_group_may_be_added(tmp_path: Path) -> None:
    """Can a rule say what is no figure?"""
    own = tmp_path / "own.yaml"
    own.write_text(
        "rules:\n  - {name: rooms, group: not_indicators, pattern: '[0-9]{1,4}间教室', yields: nothing,"
        " example: {text: 修缮12间教室。, finds: ''}}\n",
        encoding="utf-8",
    )
    assert [i.value for i in Extractor.from_file(own).extract(document("修缮12间教室、帮扶30户。")).indicators] == [30]


WRONG = {
    "- a list": "应为若干节",
    "no_such_section: []": "no_such_section",
    "rules: {name: x}": "rules 应为列表",
    "a: [": "第 1 行",
    "head_nouns: [心经]": "心经",
    "head_nouns: [{word: 心经}]": "缺少 kind",
    "head_nouns: [{word: 心经, kind: 秘诀}]": "秘诀",
    "head_nouns: [{word: 心经, kind: 机制, strength: huge}]": "huge",
    "verbs: [{word: 首推, class: odd}]": "odd",
    "not_practices: ['三 长']": "三 长",
    "rules: [chairs]": "chairs",
    "rules: [{name: x, after: y, yields: nothing}]": "没有 example",
    "rules: [{name: x, after: '(', yields: nothing, example: {text: a, finds: ''}}]": "规则 x 的 after",
    "rules: [{name: x, after: '{odd}', yields: nothing, example: {text: a, finds: ''}}]": "odd",
    "rules: [{name: x, after: y, yields: gold, example: {text: a, finds: ''}}]": "yields",
    "rules: [{name: x, inside: y, yields: practice, example: {text: a, finds: ''}}]": "inside",
    "rules: [{name: x, group: y, yields: nothing, example: {text: a, finds: ''}}]": "规则组 y",
    "rules: [{name: x, after: y, yields: nothing, example: {text: 推行“三会”机制, finds: ''}}]": "“三会”机制",
    "rules: [{name: x, after: y, yields: nothing, example: {text: 你好, finds: 三会}}]": "应找到“三会”",
    "rules: [{name: x, group: members_behind, pattern: 记作, yields: members, example: {text: a}}]": "finds",
}


@pytest.mark.parametrize(("content", "told"), WRONG.items())
def test_a_wrong_file_is_told_in_one_line(content: str, told: str, tmp_path: Path) -> None:
    """Is a file that cannot be used refused with its name, what is wrong, and the remedy?"""
    own = tmp_path / "own.yaml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(RulesError) as refused:
        extract(document("推行“三会”机制。"), rules=own)
    message = str(refused.value)
    assert message.startswith(f"{own}：")
    assert told in message
    assert "\n" not in message


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """Is a file that is not there told like any other that cannot be used?"""
    with pytest.raises(RulesError, match=r"none\.yaml"):
        Extractor.from_file(tmp_path / "none.yaml")
