"""The scores of an assessment as a picture in its report (extra ``plot``)."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from policykb.blocks import Block, BlockKind, Picture
from policykb.display.canvas import COLOURS, chinese, find_font, open_figure
from policykb.drafting.draft import Draft
from policykb.errors import PolicyKBError

_SECTION = "考评结果"
_TITLE = "各单位考评得分"
_WIDTH_MM = 150.0
_INCH_MM = 25.4
_DPI = 200
_BAR_INCHES = 0.28
_MOST_BARS = 30  # more are no picture any more


def add_score_chart(draft: Draft, data: Mapping[str, Any]) -> Draft:
    """``draft`` with the scores of ``data`` (as ``load_scores`` gives them) as bars, best first, below 考评结果.

    The same scores give the same bytes.  Raises ``PolicyKBError`` where matplotlib or a Chinese font is not
    installed, where there are more units than a picture holds, or where the draft has no such section.
    """
    at = _end_of_section(draft.blocks)
    rows = [(str(row["unit"]), float(row["score"])) for row in data.get("scores", ())]
    if at is None or not rows:
        raise PolicyKBError(
            "没有“{section}”一节或没有成绩，画不了图；请用 assessment_report 模板并给出成绩表", section=_SECTION
        )
    if len(rows) > _MOST_BARS:
        raise PolicyKBError("有 {n} 个单位，一张图最多画 {most} 个；得分情况见附表即可", n=len(rows), most=_MOST_BARS)
    told = f"{_TITLE}：" + "，".join(f"{unit}{score:g}分" for unit, score in rows)
    picture = Picture(png=_bars(rows), width_mm=_WIDTH_MM, description=told)
    block = Block(kind=BlockKind.PICTURE, picture=picture)
    return draft.model_copy(update={"blocks": (*draft.blocks[:at], block, *draft.blocks[at:])})


def _end_of_section(blocks: Sequence[Block]) -> int | None:
    """The position behind the last block of the section; None where there is none."""
    inside = False
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING_1:
            if inside:
                return index
            inside = _SECTION in block.text
    return None


def _bars(rows: Sequence[tuple[str, float]]) -> bytes:
    if find_font() is None:
        raise PolicyKBError("没有找到中文字体，图里的汉字会显示为方框；请安装一种，如 Noto Sans CJK SC")
    width = _WIDTH_MM / _INCH_MM
    with chinese():
        figure, (axes,) = open_figure(width, 0.9 + _BAR_INCHES * len(rows))
        bars = axes.barh([unit for unit, _ in rows], [score for _, score in rows], height=0.6, color=COLOURS[0])
        axes.invert_yaxis()
        axes.bar_label(bars, [f"{score:g}" for _, score in rows], padding=3)
        axes.set_title(_TITLE)
        axes.set_xlabel("得分")
        axes.margins(x=0.1)
        drawn = io.BytesIO()
        figure.savefig(drawn, format="png", dpi=_DPI, facecolor="white", metadata={"Software": None})
    return drawn.getvalue()
