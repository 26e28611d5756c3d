"""The head and the imprint of a draft, from what the profile gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from policykb.blocks import Header, Imprint
from policykb.drafting.profile import Profile
from policykb.drafting.rendering import MissingField, chinese_date
from policykb.drafting.template import Template


class Frame(NamedTuple):
    """What stands around the text, and what is missing there."""

    header: Header | None
    imprint: Imprint | None
    missing: tuple[MissingField, ...]


def frame(template: Template, profile: Profile, values: Mapping[str, Any]) -> Frame:
    """The head that the template asks for, unless the profile has none (版头: 否), and the imprint if it has one."""
    missing: dict[str, MissingField] = {}

    def given(name: str, label: str, value: str) -> str:
        if value:
            return value
        missing[name] = MissingField(field=name, label=label)
        return f"【待填：{label}】"

    wanted = template.header
    header = None
    if wanted and profile.header:
        organ = given(
            wanted.organ, template.labels().get(wanted.organ, "发文机关"), str(values.get(wanted.organ) or "")
        )
        signatories = profile.signatories or (given("signatories", "签发人", ""),) if wanted.upward else ()
        header = Header(
            form=wanted.form,
            organs=profile.header_organs or (organ,),
            suffix=wanted.suffix,
            copy_number=profile.copy_number or "",
            classification=profile.classification or "",
            urgency=profile.urgency or "",
            document_number=given("document_number", "发文字号", profile.document_number or ""),
            signatories=signatories,
        )
    return Frame(header, _imprint(profile, given) if header else None, tuple(missing.values()))


def _imprint(profile: Profile, given: Any) -> Imprint | None:  # noqa: ANN401 - the function above
    if not (profile.copied_to or profile.printed_by or profile.printed_on):
        return None
    return Imprint(
        copied_to=profile.copied_to,
        printed_by=given("printed_by", "印发机关", profile.printed_by or ""),
        printed_on=given("printed_on", "印发日期", chinese_date(profile.printed_on) if profile.printed_on else ""),
    )
