"""String-based constraint components (SHACL section 4.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.shacl.components.component import Component, Reading, ValueTest
from mcqms_kg.shacl.plans.plan import Call, Expression, Extend, Filter, Group, Plan, Var, pick
from mcqms_kg.shacl.shapes import Scope
from mcqms_kg.shacl.straight import straight
from mcqms_kg.shacl.vocabulary import sh


class MinLength(ValueTest):
    """Each value node has a text of at least so many characters; a blank node has none."""

    component = sh("MinLengthConstraintComponent")
    least: int

    @classmethod
    def read(cls, reading: Reading, value: Term) -> Iterator[Self]:
        yield cls(reading.count(value))

    def test(self, value: Var) -> Expression:
        return Call("at_least", (Call("length", (value,)), self.least))


class MaxLength(ValueTest):
    """Each value node has a text of at most so many characters; a blank node has none."""

    component = sh("MaxLengthConstraintComponent")
    most: int

    @classmethod
    def read(cls, reading: Reading, value: Term) -> Iterator[Self]:
        yield cls(reading.count(value))

    def test(self, value: Var) -> Expression:
        return Call("at_most", (Call("length", (value,)), self.most))


class Pattern(ValueTest):
    """Each value node has a text that matches the regular expression of XPath."""

    component = sh("PatternConstraintComponent")
    pattern: str
    flags: str

    @classmethod
    def read(cls, reading: Reading, value: Term) -> Iterator[Self]:
        flags = reading.one("flags")
        pattern, written_flags = terms.lexical(value), terms.lexical(flags) if flags else ""
        if straight(pattern, written_flags) is None:
            _refuse_ill_formed(pattern, written_flags)
        yield cls(pattern, written_flags)

    def test(self, value: Var) -> Expression:
        return Call("matches", (value, self.pattern, self.flags))


def _refuse_ill_formed(pattern: str, flags: str) -> None:
    from mcqms_kg.shacl.searching import compiled  # takes long to import: only where a pattern is not straight

    compiled(pattern, flags)


class LanguageIn(ValueTest):
    """Each value node has a language tag that one of the basic language ranges matches."""

    component = sh("LanguageInConstraintComponent")
    ranges: tuple[str, ...]

    @classmethod
    def read(cls, reading: Reading, value: Term) -> Iterator[Self]:
        yield cls(tuple(filter(None, map(terms.lexical, reading.members(value)))))

    def test(self, value: Var) -> Expression:
        """The empty text is no language range: what has no tag matches none (section 4.4.4)."""
        return Call("or", tuple(Call("has_language", (value, range_)) for range_ in self.ranges))


class UniqueLang(Component):
    """No two value nodes have the same language tag; one result for each tag used twice."""

    component = sh("UniqueLangConstraintComponent")

    @classmethod
    def read(cls, reading: Reading, _: Term) -> Iterator[Self]:
        if reading.is_true("uniqueLang"):
            yield cls()

    def violations(self, scope: Scope) -> Plan:
        tagged = Extend(
            Filter(scope.values, Call("is_tagged", (Var("value"),))), "tag", Call("language", (Var("value"),))
        )
        groups = Group(tagged, ("focus", "tag"), (("count", Call("count", ())),))
        return pick(Filter(groups, Call("at_least", (Var("count"), 2))), focus="focus")
