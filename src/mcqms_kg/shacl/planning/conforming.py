"""What a node must meet to conform to a shape, as single questions, and in which order they are best asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mcqms_kg.errors import Unsupported
from mcqms_kg.model import Term
from mcqms_kg.shacl.components.component import ValueTest
from mcqms_kg.shacl.components.other import HasValue
from mcqms_kg.shacl.components.shape_based import Node
from mcqms_kg.shacl.components.value_type import Class
from mcqms_kg.shacl.plans.classes import instances
from mcqms_kg.shacl.plans.plan import Filter, Join, Keep, Plan, Terms, Var, pick
from mcqms_kg.shacl.plans.rewrite import simplified
from mcqms_kg.shacl.plans.walk import steps
from mcqms_kg.shacl.shapes import Constraint, Shape, Shapes
from mcqms_kg.sparql.paths import Inverse

_KINDS = (HasValue, Class, ValueTest)
"""What is asked of each node alone, without its value nodes; the kind that leaves the fewest nodes comes first."""


@dataclass(frozen=True)
class Question:
    """A constraint of a shape, and the shapes that are being measured when it is asked."""

    shape: Shape
    constraint: Constraint
    inside: tuple[Term, ...]


def entered(name: Term, inside: tuple[Term, ...]) -> tuple[Term, ...]:
    """The shapes that are being measured, with one more; raises `Unsupported` where it is one of them."""
    if name in inside:
        raise Unsupported(f"The shape {name} needs itself", remedy="Let the reference engine validate it.")
    return (*inside, name)


def questions(shapes: Shapes, name: Term, inside: tuple[Term, ...]) -> Iterator[Question]:
    """All that a node must meet: a shape that a node shape asks of the same node is asked in its place."""
    shape, inside = shapes.by_name[name], entered(name, inside)
    for constraint in () if shape.deactivated else shape.constraints:
        if shape.path is None and isinstance(constraint, Node):
            yield from questions(shapes, constraint.shape, inside)
        else:
            yield Question(shape, constraint, inside)


def narrowest_first(asked: Iterator[Question]) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """The questions that can be asked of nodes alone, in the order in which to ask them, and the others as they stand."""
    alone: list[Question] = []
    others: list[Question] = []
    for question in asked:
        (alone if _is_alone(question) else others).append(question)
    return tuple(sorted(alone, key=_rank)), tuple(others)


def _is_alone(question: Question) -> bool:
    path = question.shape.path
    if isinstance(question.constraint, HasValue):
        return path is None or _is_step(simplified(path))
    return path is None and isinstance(question.constraint, Class | ValueTest)


def _is_step(path: object) -> bool:
    return isinstance(path, str) or (isinstance(path, Inverse) and isinstance(path.path, str))


def _rank(question: Question) -> int:
    return next(rank for rank, kind in enumerate(_KINDS) if isinstance(question.constraint, kind))


def answered(question: Question, rows: Plan, column: str) -> Plan:
    """The rows whose node, in this column, meets a question that is asked of nodes alone."""
    constraint, path = question.constraint, question.shape.path
    if isinstance(constraint, Class):
        return Keep(rows, instances(constraint.class_, column))
    if isinstance(constraint, HasValue):
        wanted = Terms("there" if path else column, (constraint.value,))
        reached = pick(Join(steps(simplified(path)), wanted), **{column: "here"}) if path else wanted
        return Keep(rows, reached)
    if isinstance(constraint, ValueTest):
        return Filter(rows, constraint.test(Var(column)))
    raise TypeError(constraint)
