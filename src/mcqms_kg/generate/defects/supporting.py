"""Defects of people, licences, money, audits, reviews, findings and complaints (clauses 7, 8.3b, 9, 10, X3)."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.generate.defects.change import Defect, all_of, dropping, gone, on_day, pointing, saying, typed, without
from mcqms_kg.generate.spelling import clause, code, date, web, whole

_SPARE = frozenset({"spare"})
_CLOSED, _OPEN = frozenset({"closed"}), frozenset({"open"})


def _of_problems() -> Iterator[Defect]:
    for kind, requirement in (("finding", "10.1a"), ("complaint", "10.1b")):
        for name, words in (("correction", "correction"), ("rootCause", "root cause")):
            yield Defect(
                f"{kind}-without-{name}",
                requirement,
                kind,
                "problem",
                f"A {kind} has no {words}.",
                without("problem", name),
            )
        yield Defect(
            f"{kind}-without-action",
            requirement,
            kind,
            "problem",
            f"A {kind} has no corrective action.",
            all_of(without("problem", "hasCorrectiveAction"), gone("action")),
        )
        yield Defect(
            f"{kind}-action-without-owner",
            requirement,
            kind,
            "problem",
            "Nobody owns a corrective action.",
            without("action", "isOwnedBy"),
        )
        yield Defect(
            f"{kind}-action-without-due-date",
            requirement,
            kind,
            "problem",
            "A corrective action has no due date.",
            without("action", "dueDate"),
        )
        yield Defect(
            f"{kind}-action-overdue",
            requirement,
            kind,
            "problem",
            "A corrective action is overdue.",
            on_day("action", "dueDate", -4),
            _OPEN,
        )
        yield Defect(
            f"{kind}-closed-unchecked",
            requirement,
            kind,
            "problem",
            f"A {kind} was closed without a check of its action.",
            all_of(without("problem", "hasEffectivenessCheck"), gone("check")),
            _CLOSED,
        )
        yield Defect(
            f"{kind}-closed-ineffective",
            requirement,
            kind,
            "problem",
            f"A {kind} was closed though its action had no effect.",
            saying("check", "hasResult", code("result-not-effective")),
            _CLOSED,
        )
        yield Defect(
            f"{kind}-closed-too-early",
            requirement,
            kind,
            "problem",
            f"A {kind} was closed before the check of its action.",
            on_day("check", "eventDate", -1),
            _CLOSED,
        )


# fmt: off
SUPPORTING = (
    Defect("teacher-certificate-expired", "7.1a", "teacher", "teacher", "The certificate of a teacher has ended.",
        all_of(on_day("certificate", "effectiveDate", -1200), on_day("certificate", "expiryDate", -12))),
    Defect("teacher-without-certificate", "7.1a", "teacher", "teacher", "A teacher holds no certificate.",
        all_of(without("teacher", "holdsCertificate"), gone("certificate"))),
    Defect("teacher-certified-by-provider", "7.1a", "teacher", "teacher", "The provider itself certified its teacher.",
        pointing("certificate", "isIssuedBy", "provider")),
    Defect("certificate-without-issuer", "7.1a", "teacher", "certificate", "A certificate does not say who issued it.",
        without("certificate", "isIssuedBy")),
    Defect("teacher-of-nobody", "7.1a", "teacher", "teacher", "A teacher is recorded as staff of no provider.",
        without("teacher", "belongsTo"), _SPARE),
    *(Defect(f"{who}-{name}", "7.2a", who, who, f"The training of {words} {why}.", change)
      for who, words in (("teacher", "a teacher"), ("assessor", "an assessor"))
      for name, why, change in (("untrained", "is not recorded", gone("training")),
           ("trained-long-ago", "is too old", on_day("training", "eventDate", -800)))),
    Defect("licence-unconfirmed", "8.3b", "licence", "licence", "The authority has not confirmed a licence.",
        all_of(without("licence", "isEvidencedBy"), gone("evidence"))),
    Defect("registry-without-address", "7.1b", "registry", "provider", "Nobody can verify a credential on the web.",
        without("registry", "verificationAddress")),
    Defect("registry-address-not-web", "7.1b", "registry", "provider", "The verification address is no web address.",
        saying("registry", "verificationAddress", web("mailto:registry@example.org"))),
    *(Defect(f"no-budget-{purpose}", "7.1c", "budget", "provider", f"No money is set aside for {purpose}.", change)
      for purpose, change in (("management", gone("management")),
           ("material-development", on_day("material-development", "expiryDate", -1)),
           ("certification", saying("certification", "amount", whole(0))))),
    *(Defect(f"{audience}-not-informed", "7.3", "awareness", "provider",
           f"Nobody informed {audience} in the last year.", change)
      for audience, change in (("students", gone("students")), ("industry", on_day("industry", "eventDate", -500)),
           ("education-institutions", without("education-institutions", "hasAudience")))),
    Defect("audit-overdue", "9.2a", "audits", "provider", "No internal audit was held in the last year.",
        on_day("audit-0", "eventDate", -380)),
    *(Defect(f"clause-{number}-not-audited", "9.2a", "audits", "provider",
           f"No audit of the cycle covered clause {number}.", dropping(audit, "auditsClause", clause(number)))
      for number, audit in ((4, "audit-0"), (5, "audit-1"), (6, "audit-2"), (7, "audit-0"), (8, "audit-1"),
           (9, "audit-2"), (10, "audit-0"))),
    Defect("audit-of-own-work", "9.2c", "audits", "audit-0", "The auditor owns the audited process.",
        pointing("audit-0", "isConductedBy", "quality-head")),
    Defect("audit-without-auditor", "9.2c", "audits", "audit-1", "An audit does not name its auditor.",
        without("audit-1", "isConductedBy")),
    Defect("audit-without-process", "9.2c", "audits", "audit-2", "An audit does not name the audited processes.",
        without("audit-2", "auditsProcess")),
    Defect("review-overdue", "9.3", "reviews", "provider", "Management held no review in the last year.",
        on_day("review-0", "eventDate", -380)),
    *(Defect(f"review-without-{name}", "9.3", "reviews", "review-0", f"A review did not look at {name}.",
           dropping("review-0", "hasInput", code(f"input-{name}")))
      for name in ("audit-results", "feedback", "objectives")),
    Defect("review-without-decision", "9.3", "reviews", "review-1", "A review decided nothing.",
        without("review-1", "reviewDecision")),
    Defect("review-without-count", "10.2b", "reviews", "review-1",
        "A review does not count the programmes that integrate.", without("review-1", "integratingProgrammeCount")),
    Defect("review-without-date", "10.2b", "reviews", "review-1", "A review has no date.",
        without("review-1", "eventDate")),
    Defect("integration-falls", "10.2b", "reviews", "review-0",
        "Fewer programmes integrate micro-credentials than a year before.",
        saying("review-0", "integratingProgrammeCount", whole(0))),
    *_of_problems(),
    *(Defect(f"{kind}-on-no-day", "X2", kind, "problem", f"The day of a {kind} is none in the calendar.",
           saying("problem", "eventDate", date("2025-02-30"))) for kind in ("finding", "complaint")),
    Defect("action-due-on-no-day", "X2", "finding", "action",
        "The day by which an action was due is none in the calendar.", saying("action", "dueDate", date("2025-13-01")), _CLOSED),
    Defect("problem-of-no-kind", "X2", "complaint", "problem",
        "A problem is recorded neither as a finding nor as a complaint.", typed("problem", "ReportedProblem")),
    *(Defect(f"waiver-without-{name}", "X3", "waiver", "waiver", f"A waiver does not state {words}.",
           without("waiver", name))
      for name, words in (("waives", "what it waives"), ("reason", "its reason"), ("isGrantedBy", "who granted it"),
           ("effectiveDate", "when it begins"), ("expiryDate", "when it ends"))),
    Defect("waiver-expired", "X3", "waiver", "waiver", "A waiver has ended.",
        all_of(on_day("waiver", "effectiveDate", -200), on_day("waiver", "expiryDate", -2))),
)
# fmt: on
