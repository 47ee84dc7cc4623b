"""Statements, given terms, and classes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.arrays.held import Pairs
from mcqms_kg.shacl.arrays.table import ONE_ROW, Table, empty, numbers, of
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.plans.targets import subclasses

if TYPE_CHECKING:
    from mcqms_kg.shacl.arrays.answering import Answering


def _terms(answering: Answering, plan: p.Terms) -> Table:
    return of(**{plan.column: numbers(answering.number(term) for term in plan.terms)})


def _subclasses(answering: Answering, plan: p.Subclasses) -> Table:
    if plan.class_ not in answering.below:
        answering.below[plan.class_] = answering.table(p.pick(subclasses((plan.class_,)), type="type"))
    return answering.below[plan.class_]


def pairs_of(answering: Answering, plan: p.Triples) -> Pairs:
    """The statements with the predicate of a pattern. Raises `Unsupported` where it asks for any predicate, or asks the shapes."""
    if plan.graph != "triple" or not isinstance(plan.predicate, p.Const):
        raise Unsupported("A pattern of any predicate")
    return answering.held.pairs(answering.number(plan.predicate.term))


def _statements(answering: Answering, plan: p.Triples) -> Table:
    pairs, subject, object_ = pairs_of(answering, plan), plan.subject, plan.object
    if isinstance(object_, p.Const):
        found = pairs.subjects(answering.number(object_.term))
        if isinstance(subject, p.Var):
            return of(**{subject.name: found})
        return Table({}, int(np.count_nonzero(found == answering.number(subject.term))))
    if isinstance(subject, p.Const):
        return of(**{object_.name: pairs.o[pairs.s == answering.number(subject.term)]})
    if subject.name == object_.name:
        return of(**{subject.name: pairs.s[pairs.s == pairs.o]})
    return of(**{subject.name: pairs.s, object_.name: pairs.o})


def _of_store(_answering: Answering, _plan: p.Answers) -> Table:
    raise Unsupported("A question to the embedded store")


ANSWERS: Mapping[type, Callable[[Any, Any], Table]] = {
    p.Unit: lambda _, __: ONE_ROW,
    p.Nothing: lambda _, plan: empty(plan.columns),
    p.Terms: _terms,
    p.Subclasses: _subclasses,
    p.Triples: _statements,
    p.Answers: _of_store,
}
