"""Search: passages, documents and practices by BM25 over words, bigrams of characters and names."""

from policykb.search.analysis import Analyzer
from policykb.search.counting import FacetCount, FacetCounts
from policykb.search.engine import Engine
from policykb.search.explaining import Contribution
from policykb.search.facets import (
    Filters,
    parse_filters,
    parse_kind,
    parse_level,
    parse_practice_kind,
    parse_unit,
    parse_years,
)
from policykb.search.hits import Library
from policykb.search.index import Index
from policykb.search.query import Query, parse_query
from policykb.search.suggestions import suggest
from policykb.search.synonyms import Synonyms
from policykb.search.tools import Tools

__all__ = [
    "Analyzer",
    "Contribution",
    "Engine",
    "FacetCount",
    "FacetCounts",
    "Filters",
    "Index",
    "Library",
    "Query",
    "Synonyms",
    "Tools",
    "parse_filters",
    "parse_kind",
    "parse_level",
    "parse_practice_kind",
    "parse_query",
    "parse_unit",
    "parse_years",
    "suggest",
]
