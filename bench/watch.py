"""Runs one command within limits, and writes as JSON how it went: OUTCOME SECONDS BYTES COMMAND...

A process of its own, because a child's peak of memory starts at what its parent holds: this one imports nothing large.
"""

import json
import os
import signal
import sys
import time

POLL = 0.02
UNIT = 1 if sys.platform == "darwin" else 1024
"""What `ru_maxrss` counts in."""


def main() -> None:
    outcome, seconds, memory, *command = sys.argv[1:]
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, setpgroup=0)
    try:
        stopped, status, peak, processor = wait(pid, start + float(seconds), int(memory))
    except BaseException:  # nothing outlives its watcher, whatever ends it
        os.killpg(pid, signal.SIGKILL)
        raise
    taken = time.perf_counter() - start
    with open(outcome, "w", encoding="utf-8") as out:  # noqa: PTH123  # pathlib would make the process larger
        json.dump({"seconds": taken, "processor": processor, "peak": peak, "stopped": stopped, "status": status}, out)


def wait(pid: int, until: float, memory: int) -> tuple[str, int, int, float]:
    """Which limit ended it if any, its exit status, its peak in bytes, and its processor time in seconds."""
    stopped = ""
    while True:
        ended, status, used = os.wait4(pid, os.WNOHANG)
        if ended:
            return stopped, os.waitstatus_to_exitcode(status), used.ru_maxrss * UNIT, used.ru_utime + used.ru_stime
        if not stopped and time.perf_counter() > until:
            stopped = "time"
        elif not stopped and resident(pid) > memory:
            stopped = "memory"
        if stopped:
            os.killpg(pid, signal.SIGKILL)
        time.sleep(POLL)


def resident(pid: int) -> int:
    """Bytes in memory now; 0 where the system does not say, and then only the time limit holds."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:  # noqa: PTH123  # started with -S, to be light
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


if __name__ == "__main__":
    main()
