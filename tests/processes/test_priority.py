"""Work that lets others go first, and says what went wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from mcqms_kg.processes.priority import unhurried


def test_it_is_done_when_this_returns_and_only_its_thread_gives_way() -> None:
    seen: list[int] = []
    before = os.getpriority(os.PRIO_PROCESS, 0)

    def work() -> None:
        number = threading.get_native_id() if sys.platform == "linux" else 0
        seen.append(os.getpriority(os.PRIO_PROCESS, number))

    unhurried(work)
    assert seen and (sys.platform != "linux" or seen[0] > before)
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has threads with priorities of their own")
def test_who_lets_others_go_first_already_does_so_more() -> None:
    program = (
        "import os, threading; from mcqms_kg.processes.priority import unhurried; before = os.nice(12);"
        "unhurried(lambda: print(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) - before))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(told.stdout) > 0 or os.nice(0) > 6, told


def test_what_it_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        unhurried(lambda: 1 // 0)  # type: ignore[arg-type]  # it gives nothing
