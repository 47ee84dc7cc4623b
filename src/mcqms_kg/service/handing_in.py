"""What is handed in over HTTP becomes a version; going back makes one too."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

from starlette.requests import Request

from mcqms_kg.errors import BadValue, McqmsError
from mcqms_kg.graph.digest import sha256
from mcqms_kg.model import Deed, Outcome, Version
from mcqms_kg.service.callers.access import Caller
from mcqms_kg.service.http.uploads import Upload, receive
from mcqms_kg.service.jobs.jobs import Jobs
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import Settings
from mcqms_kg.store import versions
from mcqms_kg.store.audit import AuditLog
from mcqms_kg.store.workspace import Workspace

_WORDS = {"true": True, "false": False}


@asynccontextmanager
async def received(request: Request, jobs: Jobs) -> AsyncIterator[Upload]:
    """The files of the request in a folder that goes afterwards; errors call them by their own names."""
    with tempfile.TemporaryDirectory(prefix="mcqms-upload-", dir=jobs.scratch) as folder:
        try:
            yield await receive(request, Path(folder), jobs.limits, "data")
        except McqmsError as problem:
            root = Path(folder) / "data"
            if problem.place and Path(problem.place.file).is_relative_to(root):
                problem.place = replace(problem.place, file=str(Path(problem.place.file).relative_to(root)))
            raise


def _as_handed_in(version: Version) -> dict[str, str]:
    """The files as they came, by digest: without the translations that were made of some."""
    names = {original.name for original in version.originals}
    return {
        o.name: o.digest for o in version.originals if o.name.removesuffix(".nt") == o.name or o.name[:-3] not in names
    }


def hand_in(serving: Serving, caller: Caller, name: str, upload: Upload) -> Version:
    """A new version of the dataset from what was handed in."""
    with serving.writing() as workspace:
        return _new_version(serving, workspace, caller, name, upload)


def rolled_back(serving: Serving, caller: Caller, name: str, number: int) -> Version:
    """A new version that is equal to an earlier one."""
    with serving.writing() as workspace, serving.readings.reading() as reading:
        back = versions.Restoration(name, number, caller.name, dt.datetime.now(dt.UTC), caller.role)
        return versions.roll_back(workspace, back, Settings.from_environment(), reading)


def replaced(serving: Serving, caller: Caller, name: str, upload: Upload) -> tuple[Version, bool]:
    """The latest version where it is these files, else a new one; and whether it is new."""
    given = {file: sha256(path) for file, path in upload.paths("data").items()}
    with serving.writing() as workspace:
        seen = serving.view(caller).versions_of(name)
        if seen and _as_handed_in(seen[-1]) == given:
            return seen[-1], False
        return _new_version(serving, workspace, caller, name, upload), True


def _new_version(serving: Serving, workspace: Workspace, caller: Caller, name: str, upload: Upload) -> Version:
    upload.of("data")
    unknown = set(upload.values) - {"title", "private"}
    private = upload.values.get("private")
    if unknown or private not in (None, *_WORDS):
        raise BadValue("A field is not known, or private is not true or false", remedy="Known: data, title, private.")
    deed = Deed(caller.name, caller.role, "import", {"dataset": name})
    with ExitStack() as held:
        with _failing_on_record(workspace, deed):
            files, made_from = held.enter_context(serving.readings.kept(upload.folder / "data"))
        reading = held.enter_context(serving.readings.reading())
        submission = versions.Submission(
            name,
            files,
            upload.values.get("title", ""),
            caller.name,
            dt.datetime.now(dt.UTC),
            _WORDS[private] if private else _is_private(workspace, name),
            caller.role,
            made_from,
        )
        return versions.hand_in(workspace, submission, Settings.from_environment(), reading)


@contextmanager
def _failing_on_record(workspace: Workspace, deed: Deed) -> Iterator[None]:
    """For what comes before a version is begun, which puts itself on record."""
    try:
        yield
    except Exception:  # whatever it is, it goes on its way
        AuditLog(workspace.folder).append(deed, Outcome.FAILED)
        raise


def _is_private(workspace: Workspace, name: str) -> bool | None:
    """What is handed in under a new name is private where nothing is said; under a known one it is as before."""
    return None if any(version.dataset == name for version in versions.versions(workspace)) else True
