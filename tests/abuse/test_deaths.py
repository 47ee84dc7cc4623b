"""Processes that are killed, and a store elsewhere that leads astray."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

import mcqms_kg
from mcqms_kg.errors import WorkspaceError
from mcqms_kg.store.audit_reading import verify
from service.issuer import fake
from service.tenants import tenants
from store.workspaces import turtle

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_service_that_is_killed_leaves_nothing_behind(tmp_path: Path) -> None:
    """Killed with a runaway at work: its processes end, and the workspace can be used at once."""
    built = tenants(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mcqms_kg", "serve", "--port", str(port), "--workspace", str(built.folder)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        address = f"http://127.0.0.1:{port}/sparql"
        for _ in range(200):
            try:
                httpx.get(address, params={"query": "ASK {}"}, timeout=30)
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        with pytest.raises(httpx.TimeoutException):
            httpx.get(address, params={"query": RUNAWAY}, timeout=1)
        workers = {pid for task in Path(f"/proc/{running.pid}/task").iterdir() for pid in children_of(task)}
        assert workers
        running.send_signal(signal.SIGKILL)
    for _ in range(100):
        if not any(map(is_running, workers)):
            break
        time.sleep(0.1)
    assert not any(map(is_running, workers))
    assert {version.dataset for version in mcqms_kg.datasets(workspace=built.folder)} >= {"school", "mine", "others"}


def children_of(task: Path) -> set[int]:
    return set(map(int, (task / "children").read_text().split()))


@pytest.mark.parametrize("after", [0.8, *(pytest.param(s, marks=pytest.mark.slow) for s in (0.5, 1.1))])
def test_an_import_that_is_killed_is_whole_or_nothing(tmp_path: Path, after: float) -> None:
    ws = tmp_path / "ws"
    mcqms_kg.init(ws)
    file = turtle(tmp_path / "a.ttl", "".join(f"ex:s{n} ex:p {n} .\n" for n in range(20_000)))
    command = [sys.executable, "-m", "mcqms_kg", "import", str(file), "--dataset", "school", "--workspace", str(ws)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ}) as running:
        time.sleep(after)
        running.send_signal(signal.SIGKILL)
        said = running.stdout.read() if running.stdout else b""
    found = mcqms_kg.datasets(workspace=ws)
    assert [version.statements for version in found] == ([20_000] if found else []) and (found or not said)
    assert not verify(ws).broken
    assert mcqms_kg.import_files([file], "school", workspace=ws).number == len(found) + 1


def test_a_store_elsewhere_that_leads_elsewhere_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mcqms_kg.init(tmp_path / "ws")
    with fake() as store, fake() as elsewhere:
        monkeypatch.setenv("MCQMS_STORE", f"{store.address}/sparql")
        for status in (301, 302, 303, 307, 308):
            store.answers["/sparql"] = (status, {"Location": f"{elsewhere.address}/sparql"}, b"")
            with pytest.raises(WorkspaceError, match=f"status {status}"):
                mcqms_kg.datasets(workspace=tmp_path / "ws")
        assert len(store.asked) == 5 and elsewhere.asked == []
