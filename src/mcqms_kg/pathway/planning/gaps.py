"""What is missing where a target cannot be reached: the fewest things, minimal, with why each cannot be had."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from decimal import Decimal

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.answers import Missing
from mcqms_kg.pathway.planning.cone import Cone, Reached
from mcqms_kg.pathway.planning.encoding import SCALE, Allowed, Encoding, in_circles
from mcqms_kg.pathway.planning.solving import Solution
from mcqms_kg.pathway.projection.reading import Projection


def encodings(
    projection: Projection, inside: Cone, held: Collection[Term], have: Reached, target: Term, deadline: float
) -> Iterator[Encoding]:
    """What may be granted: parts first, then the target itself; sums fall short only where all things together cannot bring them."""
    may = grantable(projection, inside, have)
    for sums in (False, True):
        yield Encoding(inside, held, inside.members, Allowed(may - {target}, units=True, sums=sums), deadline)
        if target in may:
            yield Encoding(inside, held, inside.members, Allowed(may, units=True, sums=sums), deadline)


def grantable(projection: Projection, inside: Cone, have: Reached) -> frozenset[Term]:
    """The root causes: what can be earned in no way, or stands in a circle. What is made of parts, or asks for more first, lacks that."""
    lost = [t for t in inside.members if t not in have.stages]
    circle = in_circles(inside, lost)
    return frozenset(
        t
        for t in lost
        if t in circle
        or not (inside.members[t].ways or inside.members[t].learnable)
        or (projection.credentials[t].offered and not inside.members[t].learnable)
    )


def missing(projection: Projection, inside: Cone, found: Solution, day: dt.date) -> tuple[Missing, ...]:
    """The gap of a solution in words that can be explained."""
    circle = in_circles(inside, inside.members)
    granted = (Missing("credential", t, None, _why(projection, t, day, t in circle)) for t in found.granted)
    absent = (Missing(_shown_as(projection, t), t, None, "shown-by-nothing") for t in found.absent)
    short = (Missing(what, rule, _amount(what, amount), "sum-out-of-reach") for what, rule, amount in found.short)
    return tuple(sorted((*granted, *absent, *short), key=lambda m: (m.kind, m.term)))


def _shown_as(projection: Projection, term: Term) -> str:
    if term in projection.levels:
        return "level"
    return "skill" if projection.facts.subjects(mc("requiresSkill"), term) else "unit"


def _amount(what: str, amount: int) -> Decimal:
    return Decimal(amount) if what == "count" else Decimal(amount) / SCALE


def _why(projection: Projection, term: Term, day: dt.date, circle: bool) -> str:
    credential = projection.credentials[term]
    if credential.withdrawal and credential.withdrawal <= day:
        return "withdrawn"
    if credential.first_offer and credential.first_offer > day:
        return "not-yet-offered"
    if circle:
        return "in-a-circle"
    return "no-way-stated"
