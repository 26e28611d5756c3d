"""The locality profile: everything a draft may say of the place it is written for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from policykb.drafting.levels import PlaceKind, kind_of_place, level_called
from policykb.models import Record
from policykb.terms import AdminLevel

_DAY = re.compile(r"\s*([0-9]{4})\s*[-年./]\s*([0-9]{1,2})\s*[-月./]\s*([0-9]{1,2})\s*日?\s*")


def _read_day(value: object) -> object:
    """A date written 2026-03-01, 2026.3.1 or 2026年3月1日; anything else is left to the type to judge."""
    match = _DAY.fullmatch(value) if isinstance(value, str) else None
    if not match:
        return value
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return value


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _read_level(value: object) -> object:
    """A level by its identifier or by what it is called in Chinese."""
    return level_called(value.strip()) or value if isinstance(value, str) else value


def _read_answer(value: object) -> object:
    """是 and 否 beside true and false."""
    return {"是": True, "否": False}.get(value, value) if isinstance(value, str) else value


Answer = Annotated[bool, BeforeValidator(_read_answer)]
Day = Annotated[date, BeforeValidator(_read_day)]
Moment = Annotated[date | str, BeforeValidator(_read_day)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class ProfileRecord(Record):
    """A record that a clerk writes: each field has its Chinese name as ``title``; numbers may stand for text."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True, str_strip_whitespace=True)


class Basis(ProfileRecord):
    """A document that a draft is based on."""

    title: str = Field(title="标题")
    document_number: str | None = Field(None, title="发文字号")


class Target(ProfileRecord):
    """A figure to be reached."""

    name: str = Field(title="指标")
    value: str | None = Field(None, title="数值")
    unit: str = Field("", title="单位")
    deadline: Moment | None = Field(None, title="时限")


class Stage(ProfileRecord):
    """A stage of the work."""

    name: str = Field(title="名称")
    start: Moment | None = Field(None, title="起始时间")
    end: Moment | None = Field(None, title="截止时间")
    work: str | None = Field(None, title="工作内容")


class Member(ProfileRecord):
    """A member of the leading group; ``role`` is 组长, 副组长 or 成员."""

    role: str = Field(title="角色")
    name: str | None = Field(None, title="姓名")
    post: str | None = Field(None, title="职务")


class Contact(ProfileRecord):
    """Whom to ask."""

    name: str | None = Field(None, title="姓名")
    phone: str | None = Field(None, title="电话")


class Profile(ProfileRecord):
    """One place and what its drafts need.  All but the name may be left open: the draft then says so.

    ``units`` is how the units below are addressed as a whole (各乡镇); ``header`` turns the red head off where a
    template has one; ``others`` holds values for fields that only templates know, lists and rows too.
    """

    name: str = Field(title="名称", min_length=2)
    full_name: str | None = Field(None, title="全称")
    code: str | None = Field(None, title="行政区划代码", pattern=r"^\d{6}(\d{3}){0,2}$")
    level: Annotated[AdminLevel, BeforeValidator(_read_level)] = Field(title="层级")
    theme: str | None = Field(None, title="主题")
    authority: str | None = Field(None, title="发文机关")
    document_number: str | None = Field(None, title="发文字号")
    date: Day | None = Field(None, title="成文日期")
    addressees: Texts = Field((), title="主送机关")
    units: str | None = Field(None, title="下辖单位")
    basis: tuple[Basis, ...] = Field((), title="依据")
    guiding_ideology: str | None = Field(None, title="指导思想")
    targets: tuple[Target, ...] = Field((), title="目标")
    stages: tuple[Stage, ...] = Field((), title="实施步骤")
    leading_group: tuple[Member, ...] = Field((), title="领导小组")
    office: str | None = Field(None, title="办公室")
    lead_unit: str | None = Field(None, title="牵头单位")
    responsible_units: Texts = Field((), title="责任单位")
    contact: Contact | None = Field(None, title="联系人")
    header: Answer = Field(True, title="版头")
    header_organs: Texts = Field((), title="发文机关标志")
    copy_number: str | None = Field(None, title="份号")
    classification: str | None = Field(None, title="密级")
    urgency: str | None = Field(None, title="紧急程度")
    signatories: Texts = Field((), title="签发人")
    copied_to: Texts = Field((), title="抄送机关")
    printed_by: str | None = Field(None, title="印发机关")
    printed_on: Day | None = Field(None, title="印发日期")
    sealed: Answer = Field(False, title="用印")
    others: Mapping[str, Any] = Field({}, title="其他")

    @model_validator(mode="before")
    @classmethod
    def _derive_level(cls, data: Any) -> Any:  # noqa: ANN401 - whatever the file holds
        """The level that the name's ending tells, where none is given (镇 is a township; 市 tells none)."""
        if isinstance(data, dict) and "level" not in data and isinstance(data.get("name"), str):
            kind = kind_of_place(data["name"].strip())
            return data | {"level": kind.level} if kind else data
        return data

    @property
    def kind(self) -> PlaceKind | None:
        """How the place speaks of itself; None where its name has no known ending."""
        return kind_of_place(self.name, self.level)
