"""Whole drafts: the plan of 曲阳县, and every practice of the corpus for places of every level."""

from __future__ import annotations

import json
import re
from pathlib import Path

import docx
import pytest
from plans import EXAMPLES, corpus, from_corpus, gazetteer, profile, segmenter

from policykb.blocks import Block, BlockKind, Run
from policykb.drafting import (
    Draft,
    Profile,
    Template,
    TemplateField,
    compose,
    load_profile,
    load_template,
    update_profile,
)
from policykb.drafting.residue import Told, find_residue
from policykb.errors import WriteError
from policykb.terms import DocumentKind, ResidueKind

PLACEHOLDER = re.compile("【待填：[^】]+】")


def draft_for(target: Profile, *names: str) -> Draft:
    """The plan of ``target`` with practices of the corpus."""
    return compose(
        load_template("implementation_plan"),
        target,
        from_corpus(*names),
        gazetteer=gazetteer(),
        segmenter=segmenter(),
    )


@pytest.fixture(scope="module")
def draft() -> Draft:
    """The plan that the demonstration writes."""
    return draft_for(load_profile(EXAMPLES / "quyang.yaml"), "45666", "131n")


def texts(draft: Draft, kind: BlockKind) -> list[str]:
    """The text of the blocks of one kind."""
    return [block.text for block in draft.blocks if block.kind is kind]


def test_the_plan_has_title_addressee_sections_and_closing(draft: Draft) -> None:
    """Does it stand as a plan stands, in the order that drafting practice wants?"""
    assert draft.title == "曲阳县基层服务型党组织建设实施方案"
    assert texts(draft, BlockKind.ADDRESSEE) == ["各乡镇党委，县直各单位党组织："]
    headings = ["一、指导思想", "二、目标要求", "三、重点任务", "四、实施步骤", "五、保障措施"]
    assert texts(draft, BlockKind.HEADING_1) == headings
    assert [block.kind for block in draft.blocks[-2:]] == [BlockKind.SIGNATURE, BlockKind.DATE]
    assert texts(draft, BlockKind.SIGNATURE) == ["中共曲阳县委组织部"]


def test_the_tasks_are_the_two_practices_with_all_their_members(draft: Draft) -> None:
    """Are the five parts of 45666 and the four of 131n spelled out in full sentences?"""
    tasks = texts(draft, BlockKind.HEADING_2)[:2]
    assert "45666" in tasks[0]
    assert "131n" in tasks[1]
    body = "".join(texts(draft, BlockKind.BODY))
    assert "“四进”，即文化、卫生、法律、科技进社区；" in body
    assert "“六访”，即困难群众、空巢老人、留守儿童、残疾家庭、流动党员、失业人员必访；" in body
    assert "村委会、村民议事会、村务监督委员会等3个自治组织" in body
    for found in from_corpus("45666", "131n"):
        for component in found.practice.components:
            assert all(member in body for member in component.members), component.label


def test_what_nobody_gave_is_shown_and_listed(draft: Draft) -> None:
    """Does each 【待填】 stand in ``missing``, and the other way round?"""
    shown = {run.text for block in draft.blocks for run in block.runs if run.missing}
    listed = {f"【待填：{field.label}】" for field in draft.missing}
    assert shown == listed
    assert {"basis", "targets", "leading_group", "date", "stages[1].start"} <= {field.field for field in draft.missing}
    assert not draft.complete


def test_each_borrowed_sentence_tells_its_source(draft: Draft) -> None:
    """Has every run of a practice a comment with the original, and each quote its place in the document?"""
    comments = {run.comment for block in draft.blocks for run in block.runs if run.comment}
    documents = {found.document.id: found.document for found in from_corpus("45666", "131n")}
    for quote in draft.sources:
        document = documents[quote.document_id]
        assert document.text[quote.start : quote.end] == quote.quote
        assert quote.sha256 == document.sha256
        note = next(comment for comment in comments if quote.quote in comment)
        assert f"出处：《{document.title}》" in note
        assert "改动：" in note
    assert len(draft.sources) == 4


def test_a_complete_profile_leaves_nothing_open() -> None:
    """Is a plan whose profile says everything free of placeholders, and are its values in place?"""
    target = update_profile(
        load_profile(EXAMPLES / "quyang.yaml"),
        {
            "依据": [{"标题": "关于加强基层服务型党组织建设的意见", "发文字号": "保组发〔2026〕1号"}],
            "指导思想": "上级有关精神",
            "目标": [{"指标": "达标党组织比例", "数值": 90, "单位": "%", "时限": "2026-12-31"}],
            "实施步骤": [
                {"名称": "启动阶段", "起始时间": "2026-03-01", "截止时间": "2026年6月", "工作内容": "动员部署。"},
            ],
            "领导小组": [{"角色": "组长", "姓名": "（略）", "职务": "县委书记"}],
            "责任单位": ["县民政局", "县财政局"],
            "成文日期": "2026-03-01",
        },
    )
    draft = draft_for(target, "45666", "131n")
    body = "".join(block.text for block in draft.blocks)
    assert (draft.missing, draft.residue, draft.complete) == ((), (), True)
    assert "根据《关于加强基层服务型党组织建设的意见》（保组发〔2026〕1号）要求，结合我县实际" in body
    assert "到2026年12月31日，达标党组织比例达到90%。" in body
    assert "启动阶段（2026年3月1日至2026年6月）" in body
    assert "组长：（略）（县委书记）。领导小组办公室设在县委组织部" in body
    assert texts(draft, BlockKind.DATE) == ["2026年3月1日"]


def test_a_template_of_ones_own_may_ask_for_anything() -> None:
    """Are fields that only this template knows taken from ``others``, and parts of a record named when missing?"""
    own = Template(
        name="经费",
        label="经费",
        kind=DocumentKind.PLAN,
        fields=(
            TemplateField(name="budget", label="经费"),
            TemplateField(name="contact", label="联系人", fields=(TemplateField(name="phone", label="联系电话"),)),
        ),
        body="经费{{ budget }}，电话{{ contact.phone }}。",
    )
    target = profile("曲阳县", 其他={"budget": "10万元"}, 联系人={"姓名": "（略）"})
    draft = compose(own, target, gazetteer=gazetteer(), segmenter=segmenter())
    assert draft.blocks[0].text == "经费10万元，电话【待填：联系电话】。"
    assert [field.field for field in draft.missing] == ["contact.phone"]
    assert draft.residue == ()


def test_a_plan_without_practices_says_so() -> None:
    """Are the tasks asked for when no practice is given?"""
    draft = draft_for(profile("曲阳县"))
    assert {"tasks.name", "tasks.heading", "tasks.paragraphs", "theme"} <= {field.field for field in draft.missing}


def test_the_draft_is_written_as_word_and_markdown(draft: Draft, tmp_path: Path) -> None:
    """Does the file hold the draft's text and comments, and is it the same when written again?"""
    path = draft.save(tmp_path / "新" / "方案.docx")
    document = docx.Document(path)
    written = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert written == [block.text for block in draft.blocks]
    assert len(list(document.comments)) == len(draft.sources) + 2
    first = path.read_bytes()
    assert draft_for(load_profile(EXAMPLES / "quyang.yaml"), "45666", "131n").save(path).read_bytes() == first
    markdown = draft.save(tmp_path / "方案.md").read_text(encoding="utf-8")
    assert markdown.startswith("# 曲阳县基层服务型党组织建设实施方案\n\n各乡镇党委")
    assert "[^1]: 出处：" in markdown
    assert sorted(each.name for each in (tmp_path / "新").iterdir()) == ["方案.docx"]


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(draft: Draft, tmp_path: Path) -> None:
    """Is each failure one line, with the old file whole and no crumbs beside it?"""
    blocked = tmp_path / "目录.docx"
    blocked.mkdir()
    old = tmp_path / "旧.pdf"
    old.write_text("旧", encoding="utf-8")
    (tmp_path / "文件").write_text("", encoding="utf-8")
    for path in (blocked, old, tmp_path / "无后缀", tmp_path / "文件" / "甲.docx"):
        with pytest.raises(WriteError, match=path.name) as caught:
            draft.save(path)
        assert "\n" not in str(caught.value)
    assert old.read_text(encoding="utf-8") == "旧"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["文件", "旧.pdf", "目录.docx"]


def test_the_report_keeps_its_contract(draft: Draft) -> None:
    """Are the keys of the report those that other programs rely on?"""
    report = draft.report("方案.docx")
    assert list(report) == ["template", "locality", "output", "missing", "residue", "sources"]
    assert (report["template"], report["locality"], report["output"]) == ("implementation_plan", "曲阳县", "方案.docx")
    assert set(report["missing"][0]) == {"field", "label"}
    assert set(report["sources"][0]) == {"practice", "document_id", "title", "start", "end", "quote", "sha256"}
    assert draft.report()["output"] is None


def test_the_report_is_written_as_json(draft: Draft, tmp_path: Path) -> None:
    """Does the file hold the report?"""
    path = draft.save_report(tmp_path / "报告.json", output="方案.docx")
    assert json.loads(path.read_text(encoding="utf-8")) == draft.report("方案.docx")


@pytest.mark.parametrize(
    ("text", "comment", "found"),
    [
        ("咸宁市推行", None, [("咸宁市", ResidueKind.LOCALITY)]),
        ("河北省保定市曲阳县推行", None, []),
        ("大坡村推行", None, [("大坡村", ResidueKind.LOCALITY)]),
        ("深入贯彻党的十八大精神", None, [("党的十八大", ResidueKind.DATED_REFERENCE)]),
        ("省第十次党代会", None, [("第十次党代会", ResidueKind.DATED_REFERENCE)]),
        ("落实〔2026〕45号文", None, [("〔2026〕45号", ResidueKind.DATED_REFERENCE)]),
        ("全市推行", "出处", [("全市", ResidueKind.LEVEL_WORD)]),
        ("全市推行", None, []),
        ("各县（市、区）推行", "出处", [("各县（市、区）", ResidueKind.LEVEL_WORD)]),
        ("市县乡三级联动", "出处", [("市县乡", ResidueKind.LEVEL_WORD)]),
        ("由市领导包联", "出处", [("市领导", ResidueKind.LEVEL_WORD)]),
        ("建立健全社区制度，全县推行", "出处", []),
        ("完成77项", None, [("77", ResidueKind.NUMBER)]),
        ("完成45项，3月1日前30%", None, []),
        ("到2026年3月，今年完成", None, [("今年", ResidueKind.DATED_REFERENCE)]),
        ("2026年完成", "出处", [("2026年", ResidueKind.DATED_REFERENCE)]),
    ],
)
def test_what_may_be_foreign_is_found(text: str, comment: str | None, found: list[tuple[str, ResidueKind]]) -> None:
    """Is each foreign name, level word, dated phrase and unsupported number reported, and nothing else?"""
    blocks = [
        Block(kind=BlockKind.HEADING_1, runs=(Run(text="一、"), Run(text="任务"))),
        Block(kind=BlockKind.BODY, runs=(Run(text=text, comment=comment), Run(text="【待填：99】", missing=True))),
    ]
    target = profile("曲阳县", date="2026-03-01", targets=[{"name": "率", "value": "30", "unit": "%"}])
    residue = find_residue(blocks, target, gazetteer(), segmenter(), Told(["大坡村"], ["共45项"]))
    assert [(each.text, each.kind) for each in residue] == found
    assert {each.where for each in residue} <= {"一、任务"}


TARGETS = [
    profile("曲阳县", full_name="河北省保定市曲阳县"),
    profile("保定市", level="prefecture"),
    profile("恒州镇", full_name="河北省保定市曲阳县恒州镇"),
    profile("鼓楼区", full_name="福建省福州市鼓楼区"),
    profile("鄂托克旗"),
]


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_every_practice_of_the_corpus_gives_an_honest_plan(target: Profile) -> None:
    """For every practice: do quotes hold, is each placeholder listed, each foreign name and number reported?"""
    template = load_template("implementation_plan")
    own = target.full_name or target.name
    for found in corpus()[TARGETS.index(target) :: len(TARGETS)]:  # every practice for one target
        draft = compose(template, target, [found], gazetteer=gazetteer(), segmenter=segmenter())
        for quote in draft.sources:
            assert found.document.text[quote.start : quote.end] == quote.quote
        runs = [run for block in draft.blocks for run in block.runs]
        own_fields = {f"【待填：{field.label}】" for field in draft.missing if not field.field.startswith("figures.")}
        assert {run.text for run in runs if run.missing and not run.comment} <= own_fields
        n_figures = sum(field.field.startswith("figures.") for field in draft.missing)
        assert sum(run.missing and run.comment is not None for run in runs) == n_figures
        assert all(run.missing == bool(PLACEHOLDER.fullmatch(run.text)) for run in runs)
        reported = {each.text for each in draft.residue}
        for run in runs:
            foreign = {m.name for m in gazetteer().find(run.text) if m.name not in own and not run.missing}
            codes = {d.code for name in foreign for m in gazetteer().find(name) for d in m.divisions}
            assert foreign <= reported or "130600" in codes or "130000" in codes, (found.practice.name, foreign)
