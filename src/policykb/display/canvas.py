"""An empty picture to draw on, set in a font that has Chinese characters."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from policykb.errors import PolicyKBError
from policykb.resources import word_list

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_RESOLUTION = 110
"""Dots per inch of what a notebook keeps: sharp enough on a screen."""
_SHADES = 256
"""Colours of what a notebook keeps, edges of letters included: a third of the bytes, and no difference to the eye."""

COLOURS = ("#4285f4", "#26a65b", "#f59e0b", "#a855f7", "#ef4444", "#14b8a6", "#94a3b8", "#ec4899", "#84cc16",
           "#6366f1", "#b45309")  # fmt: skip
"""As many as there are kinds of practices; told apart in print, and on white."""


def open_figure(width: float, height: float, columns: int = 1) -> tuple[Figure, list[Axes]]:
    """A figure of this size in inches, and its ``columns`` pairs of axes.

    Raises ``PolicyKBError`` where the extra ``plot`` is not installed.
    """
    figure = _figure_type()(figsize=(width, height), layout="constrained")
    axes = figure.subplots(1, columns, squeeze=False)
    for one in axes.flat:
        one.spines[["top", "right"]].set_visible(False)
    return figure, list(axes.flat)


@contextmanager
def chinese() -> Iterator[None]:
    """What is drawn inside is set in a Chinese font; a warning of one line where none is installed."""
    matplotlib: Any = _load("matplotlib")
    font = find_font()
    if font is None:
        warnings.warn("没有找到中文字体，图里的汉字会显示为方框；请安装一种，如 Noto Sans CJK SC", stacklevel=4)
    families = [font, "DejaVu Sans"] if font else ["DejaVu Sans"]
    with matplotlib.rc_context({"font.family": families, "axes.unicode_minus": False}):
        yield


def find_font() -> str | None:
    """The first font of ``data/display_fonts.txt`` that is installed."""
    manager: Any = _load("matplotlib.font_manager").fontManager
    installed = set(manager.get_font_names())
    return next((name for name in word_list("display_fonts.txt") if name in installed), None)


@cache
def _figure_type() -> type[Figure]:
    """A figure that a notebook shows without pyplot, which would keep each figure and show some of them twice."""
    base: type[Figure] = _load("matplotlib.figure").Figure

    class Picture(base):  # type: ignore[misc, valid-type]  # the class is there only where matplotlib is
        def _repr_png_(self) -> bytes:
            drawn, small = io.BytesIO(), io.BytesIO()
            self.savefig(drawn, format="png", dpi=_RESOLUTION, facecolor="white")
            few: Any = _load("PIL.Image").open(drawn).convert("RGB").quantize(_SHADES)  # comes with matplotlib
            few.save(small, format="png", optimize=True)
            return small.getvalue()

        def __repr__(self) -> str:
            return f"<Picture: {self.get_suptitle()}>"

    return Picture


def _load(name: str) -> Any:  # noqa: ANN401 - a module of an extra
    try:
        return import_module(name)
    except ImportError as error:
        raise PolicyKBError('画图要先装 matplotlib：pip install "policykb[plot]"') from error
