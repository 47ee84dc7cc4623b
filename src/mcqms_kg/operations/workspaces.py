"""What a workspace keeps: datasets in versions."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Iterable, Mapping
from pathlib import Path

from mcqms_kg.errors import BadValue
from mcqms_kg.model import Deed, Difference, Outcome, Version
from mcqms_kg.settings import Settings, workspace_folder
from mcqms_kg.store import backup as backups
from mcqms_kg.store import export as exports
from mcqms_kg.store import versions
from mcqms_kg.store import workspace as workspaces
from mcqms_kg.store.audit import AuditLog
from mcqms_kg.store.difference import difference
from mcqms_kg.store.shipped import SHIPPED
from mcqms_kg.store.workspace import Workspace


def init(workspace: Path | str | None = None) -> bool:
    """Makes a workspace, by default in `.mcqms`, and tells whether it is new."""
    return workspaces.create(workspace_folder(workspace))


def import_files(
    paths: Iterable[Path | str],
    dataset: str,
    *,
    title: str = "",
    private: bool | None = None,
    by: str | None = None,
    at: dt.datetime | None = None,
    workspace: Path | str | None = None,
) -> Version:
    """Keeps files as a new version of a dataset: their bytes, their statements, who handed them in and when.

    `by` is the name of the user where it is not given, `at` is now, and the version is as `private` as the one before.
    The version exists when this returns, and for good.
    """
    if dataset == SHIPPED:
        raise BadValue(f"{SHIPPED!r} is the dataset of the package itself", remedy="Choose another name.")
    submission = versions.Submission(dataset, versions.names(paths), title, by or user(), at or now(), private)
    with open_workspace(workspace) as opened:
        return versions.hand_in(opened, submission, Settings.from_environment())


def datasets(name: str | None = None, *, workspace: Path | str | None = None) -> tuple[Version, ...]:
    """Every version the workspace holds, of one dataset or of all, by dataset and number."""
    with open_workspace(workspace) as opened:
        return versions.versions(opened, name)


def export(
    dataset: str, *, version: int | None = None, format: str | None = None, workspace: Path | str | None = None
) -> Mapping[str, bytes]:
    """The latest version of a dataset, or another, by file name: the bytes as they came, or all in one file in another syntax."""
    with open_workspace(workspace) as opened:
        found = versions.version(opened, dataset, version)
        if format is None:
            return {name: path.read_bytes() for name, path in exports.originals(opened, found).items()}
        name = f"{dataset}{exports.ENDINGS.get(format, '')}"
        return {name: exports.converted(opened, found, format, Settings.from_environment())}


def diff(dataset: str, old: int, new: int, *, workspace: Path | str | None = None) -> Difference:
    """The statements that were added and removed from one version to another, literals as they were written."""
    settings = Settings.from_environment()
    with open_workspace(workspace) as opened:
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
    with open_workspace(workspace) as opened:
        return versions.roll_back(opened, dataset, version, by or user(), at or now(), Settings.from_environment())


def backup(folder: Path | str, *, workspace: Path | str | None = None) -> int:
    """Writes the whole workspace into a new folder; gives the number of versions in it."""
    with open_workspace(workspace) as opened:
        return backups.back_up(opened, Path(folder))


def restore(folder: Path | str, *, workspace: Path | str | None = None) -> int:
    """Makes a new workspace from a backup, verified byte for byte; gives the number of versions in it."""
    made = workspace_folder(workspace)
    restored = backups.restore(Path(folder), made)
    AuditLog(made).append(Deed(user(), versions.OPERATOR, "restore", {"versions": str(restored)}), Outcome.DONE)
    return restored


def open_workspace(workspace: Path | str | None) -> Workspace:
    """The workspace in the folder given, or where the settings say."""
    return workspaces.open_workspace(workspace_folder(workspace))


def user() -> str:
    """Who is at work, as the system names them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a system without a name for its user
        return "unknown"


def now() -> dt.datetime:
    """The moment, in UTC."""
    return dt.datetime.now(dt.UTC)
