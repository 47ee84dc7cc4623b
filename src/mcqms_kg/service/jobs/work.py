"""What the processes that check are asked to do, and what they answer. Reports stay in files: they may be large."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from mcqms_kg.model import Choice, Comparison, FindingHistory, Overview
from mcqms_kg.operations.kept_checks import KeptAs

Answer = TypeVar("Answer", covariant=True)

KEPT = "kept.json.gz"
"""The file of a check that the workspace keeps, in the folder of the job."""


class Work(Generic[Answer]):
    """A question to the processes that check, with the type of its answer. Names of files are below `root`, where it has one."""


@dataclass(frozen=True)
class Request:
    """Work under a name by which it can be stopped, a folder for what it makes, and the memory and the statements that it may keep."""

    name: str
    folder: Path
    work: Work[Any]
    memory_mb: int
    kept_statements: int


@dataclass(frozen=True)
class Step:
    """How far a check is: target shapes done, how many there are, and which comes now."""

    done: int
    total: int
    shape: str


@dataclass(frozen=True)
class Outcome:
    """What a check or validation came to, in short."""

    verdict: str
    findings: int
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckFiles(Work[Outcome]):
    """A check of files below `root`, named as reports are to name them. `follows` is the dataset that they are a version of.

    `kept_as` says under what the workspace will keep it; then the file for that is written in place of the report.
    """

    root: Path
    files: tuple[str, ...]
    profile: str
    as_of: dt.date
    engine: str
    follows: str = ""
    kept_as: KeptAs | None = None


@dataclass(frozen=True)
class ValidateFiles(Work[Outcome]):
    """A validation of files against shapes, both below `root`."""

    root: Path
    data: tuple[str, ...]
    shapes: tuple[str, ...]
    engine: str


@dataclass(frozen=True)
class WriteReport(Work[Path]):
    """The report that lies in a folder, in a format and a language."""

    folder: Path
    format: str
    language: str


@dataclass(frozen=True)
class ExplainFinding(Work[str]):
    """A finding in words, from the first of the reports that has it."""

    folders: Mapping[str, Path]
    id: str
    language: str


@dataclass(frozen=True)
class ShowCell(Work[Any]):  # a `CellExcerpt`, whose module takes long to import
    """The rows around a cell of a workbook that was handed in under a name, and whose bytes lie at a path."""

    path: Path
    name: str
    at: str


@dataclass(frozen=True)
class CompareShown(Work[Comparison]):
    """The findings of two checks side by side."""

    old: Path
    new: Path
    language: str


@dataclass(frozen=True)
class CompareReports(Work[bytes]):
    """What changed from one check to another. Each side is a folder with a report, or a file that was handed in below `root`."""

    root: Path
    old: Path
    new: Path
    profile: str
    as_of: dt.date
    format: str
    language: str


@dataclass(frozen=True)
class AskPathways(Work[bytes]):
    """A question about where credentials lead, over files below `root`; `values` are what the question asks for."""

    root: Path
    files: tuple[str, ...]
    question: str
    values: Mapping[str, Any]
    as_of: dt.date
    format: str
    language: str
    places: bool = True
    """Whether the lines of files are looked for on which a statement stands."""


@dataclass(frozen=True)
class VerifyFile(Work[bytes]):
    """Whether a file below `root` can be believed; `trust` and `lists` lie there too, and so does `data`."""

    root: Path
    file: Path
    as_of: dt.date
    trust: tuple[Path, ...]
    lists: tuple[Path, ...]
    data: tuple[Path, ...]
    format: str
    language: str


@dataclass(frozen=True)
class Wish:
    """What is to be written, and how. `part` is `files`, `losses`, or `precheck` for a report on whether the target will accept it."""

    to: str
    part: str
    about: tuple[str, ...]
    language: str
    as_of: dt.date
    base: str
    options: Mapping[str, str]
    force: bool = False


@dataclass(frozen=True)
class Exported:
    """Files by name, and how much was lost."""

    files: Mapping[str, bytes]
    losses: int


@dataclass(frozen=True)
class ExportFiles(Work[Exported]):
    """What files below `root` say, called by a name, as it is wished for; the report of a precheck is in `format`."""

    root: Path
    files: tuple[str, ...]
    name: str
    wish: Wish
    format: str = ""


@dataclass(frozen=True)
class AskOverview(Work[Overview]):
    """The overview over kept checks of these versions, in the workspace's folder."""

    workspace: Path
    versions: frozenset[tuple[str, int]]
    profile: str
    as_of: dt.date | None
    choice: Choice
    days: int


@dataclass(frozen=True)
class WriteOverview(Work[bytes]):
    """The same in a format and a language."""

    asked: AskOverview
    format: str
    language: str


@dataclass(frozen=True)
class AskHistory(Work[FindingHistory | None]):
    """Since when a finding stands, by the checks of these versions of a dataset that are kept in the workspace's folder."""

    workspace: Path
    dataset: str
    versions: frozenset[int]
    profile: str
    finding: str
