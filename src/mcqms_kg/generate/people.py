"""The teachers and assessors of a provider, with their certificates and training (clauses 7.1a, 7.2a)."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.generate.facts import Field
from mcqms_kg.generate.provider import Provider
from mcqms_kg.generate.spelling import text
from mcqms_kg.generate.thing import Thing, thing

ASSESSORS = 2
"""Assessors in every field."""


def teacher(p: Provider, number: int) -> Iterator[tuple[str, Thing]]:
    """A teacher with certificate and training."""
    rng = p.random(f"teacher/{number}")
    certified = -rng.randint(60, 900)
    issuer = p.nation.for_field("profession", p.fields[number % len(p.fields)])
    certificate = p.at(f"teacher/{number}/certificate")
    yield (
        "teacher",
        thing(
            p.at(f"teacher/{number}"),
            "Teacher",
            label=text(f"Lecturer {number + 1}", f"Dosen {number + 1}"),
            belongsTo=p.iri,
            holdsCertificate=certificate,
        ),
    )
    yield (
        "certificate",
        thing(
            certificate,
            "StaffCertificate",
            label=text(f"Certificate of lecturer {number + 1}", f"Sertifikat dosen {number + 1}"),
            belongsTo=p.iri,
            isIssuedBy=issuer,
            effectiveDate=p.calendar.day(certified),
            expiryDate=p.calendar.day(certified + 1095),
        ),
    )
    yield "training", _training(p, f"teacher/{number}", -rng.randint(10, 640))


def assessor(p: Provider, path: str, field: Field) -> Iterator[tuple[str, Thing]]:
    """An assessor whose certificate was renewed before it ended, so that every day of the last years is covered."""
    rng = p.random(f"assessor/{path}")
    renewed = -rng.randint(100, 900)
    name, assessor = path.replace("/", "-"), p.at(f"assessor/{path}")
    certificates = (p.at(f"assessor/{path}/certificate/old"), p.at(f"assessor/{path}/certificate/new"))
    yield (
        "assessor",
        thing(
            assessor,
            "Assessor",
            label=text(f"Assessor {name}", f"Asesor {name}"),
            belongsTo=p.iri,
            holdsCertificate=certificates,
        ),
    )
    for certificate, begun, ended in (
        (certificates[0], -1900, renewed + 30),
        (certificates[1], renewed, renewed + 1095),
    ):
        yield (
            certificate,
            thing(
                certificate,
                "StaffCertificate",
                label=text(f"Certificate of assessor {name}", f"Sertifikat asesor {name}"),
                belongsTo=p.iri,
                isIssuedBy=p.nation.at("authority"),
                certifiesUnit=tuple(unit.iri for unit in field.units),
                effectiveDate=p.calendar.day(begun),
                expiryDate=p.calendar.day(ended),
            ),
        )
    yield "training", _training(p, f"assessor/{path}", -rng.randint(10, 640))


def _training(p: Provider, who: str, day: int) -> Thing:
    return thing(
        p.at(f"{who}/training"),
        "TrainingRecord",
        label=text("Workshop on competency-based assessment", "Lokakarya asesmen berbasis kompetensi"),
        belongsTo=p.iri,
        trains=p.at(who),
        eventDate=p.calendar.day(day),
    )
