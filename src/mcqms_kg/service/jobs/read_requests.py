"""What the process that reads is asked to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.settings import Settings


@dataclass(frozen=True)
class Keep:
    """Which files of a folder are kept, those of other standards translated into `to`."""

    folder: Path
    to: Path
    memory_mb: int


@dataclass(frozen=True)
class Write:
    """The statements of kept files, each with its name, into a file of N-Triples."""

    files: tuple[tuple[Path, str], ...]
    settings: Settings
    to: Path
    memory_mb: int


Kept = tuple[Mapping[str, Path], Mapping[str, Path]]
