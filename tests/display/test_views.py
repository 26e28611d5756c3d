"""Records show themselves in a notebook: what matters is there, marked in place, and text never becomes HTML."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from records import EVIL, TEXT, document, extraction, hit, indicator, practice

import policykb
from policykb.blocks import Block, BlockKind, Cell, Header, Imprint, Picture, Run, Table
from policykb.display import Documents, Hits, Indicators, Practices
from policykb.display.marking import Mark, mark
from policykb.drafting import Draft
from policykb.drafting.draft import Residue, SourceQuote
from policykb.drafting.rendering import MissingField
from policykb.merging import Entries, merge_practices
from policykb.models import Component, Record
from policykb.resources import data_file
from policykb.terms import ResidueKind

PROFILE = Path(__file__).parents[2] / "examples" / "quyang.yaml"


def draft() -> Draft:
    """A draft with everything that a draft may have."""
    table = Table(widths=(1, 1), head=(Cell(runs=(Run(text="任务"),)), Cell()), rows=((Cell(), Cell()),))
    return Draft(
        template="notice",
        locality="乙县",
        blocks=(
            Block(kind=BlockKind.TITLE, runs=(Run(text=f"关于{EVIL}的通知"),)),
            Block(kind=BlockKind.HEADING_1, runs=(Run(text="一、任务"),)),
            Block(
                kind=BlockKind.BODY,
                runs=(
                    Run(text="甲县要", comment="出处：某文\n位置：一"),
                    Run(text="【待填：时限】", missing=True),
                    Run(text=EVIL),
                ),
            ),
            Block(kind=BlockKind.LANDSCAPE),
            Block(kind=BlockKind.TABLE, table=table),
            Block(kind=BlockKind.PICTURE, picture=Picture(png=b"png", width_mm=100, description=EVIL)),
        ),
        header=Header(organs=("乙县委",), suffix="文件", document_number="【待填：发文字号】", signatories=("某某",)),
        imprint=Imprint(copied_to=("县委",), printed_by="办公室", printed_on="2020年1月1日"),
        missing=(MissingField(field="deadline", label="时限"),),
        residue=(Residue(text="甲县", kind=ResidueKind.LOCALITY, where="一、任务"),),
        sources=(
            SourceQuote(practice="三网", document_id="doc", title=EVIL, start=0, end=3, quote=EVIL, sha256="0" * 64),
        ),
    )


def entries() -> Entries:
    """One practice of two documents."""
    other = document(id="other")
    return Entries(merge_practices([(document(), [practice()]), (other, [practice(id="other-1")])]))


SHOWN = {
    "document": document,
    "extraction": extraction,
    "practice": practice,
    "indicator": indicator,
    "hit": hit,
    "draft": draft,
    "entry": lambda: entries()[0],
    "another record": lambda: policykb.AddReport(added=(EVIL,)),
    "documents": lambda: Documents([document()]),
    "practices": lambda: Practices([practice(full_name=EVIL)]),
    "indicators": lambda: Indicators([indicator(subject=EVIL)]),
    "hits": lambda: Hits([hit(practice=practice())]),
    "entries": entries,
}


def shown(record: object) -> BeautifulSoup:
    """What a notebook shows of a record, without the style sheet."""
    soup = BeautifulSoup(record._repr_html_(), "lxml")
    for style in soup("style"):
        style.decompose()
    return soup


def marked(soup: BeautifulSoup | Tag, selector: str) -> list[str]:
    """The texts of the elements that a selector finds."""
    return [element.get_text() for element in soup.select(selector)]


@pytest.mark.parametrize("make", SHOWN.values(), ids=SHOWN.keys())
def test_a_text_never_becomes_html(make) -> None:
    """Is every mark-up sign of the texts written as a character, in the text and in attributes?"""
    html = make()._repr_html_()
    assert "<script" not in html.lower()
    assert "javascript" not in html.lower()
    assert not re.search(r"\son\w+=|https?://|@import|url\(", html)
    soup = BeautifulSoup(html, "lxml")
    assert {element.name for element in soup.find_all(True)} <= {
        "html", "body", "div", "style", "b", "ins", "mark", "cite", "span", "table", "thead", "tbody", "tr", "th", "td",
        "details", "summary", "blockquote", "small", "br", "p", "img",
    }  # fmt: skip
    assert {key for element in soup.find_all(True) for key in element.attrs} <= {
        "class",
        "title",
        "lang",
        "open",
        "alt",
        "src",
    }


@pytest.mark.parametrize("make", SHOWN.values(), ids=SHOWN.keys())
def test_elements_are_nested(make) -> None:
    """Is each element closed inside of the one that it was opened in?"""
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w+)[^>]*>", make()._repr_html_()):
        if closing:
            assert opened.pop() == name
        elif name not in {"br", "img"}:
            opened.append(name)
    assert opened == []


def test_every_look_has_its_rule() -> None:
    """Does the style sheet know each class that a view uses?"""
    style = data_file("display.css").read_text(encoding="utf-8")
    used = {look for make in SHOWN.values() for e in shown(make()).select("[class]") for look in e["class"]}
    plain = {"figure", "hit", "policykb"}
    assert {look for look in used - plain if f".{look}" not in style} == set()


def test_a_document_shows_what_it_says_of_itself_and_its_outline() -> None:
    """Are title, fields, outline and text there?"""
    text = shown(document(issued_on="2020-01", remarks=("缺页",))).get_text("|")
    for part in (f"关于{EVIL}的通知", "甲县委", "2020-01", "缺页", f"一、总体要求{EVIL}", "水网"):
        assert part in text


def test_a_practice_is_a_card() -> None:
    """Are the parts, their counts, the quote with name and members, and the place there?"""
    card = shown(practice())
    assert marked(card, "td") == ["三网", "3 ✓", "水网、电网、路网"]
    assert marked(card, "blockquote ins") == ["水网", "电网", "路网"]
    assert marked(card, "blockquote b") == ["“三网”工作法"]
    assert "甲县" in card.get_text()
    assert "doc-1" in card.get_text()


def test_a_practice_says_where_its_count_does_not_hold() -> None:
    """Are both numbers told, and what the name counts that is missing?"""
    part = Component(label="三网", count=3, members=("水网",))
    card = shown(practice(components=(part,), missing=("三网",)))
    assert marked(card, ".wrong") == ["项数不符：三网", "应有 3，列出 1"]
    assert "项数相符" in shown(practice(missing=())).get_text()
    assert "原文没有列出组成" in shown(practice(components=())).get_text()


def test_the_text_of_an_extraction_is_coloured_in_place() -> None:
    """Is the whole text there, with names, members, figures and references marked?"""
    whole = shown(extraction())
    text = whole.select_one("div.scroll")
    assert text.get_text("") == TEXT.replace("\n", "")
    assert marked(text, "b.name") == ["“三网”工作法"]
    assert marked(text, "ins.member") == ["水网", "电网", "路网"]
    assert marked(text, "mark.figure") == ["覆盖率达到95%"]
    assert marked(text, "cite") == ["《意见》"]
    assert marked(text, "span.quote b.name ~ ins.member") == ["水网", "电网", "路网"]
    assert text.select_one("ins.member")["title"] == "“三网”工作法 · 三网"
    assert "做法名称 1" in whole.get_text()


def test_of_a_very_long_text_the_beginning_is_shown() -> None:
    """Is a text of a million characters cut, with a word on it?"""
    for one in (document(text="长" * 10**6), extraction().model_copy(update={"text": TEXT + "长" * 10**6})):
        assert len(one._repr_html_()) < 60_000
        assert "字没有显示" in shown(one).get_text()


def test_every_extraction_of_the_corpus_can_be_shown() -> None:
    """Are all names, members and figures marked, each as the record has it?"""
    with policykb.KnowledgeBase.open() as kb:
        for one in kb.documents():
            found = kb.extraction(one.id)
            text = shown(found).select_one("div.scroll")
            assert text.get_text("") == one.text.replace("\n", "")
            spans = {place for p in found.practices for part in p.components for place in part.spans}
            assert len("".join(marked(text, "ins.member"))) == sum(b - a for a, b in spans)


def test_a_hit_shows_what_was_found() -> None:
    """Are the words found marked in the passage, and in the table of hits, and a long passage cut around them?"""
    assert marked(shown(hit()), "blockquote mark") == ["水网"]
    assert marked(shown(Hits([hit()])), "td mark") == ["水网"]
    long = hit(text="远" * 2000 + "水网", highlights=((2000, 2002),))
    quote = shown(long).select_one("blockquote").get_text()
    assert quote.startswith("…")
    assert quote.endswith("水网")
    assert "整段（2002 字）" in shown(long).get_text()


def test_a_draft_shows_what_is_missing_borrowed_and_doubtful() -> None:
    """Are gaps, borrowed words and what is not the target's own marked on the page, and listed below?"""
    page = shown(draft())
    assert marked(page, ".page .missing") == ["【待填：发文字号】", "【待填：时限】"]
    assert marked(page, ".page .borrowed") == ["甲县要"]
    assert marked(page, ".page .residue") == ["甲县"]
    assert page.select_one(".page img")["alt"] == EVIL
    assert page.select_one(".page .residue")["title"] == "请核对：他地地名"
    text = page.get_text("|")
    for part in ("乙县委文件", "签发人：某某", "抄送：县委。", "还缺 1 处", "请核对 1 处", "出处 1 条", "时限"):
        assert part in text


def test_an_entry_shows_all_its_mentions() -> None:
    """Does the card of a practice over several documents list these?"""
    (one,) = entries()
    assert marked(shown(one), "table:last-of-type td:first-child")[-2:] == ["doc", "other"]
    assert "见于 2 处" in shown(one).get_text()


def test_a_long_list_shows_its_first_rows() -> None:
    """Is the length told, and the table kept short?"""
    many = shown(Practices([practice()] * 100))
    assert many.get_text().startswith("100 项做法，下面是前 30 项")
    assert len(many.select("tbody tr")) == 30
    assert shown(Practices()).get_text() == "0 项做法"


OVERLAPS = [
    ("crossing", [Mark(0, 3, "b"), Mark(2, 5, "ins")], "<b>甲乙</b><ins><b>丙</b>丁戊</ins>"),
    ("nested", [Mark(1, 2, "ins"), Mark(0, 5, "b")], "<b>甲<ins>乙</ins>丙丁戊</b>"),
    ("same place", [Mark(0, 2, "b"), Mark(0, 2, "ins")], "<b><ins>甲乙</ins></b>丙丁戊"),
    ("touching", [Mark(0, 2, "b"), Mark(2, 4, "b")], "<b>甲乙</b><b>丙丁</b>戊"),
    ("empty and outside", [Mark(2, 2, "b"), Mark(4, 9, "b"), Mark(7, 9, "b")], "甲乙丙丁<b>戊</b>"),
    ("three", [Mark(0, 4, "b"), Mark(1, 5, "ins"), Mark(2, 3, "cite")],
     "<b>甲</b><ins><b>乙<cite>丙</cite>丁</b>戊</ins>"),
    ("two crossed", [Mark(0, 3, "b"), Mark(1, 3, "ins"), Mark(2, 5, "cite")],
     "<b>甲<ins>乙</ins></b><cite><b><ins>丙</ins></b>丁戊</cite>"),
]  # fmt: skip


@pytest.mark.parametrize(("marks", "expected"), [row[1:] for row in OVERLAPS], ids=[row[0] for row in OVERLAPS])
def test_marks_may_stand_inside_of_each_other_and_may_overlap(marks: list[Mark], expected: str) -> None:
    """Do the elements nest, and is each character inside of the marks that hold it?"""
    assert mark("甲乙丙丁戊", marks) == expected


def test_all_of_a_text_is_written_once_whatever_the_marks() -> None:
    """Over every pair of marks of a short text: is the text whole, and each character marked as asked?"""
    text = "甲<乙&丙"
    places = [(a, b) for a in range(6) for b in range(a, 6)]
    for first in places:
        for second in places:
            html = mark(text, [Mark(*first, "b"), Mark(*second, "ins")])
            soup = BeautifulSoup(f"<div>{html}</div>", "lxml")
            assert soup.get_text() == text
            assert "".join(marked(soup, "b")) == text[slice(*first)]
            assert "".join(marked(soup, "ins")) == text[slice(*second)]


REPRS = [
    (document, f"Document(id='doc', title={f'关于{EVIL}的通知'!r}, kind='notice', sections=1, passages=0)"),
    (practice, "Practice(id='doc-1', full_name='“三网”工作法', kind='work_method', locality='甲县', components=1, "
               "count_holds=None)"),
    (extraction, "Extraction(practices=1, indicators=1, references=1)"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "expected"), REPRS, ids=["document", "practice", "extraction"])
def test_the_plain_text_of_a_record_is_short(make, expected: str) -> None:
    """Does ``repr`` tell what a record is, without its text?"""
    assert repr(make()) == str(make()) == expected


def test_the_plain_text_of_a_list_is_short() -> None:
    """Is a short list written as any list, and of a long one the beginning and the length?"""
    assert repr(Practices()) == "[]"
    assert repr(Practices([practice()])) == f"[{practice()!r}]"
    assert repr(Practices([practice()] * 100)).splitlines()[-1] == " … 100 in all]"
    assert len(repr(Practices([practice()] * 100)).splitlines()) == 6
    assert len(repr(draft())) < 300
    assert len(repr(hit())) < 600


def test_a_list_stays_a_list() -> None:
    """Is it equal to a plain list, and are its slices of its own type?"""
    many = Practices([practice(id=f"doc-{n}") for n in range(3)])
    assert many == list(many)
    assert isinstance(many, list)
    assert type(many[1:]) is Practices
    assert many[-1].id == "doc-2"


def test_what_is_made_by_hand_shows_itself() -> None:
    """Does a record of a fresh process have its view, with nothing called?"""
    code = "import policykb; print(policykb.Indicator(quote='甲', value=1, unit=None, subject=None, locality=None, " \
           "qualifier=None, start=0, end=1)._repr_html_())"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert "原文" in done.stdout


def test_a_notebook_uses_the_view() -> None:
    """Does IPython's own formatter find it, for a record and for a list?"""
    formatters = pytest.importorskip("IPython.core.formatters")
    formatter = formatters.DisplayFormatter()
    for one in (practice(), Practices([practice()])):
        data, _ = formatter.format(one)
        assert "水网" in data["text/html"]
        assert data["text/plain"] == repr(one)


def test_a_record_without_a_view_of_its_own_tells_its_fields() -> None:
    """Are all fields of any record shown, those of records inside of it too?"""

    class Inner(Record):
        word: str

    class Outer(Record):
        inner: tuple[Inner, ...]
        many: tuple[int, ...]

    text = shown(Outer(inner=(Inner(word="甲"),), many=tuple(range(30)))).get_text("|")
    assert "Outer|inner|甲|many|0|1|" in text
    assert text.endswith("… 共 30 项")


def test_the_views_of_a_knowledge_base() -> None:
    """Do all lists of the façade show themselves?"""
    with policykb.KnowledgeBase.open() as kb:
        lists = {
            "documents": kb.documents(),
            "practices": kb.practices(),
            "indicators": kb.indicators(),
            "entries": kb.entries(),
            "hits": kb.search("空巢老人必访"),
        }
        assert all(isinstance(found, list) and found for found in lists.values())
        assert all("<table>" in found._repr_html_() for found in lists.values())
        draft = kb.draft("implementation_plan", locality=PROFILE, practices=["45666"])
        assert "空巢老人" in "".join(marked(shown(draft), ".borrowed"))
        assert policykb.read(PROFILE.parents[1] / "corpus" / "jiuquan-party-building-overview-2017.txt")._repr_html_()
