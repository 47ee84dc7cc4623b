"""The W3C validation report. It is written more often than the others, so it waits for no library."""

from __future__ import annotations

from mcqms_kg.model import ValidationReport, sorted_results
from mcqms_kg.report.shacl_results import result_pairs
from mcqms_kg.report.turtle_text import block, document, statement


def write(report: ValidationReport, language: str) -> str:  # noqa: ARG001  # messages keep their languages
    """The report graph that SHACL asks for."""
    results = [block(result_pairs(result, indent=2)) for result in sorted_results(report.results)]
    conforms = "true" if report.conforms else "false"
    pairs = [("a", ["sh:ValidationReport"]), ("sh:conforms", [conforms]), ("sh:result", results)]
    return document([statement("[]", pairs)])
