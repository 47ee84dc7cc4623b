"""Every certification, degree and job title that what is held counts towards, nearest first."""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from mcqms_kg.graph.locate import Lines
from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.answers import Answer, Question
from mcqms_kg.pathway.planning.holding import Holdings
from mcqms_kg.pathway.planning.leads_to import opened, opened_by_units
from mcqms_kg.pathway.planning.plans import answer, resolver_of
from mcqms_kg.pathway.projection.marks import requiring
from mcqms_kg.pathway.projection.reading import Projection

MOST_TARGETS = 24
"""Targets that are planned for; certifications, degrees and job titles take turns."""
MOST_CONSIDERED = 900
"""After so many credentials that may help towards the targets no further target is begun: what is left is asked for by name."""


@dataclass(frozen=True)
class PathReport:
    """The answers to a question: one for a target, or one for each target in reach; `cut` where not all of the `targets` were looked at."""

    projection: Projection
    question: Question
    answers: tuple[Answer, ...]
    looked_at: int = 1
    targets: int = 1
    lines: Lines = field(default_factory=Lines)

    @property
    def cut(self) -> bool:
        return self.looked_at < self.targets

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
    resolver = resolver_of(projection, question)
    targets = _in_turn(projection, _targets(projection, resolver.eligible.held))
    until = time.monotonic() + question.seconds
    found: list[Answer] = []
    for target in targets[:MOST_TARGETS]:
        left = until - time.monotonic()
        if left <= 0 or sum(a.considered for a in found) > MOST_CONSIDERED:
            break
        found.append(answer(projection, replace(question, to=target, count=1, seconds=left), resolver))
    reached = sorted((a for a in found if a.is_yes), key=_nearest)
    return PathReport(projection, question, tuple(reached), len(found), len(targets), lines)


def _in_turn(projection: Projection, targets: Iterable[Term]) -> list[Term]:
    """The nearest of each kind first, so that no kind crowds out the others."""
    kinds: dict[str, list[Term]] = {}
    for term in dict.fromkeys(targets):
        credential = projection.credentials.get(term)
        kinds.setdefault(credential.kind if credential else "job", []).append(term)
    turns = itertools.zip_longest(*kinds.values())
    return [term for turn in turns for term in turn if term is not None]


def _nearest(a: Answer) -> tuple[object, ...]:
    plan = a.plans[0] if a.plans else None
    return (
        a.status != "held",
        *(() if plan is None else (len(plan.unknown), plan.hours, len(plan.proof.steps))),
        a.target,
    )


def _targets(projection: Projection, held: Holdings) -> Iterator[Term]:
    """Forwards from what is held, over rules, progressions and prerequisites; job titles by the units that what is held covers."""
    facts = projection.facts
    units = {u for c in held.credentials for u in projection.credentials[c].units} | held.units
    waiting = deque(dict.fromkeys((*held.credentials, *opened_by_units(projection, held.units))))
    seen = set(waiting)
    while waiting:
        term = waiting.popleft()
        if projection.credentials[term].kind != "micro-credential" and term not in held.credentials:
            yield term
        for other in (*opened(projection, term), *projection.leads.get(term, ())):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    over = (thing for thing, others in sorted(projection.aligned.items()) if not units.isdisjoint(others))
    yield from (job for thing in (*sorted(units), *over) for job in requiring(facts, thing))
