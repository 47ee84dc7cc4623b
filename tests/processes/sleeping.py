"""A child process that gives its number, and does otherwise when it is told to."""

from __future__ import annotations

import os
import time

from mcqms_kg.processes.serve import serve


def answer(request: str) -> int:
    if request == "sleep":
        time.sleep(600)
    if request == "die":
        raise ZeroDivisionError("it was told to")
    return os.getpid()


if __name__ == "__main__":
    serve(answer)
