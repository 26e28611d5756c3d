"""Profiles to begin with, profiles from tables, and Word files of the clerk's own."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
import yaml
from plans import EXAMPLES, from_corpus, gazetteer, profile

from policykb.drafting import (
    fill_word_template,
    load_profile,
    load_scores,
    locality_profile_skeleton,
    parse_profile,
    profiles_from_table,
)
from policykb.errors import PolicyKBError, ProfileError, ReadError, TemplateError


@pytest.mark.parametrize(
    ("asked", "name", "level", "code", "authority"),
    [
        ("曲阳县", "曲阳县", "县级", "130634", "中共曲阳县委组织部"),
        ("福建省福州市鼓楼区", "鼓楼区", "县级", "350102", "中共鼓楼区委组织部"),
        ("苏州", "苏州市", "市（地）级", "320500", "中共苏州市委组织部"),
        ("恒州镇", "恒州镇", "乡级", None, None),
    ],
)
def test_a_skeleton_holds_what_is_known(
    asked: str, name: str, level: str, code: str | None, authority: str | None
) -> None:
    """Are name, level, code and organ filled in, is the file a profile, and are all its examples too?"""
    text = locality_profile_skeleton(asked, gazetteer())
    data = yaml.safe_load(text)
    found = [data.get(key) for key in ("名称", "层级", "行政区划代码", "发文机关")]
    assert found == [name, level, code, authority]
    parse_profile(data)
    examples = [line.removeprefix("# ") for line in text.splitlines()[2:]]
    assert parse_profile(yaml.safe_load("\n".join(examples))).sealed


@pytest.mark.parametrize(("asked", "told"), [("鼓楼区", "不止一处"), ("无名之地", "没有找到"), ("", "没有找到")])
def test_a_place_that_is_not_clear_is_asked_back(asked: str, told: str) -> None:
    """Is a name of several places, or of none, refused in one line?"""
    with pytest.raises(ProfileError, match=told) as caught:
        locality_profile_skeleton(asked, gazetteer())
    assert "\n" not in str(caught.value)


def test_a_table_gives_a_profile_a_row(tmp_path: Path) -> None:
    """Are columns keys, lists parted, dates dates, and is what all share taken from the base?"""
    book = openpyxl.Workbook()
    book.active.append(["名称", "成文日期", "责任单位", "考评组"])
    book.active.append(["恒州镇", "2026-03-01", "党政办、组织办", "甲组"])
    book.active.append(["燕赵镇", None, "党政办；组织办", None])
    book.save(tmp_path / "乡镇.xlsx")
    first, second = profiles_from_table(tmp_path / "乡镇.xlsx", {"主题": "党建"})
    assert first.responsible_units == second.responsible_units == ("党政办", "组织办")
    assert str(first.date) == "2026-03-01"
    assert first.theme == second.theme == "党建"
    assert first.others == {"group": "甲组"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("名称,主题\n恒州镇,甲\n恒州镇,乙\n", "不止一行"),
        ("名称,主体\n恒州镇,甲\n", "第 1 行.*主题"),
        ("名称\n", "没有读到"),
    ],
)
def test_a_table_with_a_mistake_is_refused_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    """Is the row named that is wrong?"""
    path = tmp_path / "表.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((ProfileError, ReadError), match=told) as caught:
        profiles_from_table(path)
    assert "\n" not in str(caught.value)


def own_file(path: Path, *paragraphs: str) -> Path:
    """A Word file of these paragraphs, as a clerk makes a template."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(path)
    return path


LOOP = (
    "{%p for task in tasks %}", "{{ task.heading }}", "{%p for paragraph in task.paragraphs %}", "{{ paragraph }}",
    "{%p endfor %}", "{{ task.effect }}", "{%p endfor %}",
)  # fmt: skip


def test_a_word_file_of_ones_own_is_filled_and_commented(tmp_path: Path) -> None:
    """Are values, rows and borrowed text in place, with a comment each, and what is missing named, in rows too?"""
    pytest.importorskip("docxtpl", reason="docxtpl is not installed: own Word templates are not tried")
    path = own_file(tmp_path / "我的.docx", "{{ name }}{{ theme }}<{{ date }}>{{ contact.phone }}", *LOOP)
    sources = from_corpus("45666", "131n")
    target = load_profile(EXAMPLES / "quyang.yaml")
    filled = fill_word_template(path, target, sources)
    document = docx.Document(filled.save(tmp_path / "出.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert (
        texts[0] == "曲阳县基层服务型党组织建设<【待填：成文日期】>【待填：联系人电话】"
        or "【待填：成文日期】" in texts[0]
    )
    fields = [field.field for field in filled.missing]
    assert fields == ["date", "contact.phone", "tasks[1].effect", "tasks[2].effect"]
    comments = [comment.text for comment in document.comments]
    assert len(comments) == len(filled.sources) == 4
    assert all(source.quote in comment for source, comment in zip(filled.sources, comments, strict=True))
    assert fill_word_template(path, target, sources).data == filled.data
    assert not list(
        docx.Document(fill_word_template(path, target, sources, comments=False).save(tmp_path / "净.docx")).comments
    )


def test_markup_in_values_stands_as_given_in_a_word_file(tmp_path: Path) -> None:
    """Are & < > quotes kept, which docxtpl drops by itself?"""
    pytest.importorskip("docxtpl", reason="docxtpl is not installed: own Word templates are not tried")
    path = own_file(tmp_path / "我的.docx", "{{ theme }}")
    filled = fill_word_template(path, profile("曲阳县", theme="A<B & \"C\" > 'D'"))
    assert docx.Document(filled.save(tmp_path / "出.docx")).paragraphs[0].text == "A<B & \"C\" > 'D'"


@pytest.mark.parametrize(
    "text", ["{{ ''.__class__.__mro__ }}", "{{ name.__init__ }}", "{{ name", "{{ 1 / 0 }}", "{% for x in %}"]
)
def test_a_word_file_that_reaches_too_far_is_refused(tmp_path: Path, text: str) -> None:
    """Is Python out of reach, and each mistake one line with the file's name?"""
    pytest.importorskip("docxtpl", reason="docxtpl is not installed: own Word templates are not tried")
    path = own_file(tmp_path / "坏.docx", text)
    with pytest.raises(TemplateError, match=r"坏\.docx") as caught:
        fill_word_template(path, profile("曲阳县"))
    assert "\n" not in str(caught.value)


def test_what_is_no_word_file_is_no_template(tmp_path: Path) -> None:
    """Is a missing or broken file refused?"""
    pytest.importorskip("docxtpl", reason="docxtpl is not installed: own Word templates are not tried")
    (tmp_path / "坏.docx").write_bytes(b"no")
    for name in ("坏.docx", "无.docx"):
        with pytest.raises(PolicyKBError, match=name):
            fill_word_template(tmp_path / name, profile("曲阳县"))


def test_the_examples_can_be_used_as_they_are() -> None:
    """Do the tables that come as examples give profiles and scores?"""
    towns = profiles_from_table(EXAMPLES / "towns.csv", {"主题": "基层服务型党组织建设"})
    assert [town.level.zh for town in towns] == ["乡级", "乡级"]
    assert load_scores(EXAMPLES / "scores.csv")["n_units"] == "5"
