"""Credentials that are held by awards that do not count for a rule, and that may be earned again."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Sequence
from dataclasses import replace

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.answers import Answer, Plan
from mcqms_kg.pathway.planning.eligible import MENDED
from mcqms_kg.pathway.planning.holding import Holdings, SetAside
from mcqms_kg.pathway.projection.reading import Projection

MOST_TRIED = 4
"""Up to so many awards every choice of those that are earned again is tried."""


def to_be_renewed(projection: Projection, found: Answer, day: dt.date) -> tuple[Term, ...]:
    """What a rule of the answer would count if it were newly awarded, and can be learned or stacked on the day."""
    refused = dict.fromkeys(credential for credential, _, why in found.refused if why in MENDED)
    facts = {term: projection.credentials[term] for term in refused}
    return tuple(term for term, each in sorted(facts.items()) if each.open(day) and (each.offered or each.ways))


def lapsing_too_soon(found: Answer) -> tuple[Term, ...]:
    """The held credentials whose awards lapse before anybody could use them in the plans of the answer; others may do instead."""
    lapsed = (lapse for plan in found.plans for lapse in plan.lapses if lapse.is_too_soon)
    return tuple(sorted({lapse.thing for lapse in lapsed if lapse.thing in found.holdings.credentials}))


def without(projection: Projection, held: Holdings, again: Collection[Term]) -> Holdings:
    """What is held, with the awards of these set aside, so that they may be earned again."""
    aside = [
        SetAside(
            award.term,
            award.credential,
            "award-does-not-count",
            tuple((award.term, mc("issueDate"), o) for o in projection.facts.objects(award.term, mc("issueDate"))),
        )
        for term in again
        for award in held.credentials[term]
    ]
    left = {term: awards for term, awards in held.credentials.items() if term not in again}
    return Holdings(left, held.units, (*held.set_aside, *aside))


def choices(again: Sequence[Term]) -> tuple[tuple[Term, ...], ...]:
    """Which of them to earn again: every choice where they are few, else all, each alone, and all but each."""
    if len(again) <= MOST_TRIED:
        counts = range(1, len(again) + 1)
        return tuple(chosen for n in counts for chosen in itertools.combinations(again, n))
    alone = tuple((term,) for term in again)
    return (tuple(again), *alone, *(tuple(t for t in again if t != term) for term in again))


def taken_as_new(held: Holdings, again: Collection[Term]) -> Holdings:
    """What is held, as if all of these counted everywhere: whoever reaches nothing with them reaches nothing with fewer."""
    return Holdings({**held.credentials, **dict.fromkeys(again, ())}, held.units, held.set_aside)


def best_of(found: Sequence[Answer], whole: bool) -> Answer:
    """The best of the answers to the choices, proven where all were tried, and each is. Further ways are those of the same choice."""
    if any(answer.is_yes for answer in found):
        best = max((answer for answer in found if answer.is_yes), key=_merit)
    elif any(answer.status == "undecided" for answer in found):
        return next(answer for answer in found if answer.status == "undecided")
    else:
        best = max(found, key=_merit)
    sure = whole and all(answer.plans and answer.plans[0].proven for answer in found if answer.is_yes == best.is_yes)
    plans = tuple(replace(p, proven=p.proven and sure and n == 0) for n, p in enumerate(best.plans))
    return replace(best, plans=plans, all_found=False)


def _merit(answer: Answer) -> tuple[float, ...]:
    """More is better, in the order that was asked for; the same with fewer awards set aside is better still."""
    if not answer.plans:
        return (-float("inf"),)
    plan = answer.plans[0]
    steps, unknown, hours = -float(_learned(plan)), -float(len(plan.unknown)), -float(plan.hours)
    order = {
        "workload": (unknown, hours, steps),
        "offramps": (float(len(plan.off_ramps)), unknown, hours, steps),
    }
    rest = float(len(answer.plans)), -float(len(answer.holdings.set_aside))
    sums = sum(m.why == "sum-out-of-reach" for m in plan.missing)  # a gap grants things before sums
    return (-float(sums), -float(len(plan.missing)), *order.get(answer.question.best, (steps, unknown, hours)), *rest)


def _learned(plan: Plan) -> int:
    return sum(step.how == "learn" for step in plan.proof.steps)
