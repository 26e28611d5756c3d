"""Every bundled template: what it needs, what it gives, and that what it gives passes the check."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from plans import EXAMPLES, from_corpus, profile

from policykb.blocks import BlockKind, HeaderForm
from policykb.drafting import (
    Draft,
    Profile,
    Score,
    check_file,
    compose,
    duplication,
    list_templates,
    load_profile,
    load_scores,
    load_template,
    parse_profile,
    score_data,
    update_profile,
    wrap,
)
from policykb.errors import ProfileError, ReadError, TemplateError, WriteError
from policykb.terms import ResidueKind
from policykb.word import check_docx

FULL: dict[str, Any] = {
    "名称": "曲阳县",
    "全称": "河北省保定市曲阳县",
    "层级": "县级",
    "主题": "基层服务型党组织建设",
    "发文机关": "中共曲阳县委组织部",
    "发文字号": "曲组发〔2026〕8号",
    "成文日期": "2026-03-01",
    "主送机关": ["各乡镇党委", "县直各单位党组织"],
    "依据": [{"标题": "关于加强基层服务型党组织建设的意见", "发文字号": "冀办发〔2026〕1号"}],
    "指导思想": "习近平新时代中国特色社会主义思想",
    "目标": [{"指标": "达标党组织比例", "数值": "90", "单位": "%", "时限": "2026-12-31"}],
    "实施步骤": [{"名称": "推进阶段", "起始时间": "2026-03-01", "截止时间": "2026-12-31", "工作内容": "组织实施。"}],
    "领导小组": [{"角色": "组长", "姓名": "某某", "职务": "部长"}],
    "办公室": "县委组织部",
    "牵头单位": "县委组织部",
    "责任单位": ["县委宣传部", "各乡镇党委"],
    "联系人": {"姓名": "某某", "电话": "0312—1234567"},
    "签发人": "某某",
    "抄送机关": ["县委办公室"],
    "印发机关": "县委组织部办公室",
    "印发日期": "2026-03-02",
    "审定情况": "县委常委会会议研究",
    "印发文件的标题": "曲阳县实施方案",
    "上级机关": "中共保定市委组织部",
    "考评时段": "2025年度",
    "考评组": "县委组织部考评组",
    "考评时间": "2025年11月",
    "考评方式": ["听取汇报", "实地查看"],
    "存在问题": ["工作推进不平衡。", "阵地作用发挥不够。"],
    "下一步工作打算": ["压实责任。"],
    "目的": "提高服务能力",
    "报送时限": "2026-06-30",
    "报送材料": "工作总结",
    "请示缘由": "改善活动条件",
    "基本情况": ["活动场所面积不足。"],
    "请示事项": ["恳请安排专项经费。", "恳请列入年度计划。"],
    "发函缘由": "做好场所改造",
    "商请事项": ["请对资金安排予以支持。"],
    "会议名称": "曲阳县党建工作联席会议",
    "会议日期": "2026-03-01",
    "会议地点": "县委会议室",
    "主持人": "部长某某",
    "会议主题": "服务型党组织建设",
    "议定事项": [{"议定事项名称": "关于场所改造", "议定事项内容": "分批推进。"}],
    "出席人员": ["甲单位某某", "乙单位某某"],
    "overview": "基本情况良好。",
    "主要做法及成效": [{"做法": "健全组织体系", "做法内容及成效": "实现工作全覆盖。"}],
    "完成时限": "2026-12-31",
    "来源文件": "曲阳县实施方案",
    "责任人": "某某",
    "启动时间": "2026-03-01",
    "通知事项": [{"事项名称": "对象", "事项内容": "全县各村党组织书记。"}],
}  # fmt: skip
SCORES = [
    Score("甲镇", Decimal("91.5"), "好", ""),
    Score("乙镇", Decimal(88), "较好", "不平衡"),
    Score("丙乡", Decimal(88), "较好", ""),
]
NAMES = [template.name for template in list_templates()]
UNFILLED = {"work_summary": {"tasks[1].effect", "tasks[2].effect"}}


def full() -> Profile:
    """A profile that holds everything every template asks for."""
    return parse_profile(FULL)


def drafted(name: str, target: Profile | None = None) -> Draft:
    """A draft of a kind with two practices, and with scores where it wants them."""
    data = score_data(SCORES) if name == "assessment_report" else None
    return compose(load_template(name), target or full(), from_corpus("45666", "131n"), data=data)


@pytest.mark.parametrize("name", NAMES)
def test_a_full_profile_leaves_nothing_open(name: str) -> None:
    """Is every field of every template one that a profile can give, and is nothing foreign in the result?"""
    draft = drafted(name)
    assert {field.field for field in draft.missing} == UNFILLED.get(name, set())
    assert draft.residue == ()


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_profile_says_what_it_lacks(name: str) -> None:
    """Does every placeholder, in head, text and cells, stand in missing, and does the file open all the same?"""
    draft = compose(load_template(name), profile("曲阳县"))
    shown = {run.text for block in draft.blocks for runs in block.stretches for run in runs if run.missing}
    labels = {f"【待填：{field.label}】" for field in draft.missing}
    assert shown <= labels
    if draft.header:
        in_head = " ".join((*draft.header.organs, draft.header.document_number, *draft.header.signatories))
        assert all(part.split("】")[0] + "】" in {label[1:] for label in labels} for part in in_head.split("【")[1:])
    assert "【待填" in "".join(block.text for block in draft.blocks) or shown


@pytest.mark.parametrize("name", NAMES)
def test_what_a_template_gives_passes_the_check(name: str, tmp_path: Path) -> None:
    """Is there nothing against the format in a finished draft of each kind, and are two savings the same bytes?"""
    path = drafted(name).save(tmp_path / "文.docx")
    found = [each for each in check_docx(path) if each.rule != "placeholder"]
    assert found == []
    first = path.read_bytes()
    assert drafted(name).save(path).read_bytes() == first


def test_each_kind_has_its_head() -> None:
    """Have plan and tables no head, a letter its own form, a request signatories, minutes 纪要?"""
    heads = {name: drafted(name).header for name in NAMES}
    assert heads["implementation_plan"] is heads["task_breakdown"] is heads["ledger"] is heads["work_summary"] is None
    assert heads["letter"].form is HeaderForm.LETTER
    assert heads["request"].signatories == ("某某",)
    assert heads["notice"].signatories == ()
    assert (heads["minutes"].organs, heads["minutes"].suffix) == (("曲阳县党建工作联席会议",), "纪要")
    assert drafted("notice", update_profile(full(), {"版头": False})).header is None


def test_a_plan_is_wrapped_in_the_notice_that_issues_it(tmp_path: Path) -> None:
    """Is the title that of the notice, the plan its attachment without date and signature, and the check silent?"""
    plan = drafted("implementation_plan")
    notice = wrap(plan, full())
    texts = [block.text for block in notice.blocks]
    assert notice.title == "中共曲阳县委组织部关于印发《曲阳县基层服务型党组织建设实施方案》的通知"
    assert "附件：曲阳县基层服务型党组织建设实施方案" in texts
    at = texts.index("附件")
    assert notice.blocks[at].kind is BlockKind.ATTACHMENT
    assert texts[at + 1] == "曲阳县基层服务型党组织建设实施方案"
    assert [block.kind for block in notice.blocks].count(BlockKind.DATE) == 1
    assert notice.sources == plan.sources
    assert check_docx(notice.save(tmp_path / "通知.docx")) == ()
    report = wrap(drafted("work_summary"), full(), "report")
    assert report.title.endswith("工作总结》的报告")
    with pytest.raises(TemplateError, match="notice"):
        wrap(plan, full(), "letter")


def test_scores_become_counts_that_agree_with_the_rows() -> None:
    """Do counts add up to the rows, shares to 100 % but for rounding, and do equal scores share a rank?"""
    data = score_data(SCORES)
    assert [(row["rank"], row["unit"]) for row in data["scores"]] == [(1, "甲镇"), (2, "乙镇"), (2, "丙乡")]
    assert sum(int(grade["count"]) for grade in data["grades"]) == int(data["n_units"]) == 3
    assert sum(float(grade["share"].rstrip("%")) for grade in data["grades"]) == pytest.approx(100, abs=0.2)
    assert [grade["grade"] for grade in data["grades"]] == ["好", "较好"]
    assert data["average"] == "89.17"
    assert (data["first_units"], data["last_units"]) == (["甲镇"], ["丙乡"])


def test_a_report_made_of_scores_has_table_and_figures() -> None:
    """Are the figures of the text those of the table, and none of them unsupported?"""
    draft = drafted("assessment_report")
    text = "".join(block.text for block in draft.blocks)
    assert "本次共考评3个单位，平均得分89.17分。好等次1个，占33.3%；较好等次2个，占66.7%。" in text
    table = next(block.table for block in draft.blocks if block.table)
    assert [cell.text for cell in table.rows[0]] == ["1", "甲镇", "91.5", "好", ""]
    assert not [each for each in draft.residue if each.kind is ResidueKind.NUMBER]


def workbook(path: Path, *rows: list[Any]) -> Path:
    """A workbook of these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_scores_are_read_from_a_workbook_with_a_title(tmp_path: Path) -> None:
    """Is a title above the head passed over, and are numbers and texts taken as they are?"""
    path = workbook(
        tmp_path / "成绩.xlsx",
        ["考评成绩"],
        ["单位", "得分", "等次"],
        ["甲镇", 91.5, "好"],
        [None],
        ["乙镇", "88", None],
    )
    data = load_scores(path)
    assert [(row["unit"], row["score"]) for row in data["scores"]] == [("甲镇", "91.5"), ("乙镇", "88")]
    csv = tmp_path / "成绩.csv"
    csv.write_bytes("单位,得分\n甲镇,90\n".encode("gb18030"))
    assert load_scores(csv)["n_units"] == "1"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["单位", "得分"], ["甲镇", "优"]], "不是数字"),
        ([["单位", "得分"], ["甲镇", 1], ["甲镇", 2]], "不止一行"),
        ([["名字", "分"], ["甲镇", 1]], "没有“单位”一列"),
        ([["单位", "得分"], ["甲镇", 1], [None, 3]], "缺单位"),
        ([["单位", "得分"]], "没有读到内容"),
    ],
)
def test_scores_that_cannot_be_are_refused_in_one_line(tmp_path: Path, rows: list[list[Any]], told: str) -> None:
    """Is each mistake in a table told with the file's name?"""
    with pytest.raises(ReadError, match=told) as caught:
        load_scores(workbook(tmp_path / "成绩.xlsx", *rows))
    assert "成绩.xlsx" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_breakdown_has_a_row_a_part_and_merges_what_they_share() -> None:
    """Has each part of a practice its row with its members and a comment, on a lying page?"""
    draft = drafted("task_breakdown")
    assert draft.blocks[0].kind is BlockKind.LANDSCAPE
    table = next(block.table for block in draft.blocks if block.table)
    assert [row[0].merged for row in table.rows] == [False, True, True, True, True, False, True, True, True]
    assert table.rows[0][2].text == "四进：文化、卫生、法律、科技"
    assert all(run.comment for row in table.rows for run in row[2].runs)
    assert "四进" in draft.sources[0].quote or "文化" in draft.sources[0].quote


def test_the_ledger_is_a_workbook_that_offers_choices(tmp_path: Path) -> None:
    """Has it a head that stays, choices for the progress, the source at each measure, the same bytes twice?"""
    draft = drafted("ledger")
    path = draft.save(tmp_path / "台账.xlsx")
    sheet = openpyxl.load_workbook(path).active
    assert sheet.freeze_panes == "A3"
    assert sheet["A1"].value == "曲阳县基层服务型党组织建设工作台账"
    offer = sheet.data_validations.dataValidation[0]
    assert offer.formula1 == '"未启动,推进中,已完成"'
    assert "I3" in offer.sqref
    assert sheet["D3"].comment.text.startswith("出处")
    first = path.read_bytes()
    assert drafted("ledger").save(path).read_bytes() == first
    with pytest.raises(WriteError, match="没有表格"):
        drafted("letter").save(tmp_path / "函.xlsx")


def test_the_clean_copy_has_no_comments_and_the_same_text(tmp_path: Path) -> None:
    """Are all comments gone from paragraphs and cells, and nothing else?"""
    for name in ("implementation_plan", "task_breakdown"):
        draft = drafted(name)
        document = docx.Document(draft.clean().save(tmp_path / "净.docx"))
        assert not list(document.comments)
        assert [block.text for block in draft.clean().blocks] == [block.text for block in draft.blocks]


def test_comments_carry_the_date_of_the_profile() -> None:
    """Are comments and file dated as the document is?"""
    data = drafted("implementation_plan")._docx(None)
    document = docx.Document(BytesIO(data))
    assert {str(comment.timestamp.date()) for comment in document.comments} == {"2026-03-01"}
    assert str(document.core_properties.created.date()) == "2026-03-01"


def test_the_list_of_sources_names_each_place_once() -> None:
    """Does the list stand on a page of its own, with the document, its place and its section?"""
    blocks = drafted("implementation_plan").with_source_list().blocks
    at = next(i for i, block in enumerate(blocks) if block.text == "参考做法出处")
    lines = [block.text for block in blocks[at + 1 :]]
    assert lines[0].startswith("1.《基层服务型党组织建设实施方案》，湖北省咸宁市")
    assert len(lines) == len({line.split(".", 1)[1] for line in lines}) > 3
    plain = drafted("letter")
    assert plain.with_source_list() is plain


def test_what_is_copied_is_told_by_section() -> None:
    """Is the borrowed section copied for the most part, the others not, and do the stretches stand in both?"""
    draft = drafted("implementation_plan")
    found = {overlap.section: overlap for overlap in duplication(draft)}
    assert found["三、重点任务"].share > 0.6
    assert found["五、保障措施"].copied == 0
    quotes = " ".join(source.quote for source in draft.sources)
    for stretch in found["三、重点任务"].longest:
        assert stretch in quotes
        assert stretch in "".join(block.text for block in draft.blocks)
    assert sum(overlap.characters for overlap in found.values()) == sum(
        len(run.text) for block in draft.blocks for run in block.runs if not run.missing
    )


def test_a_finished_file_is_checked_for_foreign_places(tmp_path: Path) -> None:
    """Does a name of another place in a finished file turn up, and the own name not?"""
    path = drafted("notice", update_profile(full(), {"目的": "学习湖北省咸宁市经验"})).save(tmp_path / "通知.docx")
    report = check_file(path, load_profile(EXAMPLES / "quyang.yaml"))
    assert "咸宁市" in "".join(each.text for each in report.residue)
    assert "曲阳县" not in "".join(each.text for each in report.residue)
    assert not report.passed


def test_keys_of_templates_may_stand_in_a_profile() -> None:
    """Are a template's own fields taken by name and by label, and is a mistyped one refused with the right one?"""
    found = parse_profile({"name": "曲阳县", "考评组": "甲组", "period": "2026年", "其他": {"自定": "乙"}})
    assert found.others == {"group": "甲组", "period": "2026年", "自定": "乙"}
    assert update_profile(found, {"考评组": "丙组"}).others["group"] == "丙组"
    with pytest.raises(ProfileError, match="考评组"):
        parse_profile({"name": "曲阳县", "考评祖": "甲组"})


def test_a_draft_has_a_name_for_its_file() -> None:
    """Is it the title without what some system refuses?"""
    draft = drafted("notice", update_profile(full(), {"主题": 'A/B:C*?"<>|'}))
    assert draft.file_stem == "中共曲阳县委组织部关于做好ABC工作的通知"
