"""A service that is killed while several write to it in every way: what was acknowledged is in the data and on record, to the last one."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest

import mcqms_kg
from abuse.program import program
from mcqms_kg.model import Outcome
from mcqms_kg.store.audit_reading import entries, verify

UPDATE, TURTLE = {"content-type": "application/sparql-update"}, {"content-type": "text/turtle"}
_NUMBERS = "SELECT ?n { GRAPH <http://g/1> { ?s <http://e/p> ?n } }"


class Writers:
    """Some who write until nobody answers, and what they were told is done."""

    def __init__(self, client: httpx.Client) -> None:
        self._client, self._numbers = client, itertools.count()
        self.updated: set[int] = set()
        self.versions: set[int] = set()
        ways = (self._update, self._update, self._import, self._roll_back)
        self._threads = [threading.Thread(target=self._go_on, args=(way,)) for way in ways]

    def begin(self) -> None:
        """Returns when something was done in both ways."""
        for thread in self._threads:
            thread.start()
        until = time.monotonic() + 100
        while not (self.updated and self.versions):
            assert time.monotonic() < until
            time.sleep(0.01)

    def wait(self) -> None:
        for thread in self._threads:
            thread.join()

    def _go_on(self, way: object) -> None:
        assert callable(way)
        while True:
            try:
                way()
            except httpx.HTTPError:
                return

    def _update(self) -> None:
        number = next(self._numbers)
        text = f"INSERT DATA {{ GRAPH <http://g/1> {{ <http://e/{number}> <http://e/p> {number} }} }}"
        if self._client.post("/sparql", content=text, headers=UPDATE).status_code == 204:
            self.updated.add(number)

    def _import(self) -> None:
        body = "".join(f"<x:s{n}> <x:p> {next(self._numbers)} .\n" for n in range(50)).encode()
        self._take(self._client.post("/datasets/school", content=body, headers=TURTLE))

    def _roll_back(self) -> None:
        self._take(self._client.post("/datasets/school/rollbacks", json={"version": 1}))

    def _take(self, response: httpx.Response) -> None:
        if response.status_code == 201:
            self.versions.add(response.json()["version"])


@pytest.mark.parametrize("after", [0.5, *(pytest.param(s, marks=pytest.mark.slow) for s in (0.0, 0.2, 0.9, 2.1))])
def test_what_was_acknowledged_is_there_and_on_record(tmp_path: Path, after: float) -> None:
    ws = tmp_path / "ws"
    mcqms_kg.init(ws)
    token = mcqms_kg.new_token("Ana", "admin", workspace=ws)
    headers = {"authorization": f"Bearer {token}"}
    with program(ws, headers=headers) as running:
        first = running.client.post("/datasets/school", content=b"<x:s> <x:p> 0 .", headers=TURTLE)
        assert first.status_code == 201
        writers = Writers(running.client)
        writers.begin()
        time.sleep(after)
        running.process.kill()
        writers.wait()
    assert not verify(ws).broken
    done = Counter(entry.deed.action for entry in entries(ws) if entry.outcome is Outcome.DONE)
    assert done["update"] >= len(writers.updated)
    assert done["import"] + done["rollback"] >= len(writers.versions) + 1
    kept = {version.number: version for version in mcqms_kg.datasets(workspace=ws) if version.dataset == "school"}
    assert writers.versions <= set(kept) and set(kept) == set(range(1, len(kept) + 1))
    assert {version.statements for version in kept.values()} <= {1, 50}
    with program(ws, headers=headers) as again:
        found = again.client.post("/sparql", data={"query": _NUMBERS}, headers={"accept": "text/csv"})
        assert writers.updated <= set(map(int, found.text.split()[1:]))
        assert again.client.post("/sparql", content="CLEAR DEFAULT", headers=UPDATE).status_code == 204
    assert not verify(ws).broken


def test_what_was_handed_in_is_nowhere_after_a_kill(tmp_path: Path) -> None:
    """Of a job, with its files, and of an import that is under way; the next who opens the workspace clears up."""
    ws, elsewhere = tmp_path / "ws", tmp_path / "elsewhere"
    elsewhere.mkdir()
    mcqms_kg.init(ws)
    token = mcqms_kg.new_token("Ana", "admin", workspace=ws)
    with program(ws, headers={"authorization": f"Bearer {token}"}, settings={"TMPDIR": str(elsewhere)}) as running:
        checked = running.client.post("/checks", content=b"<x:hidden> <x:p> 0 .", headers=TURTLE)
        assert checked.status_code == 200
        assert any(b"hidden" in path.read_bytes() for path in (ws / "scratch").rglob("*") if path.is_file())
        running.process.kill()
    assert not list(elsewhere.rglob("*.ttl"))
    mcqms_kg.datasets(workspace=ws)
    assert not list((ws / "incoming").iterdir()) and not (ws / "scratch").exists()
