"""A requirement, a shape or a finding in words: what is asked, why, who enforces it, and how to put it right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from mcqms_kg.errors import UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import in_language
from mcqms_kg.model import FindingRecord, Requirement
from mcqms_kg.rules.catalogue import ReportingShape, Rulebook

_WORDS = {
    "grade": {"en": "Grade", "id": "Bobot"},
    "status": {"en": "Decided", "id": "Diputuskan"},
    "clause": {"en": "Clause", "id": "Klausul"},
    "asked": {"en": "What is asked", "id": "Yang diminta"},
    "found": {"en": "What was found", "id": "Yang ditemukan"},
    "why": {"en": "Why", "id": "Alasan"},
    "remedy": {"en": "How to put it right", "id": "Cara memperbaiki"},
    "source": {"en": "Source", "id": "Sumber"},
    "shapes": {"en": "Enforced by", "id": "Diperiksa oleh"},
    "requirement": {"en": "Requirement", "id": "Persyaratan"},
    "place": {"en": "Where", "id": "Tempat"},
    "provider": {"en": "Provider", "id": "Penyelenggara"},
    "excluded": {
        "en": "This profile leaves the requirement out.",
        "id": "Profil ini mengecualikan persyaratan tersebut.",
    },
    "major": {"en": "major", "id": "mayor"},
    "minor": {"en": "minor", "id": "minor"},
    "opportunity": {"en": "opportunity", "id": "peluang perbaikan"},
    "automated": {"en": "by shapes", "id": "oleh bentuk SHACL"},
    "partly": {"en": "partly by shapes", "id": "sebagian oleh bentuk SHACL"},
    "manual": {"en": "by people", "id": "oleh manusia"},
}


def explain_rule(name: str, rulebook: Rulebook, language: str) -> str:
    """A requirement (by number or name) or a reporting shape in words; raises `UnknownName` with what is close."""
    requirement = _requirement(name, rulebook)
    if requirement:
        return _text(_requirement_lines(requirement, rulebook, language))
    shape = _shape(name, rulebook)
    if shape:
        return _text(_shape_lines(shape, rulebook, language))
    known = [r.notation for r in rulebook.framework.requirements] + [terms.short(s) for s in rulebook.reporting]
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    remedy = f"Did you mean {', '.join(close)}?" if close else "`mcqms clauses` lists the requirements."
    raise UnknownName(f"{name!r} is no requirement or shape of profile {rulebook.profile.name}", remedy=remedy)


def explain_finding(finding: FindingRecord, rulebook: Rulebook, language: str) -> str:
    """A finding in words, with the requirement it falls under."""
    requirement = next(r for r in rulebook.framework.requirements if r.notation == finding.requirement)
    shape = rulebook.reporting.get(finding.shape)
    expected = in_language(shape.messages, language) if shape else finding.expected
    lines = (
        f"finding {finding.id}: {finding.focus_label}",
        _line("requirement", f"{requirement.notation} {in_language(requirement.label, language)}", language),
        _line("grade", _word(finding.grade.value, language), language),
        _line("provider", finding.provider, language),
        _line("asked", expected, language),
        _line("found", finding.found, language),
        _line("why", in_language(requirement.rationale, language), language),
        _line("remedy", in_language(requirement.remedy, language), language),
        _line("place", ", ".join(finding.places), language),
    )
    return _text(line for line in lines if line)


def _requirement(name: str, rulebook: Rulebook) -> Requirement | None:
    iri = terms.expand(name)
    return next((r for r in rulebook.framework.requirements if name == r.notation or iri == r.iri), None)


def _shape(name: str, rulebook: Rulebook) -> ReportingShape | None:
    iri = terms.expand(name)
    return next((s for s in rulebook.reporting.values() if iri == s.iri or terms.local_name(s.iri) == name), None)


def _requirement_lines(requirement: Requirement, rulebook: Rulebook, language: str) -> Iterator[str]:
    clause = rulebook.clause(requirement.clause)
    yield f"{requirement.notation} {in_language(requirement.label, language)}"
    yield _line("clause", f"{clause.notation} {in_language(clause.label, language)}", language)
    yield _line("asked", in_language(requirement.wording, language), language)
    yield _line("why", in_language(requirement.rationale, language), language)
    yield _line("remedy", in_language(requirement.remedy, language), language)
    grade = rulebook.profile.regraded.get(requirement.iri, requirement.grade)
    yield _line("grade", _word(grade.value, language), language)
    reason = in_language(requirement.status_reason, language)
    yield _line("status", f"{_word(requirement.status, language)}. {reason}".strip(), language)
    yield _line("source", requirement.source, language)
    if rulebook.is_excluded(requirement.iri):
        yield _word("excluded", language)
    yield f"{_word('shapes', language)}:"
    for shape in rulebook.enforcing(requirement.iri):
        yield f"  {terms.short(shape.iri)}: {in_language(shape.messages, language)}"


def _shape_lines(shape: ReportingShape, rulebook: Rulebook, language: str) -> Iterator[str]:
    requirement = rulebook.requirement(shape.requirement)
    yield terms.short(shape.iri)
    yield _line("asked", in_language(shape.messages, language), language)
    yield _line("requirement", f"{requirement.notation} {in_language(requirement.label, language)}", language)
    yield _line("grade", _word(shape.grade.value, language), language)
    yield _line("why", in_language(requirement.rationale, language), language)
    yield _line("remedy", in_language(requirement.remedy, language), language)


def _line(word: str, text: str, language: str) -> str:
    return f"{_word(word, language)}: {text}" if text else ""


def _word(word: str, language: str) -> str:
    return _WORDS[word].get(language, _WORDS[word]["en"])


def _text(lines: Iterable[str]) -> str:
    return "\n".join(line for line in lines if line) + "\n"
