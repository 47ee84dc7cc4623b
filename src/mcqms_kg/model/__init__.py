"""The words of the project as frozen data."""

from mcqms_kg.model.check import (
    Checked,
    CheckReport,
    ClauseVerdict,
    Coverage,
    Finding,
    Named,
    NotUnderstood,
    RequirementVerdict,
    Score,
    ShapeRun,
    Verdict,
    WaivedFinding,
    Waiver,
)
from mcqms_kg.model.comparison import Comparison, FindingRecord, Regraded
from mcqms_kg.model.rdf import Quad, Term, Texts, Triple
from mcqms_kg.model.rulebook import Clause, Framework, Grade, Requirement, Severity
from mcqms_kg.model.validation import ValidationReport, ValidationResult, sorted_results

__all__ = [
    "CheckReport",
    "Checked",
    "Clause",
    "ClauseVerdict",
    "Comparison",
    "Coverage",
    "Finding",
    "FindingRecord",
    "Framework",
    "Grade",
    "Named",
    "NotUnderstood",
    "Quad",
    "Regraded",
    "Requirement",
    "RequirementVerdict",
    "Score",
    "Severity",
    "ShapeRun",
    "Term",
    "Texts",
    "Triple",
    "ValidationReport",
    "ValidationResult",
    "Verdict",
    "WaivedFinding",
    "Waiver",
    "sorted_results",
]
