"""What the service holds while it runs: the open workspace, the processes that answer, and what can be seen of it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

import mcqms_kg
from mcqms_kg.model import Deed
from mcqms_kg.query.checkpoints import Checkpoints
from mcqms_kg.query.desk.desk import Desk
from mcqms_kg.query.update.change_request import Drafted, GraphRequest, Server, UpdateRequest
from mcqms_kg.query.update.updates import Updates
from mcqms_kg.service.callers.access import ANYBODY, Caller
from mcqms_kg.service.callers.views import View, Views
from mcqms_kg.service.desks import desk_of
from mcqms_kg.service.jobs.reading import Readings
from mcqms_kg.settings import ImportLimits, QueryLimits, Settings, UpdateLimits, store_addresses
from mcqms_kg.store.audit import AuditLog
from mcqms_kg.store.shipped import renew
from mcqms_kg.store.versions import versions
from mcqms_kg.store.workspace import CHECKPOINTS, Workspace, open_workspace

Allow = Callable[[bool], None]
T = TypeVar("T")

_PREPARED = 8
"""Views of so many kinds of callers are put together in a copy before it is asked."""


class Serving:
    """A workspace being served. Nobody else can write to it meanwhile; what is written here goes through `writing`.

    Raises `WorkspaceError` where the workspace cannot be opened.
    """

    def __init__(self, folder: Path, limits: QueryLimits, processes: int, updates: UpdateLimits | None = None) -> None:
        self.limits, self.update_limits = limits, updates or UpdateLimits.from_environment()
        self.workspace: Workspace = open_workspace(folder.absolute())  # processes at work stand in other folders
        software, now = f"mcqms-kg {mcqms_kg.__version__}", dt.datetime.now(dt.UTC)
        try:
            shipped = renew(self.workspace, software, now, Settings.from_environment())
            self._checkpoints = Checkpoints(self.workspace.folder / CHECKPOINTS, self.workspace.lock.checkpoint)
            self.desk = desk_of(self.workspace, shipped.graph, self._checkpoints, limits, processes)
        except BaseException:  # Ctrl-C too: the workspace is not left open
            self.workspace.close()
            raise
        self.audit = AuditLog(self.workspace.folder)
        self._lock = threading.Lock()
        self._told: list[Callable[[], None]] = []
        self._readers = CapacityLimiter(2)
        self._writers = CapacityLimiter(1)  # who waits to write takes no thread from those who read
        scratch = self.workspace.folder / CHECKPOINTS / "scratch"
        self.updates = Updates(self._checkpoints, scratch, self.update_limits, self._server())
        self.readings = Readings(self.workspace.originals.incoming, ImportLimits.from_environment())
        self._views = self._seen()

    def view(self, caller: Caller) -> View:
        """What the caller sees now; it stays as it is when something is written."""
        return self._views.of(caller)

    @contextmanager
    def recording(self, caller: Caller, action: str, about: Mapping[str, str]) -> Iterator[dict[str, str]]:
        """Puts what a caller does into the audit log, before it begins and when it has ended; more can be added to `about` meanwhile."""
        with self.audit.recording(Deed(caller.name, caller.role, action, about)) as found:
            yield found

    @contextmanager
    def writing(self) -> Iterator[Workspace]:
        """The workspace for one who writes, one at a time; what they wrote is seen by every request after this."""
        with self._lock:
            try:
                yield self.workspace
                views = self._seen()
            except BaseException:  # what was done of it is not known; it is raised on
                self._look_again()
                raise
            self._renew(views)
            self._views = views  # after the copy, which has all that they name

    def _look_again(self) -> None:
        """After a write that failed: where no copy can be made now, the one before has all that was acknowledged, and is read on."""
        try:
            if self.workspace.is_on_server:
                self._checkpoints.outdate()
            else:
                self._checkpoints.renew()
        except (OSError, RuntimeError):
            self._checkpoints.fall_behind()
            return
        self._views = self._seen()

    def _renew(self, views: Views) -> None:
        """A copy with what those will see by default who asked the one before, from which they are answered until then."""
        desk = self.desk
        if not isinstance(desk, Desk):
            self._checkpoints.outdate()
            return
        seen = views.default_graphs([ANYBODY, *self._views.askers][:_PREPARED])
        try:
            self._checkpoints.renew(lambda copy: desk.preparer.prepare(copy, seen))
        except (OSError, RuntimeError):  # what was written stands; whoever asks next tries again, and is told
            self._checkpoints.outdate()

    async def change(
        self, caller: Caller, request: UpdateRequest | GraphRequest, allow: Allow | None = None
    ) -> Drafted:
        """Does to working graphs what is asked: all of it or nothing, and for good when this returns.

        Raises as `Updates.draft` does. `allow` is told whether the graph was there, and may raise what keeps the change from being done.
        """
        return await to_thread.run_sync(self._change, caller, request, allow, limiter=self._writers)

    def _change(self, caller: Caller, request: UpdateRequest | GraphRequest, allow: Allow | None) -> Drafted:
        with self.recording(caller, "update", request.about()), self.writing():
            drafted = self.updates.draft(request)
            if allow:
                allow(drafted.existed)
            if drafted.change:
                self.workspace.home.change(drafted.change)
            return drafted

    def _server(self) -> Server | None:
        addresses = store_addresses() if self.workspace.is_on_server else None
        return Server(addresses[0], Settings.from_environment().store_timeout_s) if addresses else None

    def _seen(self) -> Views:
        return Views(versions(self.workspace), self.workspace.home.working())

    async def in_turn(self, write: Callable[[], T]) -> T:
        """What a function gives that writes; who waits for its turn keeps nobody from reading."""
        return await to_thread.run_sync(write, limiter=self._writers)

    async def aside(self, read: Callable[[], T]) -> T:
        """What a function gives that reads much; few do at a time, so that they take no thread from those who ask."""
        return await to_thread.run_sync(read, limiter=self._readers)

    def when_ending(self, tell: Callable[[], None]) -> None:
        """`tell` is called when the time is up for those at work; the service stops soon after."""
        self._told.append(tell)

    def end_work(self) -> None:
        """Ends the queries that still run, each with an error that says why, and tells all who asked to be told."""
        self.desk.stop()
        self.updates.stop()
        self.readings.stop()
        for tell in self._told:
            tell()

    def stop(self) -> None:
        self.desk.close()
        self.updates.close()
        self.readings.close()
        self.workspace.close()
