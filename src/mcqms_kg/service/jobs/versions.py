"""Work at versions of datasets, from the bytes that are kept of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.model import Difference, Version
from mcqms_kg.service.jobs.work import Work
from mcqms_kg.store.versions import sources
from mcqms_kg.store.workspace import Workspace

KeptFiles = tuple[tuple[Path, str], ...]
"""Where the bytes of files are, and the names under which they were handed in."""


def kept_files(workspace: Workspace, version: Version) -> KeptFiles:
    """The files of a version that hold statements; raises `WorkspaceError` where some are gone or were changed."""
    return tuple((source.path.absolute(), source.called) for source in sources(workspace, version))


@dataclass(frozen=True)
class WriteVersion(Work[bytes]):
    """The statements of a version, from the bytes that are kept of it, in a syntax; some syntaxes name the graph too."""

    files: KeptFiles
    syntax: str
    graph: str


@dataclass(frozen=True)
class DiffVersions(Work[Difference]):
    """What statements one version has and the other has not, from the bytes that are kept of both."""

    old: KeptFiles
    new: KeptFiles
