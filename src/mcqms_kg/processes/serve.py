"""The child's side: it answers the requests of its parent."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

from mcqms_kg.errors import McqmsError
from mcqms_kg.processes.messages import Ready, Stop, Told

Tell = Callable[[Any], None]


def serve(answer: Callable[[Any], Any]) -> None:
    """Answers requests until the parent is gone. An error of ours is an answer; any other ends the child."""
    serve_telling(lambda request, _: answer(request), lambda _: None)


def serve_telling(answer: Callable[[Any, Tell], Any], stop: Callable[[str], None]) -> None:
    """The same for work that tells how far it is; `stop` is called, from another thread, with the name of what is to end."""
    requests = Connection(os.dup(0), writable=False)
    answers = Connection(os.dup(1), readable=False)
    os.dup2(2, 1)  # nothing that prints may get between the answers
    waiting: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests, waiting, stop), daemon=True).start()
    answers.send(Ready())
    while True:
        try:
            answers.send(answer(waiting.get(), lambda what: answers.send(Told(what))))
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
        if isinstance(received, Stop):
            stop(received.which)
        else:
            waiting.put(received)
