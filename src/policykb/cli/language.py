"""The language of one run of the command line: Chinese, as everything is written here, or English.

Messages are marked where they stand and translated when they are shown; translations are a gettext catalogue
(``data/locale``, written with ``make messages``).  What has no translation stays Chinese.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from contextvars import ContextVar

from policykb.errors import PolicyKBError, later
from policykb.resources import data_file
from policykb.terms import Term

__all__ = ["LANGUAGES", "language_of", "later", "say", "say_error", "say_term", "use", "value_and_label"]

LANGUAGES = ("zh", "en")

_CHINESE = gettext.NullTranslations()
_translations = ContextVar[gettext.NullTranslations]("translations", default=_CHINESE)


def use(language: str) -> None:
    """Show messages in ``language`` from here on in this context."""
    if language == "en":
        folder = str(data_file("locale"))
        _translations.set(gettext.translation("policykb", folder, ["en"], fallback=True))
    else:
        _translations.set(_CHINESE)


def say(message: str | None, **values: object) -> str:
    """``message`` in the language of this run, with ``values`` in place of its names in braces."""
    told = _translations.get().gettext(message) if message else ""
    return told.format(**values) if values else told


def say_error(error: PolicyKBError) -> str:
    """What ``error`` says, in the language of this run."""
    told = {
        name: say_error(value) if isinstance(value, PolicyKBError) else say(value) if isinstance(value, str) else value
        for name, value in error.values.items()
    }
    return say(error.message, **told)


def say_term(term: Term) -> str:
    """The label of a term."""
    return term.zh if _translations.get() is _CHINESE else term.value.replace("_", " ")


def value_and_label(term: Term) -> str:
    """A term as it is typed, with its label where that says more."""
    return f"{term.value} {term.zh}" if _translations.get() is _CHINESE else term.value


def language_of(environment: Mapping[str, str]) -> str:
    """The language of the locale: Chinese where that is not English."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    return "en" if locale.startswith("en") else "zh"
