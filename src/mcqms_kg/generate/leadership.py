"""How a provider leads its system: the provider with its references, scope, policy, commitment (clauses 1, 2, 5)."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.generate.context import references
from mcqms_kg.generate.provider import Provider
from mcqms_kg.generate.roles import roles
from mcqms_kg.generate.spelling import codes, plain, text, web
from mcqms_kg.generate.thing import Scene, Thing, thing


def leadership(p: Provider) -> Iterator[Scene]:
    """The scenes of leadership. Where a provider operates decides which references it needs, so both are one scene."""
    yield p.scene("provider", {"provider": _provider(p), **dict(references(p))})
    yield from roles(p)
    yield p.scene("scope", {"scope": _scope(p)})
    yield p.scene("policy", {"policy": _policy(p), "standard": _standard(p)})
    yield p.scene("commitment", {"commitment": _commitment(p)})


def _provider(p: Provider) -> Thing:
    rng = p.random("reach")
    subject = codes("reference-", "national-regulation", *(["good-practice"] if rng.random() < 0.3 else []))
    countries = (plain("ID"), *([plain(rng.choice(("MY", "SG", "TL", "JP")))] if rng.random() < 0.15 else []))
    return thing(
        p.iri,
        "Provider",
        label=text(p.english, p.indonesian),
        notation=plain(f"P{p.number:05d}"),
        country=plain("ID"),
        countryOfOperation=countries,
        isSubjectTo=subject,
        publicPage=web(f"{p.base}/micro-credentials"),
    )


def _scope(p: Provider) -> Thing:
    return thing(
        p.at("scope"),
        "ScopeStatement",
        label=text("Scope of the system", "Ruang lingkup sistem"),
        belongsTo=p.iri,
        coversStage=codes(
            "stage-", "design", "validation", "implementation", "assessment", "certification", "evaluation"
        ),
        effectiveDate=p.calendar.day(p.since + 10),
    )


def _policy(p: Provider) -> Thing:
    approved = -p.random("policy").randint(200, 1200)
    return thing(
        p.at("policy"),
        "QualityPolicy",
        belongsTo=p.iri,
        label=text(
            f"Micro-credential policy {p.calendar.year(approved)}",
            f"Kebijakan mikro-kredensial {p.calendar.year(approved)}",
        ),
        isApprovedBy=p.at("staff/director"),
        approvalDate=p.calendar.day(approved),
        effectiveDate=p.calendar.day(approved + 14),
        answersNeed=p.at("need/industry/0"),
        compliesWith=p.nation.at("regulation"),
        setsStandard=p.at("standard"),
    )


def _standard(p: Provider) -> Thing:
    return thing(
        p.at("standard"),
        "QualityStandard",
        label=text("Quality standard for micro-credentials", "Standar mutu mikro-kredensial"),
        belongsTo=p.iri,
    )


def _commitment(p: Provider) -> Thing:
    signed = -p.random("commitment").randint(100, 900)
    return thing(
        p.at("commitment"),
        "ManagementCommitment",
        belongsTo=p.iri,
        label=text(
            "Commitment to micro-credentials in the curriculum", "Komitmen terhadap mikro-kredensial dalam kurikulum"
        ),
        isSignedBy=p.at("staff/director"),
        signatureDate=p.calendar.day(signed),
        effectiveDate=p.calendar.day(signed + 5),
        expiryDate=p.calendar.day(signed + 5 + 1095),
    )
