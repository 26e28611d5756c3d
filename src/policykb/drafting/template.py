"""Templates: a file with front matter (what it needs) and a body (Jinja over Markdown)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import yaml
from pydantic import BeforeValidator, ValidationError, field_validator

from policykb.blocks import HeaderForm
from policykb.drafting.nearest import nearest
from policykb.errors import NotFoundError, TemplateError
from policykb.models import Record
from policykb.resources import bundled_folder
from policykb.terms import DocumentKind

_SUFFIX = ".md"
_FENCE = "---"


def _with_names(fields: object) -> object:
    """Fields as a template writes them, ``name: {label: …}``, as a list of fields that know their names."""
    if not isinstance(fields, Mapping):
        return fields
    return [{"name": name, **field} if isinstance(field, Mapping) else field for name, field in fields.items()]


class TemplateField(Record):
    """Something that a template asks for: ``fields`` are those of each row where it is a list of rows.

    ``default`` stands in where the profile says nothing; a field with neither is missing in the draft.  ``many``
    says that it is a list of texts, ``choices`` what may be chosen in a column of a workbook.  What practices or a
    table of scores bring is not ``asked`` of a clerk.
    """

    name: str
    label: str
    help: str = ""
    example: Any = None
    required: bool = True
    fields: Annotated[tuple[TemplateField, ...], BeforeValidator(_with_names)] = ()
    default: Any = None
    many: bool = False
    choices: tuple[str, ...] = ()
    asked: bool = True

    def shaped(self, value: Any) -> Any:  # noqa: ANN401 - whatever a clerk wrote
        """``value`` as the template reads it: one where many are wanted is a list, keys of rows may be labels."""
        if not (self.many or self.fields):
            return value
        if isinstance(value, Mapping) and not self.many:
            return self._row(value)
        items = list(value) if isinstance(value, list | tuple) else [value]
        return [self._row(item) for item in items] if self.fields else items

    def _row(self, item: Any) -> Any:  # noqa: ANN401 - whatever a clerk wrote
        if not isinstance(item, Mapping):
            return {self.fields[0].name: item}
        known = {key: field for field in self.fields for key in (field.name, field.label)}
        return {
            known[key].name if key in known else key: known[key].shaped(value) if key in known else value
            for key, value in ((str(key), value) for key, value in item.items())
        }

    def labels(self, prefix: str = "") -> dict[str, str]:
        """The labels of this field and of those below it, by their full names (``stages.start``)."""
        name = prefix + self.name
        return {name: self.label} | _labels(self.fields, f"{name}.")


class TemplateHeader(Record):
    """The red head that such a document has.  ``suffix`` follows the names of the organs (文件, 纪要).

    ``organ`` is the field that the mark names, ``upward`` says that signatories are named.
    """

    form: HeaderForm = HeaderForm.DOCUMENT
    suffix: str = "文件"
    organ: str = "authority"
    upward: bool = False


class Template(Record):
    """A template.

    ``sections`` are the first-level headings that such a document must have, ``section_aliases`` what else one may
    be called.
    """

    name: str
    label: str
    kind: DocumentKind
    header: TemplateHeader | None = None
    fields: Annotated[tuple[TemplateField, ...], BeforeValidator(_with_names)]
    sections: tuple[str, ...] = ()
    section_aliases: Mapping[str, tuple[str, ...]] = {}
    body: str

    @field_validator("body")
    @classmethod
    def _not_empty(cls, body: str) -> str:
        if not body.strip():
            raise ValueError("empty body")
        return body

    def labels(self) -> dict[str, str]:
        """The label of each field, ``stages.start`` for a field of a row."""
        return _labels(self.fields)

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """What columns of a workbook let choose from, by their heads."""
        return {field.label: field.choices for field in self.fields if field.choices}

    def summary(self) -> dict[str, Any]:
        """What ``templates --json`` prints: everything but the body."""
        return self.model_dump(mode="json", exclude={"body"})


def _labels(fields: Iterable[TemplateField], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for field in fields:
        found |= field.labels(prefix)
    return found


@lru_cache(maxsize=1)
def known_fields() -> Mapping[str, TemplateField]:
    """Every field that a bundled template asks for, by its name and by its label; of two of a name the first."""
    fields = [field for template in list_templates() for field in template.fields]
    labels = {field.label: field for field in reversed(fields)}
    return MappingProxyType(labels | {field.name: field for field in reversed(fields)})


def list_templates() -> list[Template]:
    """The templates that come with policykb, by name."""
    return [_read(path) for path in _bundled().values()]


def load_template(name: str | Path) -> Template:
    """The bundled template of that name or label (实施方案), or the one in the file at that path.

    Raises ``NotFoundError`` for a name that is not there, ``TemplateError`` for a file that is no template.
    """
    path = Path(name)
    if path.suffix == _SUFFIX or path.parent != Path():
        return _read(path)
    bundled = _bundled()
    if str(name) not in bundled:
        by_label = {template.label: template for template in list_templates()}
        if str(name) in by_label:
            return by_label[str(name)]
        near = nearest(str(name), bundled)
        hint = f"是不是 {near}？" if near else f"现有：{'、'.join(bundled)}"
        raise NotFoundError("没有名为“{name}”的模板，{hint}", name=name, hint=hint)
    return _read(bundled[str(name)])


def _bundled() -> dict[str, Path]:
    return {path.stem: path for path in sorted(bundled_folder("templates").glob(f"*{_SUFFIX}"))}


def _read(path: Path) -> Template:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise NotFoundError("没有模板文件 {path}，请检查路径", path=path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError("{path}：读不出文字，请另存为 UTF-8 的 .md 文件", path=path) from error
    head, body = _split(text, path)
    try:
        return Template(name=path.stem, body=body, **head)
    except (ValidationError, TypeError) as error:
        raise TemplateError(
            "{path}：文件头或正文不对（{reason}），可对照自带的模板修改", path=path, reason=_first(error)
        ) from error


def _split(text: str, path: Path) -> tuple[dict[str, Any], str]:
    lines = text.splitlines()
    ends = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE][:2]
    if len(ends) < 2 or ends[0] != 0:
        raise TemplateError("{path}：开头要有用两行“---”围起来的字段说明", path=path)
    try:
        head = yaml.safe_load("\n".join(lines[1 : ends[1]]))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise TemplateError(
            "{path}：字段说明第 {line} 行的写法有错", path=path, line=mark.line + 2 if mark else "?"
        ) from error
    if not isinstance(head, dict):
        raise TemplateError("{path}：字段说明里没有内容", path=path)
    return head, "\n".join(lines[ends[1] + 1 :])


def _first(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "有写错的项"
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}：{'缺少' if first['type'] == 'missing' else '不认识或写错'}"
