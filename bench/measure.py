"""One engine in a process of its own: how long from file to report, how much memory at most, and how it ended."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WATCH = Path(__file__).with_name("watch.py")


@dataclass(frozen=True)
class Measured:
    """How a process went. Times are in seconds, that of the processor in all threads.

    `stopped` says which limit ended it; `said` is what it told of itself; `failed` is its own last word.
    """

    seconds: float
    peak: int
    processor: float = 0.0
    stopped: str = ""
    failed: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def finished(self) -> bool:
        return not self.stopped and not self.failed


def measure(
    command: Sequence[str], *, seconds: float, memory: int, folder: Path, output: Path | None = None
) -> Measured:
    """Run a command within limits. With `output` its standard output is the report; else it is JSON about itself.

    Time is wall clock from start to end of the process; the peak is the resident memory of the whole process.
    """
    outcome, said, errors = folder / "outcome.json", output or folder / "said.json", folder / "errors.txt"
    watched = [sys.executable, "-I", "-S", str(WATCH), str(outcome), str(seconds), str(memory), *command]
    with said.open("wb") as out, errors.open("wb") as err:
        subprocess.run(watched, stdout=out, stderr=err, cwd=folder, check=True)  # noqa: S603  # our own list of commands
    went = json.loads(outcome.read_text("utf-8"))
    if went["stopped"]:
        return Measured(went["seconds"], went["peak"], went["processor"], stopped=went["stopped"])
    # A tool that prints its report ends with 1 where there are results, so the report itself is what counts.
    if went["status"] and not (output and b"ValidationReport" in output.read_bytes()):
        return Measured(went["seconds"], went["peak"], went["processor"], failed=_last_word(errors, went["status"]))
    return Measured(
        went["seconds"], went["peak"], went["processor"], said={} if output else json.loads(said.read_text("utf-8"))
    )


def _last_word(errors: Path, status: int) -> str:
    lines = [line.strip() for line in errors.read_text("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1][:300] if lines else f"exit {status}"
