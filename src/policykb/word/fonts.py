"""Which of the fonts that the format names are installed on this computer."""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from policykb.models import Record
from policykb.word.findings import check_rules
from policykb.word.layout import FontProfile, official_layout

_PATIENCE = 20  # seconds
_WINDOWS_KEY = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"


class FontReport(Record):
    """The fonts of one profile: ``wanted`` by the format, and those of them that are ``missing`` here.

    ``known`` is false where this computer could not be asked; then nothing is said to be missing.
    """

    profile: FontProfile
    wanted: tuple[str, ...]
    missing: tuple[str, ...]
    known: bool = True


def examine_fonts(profile: FontProfile = "gb2312", installed: Iterable[str] | None = None) -> FontReport:
    """Which fonts of ``profile`` this computer lacks; ``installed`` stands in for what the computer says it has.

    A font counts under its English name too (FangSong for 仿宋).
    """
    wanted = tuple(dict.fromkeys(official_layout(profile).fonts.values()))
    present = {_plain(name) for name in (installed_fonts() if installed is None else installed)}
    missing = tuple(name for name in wanted if not present & {_plain(alias) for alias in _aliases(name)})
    return FontReport(profile=profile, wanted=wanted, missing=missing if present else (), known=bool(present))


def installed_fonts() -> tuple[str, ...]:
    """The families that fontconfig or Windows knows of, sorted; none where neither can be asked."""
    names = _windows_fonts() if sys.platform == "win32" else _fontconfig_fonts()
    return tuple(sorted(set(names)))


def _fontconfig_fonts() -> Iterator[str]:
    command = shutil.which("fc-list")
    if not command:
        return
    try:
        told = subprocess.run([command, ":", "family"], capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603 - a fixed command
    except (OSError, subprocess.SubprocessError):
        return
    for line in told.stdout.decode(errors="replace").splitlines():
        yield from (name.strip() for name in line.split(",") if name.strip())


def _windows_fonts() -> Iterator[str]:
    """The names in the registry, of all users and of this one: “仿宋 (TrueType)”, “Arial & Arial Bold”."""
    winreg: Any = importlib.import_module("winreg")
    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        try:
            with winreg.OpenKey(root, _WINDOWS_KEY) as key:
                entries = [winreg.EnumValue(key, index)[0] for index in range(winreg.QueryInfoKey(key)[1])]
        except OSError:
            continue
        yield from _registered(entries)


def _registered(entries: Sequence[str]) -> Iterator[str]:
    for entry in entries:
        yield from (name.strip() for name in entry.partition(" (")[0].split("&"))


def _aliases(name: str) -> tuple[str, ...]:
    return (name, *check_rules().aliases.get(name, ()))


def _plain(name: str) -> str:
    return name.replace(" ", "").casefold()
