"""One plan from one solution: proved apart from the solver, with what it costs, where it may be left, and what lapses meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field

from mcqms_kg.errors import McqmsError
from mcqms_kg.model import Term
from mcqms_kg.pathway.planning import gaps
from mcqms_kg.pathway.planning.answers import Plan, Question
from mcqms_kg.pathway.planning.cone import Cone, Reached
from mcqms_kg.pathway.planning.hinges import is_clear
from mcqms_kg.pathway.planning.holding import Holdings
from mcqms_kg.pathway.planning.lapsing import lapses
from mcqms_kg.pathway.planning.needs import NOTHING, Resolver
from mcqms_kg.pathway.planning.proofs import longest_hours, prove
from mcqms_kg.pathway.planning.ramps import off_ramps
from mcqms_kg.pathway.planning.solving import Solution
from mcqms_kg.pathway.projection.reading import Projection

MOST_TOO_SOON = 25
"""Plans that nobody could carry out that are set aside; beyond them no other is looked for."""


@dataclass
class TooSoon:
    """Plans that nobody could carry out, as something lapses too soon; and whether there are no others."""

    plans: list[Plan] = field(default_factory=list)
    all_found: bool = False

    @property
    def are_too_many(self) -> bool:
        return len(self.plans) > MOST_TOO_SOON


@dataclass(frozen=True)
class Situation:
    """Everything that is known of a question before plans are made."""

    projection: Projection
    question: Question
    target: Term
    held: Holdings
    resolver: Resolver
    inside: Cone
    have: Reached
    deadline: float
    too_soon: TooSoon = field(default_factory=TooSoon)


def made(known: Situation, found: Solution) -> Plan:
    """A solution with its proof; a solution that does not prove itself is a fault of ours and never an answer."""
    day, credentials = known.question.day, known.projection.credentials
    lacking = gaps.missing(known.projection, known.inside, found, day)
    whole = not found.absent and not found.short
    proof = prove(known.inside, known.held.credentials, found.earned, found.learned, found.granted, whole)
    if proof is None:
        raise McqmsError("A plan did not prove itself", remedy="Please report this question with its data.")
    hours = sum((credentials[t].hours or NOTHING for t in found.learned), NOTHING)
    told = [credits for t in found.learned if (credits := credentials[t].credits) is not None]
    return Plan(
        proof,
        hours,
        tuple(sorted(t for t in found.learned if credentials[t].hours is None)),
        sum(told, NOTHING) if told or not found.learned else None,
        tuple(sorted(t for t in found.learned if credentials[t].credits is None)),
        max((s.stage for s in proof.steps), default=0),
        longest_hours(proof, credentials),
        off_ramps(
            known.projection,
            known.resolver,
            known.held.credentials,
            known.have.stages.keys() & found.earned,
            known.target,
        ),
        lacking,
        found.proven and not known.inside.cut,
        None if known.question.best == "offramps" and not lacking else found.bound,
        () if lacking else lapses(known.projection, known.held, proof, known.target, day),
    )


def in_time(known: Situation, plan: Plan) -> bool:
    """Whether somebody could carry the plan out before anything lapses that it needs; where not, it is kept as one that came too soon."""
    if not any(lapse.is_too_soon for lapse in plan.lapses):
        return True
    known.too_soon.plans.append(plan)
    return False


def is_only_way(known: Situation, plan: Plan) -> bool:
    """Whether what the plan earns can be counted in no other way, so that what lapses for it lapses for certain."""
    have = {*known.held.credentials, *(step.credential for step in plan.proof.steps)}
    members = (known.inside.members[step.credential] for step in plan.proof.steps)
    needs = (known.inside.goal, *(need for member in members for need in member.needs()))
    return all(len(known.inside.members[s.credential].ways) <= 1 for s in plan.proof.steps) and all(
        is_clear(need, have) for need in needs
    )
