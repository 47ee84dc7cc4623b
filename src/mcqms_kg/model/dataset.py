"""Datasets, their versions, and the files each version came as."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from mcqms_kg.model.rdf import Term, Triple
from mcqms_kg.namespaces import DATASET

DATASET_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
"""What a dataset may be called: the name is part of IRIs and of folders."""


@dataclass(frozen=True)
class Original:
    """A file as it came: its name below the folder it was in, the SHA-256 and the size of its bytes."""

    name: str
    digest: str
    size: int


@dataclass(frozen=True)
class Version:
    """What was handed in under a dataset's name at one time; versions are numbered from 1 and never change.

    `restores` is the earlier version that a rollback made this one equal to. `statements` counts different triples.
    `private` ones are seen by those alone whom the dataset is named to.
    """

    dataset: str
    number: int
    title: str
    at: dt.datetime
    by: str
    statements: int
    originals: tuple[Original, ...]
    restores: int | None = None
    private: bool = False

    @property
    def graph(self) -> Term:
        """The named graph that holds the statements."""
        return Term(f"<{DATASET}{self.dataset}/{self.number}>")


@dataclass(frozen=True)
class Difference:
    """The statements that one version has and the other has not, in order; blank nodes are named by RDFC-1.0 within what hangs together."""

    added: tuple[Triple, ...]
    removed: tuple[Triple, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)
