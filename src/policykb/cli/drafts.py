"""One draft or a batch of them, as the options of the verb ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from policykb.cli.language import say

if TYPE_CHECKING:
    from policykb.cli.screen import Screen
    from policykb.drafting import Draft, Overlap, Profile, WordDraft
    from policykb.knowledge_base import KnowledgeBase
    from policykb.word import PageLayout


class Finished(NamedTuple):
    """A draft, where it goes, the layout that it is written with, and whether a file stands there already."""

    draft: Draft | WordDraft
    path: Path
    layout: PageLayout | None = None
    replaces: bool = False

    @property
    def wanting(self) -> bool:
        """Whether something is missing or must be looked at."""
        return not self.draft.complete

    @property
    def overlaps(self) -> tuple[Overlap, ...]:
        """How much of each section is copied; nothing is known of an own Word template's sections."""
        from policykb.drafting import Draft, duplication

        return duplication(self.draft) if isinstance(self.draft, Draft) else ()

    @property
    def report(self) -> dict[str, Any]:
        """What ``--report`` writes."""
        copied = [overlap.model_dump(mode="json") for overlap in self.overlaps]
        return {**self.draft.report(output=self.path), "duplication": copied}

    def save(self) -> None:
        """Write the file."""
        from policykb.drafting import Draft

        if isinstance(self.draft, Draft):
            self.draft.save(self.path, layout=self.layout)
        else:
            self.draft.save(self.path)


def finished_drafts(kb: KnowledgeBase, screen: Screen, asked: Mapping[str, Any]) -> Iterator[Finished]:
    """Each draft that was asked for, with a bar for a batch."""
    require_one(
        asked,
        "locality",
        "localities",
        say("请写 --locality 文件（一个地方）或 --localities 表格（多个地方），二者选一"),
    )
    require_one(
        asked, "template", "own_template", say("请写模板名（见 policykb templates）或 --template 文件，二者选一")
    )
    if asked["ask"] and asked["localities"]:
        raise click.UsageError(say("--ask 一次问一个地方：请和 --locality 一起用"), ctx=click.get_current_context())
    layout, profiles = _layout(asked), _profiles(asked)
    with screen.steps(say("起草"), len(profiles)) as advance:
        for profile in profiles:
            draft = _own_word(kb, profile, asked) if asked["own_template"] else _drafted(kb, profile, asked)
            path = _path(draft, asked)
            yield Finished(draft, path, layout, path.exists())
            advance()


def require_one(asked: Mapping[str, Any], first: str, second: str, told: str) -> None:
    """Exactly one of two options is wanted; a usage error otherwise."""
    if bool(asked[first]) == bool(asked[second]):
        raise click.UsageError(told, ctx=click.get_current_context())


def _profiles(asked: Mapping[str, Any]) -> list[Profile]:
    from policykb.drafting import load_profile, profiles_from_table

    return [load_profile(asked["locality"])] if asked["locality"] else profiles_from_table(asked["localities"])


def _layout(asked: Mapping[str, Any]) -> PageLayout | None:
    from policykb.word import load_layout, official_layout

    if asked["layout"] and asked["fonts"]:
        raise click.UsageError(
            say("--layout 文件里已定字库（profile），不要再写 --fonts"), ctx=click.get_current_context()
        )
    if asked["layout"]:
        return load_layout(asked["layout"])
    return official_layout(asked["fonts"]) if asked["fonts"] else None


def _drafted(kb: KnowledgeBase, profile: Profile, asked: Mapping[str, Any]) -> Draft:
    from policykb.cli.asking import ask_missing
    from policykb.drafting import add_score_chart, load_scores, read_settings, update_profile, wrap

    profile = update_profile(profile, read_settings(asked["values"]))
    data = load_scores(asked["data"]) if asked["data"] else None
    if asked["ask"]:
        profile = update_profile(profile, ask_missing(asked["template"], profile, data))
    draft = kb.draft(asked["template"], locality=profile, practices=asked["names"], data=data)
    if asked["chart"]:
        draft = add_score_chart(draft, data or {})
    if asked["wrap"]:
        draft = wrap(draft, profile, asked["wrap"])
    if asked["sources"]:
        draft = draft.with_source_list()
    return draft.clean() if asked["no_comments"] else draft


def _own_word(kb: KnowledgeBase, profile: Profile, asked: Mapping[str, Any]) -> WordDraft:
    from policykb.drafting import read_settings

    for option in ("ask", "chart", "data", "fonts", "layout", "sources", "wrap"):
        if asked[option]:
            told = say("--{option} 不能和 --template 一起用：版式和内容由自己的 Word 模板决定", option=option)
            raise click.UsageError(told, ctx=click.get_current_context())
    return kb.fill_word_template(
        asked["own_template"],
        locality=profile,
        practices=asked["names"],
        values=read_settings(asked["values"]),
        comments=not asked["no_comments"],
    )


def _path(draft: Draft | WordDraft, asked: Mapping[str, Any]) -> Path:
    output = Path(asked["output"])
    return output / f"{draft.file_stem}.docx" if asked["localities"] else output
