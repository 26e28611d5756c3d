"""One draft or a batch of them, as the options of the verb ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from policykb.drafting import Draft, Profile
    from policykb.knowledge_base import KnowledgeBase


def drafts_of(kb: KnowledgeBase, asked: Mapping[str, Any]) -> Iterator[tuple[Draft, Path]]:
    """Each draft that was asked for and where it goes."""
    if bool(asked["locality"]) == bool(asked["localities"]):
        raise click.UsageError("请写 --locality 文件（一个地方）或 --localities 表格（多个地方），二者选一")
    output = Path(asked["output"])
    for profile in _profiles(asked):
        draft = kb.draft(
            asked["template"],
            locality=profile,
            practices=asked["names"],
            values=asked["values"],
            data=asked["data"],
        )
        finished = _finish(draft, profile, asked)
        yield finished, output / f"{finished.file_stem}.docx" if asked["localities"] else output


def _profiles(asked: Mapping[str, Any]) -> list[Profile]:
    from policykb.drafting import load_profile, profiles_from_table

    return [load_profile(asked["locality"])] if asked["locality"] else profiles_from_table(asked["localities"])


def _finish(draft: Draft, profile: Profile, asked: Mapping[str, Any]) -> Draft:
    from policykb.drafting import wrap

    if asked["wrap"]:
        draft = wrap(draft, profile, asked["wrap"])
    if asked["sources"]:
        draft = draft.with_source_list()
    return draft.clean() if asked["no_comments"] else draft
