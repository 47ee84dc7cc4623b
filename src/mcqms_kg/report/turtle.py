"""The report as RDF: a `sh:ValidationReport` with every result, the verdicts, and where it comes from (PROV)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from mcqms_kg.graph import terms
from mcqms_kg.model import Checked, CheckReport, ClauseVerdict, Finding, RequirementVerdict, Score, Waiver
from mcqms_kg.namespaces import FINDING, PROFILE
from mcqms_kg.report.shacl_results import result_pairs
from mcqms_kg.report.turtle_text import Pair, block, code, date, document, integer, statement, texts, written
from mcqms_kg.report.words import counts, slug


def write(report: CheckReport, language: str) -> str:  # noqa: ARG001  # RDF says everything in both languages
    """The report in Turtle, with all texts in all their languages."""
    return document([statement("[]", _report(report)), *_results(report)])


def _report(report: CheckReport) -> list[Pair]:
    results = [_iri(f) for f in (*report.findings(), *(w.finding for w in report.waived()))]
    coverage = report.coverage
    return [
        ("a", ["sh:ValidationReport"]),
        ("sh:conforms", ["false" if results else "true"]),
        ("mc:checkDate", [date(report.as_of)]),
        ("mc:hasVerdict", [code(f"verdict-{slug(report.verdict)}")]),
        *_counts(report.score),
        ("mc:describedCount", [integer(coverage.described)]),
        ("mc:uncheckedCount", [integer(coverage.unchecked_total)]),
        ("mc:hasUnknownTerm", [written(n.term) for n in coverage.not_understood]),
        ("prov:wasGeneratedBy", [block(_activity(report))]),
        ("mc:statesVerdict", [block(pairs, 1) for pairs in _verdicts(report)]),
        ("sh:result", results),
    ]


def _counts(score: Score) -> list[Pair]:
    names = {"not-checked": "notChecked", "not-applicable": "notApplicable"}
    return [(f"mc:{names.get(state, state)}Count", [integer(n)]) for state, n in counts(score).items()]


def _activity(report: CheckReport) -> list[Pair]:
    agent: list[Pair] = [
        ("a", ["prov:SoftwareAgent"]),
        ("rdfs:label", [terms.literal("mcqms-kg")]),
        ("owl:versionInfo", [terms.literal(report.version)]),
        ("dcterms:description", [terms.literal(report.engine)]),
    ]
    rulebook: list[Pair] = [
        ("a", ["prov:Entity"]),
        ("prov:specializationOf", [written(report.framework.iri)]),
        ("dcterms:identifier", [terms.literal(report.rulebook_digest)]),
    ]
    profile = written(terms.iri(PROFILE + quote(report.profile)))
    files = [block(_file(checked), 2) for checked in report.checked]
    return [
        ("a", ["prov:Activity"]),
        ("prov:used", [profile, block(rulebook, 2), *files]),
        ("prov:wasAssociatedWith", [block(agent, 2)]),
    ]


def _file(checked: Checked) -> list[Pair]:
    return [
        ("a", ["prov:Entity"]),
        ("rdfs:label", [terms.literal(checked.name)]),
        ("mc:sha256", [terms.literal(checked.sha256)]),
    ]


def _verdicts(report: CheckReport) -> Iterator[list[Pair]]:
    for top in report.clauses:
        for _, clause in top.walk():
            yield _clause(clause)
            yield from (_requirement(r) for r in clause.requirements)


def _clause(clause: ClauseVerdict) -> list[Pair]:
    return [
        ("a", ["mc:ClauseVerdict"]),
        ("mc:ofClause", [written(clause.clause.iri)]),
        ("mc:hasVerdict", [code(f"verdict-{slug(clause.verdict)}")]),
        *_counts(clause.score),
    ]


def _requirement(verdict: RequirementVerdict) -> list[Pair]:
    findings = (*verdict.findings, *(w.finding for w in verdict.waived))
    return [
        ("a", ["mc:RequirementVerdict"]),
        ("mc:ofRequirement", [written(verdict.requirement.iri)]),
        ("mc:hasVerdict", [code(f"verdict-{slug(verdict.verdict)}")]),
        ("mc:focusNodeCount", [integer(verdict.focus_nodes)]),
        ("mc:reason", texts(verdict.reason.items())),
        ("mc:hasFinding", [_iri(f) for f in findings]),
    ]


def _results(report: CheckReport) -> Iterator[str]:
    for finding in report.findings():
        yield statement(_iri(finding), _result(finding, None))
    for waived in report.waived():
        yield statement(_iri(waived.finding), _result(waived.finding, waived.waiver))


def _result(finding: Finding, waiver: Waiver | None) -> list[Pair]:
    return [
        *result_pairs(finding.result, texts(finding.expected.items())),
        ("mc:hasGrade", [code(f"grade-{finding.grade.value}")]),
        ("mc:isWaivedBy", [written(waiver.iri)] if waiver else []),
    ]


def _iri(finding: Finding) -> str:
    return written(terms.iri(FINDING + finding.id))
