"""Checks and validations, and what is asked of their findings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import mcqms_kg
from mcqms_kg.errors import UnknownName
from mcqms_kg.graph.columns.cancel import Cancel
from mcqms_kg.graph.paused import garbage_collection_paused
from mcqms_kg.graph.submitted import Submitted, read_submitted
from mcqms_kg.model import CheckReport, Comparison, Deed, FindingRecord, Version
from mcqms_kg.namespaces import FINDING
from mcqms_kg.operations.defaults import DEFAULT_ENGINE, DEFAULT_PROFILE
from mcqms_kg.operations.inputs import chosen_files
from mcqms_kg.operations.rulebooks import as_date, background, rulebook_for
from mcqms_kg.rules.judging import judge
from mcqms_kg.shacl.engines import Progress, engine_named

if TYPE_CHECKING:
    from mcqms_kg.operations.workspaces import Where

_KEPT_ID = re.compile("[0-9a-f]{32}")
"""The id of a check that a workspace keeps; a file of such a name goes before."""


def check(
    paths: Iterable[Path | str] = (),
    *,
    dataset: str | None = None,
    version: int | None = None,
    workspace: Where = None,
    profile: str = DEFAULT_PROFILE,
    as_of: dt.date | str | None = None,
    engine: str = DEFAULT_ENGINE,
    standard: str | None = None,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> CheckReport:
    """A provider's data against a profile's rulebook on a date: a verdict for every clause, with findings and what they rest on.

    `paths` are RDF files, files of another standard (seen from the file, or said by `standard`), or folders of them; or else `dataset`
    names what a workspace holds: its latest version is checked, or `version`.
    `as_of` is today where it is not given. Raises a `McqmsError` where the data or the rulebook
    cannot be read or hold nothing: what could not be checked is never conformant.
    """
    with (
        chosen_files(tuple(paths), dataset, version, workspace, standard) as (files, chosen),
        recorded(chosen, profile, workspace) as about,
    ):
        judged = checked(read_submitted(files), files, profile, as_date(as_of), engine, progress, cancel)
        about["verdict"] = judged.verdict.value
        if chosen:
            about["check"] = _kept(judged, chosen, workspace)
    return judged


def checked(
    submitted: Submitted,
    files: Sequence[Path],
    profile: str,
    as_of: dt.date,
    engine: str = DEFAULT_ENGINE,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> CheckReport:
    """The report on statements that were read already; places are looked for in `files`."""
    rulebook = rulebook_for(profile, as_of)
    report = engine_named(engine).validate(
        (*background(), *submitted.triples), rulebook.shapes, progress=progress, cancel=cancel
    )
    with garbage_collection_paused():
        return judge(submitted, background(), rulebook, report, files, engine, mcqms_kg.__version__)


@contextmanager
def recorded(version: Version | None, profile: str, workspace: Where) -> Iterator[dict[str, str]]:
    """A check of what a workspace keeps is in its audit log; one of files belongs to no workspace."""
    if version is None:
        yield {}
        return
    from mcqms_kg.operations.workspaces import (  # the store takes long to import: only where a workspace is used
        folder_of,
        user,
    )
    from mcqms_kg.store.audit import AuditLog
    from mcqms_kg.store.versions import OPERATOR

    about = {"dataset": version.dataset, "version": str(version.number), "profile": profile}
    with AuditLog(folder_of(workspace)).recording(Deed(user(), OPERATOR, "check", about)) as found:
        yield found


def _kept(report: CheckReport, version: Version, workspace: Where) -> str:
    """The id under which the workspace keeps the check."""
    from mcqms_kg.operations.kept_checks import keep  # likewise
    from mcqms_kg.operations.workspaces import folder_of, user
    from mcqms_kg.store.versions import OPERATOR

    return keep(report, version.dataset, version.number, user(), OPERATOR, folder_of(workspace)).id


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
    from mcqms_kg.rules.explain import explain_finding, explain_rule

    rulebook = rulebook_for(profile, as_date(as_of))
    if report is None:
        return explain_rule(name, rulebook, language)
    found = {f.id: f for f in findings_of(report, profile=profile, as_of=as_of)}
    id_ = name.removeprefix("finding:").removeprefix(FINDING)
    if id_ not in found:
        raise UnknownName(
            f"{report} has no finding {id_!r}", remedy="Ids stand in every report; check with the same date."
        )
    return explain_finding(found[id_], rulebook, language)


def compare(
    old: Path | str,
    new: Path | str,
    *,
    profile: str = DEFAULT_PROFILE,
    as_of: dt.date | str | None = None,
    workspace: Where = None,
) -> Comparison:
    """What changed between two checks, by finding id; each side is a JSON report, the id of a kept check, or data that is checked now."""
    from mcqms_kg.rules.compare import compare_findings

    sides = (findings_of(side, profile=profile, as_of=as_of, workspace=workspace) for side in (old, new))
    return compare_findings(*sides)


def findings_of(
    given: Path | str,
    *,
    profile: str = DEFAULT_PROFILE,
    as_of: dt.date | str | None = None,
    workspace: Where = None,
) -> tuple[FindingRecord, ...]:
    """The findings of a JSON report, of a check that the workspace keeps under that id, or of data that is checked now."""
    from mcqms_kg.report.read_back import is_check_report, read_findings
    from mcqms_kg.rules.compare import records_of

    given = Path(given)
    if _KEPT_ID.fullmatch(str(given)) and not given.exists():
        from mcqms_kg.operations.kept_checks import kept_report  # likewise

        return records_of(kept_report(str(given), workspace=workspace))
    if given.suffix == ".json" and is_check_report(given):
        return read_findings(given)
    return records_of(check([given], profile=profile, as_of=as_of))
