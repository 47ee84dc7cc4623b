"""Defects of how a micro-credential is taught and assessed (clauses 6.2d, 8.2, 8.3a, F)."""

from __future__ import annotations

from mcqms_kg.generate.defects.change import (
    OWN_UNIT,
    gone,
    of_credential,
    pointing,
    pointing_also,
    saying,
    without,
)
from mcqms_kg.generate.spelling import code

# fmt: off
DESIGNING = (
    of_credential("skill-set-beyond-standard", "8.2a", "skills", "The skill set has a unit of no standard.", OWN_UNIT,
        pointing_also("skills", "hasUnit", "own-unit")),
    of_credential("outcome-not-taught", "8.2b", "outcome-1", "No activity serves an outcome.",
        pointing("activity-1", "servesOutcome", "outcome-0")),
    of_credential("activity-without-outcome", "8.2b", "activity-0", "An activity serves no outcome.",
        without("activity-0", "servesOutcome")),
    of_credential("outcome-not-assessed", "8.2c", "outcome-1", "No task assesses an outcome.",
        pointing("task-1", "assessesOutcome", "outcome-0")),
    of_credential("task-without-outcome", "8.2c", "task-0", "A task assesses no outcome.",
        without("task-0", "assessesOutcome")),
    of_credential("scheme-without-method", "6.2d", "scheme", "The assessment scheme names no method.",
        without("scheme", "hasAssessmentMethod")),
    of_credential("scheme-without-criteria", "6.2d", "scheme", "The assessment scheme has no criteria.",
        without("scheme", "assessmentCriteria")),
    of_credential("scheme-without-pass-rule", "6.2d", "scheme", "The assessment scheme has no pass rule.",
        without("scheme", "passRule")),
    of_credential("norm-referenced", "8.3a", "scheme", "Assessment ranks learners instead of asking for competence.",
        saying("scheme", "hasAssessmentApproach", code("approach-norm-referenced"))),
    of_credential("scheme-without-evidence-rule", "8.3a", "scheme", "The assessment scheme has no rule of evidence.",
        without("scheme", "evidenceRule")),
    of_credential("scheme-without-standard", "8.3a", "scheme", "The assessment scheme follows no standard.",
        without("scheme", "followsStandard")),
    of_credential("course-outcome-unmapped", "F1", "course-outcome-0",
        "An outcome of the course is mapped to no unit.", without("course-outcome-0", "mapsToUnit")),
    of_credential("unit-not-in-course", "F1", "credential", "No outcome of its course is mapped to one of its units.",
        pointing("course-outcome-1", "mapsToUnit", "first-unit")),
    of_credential("no-skill-set", "F2", "credential", "It has no skill set.", without("credential", "hasSkillSet"),
        gone("skills")),
    of_credential("skill-set-without-level", "F2", "skills", "The skill set stands at no level.",
        without("skills", "hasLevel")),
    of_credential("activity-without-media", "F3", "activity-1", "An activity names no media.",
        without("activity-1", "usesMedia")),
    of_credential("task-without-instrument", "F4", "task-1", "A task names no instrument.",
        without("task-1", "usesInstrument")),
)
# fmt: on
