"""What stands in shapes and nobody checks: rules, derived values, constraints of DASH, and terms that SHACL does not know."""

from __future__ import annotations

from collections.abc import Iterable

from mcqms_kg.graph import terms
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import SH
from mcqms_kg.shacl.components import COMPONENTS
from mcqms_kg.shacl.vocabulary import FALSE, sh

_DASH = "http://datashapes.org/dash#"
_DASH_CONSTRAINTS = {
    terms.iri(_DASH + name)
    for name in (
        *("closedByTypes", "coExistsWith", "hasValueIn", "hasValueWithClass", "indexed", "nonRecursive", "reifiableBy"),
        *(
            "rootClass",
            "scriptConstraint",
            "singleLine",
            "stem",
            "subSetOf",
            "symmetric",
            "uniqueValueForClass",
            "uriStart",
        ),
    )
}
"""The parameters of DASH (datashapes.org), whose components hold only where the shapes declare them."""
_TARGETS = {sh(name) for name in ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf", "target")}
_MAKES_A_SHAPE = {*COMPONENTS, *_TARGETS, sh("path"), sh("sparql")}
_SHAPE_CLASSES = {sh("NodeShape"), sh("PropertyShape")}
_READ = {
    sh(name)
    for name in (
        *("deactivated", "severity", "message", "flags", "ignoredProperties"),
        *("qualifiedValueShape", "qualifiedValueShapesDisjoint", "optional", "validator", "nodeValidator"),
        *("propertyValidator", "parameter", "labelTemplate", "declare", "prefixes"),
    )
}
_TELLING = {
    sh(name)
    for name in ("name", "description", "group", "order", "defaultValue", "shapesGraph", "suggestedShapesGraph")
}
"""What says nothing about whether data conform."""


def passed_over(shapes: Iterable[Triple]) -> tuple[Term, ...]:
    """The terms in order; a constraint component that the shapes declare makes its parameters known."""
    triples = tuple(shapes)
    known = {*_MAKES_A_SHAPE, *_READ, *_TELLING, *_declared(triples)}
    named = {s for s, p, o in triples if p in _MAKES_A_SHAPE or o in _SHAPE_CLASSES}
    said = {p for s, p, o in triples if s in named and o != FALSE}
    return tuple(sorted(filter(_would_matter, said - known)))


def _would_matter(predicate: Term) -> bool:
    return predicate in _DASH_CONSTRAINTS or terms.iri_text(predicate).startswith(SH)


def _declared(triples: Iterable[Triple]) -> set[Term]:
    parameters = {o for _, p, o in triples if p == sh("parameter")}
    return {o for s, p, o in triples if s in parameters and p == sh("path")}
