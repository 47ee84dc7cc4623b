"""What only our service is asked: the check of one credential, and to take in data while it answers."""

from __future__ import annotations

import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TURTLE = Path(__file__).parents[2] / "data" / "polytechnic-networks" / "credentials.ttl"
IMPORTED = 100_000
"""Statements of each import."""


@dataclass(frozen=True)
class Checked:
    """How long checks took that came one after the other, in milliseconds."""

    times: tuple[float, ...]

    def quantile(self, part: float) -> float:
        return statistics.quantiles(self.times, n=100, method="inclusive")[round(part * 100) - 1]


def token(folder: Path) -> str:
    """The secret of an administrator of the workspace, made anew."""
    mcqms, workspace = str(Path(sys.executable).with_name("mcqms")), str(folder / "workspace")
    name = f"bench-{time.time_ns()}"
    command = [mcqms, "token", "new", "--name", name, "--role", "admin", "--workspace", workspace]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]  # noqa: S603  # our own command


def checks(root: str, secret: str, often: int = 20) -> Checked:
    """A file of one provider's credentials, sent and checked again and again."""
    times = []
    for _ in range(often):
        began = time.perf_counter()
        _send(f"{root}/checks", secret, "POST", TURTLE.read_bytes(), "text/turtle")
        times.append((time.perf_counter() - began) * 1000)
    return Checked(tuple(times))


@contextmanager
def importing(root: str, secret: str, data: Path) -> Iterator[list[float]]:
    """Versions are handed in one after the other; the list gets the seconds that each took."""
    with data.open("rb") as lines:
        sent = b"".join(line for _, line in zip(range(IMPORTED), lines, strict=False))
    ended, took = threading.Event(), list[float]()

    def again() -> None:
        while not ended.is_set():
            began = time.perf_counter()
            _send(f"{root}/datasets/bench", secret, "POST", sent, "application/n-triples")
            took.append(time.perf_counter() - began)

    thread = threading.Thread(target=again)
    thread.start()
    time.sleep(0.5)
    try:
        yield took
    finally:
        ended.set()
        thread.join()


def _send(address: str, secret: str, method: str, body: bytes, kind: str) -> bytes:
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": kind, "Accept": "application/json"}
    request = urllib.request.Request(address, body, headers, method=method)  # noqa: S310  # a port of this machine
    with urllib.request.urlopen(request, timeout=300) as answer:  # noqa: S310  # a port of this machine
        return bytes(answer.read())
