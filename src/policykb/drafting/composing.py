"""Template, profile and practices to a draft."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from policykb.blocks import Block, BlockKind
from policykb.drafting.draft import Draft
from policykb.drafting.origin import PracticeSource
from policykb.drafting.profile import Profile
from policykb.drafting.rendering import MissingField, Row, clean_values, render, rows
from policykb.drafting.residue import find_residue
from policykb.drafting.tasks import Task, make_task
from policykb.drafting.template import Template
from policykb.places import Gazetteer
from policykb.segmentation import Segmenter


def compose(
    template: Template,
    profile: Profile,
    practices: Sequence[PracticeSource] = (),
    *,
    gazetteer: Gazetteer | None = None,
    segmenter: Segmenter | None = None,
) -> Draft:
    """Fill ``template`` for the place of ``profile``, with a task for each of ``practices``, in their order.

    Nothing is invented: what neither the profile nor a source gives stands in the draft as 【待填：…】 and in
    ``missing``.  Raises ``TemplateError`` when the template cannot be filled.
    """
    gazetteer = gazetteer or _shared_gazetteer()
    segmenter = segmenter or _shared_segmenter()
    tasks = [make_task(source, profile, gazetteer, segmenter) for source in practices]
    blocks, missing = render(template, _values(template, profile, tasks))
    missing += [field for task in tasks for field in task.missing]
    # what has a code the gazetteer finds by itself, and knows whose it is
    foreign = {place.name for source in practices for place in source.document.localities if not place.code}
    quotes = [quote for task in tasks for quote in task.quotes]
    texts = [text for task in tasks for text in (task.name, *(quote.quote for quote in task.quotes))]
    return Draft(
        template=template.name,
        locality=profile.name,
        blocks=tuple(blocks),
        missing=(*missing, *_lacking_sections(template, blocks)),
        residue=tuple(find_residue(blocks, profile, gazetteer, segmenter, places=foreign, quotes=texts)),
        sources=tuple(quotes),
    )


def _values(template: Template, profile: Profile, tasks: Sequence[Task]) -> dict[str, Any]:
    """What the template sees: the profile, defaults where it says nothing, level words, and the tasks."""
    given = clean_values(profile.model_dump(exclude={"others"}) | dict(profile.others))
    defaults = {field.name: field.default for field in template.fields if field.default is not None}
    values: dict[str, Any] = defaults | given
    for name, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            values[name] = rows(value, name)
        elif isinstance(value, dict):
            values[name] = Row(value, name)
    if tasks:
        values["tasks"] = [task.row(number) for number, task in enumerate(tasks, 1)]
    return values | {"words": _words(profile)}


def _words(profile: Profile) -> dict[str, str]:
    """How the target speaks of itself; a place of an unknown kind is called by its name."""
    fallback = {"whole": profile.name, "ours": "本地", "units": "各有关单位"}
    words = profile.kind.words() if profile.kind else fallback
    return words | ({"units": profile.units} if profile.units else {})


def _lacking_sections(template: Template, blocks: Sequence[Block]) -> list[MissingField]:
    headings = [block.text for block in blocks if block.kind is BlockKind.HEADING_1]
    lacking = [name for name in template.sections if not any(name in heading for heading in headings)]
    return [MissingField(field=f"sections.{name}", label=f"“{name}”一节") for name in lacking]


@lru_cache(maxsize=1)
def _shared_gazetteer() -> Gazetteer:
    return Gazetteer.load()


@lru_cache(maxsize=1)
def _shared_segmenter() -> Segmenter:
    return Segmenter()
