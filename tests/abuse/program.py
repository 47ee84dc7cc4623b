"""The service as its own process, as an operator runs it: for what is done to processes, and not to requests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx


class Program(NamedTuple):
    """What runs, a client of it, and the file of its log."""

    process: subprocess.Popen[bytes]
    client: httpx.Client
    log: Path


@contextmanager
def program(
    workspace: Path, *options: str, headers: Mapping[str, str] | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[Program]:
    """`mcqms serve` on a free port, until this ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mcqms_kg", "serve", "--port", str(port), "--workspace", str(workspace), *options]
    log = workspace.parent / "serve.log"
    with (
        log.open("wb") as said,
        subprocess.Popen(command, stderr=said, env={**os.environ, **(settings or {})}) as running,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120, headers=headers) as client,
    ):
        try:
            _await(running, client, log)
            yield Program(running, client, log)
        finally:
            running.kill()


def _await(running: subprocess.Popen[bytes], client: httpx.Client, log: Path) -> None:
    until = time.monotonic() + 120
    while True:
        try:
            client.get("/health/live")
            return
        except httpx.ConnectError:
            assert running.poll() is None and time.monotonic() < until, log.read_text("utf-8")
            time.sleep(0.05)
