"""What the service holds while it runs: the open workspace, the processes that answer, and what they may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import mcqms_kg
from mcqms_kg.model import Term, Version
from mcqms_kg.query.pool import Checkpoints, Pool
from mcqms_kg.settings import QueryLimits, Settings
from mcqms_kg.store.provenance import GRAPH as PROVENANCE_GRAPH
from mcqms_kg.store.shipped import renew
from mcqms_kg.store.versions import versions
from mcqms_kg.store.workspace import CHECKPOINTS, Workspace, open_workspace


@dataclass(frozen=True)
class Serving:
    """A workspace being served: the graphs asked by default, and those that may be named.

    Nobody else can write to the workspace meanwhile, so what it holds stays the same.
    """

    workspace: Workspace
    pool: Pool
    limits: QueryLimits
    versions: tuple[Version, ...]
    default_graphs: tuple[Term, ...]
    named_graphs: tuple[Term, ...]

    @classmethod
    def start(cls, folder: Path, limits: QueryLimits, processes: int) -> Self:
        """Opens the workspace, with what is shipped in it; raises `WorkspaceError`."""
        workspace = open_workspace(folder)
        renew(workspace, f"mcqms-kg {mcqms_kg.__version__}", dt.datetime.now(dt.UTC), Settings.from_environment())
        checkpoints = Checkpoints(workspace.folder / CHECKPOINTS, workspace.embedded.checkpoint)
        every = versions(workspace)
        latest = tuple({version.dataset: version.graph for version in every}.values())
        named = (*(version.graph for version in every), PROVENANCE_GRAPH)
        return cls(workspace, Pool(checkpoints, limits, size=processes), limits, every, latest, named)

    def stop(self) -> None:
        self.pool.close()
        self.workspace.close()
