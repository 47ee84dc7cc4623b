"""What stands behind a micro-credential: needs analysis, validations and results (clauses 8.1, 8.4, 9.1)."""

from __future__ import annotations

from random import Random

from mcqms_kg.generate.credential_plan import Plan
from mcqms_kg.generate.design import Parts
from mcqms_kg.generate.spelling import code, decimal, plain, text, whole
from mcqms_kg.generate.thing import document, thing


def origin(c: Plan) -> Parts:
    """The analysis that it was developed from."""
    label = text(f"Needs analysis: {c.english}", f"Analisis kebutuhan: {c.indonesian}")
    day = c.provider.calendar.day(min(c.offered - 150, -30))
    yield "analysis", thing(c.at("analysis"), "NeedsAnalysis", label=label, belongsTo=c.provider.iri, eventDate=day)


def validations(c: Plan, rng: Random) -> Parts:
    """That of the academic team, and that of an industry body with the letter that shows it."""
    p, industry, evidence = (
        c.provider,
        c.provider.nation.for_field("industry", c.field),
        c.at("validation/industry/evidence"),
    )
    academic_day = min(c.offered - rng.randint(30, 55), -2)
    industry_day = min(c.offered - rng.randint(5, 29), -1)
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
            eventDate=p.calendar.day(academic_day),
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
            eventDate=p.calendar.day(industry_day),
            isEvidencedBy=evidence,
        ),
    )
    yield (
        "evidence",
        document(
            evidence,
            p.iri,
            industry,
            text("Letter of the industry body", "Surat badan industri"),
            p.calendar.day(industry_day),
            rng.getrandbits(256),
        ),
    )


def results(c: Plan, rng: Random) -> Parts:
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
