"""Defects of a micro-credential: what it is, its design, its validation and its results (clauses 3, 4.1, 6.2, 7, 8, 9.1, F, X)."""

from __future__ import annotations

from mcqms_kg.generate.defects.change import (
    Change,
    Defect,
    adding,
    all_of,
    gone,
    not_pointing,
    on_day,
    pointing,
    pointing_also,
    saying,
    telling,
    typed,
    without,
)
from mcqms_kg.generate.spelling import code, decimal, whole
from mcqms_kg.model import Term

_ANY: frozenset[str] = frozenset()
_OFFERED, _EVALUATED = frozenset({"offered"}), frozenset({"evaluated"})
_PLANNED, _WITHDRAWN = frozenset({"planned"}), frozenset({"withdrawn"})
_OWN_UNIT = telling("own-unit", "CompetencyUnit", "unit", "credential")
_NO_INDUSTRY_VALIDATION = all_of(
    not_pointing("credential", "hasValidation", "industry-validation"), gone("industry-validation", "evidence")
)


def _of(name: str, requirement: str, focus: str, why: str, *changes: Change, marks: frozenset[str] = _ANY) -> Defect:
    return Defect(name, requirement, "credential", focus, why, all_of(*changes), marks)


_WHAT_IT_IS = (
    _of("no-workload", "3a", "credential", "The workload is not stated.", without("credential", "workloadHours")),
    _of(
        "workload-above-limit",
        "3a",
        "credential",
        "The workload is above the limit of a short credential.",
        saying("credential", "workloadHours", decimal(225.0)),
        saying("credential", "credits", decimal(5.0)),
    ),
    _of("outcome-without-unit", "3a", "outcome-1", "An outcome is tied to no unit.", without("outcome-1", "isTiedTo")),
    _of(
        "no-pathway",
        "3b",
        "credential",
        "It counts towards nothing.",
        without("credential", "hasProgression"),
        gone("progression-certificate", "progression-degree"),
    ),
    _of(
        "progression-to-nowhere",
        "3b",
        "progression-degree",
        "A progression leads nowhere.",
        without("progression-degree", "leadsTo"),
    ),
    _of(
        "progression-without-credit",
        "3b",
        "progression-certificate",
        "A progression brings no credit.",
        without("progression-certificate", "creditValue"),
    ),
    _of("no-need", "4.1a", "credential", "It answers no need.", without("credential", "answersNeed")),
    _of(
        "need-of-others",
        "4.1a",
        "credential",
        "It answers a need, but not one of industry.",
        pointing("credential", "answersNeed", "need-of-learners"),
    ),
    _of(
        "no-standard-considered",
        "4.1b",
        "credential",
        "No competency standard was taken into account.",
        without("credential", "takesIntoAccount"),
    ),
    _of(
        "not-in-curriculum",
        "6.2c",
        "credential",
        "The course has no semester learning plan.",
        without("course", "hasSemesterPlan"),
        gone("semester-plan"),
    ),
    _of(
        "no-programme-outcome",
        "6.2c",
        "credential",
        "It serves no outcome of a programme.",
        without("credential", "servesProgrammeOutcome"),
    ),
    _of(
        "unit-of-no-edition",
        "7.2b",
        "credential",
        "A unit comes from no edition of a standard.",
        _OWN_UNIT,
        pointing_also("outcome-0", "isTiedTo", "own-unit"),
        pointing_also("course-outcome-0", "mapsToUnit", "own-unit"),
        marks=_PLANNED,
    ),
    _of(
        "no-page",
        "7.4",
        "credential",
        "It is offered and has no public page.",
        without("credential", "publicPage"),
        marks=_OFFERED,
    ),
    _of(
        "name-in-other-language",
        "7.4",
        "credential",
        "Its name is in no language of its stakeholders.",
        saying("credential", "label", Term('"Microcertificaat"@nl')),
        marks=_OFFERED,
    ),
    _of(
        "level-above-skills",
        "X1",
        "credential",
        "Its level is above that of its skill set.",
        saying("credential", "hasLevel", Term("<https://w3id.org/mcqms/kkni/9>")),
    ),
    _of(
        "credits-too-high",
        "X1",
        "credential",
        "Its credits do not agree with its workload.",
        saying("credential", "credits", decimal(6.0)),
    ),
    _of(
        "design-approved-late",
        "X1",
        "credential",
        "Its design was approved after the first offer.",
        on_day("credential", "designApprovalDate", -1),
        marks=_OFFERED,
    ),
    _of(
        "withdrawn-before-offer",
        "X1",
        "credential",
        "It was withdrawn before it was offered.",
        on_day("credential", "withdrawalDate", -3000),
        marks=_WITHDRAWN,
    ),
    _of(
        "requires-itself",
        "X1",
        "credential",
        "It is its own prerequisite.",
        pointing_also("credential", "requires", "credential"),
    ),
    _of(
        "misspelt-class",
        "X2",
        "outcome-1",
        "The class of an outcome is misspelt.",
        typed("outcome-1", "LearningOutcom"),
    ),
)

_DESIGN = (
    _of(
        "skill-set-beyond-standard",
        "8.2a",
        "skills",
        "The skill set has a unit of no standard.",
        _OWN_UNIT,
        pointing_also("skills", "hasUnit", "own-unit"),
    ),
    _of(
        "outcome-not-taught",
        "8.2b",
        "outcome-1",
        "No activity serves an outcome.",
        pointing("activity-1", "servesOutcome", "outcome-0"),
    ),
    _of(
        "activity-without-outcome",
        "8.2b",
        "activity-0",
        "An activity serves no outcome.",
        without("activity-0", "servesOutcome"),
        marks=_ANY,
    ),
    _of(
        "outcome-not-assessed",
        "8.2c",
        "outcome-1",
        "No task assesses an outcome.",
        pointing("task-1", "assessesOutcome", "outcome-0"),
    ),
    _of("task-without-outcome", "8.2c", "task-0", "A task assesses no outcome.", without("task-0", "assessesOutcome")),
    _of(
        "scheme-without-method",
        "6.2d",
        "scheme",
        "The assessment scheme names no method.",
        without("scheme", "hasAssessmentMethod"),
    ),
    _of(
        "scheme-without-criteria",
        "6.2d",
        "scheme",
        "The assessment scheme has no criteria.",
        without("scheme", "assessmentCriteria"),
    ),
    _of(
        "scheme-without-pass-rule",
        "6.2d",
        "scheme",
        "The assessment scheme has no pass rule.",
        without("scheme", "passRule"),
    ),
    _of(
        "norm-referenced",
        "8.3a",
        "scheme",
        "Assessment ranks learners instead of asking for competence.",
        saying("scheme", "hasAssessmentApproach", code("approach-norm-referenced")),
    ),
    _of(
        "scheme-without-evidence-rule",
        "8.3a",
        "scheme",
        "The assessment scheme has no rule of evidence.",
        without("scheme", "evidenceRule"),
    ),
    _of(
        "scheme-without-standard",
        "8.3a",
        "scheme",
        "The assessment scheme follows no standard.",
        without("scheme", "followsStandard"),
    ),
    _of(
        "course-outcome-unmapped",
        "F1",
        "course-outcome-0",
        "An outcome of the course is mapped to no unit.",
        without("course-outcome-0", "mapsToUnit"),
    ),
    _of(
        "unit-not-in-course",
        "F1",
        "credential",
        "No outcome of its course is mapped to one of its units.",
        pointing("course-outcome-1", "mapsToUnit", "first-unit"),
    ),
    _of(
        "no-skill-set", "F2", "credential", "It has no skill set.", without("credential", "hasSkillSet"), gone("skills")
    ),
    _of("skill-set-without-level", "F2", "skills", "The skill set stands at no level.", without("skills", "hasLevel")),
    _of(
        "activity-without-media", "F3", "activity-1", "An activity names no media.", without("activity-1", "usesMedia")
    ),
    _of("task-without-instrument", "F4", "task-1", "A task names no instrument.", without("task-1", "usesInstrument")),
)

_VALIDATION = (
    _of("no-lecturer", "5.3b", "credential", "Nobody teaches it.", without("credential", "isTaughtBy"), marks=_OFFERED),
    _of(
        "taught-by-director",
        "5.3b",
        "credential",
        "Who teaches it holds no role of lecturer.",
        pointing("credential", "isTaughtBy", "director"),
        marks=_OFFERED,
    ),
    _of(
        "no-needs-analysis",
        "8.1b",
        "credential",
        "It is based on no needs analysis.",
        without("credential", "isBasedOn"),
        gone("analysis"),
    ),
    _of(
        "no-design-approval",
        "8.1b",
        "credential",
        "The day of design approval is not stated.",
        without("credential", "designApprovalDate"),
    ),
    _of(
        "analysis-after-design",
        "8.1b",
        "credential",
        "The needs analysis came after design approval.",
        on_day("analysis", "eventDate", 0),
    ),
    _of(
        "analysis-without-date", "8.1b", "analysis", "The needs analysis has no date.", without("analysis", "eventDate")
    ),
    _of(
        "no-academic-validation",
        "8.1c",
        "credential",
        "No academic team validated it.",
        not_pointing("credential", "hasValidation", "academic-validation"),
        gone("academic-validation"),
        marks=_OFFERED,
    ),
    _of(
        "academic-validation-by-director",
        "8.1c",
        "credential",
        "The academic validation is by somebody who is no academic team.",
        pointing("academic-validation", "isPerformedBy", "director"),
        marks=_OFFERED,
    ),
    _of(
        "academic-validation-rejected",
        "8.1c",
        "credential",
        "The academic team rejected it.",
        saying("academic-validation", "hasDecision", code("decision-rejected")),
        marks=_OFFERED,
    ),
    _of(
        "academic-validation-late",
        "8.1c",
        "credential",
        "The academic validation came after the first offer.",
        on_day("academic-validation", "eventDate", -1),
        marks=_OFFERED,
    ),
    _of(
        "no-industry-validation",
        "8.1d",
        "credential",
        "No industry body validated it.",
        _NO_INDUSTRY_VALIDATION,
        marks=_OFFERED,
    ),
    _of(
        "industry-validation-rejected",
        "8.1d",
        "credential",
        "The industry body rejected it.",
        saying("industry-validation", "hasDecision", code("decision-rejected")),
        marks=_OFFERED,
    ),
    _of(
        "industry-validation-late",
        "8.1d",
        "credential",
        "The industry validation came after the first offer.",
        on_day("industry-validation", "eventDate", -1),
        marks=_OFFERED,
    ),
    _of(
        "industry-validation-by-profession",
        "8.1d",
        "credential",
        "The industry validation is by somebody who is no industry body.",
        pointing("industry-validation", "isPerformedBy", "profession"),
        pointing("evidence", "isIssuedBy", "profession"),
        marks=_OFFERED,
    ),
    _of(
        "industry-validation-unconfirmed",
        "8.1d",
        "industry-validation",
        "The industry body has not confirmed its validation.",
        without("industry-validation", "isEvidencedBy"),
        gone("evidence"),
    ),
    _of(
        "industry-validation-by-own-word",
        "8.1d",
        "industry-validation",
        "The provider itself issued the evidence of a validation.",
        pointing("evidence", "isIssuedBy", "provider"),
    ),
    _of(
        "industry-validation-of-nobody",
        "8.1d",
        "industry-validation",
        "An industry validation is recorded for no provider.",
        without("industry-validation", "belongsTo"),
    ),
    _of(
        "first-offer-unknown",
        "8.1d",
        "credential",
        "Learners have taken it, and nobody knows when it was first offered.",
        without("credential", "firstOfferDate"),
        marks=_EVALUATED,
    ),
)

_RESULTS = (
    _of("not-evaluated", "8.4a", "credential", "It was never evaluated.", gone("evaluation"), marks=_EVALUATED),
    _of(
        "evaluation-overdue",
        "8.4a",
        "credential",
        "Its last evaluation is too old.",
        on_day("evaluation", "eventDate", -450),
        marks=_EVALUATED,
    ),
    _of(
        "trends-without-decision",
        "8.4b",
        "credential",
        "The review of trends decided nothing.",
        without("trends", "hasDecision"),
        marks=_EVALUATED,
    ),
    _of(
        "trends-overdue",
        "8.4b",
        "credential",
        "The last review of trends is too old.",
        on_day("trends", "eventDate", -450),
        marks=_EVALUATED,
    ),
    *(
        _of(
            f"{group}-{name}",
            requirement,
            "credential",
            f"{why} {group}.",
            change(f"satisfaction-{group}"),
            marks=_EVALUATED,
        )
        for group, requirement in (("industry", "9.1a"), ("graduates", "9.1b"))
        for name, why, change in (
            ("not-asked", "Nobody measured the satisfaction of", gone),
            (
                "asked-nobody",
                "No answer stands behind the satisfaction of",
                lambda part: saying(part, "sampleSize", whole(0)),
            ),
            ("asked-long-ago", "Too old is the measured satisfaction of", lambda part: on_day(part, "eventDate", -420)),
        )
    ),
    _of(
        "graduates-not-tracked",
        "9.1c",
        "credential",
        "Nobody knows what became of its graduates.",
        gone("graduates"),
        marks=_EVALUATED,
    ),
    _of(
        "graduates-of-no-cohort",
        "9.1c",
        "graduates",
        "A record of graduates names no cohort.",
        without("graduates", "cohort"),
        marks=_EVALUATED,
    ),
    _of(
        "completion-above-one",
        "9.1c",
        "graduates",
        "The completion rate is above one.",
        saying("graduates", "completionRate", decimal(1.7)),
        marks=_EVALUATED,
    ),
    _of(
        "employment-unknown",
        "9.1c",
        "graduates",
        "The employment rate is not stated.",
        without("graduates", "employmentRate"),
        marks=_EVALUATED,
    ),
)

OFFERING = (*_WHAT_IT_IS, *_DESIGN, *_VALIDATION, *_RESULTS)
