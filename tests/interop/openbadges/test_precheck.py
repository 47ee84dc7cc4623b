"""The precheck of Open Badges agrees with those who decide: the schema of 1EdTech, and what its validator asks besides."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import mcqms_kg
from interop.official import artefact
from interop.round_trip import DAY, exported, written_to
from mcqms_kg.errors import EmptyInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Grade, Term, Triple
from mcqms_kg.namespaces import XSD

WHOLE = """@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix ex: <https://example.org/made/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix kkni: <https://w3id.org/mcqms/kkni/> .
ex:award a mc:Award ; rdfs:label "An award"@en ; mc:awardsCredential ex:mc ; mc:isIssuedBy ex:body ; mc:isAwardedTo ex:learner ;
  mc:issueDate "2026-01-31"^^xsd:date ; mc:effectiveDate "2026-02-01"^^xsd:date ;
  mc:expiryDate "2028-01-31"^^xsd:date ; mc:awardGrade "A"@en ; mc:isEvidencedBy ex:evidence .
ex:mc a mc:MicroCredential ; rdfs:label "Cables"@en , "Kabel"@id ; dcterms:description "What is learned."@en ; mc:credits 2.5 ;
  mc:isOfferedBy ex:provider ; mc:hasAssessmentScheme ex:scheme ; mc:hasOutcome ex:outcome ; mc:hasLevel kkni:4 ;
  mc:publicPage "https://example.org/page"^^xsd:anyURI .
ex:scheme a mc:AssessmentScheme ; mc:assessmentCriteria "Nothing comes loose."@en .
ex:outcome a mc:LearningOutcome ; rdfs:label "Make a cable"@en .
ex:body a mc:CertificationBody ; rdfs:label "A body"@en ; mc:country "ID" ; mc:publicPage "https://example.org/"^^xsd:anyURI .
ex:provider a mc:Provider ; rdfs:label "A provider"@en . ex:evidence a mc:Evidence ; rdfs:label "A file"@en .
"""
OTHER: tuple[Term, ...] = (
    terms.literal(" "),
    terms.literal("words", language="id"),
    terms.literal("2026-02-30", datatype=XSD + "date"),
    terms.literal("2026-03-01", datatype=XSD + "date"),
    terms.literal("-1", datatype=XSD + "decimal"),
    terms.literal("ftp://example.org/a b", datatype=XSD + "anyURI"),
    terms.iri("https://example.org/made/another"),
    Term("_:blank"),
)
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
ONE = tuple(map(mc, ("isAwardedTo", "isIssuedBy", "issueDate", "effectiveDate", "awardsCredential")))
"""A badge has one of each; who says several must say which one is meant."""


@cache
def whole() -> tuple[Triple, ...]:
    quads = ox.parse(WHOLE, format=ox.RdfFormat.TURTLE)
    return tuple((Term(str(q.subject)), Term(str(q.predicate)), Term(str(q.object))) for q in quads)


def spoilt(data: st.DataObject, triples: tuple[Triple, ...]) -> tuple[Triple, ...]:
    """The data with a few statements missing, doubled, or with a value that they should not have."""
    found = list(triples)
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(found) - 1))
        change, other = (
            data.draw(st.sampled_from(("drop", "drop", "replace", "double"))),
            data.draw(st.sampled_from(OTHER)),
        )
        changed = (*found[at][:2], other)
        found[at : at + 1] = {"drop": [], "replace": [changed], "double": [found[at], changed]}[change]
    return tuple(dict.fromkeys(found))


@cache
def schemas() -> tuple[Any, Any]:
    """Of a badge, and of an achievement alone."""
    whole = artefact("openbadges/ob_v3p0_achievementcredential_schema.json")
    alone = {"$defs": whole["$defs"], "$ref": "#/$defs/Achievement"}
    checker = jsonschema.FormatChecker()
    return tuple(jsonschema.Draft201909Validator(s, format_checker=checker) for s in (whole, alone))  # type: ignore[return-value]  # two


def refused(name: str, content: bytes) -> list[str]:
    """What the schema finds, and what the public validator of 1EdTech asks besides: who the learner is, and by which criteria."""
    document = json.loads(content)
    is_badge = name.startswith("award")
    found = [error.message[:200] for error in schemas()[not is_badge].iter_errors(document)]
    subject = document.get("credentialSubject", {}) if is_badge else {}
    achieved = subject.get("achievement", {}) if is_badge else document
    if is_badge and not subject.get("id"):
        found.append("no id in credentialSubject")
    if not achieved.get("criteria", {}).keys() & {"id", "narrative"}:
        found.append("criteria must have id or narrative")
    return found


def several(triples: tuple[Triple, ...]) -> list[str]:
    """Where a badge could be made only by choosing for whoever issued it."""
    graph = GraphIndex(triples)
    return [f"{s} says several of {one}" for s in graph.all_subjects() for one in ONE if len(graph.objects(s, one)) > 1]


def major(file: Path) -> list[str]:
    """What the precheck says that the target would not accept."""
    report = mcqms_kg.precheck(mcqms_kg.ExportRequest("openbadges", [file], as_of=DAY)).report
    return [f"{f.requirement.notation} {f.focus.term}" for f in report.findings() if f.grade is Grade.MAJOR]


def problems(file: Path) -> list[str]:
    return [p for name, content in exported("openbadges", file).files.items() for p in refused(name, content)]


@settings(max_examples=40, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_has_a_major_finding_is_refused_and_the_rest_is_not(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    triples = spoilt(data, whole())
    file = written_to(tmp_path_factory.mktemp("check") / "in.nt", triples)
    try:
        found = major(file)
    except EmptyInput:
        return
    refusals = [*several(triples), *problems(file)]
    assert bool(found) == bool(refusals), (found, refusals)


def test_the_whole_is_accepted_and_one_thing_less_is_judged_alike(tmp_path: Path) -> None:
    """Each statement is taken away alone, so that nothing hides behind something else."""
    refused_without = 0
    for left_out in (None, *whole()):
        file = written_to(tmp_path / "in.nt", [t for t in whole() if t != left_out])
        found, refusals = major(file), problems(file)
        assert bool(found) == bool(refusals), (left_out, found, refusals)
        assert left_out or not found
        refused_without += bool(found)
    assert refused_without >= 4
