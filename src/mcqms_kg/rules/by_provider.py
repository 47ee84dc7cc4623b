"""The verdicts of each provider: its focus nodes, its findings, its waivers and its statements alone count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import (
    Finding,
    Grade,
    GradeCounts,
    ProviderVerdict,
    Requirement,
    RequirementState,
    Term,
    Verdict,
    Waiver,
)
from mcqms_kg.rules.catalogue import Rulebook
from mcqms_kg.rules.facets import ProviderFacets
from mcqms_kg.rules.findings import named
from mcqms_kg.rules.focus import FocusNodes, Targets
from mcqms_kg.rules.ownership import Ownership, numbers
from mcqms_kg.rules.verdict import decide, overall, score
from mcqms_kg.rules.waivers import NonApplicability, covers_for

_NOTHING: Mapping[Targets, int] = {}


@dataclass(frozen=True)
class Judged:
    """What was found in the whole data, before it is told apart by provider."""

    findings: Sequence[Finding]
    waivers: Sequence[Waiver]
    statements: Sequence[NonApplicability]
    focus: FocusNodes
    not_understood: Iterable[Term]
    """The nodes of which something is said that nobody could understand."""


def provider_verdicts(
    rulebook: Rulebook, judged: Judged, ownership: Ownership, graph: GraphIndex
) -> tuple[ProviderVerdict, ...]:
    """What a check of each provider's own data says, in the order of `ownership`."""
    met = _met(judged.focus, ownership)
    found = _found(judged.findings, ownership)
    unclear = {number for node in judged.not_understood for number in numbers(ownership.bits(node))}
    aims = {r.iri: _aims(r, rulebook, judged.focus) for r in rulebook.framework.requirements}
    portraits = ProviderFacets(graph)
    made = []
    for number, provider in enumerate(ownership.providers):
        own = _Own(
            met.get(number, _NOTHING),
            found.get(number, {}),
            tuple(w for w in judged.waivers if w.provider == provider),
            tuple(s for s in judged.statements if s.provider == provider),
        )
        states = tuple(_state(r, rulebook, aims[r.iri], own) for r in rulebook.framework.requirements)
        made.append(_verdict(provider, states, own, number in unclear, graph, portraits))
    return tuple(made)


@dataclass(frozen=True)
class _Own:
    """What there is of one provider."""

    met: Mapping[Targets, int]
    found: Mapping[Term, list[Finding]]
    waivers: tuple[Waiver, ...]
    statements: tuple[NonApplicability, ...]

    def split(self, requirement: Term) -> tuple[list[Finding], list[Finding]]:
        """Its findings against a requirement: those that stand, and those that it has waived."""
        every = self.found.get(requirement, [])
        waived = [f for f in every if any(covers_for(w, f) for w in self.waivers)] if self.waivers else []
        return [f for f in every if f not in waived] if waived else every, waived


def _met(focus: FocusNodes, ownership: Ownership) -> dict[int, dict[Targets, int]]:
    """For each provider, how many focus nodes of its own each set of targets met."""
    met: dict[int, dict[Targets, int]] = {}
    for targets, nodes in focus.found.items():
        for bits, count in Counter(map(ownership.bits, nodes)).items():
            for number in numbers(bits):
                own = met.setdefault(number, {})
                own[targets] = own.get(targets, 0) + count
    return met


def _found(findings: Iterable[Finding], ownership: Ownership) -> dict[int, dict[Term, list[Finding]]]:
    """For each provider, the findings on its focus nodes by requirement; one on what several rely on is each one's."""
    found: dict[int, dict[Term, list[Finding]]] = {}
    for finding in findings:
        for number in numbers(ownership.bits(finding.focus.term)):
            found.setdefault(number, {}).setdefault(finding.requirement.iri, []).append(finding)
    return found


def _aims(requirement: Requirement, rulebook: Rulebook, focus: FocusNodes) -> tuple[Targets, ...]:
    """What the target shapes of a requirement aim at."""
    shapes = {target for shape in rulebook.enforcing(requirement.iri) for target in shape.targets}
    return tuple({focus.targets[shape] for shape in shapes if shape in focus.targets})


def _state(requirement: Requirement, rulebook: Rulebook, aims: Sequence[Targets], own: _Own) -> RequirementState:
    standing, waived = own.split(requirement.iri)
    most = max((own.met.get(targets, 0) for targets in aims), default=0)
    verdict, reason = decide(requirement, rulebook, bool(aims), bool(most), bool(standing or waived), own.statements)
    ids = (tuple(f.id for f in standing), tuple(f.id for f in waived))
    return RequirementState(requirement.notation, verdict, reason, most, *ids)


def _verdict(
    provider: Term,
    states: tuple[RequirementState, ...],
    own: _Own,
    is_unclear: bool,
    graph: GraphIndex,
    portraits: ProviderFacets,
) -> ProviderVerdict:
    verdict = overall(states)
    if verdict is Verdict.CONFORMANT and is_unclear:
        verdict = Verdict.NOT_CHECKED
    portrait = portraits.of(provider)
    return ProviderVerdict(
        provider=named(graph, provider),
        verdict=verdict,
        score=score(states),
        counts=count_grades(_graded(own, states), sum(len(state.waived) for state in states)),
        requirements=states,
        credentials=portrait.credentials,
        kinds=portrait.kinds,
        sectors=portrait.sectors,
        levels=portrait.levels,
    )


def _graded(own: _Own, states: Iterable[RequirementState]) -> Iterator[Grade]:
    standing = {id_ for state in states for id_ in state.findings}
    return (f.grade for found in own.found.values() for f in found if f.id in standing)


def count_grades(grades: Iterable[Grade], waived: int) -> GradeCounts:
    """How many findings there are by grade."""
    found = Counter(grades)
    return GradeCounts(found[Grade.MAJOR], found[Grade.MINOR], found[Grade.OPPORTUNITY], waived)
