"""A small library: the Jiuquan overview of the corpus by its paragraphs, and three short invented notices."""

from __future__ import annotations

from pathlib import Path

from policykb.models import Component, Document, Extraction, Locality, Passage, Practice
from policykb.spans import OffsetMap
from policykb.terms import AdminLevel, DocumentKind, PracticeKind

CORPUS = Path(__file__).parents[2] / "corpus"


Item = tuple[Document, Extraction]


class Shelf:
    """A library in memory, with a log of what changed."""

    def __init__(self, *items: Item) -> None:
        self.items: dict[str, Item] = {}
        self.changes: list[str] = []
        for item in items:
            self.put(item)

    def put(self, item: Item) -> None:
        """Add or replace a document."""
        self.items[item[0].id] = item
        self.changes.append(item[0].id)

    def drop(self, document_id: str) -> None:
        """Take a document away."""
        del self.items[document_id]
        self.changes.append(document_id)

    @property
    def revision(self) -> int:
        """How many changes there were."""
        return len(self.changes)

    def changed_since(self, revision: int) -> list[str]:
        """The ids of the changes after ``revision``."""
        return sorted(set(self.changes[revision:]))

    def find(self, document_id: str) -> Document | None:
        """The document of this id."""
        return self.items[document_id][0] if document_id in self.items else None

    def extraction(self, document_id: str) -> Extraction:
        """What was found in it."""
        return self.items[document_id][1]


def make_document(document_id: str, title: str, paragraphs: list[str], **fields: object) -> Document:
    """A document of one passage a paragraph."""
    passages, start = [], 0
    for paragraph in paragraphs:
        passages.append(Passage(start=start, end=start + len(paragraph)))
        start += len(paragraph) + 1
    text = "\n".join(paragraphs)
    given = {"kind": DocumentKind.NEWS, "source_name": f"{document_id}.txt", "sha256": document_id * 8} | fields
    return Document(
        id=document_id, title=title, text=text, passages=passages, offsets=OffsetMap.identity(len(text)), **given
    )


def make_practice(document: Document, name: str, quote: str, **fields: object) -> Practice:
    """A practice of ``document`` whose definition is ``quote``."""
    start = document.text.index(quote)
    given = {"kind": PracticeKind.WORK_METHOD, "code": None, "full_name": f"“{name}”工作法", "components": ()} | fields
    return Practice(
        id=f"{document.id}-{name}", name=name, locality=None, quote=quote, start=start, end=start + len(quote),
        rule="test", mentions=[(start, start + len(quote))], **given,
    )  # fmt: skip


def place(name: str, full_name: str, level: AdminLevel, code: str | None) -> Locality:
    """A locality."""
    return Locality(name=name, full_name=full_name, level=level, code=code)


def overview() -> Item:
    """A newspaper's overview, with one practice."""
    raw = (CORPUS / "jiuquan-party-building-overview-2017.txt").read_text(encoding="utf-8")
    document = make_document(
        "d-jiuquan", "党旗高扬谱新篇——酒泉市基层党建工作综述", [line for line in raw.split("\n") if line.strip()],
        localities=[place("酒泉市", "甘肃省酒泉市", AdminLevel.PREFECTURE, "620900")], published_on="2017-12-04",
    )  # fmt: skip
    system = make_practice(
        document, "四联系两包抓", "“四联系两包抓”工作制度", kind=PracticeKind.SYSTEM, full_name="“四联系两包抓”工作制度"
    )
    return document, Extraction(practices=(system,))


def plan() -> Item:
    """A plan that defines 45666."""
    document = make_document(
        "a-plan", "关于开展服务型党组织建设的实施方案",
        [
            "推广“45666”社区工作法，社区干部轮流值班。",
            "“六访”即走访困难群众、空巢老人、留守儿童，做到空巢老人必访。",
            "党员干部参加培训班，每年不少于两次培训。",
        ],
        kind=DocumentKind.PLAN, issuing_authority="中共咸宁市委组织部", issued_on="2015-01",
        localities=[place("咸宁市", "湖北省咸宁市", AdminLevel.PREFECTURE, "421200")],
    )  # fmt: skip
    definition = document.text[3 : document.text.index("\n党员干部")]
    parts = (Component(label="六访", count=6, members=("困难群众", "空巢老人", "留守儿童")),)
    practice = make_practice(
        document, "45666", definition, code="45666", full_name="“45666”社区工作法", components=parts
    )
    return document, Extraction(practices=(practice,))


def report() -> Item:
    """A report of a county below the plan's prefecture, which names 45666."""
    document = make_document(
        "b-report", "赤壁市老龄工作情况报告",
        [
            "全市空巢老人逐年增加，老人的照料成为难题。",
            "社区设立必访名单，2014年走访老人1200户。",
            "学习45666社区工作法的经验。",
        ],
        kind=DocumentKind.REPORT, issuing_authority="赤壁市民政局", issued_on="2014-11-03",
        localities=[place("赤壁市", "湖北省咸宁市赤壁市", AdminLevel.COUNTY, "421281")],
    )  # fmt: skip
    return document, Extraction()


def notice() -> Item:
    """A notice without a place."""
    document = make_document(
        "c-notice", "关于空巢老人关爱活动的通知", ["各支部要看望老人，老人的事就是大事。"],
        kind=DocumentKind.NOTICE, issuing_authority="中共咸宁市委组织部", issued_on="2012",
    )  # fmt: skip
    return document, Extraction()
