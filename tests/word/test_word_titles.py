"""Breaking titles into lines."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policykb.word.measure import width
from policykb.word.titles import title_lines


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("曲阳县基层服务型党组织建设实施方案", ["曲阳县基层服务型党组织建设实施方案"]),
        ("曲阳县关于进一步加强基层服务型党组织建设的实施方案", None),
        ("中共曲阳县委组织部关于印发《曲阳县基层服务型党组织建设实施方案》的通知", None),
        ("关于认真学习贯彻全国组织工作会议精神进一步加强和改进新形势下城市社区党的建设工作的若干意见（试行）", None),
    ],
)
def test_a_title_is_broken_between_words(title: str, lines: list[str] | None) -> None:
    """Are the lines short enough, made of whole words, and not of equal length?"""
    found = title_lines(title, 20)
    assert lines is None or found == lines
    assert "".join(found) == title
    assert max(map(width, found)) <= 20
    assert all(line[0] not in "的与和及等，、》）" for line in found)
    assert all(width(upper) != width(lower) for upper, lower in pairwise(found))
    for word in ("党组织", "实施方案", "组织部", "通知", "会议", "意见"):
        assert title.count(word) == sum(line.count(word) for line in found), word


def test_three_lines_are_no_hourglass() -> None:
    """Is the middle line of three never the shortest?"""
    title = "关于认真学习贯彻全国组织工作会议精神进一步加强和改进新形势下城市社区党的建设工作的若干意见（试行）"
    upper, middle, lower = map(width, title_lines(title, 20))
    assert not upper > middle < lower


def test_what_is_to_be_filled_in_stays_on_one_line() -> None:
    """Is 【待填：…】 in a title never torn apart?"""
    title = "中共曲阳县委组织部【待填：总结时段】基层服务型党组织建设工作总结"
    assert any("【待填：总结时段】" in line for line in title_lines(title, 20))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.text(alphabet="县党的关于印发《》（）、，建设实施方案abc12 ", max_size=120))
def test_lines_are_always_the_title(title: str) -> None:
    """Is nothing lost or added, whatever the title?"""
    assert "".join(title_lines(title, 20)) == title


def test_a_very_long_title_takes_no_long_time() -> None:
    """Are three thousand characters broken line by line, not by trying all ways?"""
    title = "关于加强基层服务型党组织建设的意见" * 180
    lines = title_lines(title, 20)
    assert "".join(lines) == title
    assert max(map(width, lines)) <= 20
