"""What supports a provider: partners, people, licences, registry, budget and awareness (clauses 5.1, 7, 8.3)."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.generate.facts import Field
from mcqms_kg.generate.people import ASSESSORS, assessor, teacher
from mcqms_kg.generate.provider import Provider
from mcqms_kg.generate.spelling import code, decimal, text, web
from mcqms_kg.generate.thing import Scene, Thing, document, thing

_BUDGET = ("management", "material-development", "certification")
_AUDIENCES = ("students", "industry", "education-institutions")


def support(p: Provider) -> Iterator[Scene]:
    """The scenes of support."""
    yield p.scene("engagements", dict(_engagements(p)))
    for number in range(p.teachers):
        yield p.scene("teacher", dict(teacher(p, number)), marks=("spare",) if number else ())
    for number, field in enumerate(p.fields):
        for place in range(ASSESSORS):
            yield p.scene("assessor", dict(assessor(p, f"{number}/{place}", field)))
        yield p.scene("licence", dict(_licence(p, f"licence/{number}", "current", field, p.since, 400)))
        yield p.scene("former-licence", dict(_licence(p, f"licence/former/{number}", "former", field, -4000, -1800)))
    yield p.scene("registry", {"registry": _registry(p)})
    yield p.scene("budget", dict(_budget(p)))
    yield p.scene("awareness", dict(_awareness(p)))


def _engagements(p: Provider) -> Iterator[tuple[str, Thing]]:
    rng = p.random("engagements")
    for name, partner in (
        ("industry", p.nation.for_field("industry", p.fields[0])),
        ("profession", p.nation.for_field("profession", p.fields[0])),
        ("certification", p.at("certifier/current")),
    ):
        begun = -rng.randint(100, 1000)
        evidence = p.at(f"engagement/{name}/evidence")
        yield (
            name,
            thing(
                p.at(f"engagement/{name}"),
                "Engagement",
                label=text(f"Partner: {name}", f"Mitra: {name}"),
                belongsTo=p.iri,
                engages=partner,
                effectiveDate=p.calendar.day(begun),
                expiryDate=p.calendar.day(begun + 1461),
                isEvidencedBy=evidence,
            ),
        )
        yield (
            f"{name}-evidence",
            document(
                evidence,
                p.iri,
                partner,
                text("Agreement signed by the partner", "Perjanjian yang ditandatangani mitra"),
                p.calendar.day(begun),
                rng.getrandbits(256),
                expiryDate=p.calendar.day(begun + 1461),
            ),
        )


def _licence(
    p: Provider, path: str, certifier: str, field: Field, begun: int, ended: int
) -> Iterator[tuple[str, Thing]]:
    evidence, authority = p.at(f"{path}/evidence"), p.nation.at("authority")
    yield (
        "licence",
        thing(
            p.at(path),
            "Licence",
            label=text(f"Licence: {field.english}", f"Lisensi: {field.indonesian}"),
            belongsTo=p.iri,
            isGrantedTo=p.at(f"certifier/{certifier}"),
            isGrantedBy=authority,
            licensesUnit=tuple(unit.iri for unit in field.units),
            effectiveDate=p.calendar.day(begun),
            expiryDate=p.calendar.day(ended),
            isEvidencedBy=evidence,
        ),
    )
    yield (
        "evidence",
        document(
            evidence,
            p.iri,
            authority,
            text("Licence document of the authority", "Dokumen lisensi dari otoritas"),
            p.calendar.day(begun),
            p.random(path).getrandbits(256),
        ),
    )


def _registry(p: Provider) -> Thing:
    label = text("Credential registry", "Registri kredensial")
    return thing(
        p.at("registry"), "InformationSystem", label=label, belongsTo=p.iri, verificationAddress=web(f"{p.base}/verify")
    )


def _budget(p: Provider) -> Iterator[tuple[str, Thing]]:
    rng = p.random("budget")
    begun = -rng.randint(20, 300)
    for purpose in _BUDGET:
        yield (
            purpose,
            thing(
                p.at(f"budget/{purpose}"),
                "BudgetLine",
                label=text(f"Budget, rupiah: {purpose}", f"Anggaran, rupiah: {purpose}"),
                belongsTo=p.iri,
                hasPurpose=code(f"budget-{purpose}"),
                amount=decimal(rng.randint(40, 900) * 1e6),
                effectiveDate=p.calendar.day(begun),
                expiryDate=p.calendar.day(begun + 364),
            ),
        )


def _awareness(p: Provider) -> Iterator[tuple[str, Thing]]:
    rng = p.random("awareness")
    for audience in _AUDIENCES:
        yield (
            audience,
            thing(
                p.at(f"awareness/{audience}"),
                "AwarenessActivity",
                label=text(f"Briefing: {audience}", f"Sosialisasi: {audience}"),
                belongsTo=p.iri,
                hasAudience=code(f"audience-{audience}"),
                eventDate=p.calendar.day(-rng.randint(10, 340)),
            ),
        )
