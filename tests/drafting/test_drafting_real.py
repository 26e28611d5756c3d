"""The two real documents of the corpus, a plan and a report: do the templates yield their like?"""

from __future__ import annotations

from collections.abc import Sequence

from plans import corpus, from_corpus

from policykb.blocks import HEADINGS
from policykb.drafting import Draft, compose, load_template, parse_profile
from policykb.ingest import read
from policykb.models import Document
from policykb.resources import bundled_folder

SEED = "service-oriented-party-organizations-five-documents.txt"


def original(title: str) -> Document:
    """The document of that title in the file that holds five."""
    return next(d for d in read(bundled_folder("corpus") / SEED) if d.title.endswith(title))


def headings(draft: Draft, ranks: int = 4) -> list[str]:
    """The headings of a draft without their numbers, to that rank."""
    return ["".join(run.text for run in b.runs[1:]) for b in draft.blocks if b.kind in HEADINGS[:ranks]]


def in_order(wanted: Sequence[str], found: Sequence[str]) -> bool:
    """Whether each of ``wanted`` stands in one of ``found``, in the same order."""
    rest = iter(found)
    return all(any(one in other for other in rest) for one in wanted)


def test_the_plan_has_the_sections_of_the_real_one() -> None:
    """Given its facts and groups: first and second rank in the same order, and what the real one lacks is told?"""
    document = original("实施方案")
    first = [s.heading for s in document.sections if s.level == 1]
    groups = [s for s in document.sections if s.level == 2 and (s.number or "").startswith("（")]
    known = [s.practice for s in corpus() if s.document.id == document.id]
    grouped = [
        {"组名": g.heading, "组内做法": [p.full_name for p in known if g.start <= p.start < g.end]} for g in groups
    ]
    last = [s.heading for s in document.sections if s.start > groups[-1].end and s.level > 1]
    target = parse_profile(
        {
            "name": "咸宁市",
            "theme": "基层服务型党组织建设",
            "任务分组": grouped,
            "不写实施步骤": "是",
            "末节标题": first[-1],
            "保障措施": [{"保障措施名称": heading, "保障措施内容": "落实责任。"} for heading in last],
        }
    )
    chosen = [
        s
        for s in corpus()
        if s.document.id == document.id and any(s.practice.full_name in g["组内做法"] for g in grouped)
    ]
    draft = compose(load_template("implementation_plan"), target, chosen)
    assert headings(draft, 1) == first
    assert in_order([*(g.heading for g in groups), *last], headings(draft, 2))
    assert [h for h in headings(draft, 2) if h not in first] == [*(g.heading for g in groups), *last]
    tasks = [heading for heading in headings(draft, 3) if "大力推行" in heading]
    assert len(tasks) >= 2
    missing = {field.field for field in draft.missing}
    assert {"sections.实施步骤", "date", "authority"} <= missing
    assert "sections.保障措施" not in missing


def test_tasks_outside_the_groups_are_not_lost() -> None:
    """Is a group known by a code alone, and does what no group names come after the groups?"""
    chosen = from_corpus("45666", "131n")
    groups = [{"组名": "优化服务平台", "组内做法": "45666"}]
    draft = compose(load_template("implementation_plan"), parse_profile({"name": "曲阳县", "任务分组": groups}), chosen)
    tasks = [
        heading for heading in headings(draft, 3) if "服务平台" in heading or "推行" in heading or "机制" in heading
    ]
    assert [next(key for key in ("平台", "45666", "131n") if key in task) for task in tasks] == [
        "平台",
        "45666",
        "131n",
    ]


def test_the_report_has_the_sections_of_the_real_one() -> None:
    """Do its two headings stand in the same order, and the lost second one between them?"""
    document = original("考评工作报告")
    first = [s.heading for s in document.sections if s.level == 1]
    target = parse_profile(
        {
            "name": "曲靖市",
            "theme": "基层服务型党组织建设",
            "考评方式": ["听", "看", "查", "走", "访"],
            "组织领导情况": ["成立领导小组，召开动员会议。"],
            "结果运用一节的标题": first[-1],
            "结果运用": ["把考评结果作为分类定级的依据。"],
        }
    )
    draft = compose(load_template("assessment_report"), target)
    assert in_order([first[0], "考评方式", first[-1]], headings(draft))
    assert "考评采取听、看、查、走、访等方式进行" in "".join(block.text for block in draft.blocks)
    assert {"superior", "date"} <= {field.field for field in draft.missing}
