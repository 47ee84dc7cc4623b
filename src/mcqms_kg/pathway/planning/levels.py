"""How the levels of a thing stand to a minimum: at it or above, below it, or nobody can say."""

from __future__ import annotations

from collections.abc import Collection

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.projection.reading import Projection


def reaches(projection: Projection, levels: Collection[Term], minimum: Term) -> bool | None:
    """Whether the level in the framework of the minimum is it or above it; nothing where a number or a framework that decides is missing.

    Of several levels in the framework the lowest counts. Levels of two frameworks never compare.
    """
    least, met, strayed, unnumbered = projection.levels.get(minimum), False, False, False
    for level in levels:
        known = projection.levels.get(level)
        if level == minimum:
            met = True
        elif known and least:
            if known.framework == least.framework and known.number < least.number:
                return False
            met = met or known.framework == least.framework
        elif not _frameworks(projection, level) or not _frameworks(projection, minimum):
            strayed = True
        elif _share(projection, level, minimum):
            unnumbered = True
    return None if unnumbered or (strayed and not met) else met


def concerned(projection: Projection, levels: Collection[Term], minimum: Term) -> bool:
    """Whether one of the levels is of the framework of the minimum."""
    return any(level == minimum or _share(projection, level, minimum) for level in levels)


def _share(projection: Projection, level: Term, other: Term) -> bool:
    return not set(_frameworks(projection, level)).isdisjoint(_frameworks(projection, other))


def _frameworks(projection: Projection, level: Term) -> tuple[Term, ...]:
    return projection.facts.objects(level, mc("isLevelOf"))
