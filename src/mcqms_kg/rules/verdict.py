"""From findings and focus nodes to verdicts: requirement, clause, whole. Not checked is never conformant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from mcqms_kg.graph import terms
from mcqms_kg.model import (
    Clause,
    ClauseVerdict,
    Finding,
    Requirement,
    RequirementVerdict,
    Score,
    ShapeRun,
    Term,
    Texts,
    ValidationReport,
    Verdict,
    WaivedFinding,
)
from mcqms_kg.rules.catalogue import Rulebook
from mcqms_kg.rules.waivers import NonApplicability

_REASONS = {
    "profile": {
        "en": "The profile says that this requirement does not apply.",
        "id": "Profil menyatakan bahwa persyaratan ini tidak berlaku.",
    },
    "missing": {
        "en": "The rulebook is incomplete, these shapes are missing or have no target: {shapes}.",
        "id": "Buku aturan tidak lengkap, bentuk berikut tidak ada atau tidak memiliki sasaran: {shapes}.",
    },
    "no shape": {
        "en": "No shape enforces this requirement.",
        "id": "Tidak ada bentuk yang memeriksa persyaratan ini.",
    },
    "conditional": {
        "en": "The data holds nothing that this requirement is about, and having none is no shortcoming.",
        "id": "Data tidak memuat apa pun yang diatur oleh persyaratan ini, dan ketiadaannya bukan kekurangan.",
    },
    "no focus": {
        "en": "The data holds nothing that this requirement is about.",
        "id": "Data tidak memuat apa pun yang diatur oleh persyaratan ini.",
    },
}


def requirement_verdict(
    requirement: Requirement,
    rulebook: Rulebook,
    report: ValidationReport,
    findings: Iterable[Finding],
    waived: Iterable[WaivedFinding],
    statements: Iterable[NonApplicability],
) -> RequirementVerdict:
    """The verdict on one requirement, with the shapes and focus nodes it rests on."""
    runs = _runs(requirement, rulebook, report)
    own = tuple(f for f in findings if f.requirement.iri == requirement.iri)
    own_waived = tuple(w for w in waived if w.finding.requirement.iri == requirement.iri)
    met = any(run.focus_nodes for run in runs)
    verdict, reason = decide(requirement, rulebook, bool(runs), met, bool(own or own_waived), tuple(statements))
    return RequirementVerdict(requirement, verdict, reason, runs, own, own_waived)


def _runs(requirement: Requirement, rulebook: Rulebook, report: ValidationReport) -> tuple[ShapeRun, ...]:
    targets = sorted({t for shape in rulebook.enforcing(requirement.iri) for t in shape.targets})
    return tuple(ShapeRun(t, report.focus_nodes.get(t, 0), report.engines.get(t, "")) for t in targets)


def decide(
    requirement: Requirement,
    rulebook: Rulebook,
    has_shapes: bool,
    met_any: bool,
    has_findings: bool,
    statements: Sequence[NonApplicability],
) -> tuple[Verdict, Texts]:
    """The verdict and why: `has_shapes` says whether a target shape enforces it, `met_any` whether one met a focus node."""
    if rulebook.is_excluded(requirement.iri):
        return Verdict.NOT_APPLICABLE, _REASONS["profile"]
    if has_findings:
        return Verdict.NONCONFORMANT, {}
    if requirement.status == "manual":
        return Verdict.NOT_CHECKED, requirement.status_reason
    missing = rulebook.missing.get(requirement.iri)
    if missing:
        return Verdict.NOT_CHECKED, _with_shapes(_REASONS["missing"], missing)
    if not has_shapes:
        return Verdict.NOT_CHECKED, _REASONS["no shape"]
    if not met_any:
        if requirement.is_conditional:
            return Verdict.NOT_APPLICABLE, _REASONS["conditional"]
        stated = next((s for s in statements if s.requirement == requirement.iri), None)
        return (Verdict.NOT_APPLICABLE, stated.reason) if stated else (Verdict.NOT_CHECKED, _REASONS["no focus"])
    if requirement.status == "partly":
        return Verdict.NOT_CHECKED, requirement.status_reason
    return Verdict.CONFORMANT, {}


def _with_shapes(reason: Texts, shapes: Iterable[Term]) -> Texts:
    named = ", ".join(terms.short(s) for s in shapes)
    return {language: text.format(shapes=named) for language, text in reason.items()}


def clause_tree(rulebook: Rulebook, verdicts: Sequence[RequirementVerdict]) -> tuple[ClauseVerdict, ...]:
    """The clauses that hold a requirement, as a tree in clause order."""
    roots = (c for c in rulebook.framework.clauses if c.parent is None)
    return tuple(node for c in roots if (node := _clause(c, rulebook, verdicts)))


def _clause(clause: Clause, rulebook: Rulebook, verdicts: Sequence[RequirementVerdict]) -> ClauseVerdict | None:
    inside = (c for c in rulebook.framework.clauses if c.parent == clause.iri)
    children = tuple(node for c in inside if (node := _clause(c, rulebook, verdicts)))
    own = tuple(v for v in verdicts if v.requirement.clause == clause.iri)
    below = (*own, *(v for child in children for _, c in child.walk() for v in c.requirements))
    return ClauseVerdict(clause, overall(below), score(below), own, children) if below else None


class Decided(Protocol):
    """A requirement with what it came to."""

    @property
    def verdict(self) -> Verdict: ...

    @property
    def is_waived(self) -> bool: ...


def overall(verdicts: Sequence[Decided]) -> Verdict:
    """The worst verdict of what counts; waived ones count only where nothing else does."""
    counted = [v.verdict for v in verdicts if not v.is_waived]
    for verdict in (Verdict.NONCONFORMANT, Verdict.NOT_CHECKED, Verdict.CONFORMANT):
        if verdict in counted:
            return verdict
    return Verdict.NONCONFORMANT if any(v.is_waived for v in verdicts) else Verdict.NOT_APPLICABLE


def score(verdicts: Sequence[Decided]) -> Score:
    """How many requirements came to each verdict; a waived one is counted as waived only."""

    def count(verdict: Verdict) -> int:
        return sum(1 for v in verdicts if v.verdict is verdict and not v.is_waived)

    return Score(
        conformant=count(Verdict.CONFORMANT),
        nonconformant=count(Verdict.NONCONFORMANT),
        not_checked=count(Verdict.NOT_CHECKED),
        not_applicable=count(Verdict.NOT_APPLICABLE),
        waived=sum(1 for v in verdicts if v.is_waived),
    )
