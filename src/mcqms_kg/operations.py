"""One function a verb: what the command line, the API and Python users call."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import mcqms_kg
from mcqms_kg import resources
from mcqms_kg.errors import BadValue, RulebookError, UnknownName
from mcqms_kg.graph.columns_cancel import Cancel
from mcqms_kg.graph.read import expand_folders, prefixes, read_triples
from mcqms_kg.graph.submitted import read_submitted
from mcqms_kg.model import CheckReport, Comparison, Difference, FindingRecord, Triple, ValidationReport, Version
from mcqms_kg.namespaces import FINDING
from mcqms_kg.query import remote
from mcqms_kg.query.library import Question, fill_in, question_named, read_questions
from mcqms_kg.query.pool import Checkpoints, Pool
from mcqms_kg.query.request import Answer
from mcqms_kg.report.read_back import is_check_report, read_findings
from mcqms_kg.rules import catalogue, scaffold
from mcqms_kg.rules.catalogue import Rulebook
from mcqms_kg.rules.compare import compare_findings, records_of
from mcqms_kg.rules.explain import explain_finding, explain_rule
from mcqms_kg.rules.judging import judge
from mcqms_kg.rules.lint import lint
from mcqms_kg.rules.listing import ListedClause, listing
from mcqms_kg.rules.profiles import Profile
from mcqms_kg.settings import QueryLimits, Settings, workspace_folder
from mcqms_kg.shacl.engines import Progress, engine_named
from mcqms_kg.shacl.sparql.prefixes import as_declarations
from mcqms_kg.store import backup as backups
from mcqms_kg.store import export as exports
from mcqms_kg.store import versions
from mcqms_kg.store import workspace as workspaces
from mcqms_kg.store.difference import difference
from mcqms_kg.store.laid_out import lay_out
from mcqms_kg.store.provenance import GRAPH as PROVENANCE_GRAPH
from mcqms_kg.store.shipped import SHIPPED, renew
from mcqms_kg.store.workspace import CHECKPOINTS, Workspace

if TYPE_CHECKING:
    from mcqms_kg.generate import Generated

DEFAULT_ENGINE = "columns"
DEFAULT_PROFILE = "mcqms"
"""The baseline profile."""


def check(
    paths: Iterable[Path | str] = (),
    *,
    dataset: str | None = None,
    version: int | None = None,
    workspace: Path | str | None = None,
    profile: str = DEFAULT_PROFILE,
    as_of: dt.date | str | None = None,
    engine: str = DEFAULT_ENGINE,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> CheckReport:
    """A provider's data against a profile's rulebook on a date: a verdict for every clause, with findings and what they rest on.

    `paths` are RDF files or folders of them; or else `dataset` names what a workspace holds: its latest version is checked, or `version`.
    `as_of` is today where it is not given. Raises a `McqmsError` where the data or the rulebook
    cannot be read or hold nothing: what could not be checked is never conformant.
    """
    files = _files(tuple(paths), dataset, version, workspace)
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


def init(workspace: Path | str | None = None) -> bool:
    """Makes a workspace, by default in `.mcqms`, and tells whether it is new."""
    return workspaces.create(workspace_folder(workspace))


def import_files(
    paths: Iterable[Path | str],
    dataset: str,
    *,
    title: str = "",
    by: str | None = None,
    at: dt.datetime | None = None,
    workspace: Path | str | None = None,
) -> Version:
    """Keeps files as a new version of a dataset: their bytes, their statements, who handed them in and when.

    `by` is the name of the user where it is not given, `at` is now. The version exists when this returns, and for good.
    """
    if dataset == SHIPPED:
        raise BadValue(f"{SHIPPED!r} is the dataset of the package itself", remedy="Choose another name.")
    submission = versions.Submission(dataset, versions.names(paths), title, by or _user(), at or _now())
    with _open(workspace) as opened:
        return versions.hand_in(opened, submission, Settings.from_environment())


def datasets(name: str | None = None, *, workspace: Path | str | None = None) -> tuple[Version, ...]:
    """Every version the workspace holds, of one dataset or of all, by dataset and number."""
    with _open(workspace) as opened:
        return versions.versions(opened, name)


def export(
    dataset: str, *, version: int | None = None, format: str | None = None, workspace: Path | str | None = None
) -> Mapping[str, bytes]:
    """The latest version of a dataset, or another, by file name: the bytes as they came, or all in one file in another syntax."""
    with _open(workspace) as opened:
        found = versions.version(opened, dataset, version)
        if format is None:
            return {name: path.read_bytes() for name, path in exports.originals(opened, found).items()}
        name = f"{dataset}{exports.ENDINGS.get(format, '')}"
        return {name: exports.converted(opened, found, format, Settings.from_environment())}


def diff(dataset: str, old: int, new: int, *, workspace: Path | str | None = None) -> Difference:
    """The statements that were added and removed from one version to another, literals as they were written."""
    settings = Settings.from_environment()
    with _open(workspace) as opened:
        sides = [versions.sources(opened, versions.version(opened, dataset, number)) for number in (old, new)]
        before, after = (versions.read(side, settings) for side in sides)
    return difference(before, after, settings.max_naming_seconds)


def rollback(
    dataset: str,
    version: int,
    *,
    by: str | None = None,
    at: dt.datetime | None = None,
    workspace: Path | str | None = None,
) -> Version:
    """A new version that is equal to an earlier one; everything in between stays."""
    with _open(workspace) as opened:
        return versions.roll_back(opened, dataset, version, by or _user(), at or _now(), Settings.from_environment())


def backup(folder: Path | str, *, workspace: Path | str | None = None) -> int:
    """Writes the whole workspace into a new folder; gives the number of versions in it."""
    with _open(workspace) as opened:
        return backups.back_up(opened, Path(folder))


def restore(folder: Path | str, *, workspace: Path | str | None = None) -> int:
    """Makes a new workspace from a backup, verified byte for byte; gives the number of versions in it."""
    return backups.restore(Path(folder), workspace_folder(workspace))


def questions() -> Mapping[str, Question]:
    """The shipped questions by name."""
    return read_questions(resources.question_files())


def ask(
    question: str | None = None,
    parameters: Mapping[str, str] | None = None,
    *,
    query: str | None = None,
    datasets: Iterable[str] = (),
    formats: Sequence[str] = ("json", "turtle"),
    workspace: Path | str | None = None,
) -> Answer:
    """The answer to a shipped question, or to a SPARQL query, over the latest versions of the datasets and what the package ships.

    Without `datasets` all are asked. Every version and the provenance are graphs that a query may name. There is never a part of an answer:
    beyond a limit of `QueryLimits` there is an error.
    """
    if (question is None) == (query is None):
        raise BadValue("Give either a question or a query", remedy="Name one of them.")
    text = query if question is None else fill_in(question_named(questions(), question), parameters or {})
    with _open(workspace) as opened:
        shipped = renew(opened, f"mcqms-kg {mcqms_kg.__version__}", _now(), Settings.from_environment())
        every = versions.versions(opened)
        latest = {v.dataset: v for v in every}
        chosen = [versions.version(opened, name) for name in datasets] or list(latest.values())
        default = tuple(dict.fromkeys([shipped.graph, *(v.graph for v in chosen)]))
        named, limits = [*(v.graph for v in every), PROVENANCE_GRAPH], QueryLimits.from_environment()
        if opened.home is not opened.lock:
            return remote.answer(opened.home, str(text), default, named, formats, limits)
        with Pool(Checkpoints(opened.folder / CHECKPOINTS, opened.embedded.checkpoint), limits) as pool:
            return pool.answer(str(text), default, named, formats)


def _files(
    paths: Sequence[Path | str], dataset: str | None, version: int | None, workspace: Path | str | None
) -> tuple[Path, ...]:
    """The files to check: those given, or those that were kept of a dataset."""
    if dataset is None:
        if version is not None:
            raise BadValue("A version was named without a dataset", remedy="Name the dataset too.")
        return expand_folders(paths)
    if paths:
        raise BadValue("Files and a dataset were given", remedy="Give files, or name a dataset.")
    with _open(workspace) as opened:
        return lay_out(opened, versions.version(opened, dataset, version))


def _open(workspace: Path | str | None) -> Workspace:
    return workspaces.open_workspace(workspace_folder(workspace))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a system without a name for its user
        return "unknown"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
