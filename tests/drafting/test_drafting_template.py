"""Templates: reading them, and filling them in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policykb.blocks import BlockKind, Run
from policykb.drafting import list_templates, load_template
from policykb.drafting.numbering import chinese_number
from policykb.drafting.rendering import Borrowed, clean_values, render, rows
from policykb.drafting.template import Template
from policykb.errors import NotFoundError, TemplateError

FIELDS = {
    "name": {"label": "地区名称"},
    "date": {"label": "成文日期"},
    "addressees": {"label": "主送机关"},
    "stages": {"label": "实施步骤", "fields": {"name": {"label": "阶段名称"}, "start": {"label": "起始时间"}}},
}


def template(body: str) -> Template:
    """A template of four fields."""
    return Template.model_validate({"name": "试", "label": "试", "kind": "plan", "fields": FIELDS, "body": body})


def fill(body: str, **values: Any) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Kind and text of the blocks, and the missing fields."""
    blocks, missing = render(template(body), values)
    return [(block.kind.value, block.text) for block in blocks], [(field.field, field.label) for field in missing]


def test_the_bundled_templates_load() -> None:
    """Has every bundled template a label, explained fields and sections?"""
    names = [template.name for template in list_templates()]
    assert "implementation_plan" in names
    plan = load_template("implementation_plan")
    assert plan.label == "实施方案"
    assert {field.name: field.required for field in plan.fields}["theme"]
    assert plan.summary()["fields"][0]["label"] == "地区名称"
    assert plan.labels()["stages.start"] == "起始时间"
    assert plan.sections == ("指导思想", "目标要求", "重点任务", "实施步骤", "保障措施")


def test_a_clerk_can_use_a_changed_copy(tmp_path: Path) -> None:
    """Does a template load from a path?"""
    path = tmp_path / "我的方案.md"
    path.write_text(
        "---\nlabel: 我的方案\nkind: plan\nfields:\n  name: {label: 名称}\n---\n# {{ name }}\n", encoding="utf-8"
    )
    assert load_template(path).name == "我的方案"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("implementation_plam", "是不是 implementation_plan"),
        ("报告", "现有：.*implementation_plan"),
        ("无/此.md", "没有模板文件"),
    ],
)
def test_an_unknown_template_is_named_with_the_nearest(name: str, told: str) -> None:
    """Does the error help to find the right one?"""
    with pytest.raises(NotFoundError, match=told):
        load_template(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "没有文件头",
        "---\nlabel: [\n---\n正文",
        "---\n- 一\n---\n正文",
        "---\nlabel: 一\nkind: plan\nfields: {}\n---\n",
        "---\nlabel: 一\nkind: 方案\nfields: {}\n---\n正文",
        "---\nlabel: 一\nkind: plan\nfields: {}\nother: 1\n---\n正文",
        "---\n1: 一\n---\n正文",
    ],
)
def test_a_broken_template_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    """Is a file without proper front matter or body a TemplateError with its path?"""
    path = tmp_path / "坏.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError, match=r"坏\.md") as caught:
        load_template(path)
    assert "\n" not in str(caught.value)


def test_headings_are_numbered_by_level() -> None:
    """Do numbers count in each level and begin anew below a new heading?"""
    blocks, _ = fill("# 题\n\n## 甲\n\n### 乙\n\n### 丙\n\n#### 丁\n\n##### 戊\n\n## 己\n\n### 庚\n")
    assert [text for _, text in blocks] == [
        "题",
        "一、甲",
        "（一）乙",
        "（二）丙",
        "1.丁",
        "（1）戊",
        "二、己",
        "（一）庚",
    ]
    assert [kind for kind, _ in blocks][:2] == ["title", "heading_1"]


@pytest.mark.parametrize(("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_chinese_numbers(number: int, written: str) -> None:
    """Are numbers written as headings write them?"""
    assert chinese_number(number) == written


def test_roles_lists_and_lines() -> None:
    """Do 【…】 at the beginning tell what a paragraph is, and lines of a paragraph join without a blank?"""
    body = "【主送机关】各乡镇：\n\n第一行\n第二行，**强调**\n\n1. 甲\n2. 乙\n\n"
    body += "【署名】县委\n\n【成文日期】{{ date }}\n\n【其他】丙"
    blocks, _ = fill(body, date=date(2026, 3, 1))
    assert blocks == [
        ("addressee", "各乡镇："),
        ("body", "第一行第二行，强调"),
        ("body", "1.甲"),
        ("body", "2.乙"),
        ("signature", "县委"),
        ("date", "2026年3月1日"),
        ("body", "【其他】丙"),
    ]


def test_what_is_missing_is_shown_in_place_and_noted_once() -> None:
    """Is a field that nobody gave a marked run with its label, wherever it is asked for?"""
    blocks, missing = render(template("{{ name }}于{{ date }}，{{ date }}止"), {"name": "曲阳县"})
    assert blocks[0].text == "曲阳县于【待填：成文日期】，【待填：成文日期】止"
    assert [run.missing for run in blocks[0].runs] == [False, True, False, True, False]
    assert [(field.field, field.label) for field in missing] == [("date", "成文日期")]


def test_a_question_whether_something_is_given_does_not_make_it_missing() -> None:
    """Is a field that a template only asks about not reported?"""
    assert fill("{% if date %}{{ date }}{% else %}无{% endif %}") == ([("body", "无")], [])


def test_missing_rows_and_fields_of_rows_are_named() -> None:
    """Is a missing list one row of placeholders, and a missing field of a row called by its row?"""
    body = "{% for stage in stages %}\n\n{{ stage.name }}：{{ stage.start }}\n\n{% endfor %}"
    assert fill(body) == (
        [("body", "【待填：阶段名称】：【待填：起始时间】")],
        [("stages.name", "阶段名称"), ("stages.start", "起始时间")],
    )
    given = rows([{"name": "宣传阶段", "start": "三月"}, {"name": "实施阶段"}], "stages")
    assert fill(body, stages=given) == (
        [("body", "宣传阶段：三月"), ("body", "实施阶段：【待填：实施阶段起始时间】")],
        [("stages[2].start", "实施阶段起始时间")],
    )


def test_filters_do_not_lose_what_is_missing() -> None:
    """Does a join over a missing list still show the placeholder?"""
    assert fill('{{ addressees | join("，") }}：') == ([("body", "【待填：主送机关】：")], [("addressees", "主送机关")])
    names = fill('{{ stages | map(attribute="name") | join("、") }}。')
    assert names == ([("body", "【待填：阶段名称】。")], [("stages.name", "阶段名称")])


def test_a_field_of_a_row_may_be_called_like_a_method() -> None:
    """Is ``item.title`` the row's value, and ``item.items`` a field that is not explained?"""
    assert (
        fill("{% for s in stages %}{{ s.name }}{% endfor %}", stages=rows([{"name": "甲"}], "stages"))[0][0][1] == "甲"
    )
    with pytest.raises(TemplateError, match=r"stages\.items"):
        fill("{% for s in stages %}{{ s.items }}{% endfor %}", stages=rows([{"name": "甲"}], "stages"))


@pytest.mark.parametrize(
    "value",
    [
        "# 不是标题",
        "1. 不是列表",
        "*星*_线_`码`",
        "<b>&amp;\"'",
        "{{ name }}",
        "a\n\n## b",
        "\ue0000\ue001",
        "【署名】",
        "    空格",
        "---",
    ],
)
def test_values_are_never_read_as_markup(value: str) -> None:
    """Does a value stand as given, whatever it looks like to Markdown, Jinja or our own marks?"""
    blocks, _ = render(template("{{ name }}。"), clean_values({"name": value}))
    assert [block.kind for block in blocks] == [BlockKind.BODY]
    assert blocks[0].text == value.replace("\ue000", "").replace("\ue001", "") + "。"


def test_borrowed_runs_keep_their_comments() -> None:
    """Do runs with comments pass through Jinja and Markdown whole?"""
    runs = (Run(text="甲*", comment="出处"), Run(text="【待填：数量】", missing=True, comment="出处"))
    blocks, _ = render(template("前{{ name }}后"), {"name": Borrowed(runs=runs)})
    assert blocks[0].runs == (Run(text="前"), *runs, Run(text="后"))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{{ nmae }}", "没有说明的字段 nmae，是不是 name"),
        ("{% for s in stages %}{{ s.begin }}{% endfor %}", "没有说明的字段 stages.begin"),
        ("{{ name", "第 1 行的写法有错"),
        ("{{ name.__class__.__mro__ }}", "不能执行"),
        ("{{ ''.__class__ }}", "不能执行"),
        ("{{ 1 / 0 }}", "不能执行"),
        ("{{ name + 1 }}", "不能执行"),
        ("{{ range(10**9) | list }}", "不能执行"),
        ("{% include '/etc/passwd' %}", "不能执行"),
        ("    四格", "行首空了四格"),
        ("```\n码\n```", "不能用代码块"),
        ("###### 六级", "标题最多五级"),
    ],
)
def test_a_body_that_cannot_be_used_is_refused(body: str, told: str) -> None:
    """Is every mistake in a body one line that tells it, and is Python out of reach?"""
    with pytest.raises(TemplateError, match=told) as caught:
        render(template(body), {"name": "曲阳县"})
    assert "\n" not in str(caught.value)
