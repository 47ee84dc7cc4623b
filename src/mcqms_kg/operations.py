"""One function a verb: what the command line, the API and Python users call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import mcqms_kg
from mcqms_kg import resources
from mcqms_kg.errors import BadValue, RulebookError, UnknownName
from mcqms_kg.graph.columns_cancel import Cancel
from mcqms_kg.graph.read import expand_folders, prefixes, read_triples
from mcqms_kg.graph.submitted import read_submitted
from mcqms_kg.model import CheckReport, Comparison, FindingRecord, Triple, ValidationReport
from mcqms_kg.namespaces import FINDING
from mcqms_kg.report.read_back import is_check_report, read_findings
from mcqms_kg.rules import catalogue, scaffold
from mcqms_kg.rules.catalogue import Rulebook
from mcqms_kg.rules.compare import compare_findings, records_of
from mcqms_kg.rules.explain import explain_finding, explain_rule
from mcqms_kg.rules.judging import judge
from mcqms_kg.rules.lint import lint
from mcqms_kg.rules.listing import ListedClause, listing
from mcqms_kg.rules.profiles import Profile
from mcqms_kg.shacl.engines import Progress, engine_named
from mcqms_kg.shacl.sparql.prefixes import as_declarations

if TYPE_CHECKING:
    from mcqms_kg.generate import Generated

DEFAULT_ENGINE = "columns"
DEFAULT_PROFILE = "mcqms"
"""The baseline profile."""


def check(
    paths: Iterable[Path | str],
    *,
    profile: str = DEFAULT_PROFILE,
    as_of: dt.date | str | None = None,
    engine: str = DEFAULT_ENGINE,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> CheckReport:
    """A provider's data against a profile's rulebook on a date: a verdict for every clause, with findings and what they rest on.

    `paths` are RDF files or folders of them; `as_of` is today where it is not given. Raises a `McqmsError` where the data or the rulebook
    cannot be read or hold nothing: what could not be checked is never conformant.
    """
    files = expand_folders(paths)
    submitted = read_submitted(files)
    rulebook = rulebook_for(profile, as_date(as_of))
    report = engine_named(engine).validate(
        (*background(), *submitted.triples), rulebook.shapes, progress=progress, cancel=cancel
    )
    return judge(submitted, background(), rulebook, report, files, engine, mcqms_kg.__version__)


@cache
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


def validate(
    data: Iterable[Path | str],
    shapes: Iterable[Path | str],
    *,
    engine: str = DEFAULT_ENGINE,
    master: str | None = None,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> ValidationReport:
    """Plain SHACL on any data and any shapes; the data graph is the files as they are, with nothing added.

    `master` says where Spark runs, and is for that engine alone; there, data may also be a folder of Parquet columns.
    Raises `EmptyInput` for files without statements and `RulebookError` for shapes that cannot be used.
    """
    shape_files = expand_folders(shapes)
    constraints = (*read_submitted(shape_files).triples, *as_declarations(prefixes(shape_files)))
    return engine_named(engine, master).validate_files(
        tuple(map(Path, data)), constraints, progress=progress, cancel=cancel
    )


def clauses(profile: str = DEFAULT_PROFILE) -> tuple[ListedClause, ...]:
    """The clauses of a profile's framework with their requirements, in order, as the profile grades them."""
    return listing(rulebook_for(profile, dt.date(2000, 1, 1)))


def profiles() -> tuple[Profile, ...]:
    """The shipped profiles."""
    return catalogue.profiles()


def explain(
    name: str,
    *,
    profile: str = DEFAULT_PROFILE,
    report: Path | str | None = None,
    as_of: dt.date | str | None = None,
    language: str = "en",
) -> str:
    """A requirement, a shape or a finding in words; a finding needs the report, or the data, in which it stands.

    Raises `UnknownName` with what is close where the name is none of these.
    """
    rulebook = rulebook_for(profile, as_date(as_of))
    if report is None:
        return explain_rule(name, rulebook, language)
    found = {f.id: f for f in _findings(Path(report), profile, as_of)}
    id_ = name.removeprefix("finding:").removeprefix(FINDING)
    if id_ not in found:
        raise UnknownName(
            f"{report} has no finding {id_!r}", remedy="Ids stand in every report; check with the same date."
        )
    return explain_finding(found[id_], rulebook, language)


def compare(
    old: Path | str, new: Path | str, *, profile: str = DEFAULT_PROFILE, as_of: dt.date | str | None = None
) -> Comparison:
    """What changed between two checks, by finding id; each side is a JSON report, or data that is checked now."""
    return compare_findings(_findings(Path(old), profile, as_of), _findings(Path(new), profile, as_of))


def _findings(given: Path, profile: str, as_of: dt.date | str | None) -> tuple[FindingRecord, ...]:
    if given.suffix == ".json" and is_check_report(given):
        return read_findings(given)
    return records_of(check([given], profile=profile, as_of=as_of))


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


def generate(
    out: Path | str,
    *,
    providers: int,
    credentials: int,
    seed: int = 1,
    defects: float = 0.0,
    as_of: dt.date | str | None = None,
) -> Generated:
    """A made-up national graph as N-Quads with a manifest of its planted defects beside it (`mcqms_kg.generate`)."""
    from mcqms_kg.generate import national  # a room of its own that no check needs

    return national.generate(Path(out), providers, credentials, seed, defects, as_date(as_of))
