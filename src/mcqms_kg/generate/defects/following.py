"""Defects of awards, changes, feedback, judgements, programmes and stacks (clauses 1.2b, 6.3, 8.3, 10, X)."""

from __future__ import annotations

from mcqms_kg.generate.defects.change import (
    Defect,
    all_of,
    gone,
    not_pointing,
    on_day,
    pointing,
    saying,
    typed,
    without,
)
from mcqms_kg.generate.spelling import code, decimal, whole
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD

_IMPORTANT, _OFFERED = frozenset({"important"}), frozenset({"offered"})

# fmt: off
_AWARDS = (
    Defect("award-of-former-body", "8.3b", "award", "award", "The body that issued an award had lost its licence.",
        pointing("award", "isIssuedBy", "former-certifier")),
    Defect("award-without-issuer", "8.3b", "award", "award", "An award does not say who issued it.",
        without("award", "isIssuedBy")),
    Defect("award-without-date", "8.3b", "award", "award", "An award has no date.", without("award", "issueDate")),
    Defect("award-of-nothing", "8.3b", "award", "award", "An award does not say what it awards.",
        without("award", "awardsCredential")),
    Defect("award-without-assessment", "8.3c", "award", "award", "An award rests on no assessment.",
        without("award", "restsOn")),
    Defect("award-without-competence", "8.3c", "award", "award",
        "An assessment behind an award says not yet competent.",
        saying("assessment-0", "hasResult", code("result-not-yet-competent"))),
    Defect("unit-not-assessed", "8.3c", "award", "award", "An award leaves a unit without assessment.",
        all_of(not_pointing("award", "restsOn", "assessment-0"), gone("assessment-0"))),
    Defect("assessed-after-issue", "8.3c", "award", "award", "An assessment came after the award was issued.",
        on_day("assessment-0", "eventDate", -1)),
    Defect("assessment-by-nobody", "8.3c", "award", "assessment-0", "An assessment does not name its assessor.",
        without("assessment-0", "isAssessedBy")),
    Defect("assessment-without-date", "8.3c", "award", "assessment-0", "An assessment has no date.",
        without("assessment-0", "eventDate")),
    Defect("assessor-not-yet-certified", "8.3c", "award", "assessment-0",
        "The assessor was not certified for the unit on that day.", on_day("assessment-0", "eventDate", -3500)),
    Defect("award-ends-before-it-begins", "X1", "award", "award", "An award expires before it is issued.",
        on_day("award", "expiryDate", -3500)),
    Defect("misspelt-learner", "X2", "award", "learner", "The class of a learner is misspelt.",
        typed("learner", "Lerner")),
)
# fmt: on

# fmt: off
_CHANGES = (
    Defect("trigger-unanswered", "6.3", "trigger", "trigger", "A change outside was not answered.", gone("change")),
    Defect("trigger-answered-late", "6.3", "trigger", "trigger", "A change outside was answered too late.",
        on_day("change", "eventDate", -1)),
    Defect("trigger-without-date", "6.3", "trigger", "trigger", "A change outside has no date.",
        without("trigger", "eventDate")),
    Defect("trigger-of-nothing", "6.3", "trigger", "trigger", "A change outside affects nothing.",
        without("trigger", "affects")),
    Defect("feedback-unanswered", "10.2a", "feedback", "feedback", "Important feedback was not answered.",
        gone("change"), _IMPORTANT),
    Defect("feedback-answered-before", "10.2a", "feedback", "feedback", "The answer is older than the feedback.",
        on_day("change", "eventDate", -900), _IMPORTANT),
    Defect("feedback-unrated", "10.2a", "feedback", "feedback", "Feedback has no importance.",
        without("feedback", "importance")),
    Defect("feedback-off-the-scale", "10.2a", "feedback", "feedback", "The importance of feedback is below the scale.",
        saying("feedback", "importance", whole(0))),
    Defect("feedback-without-date", "10.2a", "feedback", "feedback", "Feedback has no date.",
        without("feedback", "eventDate")),
    Defect("not-relevant-and-offered", "10.1c", "judgement", "credential",
        "Industry no longer needs it, and it is offered unchanged.",
        all_of(saying("judgement", "hasRelevance", code("relevance-not-relevant")), on_day("judgement", "eventDate",
            0)), _OFFERED),
    Defect("judgement-without-date", "10.1c", "judgement", "judgement", "A judgement of relevance has no date.",
        without("judgement", "eventDate")),
    Defect("judgement-without-result", "10.1c", "judgement", "judgement",
        "A judgement of relevance does not say what it found.", without("judgement", "hasRelevance")),
)
# fmt: on

# fmt: off
_PATHS = (
    Defect("programme-for-nobody", "1.2b", "programme", "programme", "A programme names no target group.",
        without("programme", "hasTargetGroup")),
    Defect("stack-asks-for-too-many", "X1", "stack", "rule",
        "A stacking rule asks for more credentials than it offers.", saying("rule", "minimumCount", whole(9))),
    Defect("stack-asks-for-too-much", "X1", "stack", "rule",
        "A stacking rule asks for more credit than its credentials bring.",
        saying("rule", "minimumCredit", decimal(90.0))),
    Defect("stack-count-in-words", "X2", "stack", "rule", "A stacking rule states its count in words.",
        saying("rule", "minimumCount", Term(f'"three"^^<{XSD}integer>'))),
    Defect("stack-of-nothing", "X1", "stack", "rule", "A stacking rule names no credentials.",
        without("rule", "hasOption")),
)
# fmt: on

FOLLOWING = (*_AWARDS, *_CHANGES, *_PATHS)
