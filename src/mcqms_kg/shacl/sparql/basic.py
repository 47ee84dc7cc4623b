"""Basic graph patterns of SPARQL, with property paths, as plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import count

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.shacl.plans.plan import (
    Call,
    Const,
    Distinct,
    Expression,
    Filter,
    Join,
    Keep,
    Plan,
    Reach,
    Select,
    Slot,
    Terms,
    Triples,
    Unit,
    Var,
    pick,
    union,
)
from mcqms_kg.shacl.plans.rewrite import push_inverse_down, simplified
from mcqms_kg.shacl.plans.walk import nullable, steps
from mcqms_kg.sparql import algebra
from mcqms_kg.sparql.expressions import Variable
from mcqms_kg.sparql.paths import (
    Alternative,
    Inverse,
    Negated,
    OneOrMore,
    Path,
    Sequence,
    TriplePattern,
    ZeroOrMore,
    ZeroOrOne,
)
from mcqms_kg.sparql.walk import variables


@dataclass(frozen=True)
class Pattern:
    """A plan, the columns that every row binds, and variables that stand for expressions on the columns."""

    plan: Plan
    certain: frozenset[str]
    computed: Mapping[str, Expression] = field(default_factory=dict)


@dataclass(frozen=True)
class BasicPatterns:
    """Triple patterns and paths. `constants` are pre-bound variables that are one term everywhere, `seed` gives the others their values."""

    seed: Plan
    constants: Mapping[str, Const]
    graph: str = "triple"
    fresh: Iterator[int] = field(default_factory=lambda: count(1))

    def _bgp(self, node: algebra.BGP) -> Pattern:
        found: Plan = Unit()
        for triple in _linked(node.triples, set(self.seed.columns)):
            start, end = self._slot(triple.subject), self._slot(triple.object)
            if isinstance(triple.predicate, str | Variable):
                found = joined(found, Triples(start, self._slot(triple.predicate), end, self.graph))
            else:
                found = self._along(found, start, push_inverse_down(triple.predicate), end)
        return Pattern(found, frozenset(found.columns))

    def _negated(self, found: Plan, start: Slot, path: Negated, end: Slot) -> Plan:
        """Statements with another predicate (SPARQL 1.1, 18.2.2.1)."""
        if path.backwards:
            raise Unsupported("A property set negated backwards")
        predicate, others = Var(f"step_{next(self.fresh)}"), map(Const, path.forwards)
        statements = Triples(start, predicate, end, self.graph)
        return joined(found, Filter(statements, Call("not_in", (predicate, *others))))

    def _slot(self, node: Term | Variable) -> Slot:
        if isinstance(node, Variable):
            return self.constants.get(node.name, Var(node.name))
        return Var(f"blank_{terms.lexical(node)}") if terms.is_blank(node) else Const(node)

    def _along(self, found: Plan, start: Slot, path: Path, end: Slot) -> Plan:
        """The rows extended along a path; sequences and alternatives keep duplicates, as SPARQL 1.1 (9.3) has it."""
        if isinstance(path, str):
            return joined(found, Triples(start, Const(path), end, self.graph))
        if isinstance(path, Negated):
            return self._negated(found, start, path, end)
        if isinstance(path, Inverse):
            return self._along(found, end, path.path, start)
        if isinstance(path, Sequence):
            for step in path.steps[:-1]:
                middle = Var(f"step_{next(self.fresh)}")
                found, start = self._along(found, start, step, middle), middle
            return self._along(found, start, path.steps[-1], end)
        if isinstance(path, Alternative):
            columns = tuple(dict.fromkeys((*found.columns, *(x.name for x in (start, end) if isinstance(x, Var)))))
            parts = (self._along(found, start, choice, end) for choice in path.choices)
            return union(*(Select(part, tuple((c, c) for c in columns)) for part in parts))
        return self._repeated(found, start, path, end)

    def _repeated(self, found: Plan, start: Slot, path: Path, end: Slot) -> Plan:
        if self.graph != "triple":
            raise Unsupported("A repeated path in the shapes graph")
        if self._known(found, start):
            pairs = self._reach(found, start, path)
            return self._ends(found, pairs, start, end)
        if self._known(found, end):
            pairs = self._reach(found, end, push_inverse_down(Inverse(path)))
            return self._ends(found, pairs, end, start)
        if nullable(path):
            raise Unsupported("A path of length zero between two unknown nodes")
        return self._ends(found, pick(steps(simplified(path)), focus="here", value="there"), start, end)

    def _known(self, found: Plan, slot: Slot) -> bool:
        return isinstance(slot, Const) or slot.name in found.columns or slot.name in self.seed.columns

    def _reach(self, found: Plan, start: Slot, path: Path) -> Plan:
        """Pairs of every value of the start and what the path leads to, each once."""
        if isinstance(start, Const):
            begin: Plan = Terms("focus", (start.term,))
        else:
            source = connected(found, start.name) if start.name in found.columns else self.seed
            begin = Distinct(pick(source, focus=start.name))
        pairs = pick(begin, focus="focus", value="focus")
        path = simplified(path)
        if isinstance(path, ZeroOrOne):
            once = pick(Join(pick(pairs, focus="focus", here="value"), steps(path.path)), focus="focus", value="there")
            return Distinct(union(pairs, once, *([] if not nullable(path.path) else [pairs])))
        if not isinstance(path, ZeroOrMore | OneOrMore):
            raise Unsupported("A repeated path of another form")
        closed = Reach(pairs, steps(path.path))
        if nullable(path):
            return closed
        first = pick(Join(pick(pairs, focus="focus", here="value"), steps(path.path)), focus="focus", value="there")
        return Reach(first, steps(path.path))

    def _ends(self, found: Plan, pairs: Plan, start: Slot, end: Slot) -> Plan:
        """Pairs joined to the rows, by the names or terms of their two ends."""
        if isinstance(start, Var) and isinstance(end, Var) and start.name == end.name:
            pairs = Filter(pairs, Call("same_term", (Var("focus"), Var("value"))))
        for column, slot in (("focus", start), ("value", end)):
            if isinstance(slot, Const):
                pairs = Keep(pairs, Terms(column, (slot.term,)))
        names = {slot.name: column for column, slot in (("focus", start), ("value", end)) if isinstance(slot, Var)}
        return joined(found, Select(pairs, tuple(names.items())))


def _linked(triples: Iterable[TriplePattern], known: set[str]) -> Iterator[TriplePattern]:
    """Plain triples before paths, and first what shares a variable with those before it; else in the order of the query."""
    waiting = list(triples)
    while waiting:
        chosen = min(waiting, key=lambda one: (_has_path(one), known.isdisjoint(_names(one))))
        waiting.remove(chosen)
        known |= _names(chosen)
        yield chosen


def _has_path(triple: TriplePattern) -> bool:
    return not isinstance(triple.predicate, str | Variable)


def _names(triple: TriplePattern) -> set[str]:
    """The variables and blank nodes of a triple."""
    return variables(triple) | {
        str(end) for end in (triple.subject, triple.object) if isinstance(end, str) and terms.is_blank(end)
    }


def connected(plan: Plan, name: str) -> Plan:
    """Those parts of a join that share variables with what binds this one, directly or by others: its values, and perhaps more."""
    waiting, found, known = list(_parts(plan)), list[Plan](), {name}
    while near := [part for part in waiting if known & set(part.columns)]:
        found += near
        known.update(*(part.columns for part in near))
        waiting = [part for part in waiting if part not in near]
    return reduce(joined, found)


def _parts(plan: Plan) -> Iterator[Plan]:
    if isinstance(plan, Join):
        yield from _parts(plan.left)
        yield from _parts(plan.right)
    else:
        yield plan


def joined(left: Plan, right: Plan) -> Plan:
    return right if isinstance(left, Unit) else left if isinstance(right, Unit) else Join(left, right)
