"""Practices, indicators and references of a document, each traced to the text; rules and words are data."""

from policykb.extraction.extractor import Extractor, extract
from policykb.extraction.rules import load_rules

__all__ = ["Extractor", "extract", "load_rules"]
