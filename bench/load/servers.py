"""The services that are measured: how each gets the data, and how it is started on a port of this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
OURS = "mcqms"
PEERS = "rdflib-endpoint==0.6.3 oxrdflib==0.5.0 uvicorn"
_UP_SECONDS = 900


@dataclass(frozen=True)
class Server:
    """A service: commands that load the data, the one that serves on a port, and the path of its endpoint."""

    name: str
    load: tuple[tuple[str, ...], ...]
    serve: tuple[str, ...]
    endpoint: str
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Running:
    """A service that answers: where, and its process."""

    address: str
    process: int

    def memory(self) -> int:
        """Resident bytes of the process and of those it started, which share pages that are counted in each."""
        return sum(_resident(number) for number in (self.process, *_below(self.process)))


def servers(data: Path, folder: Path, port: int) -> tuple[Server, ...]:
    """Ours, the bare store as a server, and rdflib-endpoint over that store."""
    mcqms, oxigraph = (str(Path(sys.executable).with_name(name)) for name in ("mcqms", "oxigraph"))
    workspace, store = str(folder / "workspace"), str(folder / "oxigraph")
    at = f"127.0.0.1:{port}"
    return (
        Server(
            OURS,
            (
                (mcqms, "init", "--workspace", workspace),
                (mcqms, "import", str(data), "--dataset", "nation", "--workspace", workspace),
            ),
            (mcqms, "serve", "--workspace", workspace, "--port", str(port)),
            "/sparql",
            {"MCQMS_QUERY_TIMEOUT_S": "10"},
        ),
        Server(
            "oxigraph serve",
            ((oxigraph, "load", "--location", store, "--file", str(data)),),
            (oxigraph, "serve-read-only", "--location", store, "--bind", at),
            "/query",
        ),
        Server(
            "rdflib-endpoint",
            (
                (sys.executable, "-m", "venv", str(folder / "peer")),
                (str(folder / "peer/bin/pip"), "install", "-q", *PEERS.split()),
            ),
            (
                str(folder / "peer/bin/rdflib-endpoint"),
                "serve",
                str(data),
                "--store",
                "Oxigraph",
                "--host",
                "127.0.0.1",
                "--port",
                str(port),
            ),
            "/",
        ),
    )


@contextmanager
def running(server: Server, port: int, output: Path) -> Iterator[Running]:
    """The service while it answers; ended with all it started. Raises `RuntimeError` where it does not come up."""
    environment = {**os.environ, **server.settings}
    with output.open("ab") as said:
        process = subprocess.Popen(server.serve, stdout=said, stderr=said, env=environment, start_new_session=True)  # noqa: S603  # our own list of commands
    try:
        _wait(process, port, output)
        yield Running(f"http://127.0.0.1:{port}{server.endpoint}", process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def ask(address: str, form: str, seconds: float = 60) -> bytes:
    """The answer to one query; raises `OSError` where there is none."""
    request = urllib.request.Request(address, form.encode(), {"Accept": "application/sparql-results+json"})  # noqa: S310  # a port of this machine
    with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310  # a port of this machine
        return bytes(answer.read())


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, output: Path) -> None:
    end = time.monotonic() + _UP_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"It ended: {output.read_text('utf-8', 'replace')[-400:]}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("It did not come up in time")


def _below(process: int) -> Sequence[int]:
    try:  # each is known to the thread that started it
        texts = [(task / "children").read_text("ascii") for task in Path(f"/proc/{process}/task").iterdir()]
    except OSError:
        return ()
    return [n for text in texts for child in map(int, text.split()) for n in (child, *_below(child))]


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
