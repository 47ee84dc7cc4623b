"""A service on a free port of this machine, in a thread, for as long as a test wants it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from mcqms_kg.service.app import application
from mcqms_kg.service.serving import Serving


@contextmanager
def running(config: uvicorn.Config) -> Iterator[str]:
    """The address of a service that runs in a thread."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the service did not start"
                time.sleep(0.02)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def live(start: Callable[[], Serving]) -> Iterator[httpx.Client]:
    """A client whose base address is the service's."""
    with (
        running(uvicorn.Config(application(start), log_level="warning")) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client
