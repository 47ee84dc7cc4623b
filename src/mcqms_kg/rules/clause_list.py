"""The rulebook as a list: clauses, and what each requirement weighs under a profile."""

from __future__ import annotations

from dataclasses import dataclass

from mcqms_kg.model import Clause, Grade, Requirement
from mcqms_kg.rules.catalogue import Rulebook


@dataclass(frozen=True)
class ListedRequirement:
    """A requirement as the profile has it."""

    requirement: Requirement
    grade: Grade
    applies: bool


@dataclass(frozen=True)
class ListedClause:
    """A clause and the requirements that stand directly in it."""

    clause: Clause
    requirements: tuple[ListedRequirement, ...]


def listing(rulebook: Rulebook) -> tuple[ListedClause, ...]:
    """Every clause that holds a requirement, in order."""
    found = []
    for clause in rulebook.framework.clauses:
        inside = [r for r in rulebook.framework.requirements if r.clause == clause.iri]
        listed = tuple(
            ListedRequirement(r, rulebook.profile.regraded.get(r.iri, r.grade), not rulebook.is_excluded(r.iri))
            for r in inside
        )
        if listed:
            found.append(ListedClause(clause, listed))
    return tuple(found)
