"""What the check says of our own drafts: only what is to be filled in; and mending them changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plans import EXAMPLES, from_corpus

from policykb.drafting import (
    WRAPPERS,
    Draft,
    Template,
    TemplateField,
    check_file,
    compose,
    list_templates,
    load_profile,
    load_template,
    parse_profile,
    profiles_from_table,
    wrap,
)
from policykb.word import fix_docx

BORROWING = ("implementation_plan", "task_breakdown", "ledger", "work_summary")
DAYS = frozenset({"date", "start", "end", "held_on"})
FRAMES: tuple[dict[str, Any], ...] = (
    {},
    {"header": False},
    {"document_number": "曲组发〔2026〕8号", "signatories": ["张三", "李四", "王五"], "urgency": "特急"},
    {"copy_number": "1", "classification": "秘密★1年", "copied_to": ["县纪委监委"], "printed_on": "2026-03-02"},
    {"header_organs": ["中共曲阳县委组织部", "曲阳县民政局"], "sealed": True},
)
ROWS = frozenset({"basis", "targets", "stages", "leading_group"})
SPARSE = {"name": "曲阳县"}


def filled(template: Template) -> dict[str, Any]:
    """A profile with a value for everything that the template asks of a clerk."""
    return {"authority": "中共曲阳县委组织部"} | {
        field.name: value_of(field) for field in template.fields if field.asked
    }


def value_of(field: TemplateField) -> Any:
    """An example of the field, twice where there may be many."""
    if field.fields:
        value: Any = {inner.name: value_of(inner) for inner in field.fields}
    else:
        value = "2026-03-01" if field.name in DAYS else str(field.example or field.label)
    return [value, value] if field.many or field.name in ROWS else value


@settings(max_examples=30, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from([template.name for template in list_templates()]),
    given_values=st.sampled_from(["sparse", "example", "filled"]),
    frame=st.sampled_from(FRAMES),
    wrapper=st.sampled_from([None, *WRAPPERS]),
)
def test_a_draft_of_ours_needs_no_mending(
    tmp_path: Path, name: str, given_values: str, frame: dict[str, Any], wrapper: str | None
) -> None:
    """Does the check find nothing but what is to be filled in, and does mending give the same bytes?"""
    template = load_template(name)
    values = {"sparse": {}, "example": dict(load_profile(EXAMPLES / "quyang.yaml")), "filled": filled(template)}
    profile = parse_profile(SPARSE | values[given_values] | frame)
    practices = from_corpus("45666") if template.name in BORROWING else []
    draft = compose(template, profile, practices)
    if wrapper and template.name not in WRAPPERS.values():
        draft = wrap(draft, profile, wrapper)
    path = draft.save(tmp_path / "文.docx")
    fixed = fix_docx(path)
    assert {each.rule for each in fixed.left} <= {"placeholder"}
    assert fixed.done == ()
    assert fixed.data == path.read_bytes()


@pytest.mark.parametrize("template", list_templates(), ids=lambda template: template.name)
def test_the_barest_draft_is_told_in_one_finding(tmp_path: Path, template: Template) -> None:
    """Does all that is missing make one finding, which names the authority or the date?"""
    path = compose(template, parse_profile(SPARSE)).save(tmp_path / "文.docx")
    found = check_file(path).findings
    assert [each.rule for each in found] == ["placeholder"]
    assert "处【待填】：" in found[0].message


def test_a_file_name_holds_nothing_to_fill_in() -> None:
    """Are the files of a table of places named without 【待填】, each otherwise, as where the title names no place?"""
    rows = profiles_from_table(EXAMPLES / "towns.csv")
    bare = [parse_profile({"name": name}) for name in ("恒州镇", "灵山镇")]
    stems = [compose(load_template("notice"), profile).file_stem for profile in (*rows, *bare)]
    assert stems == [
        "中共曲阳县恒州镇委员会关于做好工作的通知",
        "中共曲阳县灵山镇委员会关于做好工作的通知",
        "恒州镇-关于做好工作的通知",
        "灵山镇-关于做好工作的通知",
    ]


def test_a_title_that_is_all_to_be_filled_in_names_no_file() -> None:
    """Is the file called by its template then?"""
    draft = compose(load_template("ledger"), parse_profile(SPARSE))
    titled = [
        block.model_copy(update={"runs": (block.runs[0].model_copy(update={"text": "【待填：标题】"}),)})
        for block in draft.blocks
        if block.text == draft.title
    ]
    assert Draft.model_validate(draft.model_copy(update={"blocks": tuple(titled)})).file_stem == "曲阳县-ledger"
