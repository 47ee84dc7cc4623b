"""Ours as a badge and back: whatever is not in the list of losses is there again, word for word."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interop.openbadges.badges import STORY
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE, GraphIndex
from mcqms_kg.graph.read import read_triples
from mcqms_kg.interop.openbadges import read, write
from mcqms_kg.interop.openbadges.badge_source import said
from mcqms_kg.interop.openbadges.structure import breaches
from mcqms_kg.interop.pseudonyms import pseudonym
from mcqms_kg.model import Term, Triple, Wanted
from mcqms_kg.namespaces import DCTERMS, MC, RDFS, SKOS, XSD
from mcqms_kg.settings import Settings

EX = "https://example.org/t/"
RENAMED = "Its name (IRI)"
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
labels = st.builds(lambda text, tag: terms.literal(text, language=tag), texts, st.sampled_from(["en", "id", ""]))
numbers = st.one_of(
    st.integers(0, 400).map(str), st.decimals(0, 500, places=2).map(str), st.just("1e3"), st.just("many")
)
dates = st.one_of(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)).map(str), st.just("soon"))


POINTING = {terms.iri(MC + name) for name in ("hasLevel", "isTiedTo", "takesIntoAccount")}
"""What these lead to is described elsewhere."""


def ex(name: str) -> Term:
    return terms.iri(EX + name)


def mc(name: str) -> Term:
    return terms.iri(MC + name)


THINGS = {
    "award": ("Award", ["awardGrade"], ["issueDate", "effectiveDate", "expiryDate"]),
    "mc": ("MicroCredential", [], []),
    "body": ("Organisation", [], []),
    "provider": ("Provider", [], []),
    "scheme": ("AssessmentScheme", ["assessmentCriteria", "passRule"], []),
    "outcome-1": ("LearningOutcome", [], []),
    "outcome-2": ("LearningOutcome", [], []),
    "evidence": ("Evidence", [], []),
    "learner": ("Learner", [], []),
}
LINKS = [
    ("award", "awardsCredential", "mc"),
    ("award", "isIssuedBy", "body"),
    ("award", "isIssuedBy", "provider"),
    ("award", "isAwardedTo", "learner"),
    ("award", "isEvidencedBy", "evidence"),
    ("award", "belongsTo", "provider"),
    ("mc", "isOfferedBy", "provider"),
    ("mc", "hasAssessmentScheme", "scheme"),
    ("mc", "hasOutcome", "outcome-1"),
    ("mc", "hasOutcome", "outcome-2"),
    ("mc", "hasLevel", "level"),
    ("mc", "takesIntoAccount", "unit-1"),
    ("outcome-1", "isTiedTo", "unit-1"),
    ("outcome-1", "isTiedTo", "unit-2"),
    ("outcome-2", "isTiedTo", "unit-2"),
]

AWARD = terms.iri_text(ex("award"))


@st.composite
def graphs(draw: st.DrawFn) -> list[Triple]:
    """An award with more or less of what an award may have."""
    found: list[Triple] = [(ex("award"), mc("awardsCredential"), ex("mc"))]
    for name, (class_, prose, days) in THINGS.items():
        if draw(st.booleans()):
            found.append((ex(name), TYPE, mc(class_)))
        for predicate in (RDFS + "label", DCTERMS + "description", *(MC + p for p in prose)):
            found += [(ex(name), terms.iri(predicate), text) for text in draw(st.lists(labels, max_size=2))]
        found += [
            (ex(name), mc(d), terms.literal(draw(dates), datatype=XSD + "date")) for d in days if draw(st.booleans())
        ]
    for subject, predicate, target in LINKS:
        if draw(st.booleans()):
            found.append((ex(subject), mc(predicate), ex(target)))
    if draw(st.booleans()):
        kind = draw(st.sampled_from(["decimal", "integer", "double"]))
        found.append((ex("mc"), mc("credits"), terms.literal(draw(numbers), datatype=XSD + kind)))
    for name in ("provider", "body"):
        if draw(st.booleans()):
            found.append((ex(name), mc("country"), terms.literal(draw(st.sampled_from(["ID", "id", "Indonesia"])))))
            page = terms.literal(draw(st.sampled_from(["https://example.org/p", "no page"])), datatype=XSD + "anyURI")
            found.append((ex(name), mc("publicPage"), page))
    if draw(st.booleans()):
        found.append((ex("mc"), terms.iri(SKOS + "notation"), terms.literal(draw(texts))))
    return list(dict.fromkeys(found))


def lost_of(triples: list[Triple], language: str) -> list[str]:
    """What is neither back again nor told as lost, and what came back that was never said."""
    graph = GraphIndex(triples)
    about = (ex("award"),)
    written = write(graph, Wanted(dt.date(2026, 6, 30), about, frozenset(s for s, _, _ in triples), language))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "badge.json"
        file.write_bytes(next(iter(written.files.values())))
        back = {_with_learner(s.triple) for s in read(file, "badge.json", Settings()).stated}
    told = {(loss.at, loss.value) for loss in written.losses}
    renamed = {loss.at for loss in written.losses if loss.what["en"].startswith(RENAMED)}
    unnamed = {(p, o) for _, p, o in back} | {(p, "") for _, p, o in back if terms.is_blank(o)}
    return [
        f"{s} {p} {o}"
        for s, p, o in _reached(graph, told)
        if (s, said(p, o)) not in told
        and (s, p, o) not in back
        and not (s in renamed and (p, o) in unnamed)
        and not (o in renamed and (p, "") in unnamed)
    ]


def _with_learner(triple: Triple) -> Triple:
    """The learner by their place: the name of one is replaced by a pseudonym."""
    subject, predicate, value = (ex("learner") if t == pseudonym(AWARD) else t for t in triple)
    return subject, predicate, value


def _reached(graph: GraphIndex, told: set[tuple[str, str]]) -> Iterator[Triple]:
    """The statements on the award and on all that it leads to by links that were not told as lost."""
    waiting, seen = [ex("award")], {ex("award")}
    while waiting:
        subject = waiting.pop()
        for predicate, value in graph.out(subject):
            yield subject, predicate, value
            own = predicate != TYPE and terms.is_iri(value) and (subject, said(predicate, value)) not in told
            if own and predicate not in POINTING and value not in seen:
                seen.add(value)
                waiting.append(value)


@settings(max_examples=150)
@given(graphs(), st.sampled_from(["en", "id"]))
def test_what_is_not_lost_is_there_again(triples: list[Triple], language: str) -> None:
    assert not lost_of(triples, language)


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\x1f", "\u2003"])
def test_blanks_come_back_or_are_told(blank: str) -> None:
    """What counts as nothing is the same on the way out and on the way back."""
    notation = (ex("mc"), terms.iri(SKOS + "notation"), terms.literal(blank))
    criteria = (ex("mc"), terms.iri(DCTERMS + "description"), terms.literal(blank, language="en"))
    assert not lost_of([(ex("award"), mc("awardsCredential"), ex("mc")), notation, criteria], "en")


def test_the_story_goes_there_and_back() -> None:
    triples = list(read_triples(sorted(STORY.glob("*.ttl"))))
    graph = GraphIndex(triples)
    awards = graph.instances(mc("Award"))
    written = write(graph, Wanted(dt.date(2026, 6, 30), awards, frozenset(s for s, _, _ in triples), "en"))
    assert len(written.files) == len(awards) == 6
    for content in written.files.values():
        assert not breaches(json.loads(content))
