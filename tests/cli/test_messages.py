"""The English messages: complete, with the same names in braces, and compiled as they stand."""

from __future__ import annotations

import string
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import messages


def names(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_message_has_its_translation() -> None:
    """Does the catalogue hold just the messages of the program, each translated, with the same names?"""
    told = {str(message.id): str(message.string) for message in messages.translated() if message.id}
    wanted = {str(message.id) for message in messages.extracted() if message.id}
    assert sorted(wanted - {id for id, text in told.items() if text}) == []  # noqa: A001
    assert [(id, text) for id, text in told.items() if names(id) != names(text)] == []  # noqa: A001


def test_the_compiled_catalogue_is_current() -> None:
    """Is the compiled catalogue what `make messages` would write?"""
    assert messages.COMPILED.read_bytes() == messages.mo_bytes(messages.translated())
