"""Classes as plans: their instances, and their subclasses (SHACL section 1.1)."""

from __future__ import annotations

from mcqms_kg.model import Term
from mcqms_kg.shacl.plans.plan import Const, Join, Plan, Reach, Subclasses, Terms, Triples, Var, pick
from mcqms_kg.shacl.vocabulary import SUBCLASS, TYPE


def instances(class_: Term, column: str) -> Plan:
    """One column: the SHACL instances of a class, by type or by the type's superclasses."""
    return pick(Join(Triples(Var("instance"), Const(TYPE), Var("type")), Subclasses(class_)), **{column: "instance"})


def subclasses(classes: tuple[Term, ...]) -> Plan:
    """Columns `class` and `type`: each class with itself and with its subclasses, however far; rings of subclasses end."""
    itself = pick(Terms("class", classes), focus="class", value="class")
    narrower = pick(Triples(Var("sub"), Const(SUBCLASS), Var("class")), here="class", there="sub")
    return pick(Reach(itself, narrower), type="value", **{"class": "focus"})
