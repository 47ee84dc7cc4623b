"""What lapses while a plan is carried out: by when how much work must be done, so that everything still counts where it is needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.holding import Holdings, ends
from mcqms_kg.pathway.planning.needs import NOTHING
from mcqms_kg.pathway.planning.proofs import Proof, Step
from mcqms_kg.pathway.projection.reading import Projection
from mcqms_kg.pathway.projection.stacking import Rule
from mcqms_kg.pathway.projection.standing import add_months
from mcqms_kg.pathway.projection.values import as_date

DAY_AND_NIGHT = Decimal(24 * 7)
"""Hours of a week: nobody works more."""
WEEK = 7


@dataclass(frozen=True, slots=True)
class Lapse:
    """Something that is needed for a step, and until when it counts: an award, its age, an offer, an exemption, a validity.

    `hours` of work must be done by the end of that day, those of earlier days among them. Of the `unknown` no workload is stated.
    """

    kind: str
    thing: Term
    needed_for: Term
    last: dt.date
    days: int
    hours: Decimal
    unknown: tuple[Term, ...] = ()

    @property
    def pace(self) -> Decimal:
        """Hours of work a week."""
        return self.hours * WEEK / self.days

    @property
    def is_too_soon(self) -> bool:
        """Whether nobody could do the work by then."""
        return self.pace > DAY_AND_NIGHT


def lapses(projection: Projection, held: Holdings, proof: Proof, target: Term, day: dt.date) -> tuple[Lapse, ...]:
    """What lapses before the plan ends, and has work before it, the first day first.

    Work is done one thing after another, what is needed first before the rest; whoever keeps to the highest pace is in time for every day.
    """
    work = _Work(projection, proof)
    days = dict.fromkeys(sorted(_days(projection, held, proof, target, day, work), key=lambda each: each[:4]))
    found: list[Lapse] = []
    for last, kind, thing, owner, before in days:
        if work.of(before) != (NOTHING, ()):
            hours, unknown = work.of({term for each in days if each[0] <= last for term in each[4]})
            found.append(Lapse(kind, thing, owner, last, (last - day).days + 1, hours, unknown))
    return tuple(dict.fromkeys((*found, *_validities(projection, proof, target, day, work))))


class _Work:
    """The work that lies before each step."""

    def __init__(self, projection: Projection, proof: Proof) -> None:
        self._projection = projection
        self.steps: Mapping[Term, Step] = {step.credential: step for step in proof.steps}
        self.before: dict[Term, frozenset[Term]] = {}
        for step in proof.steps:
            parts = [by for _, by in (*step.by, *step.first) if by in self.before]
            self.before[step.credential] = frozenset((step.credential,)).union(*(self.before[by] for by in parts))

    def of(self, done: frozenset[Term] | set[Term]) -> tuple[Decimal, tuple[Term, ...]]:
        """The hours of what is learned among them, and of what no workload is stated."""
        credentials = self._projection.credentials
        learned = sorted(t for t in done if self.steps[t].how == "learn")
        hours = sum((credentials[t].hours or NOTHING for t in learned), NOTHING)
        return hours, tuple(t for t in learned if credentials[t].hours is None)


_Day = tuple[dt.date, str, Term, Term, frozenset[Term]]
"""The last day, what lapses, for what it is needed, and the steps that come before."""


def _uses(proof: Proof, target: Term, work: _Work) -> Iterator[tuple[Term, Term, Term, frozenset[Term]]]:
    """Option, what meets it, for what, and the steps before that: what is asked for first is asked for when the step begins."""
    for step in proof.steps:
        before = work.before[step.credential]
        yield from ((option, by, step.credential, before - {step.credential}) for option, by in step.first)
        yield from ((option, by, step.credential, before) for option, by in step.by)
    everything = frozenset(work.steps)
    yield from ((option, by, target, everything) for option, by in proof.goal if option != target)


def _days(
    projection: Projection, held: Holdings, proof: Proof, target: Term, day: dt.date, work: _Work
) -> Iterator[_Day]:
    for option, by, owner, before in _uses(proof, target, work):
        for kind, last in _last_days(projection, held, work.steps.get(owner), option, by):
            if last >= day:
                yield last, kind, by, owner, before
    for term, step in work.steps.items():
        withdrawn = projection.credentials[term].withdrawal
        if withdrawn and withdrawn > day and step.how != "granted":
            yield withdrawn - dt.timedelta(days=1), "offer", term, term, work.before[term]


def _last_days(
    projection: Projection, held: Holdings, step: Step | None, option: Term, by: Term
) -> Iterator[tuple[str, dt.date]]:
    """Until when what meets an option counts for it."""
    if by not in projection.credentials:
        stated = [found for o in projection.facts.objects(by, mc("expiryDate")) if (found := as_date(o))]
        yield from [("exemption", min(stated))] if stated else []
        return
    awards = held.credentials.get(by, ())
    last = [ends(projection, award) for award in awards]
    if last and None not in last:
        yield "award", max(found for found in last if found)
    way = next((w for w in projection.credentials[step.credential].ways if w.term == step.rule), None) if step else None
    ages = [months for months in _ages(way, option) if months is not None] if way else []
    issued = [award.issued for award in awards if award.issued]
    if ages and issued:
        yield "age", add_months(max(issued), min(ages))


def _ages(rule: Rule, option: Term, outer: int | None = None) -> Iterator[int | None]:
    """The ages that the rule, and those around an option inside it, ask for."""
    own = rule.conditions.age_months if rule.conditions else None
    least = min((months for months in (own, outer) if months is not None), default=None)
    for part in rule.options:
        if isinstance(part, Rule):
            yield from _ages(part, option, least)
        elif part.term == option:
            yield least


def _validities(projection: Projection, proof: Proof, target: Term, day: dt.date, work: _Work) -> Iterator[Lapse]:
    """What is earned on the way, is valid for a time only, and is needed after work that rests on it."""
    for _, by, owner, before in _uses(proof, target, work):
        months = projection.credentials[by].validity_months if by in work.steps else None
        if months is None:
            continue
        between = frozenset(t for t in before if t != by and by in work.before[t])
        hours, unknown = work.of(between)
        if hours or unknown:
            last = add_months(day, months)
            yield Lapse("validity", by, owner, last, (last - day).days + 1, hours, unknown)
