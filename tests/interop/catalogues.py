"""Invented catalogues with everything that exports look at, some of it missing, doubled or of another kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import strategies as st

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import CODE, DCTERMS, HOME, RDFS, SKOS, XSD

HERE = "https://example.org/made/"
LABEL, DESCRIPTION = terms.iri(RDFS + "label"), terms.iri(DCTERMS + "description")
PUBLISHER, SOURCE = terms.iri(DCTERMS + "publisher"), terms.iri(DCTERMS + "source")
LANGUAGE, NOTATION = terms.iri(DCTERMS + "language"), terms.iri(SKOS + "notation")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)
TEXT = st.builds(lambda w, tag: terms.literal(w, language=tag), WORDS, st.sampled_from(["en", "id", "en", "id", ""]))
TEXTS = st.lists(TEXT, max_size=3, unique=True)
NUMBERS = st.sampled_from(
    [
        terms.literal(text, datatype=XSD + kind)
        for text, kind in (
            *(("90.0", "decimal"), ("45", "integer"), ("7.5", "decimal"), ("0.1", "decimal"), ("1.0E2", "double")),
            *(("0.0", "decimal"), ("-3", "integer"), ("a lot", "decimal"), ("3.333333333333333333333", "decimal")),
        )
    ]
)
DAYS = st.sampled_from(
    [
        *(terms.literal(day, datatype=XSD + "date") for day in ("2024-02-29", "2026-07-01", "2026-02-30")),
        terms.literal("2025", datatype=XSD + "gYear"),
        terms.literal("soon", language="en"),
    ]
)
PAGES = st.sampled_from(
    [
        terms.literal("https://example.org/page?a=1&b=ä", datatype=XSD + "anyURI"),
        terms.literal("http://example.org/", datatype=XSD + "anyURI"),
        terms.literal("https://example.org/plain"),
        terms.literal("our page", language="en"),
        terms.literal("https://exa mple.org/", datatype=XSD + "anyURI"),
    ]
)
LEVELS = st.sampled_from([terms.iri(f"{HOME}kkni/{n}") for n in (3, 5)] + [terms.iri(HERE + "level")])
UNITS = st.sampled_from(
    [terms.iri(f"{HOME}skkni/unit/J.611000.00{n}.02") for n in (3, 5)] + [terms.iri(HERE + "unit-0")]
)


def codes(*names: str) -> st.SearchStrategy[Term]:
    return st.sampled_from([terms.iri(CODE + name) for name in names])


def named(kind: str, count: int = 3) -> st.SearchStrategy[Term]:
    """Things of a kind that may stand in the data."""
    return st.sampled_from([terms.iri(f"{HERE}{kind}-{n}") for n in range(count)])


FACTS: dict[str, tuple[tuple[Term, st.SearchStrategy[Term], int], ...]] = {
    "MicroCredential": (
        (LABEL, TEXT, 3),
        (DESCRIPTION, TEXT, 2),
        (LANGUAGE, st.sampled_from([terms.literal("en"), terms.literal("id"), terms.literal("ms")]), 2),
        (mc("publicPage"), PAGES, 2),
        (mc("isOfferedBy"), named("Provider"), 2),
        (mc("isCertifiedBy"), named("CertificationBody", 1), 1),
        (mc("workloadHours"), NUMBERS, 2),
        (mc("credits"), NUMBERS, 2),
        (mc("ectsCredits"), NUMBERS, 1),
        (mc("validityMonths"), NUMBERS, 1),
        (mc("firstOfferDate"), DAYS, 2),
        (mc("withdrawalDate"), DAYS, 1),
        (mc("hasLevel"), LEVELS, 2),
        (mc("hasOutcome"), named("LearningOutcome"), 3),
        (mc("hasAssessmentScheme"), named("AssessmentScheme", 2), 2),
        (mc("requires"), named("MicroCredential"), 1),
        (mc("prerequisiteText"), TEXT, 2),
        (mc("hasParticipationForm"), codes("participation-online", "participation-blended", "media-video"), 2),
        (mc("hasQualityAssurance"), codes("quality-assurance-internal"), 1),
    ),
    "Provider": (
        (LABEL, TEXT, 2),
        (DESCRIPTION, TEXT, 1),
        (mc("publicPage"), PAGES, 1),
        (mc("country"), st.sampled_from([terms.literal(c) for c in ("ID", "SG", "XX", "Indonesia")]), 2),
    ),
    "CertificationBody": ((LABEL, TEXT, 1), (DESCRIPTION, TEXT, 1), (mc("publicPage"), PAGES, 1)),
    "LearningOutcome": ((LABEL, TEXT, 2), (DESCRIPTION, TEXT, 1), (mc("isTiedTo"), UNITS, 2)),
    "AssessmentScheme": (
        (LABEL, TEXT, 2),
        (DESCRIPTION, TEXT, 1),
        (mc("assessmentCriteria"), TEXT, 2),
        (mc("passRule"), TEXT, 1),
        (mc("hasAssessmentMethod"), codes("method-observation", "method-oral-questioning", "method-project"), 2),
        (mc("hasSupervision"), codes("supervision-unsupervised", "supervision-supervised-on-site-verified"), 2),
    ),
    "CompetencyStandardEdition": (
        (LABEL, TEXT, 2),
        (DESCRIPTION, TEXT, 1),
        (NOTATION, st.sampled_from([terms.literal("1/2020"), terms.literal("2/2021")]), 2),
        (PUBLISHER, TEXT, 1),
        (SOURCE, TEXT, 1),
    ),
    "CompetencyUnit": (
        (LABEL, TEXT, 2),
        (NOTATION, st.sampled_from([terms.literal("D.1"), terms.literal("D.2")]), 2),
        (mc("isDefinedIn"), named("CompetencyStandardEdition", 2), 2),
        (mc("hasLevel"), LEVELS, 1),
    ),
    "CompetencyElement": ((LABEL, TEXT, 1), (mc("isElementOf"), named("CompetencyUnit", 2), 1)),
    "JobTitle": ((LABEL, TEXT, 2), (mc("requiresUnit"), UNITS, 2)),
}
"""Of each kind of thing: what may be said of it, with which values, and how many at most."""


@st.composite
def catalogues(draw: st.DrawFn, *, whole: bool = False) -> tuple[Triple, ...]:
    """The statements of a catalogue; `whole` ones lack nothing that any standard asks for."""
    found: dict[Triple, None] = {}
    for kind, count in (("MicroCredential", 2), *((k, 1) for k in FACTS if k != "MicroCredential")):
        for n in range(draw(st.integers(1 if whole else 0, count))):
            term = terms.iri(f"{HERE}{kind}-{n}")
            found.update(dict.fromkeys(_thing(draw, term, kind)))
    found.update(dict.fromkeys(_progressions(draw)))
    if whole:
        found.update(dict.fromkeys(_rest([s for s, p, o in found if p == TYPE])))
    return tuple(found) or ((terms.iri(HERE + "nothing"), LABEL, terms.literal("Nothing")),)


def _thing(draw: st.DrawFn, term: Term, kind: str) -> Iterator[Triple]:
    yield term, TYPE, mc(kind)
    for predicate, values, most in FACTS[kind]:
        for value in draw(st.lists(values, max_size=most, unique=True)):
            yield term, predicate, value


def _progressions(draw: st.DrawFn) -> Iterator[Triple]:
    """A progression is told from others by where it comes from and leads to."""
    targets = [terms.iri(f"{HERE}{name}") for name in ("MicroCredential-1", "Qualification-0")]
    for source, target in product([terms.iri(HERE + "MicroCredential-0")], targets):
        if draw(st.booleans()):
            term = terms.iri(f"{HERE}progression-{target.rpartition('/')[2][:-1]}")
            yield source, mc("hasProgression"), term
            yield term, TYPE, mc("Progression")
            yield term, mc("leadsTo"), target
            for text in draw(TEXTS):
                yield term, LABEL, text
            for number in draw(st.lists(NUMBERS, max_size=1)):
                yield term, mc("creditValue"), number


def _rest(things: Sequence[Term]) -> Iterator[Triple]:
    """What every standard asks for, for each of the things."""
    page = terms.literal("https://example.org/whole", datatype=XSD + "anyURI")
    met = {*things, *(terms.iri(f"{HERE}{kind}-{n}") for kind in FACTS for n in range(3))}
    for term in sorted(met):
        yield term, LABEL, terms.literal(f"Thing {terms.local_name(term)}", language="en")
        yield term, DESCRIPTION, terms.literal("It is described.", language="en")
        yield term, mc("publicPage"), page
        if "Provider" in term:
            yield term, mc("country"), terms.literal("ID")
        if "MicroCredential" in term:
            yield term, mc("isOfferedBy"), terms.iri(HERE + "Provider-0")
            yield term, mc("workloadHours"), terms.literal("45.0", datatype=XSD + "decimal")
        if "Edition" in term:
            yield term, PUBLISHER, terms.literal("A ministry", language="en")
