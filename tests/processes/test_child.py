"""A child process says why it broke, and ends with its parent."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from mcqms_kg.errors import TookTooLong, WorkerDied
from mcqms_kg.processes.child import Child

TESTS = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def children_find_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(TESTS))


def test_a_child_that_breaks_says_why_and_is_replaced() -> None:
    with Child("processes.sleeping") as child:
        first = child.call("number", 60)
        with pytest.raises(WorkerDied, match="ZeroDivisionError: it was told to"):
            child.call("die", 60)
        assert child.call("number", 60) != first


def test_a_child_that_takes_too_long_is_stopped() -> None:
    with Child("processes.sleeping") as child:
        first = child.call("number", 60)
        with pytest.raises(TookTooLong, match=r"longer than 0\.2 s"):
            child.call("sleep", 0.2)
        assert not _runs(first) and child.is_fresh


def test_children_end_with_their_parent() -> None:
    """The parent is killed while its child sleeps; the child must notice at once."""
    program = (
        "from mcqms_kg.processes.child import Child; c = Child('processes.sleeping'); "
        "print(c.call('number', 60), flush=True); c.call('sleep', 60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    for _ in range(100):
        if not _runs(child):
            return
        time.sleep(0.1)
    raise AssertionError("the child goes on without its parent")


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False
