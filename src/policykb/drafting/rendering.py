"""A template and its values to blocks: Jinja in a sandbox, with a record of whatever was asked for and not given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import CodeType
from typing import Any, ClassVar, NoReturn

import jinja2
from jinja2 import meta
from jinja2.filters import FILTERS
from jinja2.sandbox import ImmutableSandboxedEnvironment

from policykb.blocks import Block, Run
from policykb.drafting.markdown import to_blocks
from policykb.drafting.marks import Marks, without_marks
from policykb.drafting.nearest import nearest
from policykb.drafting.template import Template
from policykb.errors import TemplateError
from policykb.models import Record


class MissingField(Record):
    """A field that the template wanted and nobody gave; ``field`` is its name, ``stages[1].start`` in a row."""

    field: str
    label: str


class Borrowed(Record):
    """Runs that come from a source, to be printed as they are."""

    runs: tuple[Run, ...]


class Row(dict[str, Any]):
    """The values of one row; knows its ``row_path`` (``stages[1]``) and what the row is called."""

    def __init__(self, values: Mapping[str, Any], path: str, called: str = "") -> None:
        """Hold ``values`` under ``path``."""
        super().__init__(values)
        self.row_path = path
        self.row_called = called


class Wanted:
    """What one rendering asked for in vain, in order, each once."""

    def __init__(self, labels: Mapping[str, str], marks: Marks) -> None:
        """Know the labels of the template's fields."""
        self._labels = labels
        self._marks = marks
        self.missing: dict[str, str] = {}

    def placeholder(self, path: str, title: str) -> str:
        """Note the field at ``path`` as missing; what is printed in its place."""
        name = _without_index(path)
        if name not in self._labels:
            raise TemplateError("模板正文用了没有说明的字段 {name}{hint}", name=name, hint=_meant(name, self._labels))
        label = title + self._labels[name]
        self.missing.setdefault(path, label)
        return self._marks.put([Run(text=f"【待填：{label}】", missing=True)])


class Recorder:
    """What a file of the clerk's own asked for in vain: fields without a label are called by their names."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        """Start with nothing missing."""
        self._labels = labels
        self._found: dict[str, MissingField] = {}

    @property
    def missing(self) -> tuple[MissingField, ...]:
        """The missing fields in the order in which they were asked for."""
        return tuple(self._found.values())

    def placeholder(self, path: str, title: str) -> str:
        """Note the field at ``path`` as missing; what is printed in its place."""
        name = _without_index(path)
        label = title + self._labels.get(name, name.rpartition(".")[2] if title else name)
        self._found.setdefault(path, MissingField(field=path, label=label))
        return f"【待填：{label}】"


class _Missing(jinja2.Undefined):
    """A value that was not given: prints its placeholder, and stands for a row of such values in a loop."""

    wanted: ClassVar[Wanted | Recorder]

    def _path(self) -> tuple[str, str]:
        owner = self._undefined_obj
        name = str(self._undefined_name)
        if isinstance(owner, Row):
            return f"{owner.row_path}.{name}", owner.row_called
        if isinstance(owner, _Missing):
            return f"{owner._path()[0]}.{name}", ""
        return name, ""

    def __str__(self) -> str:
        return self.wanted.placeholder(*self._path())

    def __iter__(self) -> Iterator[_Missing]:
        yield self

    def __getattr__(self, name: str) -> _Missing:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(self)(obj=self, name=name)

    def __getitem__(self, name: Any) -> Any:  # noqa: ANN401 - jinja's own never returns
        return type(self)(obj=self, name=name)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Refuses outright what a sandbox only makes undefined."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as jinja has it
        """A key of a row comes before the methods of a dictionary: ``item.title``, ``item.items``."""
        if isinstance(obj, Row):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def unsafe_undefined(self, obj: object, attribute: str) -> NoReturn:
        raise jinja2.exceptions.SecurityError(f"模板里不许用 {attribute}")


def render(template: Template, values: Mapping[str, Any]) -> tuple[list[Block], list[MissingField]]:
    """The blocks of the filled template, and the fields that were missing, in order of their place.

    Raises ``TemplateError`` when the body cannot be read, asks for a field that the front matter does not
    explain, or does what a template may not do.
    """
    marks = Marks()
    wanted = Wanted(template.labels(), marks)
    environment = _environment(marks, wanted)
    where = f"模板 {template.name} 的正文"
    try:
        code, asked = _compiled(template.body)
        _check_names(asked, template, values)
        text = jinja2.Template.from_code(environment, code, environment.make_globals(None)).render(values)
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(
            "{where}第 {line} 行的写法有错：{reason}", where=where, line=error.lineno, reason=error.message
        ) from error
    except (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise TemplateError("{where}不能执行：{error}", where=where, error=error) from error
    blocks = to_blocks(text, marks, where)
    return blocks, [MissingField(field=path, label=label) for path, label in wanted.missing.items()]


def rows(values: Sequence[Mapping[str, Any]], path: str, called_by: str = "name") -> list[Row]:
    """The rows of a list, each called by its value of ``called_by``."""
    return [Row(value, f"{path}[{number}]", str(value.get(called_by, ""))) for number, value in enumerate(values, 1)]


def _meant(name: str, known: Iterable[str]) -> str:
    """A hint at the known name that is nearest, if one is near."""
    near = nearest(name, known)
    return f"，是不是 {near}？" if near else ""


def _environment(marks: Marks, wanted: Wanted) -> jinja2.Environment:
    @jinja2.pass_context
    def finalize(context: jinja2.runtime.Context, value: object) -> str:
        """Everything printed is put aside under a mark, so that nothing of it is read as Markdown."""
        if isinstance(value, _Missing):
            return str(value)
        if isinstance(value, Borrowed):
            return marks.put(value.runs)
        return marks.put_text(chinese_date(value) if isinstance(value, date) else str(value))

    undefined = type("Missing", (_Missing,), {"wanted": wanted})
    return _sandbox(undefined, finalize)


def _sandbox(undefined: type[_Missing], finalize: Callable[..., str]) -> jinja2.Environment:
    sandbox = _Sandbox(undefined=undefined, finalize=finalize, trim_blocks=True, lstrip_blocks=True, autoescape=False)
    sandbox.filters["map"] = _map
    return sandbox


def recording_environment(recorder: Recorder) -> jinja2.Environment:
    """A sandbox for a file of the clerk's own, with everything escaped, that records what is missing."""
    undefined = type("Missing", (_Missing,), {"wanted": recorder})
    sandbox = _Sandbox(undefined=undefined, autoescape=True)
    sandbox.filters["map"] = _map
    return sandbox


@jinja2.pass_context
def _map(context: jinja2.runtime.Context, value: object, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - jinja's
    """Jinja's ``map``, which would make nothing of a missing list."""
    if isinstance(value, _Missing) and "attribute" in options:
        return [value[options["attribute"]]]
    return FILTERS["map"](context, value, *args, **options)


@lru_cache(maxsize=32)
def _compiled(body: str) -> tuple[CodeType, frozenset[str]]:
    """The code of a body and the names that it asks for: the same for every place that it is filled for."""
    sandbox = _sandbox(_Missing, _unfinished)
    return sandbox.compile(body), frozenset(meta.find_undeclared_variables(sandbox.parse(body)))


@jinja2.pass_context
def _unfinished(context: jinja2.runtime.Context, value: object) -> str:
    """Stands in while a body is compiled; one that takes the context is never called before the body runs."""
    raise NotImplementedError


def _check_names(asked: frozenset[str], template: Template, values: Mapping[str, Any]) -> None:
    known = {**template.labels(), **values}
    for name in sorted(asked - set(known)):
        raise TemplateError(
            "模板 {template} 的正文用了没有说明的字段 {name}{hint}",
            template=template.name,
            name=name,
            hint=_meant(name, known),
        )


def chinese_date(day: date) -> str:
    """2026年3月1日: no zeros in front (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def clean_values(value: Any) -> Any:  # noqa: ANN401 - a tree of plain values
    """``value`` without marks in its texts and without what is empty: that counts as not given."""
    if isinstance(value, str):
        return without_marks(value)
    if isinstance(value, Mapping):
        cleaned = {key: clean_values(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if item not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [item for item in map(clean_values, value) if item not in (None, "", [], {})]
    return value


def _without_index(path: str) -> str:
    return "".join(part.partition("]")[2] if "]" in part else part for part in path.split("["))
