"""What a provider knows of the world: the references it applies and the needs it answers (clauses 2, 4.2)."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.generate.provider import Provider
from mcqms_kg.generate.spelling import code, text
from mcqms_kg.generate.thing import Thing, document, thing

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


def references(p: Provider) -> Iterator[tuple[str, Thing]]:
    """The references that the system applies, each in its current edition."""
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


def needs(p: Provider) -> Iterator[tuple[str, Thing]]:
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
        document(
            evidence,
            p.iri,
            issuer,
            text(f"Report of the survey: {english}", f"Laporan survei: {indonesian}"),
            p.calendar.day(-rng.randint(20, 650)),
            rng.getrandbits(256),
        ),
    )
