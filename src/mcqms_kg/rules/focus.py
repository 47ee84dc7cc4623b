"""The focus nodes of each target shape (SHACL section 2.1.3), found in one pass over the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Term, Triple
from mcqms_kg.rules.catalogue import TARGETS
from mcqms_kg.rules.vocabulary import RDF_TYPE

_CLASS, _SUBJECTS, _OBJECTS, _NODE = TARGETS
Targets = frozenset[tuple[Term, Term]]
"""What a shape aims at: kinds of target with their values."""


@dataclass(frozen=True)
class FocusNodes:
    """Shapes that aim at the same share their focus nodes."""

    targets: Mapping[Term, Targets]
    found: Mapping[Targets, frozenset[Term]]

    def of(self, shape: Term) -> frozenset[Term]:
        """The focus nodes of a target shape."""
        return self.found.get(self.targets.get(shape, frozenset()), frozenset())

    def all(self) -> frozenset[Term]:
        """The nodes that some shape is asked about."""
        return frozenset[Term]().union(*self.found.values())


def focus_nodes_by_shape(triples: Iterable[Triple], shapes: Iterable[Triple], graph: GraphIndex) -> FocusNodes:
    """The nodes that each target shape is asked about, among `triples`; `graph` holds these, and which classes are below which."""
    aimed: dict[Term, set[tuple[Term, Term]]] = {}
    for shape, kind, value in shapes:
        if kind in TARGETS:
            aimed.setdefault(shape, set()).add((kind, value))
    targets = {shape: frozenset(at) for shape, at in aimed.items()}
    found: dict[Targets, set[Term]] = {at: {v for k, v in at if k == _NODE} for at in targets.values()}
    by_class, by_subject, by_object = _collectors(found, graph)
    for s, p, o in triples:
        if p == RDF_TYPE:
            for into in by_class.get(o, ()):
                into.add(s)
        for into in by_subject.get(p, ()):
            into.add(s)
        for into in by_object.get(p, ()):
            into.add(o)
    return FocusNodes(targets, {at: frozenset(nodes) for at, nodes in found.items()})


Collectors = dict[Term, list[set[Term]]]


def _collectors(found: Mapping[Targets, set[Term]], graph: GraphIndex) -> tuple[Collectors, Collectors, Collectors]:
    """For each class, and for each property by its subjects and by its objects, the sets that its nodes go into."""
    by_class: Collectors = {}
    by_subject: Collectors = {}
    by_object: Collectors = {}
    for at, nodes in found.items():
        for kind, value in at:
            if kind == _CLASS:
                for class_ in with_subclasses([value], graph):
                    by_class.setdefault(class_, []).append(nodes)
            elif kind != _NODE:
                (by_subject if kind == _SUBJECTS else by_object).setdefault(value, []).append(nodes)
    return by_class, by_subject, by_object


def with_subclasses(classes: Iterable[Term], graph: GraphIndex) -> set[Term]:
    """The classes and all below them."""
    subclass_of = terms.iri("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    seen: set[Term] = set()
    waiting = list(classes)
    while waiting:
        now = waiting.pop()
        if now not in seen:
            seen.add(now)
            waiting += graph.subjects(subclass_of, now)
    return seen
