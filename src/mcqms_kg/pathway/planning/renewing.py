"""Credentials that are held by awards that do not count for a rule, and that may be earned again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.answers import Answer, Plan
from mcqms_kg.pathway.planning.holding import Holdings, SetAside
from mcqms_kg.pathway.projection.reading import Projection
from mcqms_kg.pathway.projection.vocabulary import mc

MENDED = ("award-too-old", "award-undated", "assessor-not-certified")
"""Why an award does not count where a new one of the same credential may."""


def to_be_renewed(projection: Projection, found: Answer, day: dt.date) -> tuple[Term, ...]:
    """What a rule of the answer would count if it were newly awarded, and can be learned on the day."""
    refused = dict.fromkeys(credential for credential, _, why in found.refused if why in MENDED)
    return tuple(term for term in refused if projection.credentials[term].available(day))


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


def better(kept: Answer, renewed: Answer) -> Answer:
    """The better of two answers. Which of the old credentials are best earned again was not tried out, so nothing is proven."""
    chosen = renewed if (renewed.is_yes, _merit(renewed)) > (kept.is_yes, _merit(kept)) else kept
    if not chosen.is_yes and not renewed.is_yes:
        return chosen
    return replace(chosen, plans=tuple(replace(plan, proven=False) for plan in chosen.plans), all_found=False)


def _merit(answer: Answer) -> tuple[float, ...]:
    """More is better, in the order that was asked for."""
    if not answer.plans:
        return (-float("inf"),)
    plan = answer.plans[0]
    steps, unknown, hours = -float(_learned(plan)), -float(len(plan.unknown)), -float(plan.hours)
    order = {
        "workload": (unknown, hours, steps),
        "offramps": (float(len(plan.off_ramps)), unknown, hours, steps),
    }
    return order.get(answer.question.best, (steps, unknown, hours))


def _learned(plan: Plan) -> int:
    return sum(step.how == "learn" for step in plan.proof.steps)
