"""What the shipped rulebook and ontology say of a name of ours, and where they use it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Term
from mcqms_kg.namespaces import HOME, MC, OWL, SH, SKOS
from mcqms_kg.service.routes.vocabulary import shipped

ENFORCES, _SPARQL = terms.iri(MC + "enforces"), terms.iri(SH + "sparql")
_KINDS = {
    terms.iri(OWL + "Class"): "class",
    terms.iri(OWL + "ObjectProperty"): "property",
    terms.iri(OWL + "DatatypeProperty"): "property",
    terms.iri(SKOS + "ConceptScheme"): "code-list",
    terms.iri(SKOS + "Concept"): "code",
    terms.iri(MC + "Requirement"): "requirement",
    terms.iri(MC + "Clause"): "clause",
    terms.iri(SH + "NodeShape"): "shape",
    terms.iri(SH + "PropertyShape"): "shape",
    terms.iri(SH + "SPARQLConstraint"): "shape",
}
KINDS = ("class", "property", "code-list", "code", "clause", "requirement", "shape", "fact")
"""The kinds of names, in the order in which they are listed."""
_SPARQL_TEXTS = tuple(terms.iri(SH + name) for name in ("select", "ask"))


@dataclass(frozen=True)
class Uses:
    """Where a name is used: shapes that check by it, requirements that these enforce, and everything else, under how it is used."""

    shapes: tuple[Term, ...]
    requirements: tuple[Term, ...]
    others: tuple[tuple[Term, tuple[Term, ...]], ...]


def kind_of(name: Term) -> str:
    """The kind of a name; `fact` where it is none of the others."""
    return next((_KINDS[type_] for type_ in shipped().types(name) if type_ in _KINDS), "fact")


def uses(name: Term) -> Uses:
    """All uses of a name, those over blank nodes and in the SPARQL of shapes too."""
    index = shipped()
    found = list(dict.fromkeys((*_users(index, name), *_in_sparql(name))))
    shapes = [user for _, user in found if kind_of(user) == "shape"]
    asked = {r for shape in _above(index, shapes) for r in index.objects(shape, ENFORCES)}
    if kind_of(name) in ("requirement", "clause"):
        asked = set()
    elif kind_of(name) == "shape":
        asked |= {r for shape in _above(index, [name]) for r in index.objects(shape, ENFORCES)}
    others: dict[Term, dict[Term, None]] = {}
    for how, user in found:
        if kind_of(user) != "shape" and how != ENFORCES:
            others.setdefault(how, {})[user] = None
    ordered = tuple((how, tuple(sorted(by))) for how, by in sorted(others.items()))
    return Uses(tuple(sorted(set(shapes))), tuple(sorted(asked)), ordered)


def _users(index: GraphIndex, name: Term) -> Iterator[tuple[Term, Term]]:
    """Who points at the name, and how; a blank node stands for whoever it belongs to."""
    waiting, seen = [name], {name}
    while waiting:
        for predicate, subject in index.into(waiting.pop()):
            if terms.is_iri(subject):
                yield predicate, subject
            elif subject not in seen:
                seen.add(subject)
                waiting.append(subject)


@cache
def _sparql() -> tuple[tuple[Term, str], ...]:
    index = shipped()
    return tuple(
        (s, terms.lexical(o)) for s in index.all_subjects() for p in _SPARQL_TEXTS for o in index.objects(s, p)
    )


def _in_sparql(name: Term) -> Iterator[tuple[Term, Term]]:
    written = re.compile(rf"(?<![\w:]){re.escape(terms.short(name))}(?![\w-])")
    for constraint, text in _sparql():
        if written.search(text):
            users = [s for _, s in _users(shipped(), constraint)] if terms.is_blank(constraint) else [constraint]
            yield from ((_SPARQL, user) for user in users)


def _above(index: GraphIndex, shapes: Iterable[Term]) -> Iterator[Term]:
    """The shapes, and those that they are a part of."""
    waiting, seen = list(shapes), set(shapes)
    while waiting:
        shape = waiting.pop()
        yield shape
        for _, user in _users(index, shape):
            if user not in seen and kind_of(user) == "shape":
                seen.add(user)
                waiting.append(user)


@cache
def listed() -> tuple[tuple[str, Term], ...]:
    """Every name of ours with its kind."""
    found = {s for s in shipped().all_subjects() if terms.is_iri(s) and terms.iri_text(s).startswith(HOME)}
    return tuple(
        sorted(((kind_of(name), name) for name in found), key=lambda one: (KINDS.index(one[0]), _order(one[1])))
    )


def _order(name: Term) -> tuple[object, ...]:
    """Numbers in names count as numbers: 8.2 stands before 8.10."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", terms.iri_text(name)))
