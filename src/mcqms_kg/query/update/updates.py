"""Changes of working graphs: worked out in a process that can be killed, on a copy of the store, and done afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import cast

from mcqms_kg.errors import TookTooLong, Unavailable, WorkerDied
from mcqms_kg.processes.pool import ProcessPool, Refusals
from mcqms_kg.query.checkpoints import Checkpoints
from mcqms_kg.query.refusals import not_copied
from mcqms_kg.query.update.change_request import Drafted, GraphRequest, Server, UpdateRequest, Work
from mcqms_kg.settings import UpdateLimits

WORKER = "mcqms_kg.query.update.worker"


class Updates:
    """The process; it works for one who holds the right to write at a time. Close it."""

    def __init__(
        self, checkpoints: Checkpoints, scratch: Path, limits: UpdateLimits, server: Server | None = None
    ) -> None:
        self._checkpoints, self._scratch, self._limits, self._server = checkpoints, scratch, limits, server
        self._processes = ProcessPool(WORKER, 1, _refusals(limits))

    def draft(self, request: UpdateRequest | GraphRequest) -> Drafted:
        """The change that the request comes to; nothing is changed yet.

        Raises `BadQuery`, `Forbidden`, `Unsupported`, `MissingGraph`, `GraphExists`, `UnreadableInput`, `ChangeTooLarge`,
        `TookTooLong`, `WorkerDied` or `Unavailable`.
        """
        try:
            with self._processes.lent() as child, self._reading() as checkpoint:
                work = Work(request, checkpoint, self._scratch, self._limits)
                return cast(Drafted, child.call(work, self._limits.update_timeout_s))
        finally:
            shutil.rmtree(self._scratch, ignore_errors=True)

    @contextmanager
    def _reading(self) -> Iterator[Path | Server]:
        if self._server:
            yield self._server
            return
        with ExitStack() as held:
            try:
                checkpoint = held.enter_context(self._checkpoints.reading())
            except (OSError, RuntimeError) as problem:
                raise not_copied() from problem
            yield checkpoint

    def stop(self) -> None:
        """From another thread: ends what is being worked out, of which nothing is done, and works out no more."""
        self._processes.stop()

    def close(self) -> None:
        self._processes.close()


def _refusals(limits: UpdateLimits) -> Refusals:
    return Refusals(
        late=lambda: TookTooLong(
            f"The update took longer than {limits.update_timeout_s} s and was stopped; nothing was changed",
            remedy="Change less at a time, or raise MCQMS_UPDATE_TIMEOUT_S.",
        ),
        died=lambda last_words: WorkerDied(
            f"{last_words} An update may take {limits.update_memory_mb} MB of memory; nothing was changed",
            remedy="Change less at a time, or raise MCQMS_UPDATE_MEMORY_MB.",
        ),
        stopping=lambda: Unavailable(
            "The service is stopping; nothing was changed", remedy="Send it again when it is back."
        ),
    )
