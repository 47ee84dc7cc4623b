"""The report as JSON (`schema/check-report.schema.json`): texts in one language, terms as in SPARQL results."""

from __future__ import annotations

import json
from typing import Any

from mcqms_kg.errors import Place
from mcqms_kg.graph import terms
from mcqms_kg.model import (
    CheckReport,
    ClauseVerdict,
    Coverage,
    Due,
    Finding,
    Named,
    Requirement,
    RequirementVerdict,
    Score,
    Term,
    ValidationResult,
    WaivedFinding,
)
from mcqms_kg.report.words import Words, slug

SCHEMA = "https://w3id.org/mcqms/schema/check-report/1.0"
VERSION = "1.0"
Object = dict[str, Any]


def write(report: CheckReport, language: str) -> str:
    return dumped(content(report, Words(language)))


def dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def content(report: CheckReport, words: Words) -> Object:
    """The whole report as plain values."""
    framework = report.framework
    return {
        "$schema": SCHEMA,
        "formatVersion": VERSION,
        "language": words.language,
        "framework": {
            "iri": terms.iri_text(framework.iri),
            "name": framework.name,
            "label": words.of(framework.label),
        },
        "profile": report.profile,
        "asOf": report.as_of.isoformat(),
        "verdict": slug(report.verdict),
        "score": score_object(report.score, words),
        "clauses": [_clause(clause, words) for clause in report.clauses],
        "findings": [finding_object(f, words) for f in report.findings()],
        "waived": [_waived(w, words) for w in report.waived()],
        "coverage": _coverage(report.coverage, words),
        "checked": [{"name": c.name, "sha256": c.sha256, "statements": c.statements} for c in report.checked],
        "rulebookDigest": report.rulebook_digest,
        "engine": report.engine,
        "version": report.version,
    }


def score_object(score: Score, words: Words) -> Object:
    """A score with its formula and all that it counts."""
    return {
        "formula": words("formula"),
        "numerator": score.numerator,
        "denominator": score.denominator,
        "share": score.share,
        "conformant": score.conformant,
        "nonconformant": score.nonconformant,
        "notChecked": score.not_checked,
        "notApplicable": score.not_applicable,
        "waived": score.waived,
    }


def _clause(verdict: ClauseVerdict, words: Words) -> Object:
    clause = verdict.clause
    return {
        "iri": terms.iri_text(clause.iri),
        "notation": clause.notation,
        "label": words.of(clause.label),
        "verdict": slug(verdict.verdict),
        "score": score_object(verdict.score, words),
        "requirements": [_verdict(r, words) for r in verdict.requirements],
        "clauses": [_clause(child, words) for child in verdict.children],
    }


def _verdict(verdict: RequirementVerdict, words: Words) -> Object:
    return {
        **_requirement(verdict.requirement, words),
        "verdict": slug(verdict.verdict),
        "isWaived": verdict.is_waived,
        "reason": words.of(verdict.reason),
        "focusNodes": verdict.focus_nodes,
        "runs": [{"shape": term(r.shape), "focusNodes": r.focus_nodes, "engine": r.engine} for r in verdict.runs],
        "findings": [f.id for f in verdict.findings],
        "waived": [w.finding.id for w in verdict.waived],
    }


def _requirement(requirement: Requirement, words: Words) -> Object:
    return {
        "iri": terms.iri_text(requirement.iri),
        "notation": requirement.notation,
        "clause": terms.iri_text(requirement.clause),
        "label": words.of(requirement.label),
        "wording": words.of(requirement.wording),
        "rationale": words.of(requirement.rationale),
        "remedy": words.of(requirement.remedy),
        "grade": requirement.grade.value,
        "status": requirement.status,
        "subjects": list(requirement.subjects),
        "phases": list(requirement.phases),
        "principles": list(requirement.principles),
        "source": requirement.source,
        "ownAddition": requirement.own_addition,
    }


def finding_object(finding: Finding, words: Words) -> Object:
    """A finding as plain values."""
    return {
        "id": finding.id,
        "requirement": terms.iri_text(finding.requirement.iri),
        "notation": finding.requirement.notation,
        "clause": terms.iri_text(finding.requirement.clause),
        "grade": finding.grade.value,
        "focus": _named(finding.focus, words),
        "provider": _named(finding.provider, words) if finding.provider else None,
        "expected": words.of(finding.expected),
        "found": words.of(finding.found),
        "result": result_object(finding.result),
        "triples": [[term(part) for part in triple] for triple in finding.triples],
        "places": [_place(place) for place in finding.places],
        "due": [_due(due, words) for due in finding.due],
    }


def _due(due: Due, words: Words) -> Object:
    return {
        "by": due.by.value,
        "day": due.day.isoformat(),
        "record": _named(due.record, words),
        "since": due.since.isoformat() if due.since else None,
        "period": _named(due.period, words) if due.period else None,
        "length": due.length,
    }


def _waived(waived: WaivedFinding, words: Words) -> Object:
    waiver = waived.waiver
    return {
        "finding": finding_object(waived.finding, words),
        "waiver": {
            "term": term(waiver.iri),
            "waives": [term(t) for t in waiver.waives],
            "provider": term(waiver.provider),
            "focus": [term(t) for t in waiver.focus],
            "reason": words.of(waiver.reason),
            "grantedBy": [_named(n, words) for n in waiver.granted_by],
            "effective": waiver.effective.isoformat(),
            "expiry": waiver.expiry.isoformat(),
        },
    }


def _coverage(coverage: Coverage, words: Words) -> Object:
    return {
        "described": coverage.described,
        "uncheckedTotal": coverage.unchecked_total,
        "unchecked": [_named(n, words) for n in coverage.unchecked],
        "notUnderstood": [
            {"term": term(n.term), "uses": n.uses, "places": [_place(p) for p in n.places]}
            for n in coverage.not_understood
        ],
        "notTakenOver": [
            {"at": loss.at, "what": words.of(loss.what), "value": loss.value} for loss in coverage.not_taken_over
        ],
    }


def result_object(result: ValidationResult) -> Object:
    """A validation result as plain values, with the details inside it."""
    return {
        "focus": term(result.focus),
        "path": result.path,
        "value": term(result.value) if result.value else None,
        "component": term(result.component),
        "sourceShape": term(result.source_shape),
        "sourceConstraint": term(result.source_constraint) if result.source_constraint else None,
        "severity": term(result.severity),
        "messages": [term(m) for m in result.messages],
        "details": [result_object(detail) for detail in result.details],
    }


def _named(named: Named, words: Words) -> Object:
    return {"term": term(named.term), "label": words.name(named)}


def _place(place: Place) -> Object:
    return {"file": place.file, "line": place.line, "column": place.column, "at": place.at}


def term(given: Term) -> Object:
    """A term in the way of the SPARQL 1.1 Query Results JSON Format."""
    if terms.is_iri(given):
        return {"type": "uri", "value": terms.iri_text(given)}
    if terms.is_blank(given):
        return {"type": "bnode", "value": given.removeprefix("_:")}
    found: Object = {"type": "literal", "value": terms.lexical(given)}
    if terms.language(given):
        return {**found, "xml:lang": terms.language(given)}
    return {**found, "datatype": terms.datatype(given)}
