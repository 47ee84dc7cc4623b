"""From an engine's report to a check report: findings, waivers, verdicts by requirement and clause, coverage."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.submitted import Submitted
from mcqms_kg.model import CheckReport, RequirementVerdict, Triple, ValidationReport, Verdict
from mcqms_kg.rules import waivers
from mcqms_kg.rules.behind import with_places
from mcqms_kg.rules.catalogue import Rulebook
from mcqms_kg.rules.coverage import coverage
from mcqms_kg.rules.findings import findings_of
from mcqms_kg.rules.verdict import clause_tree, overall, requirement_verdict, score


def judge(
    submitted: Submitted,
    background: Sequence[Triple],
    rulebook: Rulebook,
    report: ValidationReport,
    files: Sequence[Path],
    engine: str,
    version: str,
) -> CheckReport:
    """The report of a check: `report` is what the engine says of the submitted data and the background together.

    `engine` and `version` are told in the report as they are.
    """
    graph = GraphIndex((*background, *submitted.triples))
    requirements = _verdicts(submitted, rulebook, report, files, graph)
    looked_at = coverage(submitted, background, rulebook.shapes, graph, files)
    verdict = overall(requirements)
    if verdict is Verdict.CONFORMANT and looked_at.not_understood:
        verdict = Verdict.NOT_CHECKED
    return CheckReport(
        framework=rulebook.framework,
        profile=rulebook.profile.name,
        as_of=rulebook.as_of,
        verdict=verdict,
        score=score(requirements),
        clauses=clause_tree(rulebook, requirements),
        coverage=looked_at,
        checked=submitted.checked,
        rulebook_digest=rulebook.digest,
        engine=engine,
        version=version,
    )


def _verdicts(
    submitted: Submitted, rulebook: Rulebook, report: ValidationReport, files: Sequence[Path], graph: GraphIndex
) -> tuple[RequirementVerdict, ...]:
    found = findings_of(report.results, rulebook, graph, submitted.triples)
    found = with_places(found, files, graph, GraphIndex(rulebook.shapes))
    standing, waived = waivers.apply(found, waivers.waivers_in_force(graph, rulebook.as_of))
    stated = waivers.non_applicability_in_force(graph, rulebook.as_of)
    return tuple(
        requirement_verdict(r, rulebook, report, standing, waived, stated) for r in rulebook.framework.requirements
    )
