"""A limit on the memory of this process."""

from __future__ import annotations

import os
from pathlib import Path

from mcqms_kg.settings import MEBIBYTE


def bound_memory(megabytes: int) -> None:
    """Lets this process take so much more address space than it has now; where the system knows no such limit, time alone holds."""
    try:
        import resource
    except ImportError:  # not a POSIX system
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_address_space() + megabytes * MEBIBYTE, hard))


def _address_space() -> int:
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    except OSError:  # a system without /proc: the limit counts from nothing
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
