"""The planner finds what trying everything finds, on small random problems."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
from hypothesis import assume, event, given, settings
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
    maybe = st.none() | st.integers(0, 3)
    seldom = st.sampled_from([False, False, False, True])
    earned: st.SearchStrategy[Any] = st.integers(0, size - 1)
    if depth > 1 and not inner:
        earned |= rules(size, 1, True)
    excuse = draw(st.none() | st.tuples(st.integers(0, len(options) - 1), earned, st.integers(0, 2), seldom))
    return SmallRule(
        tuple(options),
        draw(st.none() | st.integers(0, len(options))),
        draw(maybe),
        draw(maybe),
        draw(st.none() | st.sampled_from([5, 15, 25])),
        draw(st.none() | st.none() | st.integers(1, 3)),
        draw(seldom if inner else st.booleans()),
        excuse,
        draw(seldom),
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


@settings(max_examples=60)
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


@settings(max_examples=40)
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


def asks_for_nothing(problem: Small) -> bool:
    """Whether somebody has a credential by its rule without anything; that is on no way, and whether a plan tells it is not defined."""
    oracle = Oracle(problem)
    return any(oracle.met(rule, set(), n) for n in range(len(problem.credentials)) for rule in oracle.ways(n))


JOB = "ex:job a mc:JobTitle ; mc:requiresUnit ex:u0 , ex:u1 .\n"


@settings(max_examples=40)
@given(problems())
def test_so_is_that_to_a_job_title(problem: Small) -> None:
    """For the oracle the job title is a certificate that asks for the same units."""
    assume(not asks_for_nothing(problem))
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


@settings(max_examples=40)
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


@settings(max_examples=40)
@given(problems())
def test_without_time_there_is_some_way_that_is_not_called_the_best(problem: Small) -> None:
    """Yes and no do not hang on the solver; the steps lead there, and none of them can be left out."""
    plans = Oracle(problem).plans(by_steps)
    found = ask(problem, "shortest", 1, seconds=1e-9)
    assert found.is_yes == bool(plans)
    if plans:
        assert not found.plans[0].proven and not found.all_found
        assert len(found.plans[0].proof.steps) >= len(plans[0][0])


def made_old(rule: SmallRule, which: Sequence[bool]) -> SmallRule:
    return replace(rule, fresh=which[len(rule.options) % len(which)])


@settings(max_examples=40)
@given(problems(), st.lists(st.booleans(), min_size=2, max_size=4), st.sets(st.integers(0, 5)))
def test_old_awards_are_kept_or_earned_again_whichever_is_better(
    problem: Small, fresh: list[bool], old: set[int]
) -> None:
    """Every choice of the old awards that are set aside, to be learned or stacked anew, is tried by the oracle too."""
    credentials = tuple(replace(c, rules=tuple(made_old(r, fresh) for r in c.rules)) for c in problem.credentials)
    known = Small(credentials, problem.held, problem.held & old)
    plans = [
        plan
        for count in range(len(known.old) + 1)
        for aside in itertools.combinations(sorted(known.old), count)
        for plan in Oracle(Small(credentials, known.held - set(aside), known.old - set(aside))).plans(by_workload)[:1]
    ]
    holds = [iri(f"{EX}award{n}") for n in sorted(known.held)]
    question = Question(holds, iri(f"{EX}c{known.target}"), DAY, "workload", 1, seconds=30)
    found = answer(project(triples(turtle(known))), question)
    assert found.is_yes == bool(plans)
    if plans:
        plan = found.plans[0]
        assert plan.proven
        assert (len(plan.unknown), int(plan.hours)) == min((p[1], p[2]) for p in plans)


@settings(max_examples=40)
@given(problems(), st.integers(0, 20))
def test_what_cannot_be_read_makes_neither_a_yes_nor_a_no_that_hangs_on_it(problem: Small, which: int) -> None:
    """One number of a rule is made a word: the answer is one that holds for every number in its place, or none."""
    text = turtle(problem)
    found = list(re.finditer(r"mc:(minimumCount|minimumCredit|minimumWorkload|maximumCredit) (\d+)", text))
    if not found:
        return
    chosen = found[which % len(found)]

    def status(value: str) -> str:
        told = text[: chosen.start(2)] + value + text[chosen.end(2) :]
        holds = [iri(f"{EX}c{n}") for n in sorted(problem.held)]
        question = Question(holds, iri(f"{EX}c{problem.target}"), DAY, seconds=30)
        return answer(project(triples(told)), question).status

    unread, most = status('"some"'), 30 if chosen[1] == "minimumWorkload" else 4
    for value in range(0, most + 1, 5 if most == 30 else 1):
        if unread == "unreachable":
            assert status(str(value)) == "unreachable"
        elif unread != "undecided":
            assert status(str(value)) in ("held", "complete", "reachable")


@settings(max_examples=60, deadline=None)
@given(problems(), st.sets(st.integers(0, 5)))
def test_what_lapses_before_it_is_used_is_no_way(problem: Small, lapsing: set[int]) -> None:
    """Awards end today, and more than 24 hours of work cannot be done by then; the oracle tries every order."""
    made = tuple(replace(c, hours=(c.hours or 5) * 2) if c.available else c for c in problem.credentials)
    known = Small(made, problem.held, lapsing=problem.held & lapsing)
    least = Oracle(known).least_hours_in_time()
    holds = [iri(f"{EX}award{n}") for n in sorted(known.held)]
    question = Question(holds, iri(f"{EX}c{known.target}"), DAY, "workload", 1, seconds=30)
    found = answer(project(triples(turtle(known))), question)
    event(found.status)
    assert found.is_yes or found.status == "undecided" or least is None
    if found.is_yes:
        plan = found.plans[0]
        assert least is not None and (plan.hours == least if plan.proven else plan.hours >= least)
        assert all(lapse.pace <= 168 for lapse in plan.lapses)
