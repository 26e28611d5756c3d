"""What a reader takes at most, from ``data/reading_limits.toml``."""

from __future__ import annotations

import tomllib
from functools import cache

from policykb.errors import ReadError
from policykb.resources import data_file


def limit(format_name: str, what: str) -> int:
    """The figure ``what`` of a format; sizes are bytes unless the name says otherwise."""
    return _limits()[format_name][what]


def check_size(data: bytes, format_name: str) -> None:
    """Raise ``ReadError`` where ``data`` is larger than the format's limit ``bytes``."""
    allowed = limit(format_name, "bytes")
    if len(data) > allowed:
        raise ReadError("文件超过 {megabytes} MB 的上限；请拆分后再读。", megabytes=allowed >> 20)


@cache
def _limits() -> dict[str, dict[str, int]]:
    limits: dict[str, dict[str, int]] = tomllib.loads(data_file("reading_limits.toml").read_text(encoding="utf-8"))
    return limits
