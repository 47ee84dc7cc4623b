"""Mutants of a shapes file: each drops or weakens one constraint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import RDF
from mcqms_kg.rules.catalogue import TARGETS
from mcqms_kg.rules.vocabulary import sh

CONSTRAINTS = tuple(
    sh(name)
    for name in (
        *("class", "datatype", "nodeKind", "minCount", "maxCount", "minExclusive", "minInclusive", "maxExclusive"),
        *("maxInclusive", "minLength", "maxLength", "pattern", "languageIn", "uniqueLang", "equals", "disjoint"),
        *("lessThan", "lessThanOrEquals", "not", "node", "property", "hasValue", "in", "closed", "sparql", "or", "and"),
    )
)
_QUALIFIED = tuple(sh(name) for name in ("qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount"))
_LISTS = (sh("or"), sh("and"), sh("in"), sh("languageIn"))
_FIRST, _REST, _NIL = (terms.iri(RDF + name) for name in ("first", "rest", "nil"))
_LOOSER = {
    sh("minInclusive"): sh("minExclusive"),
    sh("maxInclusive"): sh("maxExclusive"),
    sh("minExclusive"): sh("minInclusive"),
    sh("maxExclusive"): sh("maxInclusive"),
    sh("lessThan"): sh("lessThanOrEquals"),
    sh("lessThanOrEquals"): sh("lessThan"),
}
"""A bound moved by one step: whether the limit itself is allowed must matter to a case."""


@dataclass(frozen=True)
class Mutant:
    """A shapes file with one thing changed; `about` is the shape that was changed."""

    name: str
    about: Term
    shapes: tuple[Triple, ...]


def mutants(shapes: tuple[Triple, ...]) -> Iterator[Mutant]:
    """Every mutant of the shapes, targets included."""
    graph = GraphIndex(shapes)
    for triple in shapes:
        subject, predicate, value = triple
        name = f"{terms.short(subject)} without {terms.short(predicate)} {terms.short(value)[:60]}"
        if predicate in CONSTRAINTS or predicate in TARGETS:
            yield Mutant(name, subject, _without(shapes, {triple}))
        if predicate == _QUALIFIED[0]:
            yield Mutant(name, subject, tuple(t for t in shapes if t[0] != subject or t[1] not in _QUALIFIED))
        if predicate in _LOOSER:
            moved = (subject, _LOOSER[predicate], value)
            yield Mutant(f"{name}, but with {terms.short(moved[1])}", subject, (*_without(shapes, {triple}), moved))
        if predicate in _LISTS:
            yield from _shorter_lists(shapes, graph, triple)
        if predicate == sh("select"):
            yield from _weaker_queries(shapes, triple)


def _without(shapes: tuple[Triple, ...], dropped: set[Triple]) -> tuple[Triple, ...]:
    return tuple(t for t in shapes if t not in dropped)


def _shorter_lists(shapes: tuple[Triple, ...], graph: GraphIndex, triple: Triple) -> Iterator[Mutant]:
    """The list without one member; a list of one is left to the mutant without the constraint."""
    subject, predicate, head = triple
    nodes = [head]
    while (rest := graph.value(nodes[-1], _REST)) not in (None, _NIL):
        assert rest
        nodes.append(rest)
    for number, node in enumerate(nodes if len(nodes) > 1 else []):
        after = graph.value(node, _REST)
        before = (subject, predicate, node) if number == 0 else (nodes[number - 1], _REST, node)
        assert after
        member = graph.value(node, _FIRST)
        name = f"{terms.short(subject)} {terms.short(predicate)} without {terms.short(member or node)}"
        yield Mutant(name, subject, (*_without(shapes, {before}), (before[0], before[1], after)))


def _weaker_queries(shapes: tuple[Triple, ...], triple: Triple) -> Iterator[Mutant]:
    subject, predicate, value = triple
    text = terms.lexical(value)
    for part in _filters(text):
        name = f"{terms.short(subject)} without {' '.join(part.split())[:70]}"
        weaker = terms.literal(text.replace(part, " ", 1))
        yield Mutant(name, subject, (*_without(shapes, {triple}), (subject, predicate, weaker)))


def _filters(query: str) -> Iterator[str]:
    """Each FILTER with its brackets."""
    for match in re.finditer(r"\bFILTER\s*(NOT\s+EXISTS\s*|EXISTS\s*)?(?=[({])", query):
        depth = 0
        for position in range(match.end(), len(query)):
            depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(query[position], 0)
            if depth == 0:
                yield query[match.start() : position + 1]
                break
