"""An answer as a small graph to draw: what is held, what can be earned, what is missing, and where it leads; and its layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.answers import Answer, Plan
from mcqms_kg.pathway.projection.reading import Projection
from mcqms_kg.pathway.telling.language import Telling

if TYPE_CHECKING:  # it needs the solver, and pictures of other answers do not
    from mcqms_kg.pathway.planning.reachable import PathReport

STATES: Mapping[str, tuple[str, str, str]] = {
    "held": ("✓", "held", "dimiliki"),
    "learn": ("▷", "to learn", "dipelajari"),
    "stack": ("+", "follows", "diperoleh"),
    "missing": ("✗", "missing", "kurang"),
    "target": ("★", "target", "tujuan"),
    "lost": ("✗", "lost", "hilang"),
    "found": ("◆", "found", "ditemukan"),
    "named": ("·", "belongs to it", "terkait"),
}
"""State to sign and words: a state is told by sign, word, outline and shape, never by colour alone."""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in the picture. `band` is the number of its level, `column` where it stands from left to right."""

    term: Term
    label: str
    state: str
    band: str
    column: int
    row: int
    is_target: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """From what helps to what it helps towards; `kind` says how."""

    source: Term
    target: Term
    kind: str


@dataclass(frozen=True)
class Drawing:
    """Nodes laid out in columns, left to right, inside bands of one level each."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    bands: tuple[tuple[str, int, int], ...]
    """The name of a band with its first and last column."""


def draw(report: PathReport, language: str) -> tuple[Drawing, ...]:
    """One drawing for each plan of each answer; an answer without a plan shows its target alone."""
    telling = Telling(report.projection, language)
    return tuple(d for a in report.answers for d in _drawings(telling, a))


def _drawings(telling: Telling, answer: Answer) -> Iterator[Drawing]:
    if not answer.plans:
        yield _drawing(telling, telling.status(answer), answer, None)
    for position, plan in enumerate(answer.plans, start=1):
        named = telling("gap" if plan.missing else "plan", number=position)
        yield _drawing(telling, f"{telling.status(answer)} {named}", answer, plan)


def _drawing(telling: Telling, title: str, answer: Answer, plan: Plan | None) -> Drawing:
    exemptions = telling.projection.facts.of(mc("exemptsFrom")).keys() - telling.projection.credentials.keys()
    states = {t: state for t, state in _states(answer, plan).items() if t not in exemptions or t == answer.target}
    edges = tuple(e for e in dict.fromkeys(_edges(answer, plan)) if e.source in states and e.target in states)
    depth = depths(states, edges)
    order = sorted(states, key=lambda t: (_level(telling.projection, t), depth[t], t))
    bands: list[tuple[str, int, int]] = []
    nodes: list[Node] = []
    column, last = -1, None
    rows: dict[int, int] = {}
    for term in order:
        band = _band(telling, term)
        here = (_level(telling.projection, term), depth[term])
        if here != last:
            column, last = column + 1, here
        if not bands or bands[-1][0] != band:
            bands.append((band, column, column))
        bands[-1] = (band, bands[-1][1], column)
        row = rows[column] = rows.get(column, -1) + 1
        nodes.append(Node(term, telling.name(term), states[term], band, column, row, term == answer.target))
    return Drawing(title, tuple(nodes), edges, tuple(bands))


def _states(answer: Answer, plan: Plan | None) -> dict[Term, str]:
    """Every thing in the picture with its state."""
    found: dict[Term, str] = {answer.target: "held" if answer.status == "held" else "target"}
    if plan is None:
        return found
    for step in plan.proof.steps:
        found[step.credential] = "missing" if step.how == "granted" else step.how
        for _, by in (*step.by, *step.first):
            found.setdefault(by, "held")
    for _, by in plan.proof.goal:
        found.setdefault(by, "held")
    for m in plan.missing:
        if m.term not in found:
            found[m.term] = "missing"
    if any(m.kind in ("credits", "count", "workload") and m.term == answer.target for m in plan.missing):
        found[answer.target] = "missing"
    return found


def _edges(answer: Answer, plan: Plan | None) -> Iterator[Edge]:
    for step in plan.proof.steps if plan else ():
        yield from (Edge(by, step.credential, "counts") for _, by in step.by if by != step.credential)
        yield from (Edge(by, step.credential, "first") for _, by in step.first if by != step.credential)
        if step.how == "stack" and not step.by and plan:
            others = (s.credential for s in plan.proof.steps if s.stage < step.stage)
            yield from (Edge(other, step.credential, "counts") for other in others)
    if plan and plan.proof.goal:
        yield from (Edge(by, answer.target, "counts") for _, by in plan.proof.goal if by != answer.target)
    elif plan:
        ends = {s.credential for s in plan.proof.steps} - {answer.target}
        yield from (Edge(t, answer.target, "counts") for t in sorted(ends) if not _is_used(plan, t))
    for m in plan.missing if plan else ():
        if m.term != answer.target:
            yield Edge(m.term, answer.target, "lacking")


def _is_used(plan: Plan, term: Term) -> bool:
    return any(term == by for s in plan.proof.steps for _, by in (*s.by, *s.first)) or any(
        s.how == "stack" and not s.by for s in plan.proof.steps
    )


def depths(states: Mapping[Term, str], edges: tuple[Edge, ...]) -> dict[Term, int]:
    """The longest way to each thing; a proof has no circle, and where there is one, the count of rounds bounds it."""
    depth = dict.fromkeys(states, 0)
    for _ in states:
        moved = False
        for edge in edges:
            if edge.source in depth and depth[edge.target] <= depth[edge.source] < len(states):
                depth[edge.target], moved = depth[edge.source] + 1, True
        if not moved:
            break
    return depth


def _level(projection: Projection, term: Term) -> tuple[int, str, int]:
    """Levels by framework and number; what has none comes first."""
    credential, job = projection.credentials.get(term), projection.jobs.get(term)
    level = projection.levels.get((credential.level if credential else job.level if job else None) or term)
    return (0, "", 0) if level is None else (1, level.framework, level.number)


def _band(telling: Telling, term: Term) -> str:
    projection = telling.projection
    credential, job = projection.credentials.get(term), projection.jobs.get(term)
    level = (credential.level if credential else None) or (job.level if job else None)
    return telling.name(level) if level else "–"
