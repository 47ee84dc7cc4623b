"""An answer as reasons: each a sentence's key with what it speaks of, and the statements that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.answers import Answer, Missing, Plan
from mcqms_kg.pathway.evidence import meets, rule_statements, stated
from mcqms_kg.pathway.projection import Projection
from mcqms_kg.pathway.proofs import Step
from mcqms_kg.pathway.stacking import Rule
from mcqms_kg.pathway.vocabulary import mc


@dataclass(frozen=True)
class Reason:
    """One sentence: its key in the phrases, the terms it names, other values, and its statements."""

    key: str
    names: Mapping[str, Term | tuple[Term, ...]] = field(default_factory=dict)
    values: Mapping[str, object] = field(default_factory=dict)
    triples: tuple[Triple, ...] = ()


def of_plan(projection: Projection, answer: Answer, plan: Plan) -> tuple[Reason, ...]:
    """Why the plan leads to the target: what is held, each step, the goal; or what is missing."""
    return (
        *_held(projection, answer, plan),
        *(r for step in plan.proof.steps for r in _step(projection, step)),
        *_goal(projection, answer, plan),
        *(_missing(projection, m) for m in plan.missing),
    )


def of_answer(projection: Projection, answer: Answer) -> tuple[Reason, ...]:
    """What the answer says beside its plans: a target that is held, what does not count, what is assumed, what is broken."""
    return (
        *((_holding(projection, answer, answer.target),) if answer.status == "held" else ()),
        *(
            Reason(a.why, {"credential": a.credential, "award": a.award}, {"day": answer.question.day}, a.triples)
            for a in answer.holdings.set_aside
        ),
        *_refused(projection, answer),
        *(Reason(key, {"credential": c, "rule": rule}) for key, c, rule in answer.assumed if c in _used(answer)),
        *(Reason(f"problem-{p.kind}", {"subject": p.subject}, {}, p.triples) for p in answer.problems),
    )


def subjects(projection: Projection, answers: Iterable[Answer]) -> set[Term]:
    """The subjects of all statements that answers rest on."""
    return {
        triple[0]
        for answer in answers
        for reasons in (of_answer(projection, answer), *(of_plan(projection, answer, p) for p in answer.plans))
        for reason in reasons
        for triple in reason.triples
    }


def _used(answer: Answer) -> set[Term]:
    """The credentials that some plan uses."""
    pairs = (pair for plan in answer.plans for step in plan.proof.steps for pair in (*step.by, *step.first))
    return {by for _, by in pairs} | {s.credential for plan in answer.plans for s in plan.proof.steps}


def _refused(projection: Projection, answer: Answer) -> Iterator[Reason]:
    """Held credentials that a rule does not count, with the condition that they miss."""
    for credential, rule, why in answer.refused:
        if credential in answer.holdings.credentials:
            shows = stated(projection, credential, "hasLevel", "hasAssessmentScheme")
            asks = stated(
                projection, rule, "hasMinimumLevel", "maximumAgeMonths", "asksForSupervision", "asksForApproach"
            )
            yield Reason(why, {"credential": credential, "rule": rule}, {}, (*shows, *asks))


def _held(projection: Projection, answer: Answer, plan: Plan) -> Iterator[Reason]:
    """The held things that the plan uses."""
    used = [by for s in plan.proof.steps for _, by in (*s.by, *s.first)] + [by for _, by in plan.proof.goal]
    for term in dict.fromkeys(used):
        if term in answer.holdings.credentials:
            yield _holding(projection, answer, term)
        elif term in answer.holdings.units:
            yield Reason("said-to-be-held", {"credential": term})


def _holding(projection: Projection, answer: Answer, term: Term) -> Reason:
    awards = answer.holdings.credentials[term]
    if not awards:
        return Reason("said-to-be-held", {"credential": term})
    award = awards[0].term
    shown = stated(projection, award, "awardsCredential", "isAwardedTo", "issueDate", "expiryDate")
    return Reason("held-by-award", {"credential": term, "award": award}, {}, shown)


def _step(projection: Projection, step: Step) -> Iterator[Reason]:
    term, credential = step.credential, projection.credentials[step.credential]
    if step.how == "learn":
        shown = stated(projection, term, "isOfferedBy", "workloadHours", "credits", "firstOfferDate", "withdrawalDate")
        key = "learn" if credential.hours is not None else "learn-unknown"
        yield Reason(key, {"credential": term}, {"hours": credential.hours, "credits": credential.credits or 0}, shown)
    elif step.how == "stack" and step.by:
        yield _stacked(projection, step)
    elif step.how == "stack":
        shown = tuple(
            t for way in credential.ways for t in stated(projection, way.term, "minimumCount", "minimumCredit")
        )
        yield Reason(
            "stack-lacking", {"credential": term}, {}, (*stated(projection, term, "isStackedBy", "credits"), *shown)
        )
    for option, by in step.first:
        asked = (term, mc("requires"), option)
        rules = tuple(
            t for rule in credential.requires_rules for t in rule_statements(projection, term, rule, {option})
        )
        shown = (asked,) if projection.facts.has(asked) else rules
        instead = meets(projection, term, option, by) if by != option else ()
        yield Reason("first", {"credential": term, "by": by}, {}, (*shown, *instead))


def _stacked(projection: Projection, step: Step) -> Reason:
    term = step.credential
    rule = next(way for way in projection.credentials[term].ways if way.term == step.rule)
    used = {option for option, _ in step.by} | {by for _, by in step.by}
    shown = [*rule_statements(projection, term, rule, used)]
    for option, by in step.by:
        shown += meets(projection, term, option, by)
    fillers = tuple(dict.fromkeys(by for _, by in step.by))
    names: dict[str, Term | tuple[Term, ...]] = {"credential": term, "rule": rule.term, "by": fillers}
    return Reason("stack-implied" if rule.implied else "stack", names, _asked(rule, step), tuple(dict.fromkeys(shown)))


def _asked(rule: Rule, step: Step) -> dict[str, object]:
    return {
        "met": len(step.by),
        "count": rule.count_needed,
        "options": len(rule.options),
        "credit": step.credit,
        "minimum": rule.minimum_credit or 0,
    }


def _goal(projection: Projection, answer: Answer, plan: Plan) -> Iterator[Reason]:
    """For a job title: each unit, and what covers it."""
    if answer.target not in projection.jobs or answer.target in projection.credentials:
        return
    for unit, by in plan.proof.goal:
        shown = ((answer.target, mc("requiresUnit"), unit), *meets(projection, answer.target, unit, by))
        yield Reason("unit-covered", {"unit": unit, "by": by}, {}, shown)


def _missing(projection: Projection, m: Missing) -> Reason:
    shown = stated(
        projection,
        m.term,
        "withdrawalDate",
        "firstOfferDate",
        "minimumCount",
        "minimumCredit",
        "minimumWorkload",
        "credits",
    )
    if m.kind == "unit":
        shown = tuple(
            (s, mc("requiresUnit"), m.term) for s in projection.facts.subjects(mc("requiresUnit"), m.term)[:1]
        )
    key = f"missing-{m.kind}" if m.kind != "credential" else f"missing-{m.why}"
    return Reason(key, {"term": m.term}, {"amount": m.amount}, shown)
