"""Structure: a clean text becomes documents with metadata, sections, passages and places."""

from policykb.structure.document import structure

__all__ = ["structure"]
