"""A child process that can be killed: how work without an end of its own is held to a time and a memory limit.

The child is `python -m <module>`, whose module calls `serve`. Requests and answers go through pipes. A child whose parent is gone ends.
While it is at work it may tell how far it is, and be asked to stop.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import IO, Any, Self

from mcqms_kg.errors import McqmsError, TookTooLong, Unsupported, WorkerDied, without_places
from mcqms_kg.processes.messages import Ready, Stop, Told

_START_SECONDS = 120


class Child:
    """One killable process, started with the first request and anew after a limit was met. Close it, or use it in `with`."""

    def __init__(self, module: str) -> None:
        self._command = [sys.executable, "-m", module]
        self._running: _Running | None = None

    def call(self, request: Any, seconds: float, told: Callable[[Any], None] | None = None) -> Any:
        """The child's answer; `told` hears what it tells before. Raises `TookTooLong`, `WorkerDied`, or the child's `McqmsError`."""
        self._running = running = self._running or _start(self._command)
        try:
            running.await_ready()
            until = time.monotonic() + seconds
            running.requests.send(request)
            answer: Any = Told(None)
            while isinstance(answer, Told):
                if not running.answers.poll(max(0.0, until - time.monotonic())):
                    self.close()
                    raise TookTooLong(
                        f"It took longer than {seconds:g} s and was stopped", remedy="Ask for less, or try again later."
                    )
                answer = running.answers.recv()
                if told and isinstance(answer, Told):
                    told(answer.what)
        except (EOFError, BrokenPipeError, ConnectionResetError) as problem:
            last_words = running.last_words()
            self.close()
            raise WorkerDied(f"The process at work died: {last_words}.") from problem
        if isinstance(answer, McqmsError):
            raise answer
        return answer

    @property
    def is_fresh(self) -> bool:
        """Whether the next request is the first of its process."""
        return self._running is None

    def ask_to_stop(self, which: str) -> None:
        """From another thread: the process is to end the request of that name, in its own way."""
        if running := self._running:
            with suppress(OSError):
                running.requests.send(Stop(which))

    def kill(self) -> None:
        """From another thread: the process ends at once, and the call raises `WorkerDied`."""
        if running := self._running:
            running.process.kill()

    def close(self) -> None:
        """Ends the process, whatever it is at."""
        if self._running:
            self._running.process.kill()
            self._running.process.wait()
            self._running.requests.close()
            self._running.answers.close()
            self._running.errors.close()
            self._running = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass
class _Running:
    process: subprocess.Popen[bytes]
    requests: Connection
    answers: Connection
    errors: IO[bytes]
    ready: bool = False

    def await_ready(self) -> None:
        if not self.ready:
            if not self.answers.poll(_START_SECONDS):
                self.process.kill()  # its last words are read next
            self.ready = isinstance(self.answers.recv(), Ready)

    def last_words(self) -> str:
        """What the process, which is ending, wrote to standard error."""
        self.process.wait()
        return said_last(self.errors)


def said_last(errors: IO[bytes]) -> str:
    """What a process that has ended wrote to standard error: its first line, or the last one of a traceback."""
    errors.seek(0)
    lines = errors.read().decode(errors="replace").split("\n")
    said = [line.strip() for line in lines if line.strip()] or ["it said nothing"]
    return without_places(said[-1] if said[0].startswith("Traceback") else said[0])


def _start(command: list[str]) -> _Running:
    if os.name != "posix":
        raise Unsupported("Processes that can be killed need a POSIX system", remedy="Use Linux or macOS.")
    errors = tempfile.TemporaryFile()  # noqa: SIM115  # open as long as the process
    process = subprocess.Popen(  # noqa: S603  # our own module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env={"MALLOC_ARENA_MAX": "2", **os.environ},  # glibc sets aside address space for each thread otherwise
    )
    assert process.stdin and process.stdout  # noqa: S101  # both were asked for
    requests = Connection(os.dup(process.stdin.fileno()), readable=False)
    answers = Connection(os.dup(process.stdout.fileno()), writable=False)
    process.stdin.close()
    process.stdout.close()
    return _Running(process, requests, answers, errors)
