"""Programs that write for ever and are killed at some moment, as a power cut would."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(__file__).parent


def killed_after(seconds: float, module: str, *arguments: object) -> int:
    """Starts the program, which says "ready" and then the number of what was acknowledged; kills it, and gives the last number."""
    program = subprocess.Popen(
        [sys.executable, "-m", module, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )
    assert program.stdout
    assert program.stdout.readline() == "ready\n"
    time.sleep(seconds)
    program.kill()
    lines = program.stdout.read().splitlines()
    program.wait()
    return max(map(int, lines), default=0)
