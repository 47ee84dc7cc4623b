"""What is said where a query met a limit, whoever had it answered."""

from __future__ import annotations

from collections.abc import Callable

from mcqms_kg.errors import TookTooLong, Unavailable, WorkerDied
from mcqms_kg.processes.pool import Refusals
from mcqms_kg.settings import QueryLimits


def refusals(limits: QueryLimits, processes: int, late: Callable[[QueryLimits], TookTooLong] | None = None) -> Refusals:
    """What a pool of processes that answer queries says."""
    return Refusals(
        lambda: all_at_work(processes),
        lambda: (late or took_too_long)(limits),
        lambda last_words: worker_died(last_words, limits),
        unavailable,
    )


def took_too_long(limits: QueryLimits) -> TookTooLong:
    return TookTooLong(
        f"The query took longer than {limits.query_timeout_s} s and was stopped",
        remedy="Ask for less, or raise MCQMS_QUERY_TIMEOUT_S.",
    )


def worker_died(what: str, limits: QueryLimits) -> WorkerDied:
    return WorkerDied(
        f"{what} A query may take {limits.query_memory_mb} MB of memory",
        remedy="Ask for less, or raise MCQMS_QUERY_MEMORY_MB.",
    )


def all_at_work(processes: int) -> TookTooLong:
    return TookTooLong(f"All {processes} processes that answer queries are at work", remedy="Ask again later.")


def unavailable() -> Unavailable:
    return Unavailable("The service is stopping", remedy="Ask again when it is back.")


def not_copied() -> Unavailable:
    return Unavailable("The store cannot be copied at the moment", remedy="See that the disk has room, and ask again.")
