"""The overview as JSON: texts in one language, terms as in SPARQL results, days as year-month-day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from mcqms_kg.model import (
    ClauseState,
    CorrectiveAction,
    Deadline,
    EvidenceRecord,
    FindingHistory,
    GradeCounts,
    KeptCheck,
    Named,
    Overview,
    ProviderRow,
    RequirementState,
    Score,
    Term,
    TrendPoint,
)
from mcqms_kg.report.json import dumped, finding_object, score_object, term
from mcqms_kg.report.overview_words import said
from mcqms_kg.report.words import Words, slug

Object = dict[str, Any]


def write_json(overview: Overview, language: str) -> str:
    """The overview; of one provider alone with its requirements, findings and evidence."""
    return dumped(overview_object(overview, Words(language)))


def is_of_one(overview: Overview) -> bool:
    """Whether one provider was asked for by its name."""
    return bool(overview.choice.provider) and len(overview.providers) == 1


def overview_object(overview: Overview, words: Words) -> Object:
    """The whole as plain values."""
    one = is_of_one(overview)
    choice = overview.choice
    return {
        "profile": overview.profile,
        "asOf": overview.as_of.isoformat(),
        "checks": [check_object(check) for check in overview.checks],
        "unchecked": list(overview.unchecked),
        "choice": {"sector": choice.sector, "level": choice.level, "kind": choice.kind, "provider": choice.provider},
        "verdict": slug(overview.verdict),
        "score": {**score_object(overview.score, words), "formula": said("formula", words.language)},
        "counts": _counts(overview.counts),
        "providers": [row_object(row, words, whole=one) for row in overview.providers],
        "clauses": [_clause(state, words) for state in overview.clauses],
        "weakest": [state.clause.notation for state in overview.weakest],
        "unattributed": list(overview.unattributed),
        "days": overview.days,
        "deadlines": [_deadline(d, words) for d in overview.deadlines],
        "overdue": [_deadline(d, words) for d in overview.overdue],
        "actions": [_action(a, words) for a in overview.actions],
        "trend": [_point(point, words) for point in overview.trend],
        **(_of_one(overview, words) if one else {}),
        "all": {
            "providers": len(overview.all_providers),
            "sectors": [_named(n, words) for n in overview.all_sectors],
            "levels": [_named(n, words) for n in overview.all_levels],
            "kinds": [_named(n, words) for n in overview.all_kinds],
        },
    }


def _of_one(overview: Overview, words: Words) -> Object:
    return {
        "findings": [finding_object(f, words) for f in overview.findings],
        "waived": [finding_object(f, words) for f in overview.waived],
        "evidence": [_document(e, words) for e in overview.evidence],
    }


def row_object(row: ProviderRow, words: Words, *, whole: bool = False) -> Object:
    """A provider with its clauses; the `whole` of it has the requirements too."""
    verdict = row.verdict
    return {
        **_named(verdict.provider, words),
        "check": row.check.id if row.check else None,
        "verdict": slug(verdict.verdict),
        "score": score_object(verdict.score, words),
        "counts": _counts(verdict.counts),
        "credentials": verdict.credentials,
        "kinds": [_named(n, words) for n in verdict.kinds],
        "sectors": [_named(n, words) for n in verdict.sectors],
        "levels": [_named(n, words) for n in verdict.levels],
        "clauses": [_clause(state, words) for state in row.clauses],
        **({"requirements": [_requirement(state, words) for state in verdict.requirements]} if whole else {}),
    }


def _clause(state: ClauseState, words: Words) -> Object:
    return {
        "notation": state.clause.notation,
        "label": words.of(state.clause.label),
        "depth": state.depth,
        "verdict": slug(state.verdict),
        "score": {**_numbers(state.score), "share": state.score.share},
        "counts": _counts(state.counts),
        "requirements": list(state.requirements),
    }


def _requirement(state: RequirementState, words: Words) -> Object:
    return {
        "notation": state.notation,
        "verdict": slug(state.verdict),
        "isWaived": state.is_waived,
        "reason": words.of(state.reason),
        "focusNodes": state.focus_nodes,
        "findings": list(state.findings),
        "waived": list(state.waived),
    }


def _numbers(score: Score) -> Object:
    return {
        "conformant": score.conformant,
        "nonconformant": score.nonconformant,
        "notChecked": score.not_checked,
        "notApplicable": score.not_applicable,
        "waived": score.waived,
    }


def _counts(counts: GradeCounts) -> Object:
    return {
        "major": counts.major,
        "minor": counts.minor,
        "opportunity": counts.opportunity,
        "waived": counts.waived,
    }


def _deadline(deadline: Deadline, words: Words) -> Object:
    return {
        "day": deadline.day.isoformat(),
        "thing": _named(deadline.thing, words),
        "kind": _named(deadline.kind, words) if deadline.kind.term else None,
        "property": _named(deadline.property, words),
        "provider": _term(deadline.provider),
    }


def _action(action: CorrectiveAction, words: Words) -> Object:
    return {
        "action": _maybe(action.action, words),
        "problem": _maybe(action.problem, words),
        "provider": _term(action.provider),
        "owner": _maybe(action.owner, words),
        "holder": _maybe(action.holder, words),
        "reported": _day(action.reported),
        "due": _day(action.due),
        "completed": _day(action.completed),
    }


def _document(record: EvidenceRecord, words: Words) -> Object:
    return {
        "document": _named(record.document, words),
        "provider": _term(record.provider),
        "issuedBy": _maybe(record.issued_by, words),
        "day": _day(record.day),
        "sha256": record.sha256,
        "location": record.location,
        "shows": [_named(n, words) for n in record.shows],
    }


def _point(point: TrendPoint, words: Words) -> Object:
    return {
        "check": check_object(point.check),
        "score": {**_numbers(point.score), "share": point.score.share},
        "providers": [
            {
                **_named(p.provider, words),
                "verdict": slug(p.verdict),
                "share": p.score.share,
                "counts": _counts(p.counts),
            }
            for p in point.providers
        ],
    }


def check_object(check: KeptCheck) -> Object:
    """What is listed of a kept check."""
    return {
        "id": check.id,
        "dataset": check.dataset,
        "version": check.version,
        "profile": check.profile,
        "asOf": check.as_of.isoformat(),
        "at": check.at.isoformat(),
        "by": check.by,
        "role": check.role,
        "engine": check.engine,
        "software": check.software,
        "rulebookDigest": check.rulebook_digest,
        "verdict": slug(check.verdict),
        "score": {**_numbers(check.score), "share": check.score.share},
        "findings": check.findings,
        "waived": check.waived,
    }


def history_object(history: FindingHistory) -> Object:
    """Since when a finding stands."""
    return {
        "id": history.id,
        "isStanding": history.is_standing,
        "since": check_object(history.since),
        "before": check_object(history.before) if history.before else None,
        "checks": [check_object(check) for check in history.checks],
    }


def _named(named: Named, words: Words) -> Object:
    return {"term": term(named.term), "label": words.name(named)}


def _maybe(named: Named | None, words: Words) -> Object | None:
    return _named(named, words) if named else None


def _term(found: Term | None) -> Object | None:
    return term(found) if found else None


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
