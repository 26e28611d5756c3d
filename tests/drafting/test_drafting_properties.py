"""Every practice of the corpus for a place of every kind, and texts that want to break the file."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import corpus, gazetteer, profile, segmenter

from policykb.drafting import Profile, Template, compose, list_templates, load_template, parse_profile
from policykb.errors import ProfileError, TemplateError
from policykb.terms import ResidueKind
from policykb.word import write_docx

BODY = """{% for task in tasks %}
## {{ task.heading }}

{% for paragraph in task.paragraphs %}
{{ paragraph }}

{% endfor %}
{% for measure in task.measures %}
{{ measure }}

{% endfor %}
{% endfor %}"""
FIELDS = {"tasks": {"label": "任务", "fields": {n: {"label": n} for n in ("heading", "paragraphs", "measures")}}}
TEMPLATE = Template.model_validate({"name": "试", "label": "试", "kind": "plan", "fields": FIELDS, "body": BODY})
TARGETS = {
    "省": profile("贵州省"),
    "自治区": profile("广西壮族自治区"),
    "地级市": profile("保定市", level="prefecture"),
    "州": profile("凉山彝族自治州"),
    "县": profile("曲阳县", full_name="河北省保定市曲阳县"),
    "自治县": profile("松桃苗族自治县"),
    "县级市": profile("昆山市", level="county"),
    "区": profile("鼓楼区", full_name="福建省福州市鼓楼区"),
    "旗": profile("鄂托克旗"),
    "镇": profile("恒州镇", full_name="河北省保定市曲阳县恒州镇"),
    "乡": profile("路庄子乡"),
    "街道": profile("鼓东街道", full_name="福建省福州市鼓楼区鼓东街道"),
    "村": profile("大坡村"),
}
WHOLES = ("全省", "全市", "全州", "全县", "全旗", "全镇", "全乡")
PLACE = re.compile("（第([0-9]+)至([0-9]+)字）\n原文：(.*)\n改动：", re.DOTALL)
NUMBER = re.compile("[0-9]+(?:[.][0-9]+)?")


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_nothing_foreign_stands_unreported_in_any_draft(target: Profile) -> None:
    """For each practice: place names, words of other levels, numbers: own, quoted, or in residue; quotes resolve."""
    own = target.full_name or target.name
    words = {target.kind.whole} if target.kind else set()
    for found in corpus():
        draft = compose(TEMPLATE, target, [found], gazetteer=gazetteer(), segmenter=segmenter())
        reported = {(each.kind, each.text) for each in draft.residue}
        quoted = " ".join(source.quote for source in draft.sources) + found.practice.full_name
        asked = {f"【待填：{field.label}】" for field in draft.missing if not field.field.startswith("figures.")}
        n_figures = sum(field.field.startswith("figures.") for field in draft.missing)
        shown = 0
        for run in (run for block in draft.blocks for run in block.runs):
            if run.comment and (place := PLACE.search(run.comment)):
                assert found.document.text[int(place[1]) - 1 : int(place[2])] == place[3]
            if run.missing:
                shown += bool(run.comment)
                assert run.comment or run.text in asked
                continue
            for name in (mention.name for mention in gazetteer().find(run.text)):
                known = name in own or (ResidueKind.LOCALITY, name) in reported or _above(name, target)
                assert known, (found.practice.name, name)
            for word in WHOLES:
                if run.comment and word not in words and _stands_alone(word, run.text):
                    assert any(word in text for _, text in reported), (found.practice.name, word)
            for number in NUMBER.findall(run.text):
                assert number in quoted or number in own or (ResidueKind.NUMBER, number) in reported
        assert bool(shown) == bool(n_figures)


def _above(name: str, target: Profile) -> bool:
    place = gazetteer().resolve(target.full_name or target.name)
    codes = {place.code, *(d.code for d in gazetteer().ancestors(place.code or ""))} if place and place.code else set()
    return any(d.code in codes for mention in gazetteer().find(name) for d in mention.divisions)


def _stands_alone(word: str, text: str) -> bool:
    """Whether the word is one there, by the borders of words."""
    tokens = segmenter().tokens(text)
    borders = {0, *(token.end for token in tokens)}
    return any({m.start(), m.end()} <= borders for m in re.finditer(word, text))


HARD = (
    "A<B & \"C\" > 'D'",
    "响\x00铃\x07\x1b止\ufffe",
    "国" * 3000,
    "镕堃喆玥𠮷",
    "{{ 7*7 }}{% x %}",
    "a|b^c",
    "\n\n# 题",
)


@pytest.mark.parametrize("text", HARD)
@pytest.mark.parametrize("name", ["notice", "task_breakdown", "minutes", "letter", "ledger"])
def test_hard_texts_are_written_right(name: str, text: str, tmp_path: Path) -> None:
    """Do markup, control characters, long cells and rare characters give files that open and hold the text?"""
    values = {
        "name": "曲阳县",
        "theme": text,
        "authority": text,
        "lead_unit": text,
        "units": text,
        "attendees": [text, text],
    }
    values |= {
        "matters": [{"heading": text, "text": text}],
        "addressees": [text],
        "document_number": text,
        "basis_document": text,
    }
    values |= {"proposals": [text], "copied_to": [text], "printed_by": text}
    draft = compose(load_template(name), parse_profile(values))
    path = draft.save(tmp_path / "难.docx")
    document = docx.Document(path)
    written = "".join(p.text for p in document.paragraphs)
    written += "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", "", text).strip()
    assert kept.replace("\n", "") in written.replace("\n", "")
    if name == "ledger":
        draft.save(tmp_path / "难.xlsx")


def test_half_a_character_is_refused() -> None:
    """Is a text that is no Unicode told in one line?"""
    with pytest.raises(ProfileError, match="theme"):
        parse_profile({"name": "曲阳县", "theme": "残\ud800缺"})


@pytest.mark.parametrize("name", [template.name for template in list_templates()])
def test_empty_lists_are_as_if_not_given(name: str) -> None:
    """Is an empty list the same as none?"""
    empty = {key: [] for key in ("addressees", "basis", "targets", "stages", "leading_group", "responsible_units")}
    empty |= {"problems": [], "scores": [], "matters": [], "attendees": []}
    template = load_template(name)
    assert compose(template, parse_profile({"name": "曲阳县"} | empty)) == compose(template, profile("曲阳县"))


@pytest.mark.parametrize(
    "body",
    [
        "{{ name.__class__ }}",
        "{{ name.__class__.__base__.__subclasses__() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ ''['__cla' ~ 'ss__'] }}",
        "{{ name|attr('__class__') }}",
        "{{ tasks.append(1) }}",
        "{{ '%s'|format(name.__class__) }}",
        "{{ lipsum.__globals__ }}",
        "{{ joiner.__init__ }}",
    ],
)
def test_a_template_cannot_reach_python(body: str) -> None:
    """Is every known way out of the sandbox refused?"""
    template = TEMPLATE.model_copy(update={"body": body, "fields": load_template("implementation_plan").fields})
    with pytest.raises(TemplateError):
        compose(template, profile("曲阳县"))


@settings(max_examples=30, derandomize=True, deadline=None)
@given(st.text(min_size=1, max_size=50), st.lists(st.text(max_size=30), max_size=3))
def test_any_value_gives_a_file_that_opens(theme: str, names: list[str]) -> None:
    """Does no text in any field break the file, and does the same give the same?"""
    target = parse_profile({"name": "曲阳县", "theme": theme, "addressees": names, "signatories": names})
    draft = compose(load_template("request"), target)
    data = write_docx(draft.blocks, header=draft.header, imprint=draft.imprint)
    docx.Document(BytesIO(data))
    assert write_docx(draft.blocks, header=draft.header, imprint=draft.imprint) == data
