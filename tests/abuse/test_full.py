"""A disk that really takes no more, at any moment of a write: whoever writes is told so, nothing acknowledged is lost, and it goes on."""

from __future__ import annotations

import resource
from pathlib import Path

import httpx
import pytest

import mcqms_kg
from abuse.program import Program, program
from mcqms_kg.store.audit_reading import verify

UPDATE, TURTLE = {"content-type": "application/sparql-update"}, {"content-type": "text/turtle"}
LARGE = "".join(f"<x:s{n}> <x:p> {n} .\n" for n in range(25_000)).encode()


def may_write(running: Program, size: int) -> None:
    """From now on no file of the service may be longer, whoever runs the test; what it has written stays."""
    resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def update(client: httpx.Client, number: int) -> int:
    text = f"INSERT DATA {{ GRAPH <http://g/1> {{ <http://e/x> <http://e/p> {number} }} }}"
    response = client.post("/sparql", content=text, headers=UPDATE)
    assert response.status_code in (204, 500, 503) and "/" not in response.text.replace("application/", "")
    return response.status_code


def numbers(client: httpx.Client) -> set[int]:
    query = "SELECT ?n { GRAPH <http://g/1> { ?s <http://e/p> ?n } }"
    text = client.post("/sparql", data={"query": query}, headers={"accept": "text/csv"}).text
    return set(map(int, text.split()[1:]))


@pytest.mark.parametrize("room", [0, 4000, 100_000])
def test_a_disk_that_was_full_is_written_again(tmp_path: Path, room: int) -> None:
    """The engine takes no write after one that failed, until it is opened anew. No file may be longer than the room that there is."""
    ws = tmp_path / "ws"
    mcqms_kg.init(ws)
    token = mcqms_kg.new_token("Ana", "admin", workspace=ws)
    with program(ws, headers={"authorization": f"Bearer {token}"}) as running:
        client, kept = running.client, {0}
        assert update(client, 0) == 204
        for number in range(1, 7):
            may_write(running, room)
            kept |= {number} if update(client, number) == 204 else set()
            assert client.post("/datasets/large", content=LARGE, headers=TURTLE).status_code in (500, 503)
            assert client.get("/health/live").status_code == 200 and kept <= numbers(client)
            may_write(running, resource.RLIM_INFINITY)
            assert update(client, number + 10) == 204
            kept.add(number + 10)
            assert kept <= numbers(client) <= kept | set(range(1, number + 1))
        made = client.post("/datasets/large", content=LARGE, headers=TURTLE)
        assert made.status_code == 201 and made.json()["version"] == 1
        running.process.terminate()
        running.process.wait(60)
    assert {v.dataset: v.statements for v in mcqms_kg.datasets(workspace=ws)}["large"] == 25_000
    assert not verify(ws).broken
