"""The words of the project as frozen data."""

from mcqms_kg.model.access import Role, Token
from mcqms_kg.model.audit import Deed, Entry, Outcome, Verified
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
from mcqms_kg.model.dataset import DATASET_NAME, Difference, Original, Version
from mcqms_kg.model.rdf import Quad, Term, Texts, Triple
from mcqms_kg.model.rulebook import Clause, Framework, Grade, Requirement, Severity
from mcqms_kg.model.validation import ValidationReport, ValidationResult, sorted_results

__all__ = [
    "DATASET_NAME",
    "CheckReport",
    "Checked",
    "Clause",
    "ClauseVerdict",
    "Comparison",
    "Coverage",
    "Deed",
    "Difference",
    "Entry",
    "Finding",
    "FindingRecord",
    "Framework",
    "Grade",
    "Named",
    "NotUnderstood",
    "Original",
    "Outcome",
    "Quad",
    "Regraded",
    "Requirement",
    "RequirementVerdict",
    "Role",
    "Score",
    "Severity",
    "ShapeRun",
    "Term",
    "Texts",
    "Token",
    "Triple",
    "ValidationReport",
    "ValidationResult",
    "Verdict",
    "Verified",
    "Version",
    "WaivedFinding",
    "Waiver",
    "sorted_results",
]
