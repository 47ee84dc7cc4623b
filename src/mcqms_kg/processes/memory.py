"""A limit on the memory of this process."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mcqms_kg.settings import MEBIBYTE


def bound_memory(megabytes: int) -> None:
    """Lets this process take so much more address space than it has now; where the system knows no such limit, time alone holds."""
    try:
        import resource
    except ImportError:  # not a POSIX system
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_address_space() + megabytes * MEBIBYTE, hard))


def bounded(answer: Callable[..., Any], megabytes: Callable[[Any], int]) -> Callable[..., Any]:
    """The same work, by a process that bounds its memory before the first request, for good, to what that request says."""
    is_bounded = False

    def answered(request: Any, *further: Any) -> Any:
        nonlocal is_bounded
        if not is_bounded:
            bound_memory(megabytes(request))
            is_bounded = True
        return answer(request, *further)

    return answered


def _address_space() -> int:
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    except OSError:  # a system without /proc: the limit counts from nothing
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
