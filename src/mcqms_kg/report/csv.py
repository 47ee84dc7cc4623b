"""One row a finding, for spreadsheets; no cell can be taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from mcqms_kg.graph import terms
from mcqms_kg.model import CheckReport, ClauseVerdict, Finding, RequirementVerdict
from mcqms_kg.report.words import Words, due_day, slug, state_of, visible

COLUMNS = (
    "id",
    "status",
    "clause",
    "clause_verdict",
    "requirement",
    "requirement_label",
    "requirement_verdict",
    "grade",
    "provider",
    "provider_iri",
    "focus",
    "focus_label",
    "path",
    "value",
    "found",
    "expected",
    "remedy",
    "by_when",
    "file",
    "line",
    "at",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(report: CheckReport, language: str) -> str:
    """Columns have the same names in every language; the texts are in the one asked for."""
    words = Words(language)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for top in report.clauses:
        for _, clause in top.walk():
            writer.writerows([harmless(cell) for cell in row] for row in _rows(clause, words))
    return out.getvalue()


def harmless(cell: str) -> str:
    """The cell with an apostrophe in front where a spreadsheet would run it."""
    shown = visible(cell)
    is_formula = cell.startswith(_FORMULA_STARTS) or cell.lstrip().startswith(_FORMULA_STARTS)
    return f"'{shown}" if is_formula else shown


def _rows(clause: ClauseVerdict, words: Words) -> Iterator[list[str]]:
    for verdict in clause.requirements:
        for finding in verdict.findings:
            yield _row(clause, verdict, finding, "open", words)
        for waived in verdict.waived:
            yield _row(clause, verdict, waived.finding, "waived", words)


def _row(clause: ClauseVerdict, verdict: RequirementVerdict, finding: Finding, status: str, words: Words) -> list[str]:
    place = finding.places[0] if finding.places else None
    provider = finding.provider
    return [
        finding.id,
        status,
        clause.clause.notation,
        slug(clause.verdict),
        verdict.requirement.notation,
        words.of(verdict.requirement.label),
        state_of(verdict),
        finding.grade.value,
        words.of(provider.label) if provider else "",
        terms.lexical(provider.term) if provider else "",
        finding.focus.term if terms.is_blank(finding.focus.term) else terms.lexical(finding.focus.term),
        words.of(finding.focus.label),
        finding.result.path or "",
        terms.lexical(finding.result.value) if finding.result.value else "",
        words.of(finding.found),
        words.of(finding.expected),
        words.of(verdict.requirement.remedy),
        day.isoformat() if (day := due_day(finding)) else "",
        place.file if place else "",
        str(place.line) if place and place.line is not None else "",
        place.at if place else "",
    ]
