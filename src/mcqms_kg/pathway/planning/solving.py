"""The best sets of credentials to earn, one after the other, with proof or with the gap that is left."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ortools.sat.python import cp_model

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.encoding import SCALE, Encoding, scaled
from mcqms_kg.pathway.projection.stacking import Credential

LARGEST_WEIGHT = 2**60
CALM = {"num_workers": 1, "random_seed": 1, "linearization_level": 2, "symmetry_level": 0, "cp_model_probing_level": 0}
"""One thread and one seed, so that the same question has the same answer; presolve light, because most models are small."""


@dataclass(frozen=True, slots=True)
class Solution:
    """What to earn, and, where there is a gap, what is granted, which units nobody shows, and which sums fall short by how much."""

    earned: frozenset[Term]
    learned: frozenset[Term]
    granted: frozenset[Term] = frozenset()
    absent: frozenset[Term] = frozenset()
    short: tuple[tuple[str, Term, int], ...] = ()
    proven: bool = True
    bound: tuple[str, Decimal] | None = None
    """Where it is not proven: what is to be kept small first, and the least of it that any answer has."""


@dataclass
class Search:
    """One encoding, solved again and again, each time without what was found before."""

    encoding: Encoding
    credentials: Mapping[Term, Credential]
    order: Sequence[str]
    deadline: float
    exhausted: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._largest = {id(amount): least for _, amount, least in self.encoding.short.values()}
        self._first = self.order[0], 1, 1
        self._chunked: list[Any] | None = None

    def best(self) -> Solution | None:
        """The best that is left; nothing where there is none (`exhausted`) or no time."""
        if self._chunked is None:
            self._chunked = self._chunks()
        return self._solve(self._chunked)

    def _solve(self, chunks: list[Any]) -> Solution | None:
        """Each thing asked for in its order: its best is fixed before the next is looked at."""
        model = self.encoding.model
        proven, least, solver = True, None, None
        if time.monotonic() >= self.deadline:
            return None
        base = model.clone() if len(chunks) > 1 else model
        for number, chunk in enumerate(chunks):
            base.minimize(chunk)
            trying = _solver(self.deadline)
            status = trying.solve(base)
            if status == cp_model.INFEASIBLE:
                self.exhausted = True
                return None
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                if solver is None:
                    return None
                proven = False
                break
            solver = trying
            if status != cp_model.OPTIMAL:
                proven = False
                least = trying.best_objective_bound if number == 0 else None
                break
            if len(chunks) > 1:
                base.add(chunk <= round(trying.objective_value))
        assert solver is not None  # noqa: S101  # the first chunk gave one, or this was left
        return self._read(solver, proven, None if least is None else self._bound(least))

    def _read(self, solver: cp_model.CpSolver, proven: bool, bound: tuple[str, Decimal] | None) -> Solution:
        e = self.encoding

        def true(literals: Mapping[Term, Any]) -> frozenset[Term]:
            return frozenset(t for t, v in literals.items() if solver.boolean_value(v))

        short = tuple(
            (what, rule, solver.value(amount))
            for (what, rule), (_, amount, _) in e.short.items()
            if solver.value(amount)
        )
        return Solution(
            true(e.earned), true(e.learned), true(e.granted), true(e.absent), tuple(sorted(short)), proven, bound
        )

    def _bound(self, least: float) -> tuple[str, Decimal] | None:
        """The least of what is kept small first, from the least of everything together."""
        name, weight, unit = self._first
        found = Decimal(math.floor(least) // weight) / unit
        return (name, found) if found > 0 else None

    def exclude(self, found: Solution, with_more: bool = True) -> None:
        """Not the same again, nor the same with more, unless that may do where the same does not."""
        e = self.encoding
        chosen = [e.earned[t] for t in found.earned] + [e.granted[t] for t in found.granted]
        chosen += [e.absent[t] for t in found.absent] + [e.short[what, rule][0] for what, rule, _ in found.short]
        others = [] if with_more else [literal for t, literal in e.earned.items() if t not in found.earned]
        e.model.add_bool_or([*(c.negated() for c in chosen), *others])

    def _chunks(self) -> list[Any]:
        """The things asked for, the first first, put together by weight as far as whole numbers reach."""
        levels = [(name, terms) for name in self.order if (terms := self._level(name))]
        chunks: list[Any] = []
        total: Any = 0
        weight = 1
        for name, terms in reversed(levels):
            largest = sum(c * self._largest.get(id(v), 1) for c, v in terms) + 1
            if weight * largest > LARGEST_WEIGHT:
                chunks.append(total)
                total, weight = 0, 1
            total = total + sum(weight * c * v for c, v in terms)
            self._first = name, weight, self._unit(name)
            weight *= largest
        return [total, *reversed(chunks)]

    def _unit(self, name: str) -> int:
        """How many whole numbers of the model make one of what is counted."""
        if name == "hours":
            return 1 if self._has_whole_hours() else SCALE
        return SCALE if name == "short" else 1

    def _has_whole_hours(self) -> bool:
        return all(scaled(self.credentials[t].hours) % SCALE == 0 for t in self.encoding.learned)

    def _level(self, name: str) -> list[tuple[int, Any]]:
        """Coefficients and variables of one thing to be kept small."""
        e = self.encoding
        if name == "steps":
            return [(1, v) for v in e.earned.values()]
        if name == "hours":
            unit = SCALE // self._unit(name)
            return [(scaled(self.credentials[t].hours) // unit, v) for t, v in e.learned.items()]
        if name == "ramps":
            return [(1, v) for v in e.missed.values()]
        if name == "unknown":
            return [(1, v) for t, v in e.learned.items() if self.credentials[t].hours is None]
        if name == "items":
            return [
                (1, v) for v in (*e.granted.values(), *e.absent.values(), *(some for some, _, _ in e.short.values()))
            ]
        return [(1, amount) for _, amount, _ in e.short.values()]


def _solver(deadline: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    for name, value in CALM.items():
        setattr(solver.parameters, name, value)
    solver.parameters.max_time_in_seconds = max(0.05, deadline - time.monotonic())
    return solver
