"""What a provider is like, by what the data says: its kinds, the sectors and levels of its micro-credentials."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Named, Term
from mcqms_kg.rules.findings import named

_PROVIDER, _OFFERED_BY, _LEVEL = mc("Provider"), mc("isOfferedBy"), mc("hasLevel")
_OUTCOME, _TIED_TO, _REQUIRES, _AREA = (mc(n) for n in ("hasOutcome", "isTiedTo", "requiresUnit", "isInArea"))


@dataclass(frozen=True)
class Facets:
    """How many micro-credentials a provider offers, and what can be chosen by."""

    credentials: int
    kinds: tuple[Named, ...]
    sectors: tuple[Named, ...]
    levels: tuple[Named, ...]


class ProviderFacets:
    """Draws providers; what units and levels they share is looked up once."""

    def __init__(self, graph: GraphIndex) -> None:
        self._graph = graph
        self._names: dict[Term, Named] = {}
        self._areas: dict[Term, frozenset[Term]] = {}

    def of(self, provider: Term) -> Facets:
        """What the data says of the provider."""
        graph = self._graph
        offered = graph.subjects(_OFFERED_BY, provider)
        units = {u for c in offered for o in graph.objects(c, _OUTCOME) for u in graph.objects(o, _TIED_TO)}
        return Facets(
            credentials=len(set(offered)),
            kinds=self._named(kind for kind in graph.types(provider) if kind != _PROVIDER),
            sectors=self._named(area for unit in units for area in self._areas_of(unit)),
            levels=self._named(level for credential in offered for level in graph.objects(credential, _LEVEL)),
        )

    def _areas_of(self, unit: Term) -> frozenset[Term]:
        """The areas of the occupation map whose job titles require a unit."""
        if unit not in self._areas:
            jobs = self._graph.subjects(_REQUIRES, unit)
            self._areas[unit] = frozenset(area for job in jobs for area in self._graph.objects(job, _AREA))
        return self._areas[unit]

    def _named(self, terms: Iterable[Term]) -> tuple[Named, ...]:
        return tuple(self._name(term) for term in sorted(set(terms)))

    def _name(self, term: Term) -> Named:
        if term not in self._names:
            self._names[term] = named(self._graph, term)
        return self._names[term]
