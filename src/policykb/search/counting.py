"""How many results there are for each place, kind and year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policykb.models import Record
from policykb.places import Gazetteer
from policykb.places.divisions import codes_above, load_divisions
from policykb.search.engine import Engine, Field, Plan, Term
from policykb.search.facets import Facet, facet
from policykb.terms import DocumentKind

YEARS = range(1900, 2101)
"""The years that are counted."""


class FacetCount(Record):
    """How many results have a value; ``label`` is what a person reads, ``value`` what a filter takes."""

    value: str
    label: str
    n: int


class FacetCounts(Record):
    """Counts for the results of one query, places and kinds by number, years in order.

    ``places`` are provinces, or the divisions right below the place that the query is narrowed to.  With a phrase
    in the query results count that hold its characters in another order.
    """

    total: int
    places: tuple[FacetCount, ...] = ()
    kinds: tuple[FacetCount, ...] = ()
    years: tuple[FacetCount, ...] = ()


def count_facets(plan: Plan, engine: Engine, gazetteer: Gazetteer, locality: str | None = None) -> FacetCounts:
    """Count what ``plan`` finds in ``engine``; ``locality`` is the place that it is narrowed to."""

    def counted(name: Facet, values: Iterable[tuple[str, str]]) -> list[FacetCount]:
        terms = {Term(Field.FACETS, facet(name, value)): (value, label) for value, label in values}
        counts = []
        for term in sorted(engine.holds(terms)):
            if n := engine.count(plan._replace(required=(*plan.required, (term,)))):
                value, label = terms[term]
                counts.append(FacetCount(value=value, label=label, n=n))
        return counts

    return FacetCounts(
        total=engine.count(plan),
        places=_by_number(counted(Facet.PLACE, _divisions_below(locality, gazetteer))),
        kinds=_by_number(counted(Facet.KIND, ((kind.value, kind.zh) for kind in DocumentKind))),
        years=tuple(counted(Facet.YEAR, ((str(year), f"{year}年") for year in YEARS))),
    )


def _by_number(counts: list[FacetCount]) -> tuple[FacetCount, ...]:
    return tuple(sorted(counts, key=lambda count: (-count.n, count.value)))


def _divisions_below(locality: str | None, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Codes and names of the provinces, or of the divisions right below ``locality``."""
    place = gazetteer.resolve(locality) if locality else None
    if locality and not (place and place.code):
        return
    for division in load_divisions():
        above = codes_above(division.code)
        if not division.until and (above[:1] == (place.code,) if place else not above):
            yield division.code, division.name
