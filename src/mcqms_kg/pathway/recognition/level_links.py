"""From a level to the levels of other frameworks that it is referenced to, and to its own framework."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mcqms_kg.graph.vocabulary import code, mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.recognition.known import Known, is_true
from mcqms_kg.pathway.recognition.model import Fault, Link, Node, Status

ENDORSED = code("referencing-endorsed")


@dataclass(frozen=True)
class _Row:
    """A row of a referencing as seen from one of its levels: the level it leads to, and what is wrong with going that way."""

    record: Term
    to: Term
    status: Status
    faults: tuple[Fault, ...]


def referencings(known: Known, node: Node) -> Iterator[Link]:
    """Every row that the level stands in. Of rows that disagree, endorsed ones overrule others; equals contradict each other."""
    rows = list(_rows(known, node.term))
    for row in rows:
        faults = (*row.faults, *_disagreeing(known, row, rows))
        names = ("hasSourceLevel", "hasTargetLevel", "hasReferencingStatus", "effectiveDate", "expiryDate", "isMutual")
        triples = known.statements(row.record, *names)
        sources = known.sources(row.record)
        yield Link("referencing", node, Node("level", row.to), row.record, triples, row.status, faults, sources)


def frameworks(known: Known, node: Node) -> Iterator[Link]:
    """The framework that the level is of."""
    found = known.all(node.term, "isLevelOf")
    faults = (Fault("contradictory", found, decided=False),) if len(found) > 1 else ()
    for framework in found:
        triples: tuple[Triple, ...] = ((node.term, mc("isLevelOf"), framework),)
        yield Link("framework", node, Node("framework", framework), node.term, triples, faults=faults)


def _rows(known: Known, level: Term) -> Iterator[_Row]:
    for record in known.records("hasSourceLevel", level):
        for to in known.all(record, "hasTargetLevel"):
            yield _row(known, record, level, to, ())
    for record in known.records("hasTargetLevel", level):
        mutual = known.all(record, "isMutual")
        wrong = () if mutual and all(map(is_true, mutual)) else (Fault("wrong-direction", (level,)),)
        for to in known.all(record, "hasSourceLevel"):
            yield _row(known, record, level, to, wrong)


def _row(known: Known, record: Term, level: Term, to: Term, wrong: tuple[Fault, ...]) -> _Row:
    statuses = known.all(record, "hasReferencingStatus")
    ends = known.all(record, "hasSourceLevel") + known.all(record, "hasTargetLevel")
    faults = [*wrong, *known.period(record, needs_start=False)]
    if len(statuses) > 1:
        faults.append(Fault("contradictory", statuses, decided=False))
    if len(ends) > 2 or set(known.all(level, "isLevelOf")) & set(known.all(to, "isLevelOf")):
        faults.append(Fault("contradictory", ends, decided=False))
    status = Status.VERIFIED if statuses == (ENDORSED,) else Status.UNVERIFIED
    return _Row(record, to, status, tuple(faults))


def _disagreeing(known: Known, row: _Row, rows: list[_Row]) -> Iterator[Fault]:
    """What other rows that hold say of the same framework."""
    mine = set(known.all(row.to, "isLevelOf"))
    holding = [r for r in rows if not r.faults and mine & set(known.all(r.to, "isLevelOf"))]
    if row.faults:
        return
    endorsed = {r.to for r in holding if r.status is Status.VERIFIED}
    if row.status is not Status.VERIFIED and endorsed and row.to not in endorsed:
        yield Fault("overruled", tuple(sorted(endorsed)))
        return
    equals = endorsed or {r.to for r in holding}
    if len(equals) > 1:
        yield Fault("contradictory", tuple(sorted(equals)), decided=False)
