"""Constraints of SHACL-AF and SHACL-JS, Notes beside the specification: refused by name where they would be asked.

Rules (`sh:rule`, `sh:values`) are not here: they derive statements and are no part of validation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from mcqms_kg.errors import RulebookError
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.shacl.components.component import Component, Reading
from mcqms_kg.shacl.plans.plan import Plan
from mcqms_kg.shacl.shapes import Scope
from mcqms_kg.shacl.vocabulary import sh


class _Advanced(Component):
    """A constraint that would change the results if it were passed over."""

    parameter = sh("expression")
    shape: Term

    @classmethod
    def read(cls, reading: Reading, _: Term) -> Iterator[Self]:
        yield cls(reading.shape)

    def violations(self, _: Scope) -> Plan:
        raise RulebookError(
            f"The shape {self.shape} uses {terms.short(self.parameter)}, which is not SHACL Core or SHACL-SPARQL",
            remedy="Say it as a Core or SPARQL constraint.",
        )


class ByExpression(_Advanced):
    """A node expression of SHACL-AF."""

    component = sh("ExpressionConstraintComponent")


class ByScript(_Advanced):
    """A script of SHACL-JS."""

    component = sh("JSConstraintComponent")
    parameter = sh("js")
