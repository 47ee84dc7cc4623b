"""The relational plan: what a shape asks of the columns, before it is SQL.

Nodes are frozen; every row binds named columns to terms. `Union` and `Join` keep duplicates, `Distinct` removes them.
"""

from __future__ import annotations

from functools import cached_property

from mcqms_kg.model import Term
from mcqms_kg.shacl.plans.question import Question
from mcqms_kg.values import Value

CHANGED = "changed"
MOVED = "moved"
"""After a change: the graph of statements that come or go, and the table of nodes that become or cease to be focus nodes."""


class Var(Value):
    """A column, or a SPARQL variable."""

    name: str


class Const(Value):
    """A term that stands in the shape."""

    term: Term


TERM = "term_of"
"""The function whose value is a term of its own, whatever is computed in it. SQL has no such function."""
Slot = Var | Const
Argument = "Expression | str | int"


class Call(Value):
    """A function or operator on expressions; plain strings and numbers are its settings. `sql_functions` knows the names."""

    function: str
    arguments: tuple[Expression | str | int, ...]


class Exists(Value):
    """Whether a pattern, which starts from the columns of the row it is asked for, has a row."""

    pattern: Plan
    shared: tuple[str, ...]


Expression = Var | Const | Call | Exists


class Unit(Value):
    """One row without columns."""

    columns: tuple[str, ...] = ()


class Nothing(Value):
    """No row."""

    columns: tuple[str, ...]


class Triples(Value):
    """The statements of a graph that fit a pattern."""

    subject: Slot
    predicate: Slot
    object: Slot
    graph: str = "triple"

    @cached_property
    def columns(self) -> tuple[str, ...]:
        slots = (self.subject, self.predicate, self.object)
        return tuple(dict.fromkeys(slot.name for slot in slots if isinstance(slot, Var)))


class Terms(Value):
    """One column of given terms."""

    column: str
    terms: tuple[Term, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)


class Subclasses(Value):
    """One column, `type`: a class and its subclasses, however far. A run finds them once for all the classes that it asks for."""

    class_: Term

    @property
    def columns(self) -> tuple[str, ...]:
        return ("type",)


class Named(Value):
    """A plan that several places share: written once and named. `stored` ones are tables that stand already."""

    name: str
    plan: Plan
    stored: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        return self.plan.columns


class Join(Value):
    """A natural join: rows of both sides that agree in the columns they share."""

    left: Plan
    right: Plan

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.left.columns, *self.right.columns)))


class Keep(Value):
    """A semi-join: rows of the left side that agree with some row of the right in the columns they share."""

    left: Plan
    right: Plan

    @property
    def columns(self) -> tuple[str, ...]:
        return self.left.columns


class Drop(Value):
    """An anti-join: rows of the left side that agree with no row of the right."""

    left: Plan
    right: Plan

    @property
    def columns(self) -> tuple[str, ...]:
        return self.left.columns


class Optional(Value):
    """A left outer join: rows of the left side, extended by the rows of the right that agree and meet the condition, or kept alone."""

    left: Plan
    right: Plan
    condition: Expression | None = None

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.left.columns, *self.right.columns)))


class Union(Value):
    """The rows of every part; a column that a part lacks is unbound."""

    parts: tuple[Plan, ...]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(column for part in self.parts for column in part.columns))


class Distinct(Value):
    """The rows of a plan, each once."""

    plan: Plan

    @property
    def columns(self) -> tuple[str, ...]:
        return self.plan.columns


class Select(Value):
    """A projection: columns picked, and named anew: pairs of new and old name."""

    plan: Plan
    picked: tuple[tuple[str, str], ...]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(new for new, _ in self.picked)


class Filter(Value):
    """A selection: rows for which the condition is true; an error in it is not true."""

    plan: Plan
    condition: Expression

    @property
    def columns(self) -> tuple[str, ...]:
        return self.plan.columns


class Extend(Value):
    """A further column, computed."""

    plan: Plan
    column: str
    expression: Expression

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.plan.columns, self.column)


class Group(Value):
    """One row for each combination of the keys, with aggregates: name and call."""

    plan: Plan
    keys: tuple[str, ...]
    aggregates: tuple[tuple[str, Call], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.keys, *(name for name, _ in self.aggregates))


class Reach(Value):
    """A transitive closure, as pairs `focus`, `value`: those of `start`, any number of `step`s (`here`, `there`) on; ends on cycles."""

    start: Plan
    step: Plan

    @property
    def columns(self) -> tuple[str, ...]:
        return ("focus", "value")


class Answers(Value):
    """The solutions that the embedded store gives for the pre-bound values of `seeds`; all that a question names is in its columns."""

    question: Question
    seeds: Plan

    @property
    def columns(self) -> tuple[str, ...]:
        return self.question.columns


Plan = (
    Unit | Nothing | Triples | Terms | Subclasses | Named | Join | Keep | Drop | Optional | Union | Distinct | Select | Filter
    | Extend | Group | Reach | Answers
)  # fmt: skip


def pick(plan: Plan, **columns: str) -> Plan:
    """The plan with only these columns, named anew. Picks of picks are one, and a pick of everything as it is, none."""
    if isinstance(plan, Select):
        inner = dict(plan.picked)
        return pick(plan.plan, **{new: inner[old] for new, old in columns.items()})
    same = all(new == old for new, old in columns.items()) and tuple(columns) == plan.columns
    return plan if same else Select(plan, tuple(columns.items()))


def union(*parts: Plan) -> Plan:
    """All rows of some parts; parts without rows are left out."""
    full = tuple(part for part in parts if not isinstance(part, Nothing))
    if len(full) > 1:
        return Union(full)
    return full[0] if full else parts[0]
