"""What the service holds while it runs: the open workspace, the processes that answer, and what can be seen of it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import mcqms_kg
from mcqms_kg.model import Term, Version
from mcqms_kg.query.pool import Checkpoints, Pool
from mcqms_kg.service.access import Caller
from mcqms_kg.settings import QueryLimits, Settings
from mcqms_kg.store.provenance import GRAPH as PROVENANCE_GRAPH
from mcqms_kg.store.shipped import renew
from mcqms_kg.store.versions import versions
from mcqms_kg.store.workspace import CHECKPOINTS, Workspace, open_workspace


@dataclass(frozen=True)
class View:
    """What a caller sees: versions, the graphs that are asked where none is named, and those that may be named."""

    versions: tuple[Version, ...]
    default_graphs: tuple[Term, ...]
    named_graphs: tuple[Term, ...]


class Serving:
    """A workspace being served. Nobody else can write to it meanwhile; what is written here goes through `writing`.

    Raises `WorkspaceError` where the workspace cannot be opened.
    """

    def __init__(self, folder: Path, limits: QueryLimits, processes: int) -> None:
        self.limits = limits
        self.workspace: Workspace = open_workspace(folder)
        renew(self.workspace, f"mcqms-kg {mcqms_kg.__version__}", dt.datetime.now(dt.UTC), Settings.from_environment())
        self._checkpoints = Checkpoints(self.workspace.folder / CHECKPOINTS, self.workspace.embedded.checkpoint)
        self.pool = Pool(self._checkpoints, limits, size=processes)
        self._lock = threading.Lock()
        self._versions = versions(self.workspace)

    def view(self, caller: Caller) -> View:  # noqa: ARG002  # all datasets are open to all so far
        """What the caller sees now; it stays as it is when something is written."""
        every = self._versions
        latest = tuple({version.dataset: version.graph for version in every}.values())
        return View(every, latest, (*(version.graph for version in every), PROVENANCE_GRAPH))

    @contextmanager
    def writing(self) -> Iterator[Workspace]:
        """The workspace for one who writes, one at a time; what they wrote is seen by every request after this."""
        with self._lock:
            try:
                yield self.workspace
            finally:
                self._versions = versions(self.workspace)
                self._checkpoints.outdate()

    def stop(self) -> None:
        self.pool.close()
        self.workspace.close()
