"""What the service holds while it runs: the open workspace, the processes that answer, and what can be seen of it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import mcqms_kg
from mcqms_kg.query.pool import Checkpoints, Pool
from mcqms_kg.service.access import Caller
from mcqms_kg.service.views import View, Views
from mcqms_kg.settings import QueryLimits, Settings
from mcqms_kg.store.shipped import renew
from mcqms_kg.store.versions import versions
from mcqms_kg.store.workspace import CHECKPOINTS, Workspace, open_workspace

__all__ = ["Serving", "View"]


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
        self._views = Views(versions(self.workspace))

    def view(self, caller: Caller) -> View:
        """What the caller sees now; it stays as it is when something is written."""
        return self._views.of(caller)

    @contextmanager
    def writing(self) -> Iterator[Workspace]:
        """The workspace for one who writes, one at a time; what they wrote is seen by every request after this."""
        with self._lock:
            try:
                yield self.workspace
            finally:
                self._checkpoints.outdate()
                self._views = Views(versions(self.workspace))

    def stop(self) -> None:
        self.pool.close()
        self.workspace.close()
