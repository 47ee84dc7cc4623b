"""Random plans, and what they mean: each node evaluated as its docstring says, on graphs of a handful of statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from mcqms_kg.model import Term, Triple
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.plans.plan import Plan, pick

NODES = tuple(Term(f"<http://e/{n}>") for n in range(4))
PREDICATES = (Term("<http://e/p>"), Term("<http://e/q>"))
COLUMNS = ("focus", "a", "b")

Row = frozenset[tuple[str, Term]]
Bag = Counter[Row]


@dataclass(frozen=True)
class World:
    """Statements by the name of their graph, and nodes by the name of a table that stands."""

    graphs: Mapping[str, frozenset[Triple]]
    tables: Mapping[str, Sequence[Term]] = field(default_factory=dict)

    def rows(self, plan: Plan) -> Bag:
        """The rows of a plan, each with its number."""
        match plan:
            case p.Triples():
                return _matching(plan, self.graphs[plan.graph])
            case p.Terms(column, terms):
                return Counter(frozenset({(column, term)}) for term in dict.fromkeys(terms))
            case p.Named(name, inner, stored):
                (column, *_) = plan.columns
                return Counter(frozenset({(column, n)}) for n in self.tables[name]) if stored else self.rows(inner)
            case p.Join(left, right):
                return _joined(self.rows(left), self.rows(right))
            case p.Keep(left, right) | p.Drop(left, right):
                others, wanted = self.rows(right), isinstance(plan, p.Keep)
                return Counter(
                    {r: n for r, n in self.rows(left).items() if any(_agree(r, o) for o in others) == wanted}
                )
            case p.Optional(left, right, None):
                return self._optional(self.rows(left), self.rows(right))
            case p.Union(parts):
                return sum((self.rows(part) for part in parts), Counter[Row]())
            case p.Distinct(inner):
                return Counter(dict.fromkeys(self.rows(inner), 1))
            case p.Select(inner, picked):
                return _renamed(self.rows(inner), dict(picked))
            case p.Reach(start, step):
                return self._reach(start, step)
        raise NotImplementedError(type(plan))  # a node that is not answered by hand yet

    def _optional(self, left: Bag, right: Bag) -> Bag:
        alone = Counter({row: n for row, n in left.items() if not any(_agree(row, other) for other in right)})
        return _joined(left, right) + alone

    def _reach(self, start: Plan, step: Plan) -> Bag:
        found = {(dict(r)["focus"], dict(r)["value"]) for r in self.rows(start)}
        steps = {(dict(r)["here"], dict(r)["there"]) for r in self.rows(step)}
        while more := {(focus, there) for focus, value in found for here, there in steps if here == value} - found:
            found |= more
        return Counter(frozenset({("focus", focus), ("value", value)}) for focus, value in found)


def _matching(plan: p.Triples, graph: frozenset[Triple]) -> Bag:
    slots, found = (plan.subject, plan.predicate, plan.object), Bag()
    for triple in graph:
        bound: dict[str, Term] = {}
        fits = all(
            slot.term == term if isinstance(slot, p.Const) else bound.setdefault(slot.name, term) == term
            for slot, term in zip(slots, triple, strict=True)
        )
        if fits:
            found[frozenset(bound.items())] += 1
    return found


def _agree(one: Row, other: Row) -> bool:
    mine = dict(one)
    return all(mine.get(column, term) == term for column, term in other)


def _joined(left: Bag, right: Bag) -> Bag:
    found = Bag()
    for one, n in left.items():
        for other, m in right.items():
            if _agree(one, other):
                found[one | other] += n * m
    return found


def _renamed(rows: Bag, picked: Mapping[str, str]) -> Bag:
    found = Bag()
    for row, n in rows.items():
        values = dict(row)
        found[frozenset((new, values[old]) for new, old in picked.items() if old in values)] += n
    return found


def graphs() -> st.SearchStrategy[frozenset[Triple]]:
    """Few statements, so that they meet."""
    node = st.sampled_from(NODES)
    return st.frozensets(st.tuples(node, st.sampled_from(PREDICATES), node), max_size=7)


def _pattern() -> st.SearchStrategy[Plan]:
    slot = st.sampled_from(COLUMNS).map(p.Var) | st.sampled_from(NODES).map(p.Const)
    made = st.builds(p.Triples, slot, st.sampled_from(PREDICATES).map(p.Const), slot)
    return made.filter(lambda plan: bool(plan.columns))


def plans() -> st.SearchStrategy[Plan]:
    """Plans whose columns are always bound, because that is what joins are on."""
    seed = st.just(p.Named("focus", p.Terms("focus", ()), stored=True))
    return st.recursive(_pattern() | seed, _larger, max_leaves=6)


def _larger(inner: st.SearchStrategy[Plan]) -> st.SearchStrategy[Plan]:
    two = st.tuples(inner, inner)
    return st.one_of(
        st.builds(p.Join, inner, inner),
        two.filter(_share).map(lambda sides: p.Keep(*sides)),
        two.filter(_share).map(lambda sides: p.Drop(*sides)),
        two.map(lambda sides: pick(p.Optional(*sides), **{c: c for c in sides[0].columns})),
        two.filter(_alike).map(p.Union),
        inner.map(p.Distinct),
        st.builds(_one_column, inner, st.sampled_from(COLUMNS)),
        two.filter(lambda sides: all(len(side.columns) > 1 for side in sides)).map(_reach),
    )


def _share(sides: tuple[Plan, Plan]) -> bool:
    return bool(set(sides[0].columns) & set(sides[1].columns))


def _alike(sides: tuple[Plan, Plan]) -> bool:
    return set(sides[0].columns) == set(sides[1].columns)


def _one_column(plan: Plan, column: str) -> Plan:
    return pick(plan, **{column: plan.columns[0]})


def _reach(sides: tuple[Plan, Plan]) -> Plan:
    (one, *_, other), (here, *_, there) = sides[0].columns, sides[1].columns
    pairs = p.Reach(pick(sides[0], focus=one, value=other), pick(sides[1], here=here, there=there))
    return pick(pairs, focus="focus", a="value")
