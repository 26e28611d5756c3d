"""The view of a practice over all documents: its best description, and where else it is named."""

from __future__ import annotations

from collections.abc import Sequence

from policykb.display.html import page, table, tag
from policykb.display.records import practice_card
from policykb.models import Practice


def entry_view(best: Practice, mentions: Sequence[tuple[str, Practice]], *, n_related: int) -> str:
    """A card of the best mention, and a table of all of them (document id, practice)."""
    rows = [(document, one.full_name, one.locality, f"{one.start}–{one.end}") for document, one in mentions]
    related = f"，他处另有 {n_related} 项同名做法" if n_related else ""
    return page(
        practice_card(best),
        tag("div", f"见于 {len(rows)} 处{related}"),
        table(("文件", "名称", "地区", "位置"), rows) if len(rows) > 1 else "",
    )
