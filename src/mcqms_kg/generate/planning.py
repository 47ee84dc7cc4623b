"""What a provider plans from: references, needs, risks, opportunities and objectives (clauses 2, 4.2, 6.1, 6.2)."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.generate import words
from mcqms_kg.generate.provider import Provider
from mcqms_kg.generate.spelling import code, decimal, plain, text, whole
from mcqms_kg.generate.thing import Scene, Thing, thing

_REFERENCES = (
    "occupation-map",
    "job-title-dictionary",
    "competency-standards",
    "qualification-framework",
    "aqrf",
    "rmcs",
    "iso-9001",
    "unesco-guidelines",
    "national-regulation",
    "good-practice",
)
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
    yield p.scene("references", dict(_references(p)))
    yield p.scene("needs", dict(_needs(p)))
    yield p.scene("risks", dict(_risks(p)))
    yield p.scene("opportunities", dict(_opportunities(p)))
    for number in range(p.random("objectives").randint(1, 3)):
        yield p.scene("objective", dict(_objective(p, number)))


def _references(p: Provider) -> Iterator[tuple[str, Thing]]:
    for name in _REFERENCES:
        edition = p.fields[0].decree if name == "competency-standards" else p.nation.at(f"edition/{name}")
        yield (
            name,
            thing(
                p.at(f"reference/{name}"),
                "Reference",
                label=text(f"Reference: {name}", f"Acuan: {name}"),
                belongsTo=p.iri,
                hasReferenceKind=code(f"reference-{name}"),
                usesEdition=edition,
            ),
        )


def _needs(p: Provider) -> Iterator[tuple[str, Thing]]:
    """A need of industry for every field, and one of higher education and of learners and workers."""
    for number, field in enumerate(p.fields):
        issuer = p.nation.for_field("industry", field)
        yield from _need(
            p,
            "industry",
            number,
            issuer,
            f"People who work in {field.english}",
            f"Tenaga kerja di bidang {field.indonesian}",
        )
    academic = p.at("unit/academic")
    yield from _need(
        p, "higher-education", 0, academic, "Courses that can be credited", "Mata kuliah yang dapat dikreditkan"
    )
    yield from _need(
        p, "learners-and-workers", 0, academic, "Proof of skill before graduation", "Bukti keterampilan sebelum lulus"
    )


def _need(
    p: Provider, party: str, number: int, issuer: str, english: str, indonesian: str
) -> Iterator[tuple[str, Thing]]:
    rng = p.random(f"need/{party}/{number}")
    asked = rng.randint(12, 90)
    evidence = p.at(f"need/{party}/{number}/evidence")
    yield (
        f"{party}-{number}",
        thing(
            p.at(f"need/{party}/{number}"),
            "Need",
            label=text(english, indonesian),
            belongsTo=p.iri,
            hasInterestedParty=code(f"party-{party}"),
            isEvidencedBy=evidence,
            source=text(f"Survey with {asked} answers.", f"Survei dengan {asked} jawaban."),
        ),
    )
    yield (
        f"{party}-{number}-evidence",
        thing(
            evidence,
            "Evidence",
            label=text(f"Report of the survey: {english}", f"Laporan survei: {indonesian}"),
            belongsTo=p.iri,
            isIssuedBy=issuer,
            effectiveDate=p.calendar.day(-rng.randint(20, 650)),
            sha256=plain(f"{rng.getrandbits(256):064x}"),
        ),
    )


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
