"""Constraint components, one file a section of the SHACL specification, and one table from parameter to component."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mcqms_kg.errors import RulebookError
from mcqms_kg.model import Term
from mcqms_kg.shacl.components.advanced import ByExpression, ByScript
from mcqms_kg.shacl.components.cardinality import MaxCount, MinCount
from mcqms_kg.shacl.components.component import Component, IllFormed, Reading
from mcqms_kg.shacl.components.logical import And, Not, Or, Xone
from mcqms_kg.shacl.components.other import Closed, HasValue, In
from mcqms_kg.shacl.components.property_pair import Disjoint, Equals, LessThan, LessThanOrEquals
from mcqms_kg.shacl.components.shape_based import Node, Property, QualifiedMaxCount, QualifiedMinCount
from mcqms_kg.shacl.components.string_based import LanguageIn, MaxLength, MinLength, Pattern, UniqueLang
from mcqms_kg.shacl.components.value_range import MaxExclusive, MaxInclusive, MinExclusive, MinInclusive
from mcqms_kg.shacl.components.value_type import Class, Datatype, NodeKind
from mcqms_kg.shacl.vocabulary import sh

COMPONENTS: Mapping[Term, type[Component]] = {
    sh("class"): Class,
    sh("datatype"): Datatype,
    sh("nodeKind"): NodeKind,
    sh("minCount"): MinCount,
    sh("maxCount"): MaxCount,
    sh("minExclusive"): MinExclusive,
    sh("minInclusive"): MinInclusive,
    sh("maxExclusive"): MaxExclusive,
    sh("maxInclusive"): MaxInclusive,
    sh("minLength"): MinLength,
    sh("maxLength"): MaxLength,
    sh("pattern"): Pattern,
    sh("languageIn"): LanguageIn,
    sh("uniqueLang"): UniqueLang,
    sh("equals"): Equals,
    sh("disjoint"): Disjoint,
    sh("lessThan"): LessThan,
    sh("lessThanOrEquals"): LessThanOrEquals,
    sh("not"): Not,
    sh("and"): And,
    sh("or"): Or,
    sh("xone"): Xone,
    sh("node"): Node,
    sh("property"): Property,
    sh("qualifiedMinCount"): QualifiedMinCount,
    sh("qualifiedMaxCount"): QualifiedMaxCount,
    sh("closed"): Closed,
    sh("hasValue"): HasValue,
    sh("in"): In,
    sh("expression"): ByExpression,
    sh("js"): ByScript,
}
"""The parameter that calls for a component, and the component."""


def core_constraints(reading: Reading) -> Iterator[Component]:
    """The constraints of SHACL Core that a shape declares, one for each value of a parameter; what is ill-formed is told when asked."""
    for parameter, component in COMPONENTS.items():
        for value in reading.all(parameter):
            try:
                found = tuple(component.read(reading, value))
            except RulebookError as problem:
                yield IllFormed(problem)
            else:
                yield from found
