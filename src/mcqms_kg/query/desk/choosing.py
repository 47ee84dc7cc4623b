"""Which of the processes are asked next."""

from __future__ import annotations

from collections.abc import Sequence

from mcqms_kg.query.desk.worker_handle import WINDOW, WorkerHandle


def quick(workers: Sequence[WorkerHandle], size: int) -> list[WorkerHandle]:
    """Those that are asked now: at nothing long, and so many at most."""
    return [worker for worker in workers if not (worker.is_slow or worker.is_old or worker.longs)][:size]


def free(workers: Sequence[WorkerHandle]) -> list[WorkerHandle]:
    """Those of them that take one more."""
    return [worker for worker in workers if worker.is_ready and len(worker.given) < WINDOW]


def least(workers: Sequence[WorkerHandle]) -> WorkerHandle:
    """The one that has least to do."""
    return min(workers, key=lambda worker: len(worker.given))


def is_last(worker: WorkerHandle, workers: Sequence[WorkerHandle], size: int) -> bool:
    """Whether it is the last of all to have got to something long."""
    behind = all(other.is_slow and other.since <= worker.since for other in workers)
    return behind and len(workers) > size and not worker.given[0].asked.is_done
