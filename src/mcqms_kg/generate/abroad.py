"""Recognition of what the nation awards: bodies abroad, their agreements, and how levels are referenced to an invented framework."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from mcqms_kg.generate.authorities import Nation
from mcqms_kg.generate.facts import facts
from mcqms_kg.generate.provider import Provider
from mcqms_kg.generate.spelling import TRUE, code, decimal, plain, text, whole
from mcqms_kg.generate.thing import Objects, Thing, thing

COUNTRIES = ("MY", "SG", "TH", "PH", "VN", "AU")
"""Where a body honours awards of the nation."""
_TERMS: tuple[dict[str, Objects], ...] = (
    {},
    {"transferRate": decimal(1.5), "transferCap": decimal(6.0)},
    {"minimumWorkload": decimal(60.0)},
    {"conditionText": text("The holder passes an interview.", "Pemegang lulus wawancara.")},
    {"isExtendedToHonouredAwards": TRUE},
)

_PERIODS = ((-700, 760), (-700, 760), (-1500, -40), (60, 1500))
_HOW_MANY = (2, 1, 3, 1, 0, 2)
"""Agreements of a provider; with terms and periods they go by its number, so that a few providers show every kind."""


def foreign_things(nation: Nation) -> Iterator[Thing]:
    """What all share: universities abroad, a regulator that honours whom the authority licenses, and the framework with its rows."""
    for country in COUNTRIES:
        yield thing(
            _university(nation, country),
            "Organisation",
            label=text(f"University in {country} (example)", f"Universitas di {country} (contoh)"),
            country=plain(country),
        )
    regulator = nation.at("abroad/regulator")
    label = text("Regulator abroad (example)", "Regulator di luar negeri (contoh)")
    yield thing(regulator, "Regulator", label=label, country=plain(COUNTRIES[0]))
    name = text("Agreement of the two authorities", "Perjanjian kedua otoritas")
    parties: dict[str, Objects] = {"recognisesAwardsOf": nation.at("authority"), "isHonouredBy": regulator}
    yield from _agreement(nation, nation.at("abroad/agreement"), name, parties, (-900, 1200))
    yield from _framework(nation)


def _university(nation: Nation, country: str) -> str:
    return nation.at(f"abroad/university/{country.lower()}")


def _framework(nation: Nation) -> Iterator[Thing]:
    """Of the rows every second one is endorsed, one has ended, and one holds both ways."""
    framework = nation.at("abroad/framework")
    label = text("Framework of an invented country", "Kerangka negara rekaan")
    yield thing(framework, "QualificationFramework", label=label, notation=plain("XQF"))
    for number, home in sorted(facts().levels.items()):
        level = nation.at(f"abroad/level/{number}")
        names = text(f"Level {number} abroad", f"Jenjang {number} di luar negeri")
        yield thing(level, "QualificationLevel", label=names, isLevelOf=framework, levelNumber=whole(number))
        says: dict[str, Objects] = {"hasSourceLevel": home, "hasTargetLevel": level}
        says["hasReferencingStatus"] = code("referencing-endorsed" if number % 2 else "referencing-unverified")
        says |= {"expiryDate": nation.calendar.day(-30)} if number == 3 else {}
        says |= {"isMutual": TRUE} if number == 5 else {}
        row = text(
            f"KKNI level {number} and level {number} abroad",
            f"KKNI jenjang {number} dan jenjang {number} di luar negeri",
        )
        yield thing(nation.at(f"abroad/row/{number}"), "LevelReferencing", label=row, **says)


def agreements(p: Provider) -> Iterator[Thing]:
    """By which bodies abroad honour what a provider's certifier awards: in force, ended or still to come, and some shown by nobody."""
    rng = p.random("abroad")
    for number, country in enumerate(rng.sample(COUNTRIES, _HOW_MANY[p.number % len(_HOW_MANY)])):
        university = _university(p.nation, country)
        parties: dict[str, Objects] = {"recognisesAwardsOf": p.at("certifier/current"), "isHonouredBy": university}
        name = text(f"Agreement with the university in {country}", f"Perjanjian dengan universitas di {country}")
        says = parties | _scope(rng) | _TERMS[(p.number + number) % len(_TERMS)]
        period = _PERIODS[(p.number // 2 + number) % len(_PERIODS)]
        yield from _agreement(
            p.nation, p.at(f"agreement/{number}"), name, says, period, shown=rng.random() < 0.7, belongs=p.iri
        )


def _scope(rng: Random) -> dict[str, Objects]:
    levels = facts().levels
    return {"coversLevel": tuple(levels[n] for n in (4, 5, 6, 7))} if rng.random() < 0.5 else {}


def _agreement(
    nation: Nation,
    iri: str,
    label: Objects,
    says: dict[str, Objects],
    period: tuple[int, int],
    *,
    shown: bool = True,
    belongs: str = "",
) -> Iterator[Thing]:
    """An agreement with the letter of whoever honours it."""
    begins, ends = map(nation.calendar.day, period)
    letter = f"{iri[:-1]}/letter>"
    evidence: dict[str, Objects] = {"isEvidencedBy": letter} if shown else {}
    yield thing(iri, "RecognitionAgreement", label=label, **says, effectiveDate=begins, expiryDate=ends, **evidence)
    if shown:
        owner: dict[str, Objects] = {"belongsTo": belongs} if belongs else {}
        name = text("Letter of whoever honours it", "Surat dari pihak yang menghormatinya")
        digest = plain(f"{Random(iri).getrandbits(256):064x}")  # noqa: S311  # made-up, as everything here
        by = says["isHonouredBy"]
        yield thing(letter, "Evidence", label=name, **owner, isIssuedBy=by, effectiveDate=begins, sha256=digest)
