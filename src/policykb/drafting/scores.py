"""Scores of units as data of an assessment report: every figure is counted from the rows of the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from policykb.drafting.sheets import read_rows
from policykb.errors import ReadError

_COLUMNS = MappingProxyType(
    {
        "unit": ("单位", "单位名称", "乡镇", "考评单位", "unit"),
        "score": ("得分", "分数", "总分", "考评得分", "score"),
        "grade": ("等次", "等级", "考评等次", "grade"),
        "problems": ("存在问题", "问题", "扣分情况", "problems"),
    }
)
_NAMED = 3  # units named as first and as last, where there are at least twice as many
_ORDER = ("优秀", "好", "良好", "较好", "合格", "一般", "基本合格", "较差", "差", "不合格")


class Score(NamedTuple):
    """One unit's row."""

    unit: str
    score: Decimal
    grade: str
    problems: str


def load_scores(path: str | Path) -> dict[str, Any]:
    """The data of an assessment report from a table of unit, score, grade and problems (.xlsx, .csv).

    Raises ``ReadError`` for a table without units or scores, a score that is no number, a unit named twice.
    """
    rows = read_rows(path)
    columns = {name: _column(rows, heads) for name, heads in _COLUMNS.items()}
    for name, label in (("unit", "单位"), ("score", "得分")):
        if not columns[name]:
            raise ReadError("{path}：表里没有“{label}”一列，表头应有单位、得分、等次、存在问题", path=path, label=label)
    scores = [_score(row, columns, f"{path}：第 {number} 行") for number, row in enumerate(rows, 1)]
    twice = [unit for unit, count in Counter(score.unit for score in scores).items() if count > 1]
    if twice:
        raise ReadError("{path}：单位“{unit}”有不止一行，请删去重复的行", path=path, unit=twice[0])
    return score_data(scores)


def score_data(scores: Sequence[Score]) -> dict[str, Any]:
    """The values that the template assessment_report asks for: rows by rank, counts, shares, average, ends.

    Equal scores share a rank.  Each share is rounded to one decimal by itself, so that equal counts read the same.
    """
    ranked = sorted(scores, key=lambda score: -score.score)
    points = [score.score for score in ranked]
    rows = [
        {"rank": points.index(one.score) + 1, "unit": one.unit, "score": f"{one.score.normalize():f}"}
        | {name: value for name, value in (("grade", one.grade), ("problems", one.problems)) if value}
        for one in ranked
    ]
    n_named = min(_NAMED, max(len(ranked) // 2, 1))
    average = (sum(points, Decimal()) / len(points)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return {
        "scores": rows,
        "grades": _grades(ranked),
        "n_units": str(len(ranked)),
        "average": f"{average.normalize():f}",
        "first_units": [one.unit for one in ranked[:n_named]],
        "last_units": [one.unit for one in ranked[-n_named:]] if len(ranked) > 1 else [],
    }


def _column(rows: Sequence[Mapping[str, Any]], heads: Sequence[str]) -> str:
    present = {head for row in rows for head in row}
    return next((head for head in heads if head in present), "")


def _score(row: Mapping[str, Any], columns: Mapping[str, str], where: str) -> Score:
    unit, points = str(row.get(columns["unit"], "")), row.get(columns["score"])
    try:
        score = Decimal(str(points))
    except InvalidOperation as error:
        raise ReadError(
            "{where}（{unit}）的得分“{points}”不是数字，请改正", where=where, unit=unit or "没有单位", points=points
        ) from error
    if not unit or not score.is_finite():
        raise ReadError("{where}缺单位名称，或得分不是数字，请改正", where=where)
    return Score(unit, score, str(row.get(columns["grade"], "")), str(row.get(columns["problems"], "")))


def _grades(ranked: Sequence[Score]) -> list[dict[str, str]]:
    """Grades from the best on with counts and shares; units without a grade make none."""
    counts = Counter(score.grade for score in ranked if score.grade)
    place = {grade: (_ORDER.index(grade) if grade in _ORDER else len(_ORDER)) for grade in counts}
    ordered = sorted(counts, key=lambda grade: place[grade])
    total = sum(counts.values())
    shares = {grade: (Decimal(100 * counts[grade]) / total).quantize(Decimal("0.1"), ROUND_HALF_UP) for grade in counts}
    return [
        {"grade": grade, "count": str(counts[grade]), "share": f"{shares[grade].normalize():f}%"} for grade in ordered
    ]
