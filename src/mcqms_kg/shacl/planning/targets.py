"""Targets (SHACL section 2.1.3): which nodes a shape is asked about."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.plans.classes import instances
from mcqms_kg.shacl.plans.plan import (
    Answers,
    Call,
    Const,
    Distinct,
    Filter,
    Named,
    Nothing,
    Plan,
    Terms,
    Triples,
    Unit,
    Var,
    pick,
    union,
)
from mcqms_kg.shacl.shapes import Shape, Target


def focus_nodes(shape: Shape) -> Plan:
    """Column `focus`: every node that a target of the shape selects, once."""
    numbers = count(1)
    parts = [_selected(target, numbers) for target in shape.targets]
    return Distinct(union(*parts)) if parts else Nothing(("focus",))


def _selected(target: Target, numbers: Iterator[int]) -> Plan:
    if target.kind == "select":
        return _by_query(target.value, numbers)
    if target.kind == "targetNode":
        return Terms("focus", (target.value,))
    if target.kind == "targetClass":
        return instances(target.value, "focus")
    statement = Triples(Var("subject"), Const(target.value), Var("object"))
    return pick(statement, focus="subject" if target.kind == "targetSubjectsOf" else "object")


def _by_query(text: str, numbers: Iterator[int]) -> Plan:
    """What a query binds to `?this`; nothing is pre-bound in it."""
    from mcqms_kg.shacl.components.sparql_constraint import both_reasons

    try:
        return _in_sql(text, numbers)
    except Unsupported as beyond_sql:
        with both_reasons(beyond_sql):
            return _by_store(text, numbers)


def _in_sql(text: str, numbers: Iterator[int]) -> Plan:
    # imported only where there is SPARQL
    from mcqms_kg.shacl.sparql.patterns import Translation
    from mcqms_kg.shacl.sparql.queries import parsed

    translation = Translation(Unit(), {}, name=lambda word, plan: Named(f"target_{word}_{next(numbers)}", plan))
    found = translation.pattern(parsed(text, frozenset()))
    if "this" not in found.certain:
        raise Unsupported("A target query whose solutions may not bind ?this")
    return pick(found.plan, focus="this")


def _by_store(text: str, numbers: Iterator[int]) -> Plan:
    from mcqms_kg.shacl.embedded.judged import select_question

    question = select_question(text, frozenset(), (), ())
    bound = Filter(Answers(question, Unit()), Call("bound", (Var("this"),)))
    return pick(Named(f"target_answers_{next(numbers)}", bound), focus="this")
