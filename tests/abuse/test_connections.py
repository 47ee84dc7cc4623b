"""Connections that harm: tokens beside tokens, upgrades, readers that never read, writers at once, a kill in the middle."""

from __future__ import annotations

import gzip
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

import mcqms_kg
from abuse.raw import send, statuses
from abuse.rest import TURTLE
from abuse.victim import Victim
from abuse.wire import GET, HOST
from mcqms_kg.store.audit_reading import verify

KIND = {"content-type": "text/turtle"}
ESTABLISHED = "01"
"""The state of an open connection in Linux's table of them."""


def test_a_token_beside_a_token_is_none(target: Victim) -> None:
    good, guess = target.built.tokens["admin"].encode(), b"mcqms_0000000000000000_" + b"A" * 43
    for first, second in ((good, guess), (guess, good), (good, good)):
        headers = b"".join(b"Authorization: Bearer %b\r\n" % token for token in (first, second))
        answer = send(target.port, (b"GET /datasets/others HTTP/1.1\r\n" + HOST + headers + b"\r\n",))
        assert statuses(answer) == [401] and b"dataset" not in answer


@pytest.mark.parametrize("upgrade", [b"h2c", b"websocket"], ids=["h2c", "websocket"])
def test_a_connection_does_not_become_another(target: Victim, upgrade: bytes) -> None:
    headers = b"Upgrade: %b\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n\r\n" % upgrade
    assert statuses(send(target.port, (GET + HOST + headers,))) == [200]


def test_what_stands_behind_packed_bytes_is_not_overlooked(target: Victim) -> None:
    packed = gzip.compress(b"ASK {}", mtime=0)
    headers = {"content-type": "application/sparql-query", "content-encoding": "gzip"}
    for behind in (b"junk", packed):
        response = target.client.post("/sparql", content=packed + behind, headers=headers)
        assert response.status_code == 400, response.text
    assert target.client.post("/sparql", content=packed, headers=headers).json()["boolean"] is True


@pytest.mark.parametrize(
    "graph",
    [
        "HTTPS://w3id.org/mcqms/dataset/school/1",
        "https://W3ID.org/mcqms/x",
        "https://w3id.org/mcqms%2Fdataset/school/1",
        "http://w3id.org/mcqms/provenance",
        "https://w3id.org/%6Dcqms",
    ],
)
def test_no_working_graph_looks_like_one_of_ours(target: Victim, graph: str) -> None:
    update = f"INSERT DATA {{ GRAPH <{graph}> {{ <x:a> <x:b> 1 }} }}"
    response = target.client.post("/sparql", data={"update": update}, headers=target.headers("admin"))
    assert response.status_code == 403 and "never changes" in response.text


def open_ends(port: int) -> set[int]:
    """The ports of those with whom the service holds a connection; nothing is read from them for that."""
    lines = [line.split()[1:4] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ends = [(int(own[9:], 16), int(other[9:], 16)) for own, other, state in lines if state == ESTABLISHED]
    return {other for own, other in ends if own == port}


def test_who_takes_no_answer_is_not_waited_for(target: Victim) -> None:
    """Connections that ask again and again and read nothing: after the time that a request has they are closed."""
    slow = []
    for _ in range(4):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        connection.connect(("127.0.0.1", target.port))
        connection.sendall((b"GET /datasets HTTP/1.1\r\n" + HOST + b"\r\n") * 2000)
        slow.append(connection)
    try:
        assert target.is_alive()
        until, ports = time.monotonic() + 60, {connection.getsockname()[1] for connection in slow}
        assert ports <= open_ends(target.port)
        while time.monotonic() < until and ports & open_ends(target.port):
            time.sleep(0.1)
        assert not ports & open_ends(target.port)
    finally:
        for connection in slow:
            connection.close()


def test_many_who_write_at_once_get_each_a_number(target: Victim) -> None:
    admin = {**KIND, **target.headers("admin")}

    def write(number: int) -> httpx.Response:
        body = f"<x:s> <x:p> {number} .".encode()
        return target.client.post("/datasets/raced", content=body, headers=admin)

    with ThreadPoolExecutor(8) as together:
        made = [response.json() for response in together.map(write, range(8))]
    assert sorted(version["version"] for version in made) == list(range(1, 9))
    for version in made:
        graph = target.client.get("/graphs", params={"graph": version["graph"]}, headers=target.headers("admin"))
        assert graph.text.count("<x:p>") == 1
    assert not verify(target.built.folder).broken


@pytest.mark.parametrize("after", [0.3, *(pytest.param(s, marks=pytest.mark.slow) for s in (0.1, 0.6, 1.2))])
def test_a_service_that_is_killed_while_it_takes_in_keeps_all_or_nothing(tmp_path: Path, after: float) -> None:
    workspace = tmp_path / "ws"
    mcqms_kg.init(workspace)
    token = mcqms_kg.new_token("Ana", "admin", workspace=workspace)
    headers = {"authorization": f"Bearer {token}", **KIND}
    body = "".join(f"<x:s{n}> <x:p> {n} .\n" for n in range(30_000)).encode()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, acknowledged = f"http://127.0.0.1:{port}", list[int]()

    def hand_in() -> None:
        try:
            response = httpx.post(f"{address}/datasets/school", content=body, headers=headers, timeout=60)
            acknowledged.append(response.status_code)
        except httpx.HTTPError:
            pass

    command = [sys.executable, "-m", "mcqms_kg", "serve", "--port", str(port), "--workspace", str(workspace)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        for _ in range(300):
            try:
                httpx.get(f"{address}/health/live", timeout=30)
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        thread = threading.Thread(target=hand_in)
        thread.start()
        time.sleep(after)
        running.kill()
        thread.join()
    found = [version for version in mcqms_kg.datasets(workspace=workspace) if version.dataset == "school"]
    assert [version.statements for version in found] in ([], [30_000]) and (found or 201 not in acknowledged)
    assert not verify(workspace).broken
    (tmp_path / "a.ttl").write_bytes(TURTLE)
    made = mcqms_kg.import_files([tmp_path / "a.ttl"], "school", workspace=workspace)
    assert made.number == len(found) + 1
