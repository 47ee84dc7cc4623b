"""Every certification, degree and job title that what is held counts towards, nearest first."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mcqms_kg.graph.locate import Lines
from mcqms_kg.model import Term
from mcqms_kg.pathway.answers import Answer, Question
from mcqms_kg.pathway.holding import Holdings, holdings
from mcqms_kg.pathway.plans import answer
from mcqms_kg.pathway.projection import Projection
from mcqms_kg.pathway.vocabulary import mc

MOST_TARGETS = 40


@dataclass(frozen=True)
class PathReport:
    """The answers to a question: one for a target, or one for each target in reach."""

    projection: Projection
    question: Question
    answers: tuple[Answer, ...]
    cut: bool = False
    lines: Lines = field(default_factory=Lines)

    @property
    def exit_code(self) -> int:
        """0 reachable, 1 not reachable, 2 could not be decided."""
        if any(a.is_yes for a in self.answers):
            return 0
        return 2 if any(a.status == "undecided" for a in self.answers) else 1


def report(projection: Projection, question: Question, lines: Lines | None = None) -> PathReport:
    """The answer for the target, or for everything in reach where the question names none."""
    lines = lines or Lines()
    if question.to is not None:
        return PathReport(projection, question, (answer(projection, question),), lines=lines)
    held = holdings(projection, question.holds, question.day)
    targets = list(_targets(projection, held))
    until = time.monotonic() + question.seconds
    found = []
    for target in targets[:MOST_TARGETS]:
        left = until - time.monotonic()
        if left <= 0:
            break
        found.append(answer(projection, replace(question, to=target, count=1, seconds=left)))
    reached = sorted((a for a in found if a.is_yes), key=_nearest)
    return PathReport(projection, question, tuple(reached), cut=len(found) < len(targets), lines=lines)


def _nearest(a: Answer) -> tuple[object, ...]:
    plan = a.plans[0] if a.plans else None
    return (
        a.status != "held",
        *(() if plan is None else (len(plan.unknown), plan.hours, len(plan.proof.steps))),
        a.target,
    )


def _targets(projection: Projection, held: Holdings) -> Iterator[Term]:
    """Forwards from what is held, over rules, progressions and prerequisites; job titles by the units that what is held covers."""
    waiting = deque(held.credentials)
    seen = set(waiting)
    towards = projection.leads
    jobs: dict[Term, None] = {}
    units = {u for c in held.credentials for u in projection.credentials[c].units} | held.units
    for unit in sorted(units):
        waiting.extend(t for t in projection.opens.get(unit, ()) if t not in seen)
        jobs |= dict.fromkeys(projection.facts.subjects(mc("requiresUnit"), unit))
    seen.update(waiting)
    while waiting:
        term = waiting.popleft()
        if projection.credentials[term].kind != "micro-credential" and term not in held.credentials:
            yield term
        for other in (*projection.opens.get(term, ()), *towards.get(term, ())):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    yield from jobs
