"""Work that lets others go first."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable

UNHURRIED = 5
"""By how much what nobody waits for lets others go first."""


def give_way(task: int, by: int) -> None:
    """Lets others go before a process or thread, more than it did; raises `OSError` where it has ended."""
    os.setpriority(os.PRIO_PROCESS, task, min(19, os.getpriority(os.PRIO_PROCESS, task) + by))


def unhurried(work: Callable[[], None]) -> None:
    """Does work in a thread of its own that lets others go first, and so do the threads that it starts; raises what it raises."""
    failed: list[BaseException] = []

    def done() -> None:
        if sys.platform == "linux":  # where threads have priorities of their own, which they cannot take back
            give_way(threading.get_native_id(), UNHURRIED)
        try:
            work()
        except BaseException as problem:  # it is raised where it was asked for
            failed.append(problem)

    thread = threading.Thread(target=done)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
