"""How a provider looks at itself: internal audits and management reviews (clauses 9.2, 9.3, 10.2b)."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.generate.provider import Provider
from mcqms_kg.generate.spelling import clause, codes, text, whole
from mcqms_kg.generate.thing import Scene, Thing, thing

_AUDITED = (
    (("evaluation", "improvement"), (4, 7, 10)),
    (("implementation", "assessment"), (5, 8)),
    (("design", "development"), (6, 9)),
)
"""What the audits of the last three years looked at, the latest first: all clauses in one cycle."""


def reviewing(p: Provider) -> Iterator[Scene]:
    """The scenes of audits and reviews."""
    yield p.scene("audits", dict(_audits(p)), known={"quality-head": p.at("staff/quality-head")})
    yield p.scene("reviews", dict(_reviews(p)))


def _audits(p: Provider) -> Iterator[tuple[str, Thing]]:
    for number, (processes, clauses) in enumerate(_AUDITED):
        day = audit_day(p, number)
        year = p.calendar.year(day)
        yield (
            f"audit-{number}",
            thing(
                p.at(f"audit/{number}"),
                "InternalAudit",
                label=text(f"Internal audit {year}", f"Audit internal {year}"),
                belongsTo=p.iri,
                eventDate=p.calendar.day(day),
                auditsClause=tuple(clause(n) for n in clauses),
                auditsProcess=tuple(p.at(f"process/{name}") for name in processes),
                isConductedBy=p.at("staff/auditor"),
            ),
        )


def audit_day(p: Provider, number: int) -> int:
    """The day of an audit, counted from the check date; the latest has the number 0."""
    return -p.random("audits").randint(20, 300) - 365 * number


def _reviews(p: Provider) -> Iterator[tuple[str, Thing]]:
    latest = -p.random("reviews").randint(40, 300)
    for number in range(3):
        day = latest - 365 * number
        year = p.calendar.year(day)
        yield (
            f"review-{number}",
            thing(
                p.at(f"review/{number}"),
                "ManagementReview",
                label=text(f"Management review {year}", f"Tinjauan manajemen {year}"),
                belongsTo=p.iri,
                eventDate=p.calendar.day(day),
                hasInput=codes("input-", "audit-results", "feedback", "objectives"),
                reviewDecision=text(
                    "Widen the offer in the strongest field.", "Memperluas penawaran di bidang terkuat."
                ),
                integratingProgrammeCount=whole(max(1, p.programmes - number)),
            ),
        )
