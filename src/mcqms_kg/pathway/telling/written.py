"""An answer as text for reading, as JSON, and as the statements that it rests on (Turtle)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.planning.answers import Answer, Missing, Plan
from mcqms_kg.pathway.planning.lapsing import Lapse
from mcqms_kg.pathway.planning.proofs import Step
from mcqms_kg.pathway.planning.reachable import PathReport
from mcqms_kg.pathway.projection import undeclared_terms
from mcqms_kg.pathway.telling.evidence import derived
from mcqms_kg.pathway.telling.language import Telling, as_json_triple, number, statement
from mcqms_kg.pathway.telling.reason import Reason
from mcqms_kg.pathway.telling.reasons import of_answer, of_plan
from mcqms_kg.pathway.telling.timely import rounded


def as_text(report: PathReport, language: str) -> str:
    """The verdict first, then each way with its steps, their reasons and the statements behind them."""
    telling = Telling(report.projection, language)
    lines = list(_head(telling, report))
    for answer in report.answers:
        lines += ["", telling.status(answer)] if report.question.to is None else [telling.status(answer)]
        lines += _answer(telling, report, answer)
    lines += undeclared_terms.lines(report.projection.facts, language)
    return "\n".join(lines) + "\n"


def _head(telling: Telling, report: PathReport) -> Iterator[str]:
    if report.question.to is None:
        yield telling("in-reach" if report.answers else "nothing-in-reach")
        if report.cut:
            yield telling("in-reach-cut", count=report.looked_at, all=report.targets)


def _answer(telling: Telling, report: PathReport, answer: Answer) -> Iterator[str]:
    brief = report.question.to is None
    if answer.cut:
        yield telling("cut", considered=answer.considered)
    for position, plan in enumerate(answer.plans, start=1):
        yield ""
        yield f"{telling('gap' if plan.missing else 'plan', number=position)}: {telling.figures(plan)}"
        for reason in of_plan(report.projection, answer, plan):
            yield from _reason(telling, report, reason, brief)
        yield from (f"  {said}" for said in telling.remarks(plan))
    if answer.all_found and answer.plans and not brief:
        yield ""
        yield telling("all-found-gap" if answer.plans[0].missing else "all-found")
    beside = of_answer(report.projection, answer)
    if beside and not brief:
        yield from ("", telling("beside"))
        for reason in beside:
            yield from _reason(telling, report, reason, brief)


def _reason(telling: Telling, report: PathReport, reason: Reason, brief: bool) -> Iterator[str]:
    yield f"  - {telling.sentence(reason)}"
    if not brief:
        for triple in reason.triples:
            source = telling.source(report, triple)
            yield f"      {statement(triple)}" + (f"  [{source}]" if source else "")
        for follows in derived(report.projection, reason.triples):
            yield f"      {statement(follows.triple)}  [{telling('derived-by', query=follows.query)}]"


def as_json(report: PathReport, language: str) -> str:
    """Everything of the answer, for machines."""
    telling = Telling(report.projection, language)
    question = report.question
    whole = {
        "holds": list(map(terms.lexical, question.holds)),
        "to": terms.lexical(question.to) if question.to else None,
        "asOf": question.day.isoformat(),
        "best": question.best,
        "count": question.count,
        "cut": report.cut,
        "answers": [_answer_json(telling, report, a) for a in report.answers],
        "notUnderstood": undeclared_terms.as_objects(report.projection.facts, language),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _answer_json(telling: Telling, report: PathReport, a: Answer) -> Mapping[str, Any]:
    return {
        "target": _named(telling, a.target),
        "status": a.status,
        "says": telling.status(a),
        "allFound": a.all_found,
        "considered": a.considered,
        "cut": a.cut,
        "plans": [_plan_json(telling, report, a, p) for p in a.plans],
        "held": [_named(telling, t) for t in (*a.holdings.credentials, *sorted(a.holdings.units))],
        "setAside": [{"award": terms.lexical(s.award), "why": s.why} for s in a.holdings.set_aside],
        "problems": [{"kind": p.kind, "subject": terms.lexical(p.subject)} for p in a.problems],
        "reasons": [_reason_json(telling, report, r) for r in of_answer(report.projection, a)],
    }


def _plan_json(telling: Telling, report: PathReport, a: Answer, plan: Plan) -> Mapping[str, Any]:
    return {
        "steps": [_step_json(telling, s) for s in plan.proof.steps],
        "goal": [_pair(*pair) for pair in plan.proof.goal],
        "workloadHours": number(plan.hours),
        "workloadNotStated": list(map(terms.lexical, plan.unknown)),
        "credits": None if plan.credits is None else number(plan.credits),
        "creditsNotStated": list(map(terms.lexical, plan.uncredited)),
        "stages": plan.stages,
        "longestHours": number(plan.longest),
        "offRamps": [_named(telling, t) for t in plan.off_ramps],
        "missing": [_missing_json(telling, m) for m in plan.missing],
        "proven": plan.proven,
        "bound": {"of": plan.bound[0], "least": number(plan.bound[1])} if plan.bound else None,
        "lapses": [_lapse_json(telling, lapse) for lapse in plan.lapses],
        "reasons": [_reason_json(telling, report, r) for r in of_plan(report.projection, a, plan)],
    }


def _lapse_json(telling: Telling, lapse: Lapse) -> Mapping[str, Any]:
    return {
        "kind": lapse.kind,
        **_named(telling, lapse.thing),
        "neededFor": terms.lexical(lapse.needed_for),
        "until": lapse.last.isoformat(),
        "hours": number(lapse.hours),
        "hoursAWeek": number(rounded(lapse.pace)),
        "workloadNotStated": list(map(terms.lexical, lapse.unknown)),
        "tooSoon": lapse.is_too_soon,
    }


def _step_json(telling: Telling, step: Step) -> Mapping[str, Any]:
    return {
        "credential": _named(telling, step.credential),
        "how": step.how,
        "stage": step.stage,
        "rule": terms.lexical(step.rule) if step.rule and not step.implied else None,
        "by": [_pair(*pair) for pair in step.by],
        "first": [_pair(*pair) for pair in step.first],
        "credit": number(step.credit),
    }


def _missing_json(telling: Telling, m: Missing) -> Mapping[str, Any]:
    return {
        "kind": m.kind,
        **_named(telling, m.term),
        "amount": None if m.amount is None else number(m.amount),
        "why": m.why,
    }


def _named(telling: Telling, term: Term) -> Mapping[str, str]:
    return {"iri": terms.lexical(term), "label": telling.name(term)}


def _pair(option: Term, by: Term) -> Mapping[str, str]:
    return {"option": terms.lexical(option), "by": terms.lexical(by)}


def _reason_json(telling: Telling, report: PathReport, reason: Reason) -> Mapping[str, Any]:
    follows = derived(report.projection, reason.triples)
    return {
        "kind": reason.key,
        "says": telling.sentence(reason),
        "statements": [as_json_triple(telling, report, t) for t in reason.triples],
        "derived": [{**as_json_triple(telling, report, d.triple), "query": d.query} for d in follows],
    }


def as_turtle(report: PathReport, language: str) -> str:
    """The statements that the answer rests on, each once, under the sentence that needs it."""
    telling = Telling(report.projection, language)
    written: set[Triple] = set()
    lines = [f"# {line}" for line in undeclared_terms.lines(report.projection.facts, language) if line]
    for answer in report.answers:
        lines.append(f"# {telling.status(answer)}")
        reasons = [r for plan in answer.plans for r in of_plan(report.projection, answer, plan)]
        for reason in (*reasons, *of_answer(report.projection, answer)):
            lines.append(f"# {telling.sentence(reason)}")
            follows = [d.triple for d in derived(report.projection, reason.triples)]
            for triple in (*reason.triples, *follows):
                if triple not in written:
                    written.add(triple)
                    lines.append(" ".join(triple) + " .")
    return "\n".join(lines) + "\n"
