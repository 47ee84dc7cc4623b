"""Targets (SHACL section 2.1.3): which nodes a shape is asked about."""

from __future__ import annotations

from mcqms_kg.model import Term
from mcqms_kg.shacl.plan import (
    Const,
    Distinct,
    Join,
    Nothing,
    Plan,
    Reach,
    Subclasses,
    Terms,
    Triples,
    Var,
    pick,
    union,
)
from mcqms_kg.shacl.shapes import Shape, Target
from mcqms_kg.shacl.vocabulary import SUBCLASS, TYPE


def focus_nodes(shape: Shape) -> Plan:
    """Column `focus`: every node that a target of the shape selects, once."""
    return targeted_by(shape.targets)


def targeted_by(targets: tuple[Target, ...]) -> Plan:
    """Column `focus`: every node that one of the targets selects, once."""
    parts = [_selected(target) for target in targets]
    return Distinct(union(*parts)) if parts else Nothing(("focus",))


def instances(class_: Term, column: str) -> Plan:
    """One column: the SHACL instances of a class, by type or by the type's superclasses."""
    return pick(Join(Triples(Var("instance"), Const(TYPE), Var("type")), Subclasses(class_)), **{column: "instance"})


def subclasses(classes: tuple[Term, ...]) -> Plan:
    """Columns `class` and `type`: each class with itself and with its subclasses, however far; rings of subclasses end."""
    itself = pick(Terms("class", classes), focus="class", value="class")
    narrower = pick(Triples(Var("sub"), Const(SUBCLASS), Var("class")), here="class", there="sub")
    return pick(Reach(itself, narrower), type="value", **{"class": "focus"})


def _selected(target: Target) -> Plan:
    if target.kind == "targetNode":
        return Terms("focus", (target.value,))
    if target.kind == "targetClass":
        return instances(target.value, "focus")
    statement = Triples(Var("subject"), Const(target.value), Var("object"))
    return pick(statement, focus="subject" if target.kind == "targetSubjectsOf" else "object")
