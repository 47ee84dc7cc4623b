"""Value range constraint components (SHACL section 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Self

from mcqms_kg.model import Term
from mcqms_kg.shacl.components.component import Reading, ValueTest
from mcqms_kg.shacl.plans.plan import Call, Const, Expression, Var
from mcqms_kg.shacl.vocabulary import sh


class _Range(ValueTest):
    comparison: ClassVar[str]
    bound: Term

    @classmethod
    def read(cls, _: Reading, value: Term) -> Iterator[Self]:
        yield cls(value)

    def test(self, value: Var) -> Expression:
        return Call(self.comparison, (Const(self.bound), value))


class MinExclusive(_Range):
    """The bound is less than each value node."""

    component = sh("MinExclusiveConstraintComponent")
    comparison = "less"


class MinInclusive(_Range):
    """The bound is not more than each value node."""

    component = sh("MinInclusiveConstraintComponent")
    comparison = "less_or_equal"


class MaxExclusive(_Range):
    """The bound is more than each value node."""

    component = sh("MaxExclusiveConstraintComponent")
    comparison = "greater"


class MaxInclusive(_Range):
    """The bound is not less than each value node."""

    component = sh("MaxInclusiveConstraintComponent")
    comparison = "greater_or_equal"
