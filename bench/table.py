"""The one table, what our engine spent its time on, and the goals with what was reached, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from measure import Measured

OURS = "columns"
MIB = 1024 * 1024
GOALS_FROM = 2_000_000
_PARTS = ("start", "read", "sort", "values", "validate", "write")
_HEAD = (
    "load",
    "statements",
    "engine",
    "file to report, s",
    "times ours",
    "processor, s",
    "times our processor",
    "validate only, s",
    "peak, MiB",
    "results",
    "verdict",
)


@dataclass(frozen=True)
class Row:
    """One engine on one load and one graph. `warm` is our engine's time on loaded columns, or what a peer took to validate."""

    load: str
    statements: int
    engine: str
    measured: Measured
    warm: float | None
    results: int | None
    verdict: str
    right: bool


def table(rows: Sequence[Row]) -> str:
    lines = [_line(_HEAD), _line(["---"] * len(_HEAD))]
    lines += [_line(_cells(row, _ours(row, rows))) for row in rows]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(row: Row, ours: Row | None) -> tuple[str, ...]:
    told = row.measured.finished or row.measured.stopped == "time"
    others = ours.measured if ours and row.engine != OURS and told else None
    return (
        row.load,
        f"{row.statements:,}",
        row.engine,
        _time(row),
        _ratio(row.measured.seconds, others.seconds) if others else "",
        f"{row.measured.processor:.1f}" if told else "",
        _ratio(row.measured.processor, others.processor) if others else "",
        "" if row.warm is None else f"{row.warm:.2f}",
        f"{row.measured.peak / MIB:,.0f}" if row.measured.peak else "",
        "" if row.results is None else f"{row.results:,}",
        row.verdict,
    )


def _time(row: Row) -> str:
    if row.measured.stopped == "time":
        return f"> {row.measured.seconds:.0f}"
    return f"{row.measured.seconds:.1f}" if row.measured.finished else ""


def _ratio(theirs: float, ours: float) -> str:
    return f"{theirs / ours:.1f}"


def _ours(row: Row, rows: Sequence[Row]) -> Row | None:
    same = (r for r in rows if r.engine == OURS and (r.load, r.statements) == (row.load, row.statements))
    return next((r for r in same if r.measured.finished), None)


def phases(rows: Sequence[Row]) -> str:
    """What our engine spent its time on."""
    head = ("load", "statements", *(f"{part}, s" for part in _PARTS), "statements/s loaded", "decided by")
    lines = [_line(head), _line(["---"] * len(head))]
    for row in rows:
        said = row.measured.said
        if row.engine == OURS and said:
            parts = {"start": row.measured.seconds - sum(said[part] for part in _PARTS[1:]), **said}
            decided = ", ".join(f"{engine} {number}" for engine, number in said["decided"].items())
            speed = f"{row.statements / (said['read'] + said['sort']):,.0f}"
            times = (f"{parts[part]:.2f}" for part in _PARTS)
            lines.append(_line((row.load, f"{row.statements:,}", *times, speed, decided)))
    return "\n".join(lines)


def slowest(rows: Sequence[Row]) -> str:
    """The shapes that took our engine longest."""
    lines = []
    for row in rows:
        for shape, seconds in row.measured.said.get("slowest", ()):
            lines.append(
                f"- {row.load}, {row.statements:,} statements: {shape.strip('<>').rpartition('/')[2]} {seconds:.2f} s"
            )
    return "\n".join(lines)


def goals(rows: Sequence[Row]) -> str:
    """The goals of the engine, for each load at the largest graph that was measured; they are set for millions of statements."""
    if max(r.statements for r in rows) < GOALS_FROM:
        return f"- The goals are set for graphs of {GOALS_FROM:,} statements and more: not judged here."
    return "\n".join(f"- {load}: {said}" for load in dict.fromkeys(r.load for r in rows) for said in _goals(load, rows))


def _goals(load: str, rows: Sequence[Row]) -> Iterator[str]:
    size = max(r.statements for r in rows if r.load == load)
    here = [r for r in rows if (r.load, r.statements) == (load, size)]
    ours = next((r for r in here if r.engine == OURS), None)
    if ours is None or not ours.measured.finished:
        yield f"our engine did not finish on {size:,} statements; no goal is met."
        return
    peers = [r for r in here if r.engine != OURS]
    fastest = min((r for r in peers if r.right and r.measured.finished), key=lambda r: r.measured.seconds, default=None)
    if fastest:
        yield _goal(f"cold, beside {fastest.engine}", fastest, ours.measured.seconds, 15)
        if ours.warm:
            yield _goal(f"warm, beside {fastest.engine}", fastest, ours.warm, 100)
    else:
        yield f"no other engine gave the right results on {size:,} statements within the limits; the goals beside it are not measured."
    pyshacl = next((r for r in peers if r.engine == "pySHACL" and r.measured.seconds), None)
    if pyshacl and ours.warm:
        yield _goal("warm, beside pySHACL", pyshacl, ours.warm, 300)
        yield _goal("cold, beside pySHACL", pyshacl, ours.measured.seconds, 300)
    peak = ours.measured.peak / MIB
    yield f"peak memory {peak:,.0f} MiB on {size:,} statements, goal below 2,048 MiB: {_met(peak < 2048)}."


def _goal(what: str, theirs: Row, ours: float, wanted: int) -> str:
    reached = theirs.measured.seconds / ours
    least = "at least " if theirs.measured.stopped else ""
    met = "not decided, the other engine was stopped" if least and reached < wanted else _met(reached >= wanted)
    return f"{what}: {least}{reached:.1f} times faster on {theirs.statements:,} statements, goal {wanted}: {met}."


def _met(yes: bool) -> str:
    return "met" if yes else "NOT met"
