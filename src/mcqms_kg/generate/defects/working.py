"""Defects of procedures, processes, life cycle, references, needs, risks and objectives (clauses 0.6, 2, 4, 6)."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.generate.defects.change import Defect, adding, all_of, gone, on_day, pointing, saying, without
from mcqms_kg.generate.spelling import code, whole

_PROCEDURES = {
    "system-management": "1.3",
    "needs-identification": "4.2b",
    "industry-collaboration": "4.3b",
    "management-commitment": "5.1c",
    "roles-evaluation": "5.3d",
    "risk-management": "6.1d",
    "internal-audit": "9.2b",
}
_DECREE_OF_2006 = "<https://w3id.org/mcqms/skkni/decree/269-2006>"


def _of_procedures() -> Iterator[Defect]:
    for kind, requirement in _PROCEDURES.items():
        for name, why, change in (
            ("missing", "There is no procedure", gone("procedure")),
            ("expired", "The procedure has ended", on_day("procedure", "expiryDate", -15)),
            ("not-in-force", "The procedure takes effect only later", on_day("procedure", "effectiveDate", 25)),
            ("unapproved", "Nobody approved the procedure", without("procedure", "isApprovedBy")),
        ):
            yield Defect(
                f"procedure-{kind}-{name}", requirement, f"procedure-{kind}", "provider", f"{why}: {kind}.", change
            )


# fmt: off
WORKING = (
    *_of_procedures(),
    Defect("process-without-phase", "0.6", "processes", "development", "A process stands in no phase.",
        without("development", "hasPhase")),
    Defect("process-in-two-phases", "0.6", "processes", "development", "A process stands in two phases.",
        adding("development", "hasPhase", code("pdca-do"))),
    Defect("process-in-unknown-phase", "0.6", "processes", "development", "The phase of a process is no phase.",
        saying("development", "hasPhase", code("stage-development"))),
    Defect("nobody-acts", "0.6", "processes", "provider", "No process is in the phase Act.",
        saying("improvement", "hasPhase", code("pdca-check"))),
    Defect("process-without-owner", "4.3a", "processes", "design", "A process has no owner.",
        without("design", "isOwnedBy")),
    Defect("process-without-procedure", "4.3a", "processes", "assessment", "A process follows no procedure.",
        all_of(without("assessment", "followsProcedure"), gone("instructions-assessment"))),
    Defect("process-without-policy", "4.3a", "processes", "design", "No policy directs a process.",
        without("design", "isDirectedBy")),
    *(Defect(f"no-process-for-{stage}", "4.3a", "processes", "provider", f"No process covers {stage}.",
           saying(stage, "coversStage", code("stage-validation")))
      for stage in ("design", "development", "implementation", "evaluation")),
    Defect("no-life-cycle-model", "8.1a", "life-cycle", "provider", "There is no model of the life cycle.",
        gone("model", *(f"step-{n}"
      for n in range(1, 8)))),
    *(Defect(f"life-cycle-without-{stage}", "8.1a", "life-cycle", "model", f"The life cycle has no step for {stage}.",
           saying(step, "coversStage", code(f"stage-{instead}")))
      for step, stage, instead in (("step-1", "design", "needs-analysis"), ("step-3", "validation", "development"),
           ("step-7", "evaluation", "certification"))),
    Defect("life-cycle-out-of-order", "8.1a", "life-cycle", "model",
        "Two steps of the life cycle have changed places.",
        all_of(saying("step-2", "stepNumber", whole(3)), saying("step-3", "stepNumber", whole(2)))),
    Defect("step-without-entry-criteria", "8.1a", "life-cycle", "step-4",
        "A step does not say what is needed to enter it.", without("step-4", "entryCriteria")),
    Defect("step-without-exit-criteria", "8.1a", "life-cycle", "step-5",
        "A step does not say what is needed to leave it.", without("step-5", "exitCriteria")),
    Defect("step-without-number", "8.1a", "life-cycle", "step-6", "A step has no number.",
        without("step-6", "stepNumber")),
    *(Defect(f"no-reference-{kind}", "2a", "provider", "provider",
           f"The system does not name the reference: {kind}.", gone(kind))
      for kind in ("occupation-map", "job-title-dictionary", "competency-standards", "qualification-framework", "aqrf",
           "rmcs", "iso-9001", "unesco-guidelines", "national-regulation")),
    Defect("reference-without-edition", "2b", "provider", "aqrf", "A reference names no edition.",
        without("aqrf", "usesEdition")),
    Defect("reference-to-superseded-edition", "2b", "provider", "iso-9001",
        "A reference uses an edition after its last day.", pointing("iso-9001", "usesEdition", "superseded-edition")),
    Defect("reference-to-replaced-decree", "2b", "provider", "competency-standards",
        "A replaced edition has no last day of use.", saying("competency-standards", "usesEdition", _DECREE_OF_2006)),
    *(Defect(f"no-need-of-{party}", "4.2a", "needs", "provider", f"No need is recorded of {party}.",
           gone(f"{party}-0", f"{party}-0-evidence"))
      for party in ("higher-education", "learners-and-workers")),
    Defect("need-without-evidence", "4.2c", "needs", "industry-0", "A need cites no evidence.",
        all_of(without("industry-0", "isEvidencedBy"), gone("industry-0-evidence"))),
    Defect("need-of-old-evidence", "4.2c", "needs", "industry-0", "The evidence of a need is too old.",
        on_day("industry-0-evidence", "effectiveDate", -900)),
    Defect("need-of-undated-evidence", "4.2c", "needs", "higher-education-0", "The evidence of a need has no date.",
        without("higher-education-0-evidence", "effectiveDate")),
    *(Defect(f"no-risk-{kind}", "6.1a", "risks", "provider", f"The register lacks the risk: {kind}.", gone(kind))
      for kind in ("not-recognised-by-industry", "quality-not-standardised")),
    *(Defect(f"risk-without-{name}", "6.1c", "risks", "other", f"A risk has no {words}.", without("other", name))
      for name, words in (("likelihood", "likelihood"), ("impact", "impact"), ("isOwnedBy", "owner"),
           ("treatment", "treatment"))),
    Defect("risk-off-the-scale", "6.1c", "risks", "other", "The impact of a risk is above the scale.",
        saying("other", "impact", whole(7))),
    Defect("risk-review-overdue", "6.1c", "risks", "other", "The review of a risk is overdue.",
        on_day("other", "nextReviewDate", -8)),
    *(Defect(f"no-opportunity-{kind}", "6.1b", "opportunities", "provider",
           f"The register lacks the opportunity: {kind}.", gone(kind))
      for kind in ("employability", "international-recognition")),
    *(Defect(f"objective-without-{name}", "6.2a", "objective", "objective", f"An objective has no {words}.",
           without("objective", name))
      for name, words in (("indicator", "indicator"), ("targetValue", "target value"),
           ("unitOfMeasure", "unit of measure"), ("dueDate", "due date"), ("isOwnedBy", "owner"))),
    Defect("objective-without-plan", "6.2b", "objective", "objective", "An objective has no plan.",
        all_of(without("objective", "hasPlan"), gone("plan"))),
)
# fmt: on
