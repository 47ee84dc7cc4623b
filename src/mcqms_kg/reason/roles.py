"""What OWL 2 DL asks of object properties as a whole (structural specification, section 11): simple and regular."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.terms import iri, is_blank
from mcqms_kg.model import Term
from mcqms_kg.namespaces import OWL, RDFS
from mcqms_kg.reason.violation import DlViolation

_CHAIN, _INVERSE = iri(OWL + "propertyChainAxiom"), iri(OWL + "inverseOf")
_TRANSITIVE = iri(OWL + "TransitiveProperty")
_SUBPROPERTY = iri(RDFS + "subPropertyOf")
_SIMPLE_KINDS = tuple(
    iri(f"{OWL}{kind}Property") for kind in ("Functional", "InverseFunctional", "Irreflexive", "Asymmetric")
)
_SIMPLE_RESTRICTIONS = tuple(
    iri(OWL + name)
    for name in [
        "cardinality",
        "minCardinality",
        "maxCardinality",
        "qualifiedCardinality",
        "minQualifiedCardinality",
        "maxQualifiedCardinality",
        "hasSelf",
    ]
)


@dataclass(frozen=True)
class _Roles:
    """`chains` holds each chain with the property it implies, `above` the properties asserted above each property."""

    chains: tuple[tuple[Term, tuple[Term, ...]], ...]
    transitive: frozenset[Term]
    above: Mapping[Term, frozenset[Term]] = field(default_factory=dict)


def role_violations(index: GraphIndex) -> Iterator[DlViolation]:
    """Composite properties where a simple one is asked for, and chains that no strict order of properties allows."""
    roles = _read(index)
    yield from _not_simple(index, roles)
    yield from _not_regular(roles)


def _read(index: GraphIndex) -> _Roles:
    chains: list[tuple[Term, tuple[Term, ...]]] = []
    above: dict[Term, set[Term]] = defaultdict(set)
    for subject in index.all_subjects():
        for head in index.objects(subject, _CHAIN):
            chains.append((subject, tuple(_named(index, link) for link in index.collection(head))))
        above[subject].update(index.objects(subject, _SUBPROPERTY))
    ordered = {s: frozenset(o) for s, o in above.items() if o}
    return _Roles(tuple(chains), frozenset(index.instances(_TRANSITIVE)), ordered)


def _named(index: GraphIndex, link: Term) -> Term:
    """The property itself where a chain has its inverse: both have the same place in the order."""
    return index.value(link, _INVERSE) or link if is_blank(link) else link


def _composite(roles: _Roles) -> set[Term]:
    """Transitive properties, what chains imply, and everything above these."""
    found = {implied for implied, _ in roles.chains} | roles.transitive
    waiting = list(found)
    while waiting:
        for higher in roles.above.get(waiting.pop(), frozenset()) - found:
            found.add(higher)
            waiting.append(higher)
    return found


def _not_simple(index: GraphIndex, roles: _Roles) -> Iterator[DlViolation]:
    for composite in sorted(_composite(roles)):
        for kind in index.types(composite):
            if kind in _SIMPLE_KINDS:
                yield DlViolation(composite, "simple", f"It is not simple, and declared {kind}.")
        for restriction in index.subjects(iri(OWL + "onProperty"), composite):
            if any(p in _SIMPLE_RESTRICTIONS for p, _ in index.out(restriction)):
                yield DlViolation(composite, "simple", "It is not simple, and a restriction counts its values.")
        if index.objects(composite, iri(OWL + "propertyDisjointWith")):
            yield DlViolation(composite, "simple", "It is not simple, and declared disjoint with another.")


def _not_regular(roles: _Roles) -> Iterator[DlViolation]:
    strictly: dict[Term, set[Term]] = defaultdict(set)
    for implied, links in roles.chains:
        if implied in links[1:-1] or (links.count(implied) > 1 and len(links) > 2):
            yield DlViolation(implied, "regular", "It stands inside a chain that implies it.")
        for link in set(links) - {implied}:
            strictly[link].add(implied)
    for implied, links in roles.chains:
        for link in set(links) - {implied}:
            if link in _reachable(implied, strictly, roles.above):
                yield DlViolation(
                    implied, "regular", f"A chain with {link} implies it, and that depends on it in turn."
                )


def _reachable(start: Term, strictly: Mapping[Term, set[Term]], above: Mapping[Term, frozenset[Term]]) -> set[Term]:
    """Every property that must come after `start` in the order."""
    found: set[Term] = set()
    waiting = [start]
    while waiting:
        term = waiting.pop()
        for later in (strictly.get(term, set()) | above.get(term, frozenset())) - found:
            found.add(later)
            waiting.append(later)
    return found
