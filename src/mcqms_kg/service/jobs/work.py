"""What the processes that check are asked to do, and what they answer. Reports stay in files: they may be large."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mcqms_kg.model import Choice, KeptCheck
from mcqms_kg.operations.keeping import KeptAs
from mcqms_kg.service.jobs.take_home import TakeHome

KEPT = "kept.json.gz"
"""The file of a check that the workspace keeps, in the folder of the job."""


@dataclass(frozen=True)
class Step:
    """How far a check is: target shapes done, how many there are, and which comes now."""

    done: int
    total: int
    shape: str


@dataclass(frozen=True)
class CheckFiles:
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
class ValidateFiles:
    """A validation of files against shapes, both below `root`."""

    root: Path
    data: tuple[str, ...]
    shapes: tuple[str, ...]
    engine: str


@dataclass(frozen=True)
class WriteReport:
    """The report that lies in a folder, in a format and a language."""

    folder: Path
    format: str
    language: str


@dataclass(frozen=True)
class ListFindings:
    """A part of the findings of some reports, those that fit: `folders` by what they are the check of.

    Where `ids` are given, no others are looked at.
    """

    folders: Mapping[str, Path]
    wanted: Mapping[str, str]
    offset: int
    limit: int
    language: str
    ids: frozenset[str] | None = None


@dataclass(frozen=True)
class ExplainFinding:
    """A finding in words, from the first of the reports that has it."""

    folders: Mapping[str, Path]
    id: str
    language: str


@dataclass(frozen=True)
class Summarise:
    """What pages show of the report that lies in a folder."""

    folder: Path


@dataclass(frozen=True)
class ShowFinding:
    """A finding whole, from the first of the reports that has it."""

    folders: Mapping[str, Path]
    id: str


@dataclass(frozen=True)
class ShowCell:
    """The rows around a cell of a workbook that was handed in under a name, and whose bytes lie at a path."""

    path: Path
    name: str
    at: str


@dataclass(frozen=True)
class LookOver:
    """The overview of some checks by one profile: of the providers that are chosen, a part in an order, and `entries` of each register.

    `known` are the kept checks in `workspace` that make up the trend. `group` is by what providers stand together: sector, level or kind.
    """

    checks: tuple[tuple[Path, KeptCheck | None], ...]
    choice: Choice
    days: int
    order: str
    offset: int
    limit: int
    entries: int
    workspace: Path
    known: tuple[KeptCheck, ...]
    group: str = ""


@dataclass(frozen=True)
class PlanFor:
    """What a provider has to do by the report in a folder: a part of it in an order, with what ends within so many days."""

    folder: Path
    provider: str
    order: str
    days: int
    offset: int
    limit: int


@dataclass(frozen=True)
class CompareShown:
    """The findings of two checks side by side."""

    old: Path
    new: Path
    language: str


@dataclass(frozen=True)
class CompareReports:
    """What changed from one check to another. Each side is a folder with a report, or a file that was handed in below `root`."""

    root: Path
    old: Path
    new: Path
    profile: str
    as_of: dt.date
    format: str
    language: str


@dataclass(frozen=True)
class AskPathways:
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
class VerifyFile:
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
class ExportFiles:
    """What files below `root` say, called by a name, as it is wished for; the report of a precheck is in `format`."""

    root: Path
    files: tuple[str, ...]
    name: str
    wish: Wish
    format: str = ""


@dataclass(frozen=True)
class Exported:
    """Files by name, and how much was lost."""

    files: Mapping[str, bytes]
    losses: int


@dataclass(frozen=True)
class AskOverview:
    """The overview over kept checks of these versions, in the workspace's folder; as values where no format is named."""

    workspace: Path
    versions: frozenset[tuple[str, int]]
    profile: str
    as_of: dt.date | None
    choice: Choice
    days: int
    format: str | None
    language: str


@dataclass(frozen=True)
class AskHistory:
    """Since when a finding stands, by the checks of these versions of a dataset that are kept in the workspace's folder."""

    workspace: Path
    dataset: str
    versions: frozenset[int]
    profile: str
    finding: str


Work = (
    CheckFiles
    | ValidateFiles
    | WriteReport
    | ListFindings
    | ExplainFinding
    | Summarise
    | LookOver
    | PlanFor
    | CompareShown
    | ShowFinding
    | ShowCell
    | CompareReports
    | VerifyFile
    | AskPathways
    | ExportFiles
    | AskOverview
    | AskHistory
    | TakeHome
)


@dataclass(frozen=True)
class Request:
    """Work under a name by which it can be stopped, a folder for what it makes, and the memory and the statements that it may keep."""

    name: str
    folder: Path
    work: Work
    memory_mb: int
    kept_statements: int


@dataclass(frozen=True)
class Outcome:
    """What a check or validation came to, in short."""

    verdict: str
    findings: int
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """Some findings as plain values, and how many there are in all."""

    total: int
    findings: tuple[Mapping[str, Any], ...]
