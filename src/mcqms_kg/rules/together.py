"""Several checks as one: a regulator looks at all providers, whoever handed their data in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mcqms_kg.errors import BadValue
from mcqms_kg.model import CheckReport, ClauseVerdict, Registers, Term
from mcqms_kg.rules.verdict import overall, score


def together(reports: Sequence[CheckReport]) -> CheckReport:
    """The reports side by side; each requirement stands in it once for every report.

    Raises `BadValue` where they went by different rules.
    """
    first, *rest = reports
    if any((one.profile, one.as_of, one.framework) != (first.profile, first.as_of, first.framework) for one in rest):
        raise BadValue(
            "The checks went by different profiles or dates", remedy="Look at those of one profile and date."
        )
    if not rest:
        return first
    clauses = tuple(_merged(top.clause.iri, [one.clauses for one in reports]) for top in first.clauses)
    requirements = [r for top in clauses for _, c in top.walk() for r in c.requirements]
    registers = [one.registers for one in reports]
    return replace(
        first,
        verdict=overall(requirements),
        score=score(requirements),
        clauses=clauses,
        checked=tuple(file for one in reports for file in one.checked),
        providers=tuple(provider for one in reports for provider in one.providers),
        unattributed=tuple(id_ for one in reports for id_ in one.unattributed),
        registers=Registers(
            tuple(sorted((d for r in registers for d in r.deadlines), key=lambda d: (d.day, d.thing.term))),
            tuple(action for r in registers for action in r.actions),
            tuple(document for r in registers for document in r.evidence),
        ),
    )


def _merged(clause: Term, trees: Sequence[tuple[ClauseVerdict, ...]]) -> ClauseVerdict:
    """One clause of all trees, which are of one framework and so have the same clauses."""
    same = [next(node for node in tree if node.clause.iri == clause) for tree in trees]
    children = tuple(_merged(child.clause.iri, [node.children for node in same]) for child in same[0].children)
    own = tuple(r for node in same for r in node.requirements)
    below = (*own, *(r for child in children for _, c in child.walk() for r in c.requirements))
    return ClauseVerdict(same[0].clause, overall(below), score(below), own, children)
