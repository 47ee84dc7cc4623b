"""A child process that can be killed: how work without an end of its own is held to a time and a memory limit.

The child is `python -m <module>`, whose module calls `serve`. Requests and answers go through pipes. A child whose parent is gone ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any, Self

from mcqms_kg.errors import McqmsError, TookTooLong, Unsupported, WorkerDied
from mcqms_kg.settings import MEBIBYTE


class Child:
    """One killable process, started with the first request and anew after a limit was met. Close it, or use it in `with`."""

    def __init__(self, module: str) -> None:
        self._command = [sys.executable, "-m", module]
        self._running: _Running | None = None

    def call(self, request: Any, seconds: float) -> Any:
        """The child's answer. Raises `TookTooLong`, `WorkerDied`, or the `McqmsError` the child raised."""
        self._running = running = self._running or _start(self._command)
        try:
            running.requests.send(request)
            if not running.answers.poll(seconds):
                self.close()
                raise TookTooLong(f"It took longer than {seconds:g} s and was stopped")
            answer = running.answers.recv()
        except (EOFError, BrokenPipeError, ConnectionResetError) as problem:
            last_words = running.last_words()
            self.close()
            raise WorkerDied(f"The process at work died: {last_words}.") from problem
        if isinstance(answer, McqmsError):
            raise answer
        return answer

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


@dataclass(frozen=True)
class _Running:
    process: subprocess.Popen[bytes]
    requests: Connection
    answers: Connection
    errors: IO[bytes]

    def last_words(self) -> str:
        """What the process, which is ending, wrote to standard error: its first line, or the last one of a traceback."""
        self.process.wait()
        self.errors.seek(0)
        lines = self.errors.read().decode(errors="replace").split("\n")
        said = [line.strip() for line in lines if line.strip()] or ["it said nothing"]
        return said[-1] if said[0].startswith("Traceback") else said[0]


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


def serve(answer: Callable[[Any], Any]) -> None:
    """The child's side: answers requests until the parent is gone. An error of ours is an answer; any other ends the child."""
    requests = Connection(os.dup(0), writable=False)
    answers = Connection(os.dup(1), readable=False)
    os.dup2(2, 1)  # nothing that prints may get between the answers
    waiting: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests, waiting), daemon=True).start()
    while True:
        try:
            answers.send(answer(waiting.get()))
        except McqmsError as problem:
            answers.send(problem)
        except MemoryError:
            os._exit(1)


def _listen(requests: Connection, waiting: SimpleQueue[Any]) -> None:
    """Hands requests on, and ends the process at once when the parent is gone, even in the middle of work."""
    while True:
        try:
            waiting.put(requests.recv())
        except EOFError:
            os._exit(0)


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
