"""Work whose outcome is a file to be taken home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.model import Version
from mcqms_kg.store.versions import sources
from mcqms_kg.store.workspace import Workspace

KeptFiles = tuple[tuple[Path, str], ...]
"""Where the bytes of files are, and the names under which they were handed in."""


@dataclass(frozen=True)
class PackFiles:
    """Files below `root`, checked and packed; the key is that of the settings, which no request names."""

    root: Path
    files: tuple[str, ...]
    profile: str
    as_of: dt.date
    engine: str
    language: str
    as_they_are: bool = False
    """Whether these very files are packed, as those of a dataset, or what is given by them, as on the command line."""


@dataclass(frozen=True)
class MarkBook:
    """A workbook below `root`, checked, with the cells marked that findings are about; or by the report in a folder."""

    root: Path
    file: str
    profile: str
    as_of: dt.date
    engine: str
    language: str
    report: Path | None = None


def kept_files(workspace: Workspace, version: Version) -> KeptFiles:
    """The files of a version that hold statements; raises `WorkspaceError` where some are gone or were changed."""
    return tuple((source.path.absolute(), source.called) for source in sources(workspace, version))


@dataclass(frozen=True)
class WriteVersion:
    """The statements of a version, from the bytes that are kept of it, in a syntax; some syntaxes name the graph too."""

    files: KeptFiles
    syntax: str
    graph: str


@dataclass(frozen=True)
class DiffVersions:
    """What statements one version has and the other has not, from the bytes that are kept of both."""

    old: KeptFiles
    new: KeptFiles


TakeHome = PackFiles | MarkBook | WriteVersion | DiffVersions


@dataclass(frozen=True)
class Made:
    """A file, with what is told of it in headers."""

    content: bytes
    about: Mapping[str, str]
