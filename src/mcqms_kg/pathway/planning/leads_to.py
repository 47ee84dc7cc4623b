"""What a credential may help towards: by itself, in the place of another, by its level, or by the units that it covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.levels import reaches
from mcqms_kg.pathway.projection.alignments import aligned
from mcqms_kg.pathway.projection.reading import Projection


def opened(projection: Projection, term: Term) -> Iterator[Term]:
    """The credentials that may be stacked of it, or ask for it first."""
    credential = projection.credentials.get(term)
    named = [term, *projection.facts.objects(term, mc("substitutes"))]
    if credential and credential.levels:
        asked = (level for level in projection.levels if level in projection.opens)
        named += [level for level in asked if reaches(projection, credential.levels, level)]
    for name in named:
        yield from projection.opens.get(name, ())
    yield from opened_by_units(projection, credential.units if credential else ())


def opened_by_units(projection: Projection, units: Iterable[Term]) -> Iterator[Term]:
    """The credentials for which one of the units counts, itself, within a skill set, or for what it is aligned with."""
    for unit in sorted(units):
        over = (found.other for found in aligned(projection.facts, unit)) if projection.aligned else ()
        for shown in (unit, *over):
            for name in (shown, *projection.facts.subjects(mc("hasUnit"), shown)):
                yield from projection.opens.get(name, ())
