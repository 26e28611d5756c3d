"""Items for a store, made of the paragraphs of a text of the corpus."""

from __future__ import annotations

import hashlib
from pathlib import Path

from policykb.models import (
    Component,
    Document,
    Extraction,
    Indicator,
    Locality,
    Passage,
    Practice,
    Reference,
    Source,
)
from policykb.spans import OffsetMap
from policykb.store import StoredItem
from policykb.terms import AdminLevel, DocumentKind, PracticeKind

CORPUS = Path(__file__).parents[2] / "corpus"


def make_item(
    text: str,
    document_id: str | None = None,
    *,
    explicit: bool = False,
    found: Extraction | None = None,
    **fields: object,
) -> StoredItem:
    """An item whose source is just ``text``; its id comes from the text where none is given."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document_id = document_id or sha256[:16]
    given = {"title": text[:12], "kind": DocumentKind.NEWS, "source_name": "a.txt", "sha256": sha256} | fields
    document = Document(
        id=document_id, text=text, passages=[Passage(start=0, end=len(text))],
        offsets=OffsetMap.identity(len(text)), **given,
    )  # fmt: skip
    source = Source(
        name="a.txt", text=text, encoding="utf-8", sha256=sha256, document_id=document_id if explicit else None
    )
    return StoredItem(source=source, origin="downloads/a.txt", document=document, extraction=found or Extraction())


def overview() -> StoredItem:
    """The Jiuquan overview with a practice, a figure and a citation."""
    text = (CORPUS / "jiuquan-party-building-overview-2017.txt").read_text(encoding="utf-8")
    return make_item(
        text,
        found=Extraction(
            practices=(
                make_practice(text, "四个课堂", "“四个课堂”", members=("支部课堂", "流动课堂", "党校课堂", "掌上课堂")),
                make_practice(text, "四联系两包抓", "“四联系两包抓”工作制度", kind=PracticeKind.SYSTEM),
            ),
            indicators=(_indicator(text),),
            references=(Reference(title="党旗高扬谱新篇", document_number=None, start=0, end=7),),
        ),
        published_on="2017-12-04",
        issuing_authority="酒泉日报",
        localities=(Locality(name="酒泉市", full_name="甘肃省酒泉市", level=AdminLevel.PREFECTURE, code="620900"),),
    )


def make_practice(text: str, name: str, quote: str, *, members: tuple[str, ...] = (), **fields: object) -> Practice:
    """A practice defined by ``quote``."""
    start = text.index(quote)
    given = {"kind": PracticeKind.WORK_METHOD, "code": None, "full_name": quote} | fields
    components = (Component(label=None, count=None, members=members),) if members else ()
    return Practice(
        id=f"p-{name}", name=name, locality=None, quote=quote, start=start, end=start + len(quote), rule="test",
        components=components, **given,
    )  # fmt: skip


def _indicator(text: str) -> Indicator:
    start = text.index("1346个")
    return Indicator(
        quote="1346个",
        value=1346,
        unit="个",
        subject="联系点",
        locality=None,
        qualifier=None,
        start=start,
        end=start + 5,
    )
