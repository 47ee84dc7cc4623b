"""Plans from what is held to a target: the best, the next best, or the smallest gaps; each proved apart from the solver."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

from mcqms_kg.errors import BadValue
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.planning import gaps
from mcqms_kg.pathway.planning.answers import BEST, ORDERS, Answer, Plan, Question
from mcqms_kg.pathway.planning.cone import cone, goal_of, is_met, reach
from mcqms_kg.pathway.planning.counting import TooMany, met
from mcqms_kg.pathway.planning.eligible import Eligibility
from mcqms_kg.pathway.planning.encoding import Encoding, OutOfTime
from mcqms_kg.pathway.planning.fallback import some_way
from mcqms_kg.pathway.planning.holding import Holdings, holdings, unknown
from mcqms_kg.pathway.planning.making import Situation, in_time, is_only_way, made
from mcqms_kg.pathway.planning.most_ramps import RampEncoding
from mcqms_kg.pathway.planning.needs import NOTHING, Resolver
from mcqms_kg.pathway.planning.ramps import completed, exits, off_ramps
from mcqms_kg.pathway.planning.renewing import (
    MOST_TRIED,
    best_of,
    choices,
    lapsing_too_soon,
    taken_as_new,
    to_be_renewed,
    without,
)
from mcqms_kg.pathway.planning.solving import Search, Solution
from mcqms_kg.pathway.projection.reading import Projection

MOST_WITH_RAMPS = 25
"""Plans among which the one with most off-ramps is looked for where there is no bound."""
MOST_BOUNDS = 8
"""Plans that are set aside, beyond those asked for, before the best of them is given as not proven."""
MOST_CLOSING = 300
"""Certificates that may be completed on the way; beyond them no bound is looked for."""


def answer(projection: Projection, question: Question, resolver: Resolver | None = None) -> Answer:
    """The answer for a target. Raises `UnknownName` for an IRI that the graph does not know, with what is close.

    A `resolver` of the same holder on the same day is used again, so that many targets cost less.
    """
    target = question.to
    if target is None or question.best not in BEST or question.count < 1:
        raise BadValue(
            "The question names no target, or an order that nobody knows", remedy=f"Known: {', '.join(BEST)}."
        )
    if target not in projection.credentials and target not in projection.jobs:
        raise unknown(projection, target, "is no credential and no job title")
    deadline = time.monotonic() + question.seconds
    resolver = resolver or resolver_of(projection, question)
    found = _answered(projection, question, target, resolver, deadline)
    again = () if found.status in ("held", "complete") else to_be_renewed(projection, found, question.day)
    again = tuple(sorted({*again, *lapsing_too_soon(found)}))
    return _renewed(projection, question, target, found, again, deadline) if again else found


def _renewed(
    projection: Projection, question: Question, target: Term, found: Answer, again: tuple[Term, ...], deadline: float
) -> Answer:
    """The best answer over the choices of awards that are earned again. What is no with all of them taken as new is no."""

    def asked(held: Holdings) -> Answer:
        return _answered(projection, question, target, Resolver(Eligibility(projection, held, question.day)), deadline)

    tried: dict[tuple[Term, ...], Answer] = {}
    while again not in tried and time.monotonic() < deadline:  # what is made of old parts anew asks for these anew too
        tried[again] = asked(without(projection, found.holdings, again))
        more = (*to_be_renewed(projection, tried[again], question.day), *lapsing_too_soon(tried[again]))
        again = tuple(sorted({*again, *more}))
    for chosen in choices(again):
        if chosen not in tried and time.monotonic() < deadline:
            tried[chosen] = asked(without(projection, found.holdings, chosen))
    whole = len(again) <= MOST_TRIED and tried.keys() >= set(choices(again))
    best = best_of((found, *tried.values()), whole)
    if best.is_yes or whole or not asked(taken_as_new(found.holdings, again)).is_yes:
        return best
    return replace(best, status="undecided", plans=(), untried=True)


def resolver_of(projection: Projection, question: Question) -> Resolver:
    """Needs as they are for whoever holds what the question says."""
    return Resolver(Eligibility(projection, holdings(projection, question.holds, question.day), question.day))


def _answered(projection: Projection, question: Question, target: Term, resolver: Resolver, deadline: float) -> Answer:
    """The answer from what is held, nothing of which is earned again."""
    held = resolver.eligible.held
    goal = goal_of(projection, resolver, target)
    inside = cone(projection, resolver, goal, held)
    have = reach(inside, held.credentials)
    known = Situation(projection, question, target, held, resolver, inside, have, deadline)
    if target in held.credentials:
        return _answer(known, "held", ())
    try:
        return _planned(known)
    except TooMany:
        return _answer(known, "undecided", ())


def _planned(known: Situation) -> Answer:
    job = known.projection.jobs.get(known.target)
    if job and not job.requires and known.target not in known.projection.credentials:
        return _answer(known, "undecided", ())
    if is_met(known.inside.goal, known.have):
        plans, all_found = _plans(known)
        if not plans and known.too_soon.plans:
            return _too_soon(known)
        return _answer(known, _status(plans), plans, all_found)
    if _undecided(known):
        return _answer(known, "undecided", ())
    plans, all_found = _gaps(known)
    return _answer(known, "unreachable", plans, all_found)


def _too_soon(known: Situation) -> Answer:
    """No, where no way can be carried out before something lapses; the best of these ways is told."""
    found = known.too_soon
    surely = found.all_found and all(is_only_way(known, plan) for plan in found.plans)
    plans = tuple(replace(p, proven=False, bound=None) for p in found.plans[: known.question.count])
    return _answer(known, "unreachable" if surely else "undecided", plans)


def _status(plans: tuple[Plan, ...]) -> str:
    if not plans:
        return "undecided"
    return "reachable" if any(s.how == "learn" for s in plans[0].proof.steps) else "complete"


def _undecided(known: Situation) -> bool:
    """No answer: nothing says how the target is earned, or it would be reached if what cannot be read were harmless."""
    target = known.projection.credentials.get(known.target)
    if target and not target.offered and not target.ways and target.open(known.question.day, hopeful=True):
        return True
    held = known.held.hopeful()
    resolver = Resolver(Eligibility(known.projection, held, known.question.day, hopeful=True))
    goal = goal_of(known.projection, resolver, known.target)
    inside = cone(known.projection, resolver, goal, held)
    hopeful = reach(inside, held.credentials, optimistic=True)
    try:
        return known.have.undecided or inside.cut or met(goal, hopeful.stages, optimistic=True) is not None
    except TooMany:
        return True


def _plans(known: Situation) -> tuple[tuple[Plan, ...], bool]:
    """The plans asked for, and whether there are no others."""
    question = known.question
    if question.best != "offramps":
        return _take(known, _found(known, question.best), question.count)
    plans, all_found = _with_most_ramps(known)
    best = sorted(plans, key=_by_ramps)[: question.count]
    return tuple(replace(p, proven=p.proven and all_found) for p in best), all_found and len(best) < question.count


def _by_ramps(plan: Plan) -> tuple[int, int, Decimal, int]:
    return -len(plan.off_ramps), len(plan.unknown), plan.hours, len(plan.proof.steps)


def _with_most_ramps(known: Situation) -> tuple[list[Plan], bool]:
    """Plans among which the best are, and whether it is proven that none is better.

    A bound is found, made a plan by leaving out what is needless, and set aside with everything around it, until the bound is no better
    than the plans at hand.
    """
    held, credentials = known.held.credentials, known.projection.credentials
    usable = {t: None for t in known.inside.members if t in known.have.stages}
    closing = completed(known.projection, known.resolver, (*held, *usable))
    closing |= {t: known.inside.members[t] for t in usable if known.inside.members[t].ways}
    ways_out = exits(known.projection, (*usable, *closing), held, known.target)
    if len(closing) > MOST_CLOSING:
        return list(_take(known, _found(known, "offramps"), max(MOST_WITH_RAMPS, known.question.count))[0]), False
    plans: list[Plan] = []
    try:
        encoding = RampEncoding(known.inside, held, usable, deadline=known.deadline, closing=closing, exits=ways_out)
    except OutOfTime:
        return list(_take(known, _found(known, "offramps"), 1)[0]), False
    search = Search(encoding, credentials, ORDERS["ramps"], known.deadline)
    while len(plans) < MOST_BOUNDS + known.question.count:
        bound = search.best()
        if bound is None:
            return (plans or list(_take(known, _found(known, "offramps"), 1)[0])), search.exhausted and bool(plans)
        at_hand = sorted(map(_by_ramps, plans))[: known.question.count]
        if bound.proven and len(at_hand) == known.question.count and at_hand[-1] <= _bound(known, bound):
            return plans, True
        inner = Search(
            Encoding(known.inside, held, dict.fromkeys(bound.earned)), credentials, ORDERS["offramps"], known.deadline
        )
        least = inner.best()
        if least is None:
            break
        plan = made(known, least)
        plans += [plan] if in_time(known, plan) else []
        search.exclude(least)
        if known.too_soon.are_too_many:
            break
    return (plans or list(_take(known, _found(known, "offramps"), 1)[0])), False


def _bound(known: Situation, bound: Solution) -> tuple[int, int, Decimal, int]:
    """What a plan could be at best, in the order of `_by_ramps`."""
    credentials, learned = known.projection.credentials, bound.learned
    out = off_ramps(known.projection, known.resolver, known.held.credentials, bound.earned, known.target)
    hours = sum((credentials[t].hours or NOTHING for t in learned), NOTHING)
    return -len(out), sum(credentials[t].hours is None for t in learned), hours, len(bound.earned)


def _take(known: Situation, found: Iterator[Plan], count: int) -> tuple[tuple[Plan, ...], bool]:
    taken = tuple(itertools.islice(found, count))
    return taken, len(taken) < count and all(p.proven for p in taken) and time.monotonic() < known.deadline


def _found(known: Situation, order: str) -> Iterator[Plan]:
    usable = {t: None for t in known.inside.members if t in known.have.stages}
    held, deadline = known.held.credentials, known.deadline
    yield from _solved(known, (Encoding(known.inside, held, usable, deadline=deadline) for _ in range(1)), order)


def _gaps(known: Situation) -> tuple[tuple[Plan, ...], bool]:
    if known.inside.cut:
        return (), False
    held, have = known.held.credentials, known.have
    made = gaps.encodings(known.projection, known.inside, held, have, known.target, known.deadline)
    found = _solved(known, made, "gap")
    return _take(known, found, known.question.count)


def _solved(known: Situation, encodings: Iterator[Encoding], order: str) -> Iterator[Plan]:
    """The plans of the first encoding that has any; some way where there was no time for one."""
    nothing = True
    with suppress(OutOfTime):
        for encoding in encodings:
            search = Search(encoding, known.projection.credentials, ORDERS[order], known.deadline)
            while not known.too_soon.are_too_many and (found := search.best()):
                nothing, plan = False, made(known, found)
                if is_good := in_time(known, plan):
                    yield plan
                search.exclude(found, with_more=is_good)
            known.too_soon.all_found = search.exhausted
            if not nothing or not search.exhausted:
                break
    if nothing and order != "gap" and (way := some_way(known.inside, known.held, known.have)):
        plan = made(known, way)
        if in_time(known, plan):
            yield plan


def _answer(known: Situation, status: str, plans: tuple[Plan, ...], all_found: bool = False) -> Answer:
    eligible, near = known.resolver.eligible, _near(known)
    return Answer(
        known.question,
        known.target,
        status,
        known.held,
        plans,
        all_found,
        len(known.inside.members),
        known.inside.cut,
        tuple(problem for problem in known.projection.problems if problem.subject in near),
        tuple(sorted(each for each in eligible.assumed if each[2] in near)),
        tuple(sorted((c, rule, why) for (c, rule), why in eligible.refused.items() if rule in near)),
        late=time.monotonic() >= known.deadline,
    )


def _near(known: Situation) -> set[Term]:
    """What concerns this question: everything in the cone, its rules, and what is held."""
    credentials = known.projection.credentials
    near: set[Term] = {known.target, *known.inside.members, *known.held.credentials}
    near |= {aside.award for aside in known.held.set_aside}
    graph = known.projection.facts
    for term in (known.target, *known.inside.members):
        near.update(graph.objects(term, mc("hasProgression")))
        if term in credentials:
            facts = credentials[term]
            near.update(part for rule in (*facts.ways, *facts.requires_rules) for part in rule.parts())
    for term, awards in known.held.credentials.items():
        near.update(graph.objects(term, mc("hasProgression")))
        near.update(level for award in awards for level in award.levels)
    near.update(level for term in near & credentials.keys() for level in credentials[term].levels)
    return near
