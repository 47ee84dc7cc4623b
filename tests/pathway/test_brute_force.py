"""The planner finds what trying everything finds, on small random problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from mcqms_kg.graph.terms import iri
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.planning.answers import Answer, Question
from mcqms_kg.pathway.planning.plans import answer
from mcqms_kg.pathway.projection.reading import Projection, project
from pathway.brute import Oracle, Plan, Small, SmallCredential, SmallRule, turtle

DAY = dt.date(2026, 6, 30)
EX = "https://example.org/"


def triples(text: str) -> list[Triple]:
    quads = ox.parse(input=text, format=ox.RdfFormat.TURTLE)
    return [(Term(str(q.subject)), Term(str(q.predicate)), Term(str(q.object))) for q in quads]


def ask(problem: Small, best: str, count: int, held: Sequence[int] = (), seconds: float = 30) -> Answer:
    projection: Projection = project(triples(turtle(problem)))
    holds = [iri(f"{EX}c{n}") for n in sorted({*problem.held, *held})]
    return answer(projection, Question(holds, iri(f"{EX}c{problem.target}"), DAY, best, count, seconds=seconds))


def numbers(size: int, most: int) -> st.SearchStrategy[tuple[int, ...]]:
    return st.lists(st.integers(0, size - 1), max_size=most, unique=True).map(tuple)


@st.composite
def rules(draw: st.DrawFn, size: int, depth: int = 2, inner: bool = False) -> SmallRule:
    leaf: st.SearchStrategy[Any] = st.one_of(
        st.integers(0, size - 1), st.integers(0, size - 1), st.sampled_from(["u0", "u1", "set", "level2", "level3"])
    )
    options = list(dict.fromkeys(draw(st.lists(leaf, min_size=1, max_size=3))))
    if depth > 1 and draw(st.booleans()):
        options += [draw(rules(size, depth - 1, True)) for _ in range(draw(st.integers(1, 2)))]
    plain = [n for n, option in enumerate(options) if not isinstance(option, SmallRule)]
    maybe = st.none() | st.integers(0, 3)
    ended = st.sampled_from([False, False, True])
    excuse = draw(st.none() | st.tuples(st.sampled_from(plain), st.integers(0, size - 1), st.integers(0, 2), ended))
    return SmallRule(
        tuple(options),
        draw(st.none() | st.integers(0, len(options))),
        draw(maybe),
        draw(maybe),
        draw(st.none() | st.sampled_from([5, 15, 25])) if excuse is None else None,
        draw(st.none() | st.none() | st.integers(1, 3)),
        False if inner else draw(st.booleans()),
        excuse,
        draw(st.sampled_from([False, False, False, True])),
    )


CREDITS = [Decimal(n) / 2 for n in (0, 1, 2, 3, 4, 6)]


@st.composite
def problems(draw: st.DrawFn) -> Small:
    size = draw(st.integers(2, 6))
    made = []
    for number in range(size):
        last = number == size - 1
        made.append(
            SmallCredential(
                draw(st.sampled_from([None, 5, 10, 20])),
                draw(st.sampled_from([None, *CREDITS])),
                draw(st.integers(1, 3)),
                False if last else draw(st.sampled_from([True, True, False])),
                draw(numbers(size, 1)) if draw(st.integers(0, 2)) == 0 else (),
                tuple(n for n in draw(numbers(size, 1)) if n != number) if draw(st.integers(0, 3)) == 0 else (),
                draw(st.lists(st.sampled_from(["u0", "u1"]), max_size=1).map(tuple)),
                tuple(draw(st.lists(rules(size), min_size=int(last), max_size=2 if last else 1))),
                draw(st.sampled_from([None, True, True, False])),
                draw(st.lists(st.tuples(st.integers(0, size - 1), st.sampled_from(CREDITS)), max_size=2).map(tuple)),
                (draw(rules(size, 1)),) if draw(st.integers(0, 4)) == 0 else (),
            )
        )
    held = frozenset(draw(numbers(size - 1, 2)))
    return Small(tuple(made), held)


def by_steps(plan: Plan) -> tuple[int, ...]:
    return len(plan[0]), plan[1], plan[2]


def by_workload(plan: Plan) -> tuple[int, ...]:
    return plan[1], plan[2], len(plan[0])


@settings(max_examples=60, deadline=None)
@given(problems(), st.sampled_from(["shortest", "workload"]))
def test_the_best_plans_are_those_that_trying_everything_finds(problem: Small, best: str) -> None:
    order = by_steps if best == "shortest" else by_workload
    plans = Oracle(problem).plans(order)
    found = ask(problem, best, 4)
    assert found.is_yes == bool(plans)
    expected = [order(p) for p in plans[:4]]
    ours = [
        order(
            (
                frozenset(int(s.credential[len(EX) + 2 : -1]) for s in plan.proof.steps),
                len(plan.unknown),
                int(plan.hours),
            )
        )
        for plan in found.plans
    ]
    if found.is_yes:
        assert ours == expected
        assert all(plan.proven for plan in found.plans)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_the_plan_with_most_off_ramps_is_the_one_that_trying_everything_finds(problem: Small) -> None:
    """Certificates that the steps complete, those on no rule of the plan too; then by work."""
    oracle = Oracle(problem)
    plans = oracle.plans(by_steps)
    found = ask(problem, "offramps", 1)
    assert found.is_yes == bool(plans)
    if not plans or not found.plans[0].proven:
        return
    best = min((-len(oracle.ramps(p[0])), p[1], p[2], len(p[0])) for p in plans)
    plan = found.plans[0]
    assert (-len(plan.off_ramps), len(plan.unknown), int(plan.hours), len(plan.proof.steps)) == best


JOB = "ex:job a mc:JobTitle ; mc:requiresUnit ex:u0 , ex:u1 .\n"


@settings(max_examples=40, deadline=None)
@given(problems())
def test_so_is_that_to_a_job_title(problem: Small) -> None:
    """For the oracle the job title is a certificate that asks for the same units."""
    goal = SmallCredential(None, None, 1, available=False, rules=(SmallRule(("u0", "u1")),))
    oracle = Oracle(replace(problem, credentials=(*problem.credentials, goal)))
    plans = oracle.plans(by_steps)
    holds = [iri(f"{EX}c{n}") for n in sorted(problem.held)]
    known = project(triples(turtle(problem) + JOB))
    found = answer(known, Question(holds, iri(f"{EX}job"), DAY, "offramps", 1, seconds=30))
    assert found.is_yes == bool(plans)
    if plans and found.plans[0].proven:
        plan = found.plans[0]
        best = min((-len(oracle.ramps(p[0])), p[1], p[2], len(p[0]) - 1) for p in plans)
        assert (-len(plan.off_ramps), len(plan.unknown), int(plan.hours), len(plan.proof.steps)) == best


@settings(max_examples=40, deadline=None)
@given(problems())
def test_a_gap_is_enough_and_nothing_of_it_is_needless(problem: Small) -> None:
    """What is said to be missing, once held, opens the way; any part of it alone does not."""
    found = ask(problem, "shortest", 1)
    if found.is_yes or not found.plans or any(m.kind != "credential" for m in found.plans[0].missing):
        return
    lacking = [int(m.term[len(EX) + 2 : -1]) for m in found.plans[0].missing]
    assert lacking
    assert ask(problem, "shortest", 1, lacking).is_yes
    for one in lacking:
        assert not ask(problem, "shortest", 1, [n for n in lacking if n != one]).is_yes


@settings(max_examples=40, deadline=None)
@given(problems())
def test_without_time_there_is_some_way_that_is_not_called_the_best(problem: Small) -> None:
    """Yes and no do not hang on the solver; the steps lead there, and none of them can be left out."""
    plans = Oracle(problem).plans(by_steps)
    found = ask(problem, "shortest", 1, seconds=1e-9)
    assert found.is_yes == bool(plans)
    if plans:
        assert not found.plans[0].proven and not found.all_found
        assert len(found.plans[0].proof.steps) >= len(plans[0][0])
