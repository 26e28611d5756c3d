"""Pictures say what the records say, in a Chinese font or with a word on its lack."""

from __future__ import annotations

import sys

import pytest
from records import document, indicator, practice

import policykb
from policykb.display import plot_indicators, plot_parts, plot_practices, plot_timeline
from policykb.display.canvas import find_font
from policykb.models import Component, Practice
from policykb.terms import DocumentKind, PracticeKind

pytest.importorskip("matplotlib")
pytestmark = pytest.mark.filterwarnings("ignore:没有找到中文字体", "ignore:Glyph .* missing from font")


def rows(figure) -> list[str]:
    """The labels of the rows, from top to bottom."""
    return [label.get_text() for label in figure.axes[0].get_yticklabels()]


def texts(figure) -> list[str]:
    """The texts inside of the axes."""
    return [text.get_text().strip() for text in figure.axes[0].texts]


def legend(figure) -> list[str]:
    """The entries of the legend."""
    return [text.get_text() for one in figure.legends for text in one.get_texts()]


def test_practices_by_place_and_kind() -> None:
    """Do the rows count each place, most first, the rest together, and what has no place last?"""
    found = [practice()] * 3 + [practice(locality="乙县", kind=PracticeKind.MODEL)] * 2
    found += [practice(locality="丙县"), practice(locality="丁县"), practice(locality=None)]
    figure = plot_practices(found, top=2)
    assert rows(figure) == ["甲县", "乙县", "其余 2 处", "（未指明）"]
    assert texts(figure) == ["3", "2", "2", "1"]
    assert legend(figure) == ["工作法 6", "模式 2"]
    assert figure._repr_png_().startswith(b"\x89PNG")


def test_the_parts_of_45666() -> None:
    """Does the tree hold the name, each part with its number, and all 27 members?"""
    with policykb.KnowledgeBase.open() as kb:
        found = kb.practice("45666")
        shown = texts(plot_parts(found))
    assert {"45666", "四进（4）", "五会（5）", "六访（6）", "六报（6）", "六热线（6）"} <= set(shown)
    assert {member for part in found.components for member in part.members} <= set(shown)
    assert len(shown) == 1 + 5 + 27


PARTS = [
    ("too few", (Component(label="三网", count=3, members=("水网",)),), ["水网", "三网\n应有 3，列出 1", "三网"]),
    ("no member", (Component(label="水网", count=None, members=()),), ["水网（未列出）", "三网"]),
    ("no part", (), ["原文没有列出组成", "三网"]),
    ("no label", (Component(label=None, count=None, members=("水",)),), ["水", "成员（1）", "三网"]),
    ("long", (Component(label="甲" * 12, count=None, members=("水" * 50,)),),
     ["水" * 33 + "…", "甲" * 10 + "\n" + "甲" * 2 + "（1）", "三网"]),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "expected"), [row[1:] for row in PARTS], ids=[row[0] for row in PARTS])
def test_a_tree_says_what_is_missing(parts: tuple[Component, ...], expected: list[str]) -> None:
    """Are counts that do not hold, parts without members and long names told?"""
    assert texts(plot_parts(practice(components=parts))) == expected


def test_a_tree_shows_the_parts_that_the_text_leaves_out() -> None:
    """Is a part that the name counts, and that the text does not list beside others, a branch without members?"""
    part = Component(label="四联系", count=4, members=("村", "社区", "企业", "组织"))
    shown = texts(plot_parts(practice(name="四联系两包抓", components=(part,), missing=("两包抓",))))
    assert "两包抓（未列出）" in shown
    assert "两包抓（未列出）" not in texts(plot_parts(practice(components=(), missing=("两包抓",))))


def test_no_label_of_a_tree_covers_another() -> None:
    """Over every practice of the corpus with parts: do the boxes of its labels stay apart?"""
    with policykb.KnowledgeBase.open() as kb:
        practices = [one for one in kb.practices() if one.components]
    for one in practices:
        figure = plot_parts(one)
        figure.canvas.draw()
        boxes = [text.get_window_extent() for text in figure.axes[0].texts]
        crossing = [(a, b) for n, a in enumerate(boxes) for b in boxes[:n] if a.overlaps(b)]
        assert crossing == [], one.full_name


def test_indicators_compared_between_places() -> None:
    """Are the figures of one unit shown, the largest first, with place, subject, value and qualifier?"""
    found = [
        indicator(),
        indicator(locality="乙县", value=60.0, qualifier="不低于"),
        indicator(locality=None, value=(70.0, 80.0), subject=None),
        indicator(unit="元", value=15000.0, subject="经费"),
    ]
    figure = plot_indicators(found)
    assert rows(figure) == ["甲县：覆盖率", "（未指明）：覆盖率达到95%", "乙县：覆盖率"]
    assert texts(figure) == ["95 %", "70–80 %", "60 %（不低于）"]
    assert texts(plot_indicators(found, unit="元")) == ["1.5万 元"]
    assert rows(plot_indicators(found, subject="经费")) == ["甲县：经费"]
    assert texts(plot_indicators(found, unit="%", top=1)) == ["95 %"]
    with pytest.raises(policykb.NotFoundError, match=r"没有单位为“户”.*%、元"):
        plot_indicators(found, unit="户")


def test_indicators_that_differ_much_stand_on_a_logarithmic_scale() -> None:
    """Is a small figure still to be seen beside a large one?"""
    found = [indicator(value=10.0), indicator(value=10.0**6)]
    assert plot_indicators(found).axes[0].get_xscale() == "log"
    assert plot_indicators([*found, indicator(value=0.0)]).axes[0].get_xscale() == "linear"


def test_a_timeline_of_documents() -> None:
    """Is there a row for each date, exact or not, in order, and are those without a date counted?"""
    documents = [
        document(title="丙", published_on="2020-03-01"),
        document(title="甲", issued_on="2012"),
        document(title="乙", issued_on="2012-12", kind=DocumentKind.PLAN),
        document(title="丁"),
        document(title="戊", issued_on="2013-02-30"),
    ]
    figure = plot_timeline(documents)
    assert rows(figure) == ["甲　2012", "乙　2012-12", "丙　2020-03-01"]
    assert legend(figure) == ["方案 1", "通知 2"]
    assert figure.axes[0].get_xlabel() == "另有 2 份没有日期"
    days = [(bar.get_x(), bar.get_width()) for bar in figure.axes[0].patches]
    assert days == [(15340, 366), (15675, 31)]


def test_many_documents_are_counted_by_year() -> None:
    """Is each year a column as high as its number of documents?"""
    figure = plot_timeline([document(issued_on=f"{2000 + n % 5}-01-01") for n in range(100)])
    assert [bar.get_height() for bar in figure.axes[0].patches] == [20] * 5


@pytest.mark.parametrize("plot", [plot_practices, plot_timeline])
def test_nothing_gives_an_empty_picture(plot) -> None:
    """Is there no error where there is nothing to show?"""
    assert plot([])._repr_png_()


def test_a_picture_is_shown_without_pyplot() -> None:
    """Does IPython's own formatter find the picture, and is a figure of matplotlib what it is?"""
    formatters = pytest.importorskip("IPython.core.formatters")
    figure = plot_parts(practice())
    data, _ = formatters.DisplayFormatter().format(figure)
    assert data["image/png"]
    assert data["text/plain"] == "<Picture: “三网”工作法（甲县）>"
    assert type(figure).__mro__[1].__name__ == "Figure"


@pytest.mark.filterwarnings("error")
@pytest.mark.skipif(find_font() is None, reason="no Chinese font is installed")
def test_every_character_is_in_the_font() -> None:
    """Does no character of the corpus' pictures lack its glyph?"""
    with policykb.KnowledgeBase.open() as kb:
        assert plot_practices(kb.practices(), top=100)._repr_png_()
        assert plot_timeline(kb.documents())._repr_png_()


@pytest.mark.filterwarnings("default:没有找到中文字体")
def test_without_a_chinese_font_one_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is there one warning that says what to install, and a picture all the same?"""
    monkeypatch.setattr("policykb.display.canvas.find_font", lambda: None)
    with pytest.warns(UserWarning, match="请安装一种") as told:
        plot_parts(practice())
    assert len(told) == 1
    assert told[0].filename == __file__


def test_without_matplotlib_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is it one line of our own kind?"""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(policykb.PolicyKBError, match=r"^画图要先装 matplotlib：pip install \"policykb\[plot\]\"$"):
        plot_parts(practice())


def test_the_kinds_have_a_colour_each() -> None:
    """Does a picture with every kind tell them apart?"""
    every: list[Practice] = [practice(kind=kind) for kind in PracticeKind]
    figure = plot_practices(every)
    assert len({bar.get_facecolor() for bar in figure.axes[0].patches if bar.get_width()}) == len(PracticeKind)
