"""Work that makes a file of a check, to be downloaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.service.jobs.work import Work


@dataclass(frozen=True)
class Made:
    """A file, with what is told of it in headers."""

    content: bytes
    about: Mapping[str, str]


@dataclass(frozen=True)
class PackFiles(Work[Made]):
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
class MarkBook(Work[Made]):
    """A workbook below `root`, checked, with the cells marked that findings are about; or by the report in a folder."""

    root: Path
    file: str
    profile: str
    as_of: dt.date
    engine: str
    language: str
    report: Path | None = None
