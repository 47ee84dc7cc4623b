"""Whether an ontology is OWL 2 DL, as far as its triples show: kinds of terms, declarations, datatypes, values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.graph.index import TYPE, GraphIndex
from mcqms_kg.graph.read import read_triples
from mcqms_kg.graph.terms import iri, is_blank, is_literal
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import OWL, RDF, RDFS, XSD
from mcqms_kg.reason.datatypes import DATATYPE_MAP
from mcqms_kg.reason.roles import role_violations
from mcqms_kg.reason.violation import DlViolation

_RESERVED = tuple(f"<{namespace}" for namespace in (OWL, RDF, RDFS, XSD))
_KINDS = {
    iri(OWL + "Class"): "class",
    iri(OWL + "ObjectProperty"): "object property",
    iri(OWL + "DatatypeProperty"): "datatype property",
    iri(OWL + "AnnotationProperty"): "annotation property",
    iri(RDFS + "Datatype"): "datatype",
}
_APART = ({"class", "datatype"}, {"object property", "datatype property", "annotation property"})
"""Sets of kinds of which one name may have only one (OWL 2 structural specification, section 5.8.1)."""

_BETWEEN_CLASSES = (iri(RDFS + "subClassOf"), iri(OWL + "equivalentClass"), iri(OWL + "disjointWith"))
_CLASS_PLACES = (*_BETWEEN_CLASSES, iri(OWL + "someValuesFrom"), iri(OWL + "allValuesFrom"))


@dataclass(frozen=True)
class _Ontology:
    triples: tuple[Triple, ...]
    index: GraphIndex
    kinds: Mapping[Term, frozenset[str]]


def dl_violations(files: Sequence[Path]) -> tuple[DlViolation, ...]:
    """Where the union of the files leaves OWL 2 DL; finding nothing is no proof, for not every rule is checked."""
    triples = read_triples(files)
    kinds: dict[Term, set[str]] = defaultdict(set)
    for s, p, o in triples:
        if p == TYPE and o in _KINDS:
            kinds[s].add(_KINDS[o])
    ontology = _Ontology(triples, GraphIndex(triples), {term: frozenset(found) for term, found in kinds.items()})
    checks = (_kinds_apart, _reserved, _undeclared_predicates, _undeclared_classes, _ranges, _values)
    found = {violation for check in checks for violation in check(ontology)}
    return tuple(sorted(found | set(role_violations(ontology.index)), key=lambda v: (v.rule, v.term, v.what)))


def _kinds_apart(ontology: _Ontology) -> Iterator[DlViolation]:
    for term, kinds in ontology.kinds.items():
        for apart in _APART:
            if len(kinds & apart) > 1:
                yield DlViolation(term, "kinds-apart", f"It is declared as {' and as '.join(sorted(kinds & apart))}.")


def _reserved(ontology: _Ontology) -> Iterator[DlViolation]:
    for term in ontology.kinds:
        if term.startswith(_RESERVED):
            yield DlViolation(term, "reserved", "It is a word of OWL, RDF, RDFS or XSD and must not be declared.")


def _undeclared_predicates(ontology: _Ontology) -> Iterator[DlViolation]:
    for _, p, _ in ontology.triples:
        if not p.startswith(_RESERVED) and not any("property" in kind for kind in ontology.kinds.get(p, ())):
            yield DlViolation(p, "undeclared", "It is used as a property and not declared as one.")


def _undeclared_classes(ontology: _Ontology) -> Iterator[DlViolation]:
    for term in _class_names(ontology):
        if not is_blank(term) and not term.startswith(_RESERVED) and "class" not in ontology.kinds.get(term, ()):
            yield DlViolation(term, "undeclared", "It is used as a class and not declared as one.")


def _class_names(ontology: _Ontology) -> Iterator[Term]:
    for s, p, o in ontology.triples:
        if p in _CLASS_PLACES or (p == TYPE and not is_blank(o)):
            yield o
        if p in _BETWEEN_CLASSES:
            yield s
        if p == iri(RDFS + "domain") or (p == iri(RDFS + "range") and "object property" in ontology.kinds.get(s, ())):
            yield o
        if p in (iri(OWL + "unionOf"), iri(OWL + "intersectionOf"), iri(OWL + "members")):
            yield from ontology.index.collection(o)


def _ranges(ontology: _Ontology) -> Iterator[DlViolation]:
    for s, p, o in ontology.triples:
        known = o in DATATYPE_MAP or is_blank(o) or "datatype" in ontology.kinds.get(o, ())
        if p == iri(RDFS + "range") and "datatype property" in ontology.kinds.get(s, ()) and not known:
            yield DlViolation(s, "datatype", f"Its range {o} is no datatype of OWL 2.")


def _values(ontology: _Ontology) -> Iterator[DlViolation]:
    for _, p, o in ontology.triples:
        kinds = ontology.kinds.get(p, frozenset())
        if "object property" in kinds and is_literal(o):
            yield DlViolation(p, "value", f"It is an object property and has the literal {o} as a value.")
        if "datatype property" in kinds and not is_literal(o):
            yield DlViolation(p, "value", f"It is a datatype property and has {o} as a value.")
