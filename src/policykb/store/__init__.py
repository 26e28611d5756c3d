"""The store: the SQLite file that holds a knowledge base's sources, documents and findings."""

from policykb.store.records import AddOutcome, DocumentFilter, Origin, Outcome, StoredItem, StoredPractice
from policykb.store.store import Store

__all__ = ["AddOutcome", "DocumentFilter", "Origin", "Outcome", "Store", "StoredItem", "StoredPractice"]
