"""What lapses while a plan is carried out, as reasons: until when it counts, and how much work has to be done by then."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.planning.holding import Holdings
from mcqms_kg.pathway.planning.lapsing import Lapse
from mcqms_kg.pathway.projection.reading import Projection
from mcqms_kg.pathway.telling.evidence import stated
from mcqms_kg.pathway.telling.reason import Reason

STATED = {
    "award": ("validityMonths",),
    "age": (),
    "offer": ("withdrawalDate",),
    "exemption": ("exemptsFrom", "expiryDate"),
    "validity": ("validityMonths",),
}
"""What is stated of the thing itself, by how it lapses."""


def of_lapse(projection: Projection, held: Holdings, lapse: Lapse) -> Reason:
    """Until when something counts, what it is needed for, and whether that is in time."""
    then = "lapse-in-time"
    if lapse.is_too_soon:
        then = "lapse-too-soon"
    elif lapse.unknown:
        then = "lapse-more" if lapse.hours else "lapse-unlooked"
    months = projection.credentials[lapse.thing].validity_months if lapse.kind == "validity" else None
    numbers = {"last": lapse.last, "hours": lapse.hours, "pace": rounded(lapse.pace), "months": months}
    names: dict[str, Term | tuple[Term, ...]] = {
        "thing": lapse.thing,
        "needed_for": lapse.needed_for,
        "unknown": lapse.unknown,
    }
    return Reason(f"lapse-{lapse.kind}", names, numbers, _statements(projection, held, lapse), then=then)


def _statements(projection: Projection, held: Holdings, lapse: Lapse) -> tuple[Triple, ...]:
    found = list(stated(projection, lapse.thing, *STATED[lapse.kind]))
    for award in held.credentials.get(lapse.thing, ()) if lapse.kind in ("award", "age") else ():
        found += stated(projection, award.term, "awardsCredential", "issueDate", "expiryDate")
    if lapse.kind == "age" and lapse.needed_for in projection.credentials:
        rules = (node.term for way in projection.credentials[lapse.needed_for].ways for node in way.nodes())
        found += [
            (rule, mc("maximumAgeMonths"), o)
            for rule in rules
            for o in projection.facts.objects(rule, mc("maximumAgeMonths"))
        ]
    return tuple(dict.fromkeys(found))


def rounded(pace: Decimal) -> Decimal:
    """Hours a week with one place, never too few."""
    return pace.quantize(Decimal("0.1"), ROUND_UP)
