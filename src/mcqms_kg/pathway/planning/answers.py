"""What is asked about a pathway, and the answer, as frozen values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.holding import Holdings
from mcqms_kg.pathway.planning.lapsing import Lapse
from mcqms_kg.pathway.planning.proofs import Proof
from mcqms_kg.pathway.projection.problems import Problem

BEST = ("shortest", "workload", "offramps")
ORDERS = {
    "shortest": ("steps", "unknown", "hours"),
    "workload": ("unknown", "hours", "steps"),
    "offramps": ("steps", "unknown", "hours"),
    "ramps": ("ramps", "unknown", "hours", "steps"),
    "gap": ("items", "short", "unknown", "hours", "steps"),
}
"""What is kept small, the first first. A workload that nobody states is worse than any that is stated."""


@dataclass(frozen=True)
class Question:
    """From what is held to a target, or to everything in reach where there is none."""

    holds: Sequence[Term]
    to: Term | None
    day: dt.date
    best: str = "shortest"
    count: int = 1
    missing: bool = False
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that nothing in the data brings: its kind, what it is about, how much, and why it cannot be had."""

    kind: str
    term: Term
    amount: Decimal | None = None
    why: str = ""


@dataclass(frozen=True)
class Plan:
    """One way to the target. With `missing` it is a gap: the steps that can be taken, and what is then still missing."""

    proof: Proof
    hours: Decimal
    unknown: tuple[Term, ...]
    credits: Decimal | None
    """National credits of what is learned; nothing where none are stated."""
    uncredited: tuple[Term, ...]
    stages: int
    longest: Decimal
    off_ramps: tuple[Term, ...] = ()
    missing: tuple[Missing, ...] = ()
    proven: bool = True
    bound: tuple[str, Decimal] | None = None
    """Where it is not proven: what no plan has less of, and how much of it."""
    lapses: tuple[Lapse, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The answer for one target, and what it rests on.

    `held`: the target is held. `complete`: what is held is enough. `reachable`, `unreachable`: after more, or not at all.
    `undecided`: the data does not allow an answer.
    """

    question: Question
    target: Term
    status: str
    holdings: Holdings
    plans: tuple[Plan, ...] = ()
    all_found: bool = False
    considered: int = 0
    cut: bool = False
    problems: tuple[Problem, ...] = ()
    assumed: tuple[tuple[str, Term, Term], ...] = ()
    refused: tuple[tuple[Term, Term, str], ...] = ()
    untried: bool = False
    """Whether some choice of old awards to be earned again, which nobody tried, might lead there."""
    late: bool = False
    """Whether the time that was allowed had passed."""

    @property
    def is_yes(self) -> bool:
        return self.status in ("held", "complete", "reachable")
