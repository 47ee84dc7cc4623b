"""A micro-credential, told whole: what it is, who validated it, and what is known of its results (clauses 3, 4.1, 8.1, 8.4, 9.1)."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from mcqms_kg.generate.design import Parts, design
from mcqms_kg.generate.plan import STACK, Plan
from mcqms_kg.generate.spelling import code, codes, decimal, plain, text, web, whole
from mcqms_kg.generate.thing import Scene, Thing, thing


def credential(c: Plan) -> Iterator[Scene]:
    """The scene of a micro-credential; before it the programme or the certificate that it is the first of."""
    rng = c.provider.random(f"{c.path}/story")
    if c.number < c.provider.programmes:
        yield c.provider.scene("programme", dict(_programme(c)))
    if c.step == 0:
        yield c.provider.scene("certificate", {"certificate": _certificate(c)})
    parts = {"credential": _credential(c, rng)}
    for more in (design(c, rng), _origin(c), _validations(c, rng), _paths(c)):
        parts.update(more)
    if "evaluated" in c.marks:
        parts.update(_results(c, rng))
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
        designApprovalDate=day(c.offered - rng.randint(60, 120)),
        firstOfferDate=day(c.offered),
        publicPage=web(c.at("page")[1:-1]),
        **optional,
    )


def _origin(c: Plan) -> Parts:
    label = text(f"Needs analysis: {c.english}", f"Analisis kebutuhan: {c.indonesian}")
    day = c.provider.calendar.day(c.offered - 150)
    yield "analysis", thing(c.at("analysis"), "NeedsAnalysis", label=label, belongsTo=c.provider.iri, eventDate=day)


def _validations(c: Plan, rng: Random) -> Parts:
    p, industry, evidence = (
        c.provider,
        c.provider.nation.for_field("industry", c.field),
        c.at("validation/industry/evidence"),
    )
    academic_day, industry_day = -rng.randint(30, 55), -rng.randint(5, 29)
    accepted = code("decision-accepted")
    yield (
        "academic-validation",
        thing(
            c.at("validation/academic"),
            "AcademicValidation",
            label=text("Academic validation", "Validasi akademik"),
            belongsTo=p.iri,
            isPerformedBy=p.at("unit/curriculum-team"),
            hasDecision=accepted,
            eventDate=p.calendar.day(c.offered + academic_day),
        ),
    )
    yield (
        "industry-validation",
        thing(
            c.at("validation/industry"),
            "IndustryValidation",
            label=text("Industry validation", "Validasi industri"),
            belongsTo=p.iri,
            isPerformedBy=industry,
            hasDecision=accepted,
            eventDate=p.calendar.day(c.offered + industry_day),
            isEvidencedBy=evidence,
        ),
    )
    yield (
        "evidence",
        thing(
            evidence,
            "Evidence",
            label=text("Letter of the industry body", "Surat badan industri"),
            belongsTo=p.iri,
            isIssuedBy=industry,
            effectiveDate=p.calendar.day(c.offered + industry_day),
            sha256=plain(f"{rng.getrandbits(256):064x}"),
        ),
    )


def _paths(c: Plan) -> Parts:
    """What it counts towards, and what integrates it."""
    degree, programme = (c.provider.at(f"{kind}/{c.programme}") for kind in ("degree", "programme"))
    for name, nama, target in (("certificate", "sertifikat", c.certificate), ("degree", "gelar", degree)):
        yield (
            f"progression-{name}",
            thing(
                c.at(f"progression/{name}"),
                "Progression",
                label=text(f"Towards the {name}", f"Menuju {nama}"),
                leadsTo=target,
                creditValue=decimal(c.credits),
            ),
        )
    yield "integration", Thing(programme, {"integrates": c.iri})


def _results(c: Plan, rng: Random) -> Parts:
    """What evaluation, surveys and a look at trends found within the last year."""
    p, day = c.provider, c.provider.calendar.day
    yield (
        "evaluation",
        thing(
            c.at("evaluation"),
            "Evaluation",
            label=text("Yearly evaluation", "Evaluasi tahunan"),
            belongsTo=p.iri,
            evaluates=c.iri,
            eventDate=day(-rng.randint(10, 330)),
        ),
    )
    yield (
        "trends",
        thing(
            c.at("trends"),
            "TrendReview",
            label=text("Review of trends", "Tinjauan tren"),
            belongsTo=p.iri,
            reviewsTrendsFor=c.iri,
            hasDecision=code(rng.choice(("decision-keep", "decision-keep", "decision-update"))),
            eventDate=day(-rng.randint(10, 330)),
        ),
    )
    for group, party in (("industry", "party-industry"), ("graduates", "party-graduates")):
        yield (
            f"satisfaction-{group}",
            thing(
                c.at(f"satisfaction/{group}"),
                "SatisfactionMeasurement",
                label=text(f"Satisfaction of {group}", f"Kepuasan: {group}"),
                belongsTo=p.iri,
                measuresSatisfactionWith=c.iri,
                hasRespondentGroup=code(party),
                measuredValue=decimal(round(min(5.0, max(1.0, rng.gauss(4.0, 0.4))), 1)),
                sampleSize=whole(rng.randint(5, 120)),
                eventDate=day(-rng.randint(10, 330)),
            ),
        )
    yield (
        "graduates",
        thing(
            c.at("graduates"),
            "GraduateOutcomeRecord",
            label=text("What became of graduates", "Capaian lulusan"),
            belongsTo=p.iri,
            tracksGraduatesOf=c.iri,
            cohort=plain(str(p.calendar.year(-300))),
            completionRate=decimal(round(rng.betavariate(9, 2), 2)),
            employmentRate=decimal(round(rng.betavariate(7, 3), 2)),
            eventDate=day(-rng.randint(10, 330)),
        ),
    )


def _programme(c: Plan) -> Parts:
    p, path = c.provider, f"programme/{c.programme}"
    label = text(f"Diploma in {c.field.english}", f"Diploma {c.field.indonesian}")
    groups = codes("target-group-", *p.random(path).sample(("students", "workers", "job-seekers"), 2))
    outcomes = tuple(p.at(f"{path}/outcome/{n}") for n in range(2))
    yield (
        "programme",
        thing(
            p.at(path),
            "StudyProgramme",
            label=label,
            belongsTo=p.iri,
            hasTargetGroup=groups,
            hasProgrammeOutcome=outcomes,
        ),
    )
    for number, outcome in enumerate(outcomes, start=1):
        yield (
            f"outcome-{number}",
            thing(
                outcome,
                "ProgrammeOutcome",
                label=text(f"Graduates master part {number}", f"Lulusan menguasai bagian {number}"),
            ),
        )
    yield (
        "degree",
        thing(
            p.at(f"degree/{c.programme}"), "Qualification", label=label, hasLevel=c.level_term, credits=decimal(110.0)
        ),
    )


def _certificate(c: Plan) -> Thing:
    name = f"{c.field.english} {c.number // STACK + 1}", f"{c.field.indonesian} {c.number // STACK + 1}"
    label = text(f"Occupational certificate: {name[0]}", f"Sertifikat okupasi: {name[1]}")
    return thing(
        c.certificate,
        "Certification",
        label=label,
        hasLevel=c.level_term,
        isCertifiedBy=c.provider.at("certifier/current"),
    )


def stack(members: tuple[Plan, ...]) -> Scene:
    """The rule that makes a certificate of a full stack of micro-credentials."""
    first = members[0]
    rule = first.provider.at(f"stack/{first.number // STACK}")
    every = first.provider.random(f"stack/{first.number}").random() < 0.6
    count, bring = (len(members), sum) if every else (len(members) - 1, min)
    parts = {
        "rule": thing(
            rule,
            "StackingRule",
            label=text(f"{count} of {len(members)} steps", f"{count} dari {len(members)} tahap"),
            hasOption=tuple(c.iri for c in members),
            minimumCount=whole(count),
            minimumCredit=decimal(bring(c.credits for c in members)),
        ),
        "certificate": Thing(first.certificate, {"isStackedBy": rule}),
    }
    return first.provider.scene("stack", parts)
