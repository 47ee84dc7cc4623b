"""A service on a free port of this machine, in a thread, for as long as a test wants it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
from fastapi import FastAPI

from mcqms_kg.service.app import application
from mcqms_kg.service.middleware import Front
from mcqms_kg.service.server import Server
from mcqms_kg.service.serving import Serving


@contextmanager
def live(start: Callable[[], Serving], front: Front | None = None) -> Iterator[httpx.Client]:
    """A client whose base address is the service's."""
    with running(start, front) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


@contextmanager
def running(start: Callable[[], Serving], front: Front | None = None) -> Iterator[str]:
    """The address of a service that runs in a thread."""
    front = front or Front()
    with running_application(application(start, front), front) as address:
        yield address


@contextmanager
def running_application(made: FastAPI, front: Front | None = None) -> Iterator[str]:
    """The same for an application that is made already."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server = Server(made, (front or Front()).limits)
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
