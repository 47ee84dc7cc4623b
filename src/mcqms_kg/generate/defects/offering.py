"""Defects of what a micro-credential is and counts towards (clauses 3, 4.1, 6.2, 7, X)."""

from __future__ import annotations

from mcqms_kg.generate.defects.change import (
    OWN_UNIT,
    gone,
    of_credential,
    on_day,
    pointing,
    pointing_also,
    saying,
    typed,
    without,
)
from mcqms_kg.generate.spelling import decimal
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD

_OFFERED = frozenset({"offered"})
_PLANNED, _WITHDRAWN = frozenset({"planned"}), frozenset({"withdrawn"})

# fmt: off
OFFERING = (
    of_credential("no-workload", "3a", "credential", "The workload is not stated.",
        without("credential", "workloadHours")),
    of_credential("workload-above-limit", "3a", "credential", "The workload is above the limit of a short credential.",
        saying("credential", "workloadHours", decimal(225.0)), saying("credential", "credits", decimal(5.0))),
    of_credential("outcome-without-unit", "3a", "outcome-1", "An outcome is tied to no unit.",
        without("outcome-1", "isTiedTo")),
    of_credential("no-pathway", "3b", "credential", "It counts towards nothing.",
        without("credential", "hasProgression"), gone("progression-certificate", "progression-degree")),
    of_credential("progression-to-nowhere", "3b", "progression-degree", "A progression leads nowhere.",
        without("progression-degree", "leadsTo")),
    of_credential("progression-without-credit", "3b", "progression-certificate", "A progression brings no credit.",
        without("progression-certificate", "creditValue")),
    of_credential("no-need", "4.1a", "credential", "It answers no need.", without("credential", "answersNeed")),
    of_credential("need-of-others", "4.1a", "credential", "It answers a need, but not one of industry.",
        pointing("credential", "answersNeed", "need-of-learners")),
    of_credential("no-standard-considered", "4.1b", "credential", "No competency standard was taken into account.",
        without("credential", "takesIntoAccount")),
    of_credential("not-in-curriculum", "6.2c", "credential", "The course has no semester learning plan.",
        without("course", "hasSemesterPlan"), gone("semester-plan")),
    of_credential("no-programme-outcome", "6.2c", "credential", "It serves no outcome of a programme.",
        without("credential", "servesProgrammeOutcome")),
    of_credential("unit-of-no-edition", "7.2b", "credential", "A unit comes from no edition of a standard.", OWN_UNIT,
        pointing_also("outcome-0", "isTiedTo", "own-unit"),
        pointing_also("course-outcome-0", "mapsToUnit", "own-unit"), marks=_PLANNED),
    of_credential("no-page", "7.4", "credential", "It is offered and has no public page.",
        without("credential", "publicPage"), marks=_OFFERED),
    of_credential("name-in-other-language", "7.4", "credential", "Its name is in no language of its stakeholders.",
        saying("credential", "label", Term('"Microcertificaat"@nl')), marks=_OFFERED),
    of_credential("level-above-skills", "X1", "credential", "Its level is above that of its skill set.",
        saying("credential", "hasLevel", Term("<https://w3id.org/mcqms/kkni/9>"))),
    of_credential("credits-too-high", "X1", "credential", "Its credits do not agree with its workload.",
        saying("credential", "credits", decimal(6.0))),
    of_credential("design-approved-late", "X1", "credential", "Its design was approved after the first offer.",
        on_day("credential", "designApprovalDate", -1), marks=_OFFERED),
    of_credential("withdrawn-before-offer", "X1", "credential", "It was withdrawn before it was offered.",
        on_day("credential", "withdrawalDate", -3000), marks=_WITHDRAWN),
    of_credential("requires-itself", "X1", "credential", "It is its own prerequisite.",
        pointing_also("credential", "requires", "credential")),
    of_credential("credits-with-a-comma", "X2", "credential", "Its credits are no number.",
        saying("credential", "credits", Term(f'"3,0"^^<{XSD}decimal>'))),
    of_credential("misspelt-class", "X2", "outcome-1", "The class of an outcome is misspelt.",
        typed("outcome-1", "LearningOutcom")),
)
# fmt: on
