"""Invented data with awards and offers, whole and with defects, for round trips and prechecks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from mcqms_kg.graph import terms
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import CODE, DCTERMS, HOME, MC, RDF, RDFS, SKOS, XSD

EX = "https://example.org/elm/"
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(
    str.strip
)


def ex(name: str) -> Term:
    return terms.iri(EX + name)


def mc(name: str) -> Term:
    return terms.iri(MC + name)


LABEL, DESCRIPTION, NOTATION = (
    terms.iri(RDFS + "label"),
    terms.iri(DCTERMS + "description"),
    terms.iri(SKOS + "notation"),
)
TYPE = terms.iri(RDF + "type")


@st.composite
def graphs(draw: Callable[[st.SearchStrategy[Any]], Any]) -> tuple[Triple, ...]:
    """A provider, an issuer, one to three micro-credentials and awards of them, with all that a file can carry."""
    said: list[Triple] = []

    def say(subject: Term, predicate: Term, value: Term | None) -> None:
        if value is not None:
            said.append((subject, predicate, value))

    def texts(subject: Term, predicate: Term, *, always: bool = True) -> None:
        tags = draw(st.sets(st.sampled_from(("en", "id", "de", "en-gb")), min_size=int(always), max_size=2))
        for tag in sorted(tags):
            say(subject, predicate, terms.literal(draw(WORDS), language=tag))

    def maybe(make: Callable[[], Term]) -> Term | None:
        return make() if draw(st.booleans()) else None

    def number() -> Term:
        text = draw(st.decimals("0.0001", "5000", places=4))
        return terms.literal(str(text), datatype=XSD + "decimal")

    def date() -> Term:
        return terms.literal(draw(st.dates(dt.date(1900, 1, 1))).isoformat(), datatype=XSD + "date")

    def page(name: str) -> Term:
        return terms.literal(f"https://example.org/page/{name}", datatype=XSD + "anyURI")

    for name in ("provider", "issuer", "body", "authority"):
        texts(ex(name), LABEL)
        say(ex(name), TYPE, mc("Organisation"))
        say(ex(name), mc("country"), terms.literal(draw(st.sampled_from(("ID", "DE", "FR", "XK")))))
        say(ex(name), mc("publicPage"), page(name) if draw(st.booleans()) else None)
    say(ex("issuer"), NOTATION, maybe(lambda: terms.literal(draw(WORDS))))
    licence = ex("licence")
    if draw(st.booleans()):
        say(licence, TYPE, mc("Licence"))
        texts(licence, LABEL)
        say(licence, mc("isGrantedTo"), ex("body"))
        say(licence, mc("isGrantedBy"), ex("authority"))
        say(licence, mc("effectiveDate"), terms.literal("2020-01-01", datatype=XSD + "date"))
    for n in range(draw(st.integers(1, 3))):
        what = ex(f"credential{n}")
        say(what, TYPE, mc("MicroCredential"))
        texts(what, LABEL)
        texts(what, DESCRIPTION, always=False)
        say(what, mc("isOfferedBy"), ex("provider"))
        say(what, mc("publicPage"), page(f"c{n}"))
        for name in ("workloadHours", "credits", "ectsCredits"):
            say(what, mc(name), maybe(number))
        for form in draw(st.sets(st.sampled_from(("online", "on-site", "blended")), max_size=2)):
            say(what, mc("hasParticipationForm"), terms.iri(f"{CODE}participation-{form}"))
        for kind in draw(st.sets(st.sampled_from(("internal", "external", "accreditation")), max_size=2)):
            say(what, mc("hasQualityAssurance"), terms.iri(f"{CODE}quality-assurance-{kind}"))
        say(
            what,
            mc("hasLevel"),
            draw(st.sampled_from((None, terms.iri(HOME + "kkni/5"), terms.iri(HOME + "eqf/4"), ex("level")))),
        )
        say(what, mc("hasField"), draw(st.sampled_from((None, terms.iri("http://data.europa.eu/snb/isced-f/0612")))))
        say(
            what,
            terms.iri(DCTERMS + "language"),
            draw(st.sampled_from((None, terms.literal("id"), terms.literal("en")))),
        )
        texts(what, mc("prerequisiteText"), always=False)
        say(what, mc("isCertifiedBy"), maybe(lambda: ex("body")))
        for k in range(draw(st.integers(0, 2))):
            outcome = ex(f"outcome{n}-{k}")
            say(what, mc("hasOutcome"), outcome)
            say(outcome, TYPE, mc("LearningOutcome"))
            texts(outcome, LABEL)
            say(
                outcome,
                mc("isTiedTo"),
                draw(st.sampled_from((None, ex("unit"), terms.iri(HOME + "skkni/unit/J.611000.003.02")))),
            )
        if draw(st.booleans()):
            scheme = ex(f"scheme{n}")
            say(what, mc("hasAssessmentScheme"), scheme)
            say(scheme, TYPE, mc("AssessmentScheme"))
            texts(scheme, LABEL)
            texts(scheme, DESCRIPTION, always=False)
            for method in draw(st.sets(st.sampled_from(("observation", "portfolio", "project")), max_size=3)):
                say(scheme, mc("hasAssessmentMethod"), terms.iri(f"{CODE}method-{method}"))
            say(
                scheme,
                mc("hasSupervision"),
                draw(st.sampled_from((None, terms.iri(CODE + "supervision-unsupervised")))),
            )
    unit, level = ex("unit"), ex("level")
    say(unit, TYPE, mc("CompetencyUnit"))
    texts(unit, LABEL)
    say(unit, NOTATION, terms.literal("U.1"))
    say(unit, mc("isDefinedIn"), maybe(lambda: ex("edition")))
    say(level, TYPE, mc("QualificationLevel"))
    texts(level, LABEL)
    say(level, mc("isLevelOf"), ex("framework"))
    for n in range(draw(st.integers(0, 2))):
        award = ex(f"award{n}")
        say(award, TYPE, mc("Award"))
        texts(award, LABEL)
        say(award, mc("awardsCredential"), ex("credential0"))
        say(award, mc("isIssuedBy"), ex("issuer"))
        say(award, mc("isAwardedTo"), ex(f"learner{n}"))
        say(award, mc("issueDate"), date())
        say(award, mc("expiryDate"), maybe(date))
        texts(award, mc("awardGrade"), always=False)
        for k in range(draw(st.integers(0, 2))):
            act = ex(f"assessment{n}-{k}")
            say(award, mc("restsOn"), act)
            say(act, TYPE, mc("Assessment"))
            texts(act, LABEL)
            say(act, mc("eventDate"), maybe(date))
            say(act, mc("hasResult"), draw(st.sampled_from((None, terms.iri(CODE + "result-competent")))))
    return tuple(dict.fromkeys(said))
