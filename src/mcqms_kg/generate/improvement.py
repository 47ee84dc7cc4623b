"""How a provider checks and improves itself: audits, reviews, findings, complaints and a waiver (clauses 9.2, 9.3, 10.1)."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.generate import words
from mcqms_kg.generate.provider import Provider
from mcqms_kg.generate.spelling import clause, code, codes, requirement, text, whole
from mcqms_kg.generate.thing import Scene, Thing, thing

_AUDITED = (
    (("evaluation", "improvement"), (4, 7, 10)),
    (("implementation", "assessment"), (5, 8)),
    (("design", "development"), (6, 9)),
)
"""What the audits of the last three years looked at, the latest first: all clauses in one cycle."""


def improvement(p: Provider) -> Iterator[Scene]:
    """The scenes of checking and improving."""
    yield p.scene("audits", dict(_audits(p)), known={"quality-head": p.at("staff/quality-head")})
    yield p.scene("reviews", dict(_reviews(p)))
    rng = p.random("problems")
    for kind, count in (("finding", rng.randint(1, 3)), ("complaint", rng.randint(1, 2))):
        for number in range(count):
            closed = number == 0 or rng.random() < 0.4
            parts = dict(_problem(p, kind, number, closed))
            yield p.scene(kind, parts, marks=("closed" if closed else "open",))
    yield p.scene("waiver", {"waiver": _waiver(p)})


def _audits(p: Provider) -> Iterator[tuple[str, Thing]]:
    for number, (processes, clauses) in enumerate(_AUDITED):
        day = _audit_day(p, number)
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


def _audit_day(p: Provider, number: int) -> int:
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


def _problem(p: Provider, kind: str, number: int, closed: bool) -> Iterator[tuple[str, Thing]]:
    """A finding or complaint, its corrective action, and where it is closed the check that the action is effective."""
    rng = p.random(f"{kind}/{number}")
    label, correction, cause = rng.choice(words.PROBLEMS)
    audit = 1 if closed else 0
    if kind == "finding":
        found = _audit_day(p, audit)
    else:
        found = -rng.randint(200, 320) if closed else -rng.randint(5, 60)
    due = found + rng.randint(70, 150) if closed else rng.randint(10, 120)
    path, action = f"{kind}/{number}", p.at(f"{kind}/{number}/action")
    day = p.calendar.day
    problem = thing(
        p.at(path),
        "AuditFinding" if kind == "finding" else "Complaint",
        label=text(*label),
        belongsTo=p.iri,
        concerns=p.at("process/assessment"),
        eventDate=day(found),
        correction=text(*correction),
        rootCause=text(*cause),
        hasCorrectiveAction=action,
    )
    more: dict[str, str] = {"isFoundIn": p.at(f"audit/{audit}")} if kind == "finding" else {}
    done: dict[str, str] = {}
    if closed:
        more |= {"hasEffectivenessCheck": p.at(f"{path}/check"), "closureDate": day(found + rng.randint(120, 170))}
        done = {"completionDate": day(found + rng.randint(20, 60))}
        yield (
            "check",
            thing(
                p.at(f"{path}/check"),
                "EffectivenessCheck",
                label=text("Forty records checked", "Empat puluh rekaman diperiksa"),
                belongsTo=p.iri,
                eventDate=day(found + rng.randint(70, 110)),
                hasResult=code("result-effective"),
            ),
        )
    yield "problem", Thing(problem.iri, {**problem.says, **more})
    yield (
        "action",
        thing(
            action,
            "CorrectiveAction",
            label=text("Remove the cause", "Menghilangkan penyebab"),
            belongsTo=p.iri,
            isOwnedBy=p.at("role/quality"),
            dueDate=day(due),
            **done,
        ),
    )


def _waiver(p: Provider) -> Thing:
    """A waiver that covers nobody whom a rule asks for training, so that it hides no finding."""
    granted = -p.random("waiver").randint(10, 200)
    return thing(
        p.at("waiver"),
        "Waiver",
        label=text("Waiver: training of the dean", "Dispensasi: pelatihan dekan"),
        belongsTo=p.iri,
        waives=requirement("7.2a"),
        appliesTo=p.at("staff/dean"),
        reason=text("Sabbatical leave.", "Cuti sabatikal."),
        isGrantedBy=p.at("staff/director"),
        effectiveDate=p.calendar.day(granted),
        expiryDate=p.calendar.day(granted + 300),
    )
