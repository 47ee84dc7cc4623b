"""The rulebook of a profile, what stands behind every check, and what can be said of both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from mcqms_kg import resources
from mcqms_kg.errors import BadValue, RulebookError
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import Triple
from mcqms_kg.operations.defaults import DEFAULT_PROFILE
from mcqms_kg.rules import catalogue, scaffold
from mcqms_kg.rules.catalogue import Rulebook
from mcqms_kg.rules.clause_list import ListedClause, listing
from mcqms_kg.rules.lint import lint
from mcqms_kg.rules.profiles import Profile


@lru_cache(maxsize=32)
def rulebook_for(profile: str, as_of: dt.date) -> Rulebook:
    """A shipped profile's rulebook, linted: shapes that would check less than they seem to are refused.

    Raises `RulebookError` that names every problem, and `UnknownName` for a profile that is not there.
    """
    rulebook = catalogue.load(profile, as_of)
    requirements = [r.iri for r in rulebook.framework.requirements]
    problems = lint(resources.shape_files(rulebook.framework.name), ontology(), requirements)
    if problems:
        listed = "; ".join(map(str, problems))
        raise RulebookError(
            f"The rulebook does not hold together: {listed}", remedy="Mend the shapes; `make check` shows this too."
        )
    return rulebook


@cache
def background() -> tuple[Triple, ...]:
    """What every check adds to the data: the ontology, the code lists and the framework facts."""
    return read_triples(resources.background_files())


@cache
def ontology() -> tuple[Triple, ...]:
    """The ontology and the code lists: what data and shapes may speak of."""
    return read_triples(resources.ontology_files())


def as_date(given: dt.date | str | None) -> dt.date:
    """The check date; today where none is given. Raises `BadValue` for a text that is not a calendar date."""
    if given is None:
        return dt.date.today()
    if isinstance(given, dt.date):
        return given
    try:
        return dt.date.fromisoformat(given)
    except ValueError as problem:
        raise BadValue(f"{given!r} is not a date", remedy="Write it as year-month-day, like 2026-06-30.") from problem


def clauses(profile: str = DEFAULT_PROFILE) -> tuple[ListedClause, ...]:
    """The clauses of a profile's framework with their requirements, in order, as the profile grades them."""
    return listing(rulebook_for(profile, dt.date(2000, 1, 1)))


def profiles() -> tuple[Profile, ...]:
    """The shipped profiles."""
    return catalogue.profiles()


def new_rule(
    requirement: str,
    *,
    target: str,
    property_: str,
    titles: Mapping[str, str],
    grade: str,
    framework: str = "mcqms",
    root: Path | str = ".",
) -> tuple[Path, ...]:
    """The files of a new rule in a source tree: register entry, shape, a valid and an invalid case, and the record of who enforces it."""
    return scaffold.new_rule(Path(root), framework, requirement, target, property_, titles, grade)
