"""Large loads let others go first, and say what went wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mcqms_kg.errors import WorkspaceError
from mcqms_kg.model import Term
from mcqms_kg.processes.priority import unhurried
from mcqms_kg.store.embedded import LARGE
from mcqms_kg.store.statements import Written
from store.workspaces import new_workspace


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


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with new_workspace(tmp_path / "ws") as workspace, pytest.raises(WorkspaceError, match="cannot be written"):
        gone = Written(tmp_path / "gone.nt", LARGE + 1)
        workspace.home.add({Term("<http://g/1>"): gone, Term("<http://g/2>"): ()})
