"""A child process that can be killed: how work without an end of its own is held to a time and a memory limit.

The child is `python -m <module>`, whose module calls `serve`. Requests and answers go through pipes. A child whose parent is gone ends.
While it is at work it may tell how far it is, and be asked to stop.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any, Self

from mcqms_kg.errors import McqmsError, TookTooLong, Unsupported, WorkerDied
from mcqms_kg.settings import MEBIBYTE

_START_SECONDS = 120
_UNHURRIED = 5


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
            answer: Any = _Told(None)
            while isinstance(answer, _Told):
                if not running.answers.poll(max(0.0, until - time.monotonic())):
                    self.close()
                    raise TookTooLong(
                        f"It took longer than {seconds:g} s and was stopped", remedy="Ask for less, or try again later."
                    )
                answer = running.answers.recv()
                if told and isinstance(answer, _Told):
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
                running.requests.send(_Stop(which))

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
class _Told:
    what: Any


@dataclass(frozen=True)
class _Stop:
    which: str


class _Ready:
    """What a process says first: the time it takes to start is not the request's."""


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
            self.ready = isinstance(self.answers.recv(), _Ready)

    def last_words(self) -> str:
        """What the process, which is ending, wrote to standard error."""
        self.process.wait()
        return said_last(self.errors)


def said_last(errors: IO[bytes]) -> str:
    """What a process that has ended wrote to standard error: its first line, or the last one of a traceback."""
    errors.seek(0)
    lines = errors.read().decode(errors="replace").split("\n")
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


Tell = Callable[[Any], None]


def serve(answer: Callable[[Any], Any]) -> None:
    """The child's side: answers requests until the parent is gone. An error of ours is an answer; any other ends the child."""
    serve_telling(lambda request, _: answer(request), lambda _: None)


def serve_telling(answer: Callable[[Any, Tell], Any], stop: Callable[[str], None]) -> None:
    """The same for work that tells how far it is; `stop` is called, from another thread, with the name of what is to end."""
    requests = Connection(os.dup(0), writable=False)
    answers = Connection(os.dup(1), readable=False)
    os.dup2(2, 1)  # nothing that prints may get between the answers
    waiting: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests, waiting, stop), daemon=True).start()
    answers.send(_Ready())
    while True:
        try:
            answers.send(answer(waiting.get(), lambda what: answers.send(_Told(what))))
        except McqmsError as problem:
            answers.send(problem)
        except MemoryError:
            os._exit(1)


def _listen(requests: Connection, waiting: SimpleQueue[Any], stop: Callable[[str], None]) -> None:
    """Hands requests on, and ends the process at once when the parent is gone, even in the middle of work."""
    while True:
        try:
            received = requests.recv()
        except EOFError:
            os._exit(0)
        if isinstance(received, _Stop):
            stop(received.which)
        else:
            waiting.put(received)


def give_way(task: int, by: int) -> None:
    """Lets others go before a process or thread, more than it did; raises `OSError` where it has ended."""
    os.setpriority(os.PRIO_PROCESS, task, min(19, os.getpriority(os.PRIO_PROCESS, task) + by))


def unhurried(work: Callable[[], None]) -> None:
    """Does work in a thread of its own that lets others go first, and so do the threads that it starts; raises what it raises."""
    failed: list[BaseException] = []

    def done() -> None:
        if sys.platform == "linux":  # where threads have priorities of their own, which they cannot take back
            give_way(threading.get_native_id(), _UNHURRIED)
        try:
            work()
        except BaseException as problem:  # it is raised where it was asked for
            failed.append(problem)

    thread = threading.Thread(target=done)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


def bound_memory(megabytes: int) -> None:
    """Lets this process take so much more address space than it has now; where the system knows no such limit, time alone holds."""
    try:
        import resource
    except ImportError:  # not a POSIX system
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_address_space() + megabytes * MEBIBYTE, hard))


def bounded(answer: Callable[..., Any], megabytes: Callable[[Any], int]) -> Callable[..., Any]:
    """The same work, by a process that bounds its memory before the first request, for good, to what that request says."""
    is_bounded = False

    def answered(request: Any, *further: Any) -> Any:
        nonlocal is_bounded
        if not is_bounded:
            bound_memory(megabytes(request))
            is_bounded = True
        return answer(request, *further)

    return answered


def _address_space() -> int:
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    except OSError:  # a system without /proc: the limit counts from nothing
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
