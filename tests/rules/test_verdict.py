"""Four verdicts, and no loss of a shape, a target or a type ever raises a score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from mcqms_kg import operations, resources
from mcqms_kg.graph.read import read_triples
from mcqms_kg.graph.submitted import Submitted
from mcqms_kg.graph.terms import iri, literal
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import CheckReport, RequirementVerdict, Score, Term, Triple, ValidationReport, Verdict
from mcqms_kg.namespaces import MC, RDF, XSD
from mcqms_kg.rules import catalogue
from mcqms_kg.rules.catalogue import Rulebook
from mcqms_kg.rules.judging import judge
from mcqms_kg.shacl.reference import pyshacl as reference
from shapes.case_runner import small_background

DATE = dt.date(2026, 6, 30)
TYPE = iri(RDF + "type")
PROVIDER = iri("https://example.org/provider")

FLAWED = """
@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix code: <https://w3id.org/mcqms/code/> .
@prefix ex: <https://example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:provider a mc:Provider ; mc:countryOfOperation "ID" .
ex:risk-1 a mc:Risk ; mc:belongsTo ex:provider ; mc:hasRiskKind code:risk-not-recognised-by-industry ; mc:likelihood 9 .
ex:risk-2 a mc:Risk ; mc:belongsTo ex:provider ; mc:hasRiskKind code:risk-quality-not-standardised ; mc:likelihood 2 ; mc:impact 3 .
ex:audit a mc:InternalAudit ; mc:belongsTo ex:provider ; mc:eventDate "2026-01-10"^^xsd:date ; mc:isConductedBy ex:someone .
ex:finding a mc:AuditFinding ; mc:belongsTo ex:provider ; mc:isFoundIn ex:audit .
ex:one a mc:MicroCredential ; mc:isOfferedBy ex:provider ; mc:firstOfferDate "2024-01-01"^^xsd:date ; mc:workloadHours 400 .
ex:two a mc:MicroCredential ; mc:isOfferedBy ex:provider ; mc:workloadHours 40 ; mc:credits 3 ; mc:hasOutcome ex:outcome .
ex:outcome a mc:LearningOutcome .
ex:award a mc:Award ; mc:awardsCredential ex:one ; mc:issueDate "2026-02-01"^^xsd:date .
ex:policy a mc:QualityPolicy ; mc:belongsTo ex:provider .
ex:objective a mc:QualityObjective ; mc:belongsTo ex:provider .
ex:process a mc:Process ; mc:belongsTo ex:provider .
"""


@cache
def flawed() -> tuple[Triple, ...]:
    path = Path(__file__).with_name("flawed.ttl")
    path.write_text(FLAWED)
    try:
        return read_triples([path])
    finally:
        path.unlink()


@cache
def rulebook() -> Rulebook:
    return operations.rulebook_for("mcqms", DATE)


def report_on(data: Sequence[Triple], rules: Rulebook) -> CheckReport:
    engine_report = reference.validate((*small_background(), *data), rules.shapes)
    return judged(data, rules, engine_report)


def judged(data: Sequence[Triple], rules: Rulebook, engine_report: ValidationReport) -> CheckReport:
    return judge(Submitted(tuple(data), ()), operations.background(), rules, engine_report, [], "reference", "0")


@cache
def before() -> tuple[ValidationReport, CheckReport]:
    engine_report = reference.validate((*small_background(), *flawed()), rulebook().shapes)
    return engine_report, judged(flawed(), rulebook(), engine_report)


def of(report: CheckReport, notation: str) -> RequirementVerdict:
    return next(r for r in report.requirements() if r.requirement.notation == notation)


def assert_no_better(after: CheckReport, what: str) -> None:
    _, old = before()
    assert after.score.numerator <= old.score.numerator, what
    assert (after.score.share or 0) <= (old.score.share or 0), what
    assert after.verdict is not Verdict.CONFORMANT


def test_every_verdict_is_reached() -> None:
    _, report = before()
    assert of(report, "6.1a").verdict is Verdict.CONFORMANT
    assert of(report, "6.1c").verdict is Verdict.NONCONFORMANT
    assert of(report, "10.1b").verdict is Verdict.NOT_CHECKED
    assert "nothing that this requirement is about" in of(report, "10.1b").reason["en"]
    assert report.verdict is Verdict.NONCONFORMANT


def test_the_formula() -> None:
    score = Score(conformant=3, nonconformant=2, not_checked=5, not_applicable=7, waived=1)
    assert (score.numerator, score.denominator, score.share) == (3, 10, 0.3)
    assert Score(0, 0, 0, 4, 1).share is None


def test_what_the_profile_excludes_does_not_apply() -> None:
    rules = rulebook()
    excluded = next(r.iri for r in rules.framework.requirements if r.notation == "6.1c")
    profile = replace(rules.profile, excluded=frozenset({excluded}))
    files = catalogue.register_files("mcqms")
    report = report_on(flawed(), catalogue.assemble(profile, DATE, files, read_triples(resources.shape_files("mcqms"))))
    assert of(report, "6.1c").verdict is Verdict.NOT_APPLICABLE
    assert not of(report, "6.1c").findings
    assert report.score.not_applicable == before()[1].score.not_applicable + 1


def test_a_manual_or_partly_decided_requirement_is_never_conformant() -> None:
    engine_report, report = before()
    for status in ("manual", "partly"):
        rules = rulebook()
        changed = tuple(
            replace(r, status=status, status_reason={"en": "Judged by people."}) if r.notation == "6.1a" else r
            for r in rules.framework.requirements
        )
        rules = replace(rules, framework=replace(rules.framework, requirements=changed))
        found = of(judged(flawed(), rules, engine_report), "6.1a")
        assert (found.verdict, found.reason["en"]) == (Verdict.NOT_CHECKED, "Judged by people.")
    assert of(report, "6.1a").verdict is Verdict.CONFORMANT


def test_losing_any_shape_never_raises_the_score() -> None:
    """A shape that is gone gives no results: its requirement must turn not checked, not conformant."""
    engine_report, _ = before()
    shapes = read_triples(resources.shape_files("mcqms"))
    files = catalogue.register_files("mcqms")
    for lost in rulebook().reporting:
        rules = catalogue.assemble(rulebook().profile, DATE, files, [t for t in shapes if t[0] != lost])
        results = tuple(r for r in engine_report.results if r.source_shape != lost)
        after = judged(flawed(), rules, replace(engine_report, results=results))
        assert_no_better(after, lost)
        notation = next(
            r.notation for r in rules.framework.requirements if r.iri == rulebook().reporting[lost].requirement
        )
        assert of(after, notation).verdict is not Verdict.CONFORMANT, lost


def test_without_any_shape_nothing_is_conformant() -> None:
    rules = catalogue.assemble(rulebook().profile, DATE, catalogue.register_files("mcqms"), [])
    report = judged(flawed(), rules, ValidationReport(True, ()))
    assert report.score.numerator == 0
    assert report.verdict is Verdict.NOT_CHECKED
    assert {r.verdict for r in report.requirements()} == {Verdict.NOT_CHECKED}


def classes() -> list[Term]:
    return sorted({o for _, p, o in flawed() if p == TYPE})


@pytest.mark.parametrize("lost", classes())
def test_losing_the_type_of_things_never_raises_the_score(lost: Term) -> None:
    after = report_on([t for t in flawed() if (t[1], t[2]) != (TYPE, lost)], rulebook())
    assert_no_better(after, lost)


@pytest.mark.parametrize("lost", classes())
def test_losing_the_things_of_a_class_never_raises_the_score(lost: Term) -> None:
    gone = {s for s, p, o in flawed() if (p, o) == (TYPE, lost)}
    after = report_on([t for t in flawed() if t[0] not in gone], rulebook())
    assert_no_better(after, lost)


def test_a_term_nobody_declared_keeps_the_whole_from_being_conformant() -> None:
    statement = (PROVIDER, mc("hasValidaton"), PROVIDER)
    _, old = before()
    report = judged((*flawed(), statement), rulebook(), ValidationReport(True, (), dict.fromkeys(targets(), 1)))
    assert [n.term for n in report.coverage.not_understood] == [mc("hasValidaton")]
    assert report.score.share == 1.0
    assert report.verdict is Verdict.NOT_CHECKED
    assert not old.coverage.not_understood


def targets() -> set[Term]:
    return {t for shape in rulebook().reporting.values() for t in shape.targets}


WAIVER = iri("https://example.org/waiver")
RISK = iri("https://example.org/risk-1")


def waiver(expiry: str, **changes: Term) -> list[Triple]:
    said = {
        "belongsTo": PROVIDER,
        "waives": iri("https://w3id.org/mcqms/requirement/6.1c"),
        "isGrantedBy": iri("https://example.org/regulator"),
        "reason": literal("The register is being rebuilt.", language="en"),
        "effectiveDate": literal("2026-01-01", datatype=XSD + "date"),
        "expiryDate": literal(expiry, datatype=XSD + "date"),
        **changes,
    }
    return [(WAIVER, TYPE, mc("Waiver")), *((WAIVER, iri(MC + p), o) for p, o in said.items())]


def with_waiver(*statements: Triple) -> CheckReport:
    return judged((*flawed(), *statements), rulebook(), before()[0])


def test_a_waiver_sets_findings_apart() -> None:
    found = of(with_waiver(*waiver("2026-12-31")), "6.1c")
    assert found.is_waived
    assert not found.findings
    assert found.waived[0].waiver.reason == {"en": "The register is being rebuilt."}
    report = with_waiver(*waiver("2026-12-31"))
    assert report.score.waived == 1
    assert report.score.denominator == before()[1].score.denominator - 1


def test_a_waiver_for_one_thing_leaves_the_others() -> None:
    found = of(with_waiver(*waiver("2026-12-31", appliesTo=RISK)), "6.1c")
    assert {w.finding.focus.term for w in found.waived} == {RISK}
    assert found.findings
    assert not found.is_waived


@pytest.mark.parametrize("missing", ["isGrantedBy", "reason", "effectiveDate", "expiryDate", "belongsTo", "waives"])
def test_an_incomplete_waiver_waives_nothing(missing: str) -> None:
    statements = [t for t in waiver("2026-12-31") if t[1] != iri(MC + missing)]
    assert not of(with_waiver(*statements), "6.1c").waived


def test_an_expired_waiver_waives_nothing_and_is_a_finding() -> None:
    report = report_on((*flawed(), *waiver("2026-06-29")), rulebook())
    assert not of(report, "6.1c").waived
    assert {f.focus.term for f in of(report, "X3").findings} == {WAIVER}


def test_non_applicability_counts_only_where_there_is_nothing_to_check() -> None:
    statement = iri("https://example.org/statement")
    said = [(p, o) for _, p, o in waiver("2026-12-31") if p not in (TYPE, iri(MC + "waives"), iri(MC + "isGrantedBy"))]
    base = [(statement, TYPE, mc("ApplicabilityStatement")), (statement, mc("isApprovedBy"), PROVIDER)]
    base += [(statement, p, o) for p, o in said]
    for notation, verdict in (("10.1b", Verdict.NOT_APPLICABLE), ("6.1c", Verdict.NONCONFORMANT)):
        excludes = (statement, mc("excludesRequirement"), iri(f"https://w3id.org/mcqms/requirement/{notation}"))
        assert of(with_waiver(*base, excludes), notation).verdict is verdict
