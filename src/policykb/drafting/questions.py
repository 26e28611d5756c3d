"""What a template still has to ask a clerk, field by field, and how the answers are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from policykb.drafting.composing import compose
from policykb.drafting.profile import Profile
from policykb.drafting.template import Template, TemplateField, known_fields
from policykb.models import Record

_ITEMS = re.compile("[；;\n]")
_CELLS = re.compile("[|｜]")
_FRAME = {"document_number": "曲组发〔2026〕8号", "signatories": "", "printed_by": "", "printed_on": "2026-03-02"}


class Question(Record):
    """One field to ask for.

    ``columns`` are the labels, by name, of its parts where an answer has several, parted by “|”; where there may
    be ``many`` answers they are parted by “；”.
    """

    field: str
    label: str
    help: str = ""
    example: str = ""
    required: bool = True
    many: bool = False
    columns: Mapping[str, str] = {}

    def answer(self, text: str) -> Any:  # noqa: ANN401 - a text, a list or rows
        """The value of what a clerk typed, as ``update_profile`` takes it; None for an empty answer."""
        items = [item.strip() for item in _ITEMS.split(text) if item.strip()] if self.many else [text.strip()]
        read = [self._row(item) for item in items if item]
        if not read:
            return None
        return read if self.many else read[0]

    def _row(self, item: str) -> Any:  # noqa: ANN401 - a text or a row
        if not self.columns:
            return item
        cells = [cell.strip() for cell in _CELLS.split(item, maxsplit=len(self.columns) - 1)]
        return {name: cell for name, cell in zip(self.columns, cells, strict=False) if cell}


def questions(template: Template, profile: Profile, data: Mapping[str, Any] | None = None) -> tuple[Question, ...]:
    """What a draft of ``template`` for ``profile`` would lack, each field once, in the order of the template.

    Optional fields that nobody gave stand among them with ``required`` false; those of the head come last.
    Practices and what ``data`` gives are not asked for: they come from the knowledge base and a table.
    """
    lacking = {_top(missing.field): missing.label for missing in compose(template, profile, data=data).missing}
    given = profile.model_dump(exclude_defaults=True) | dict(profile.others) | dict(data or {})
    asked = [
        _question(field)
        for field in template.fields
        if field.asked and (field.name in lacking or not (field.required or field.name in given or field.default))
    ]
    known = {field.name for field in template.fields}
    head = [
        Question(field=name, label=label, example=_FRAME[name], many=name == "signatories")
        for name, label in lacking.items()
        if name in _FRAME and name not in known
    ]
    return (*asked, *head)


def read_settings(settings: Mapping[str, str]) -> dict[str, Any]:
    """Fields and texts as a clerk types them (``--set``), as ``update_profile`` takes them.

    The text of a field with parts or with many items is read as an answer is; ``contact.phone`` sets one part.
    """
    known = known_fields()
    values: dict[str, Any] = {}
    for key, text in settings.items():
        name, dot, part = key.partition(".")
        field = known.get(name)
        if field and dot and field.fields:
            labels = {each.label: each.name for each in field.fields}
            values.setdefault(field.name, {})[labels.get(part, part)] = text
        else:
            values[key] = _question(field).answer(text) if field and (field.fields or field.many) else text
    return values


def _top(field: str) -> str:
    """The field of a template that a missing one belongs to: stages for stages[1].start."""
    return re.split(r"[.\[]", field, maxsplit=1)[0]


def _question(field: TemplateField) -> Question:
    profile_field = Profile.model_fields.get(field.name)
    many = field.many or (bool(field.fields) and profile_field is not None and "tuple" in str(profile_field.annotation))
    return Question(
        field=field.name,
        label=field.label,
        help=field.help,
        example=_shown(field),
        required=field.required,
        many=many,
        columns={each.name: each.label for each in field.fields},
    )


def _shown(field: TemplateField) -> str:
    """The example as an answer is typed."""
    if isinstance(field.example, Mapping):
        return "|".join(str(field.example.get(each.name, "")) for each in field.fields)
    return "" if field.example is None else str(field.example)
