"""EARL: whole by shapes of what its schema asks, with no term that it has not, and never better than the check."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import rdflib

import mcqms_kg
from mcqms_kg.model import CheckReport, Named, RequirementVerdict, Term, ValidationReport, Verdict
from mcqms_kg.report import FORMATS, VALIDATION_FORMATS
from report.sample import BLANK_FINDING, REPORT, VALIDATION, finding, result
from report.sample import LIFE_CYCLE as REQUIREMENT

EARL = rdflib.Namespace("http://www.w3.org/ns/earl#")
SHAPES = Path(__file__).with_name("earl_shapes.ttl")
CLASSES = {
    "Assertion",
    "Assertor",
    "Software",
    "TestSubject",
    "TestCriterion",
    "TestCase",
    "TestRequirement",
    "TestResult",
}
PROPERTIES = {"assertedBy", "subject", "test", "result", "mode", "mainAssertor", "outcome", "info", "pointer"}
VALUES = {"passed", "failed", "cantTell", "inapplicable", "untested"} | {"automatic", "manual", "semiAuto"}
TERMS = CLASSES | PROPERTIES | VALUES | {"OutcomeValue", "TestMode", "undisclosed", "unknownMode"}
"""The terms of the EARL 1.0 schema, its subclasses of outcomes aside."""
LITERAL = finding("00000000000000ee", REQUIREMENT, result("8.1a-Literal", Term('"not a thing"')), "", 3)


def graph(content: bytes) -> rdflib.Graph:
    return rdflib.Graph().parse(data=content, format="turtle")


def conforms(content: bytes, folder: Path) -> bool:
    (folder / "earl.ttl").write_bytes(content)
    report = mcqms_kg.validate([folder / "earl.ttl"], [SHAPES])
    assert min(report.focus_nodes.values()) > 0
    return report.conforms


def with_literal() -> CheckReport:
    """The sample with a finding about a literal."""
    verdict = RequirementVerdict(REQUIREMENT, Verdict.NONCONFORMANT, {}, (), (LITERAL,), ())
    clause = dataclasses.replace(REPORT.clauses[0], requirements=(verdict,), children=())
    return dataclasses.replace(REPORT, clauses=(clause, REPORT.clauses[1]))


@pytest.mark.parametrize("report", [REPORT, with_literal()], ids=["sample", "literal"])
def test_a_check_is_whole(report: CheckReport, tmp_path: Path) -> None:
    content = FORMATS["earl"].write(report, "en")
    assert conforms(content, tmp_path)
    used = {str(term).removeprefix(EARL) for triple in graph(content) for term in triple if str(term).startswith(EARL)}
    assert used <= TERMS and {"passed", "failed", "untested", "inapplicable"} - used in ({"passed"}, set())


def test_a_validation_is_whole(tmp_path: Path) -> None:
    content = VALIDATION_FORMATS["earl"].write(VALIDATION, "en")
    assert conforms(content, tmp_path)
    outcomes = list(graph(content).objects(None, EARL.outcome))
    assert set(outcomes) == {EARL.failed} and len(outcomes) == len(VALIDATION.results) + 1


def test_the_shapes_can_fail(tmp_path: Path) -> None:
    content = FORMATS["earl"].write(REPORT, "en")
    for whole, broken in ((b"earl:passed", b"earl:pass"), (b"earl:assertedBy", b"earl:by"), (b"earl:automatic", b"1")):
        assert whole in content
        assert not conforms(content.replace(whole, broken), tmp_path)


def test_every_requirement_has_the_outcome_of_its_verdict() -> None:
    told = graph(FORMATS["earl"].write(REPORT, "en"))
    found = {
        str(test).rsplit("/", 1)[-1]: str(outcome).removeprefix(EARL)
        for assertion, test in told.subject_objects(EARL.test)
        if (test, rdflib.RDF.type, EARL.TestRequirement) in told
        for outcome in told.objects(told.value(assertion, EARL.result), EARL.outcome)
    }
    assert found == {
        "8.1a": "passed",
        "8.1c": "failed",
        "8.1d": "failed",
        "10.1b": "failed",
        "10.2b": "failed",
        "10.1c": "inapplicable",
        "10.3": "untested",
    }


def test_where_shapes_looked_and_could_not_decide_it_cannot_be_told() -> None:
    verdict = next(r for r in REPORT.requirements() if r.verdict is Verdict.NOT_CHECKED)
    looked = next(r.runs for r in REPORT.requirements() if r.runs)
    clause = dataclasses.replace(REPORT.clauses[1], requirements=(dataclasses.replace(verdict, runs=looked),))
    told = graph(FORMATS["earl"].write(dataclasses.replace(REPORT, clauses=(clause,)), "en"))
    assert set(told.objects(None, EARL.outcome)) == {EARL.cantTell}


def test_nothing_validated_is_not_passed() -> None:
    nothing = ValidationReport(True, (), {Term("<http://e/s>"): 0}, {})
    told = graph(VALIDATION_FORMATS["earl"].write(nothing, "en"))
    assert set(told.objects(None, EARL.outcome)) == {EARL.untested}


def test_blank_and_hostile_things_are_subjects() -> None:
    odd = dataclasses.replace(BLANK_FINDING, focus=Named(Term("_:a b>c"), {}))
    verdict = RequirementVerdict(REQUIREMENT, Verdict.NONCONFORMANT, {}, (), (odd,), ())
    clause = dataclasses.replace(REPORT.clauses[0], requirements=(verdict,), children=())
    assert len(graph(FORMATS["earl"].write(dataclasses.replace(REPORT, clauses=(clause,)), "en"))) > 20
