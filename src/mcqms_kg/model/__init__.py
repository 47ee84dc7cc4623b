"""The words of the project as frozen data."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mcqms_kg.model.access import Role, Token
    from mcqms_kg.model.audit import Deed, Entry, Outcome, Verified
    from mcqms_kg.model.check import (
        Checked,
        CheckReport,
        ClauseVerdict,
        Coverage,
        Finding,
        NotUnderstood,
        Prechecked,
        RequirementVerdict,
        ShapeRun,
        WaivedFinding,
        Waiver,
    )
    from mcqms_kg.model.comparison import Comparison, FindingRecord, Regraded
    from mcqms_kg.model.dataset import DATASET_NAME, Difference, Original, Version
    from mcqms_kg.model.due import Due, DueBy
    from mcqms_kg.model.exchange import Loss, Stated, Taken, Translation, Wanted, Written
    from mcqms_kg.model.overview import (
        Choice,
        ClauseState,
        FindingHistory,
        KeptCheck,
        Outline,
        Overview,
        ProviderRow,
        ProviderScore,
        TrendPoint,
    )
    from mcqms_kg.model.plan import Task
    from mcqms_kg.model.providers import (
        CorrectiveAction,
        Deadline,
        EvidenceRecord,
        GradeCounts,
        ProviderVerdict,
        Registers,
        RequirementState,
    )
    from mcqms_kg.model.rdf import Quad, Term, Texts, Triple
    from mcqms_kg.model.rulebook import Clause, Framework, Grade, Requirement, Severity
    from mcqms_kg.model.validation import ValidationReport, ValidationResult, sorted_results
    from mcqms_kg.model.verdict import Named, Score, Verdict
    from mcqms_kg.model.verification import Point, Proof, Verification

_MODULES = {
    "access": (
        "Role",
        "Token",
    ),
    "audit": (
        "Deed",
        "Entry",
        "Outcome",
        "Verified",
    ),
    "check": (
        "Checked",
        "CheckReport",
        "ClauseVerdict",
        "Coverage",
        "Finding",
        "NotUnderstood",
        "Prechecked",
        "RequirementVerdict",
        "ShapeRun",
        "WaivedFinding",
        "Waiver",
    ),
    "comparison": (
        "Comparison",
        "FindingRecord",
        "Regraded",
    ),
    "dataset": (
        "DATASET_NAME",
        "Difference",
        "Original",
        "Version",
    ),
    "overview": (
        "Choice",
        "ClauseState",
        "FindingHistory",
        "KeptCheck",
        "Outline",
        "Overview",
        "ProviderRow",
        "ProviderScore",
        "TrendPoint",
    ),
    "plan": ("Task",),
    "providers": (
        "CorrectiveAction",
        "Deadline",
        "EvidenceRecord",
        "GradeCounts",
        "ProviderVerdict",
        "Registers",
        "RequirementState",
    ),
    "due": (
        "Due",
        "DueBy",
    ),
    "exchange": (
        "Loss",
        "Stated",
        "Taken",
        "Translation",
        "Wanted",
        "Written",
    ),
    "rdf": (
        "Quad",
        "Term",
        "Texts",
        "Triple",
    ),
    "rulebook": (
        "Clause",
        "Framework",
        "Grade",
        "Requirement",
        "Severity",
    ),
    "validation": (
        "ValidationReport",
        "ValidationResult",
        "sorted_results",
    ),
    "verdict": (
        "Named",
        "Score",
        "Verdict",
    ),
    "verification": (
        "Point",
        "Proof",
        "Verification",
    ),
}
"""Which file holds what; it is imported on first use, because frozen classes take long to make."""


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            found = globals()[name] = getattr(import_module(f"{__name__}.{module}"), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "DATASET_NAME",
    "CheckReport",
    "Checked",
    "Choice",
    "Clause",
    "ClauseState",
    "ClauseVerdict",
    "Comparison",
    "CorrectiveAction",
    "Coverage",
    "Deadline",
    "Deed",
    "Difference",
    "Due",
    "DueBy",
    "Entry",
    "EvidenceRecord",
    "Finding",
    "FindingHistory",
    "FindingRecord",
    "Framework",
    "Grade",
    "GradeCounts",
    "KeptCheck",
    "Loss",
    "Named",
    "NotUnderstood",
    "Original",
    "Outcome",
    "Outline",
    "Overview",
    "Point",
    "Prechecked",
    "Proof",
    "ProviderRow",
    "ProviderScore",
    "ProviderVerdict",
    "Quad",
    "Registers",
    "Regraded",
    "Requirement",
    "RequirementState",
    "RequirementVerdict",
    "Role",
    "Score",
    "Severity",
    "ShapeRun",
    "Stated",
    "Taken",
    "Task",
    "Term",
    "Texts",
    "Token",
    "Translation",
    "TrendPoint",
    "Triple",
    "ValidationReport",
    "ValidationResult",
    "Verdict",
    "Verification",
    "Verified",
    "Version",
    "WaivedFinding",
    "Waiver",
    "Wanted",
    "Written",
    "sorted_results",
]
