"""Defects of who teaches and validates a micro-credential, and of its results (clauses 5.3b, 8.1, 8.4, 9.1)."""

from __future__ import annotations

from mcqms_kg.generate.defects.change import (
    all_of,
    gone,
    not_pointing,
    of_credential,
    on_day,
    pointing,
    saying,
    without,
)
from mcqms_kg.generate.spelling import code, decimal, whole

_OFFERED, _EVALUATED = frozenset({"offered"}), frozenset({"evaluated"})
_NO_INDUSTRY_VALIDATION = all_of(
    not_pointing("credential", "hasValidation", "industry-validation"), gone("industry-validation", "evidence")
)

# fmt: off
VALIDATING = (
    of_credential("no-lecturer", "5.3b", "credential", "Nobody teaches it.", without("credential", "isTaughtBy"),
        marks=_OFFERED),
    of_credential("taught-by-director", "5.3b", "credential", "Who teaches it holds no role of lecturer.",
        pointing("credential", "isTaughtBy", "director"), marks=_OFFERED),
    of_credential("no-needs-analysis", "8.1b", "credential", "It is based on no needs analysis.",
        without("credential", "isBasedOn"), gone("analysis")),
    of_credential("no-design-approval", "8.1b", "credential", "The day of design approval is not stated.",
        without("credential", "designApprovalDate")),
    of_credential("analysis-after-design", "8.1b", "credential", "The needs analysis came after design approval.",
        on_day("analysis", "eventDate", 0)),
    of_credential("analysis-without-date", "8.1b", "analysis", "The needs analysis has no date.",
        without("analysis", "eventDate")),
    of_credential("no-academic-validation", "8.1c", "credential", "No academic team validated it.",
        not_pointing("credential", "hasValidation", "academic-validation"), gone("academic-validation"),
        marks=_OFFERED),
    of_credential("academic-validation-by-director", "8.1c", "credential",
        "The academic validation is by somebody who is no academic team.",
        pointing("academic-validation", "isPerformedBy", "director"), marks=_OFFERED),
    of_credential("academic-validation-rejected", "8.1c", "credential", "The academic team rejected it.",
        saying("academic-validation", "hasDecision", code("decision-rejected")), marks=_OFFERED),
    of_credential("academic-validation-late", "8.1c", "credential",
        "The academic validation came after the first offer.", on_day("academic-validation", "eventDate", -1),
        marks=_OFFERED),
    of_credential("no-industry-validation", "8.1d", "credential", "No industry body validated it.",
        _NO_INDUSTRY_VALIDATION, marks=_OFFERED),
    of_credential("industry-validation-rejected", "8.1d", "credential", "The industry body rejected it.",
        saying("industry-validation", "hasDecision", code("decision-rejected")), marks=_OFFERED),
    of_credential("industry-validation-late", "8.1d", "credential",
        "The industry validation came after the first offer.", on_day("industry-validation", "eventDate", -1),
        marks=_OFFERED),
    of_credential("industry-validation-by-profession", "8.1d", "credential",
        "The industry validation is by somebody who is no industry body.",
        pointing("industry-validation", "isPerformedBy", "profession"),
        pointing("evidence", "isIssuedBy", "profession"), marks=_OFFERED),
    of_credential("industry-validation-unconfirmed", "8.1d", "industry-validation",
        "The industry body has not confirmed its validation.", without("industry-validation", "isEvidencedBy"),
        gone("evidence")),
    of_credential("industry-validation-by-own-word", "8.1d", "industry-validation",
        "The provider itself issued the evidence of a validation.", pointing("evidence", "isIssuedBy", "provider")),
    of_credential("industry-validation-of-nobody", "8.1d", "industry-validation",
        "An industry validation is recorded for no provider.", without("industry-validation", "belongsTo")),
    of_credential("first-offer-unknown", "8.1d", "credential",
        "Learners have taken it, and nobody knows when it was first offered.", without("credential", "firstOfferDate"),
        marks=_EVALUATED),
)
# fmt: on

# fmt: off
RESULTS = (
    of_credential("not-evaluated", "8.4a", "credential", "It was never evaluated.", gone("evaluation"),
        marks=_EVALUATED),
    of_credential("evaluation-overdue", "8.4a", "credential", "Its last evaluation is too old.",
        on_day("evaluation", "eventDate", -450), marks=_EVALUATED),
    of_credential("trends-without-decision", "8.4b", "credential", "The review of trends decided nothing.",
        without("trends", "hasDecision"), marks=_EVALUATED),
    of_credential("trends-overdue", "8.4b", "credential", "The last review of trends is too old.",
        on_day("trends", "eventDate", -450), marks=_EVALUATED),
    *(of_credential(f"{group}-{name}", requirement, "credential", f"{why} {group}.", change(f"satisfaction-{group}"),
           marks=_EVALUATED)
      for group, requirement in (("industry", "9.1a"), ("graduates", "9.1b"))
      for name, why, change in (("not-asked", "Nobody measured the satisfaction of", gone),
           ("asked-nobody", "No answer stands behind the satisfaction of", lambda part: saying(part, "sampleSize",
               whole(0))),
           ("asked-long-ago", "Too old is the measured satisfaction of", lambda part: on_day(part, "eventDate",
               -420)))),
    of_credential("graduates-not-tracked", "9.1c", "credential", "Nobody knows what became of its graduates.",
        gone("graduates"), marks=_EVALUATED),
    of_credential("graduates-of-no-cohort", "9.1c", "graduates", "A record of graduates names no cohort.",
        without("graduates", "cohort"), marks=_EVALUATED),
    of_credential("completion-above-one", "9.1c", "graduates", "The completion rate is above one.",
        saying("graduates", "completionRate", decimal(1.7)), marks=_EVALUATED),
    of_credential("employment-unknown", "9.1c", "graduates", "The employment rate is not stated.",
        without("graduates", "employmentRate"), marks=_EVALUATED),
)
# fmt: on
