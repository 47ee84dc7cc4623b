"""A micro-credential, told whole: what it is, and everything that is told with it (clauses 3, 4.1, 6.2)."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from mcqms_kg.generate.backing import origin, results, validations
from mcqms_kg.generate.credential_plan import Plan
from mcqms_kg.generate.design import design
from mcqms_kg.generate.paths import certificate, paths, programme
from mcqms_kg.generate.spelling import codes, decimal, text, web
from mcqms_kg.generate.thing import Scene, Thing, thing


def credential(c: Plan) -> Iterator[Scene]:
    """The scene of a micro-credential; before it the programme or the certificate that it is the first of."""
    rng = c.provider.random(f"{c.path}/story")
    if c.number < c.provider.programmes:
        yield c.provider.scene("programme", dict(programme(c)))
    if c.step == 0:
        yield c.provider.scene("certificate", {"certificate": certificate(c)})
    parts = {"credential": _credential(c, rng)}
    for more in (design(c, rng), origin(c), validations(c, rng), paths(c)):
        parts.update(more)
    if "evaluated" in c.marks:
        parts.update(results(c, rng))
    known = {"need-of-learners": c.provider.at("need/learners-and-workers/0"), "first-unit": c.units[0].iri}
    yield c.provider.scene("credential", parts, known=known, marks=c.marks)


def _credential(c: Plan, rng: Random) -> Thing:
    p, day = c.provider, c.provider.calendar.day
    optional: dict[str, str | tuple[str, ...]] = {}
    if c.step:
        optional["requires"] = p.at(f"credential/{c.number - 1}")
        optional["prerequisiteText"] = text("The step before it in the stack.", "Tahap sebelumnya dalam rangkaian.")
    if c.withdrawn is not None:
        optional["withdrawalDate"] = day(c.withdrawn)
    return thing(
        c.iri,
        "MicroCredential",
        label=text(c.english, c.indonesian),
        isOfferedBy=p.iri,
        hasLevel=c.level_term,
        workloadHours=decimal(c.hours),
        credits=decimal(c.credits),
        answersNeed=p.at(f"need/industry/{p.fields.index(c.field)}"),
        takesIntoAccount=c.field.decree,
        isBasedOn=c.at("analysis"),
        hasOutcome=tuple(c.at(f"outcome/{n}") for n in range(len(c.units))),
        hasSkillSet=c.at("skills"),
        isIntegratedIn=c.at("course"),
        servesProgrammeOutcome=p.at(f"programme/{c.programme}/outcome/{rng.randint(0, 1)}"),
        isTaughtBy=p.at(f"teacher/{c.number % p.teachers}"),
        hasInstructionalDesign=c.at("design"),
        hasAssessmentScheme=c.at("scheme"),
        isCertifiedBy=p.at("certifier/current"),
        hasValidation=(c.at("validation/academic"), c.at("validation/industry")),
        hasProgression=(c.at("progression/certificate"), c.at("progression/degree")),
        hasParticipationForm=codes("participation-", rng.choice(("online", "on-site", "blended", "blended"))),
        hasQualityAssurance=codes("quality-assurance-", "internal", "external"),
        designApprovalDate=day(min(c.offered - rng.randint(60, 120), -10)),
        firstOfferDate=day(c.offered),
        publicPage=web(c.at("page")[1:-1]),
        **optional,
    )
