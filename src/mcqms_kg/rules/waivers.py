"""Waivers and statements of non-applicability: decisions that are data, with a reason, somebody who answers for them, and an end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Finding, Term, Texts, WaivedFinding, Waiver
from mcqms_kg.rules.findings import named


@dataclass(frozen=True)
class NonApplicability:
    """A provider's reasoned statement that a requirement does not apply to it, in force on the check date."""

    iri: Term
    requirement: Term
    provider: Term
    reason: Texts


def waivers_in_force(graph: GraphIndex, as_of: dt.date) -> tuple[Waiver, ...]:
    """The complete waivers in force; an expired or incomplete one waives nothing (and is itself a finding under X3)."""
    found = (_waiver(graph, iri) for iri in graph.instances(mc("Waiver")))
    return tuple(w for w in found if w and w.effective <= as_of <= w.expiry)


def _waiver(graph: GraphIndex, iri: Term) -> Waiver | None:
    effective, expiry = (_date(graph, iri, name) for name in ("effectiveDate", "expiryDate"))
    provider = graph.value(iri, mc("belongsTo"))
    granted_by = graph.objects(iri, mc("isGrantedBy"))
    reason = graph.texts(iri, mc("reason"))
    if not (effective and expiry and provider and granted_by and reason):
        return None
    return Waiver(
        iri=iri,
        waives=graph.objects(iri, mc("waives")),
        provider=provider,
        focus=graph.objects(iri, mc("appliesTo")),
        reason=reason,
        granted_by=tuple(named(graph, agent) for agent in granted_by),
        effective=effective,
        expiry=expiry,
    )


def apply(
    findings: Iterable[Finding], waivers: Iterable[Waiver]
) -> tuple[tuple[Finding, ...], tuple[WaivedFinding, ...]]:
    """The findings that stand, and those that a waiver covers."""
    waivers = tuple(waivers)
    standing: list[Finding] = []
    waived: list[WaivedFinding] = []
    for finding in findings:
        waiver = next((w for w in waivers if covers(w, finding)), None)
        if waiver:
            waived.append(WaivedFinding(finding, waiver))
        else:
            standing.append(finding)
    return tuple(standing), tuple(waived)


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether the waiver names the finding's requirement or shape, its provider, and (where it names any) its focus node."""
    names_provider = finding.provider is not None and finding.provider.term == waiver.provider
    return names_provider and covers_for(waiver, finding)


def covers_for(waiver: Waiver, finding: Finding) -> bool:
    """The same, for the provider whose waiver it is."""
    names_rule = finding.requirement.iri in waiver.waives or finding.result.source_shape in waiver.waives
    return names_rule and (not waiver.focus or finding.focus.term in waiver.focus)


def non_applicability_in_force(graph: GraphIndex, as_of: dt.date) -> tuple[NonApplicability, ...]:
    """The complete statements of non-applicability in force on the date."""
    found: list[NonApplicability] = []
    for iri in graph.instances(mc("ApplicabilityStatement")):
        effective, expiry = (_date(graph, iri, name) for name in ("effectiveDate", "expiryDate"))
        provider, reason = graph.value(iri, mc("belongsTo")), graph.texts(iri, mc("reason"))
        answered_for = graph.objects(iri, mc("isApprovedBy"))
        if effective and expiry and effective <= as_of <= expiry and provider and reason and answered_for:
            excluded = graph.objects(iri, mc("excludesRequirement"))
            found += [NonApplicability(iri, requirement, provider, reason) for requirement in excluded]
    return tuple(found)


def of_every(statements: Iterable[NonApplicability], providers: Sequence[Term]) -> tuple[NonApplicability, ...]:
    """The statements on what every provider in the data says that it does not apply: one alone does not speak for the others."""
    every = tuple(statements)
    said: dict[Term, set[Term]] = {}
    for statement in every:
        said.setdefault(statement.requirement, set()).add(statement.provider)
    return tuple(statement for statement in every if said[statement.requirement].issuperset(providers))


def _date(graph: GraphIndex, subject: Term, name: str) -> dt.date | None:
    """The one date a property gives; nothing where there is none, several, or an ill-formed one."""
    values = graph.objects(subject, mc(name))
    try:
        return dt.date.fromisoformat(terms.lexical(values[0])) if len(values) == 1 else None
    except ValueError:
        return None
