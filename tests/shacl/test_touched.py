"""What a change can touch, on random plans: no row that differs is missed, and no row that was or is there."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from mcqms_kg.model import Term, Triple
from mcqms_kg.shacl.change.touched import AnyNode, Touched, statements
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.plans.plan import CHANGED, MOVED, Plan
from shacl.plans_by_hand import NODES, PREDICATES, Row, World, graphs, plans

Nodes = Sequence[Term]
P, Q = map(p.Const, PREDICATES)
FOCUS, A = p.Var("focus"), p.Var("a")
SEED = p.Named("focus", p.Terms("focus", ()), stored=True)
FIRST, SECOND = p.Triples(FOCUS, P, A), p.Triples(A, Q, p.Const(NODES[3]))
HERE, THERE = (NODES[0], PREDICATES[0], NODES[1]), (NODES[1], PREDICATES[1], NODES[3])


def readings(plan: Plan, old: frozenset[Triple], new: frozenset[Triple], was: Nodes, now: Nodes) -> Touched:
    changed = old ^ new
    fits = World({"triple": changed})
    matched = frozenset(pattern for pattern in statements(plan) if fits.rows(pattern))
    every = tuple(dict.fromkeys((*was, *now)))
    return Touched(p.Terms("focus", every), matched, set(was) != set(now))


def projected(row: Row, columns: Sequence[str]) -> Row:
    return frozenset(pair for pair in row if pair[0] in columns)


@settings(max_examples=600)
@given(plans(), graphs(), graphs(), st.sets(st.sampled_from(NODES)), st.sets(st.sampled_from(NODES)))
@example(p.Keep(SEED, p.Join(FIRST, SECOND)), frozenset({HERE}), frozenset({HERE, THERE}), {NODES[0]}, {NODES[0]})
@example(p.Drop(SEED, p.Join(FIRST, SECOND)), frozenset({HERE}), frozenset({HERE, THERE}), {NODES[0]}, {NODES[0]})
@example(
    p.Join(p.Drop(FIRST, SECOND), p.Triples(A, P, p.Var("b"))),
    frozenset({HERE, THERE}),
    frozenset({HERE, (NODES[1], PREDICATES[0], NODES[2])}),
    {NODES[0]},
    {NODES[0]},
)
@example(
    p.Reach(p.Triples(FOCUS, P, p.Var("value")), p.Triples(p.Var("here"), Q, p.Var("there"))),
    frozenset({HERE}),
    frozenset({HERE, THERE}),
    {NODES[0]},
    {NODES[0]},
)
def test_no_row_is_missed(
    plan: Plan, old: frozenset[Triple], new: frozenset[Triple], was: set[Term], now: set[Term]
) -> None:
    before, after = sorted(was), sorted(now)
    rows_before = World({"triple": old}, {"focus": before}).rows(plan)
    rows_after = World({"triple": new}, {"focus": after}).rows(plan)
    both = World(
        {"triple": old | new, CHANGED: old ^ new},
        {"focus": sorted(was | now), MOVED: sorted(was ^ now)},
    )
    touched = readings(plan, old, new, before, after)

    every = touched.every(plan)
    known = both.rows(touched.grounded(every))
    columns = every.columns
    if not isinstance(every, AnyNode):
        assert {projected(row, columns) for row in rows_before | rows_after} <= {
            projected(row, columns) for row in known
        }

    differ = {row for row in rows_before | rows_after if rows_before[row] != rows_after[row]}
    found = touched.differing(plan)
    if found is None:
        assert not differ
    else:
        told = {projected(row, found.columns) for row in both.rows(found)}
        assert {projected(row, found.columns) for row in differ} <= told
