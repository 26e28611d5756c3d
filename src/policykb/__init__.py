"""policykb: practices out of Chinese policy texts, searchable and traced, and drafts in the official format.

>>> import policykb
>>> kb = policykb.KnowledgeBase.open(":memory:")
>>> kb.practices()
[]

Names load on first use, so that ``import policykb`` and ``policykb --help`` stay quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policykb.errors import (
        KnowledgeBaseError,
        NotFoundError,
        PolicyKBError,
        ProfileError,
        QueryError,
        ReadError,
        RulesError,
        TemplateError,
    )
    from policykb.extraction import extract
    from policykb.ingest import read
    from policykb.knowledge_base import AddReport, KnowledgeBase
    from policykb.models import Document, Extraction, Hit, Indicator, Practice, Reference

__version__ = "0.1.0"

_HOMES = {
    "AddReport": "knowledge_base",
    "Document": "models",
    "Extraction": "models",
    "Hit": "models",
    "Indicator": "models",
    "KnowledgeBase": "knowledge_base",
    "KnowledgeBaseError": "errors",
    "NotFoundError": "errors",
    "PolicyKBError": "errors",
    "Practice": "models",
    "ProfileError": "errors",
    "QueryError": "errors",
    "ReadError": "errors",
    "Reference": "models",
    "RulesError": "errors",
    "TemplateError": "errors",
    "extract": "extraction",
    "read": "ingest",
}

__all__ = [
    "AddReport",
    "Document",
    "Extraction",
    "Hit",
    "Indicator",
    "KnowledgeBase",
    "KnowledgeBaseError",
    "NotFoundError",
    "PolicyKBError",
    "Practice",
    "ProfileError",
    "QueryError",
    "ReadError",
    "Reference",
    "RulesError",
    "TemplateError",
    "extract",
    "read",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attributes are of any type
    if name not in _HOMES:
        raise AttributeError(f"module 'policykb' has no attribute {name!r}")
    import_module("policykb.display")  # from now on records show themselves in notebooks
    return getattr(import_module(f"policykb.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
