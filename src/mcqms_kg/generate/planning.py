"""What a provider plans from: references, needs, risks, opportunities and objectives (clauses 2, 4.2, 6.1, 6.2)."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.generate import words
from mcqms_kg.generate.context import needs
from mcqms_kg.generate.provider import Provider
from mcqms_kg.generate.spelling import code, decimal, text, whole
from mcqms_kg.generate.thing import Scene, Thing, thing

_RISKS = (
    (
        "not-recognised-by-industry",
        "Industry does not recognise the micro-credentials",
        "Industri tidak mengakui mikro-kredensial",
    ),
    ("quality-not-standardised", "Quality differs between groups", "Mutu berbeda antarkelas"),
    ("other", "Equipment falls behind that of employers", "Peralatan tertinggal dari peralatan pemberi kerja"),
)
_OPPORTUNITIES = (
    ("employability", "Graduates find work sooner", "Lulusan lebih cepat memperoleh pekerjaan"),
    ("international-recognition", "Credentials are understood in ASEAN", "Kredensial dipahami di kawasan ASEAN"),
)


def planning(p: Provider) -> Iterator[Scene]:
    """The scenes of planning."""
    yield p.scene("needs", dict(needs(p)))
    yield p.scene("risks", dict(_risks(p)))
    yield p.scene("opportunities", dict(_opportunities(p)))
    for number in range(p.random("objectives").randint(1, 3)):
        yield p.scene("objective", dict(_objective(p, number)))


def _risks(p: Provider) -> Iterator[tuple[str, Thing]]:
    rng = p.random("risks")
    for kind, english, indonesian in _RISKS:
        yield (
            kind,
            thing(
                p.at(f"risk/{kind}"),
                "Risk",
                label=text(english, indonesian),
                belongsTo=p.iri,
                hasRiskKind=code(f"risk-{kind}"),
                likelihood=whole(rng.choice((1, 2, 2, 3, 3, 4))),
                impact=whole(rng.choice((2, 3, 4, 4, 5))),
                isOwnedBy=p.at(rng.choice(("role/quality", "role/operations"))),
                treatment=text(*rng.choice(words.TREATMENTS)),
                nextReviewDate=p.calendar.day(rng.randint(20, 300)),
            ),
        )


def _opportunities(p: Provider) -> Iterator[tuple[str, Thing]]:
    for kind, english, indonesian in _OPPORTUNITIES:
        yield (
            kind,
            thing(
                p.at(f"opportunity/{kind}"),
                "Opportunity",
                label=text(english, indonesian),
                belongsTo=p.iri,
                hasOpportunityKind=code(f"opportunity-{kind}"),
            ),
        )


def _objective(p: Provider, number: int) -> Iterator[tuple[str, Thing]]:
    rng = p.random(f"objective/{number}")
    english, indonesian, unit, satuan = words.INDICATORS[number]
    plan = p.at(f"objective/{number}/plan")
    yield (
        "objective",
        thing(
            p.at(f"objective/{number}"),
            "QualityObjective",
            label=text(english, indonesian),
            belongsTo=p.iri,
            indicator=text(english, indonesian),
            targetValue=decimal(rng.randint(20, 95) / 10),
            unitOfMeasure=text(unit, satuan),
            dueDate=p.calendar.day(rng.randint(-60, 400)),
            isOwnedBy=p.at("role/quality"),
            hasPlan=plan,
        ),
    )
    yield (
        "plan",
        thing(
            plan, "ActionPlan", label=text("Steps for each semester", "Langkah untuk setiap semester"), belongsTo=p.iri
        ),
    )
