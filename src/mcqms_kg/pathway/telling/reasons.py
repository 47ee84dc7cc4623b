"""An answer as reasons: each a sentence's key with what it speaks of, and the statements that show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from mcqms_kg.graph.vocabulary import code, mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.planning.answers import Answer, Missing, Plan
from mcqms_kg.pathway.planning.holding import SetAside, ends
from mcqms_kg.pathway.planning.proofs import Step
from mcqms_kg.pathway.projection.reading import Projection
from mcqms_kg.pathway.projection.stacking import Credential, Leaf, Rule
from mcqms_kg.pathway.telling.evidence import meets, rule_statements, stated
from mcqms_kg.pathway.telling.reason import Reason
from mcqms_kg.pathway.telling.timely import of_lapse

VERIFIED = code("alignment-verified")


def of_plan(projection: Projection, answer: Answer, plan: Plan) -> tuple[Reason, ...]:
    """Why the plan leads to the target: what is held, each step, the goal; or what is missing."""
    return (
        *_held(projection, answer, plan),
        *(r for step in plan.proof.steps for r in _step(projection, step)),
        *_goal(projection, answer, plan),
        *(r for m in plan.missing for r in _missing(projection, m)),
        *(of_lapse(projection, answer.holdings, lapse) for lapse in plan.lapses),
    )


def of_answer(projection: Projection, answer: Answer) -> tuple[Reason, ...]:
    """What the answer says beside its plans: a target that is held, what does not count, what is assumed, what is broken."""
    return (
        *((_holding(projection, answer, answer.target),) if answer.status == "held" else ()),
        *(
            Reason(a.why, {"credential": a.credential, "award": a.award}, _days(projection, answer, a), a.triples)
            for a in answer.holdings.set_aside
        ),
        *(
            (Reason("out-of-time", {}, {"seconds": Decimal(str(answer.question.seconds))}),)
            if _is_cut_short(answer)
            else ()
        ),
        *((Reason("renewals-untried", {"target": answer.target}),) if answer.untried else ()),
        *_nothing_stated(projection, answer),
        *_in_place(projection, answer),
        *_refused(projection, answer),
        *(Reason(key, {"credential": c, "rule": rule}) for key, c, rule in answer.assumed if c in _used(answer)),
        *(Reason(f"problem-{p.kind}", {"subject": p.subject}, {}, p.triples) for p in answer.problems),
    )


def _is_cut_short(answer: Answer) -> bool:
    """Whether there may be more to find, for which there was no time."""
    return answer.late and answer.status != "held" and not (answer.plans and all(p.proven for p in answer.plans))


def _days(projection: Projection, answer: Answer, aside: SetAside) -> Mapping[str, object]:
    """The day of the question, and the last day on which the award counted."""
    return {"day": answer.question.day, "until": ends(projection, projection.awards[aside.award])}


def _nothing_stated(projection: Projection, answer: Answer) -> Iterator[Reason]:
    """Why nothing can be decided where nothing is said of how the target is had."""
    job, credential = projection.jobs.get(answer.target), projection.credentials.get(answer.target)
    silent = not (job and job.requires) and not (credential and (credential.ways or credential.offered))
    if answer.status == "undecided" and silent:
        yield Reason("nothing-stated", {"target": answer.target})


def _in_place(projection: Projection, answer: Answer) -> Iterator[Reason]:
    """What is held and may be used in the place of the target itself."""
    for term in projection.substitutes.get(answer.target, ()) if answer.status != "held" else ():
        if term in answer.holdings.credentials:
            shown = ((term, mc("substitutes"), answer.target),)
            yield Reason("in-place-of-target", {"credential": term, "target": answer.target}, {}, shown)


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
    """Held credentials that a rule does not count, with the condition that they miss; others where nobody can say."""
    for credential, rule, why in answer.refused:
        if credential in answer.holdings.credentials or (why == "level-unknown" and not answer.is_yes):
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
    last = {award.term: ends(projection, award) for award in awards}
    award = max(last, key=lambda one: last[one] or dt.date.max)
    shown = stated(projection, award, "awardsCredential", "isAwardedTo", "issueDate", "expiryDate")
    named, until = {"credential": term, "award": award}, last[award]
    if until is None:
        return Reason("held-by-award", named, {}, shown)
    return Reason("held-until", named, {"until": until}, (*shown, *stated(projection, term, "validityMonths")))


def _step(projection: Projection, step: Step) -> Iterator[Reason]:
    term, credential = step.credential, projection.credentials[step.credential]
    if step.how == "learn":
        amounts = {"hours": _hours(credential), "credits": _credits(projection, credential)}
        names = ("isOfferedBy", "workloadHours", "credits", "ectsCredits", "firstOfferDate", "withdrawalDate")
        shown = stated(projection, term, *names)
        yield Reason("learn", {"credential": term}, amounts, shown, frozenset(amounts))
    elif step.how == "stack" and step.rule is not None:
        yield from _stacked(projection, step)
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
        yield Reason("first", {"credential": term, "by": by}, {}, shown)
    yield from _otherwise(projection, term, step)


def _hours(credential: Credential) -> Decimal | str:
    """The workload, or why there is no number."""
    if credential.hours is not None:
        return credential.hours
    return "unread" if "workloadHours" in credential.unread else "unknown"


def _credits(projection: Projection, credential: Credential) -> Decimal | str:
    """The national credits, or why there is no number."""
    if credential.credits is not None:
        return credential.credits
    if "credits" in credential.unread:
        return "unread"
    return "ects" if projection.facts.objects(credential.term, mc("ectsCredits")) else "unknown"


def _otherwise(projection: Projection, owner: Term, step: Step) -> Iterator[Reason]:
    """What stands in for something else, and what exempts from it."""
    for option, by in dict.fromkeys((*step.by, *step.first)):
        if by == option or option in projection.levels:
            continue
        key = "exempted" if by not in projection.credentials else "in-place"
        shown = meets(projection, owner, option, by)
        if key == "exempted" or option in projection.credentials:
            yield Reason(key, {"option": option, "by": by}, {}, shown)
        elif _is_unsure(shown):
            yield Reason("covered-unsurely", {"unit": option, "by": by}, {}, shown)


def _stacked(projection: Projection, step: Step) -> Iterator[Reason]:
    term = step.credential
    rule = next(way for way in projection.credentials[term].ways if way.term == step.rule)
    used = {option for option, _ in step.by} | {by for _, by in step.by}
    shown = [*rule_statements(projection, term, rule, used)]
    for option, by in step.by:
        shown += meets(projection, term, option, by)
    fillers = tuple(dict.fromkeys(by for option, by in step.by if by == option or by in projection.credentials))
    names: dict[str, Term | tuple[Term, ...]] = {"credential": term, "rule": rule.term, "by": fillers}
    key = "stack-implied" if rule.implied else "stack-credits" if rule.minimum_credit else "stack"
    yield Reason(key if fillers else "stack-nothing", names, _asked(rule, step), tuple(dict.fromkeys(shown)))


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
        asked = tuple((answer.target, mc(name), unit) for name in ("requiresUnit", "requiresSkill"))
        shown = (*filter(projection.facts.has, asked), *meets(projection, answer.target, unit, by))
        key = "unit-held" if by == unit else "covered-unsurely" if _is_unsure(shown) else "unit-covered"
        yield Reason(key, {"unit": unit, "by": by}, {}, shown)


def _is_unsure(shown: Sequence[Triple]) -> bool:
    """Whether the statements go over an alignment that nobody has verified."""
    statuses = [o for _, p, o in shown if p == mc("hasAlignmentStatus")]
    over = any(p == mc("hasMatchStrength") for _, p, _ in shown)
    return over and statuses != [VERIFIED]


def _missing(projection: Projection, m: Missing) -> Iterator[Reason]:
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
    if m.kind in ("unit", "skill"):
        asks = mc("requiresUnit" if m.kind == "unit" else "requiresSkill")
        shown = tuple((s, asks, m.term) for s in projection.facts.subjects(asks, m.term)[:1])
    key = f"missing-{m.kind}" if m.kind != "credential" else f"missing-{m.why}"
    yield Reason(key, {"term": m.term}, {"amount": m.amount}, shown)
    if m.kind == "credits":
        silent = _without_credits(projection, m.term)
        other = tuple(t for t in silent if projection.facts.objects(t, mc("ectsCredits")))
        if silent:
            yield Reason("credits-not-stated", {"names": silent})
        if other:
            ects = tuple(t for term in other for t in stated(projection, term, "ectsCredits"))
            yield Reason("credits-in-ects", {"names": other}, {}, ects)


def _without_credits(projection: Projection, rule: Term) -> tuple[Term, ...]:
    """The credentials that a rule names and that state no credits, neither of their own nor towards its credential."""
    credentials, owners = projection.credentials, _owners(projection, rule)
    rules = (r for owner in owners for r in credentials[owner].ways)
    leaves = {n.term for r in rules for n in r.nodes() if isinstance(n, Leaf) and n.kind == "credential"}
    silent = (t for t in sorted(leaves) if credentials[t].credits is None and "credits" not in credentials[t].unread)
    return tuple(t for t in silent if not any((t, to) in projection.counted for to in owners))


def _owners(projection: Projection, rule: Term) -> tuple[Term, ...]:
    """Whose rule it is; an implied rule is called as its credential is."""
    if rule in projection.credentials:
        return (rule,)
    waiting, found = [rule], list[Term]()
    for inner in waiting:
        found += projection.facts.subjects(mc("isStackedBy"), inner)
        waiting += [outer for outer in projection.facts.subjects(mc("hasOption"), inner) if outer not in waiting]
    return tuple(t for t in dict.fromkeys(found) if t in projection.credentials)
