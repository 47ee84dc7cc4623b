"""The shape lint: what would make a shape check less than it seems to, found before anything runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mcqms_kg.errors import Place
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import LANGUAGES, GraphIndex
from mcqms_kg.graph.locate import Lines, locate
from mcqms_kg.graph.read import read_triples
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import CODE, MC, OWL, PARAM, RDF, SH, SKOS
from mcqms_kg.rules import vocabulary
from mcqms_kg.rules.catalogue import TARGETS, target_shapes
from mcqms_kg.rules.vocabulary import sh

_FIRST, _REST = terms.iri(RDF + "first"), terms.iri(RDF + "rest")
_DECLARING = {terms.iri(OWL + n) for n in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")} | {
    terms.iri(SKOS + "Concept"),
    terms.iri(SKOS + "ConceptScheme"),
}
_CLASS_TERMS = {sh("targetClass"), sh("class")}
_PROPERTY_TERMS = {
    sh(n) for n in ("targetSubjectsOf", "targetObjectsOf", "disjoint", "equals", "lessThan", "lessThanOrEquals")
}
_PATH_TERMS = {
    sh(n) for n in ("path", "inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
}
_SEVERITIES = set(vocabulary.SEVERITY_TERMS.values())


@dataclass(frozen=True)
class Problem:
    """Something wrong with a shape: which rule of the lint it breaks, and where."""

    rule: str
    what: str
    subject: Term
    place: Place | None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.rule}: {self.what}"


def lint(shape_files: Sequence[Path], ontology: Iterable[Triple], requirements: Iterable[Term]) -> tuple[Problem, ...]:
    """Every problem in the shape files, by place.

    `ontology` declares the classes, properties and codes that shapes may use; `requirements` are the register's.
    """
    triples = read_triples(shape_files)
    graph = GraphIndex(triples)
    declared = {s for s, p, o in ontology if p == vocabulary.RDF_TYPE and o in _DECLARING}
    found = [
        *_unknown_shacl_terms(triples),
        *_undeclared_terms(triples, declared),
        *_undeclared_paths(triples, declared),
        *_anonymous_property_shapes(graph),
        *_reporting_shapes(graph, set(requirements)),
        *_silent_targets(graph),
        *_one_file_a_clause(shape_files),
    ]
    lines = locate(shape_files, {_anchor(graph, s) for _, _, s, _ in found})
    return tuple(sorted({_problem(graph, lines, *f) for f in found}, key=str))


_Found = tuple[str, str, Term, Term | None]


def _problem(graph: GraphIndex, lines: Lines, rule: str, what: str, subject: Term, predicate: Term | None) -> Problem:
    anchor = _anchor(graph, subject)
    return Problem(rule, what, anchor, lines.of(anchor, predicate if anchor == subject else None))


def _anchor(graph: GraphIndex, subject: Term) -> Term:
    """The named node that a blank one stands in."""
    seen = {subject}
    while terms.is_blank(subject):
        before = [s for _, s in graph.into(subject) if s not in seen]
        if not before:
            return subject
        subject = before[0]
        seen.add(subject)
    return subject


@cache
def _shacl_terms() -> frozenset[str]:
    """The terms of SHACL; rdflib lists all but those that are Python keywords."""
    from rdflib.namespace import SH as SHACL_VOCABULARY  # takes long to import: only where a rulebook is linted

    return frozenset(map(str, dir(SHACL_VOCABULARY))) | {SH + word for word in ("and", "class", "in", "not", "or")}


def _unknown_shacl_terms(triples: Iterable[Triple]) -> Iterator[_Found]:
    for subject, predicate, value in triples:
        for term in (predicate, value):
            if term.startswith(f"<{SH}") and terms.iri_text(term) not in _shacl_terms():
                yield "unknown-shacl-term", f"{terms.short(term)} is not a term of SHACL", subject, predicate


def _undeclared_terms(triples: Iterable[Triple], declared: set[Term]) -> Iterator[_Found]:
    for subject, predicate, value in triples:
        for term in (predicate, value):
            ours = term.startswith((f"<{MC}", f"<{CODE}")) and not term.startswith(f"<{PARAM}")
            if ours and term not in declared:
                yield (
                    "undeclared-term",
                    f"{terms.short(term)} is declared by no ontology or code list",
                    subject,
                    predicate,
                )


def _undeclared_paths(triples: Sequence[Triple], declared: set[Term]) -> Iterator[_Found]:
    """Classes and properties of other vocabularies must be known too: RDF's and RDFS's own, or declared as used by the ontology."""
    for subject, predicate, value in triples:
        if predicate not in _CLASS_TERMS | _PROPERTY_TERMS | _PATH_TERMS or not terms.is_iri(value):
            continue
        reused = value.startswith((f"<{RDF}", "<http://www.w3.org/2000/01/rdf-schema#", f"<{OWL}", f"<{MC}"))
        if not reused and value not in declared:
            yield "undeclared-term", f"{terms.short(value)} is declared by no ontology", subject, predicate


def _anonymous_property_shapes(graph: GraphIndex) -> Iterator[_Found]:
    for subject in graph.all_subjects():
        if terms.is_blank(subject) and graph.objects(subject, sh("path")):
            yield (
                "anonymous-property-shape",
                "a property shape has no IRI, so its findings have no stable id",
                subject,
                None,
            )


def _reporting_shapes(graph: GraphIndex, requirements: set[Term]) -> Iterator[_Found]:
    for shape in graph.all_subjects():
        if _reports(graph, shape):
            yield from _lacks(graph, shape, requirements)


def _reports(graph: GraphIndex, shape: Term) -> bool:
    """Whether a result can name this shape as its source: a target leads to it, and it has constraints of its own."""
    if not target_shapes(graph, shape):
        return False
    quiet = {
        *TARGETS,
        sh("property"),
        mc("enforces"),
        sh("severity"),
        sh("message"),
        sh("deactivated"),
        vocabulary.RDF_TYPE,
    }
    return any(p.startswith(f"<{SH}") and p not in quiet and p != sh("path") for p, _ in graph.out(shape))


def _lacks(graph: GraphIndex, shape: Term, requirements: set[Term]) -> Iterator[_Found]:
    name = terms.short(shape)
    enforced = graph.objects(shape, mc("enforces"))
    if len(enforced) != 1:
        yield "no-requirement", f"{name} must enforce exactly one requirement", shape, None
    for requirement in set(enforced) - requirements:
        yield (
            "unknown-requirement",
            f"{name} enforces {terms.short(requirement)}, which the register lacks",
            shape,
            None,
        )
    severities = graph.objects(shape, sh("severity"))
    if len(severities) != 1 or severities[0] not in _SEVERITIES:
        yield "no-severity", f"{name} must have one severity: sh:Violation, sh:Warning or sh:Info", shape, None
    if sorted(graph.texts(shape, sh("message"))) != sorted(LANGUAGES) or len(graph.objects(shape, sh("message"))) != 2:
        yield "no-message", f"{name} must have one message in each of: {', '.join(LANGUAGES)}", shape, None


def _silent_targets(graph: GraphIndex) -> Iterator[_Found]:
    for shape in graph.all_subjects():
        if graph.objects(shape, sh("targetNode")):
            yield (
                "target-node",
                f"{terms.short(shape)} targets a fixed node, which can blame nobody",
                shape,
                sh("targetNode"),
            )
        targeted = any(graph.objects(shape, t) for t in TARGETS)
        if targeted and not any(r for r in _led_to(graph, shape) if graph.objects(r, mc("enforces"))):
            yield (
                "idle-target",
                f"{terms.short(shape)} has a target and leads to no shape that enforces a requirement",
                shape,
                None,
            )
        if graph.objects(shape, mc("enforces")) and not target_shapes(graph, shape):
            yield "no-target", f"{terms.short(shape)} enforces a requirement and no target leads to it", shape, None


def _led_to(graph: GraphIndex, shape: Term) -> set[Term]:
    seen: set[Term] = set()
    waiting = [shape]
    while waiting:
        now = waiting.pop()
        if now not in seen:
            seen.add(now)
            waiting += graph.objects(now, sh("property"))
    return seen


def _one_file_a_clause(shape_files: Sequence[Path]) -> Iterator[_Found]:
    """All shapes of a clause stand in one file, and that file holds no other clause's."""
    owner: dict[str, Path] = {}
    for path in shape_files:
        graph = GraphIndex(read_triples([path]))
        for shape in graph.all_subjects():
            for requirement in graph.objects(shape, mc("enforces")):
                clause = _clause_number(terms.local_name(requirement))
                if owner.setdefault(clause, path) != path:
                    what = f"clause {clause} has shapes in {owner[clause].name} and in {path.name}"
                    yield "scattered-clause", what, shape, None


def _clause_number(requirement: str) -> str:
    return requirement.rstrip("abcdefghijklmnopqrstuvwxyz")
