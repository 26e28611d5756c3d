"""Reading a profile from a file, with one plain line on whatever is wrong with it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError

from policykb.drafting.levels import kind_of_place
from policykb.drafting.nearest import nearest
from policykb.drafting.profile import Profile
from policykb.drafting.template import known_fields
from policykb.errors import ProfileError, reason_of
from policykb.places import Gazetteer
from policykb.terms import AdminLevel

_READERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {".yaml": yaml.safe_load, ".yml": yaml.safe_load, ".toml": tomllib.loads, ".json": json.loads}
)
_WANTED = (
    ("missing", "必须填写"),
    ("date", "应为日期，例如 2026-03-01"),
    ("enum", f"应为{'、'.join(level.zh for level in AdminLevel)}之一"),
    ("tuple", "应为列表，每行一项，前面加“- ”"),
    ("model", "应为若干“名称: 内容”"),
    ("dict", "应为若干“名称: 内容”"),
    ("mapping", "应为若干“名称: 内容”"),
    ("string_too_short", "太短"),
    ("string_pattern", "格式不对"),
    ("string", "应为文字"),
    ("bool", "应为“是”或“否”"),
)


def load_profile(path: str | Path) -> Profile:
    """The profile in a YAML, TOML or JSON file, with English or Chinese keys.

    Raises ``ProfileError``, in one line, for a file that cannot be read, an unknown key (with the nearest
    right one), a key given twice, or a value of the wrong kind.
    """
    path = Path(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise ProfileError(
            "{path}：不认识的格式 {suffix}，请用 .yaml、.toml 或 .json", path=path, suffix=path.suffix or "（无后缀）"
        )
    try:
        data = reader(_read_text(path))
    except (yaml.YAMLError, tomllib.TOMLDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ProfileError(
            "{path}：文件的写法有错（{where}），请检查缩进、冒号和引号", path=path, where=_place(error)
        ) from error
    return parse_profile(data, where=str(path))


def parse_profile(data: object, *, where: str = "地区档案") -> Profile:
    """The profile in ``data`` as read from a file; ``where`` begins the line of an error."""
    if not isinstance(data, dict) or not data:
        raise ProfileError("{where}：里面没有内容，至少要有一行“name: 地区名称”", where=where)
    try:
        return Profile.model_validate(_with_level(_english(_with_others(data), Profile, where)))
    except ValidationError as error:
        raise ProfileError("{where}：{reason}", where=where, reason=_explain(error)) from error


def update_profile(profile: Profile, values: Mapping[str, object]) -> Profile:
    """``profile`` with the fields of ``values`` (English or Chinese keys) put in place of its own.

    Of a field with parts (a contact) only the parts that are given change.
    """
    changed = _english(_with_others(values), Profile, "--set")
    kept = profile.model_dump(exclude_unset=True)
    parts = {name: kept[name] for name in changed if isinstance(kept.get(name), dict) and name != "others"}
    changed |= {name: kept[name] | changed[name] for name in parts if isinstance(changed[name], dict)}
    if "others" in changed:
        changed["others"] = dict(profile.others) | changed["others"]
    return parse_profile(kept | changed, where="--set")


def _with_level(data: dict[str, Any]) -> dict[str, Any]:
    """``data`` with the level of a place whose name tells none (市): by its code, else as the gazetteer has it."""
    names = [data.get(key) for key in ("full_name", "name")]
    if "level" in data or not isinstance(names[1], str) or kind_of_place(names[1].strip()):
        return data
    known = _level_of_code(str(data.get("code") or ""))
    if known is None:
        gazetteer = Gazetteer.load()
        found = (gazetteer.resolve(name.strip()) for name in names if isinstance(name, str))
        known = next((place.level for place in found if place), None)
    return data | {"level": known} if known else data


def _level_of_code(code: str) -> AdminLevel | None:
    """The level of a division code: pairs of digits for province, prefecture, county, then three for each below."""
    if not code.isdigit() or len(code) not in (6, 9, 12):
        return None
    if len(code) > 6 and code[6:].strip("0"):
        return AdminLevel.VILLAGE if code[9:].strip("0") else AdminLevel.TOWNSHIP
    if code[4:6] != "00":
        return AdminLevel.COUNTY
    return AdminLevel.PROVINCE if code[2:4] == "00" else AdminLevel.PREFECTURE


def _with_others(data: Mapping[Any, Any]) -> dict[str, Any]:
    """``data`` with the keys that only bundled templates know, by name or by label, put under 其他."""
    own = {*Profile.model_fields, *(str(field.title) for field in Profile.model_fields.values())}
    known = known_fields()
    kept: dict[str, Any] = {}
    moved: dict[str, Any] = {}
    for key, value in ((str(key), value) for key, value in data.items()):
        name = known[key].name if key in known and key not in own else key
        (kept if name == key or name in own else moved)[name] = value
    moved |= {key: kept.pop(key) for key in list(kept) if key in known and key not in own}
    if not moved:
        return kept
    others = kept.pop("其他", None) or kept.pop("others", None) or {}
    return kept | {"others": {**others, **moved}}


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ProfileError("{path}：打不开，请检查路径（{reason}）", path=path, reason=reason_of(error)) from error
    for encoding in ("utf-8-sig", "gb18030"):  # Notepad on a Chinese Windows still writes the second
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ProfileError("{path}：不是文字文件，请另存为 UTF-8", path=path)


def _place(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else getattr(error, "lineno", None)
    return f"第 {line} 行" if line else "位置不明"


def _english(data: Mapping[Any, Any], model: type[BaseModel], where: str) -> dict[str, Any]:
    """``data`` with Chinese keys put into English, all the way down."""
    chinese = {field.title: name for name, field in model.model_fields.items()}
    result: dict[str, Any] = {}
    for key, value in data.items():
        name = chinese.get(str(key), str(key))
        if name not in model.model_fields:
            raise ProfileError("{where}：没有“{key}”这一项{hint}", where=where, key=key, hint=_nearest(str(key), model))
        if name in result:
            raise ProfileError(
                "{where}：“{label}”（{name}）写了两次，请删去一处",
                where=where,
                label=model.model_fields[name].title,
                name=name,
            )
        result[name] = value if name == "others" else _english_below(value, _inner(model, name), f"{where}“{key}”")
    return {name: value for name, value in result.items() if value is not None}


def _english_below(value: object, model: type[BaseModel] | None, where: str) -> object:
    if model is None:
        return value
    if isinstance(value, list | tuple):
        return [_english_below(item, model, where) for item in value]
    return _english(value, model, where) if isinstance(value, dict) else value


def _inner(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    """The record that a field holds, alone or many times; None for plain values."""
    pending: list[Any] = [model.model_fields[name].annotation]
    while pending:
        kind = pending.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
        pending += get_args(kind)
    return None


def _nearest(key: str, model: type[BaseModel]) -> str:
    names = {name: f"{name}（{field.title}）" for name, field in model.model_fields.items()}
    names |= {str(field.title): names[name] for name, field in model.model_fields.items()}
    if model is Profile:
        names |= {name: f"{field.name}（{field.label}）" for name, field in known_fields().items() if name not in names}
    near = nearest(key, names)
    usual = (f"{name}（{field.title}）" for name, field in model.model_fields.items())
    return f"，是不是 {names[near]}？" if near else f"，可用的有：{'、'.join(sorted(usual))}"


def _explain(error: ValidationError) -> str:
    """The first thing that is wrong, in Chinese."""
    first = error.errors()[0]
    names = [str(part) for part in first["loc"] if isinstance(part, str)]
    field = Profile.model_fields.get(names[0]) if names else None
    rows = [part + 1 for part in first["loc"] if isinstance(part, int)]
    label = f"“{field.title}”（{'.'.join(names)}）" if field else "内容"
    wanted = next((text for kind, text in _WANTED if first["type"].startswith(kind)), "的值不对")
    return f"{label}{f'第 {rows[0]} 项' if rows else ''}{wanted}"
