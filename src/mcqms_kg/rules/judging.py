"""From an engine's report to a check report: findings, waivers, verdicts by requirement and clause, coverage."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.submitted import Submitted
from mcqms_kg.model import (
    CheckReport,
    Finding,
    RequirementVerdict,
    Triple,
    ValidationReport,
    Verdict,
    Waiver,
)
from mcqms_kg.rules import waivers
from mcqms_kg.rules.by_provider import Judged, provider_verdicts
from mcqms_kg.rules.catalogue import Rulebook
from mcqms_kg.rules.coverage import coverage, unclear_nodes
from mcqms_kg.rules.due import Days
from mcqms_kg.rules.evidence import with_places
from mcqms_kg.rules.findings import findings_of
from mcqms_kg.rules.focus import focus_nodes_by_shape
from mcqms_kg.rules.ownership import Ownership, providers_in
from mcqms_kg.rules.registers import notice, registers
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
    focus = focus_nodes_by_shape(chain(background, submitted.triples), rulebook.shapes, graph)
    looked_at = coverage(submitted, background, focus.all(), graph, files)
    unclear = unclear_nodes(submitted.triples, looked_at.not_understood)
    noticed = notice(submitted.triples)
    nodes = chain(focus.all(), noticed.nodes(), unclear)
    ownership = Ownership(graph, providers_in(submitted.triples), nodes)
    found = findings_of(report.results, rulebook, graph, submitted.triples, ownership)
    shapes = GraphIndex(rulebook.shapes)
    days = Days(graph, shapes, rulebook.cutoffs, rulebook.within)
    found = days.told(with_places(found, files, graph, shapes), rulebook.as_of)
    in_force = waivers.waivers_in_force(graph, rulebook.as_of)
    stated = waivers.non_applicability_in_force(graph, rulebook.as_of)
    of_all = waivers.of_every(stated, ownership.providers)
    requirements = _verdicts(rulebook, report, found, in_force, of_all)
    judged = Judged(found, in_force, stated, focus, unclear)
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
        providers=provider_verdicts(rulebook, judged, ownership, graph),
        unattributed=tuple(f.id for f in found if not ownership.bits(f.focus.term)),
        registers=registers(noticed, graph, ownership, rulebook.as_of),
    )


def _verdicts(
    rulebook: Rulebook,
    report: ValidationReport,
    found: Sequence[Finding],
    in_force: Sequence[Waiver],
    stated: Sequence[waivers.NonApplicability],
) -> tuple[RequirementVerdict, ...]:
    standing, waived = waivers.apply(found, in_force)
    return tuple(
        requirement_verdict(r, rulebook, report, standing, waived, stated) for r in rulebook.framework.requirements
    )
