"""What went wrong at a provider and was put right: audit findings and complaints, and a waiver (clauses 10.1, X3)."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.generate import words
from mcqms_kg.generate.provider import Provider
from mcqms_kg.generate.reviewing import audit_day
from mcqms_kg.generate.spelling import code, requirement, text
from mcqms_kg.generate.thing import Objects, Scene, Thing, thing


def problems(p: Provider) -> Iterator[Scene]:
    """Findings and complaints, the first of each closed, and the waiver."""
    rng = p.random("problems")
    for kind, count in (("finding", rng.randint(1, 3)), ("complaint", rng.randint(1, 2))):
        for number in range(count):
            closed = number == 0 or rng.random() < 0.4
            told = _finding(p, number, closed) if kind == "finding" else _complaint(p, number, closed)
            yield p.scene(kind, dict(told), marks=("closed" if closed else "open",))
    yield p.scene("waiver", {"waiver": _waiver(p)})


def _finding(p: Provider, number: int, closed: bool) -> Iterator[tuple[str, Thing]]:
    """What is closed was found in the audit before the last one."""
    audit = 1 if closed else 0
    says: dict[str, Objects] = {"isFoundIn": p.at(f"audit/{audit}")}
    return _problem(p, "AuditFinding", f"finding/{number}", audit_day(p, audit), closed, says)


def _complaint(p: Provider, number: int, closed: bool) -> Iterator[tuple[str, Thing]]:
    rng = p.random(f"complaint/{number}/day")
    made = -rng.randint(200, 320) if closed else -rng.randint(5, 60)
    return _problem(p, "Complaint", f"complaint/{number}", made, closed, {})


def _problem(
    p: Provider, kind: str, path: str, found: int, closed: bool, says: dict[str, Objects]
) -> Iterator[tuple[str, Thing]]:
    """A problem, its corrective action, and where it is closed the check that the action is effective."""
    rng, day, action = p.random(path), p.calendar.day, p.at(f"{path}/action")
    label, correction, cause = rng.choice(words.PROBLEMS)
    due = found + rng.randint(70, 150) if closed else rng.randint(10, 120)
    if closed:
        says |= {"hasEffectivenessCheck": p.at(f"{path}/check"), "closureDate": day(found + rng.randint(120, 170))}
        yield "check", _check(p, path, found + rng.randint(70, 110))
    yield "action", _action(p, action, due, found + rng.randint(20, 60) if closed else None)
    yield (
        "problem",
        thing(
            p.at(path),
            kind,
            label=text(*label),
            belongsTo=p.iri,
            concerns=p.at("process/assessment"),
            eventDate=day(found),
            correction=text(*correction),
            rootCause=text(*cause),
            hasCorrectiveAction=action,
            **says,
        ),
    )


def _action(p: Provider, iri: str, due: int, completed: int | None) -> Thing:
    done = {} if completed is None else {"completionDate": p.calendar.day(completed)}
    return thing(
        iri,
        "CorrectiveAction",
        label=text("Remove the cause", "Menghilangkan penyebab"),
        belongsTo=p.iri,
        isOwnedBy=p.at("role/quality"),
        dueDate=p.calendar.day(due),
        **done,
    )


def _check(p: Provider, path: str, day: int) -> Thing:
    return thing(
        p.at(f"{path}/check"),
        "EffectivenessCheck",
        label=text("Forty records checked", "Empat puluh rekaman diperiksa"),
        belongsTo=p.iri,
        eventDate=p.calendar.day(day),
        hasResult=code("result-effective"),
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
