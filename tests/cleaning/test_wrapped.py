"""Texts cut at a fixed width are put together; every other text keeps its lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policykb.cleaning.wrapped import join_wrapped_lines
from policykb.spans import Rewriting

CORPUS = Path(__file__).parents[2] / "corpus"
NAMES = [path.stem for path in sorted(CORPUS.glob("*.txt"))]


def lines_of(name: str) -> list[str]:
    """The lines of a corpus file that are not empty."""
    lines = (CORPUS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip()]


def cut(lines: list[str], width: int, indent: str) -> str:
    """A text of these lines, each cut at ``width`` characters."""
    pieces: list[str] = []
    for line in lines:
        text = indent + line
        pieces += [text[start : start + width] for start in range(0, len(text), width)]
    return "\n".join(pieces)


def joined(text: str) -> list[str]:
    """The lines of a text after joining."""
    return [line.strip() for line in Rewriting(text).apply(join_wrapped_lines(text)).text.split("\n")]


@pytest.mark.parametrize("name", NAMES)
def test_real_texts_that_are_not_cut_keep_every_line(name):
    """Is a text of paragraphs, headings and signatures left alone?"""
    assert join_wrapped_lines("\n".join(lines_of(name))) == ()


@pytest.mark.parametrize("width", [30, 35, 40])
@pytest.mark.parametrize(("indent", "share"), [("", 0.75), ("　　", 0.9)])
@pytest.mark.parametrize("name", ["jiuquan-party-building-overview-2017", "urban-party-building-practices-2017"])
def test_real_texts_that_were_cut_come_back(name, indent, share, width):
    """Do the paragraphs of a cut text read as before, nearly all of them where an indent tells them?"""
    lines = lines_of(name)
    back = joined(cut(lines, width, indent))
    assert sum(line in back for line in lines) >= len(lines) * share


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一行",
        "\n".join(["党建强、发展强、服务优", "组织建在网格上", "党员走在群众前"] * 4),
        "\n".join(f"{n}. 第{n}项任务由组织部牵头落实" for n in range(1, 20)),
        "\n".join(["各支部：", "定于本周五下午召开党员大会，请准时参加。", "某社区党委", "2018年5月17日"] * 3),
    ],
)
def test_lists_notices_and_slogans_keep_their_lines(text):
    """Is a text of short lines that are whole by themselves left alone?"""
    assert join_wrapped_lines(text) == ()


def test_headings_and_lists_inside_a_cut_text_keep_their_lines():
    """Does a numbered line begin a line of its own even under a full one?"""
    full = "坚持以服务群众为宗旨深入推进基层服务型党组织建设不断提高服务能力和水平"
    text = "\n".join([full, "使群众满意。", "（一）建强服务队伍。" + full[:26], full[:12] + "。"] * 3)
    assert joined(text)[:2] == [full + "使群众满意。", "（一）建强服务队伍。" + full[:26] + full[:12] + "。"]


def test_a_title_left_whole_above_a_cut_text_stays_a_line_of_its_own():
    """Are paragraphs joined where the title alone is wider than the cut?"""
    title = "某县委办公室某县人民政府办公室关于进一步加强和改进城乡社区治理工作的若干意见"
    full = "　　坚持以服务群众为宗旨深入推进基层服务型党组织建设不断"
    text = "\n".join([title, *[full, "提高服务能力和水平。"] * 4])
    assert [line.strip() for line in joined(text)] == [title, *[full.strip() + "提高服务能力和水平。"] * 4]


def test_numbers_are_whole_again_and_words_stay_apart():
    """Is 14|378 one number, and grid|management two words?"""
    filler = "在社区建立网格党支部并选派党建指导员定期走访服务群众"
    text = "\n".join([filler + "共14", "378个" + filler[:22] + "grid", "management" + filler[:16] + "的", "工作。"] * 3)
    assert joined(text)[0] == f"{filler}共14378个{filler[:22]}grid management{filler[:16]}的工作。"


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.text(alphabet="党建ab1。，\n \u3000", max_size=400))
def test_only_line_ends_and_the_blanks_beside_them_are_taken_out(text):
    """Does any text at all keep every character that is no white space?"""
    for edit in join_wrapped_lines(text):
        assert text[edit.start : edit.end].strip() == "" and "\n" in text[edit.start : edit.end]
        assert edit.replacement in {"", " "}
