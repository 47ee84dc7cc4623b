"""What this engine knows and the reference engine does not: such a shape is not handed over, for nobody would notice what is left out."""

from __future__ import annotations

from mcqms_kg.errors import RulebookError, Unsupported
from mcqms_kg.model import Term
from mcqms_kg.namespaces import SH
from mcqms_kg.shacl.components.component import Component
from mcqms_kg.shacl.shapes import Constraint, Shape, Shapes


def refuse_beyond_reference(shapes: Shapes, shape: Shape, problem: Unsupported) -> None:
    """Raises `RulebookError` for a target query, and for a built-in component that is not of SHACL's own namespace."""
    if any(target.kind == "select" for target in shape.targets):
        raise RulebookError(
            f"The shape {shape.name}, which has a target query, cannot be run exactly: {problem.what}",
            remedy="Say it otherwise, or target by class or property.",
        ) from problem
    for constraint in _reached(shapes, shape.name):
        if isinstance(constraint, Component) and not constraint.component.startswith(f"<{SH}"):
            raise RulebookError(
                f"The shape {shape.name}, which needs {constraint.component}, cannot be run exactly: {problem.what}",
                remedy="Say it otherwise, or give the constraints to two shapes.",
            ) from problem


def _reached(shapes: Shapes, name: Term) -> list[Constraint]:
    """The constraints of a shape and of all that it leads to."""
    waiting, seen, found = [name], set[Term](), list[Constraint]()
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            found += shapes.by_name[one].constraints
            waiting += (needed for constraint in shapes.by_name[one].constraints for needed in constraint.needs)
    return found
