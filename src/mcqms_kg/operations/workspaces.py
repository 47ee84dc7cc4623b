"""What a workspace keeps: datasets in versions."""

from __future__ import annotations

import datetime as dt
import getpass
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from mcqms_kg.errors import BadValue
from mcqms_kg.model import Deed, Difference, Outcome, Version
from mcqms_kg.operations.translating import kept_files
from mcqms_kg.settings import Settings, workspace_folder
from mcqms_kg.store import backup as backups
from mcqms_kg.store import export as exports
from mcqms_kg.store import versions
from mcqms_kg.store import workspace as workspaces
from mcqms_kg.store.audit import AuditLog
from mcqms_kg.store.difference import difference
from mcqms_kg.store.shipped import SHIPPED
from mcqms_kg.store.statements import read
from mcqms_kg.store.workspace import Workspace

Where = Path | str | Workspace | None
"""A workspace by its folder, or one that is open; nothing for where the settings say."""


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
    role: str = versions.OPERATOR,
    at: dt.datetime | None = None,
    standard: str | None = None,
    workspace: Where = None,
) -> Version:
    """Keeps files as a new version of a dataset: their bytes, their statements, who handed them in and when.

    Files of other standards, seen from the file or said by `standard`, are kept as they came, with their statements beside them.

    `by` is the name of the user where it is not given, in their `role` to the workspace; `at` is now, and the version is as `private`
    as the one before.
    The version exists when this returns, and for good.
    """
    if dataset == SHIPPED:
        raise BadValue(f"{SHIPPED!r} is the dataset of the package itself", remedy="Choose another name.")
    with at_hand(workspace) as opened, tempfile.TemporaryDirectory(dir=opened.folder / "incoming") as folder:
        files, made_from = kept_files(paths, standard, Path(folder))
        submission = versions.Submission(
            dataset, files, title, by or user(), at or now(), private, role, made_from=made_from
        )
        return versions.hand_in(opened, submission, Settings.from_environment())


def datasets(name: str | None = None, *, workspace: Where = None) -> tuple[Version, ...]:
    """Every version the workspace holds, of one dataset or of all, by dataset and number."""
    with at_hand(workspace) as opened:
        return versions.versions(opened, name)


def export(
    dataset: str, *, version: int | None = None, format: str | None = None, workspace: Where = None
) -> Mapping[str, bytes]:
    """The latest version of a dataset, or another, by file name: the bytes as they came, or all in one file in another syntax."""
    with at_hand(workspace) as opened:
        found = versions.version(opened, dataset, version)
        if format is None:
            return {name: path.read_bytes() for name, path in exports.originals(opened, found).items()}
        name = f"{dataset}{exports.ENDINGS.get(format, '')}"
        return {name: exports.converted(opened, found, format, Settings.from_environment())}


def diff(dataset: str, old: int, new: int, *, workspace: Where = None) -> Difference:
    """The statements that were added and removed from one version to another, literals as they were written."""
    settings = Settings.from_environment()
    with at_hand(workspace) as opened:
        sides = [versions.sources(opened, versions.version(opened, dataset, number)) for number in (old, new)]
        before, after = (read(side, settings) for side in sides)
    return difference(before, after, settings.max_naming_seconds)


def rollback(
    dataset: str,
    version: int,
    *,
    by: str | None = None,
    role: str = versions.OPERATOR,
    at: dt.datetime | None = None,
    workspace: Where = None,
) -> Version:
    """A new version that is equal to an earlier one; everything in between stays."""
    settings = Settings.from_environment()
    with at_hand(workspace) as opened:
        return versions.roll_back(
            opened, versions.Restoration(dataset, version, by or user(), at or now(), role), settings
        )


def backup(folder: Path | str, *, workspace: Where = None) -> int:
    """Writes the whole workspace into a new folder; gives the number of versions in it."""
    with at_hand(workspace) as opened:
        return backups.back_up(opened, Path(folder))


def restore(folder: Path | str, *, workspace: Path | str | None = None) -> int:
    """Makes a new workspace from a backup, verified byte for byte; gives the number of versions in it."""
    made = workspace_folder(workspace)
    restored = backups.restore(Path(folder), made)
    AuditLog(made).append(Deed(user(), versions.OPERATOR, "restore", {"versions": str(restored)}), Outcome.DONE)
    return restored


@contextmanager
def at_hand(workspace: Where) -> Iterator[Workspace]:
    """The workspace: one that is open as it is, and it stays open; else the one in the folder given, or where the settings say."""
    if isinstance(workspace, Workspace):
        yield workspace
    else:
        with workspaces.open_workspace(workspace_folder(workspace)) as opened:
            yield opened


def folder_of(workspace: Where) -> Path:
    """The folder of the workspace, without opening it."""
    return workspace.folder if isinstance(workspace, Workspace) else workspace_folder(workspace)


def user() -> str:
    """Who is at work, as the system names them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a system without a name for its user
        return "unknown"


def now() -> dt.datetime:
    """The moment, in UTC."""
    return dt.datetime.now(dt.UTC)
