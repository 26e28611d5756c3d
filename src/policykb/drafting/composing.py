"""Template, profile and practices to a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from policykb.blocks import Block, BlockKind
from policykb.drafting.draft import Draft
from policykb.drafting.heading import frame
from policykb.drafting.origin import PracticeSource, foreign_names
from policykb.drafting.profile import Profile
from policykb.drafting.rendering import MissingField, Row, clean_values, render, rows
from policykb.drafting.residue import Told, find_residue
from policykb.drafting.tasks import Part, Task, make_task, quotes_of
from policykb.drafting.template import Template
from policykb.places import Gazetteer
from policykb.segmentation import Segmenter
from policykb.terms import DocumentKind


def compose(
    template: Template,
    profile: Profile,
    practices: Sequence[PracticeSource] = (),
    *,
    data: Mapping[str, Any] | None = None,
    gazetteer: Gazetteer | None = None,
    segmenter: Segmenter | None = None,
) -> Draft:
    """Fill ``template`` for the place of ``profile``, with a task for each of ``practices``, in their order.

    ``data`` gives further values by the names of the template's fields, as ``score_data`` does.  Nothing is
    invented: what neither these nor a source gives stands in the draft as 【待填：…】 and in ``missing``.
    Raises ``TemplateError`` when the template cannot be filled.
    """
    gazetteer, segmenter = gazetteer or _shared_gazetteer(), segmenter or _shared_segmenter()
    tasks = [make_task(source, profile, gazetteer, segmenter) for source in practices]
    values = _values(template, profile, tasks, data or {})
    blocks, missing = render(template, values)
    parts = _printed(tasks, blocks)
    told = Told(foreign_names(practices, gazetteer), quotes_of(tasks, parts), data)
    around = frame(template, profile, values)
    missing = [*around.missing, *missing, *(field for part in parts for field in part.missing)]
    return Draft(
        template=template.name,
        locality=profile.name,
        blocks=tuple(blocks),
        header=around.header,
        imprint=around.imprint,
        sealed=profile.sealed,
        dated=profile.date,
        choices=template.choices,
        missing=tuple(dict.fromkeys((*missing, *_lacking_sections(template, blocks)))),
        residue=tuple(find_residue(blocks, profile, gazetteer, segmenter, told)),
        sources=tuple(dict.fromkeys(part.quote for part in parts)),
    )


def values_for(profile: Profile, tasks: Sequence[Task]) -> dict[str, Any]:
    """What a file that is no template of ours may ask for: the profile, its own fields, the tasks, level words."""
    template = Template(name="own", label="", kind=DocumentKind.PLAN, fields=(), body="-")
    return _values(template, profile, tasks, {})


def _printed(tasks: Sequence[Task], blocks: Sequence[Block]) -> list[Part]:
    """The borrowed parts that the template really printed, told by their comments."""
    told = {run.comment for block in blocks for runs in block.stretches for run in runs}
    return [part for task in tasks for part in task.parts if part.told in told]


def _values(template: Template, profile: Profile, tasks: Sequence[Task], data: Mapping[str, Any]) -> dict[str, Any]:
    """What the template sees: the profile, defaults where it says nothing, level words, and the tasks."""
    given = clean_values(profile.model_dump(exclude={"others"}) | dict(profile.others) | dict(data))
    defaults = {field.name: field.default for field in template.fields if field.default is not None}
    values: dict[str, Any] = defaults | given
    fields = {field.name: field for field in template.fields}
    for name, value in values.items():
        shaped = fields[name].shaped(value) if name in fields else value
        if isinstance(shaped, list) and shaped and isinstance(shaped[0], dict):
            shaped = rows([row if isinstance(row, dict) else {"name": row} for row in shaped], name)
        values[name] = Row(shaped, name) if type(shaped) is dict else shaped
    if tasks:
        units = profile.lead_unit, profile.responsible_units
        values["tasks"] = [task.row(number, *units) for number, task in enumerate(tasks, 1)]
    return values | {"words": _words(profile)}


def _words(profile: Profile) -> dict[str, str]:
    """How the target speaks of itself; a place of an unknown kind is called by its name."""
    fallback = {"whole": profile.name, "ours": "本地", "units": "各有关单位"}
    words = profile.kind.words() if profile.kind else fallback
    return words | ({"units": profile.units} if profile.units else {})


def _lacking_sections(template: Template, blocks: Sequence[Block]) -> list[MissingField]:
    headings = [block.text for block in blocks if block.kind is BlockKind.HEADING_1]
    names = {section: (section, *template.section_aliases.get(section, ())) for section in template.sections}
    lacking = [section for section in names if not any(name in h for name in names[section] for h in headings)]
    return [MissingField(field=f"sections.{name}", label=f"“{name}”一节") for name in lacking]


@lru_cache(maxsize=1)
def _shared_gazetteer() -> Gazetteer:
    return Gazetteer.load()


@lru_cache(maxsize=1)
def _shared_segmenter() -> Segmenter:
    return Segmenter()
