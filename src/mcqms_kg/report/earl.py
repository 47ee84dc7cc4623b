"""The report in EARL 1.0, for tools that gather test results: an assertion for every requirement and for every finding."""

from __future__ import annotations

from mcqms_kg.graph import terms
from mcqms_kg.model import CheckReport, Finding, RequirementVerdict, Verdict, Waiver
from mcqms_kg.namespaces import DATASET, FINDING
from mcqms_kg.report.earl_assertions import assertion, outcome, software, tested
from mcqms_kg.report.turtle_text import Pair, block, code, date, document, statement, texts, written
from mcqms_kg.report.words import Words


def write(report: CheckReport, language: str) -> str:  # noqa: ARG001  # RDF says everything in both languages
    """Requirements are judged of the data as a whole, findings of the thing they are about."""
    statements = [software(report.version, report.engine), statement(_subject(report), _tested(report))]
    for verdict in report.requirements():
        statements.append(_criterion(verdict))
        statements.append(_judged(report, verdict))
        statements += [_found(report, finding, None) for finding in verdict.findings]
        statements += [_found(report, waived.finding, waived.waiver) for waived in verdict.waived]
    return document(statements)


def _subject(report: CheckReport) -> str:
    """What was handed in, named by the digests of its files."""
    digests = "+".join(sorted(checked.sha256 for checked in report.checked))
    return written(terms.iri(f"{DATASET}sha256/{digests}"))


def _tested(report: CheckReport) -> list[Pair]:
    files: list[list[Pair]] = [
        [("dcterms:title", [terms.literal(c.name)]), ("mc:sha256", [terms.literal(c.sha256)])] for c in report.checked
    ]
    return [
        ("a", ["earl:TestSubject"]),
        ("dcterms:description", texts(_not_judged(report))),
        ("dcterms:hasPart", [block(pairs) for pairs in files]),
    ]


def _not_judged(report: CheckReport) -> list[tuple[str, str]]:
    """How much of the files no rule could judge, where that is anything."""
    lost, unknown = report.coverage.not_taken_over, report.coverage.not_understood
    counts = {"not-taken-over": len(lost), "not-understood": len(unknown)}
    said = {lang: [f"{Words(lang)(key)}: {n}." for key, n in counts.items() if n] for lang in ("en", "id")}
    return [(language, " ".join(parts)) for language, parts in said.items() if parts]


def _criterion(verdict: RequirementVerdict) -> str:
    requirement = verdict.requirement
    return statement(
        written(requirement.iri),
        [
            ("a", ["earl:TestRequirement"]),
            ("dcterms:identifier", [terms.literal(requirement.notation)]),
            ("dcterms:title", texts(requirement.label.items())),
            ("dcterms:description", texts(requirement.wording.items())),
            ("dcterms:isPartOf", [written(requirement.clause)]),
        ],
    )


def _judged(report: CheckReport, verdict: RequirementVerdict) -> str:
    result: list[Pair] = [
        ("a", ["earl:TestResult"]),
        ("earl:outcome", [outcome(_outcome(verdict))]),
        ("dcterms:date", [date(report.as_of)]),
        ("earl:info", texts(_info(verdict).items())),
    ]
    return assertion(_subject(report), written(verdict.requirement.iri), block(result))


def _outcome(verdict: RequirementVerdict) -> str:
    """Not checked is never passed: it is untested, or cannot be told where shapes looked and may only find it broken."""
    if verdict.verdict is Verdict.NOT_CHECKED:
        return "cantTell" if verdict.focus_nodes else "untested"
    passed = {Verdict.CONFORMANT: "passed", Verdict.NONCONFORMANT: "failed", Verdict.NOT_APPLICABLE: "inapplicable"}
    return passed[verdict.verdict]


def _info(verdict: RequirementVerdict) -> dict[str, str]:
    if not verdict.is_waived:
        return dict(verdict.reason)
    return {language: Words(language)("waived-intro") for language in ("en", "id")}


def _found(report: CheckReport, finding: Finding, waiver: Waiver | None) -> str:
    shape = written(finding.result.source_shape)
    focus, about = tested(finding.focus.term, [("dcterms:title", texts(finding.focus.label.items()))])
    result = written(terms.iri(FINDING + finding.id))
    case: list[Pair] = [
        ("a", ["earl:TestCase"]),
        ("dcterms:description", texts(finding.expected.items())),
        ("dcterms:isPartOf", [written(finding.requirement.iri)]),
    ]
    said: list[Pair] = [
        ("a", ["earl:TestResult"]),
        ("earl:outcome", [outcome("failed")]),
        ("dcterms:date", [date(report.as_of)]),
        ("dcterms:description", texts(finding.found.items())),
        ("earl:info", [terms.literal(str(place)) for place in finding.places]),
        ("mc:hasGrade", [code(f"grade-{finding.grade.value}")]),
        ("mc:isWaivedBy", [written(waiver.iri)] if waiver else []),
    ]
    return "\n".join(
        (
            about,
            statement(shape, case),
            statement(result, said),
            assertion(focus, shape, result),
        )
    )
