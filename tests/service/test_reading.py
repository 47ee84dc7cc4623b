"""What is handed in is read aside: within limits, whole or not at all, and nobody is kept from being answered."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from killed import killed_after
from mcqms_kg.graph import terms
from mcqms_kg.graph.read import FORMATS, Source
from mcqms_kg.model import Entry, Outcome
from mcqms_kg.service.jobs.read_requests import Write
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits, Settings
from mcqms_kg.store.audit_reading import entries, verify
from mcqms_kg.store.statements import read, write
from mcqms_kg.store.versions import versions
from mcqms_kg.store.workspace import create, open_workspace
from service.importing_by_http import STATEMENTS
from service.writable import writable

BULK = "".join(f"<http://e/s{n}> <http://e/p> <http://e/o{n % 100}> .\n" for n in range(60_000))
SMALL = "<http://e/a> <http://e/p> 01, [ ] ."


@contextmanager
def served(
    folder: Path, monkeypatch: pytest.MonkeyPatch, **limits: int
) -> Iterator[tuple[httpx.Client, list[Serving]]]:
    """A service, and what it holds."""
    for name, value in limits.items():
        monkeypatch.setenv(f"MCQMS_IMPORT_{name.upper()}", str(value))
    create(folder)
    held: list[Serving] = []

    def start() -> Serving:
        held.append(Serving(folder, QueryLimits(), 1))
        return held[0]

    with writable(start) as client:
        yield client, held


def hand_in(service: httpx.Client, content: str, kind: str = "application/n-triples") -> httpx.Response:
    return service.post("/datasets/school", content=content, headers={"content-type": kind}, timeout=120)


def _refused(service: httpx.Client, folder: Path, response: httpx.Response, says: str) -> None:
    """It was refused, nothing of it is left, the log tells, and the next one is taken."""
    assert response.status_code == 503 and says in response.json()["detail"], response.text
    assert [found["dataset"] for found in service.get("/datasets").json()] == ["shipped"]
    assert not list((folder / "incoming").iterdir())
    shipped = service.get("/datasets/shipped").json()["versions"][-1]["files"]
    kept = {path.name for path in (folder / "originals").rglob("*") if path.is_file()}
    assert kept == {file["sha256"] for file in shipped}, "no bytes of it are kept"
    assert _last(folder).outcome is Outcome.FAILED
    made = hand_in(service, SMALL, "text/turtle")
    assert made.status_code == 201 and made.json()["version"] == 1 and made.json()["statements"] == 2
    assert not verify(folder).broken


def _last(folder: Path) -> Entry:
    return [entry for entry in entries(folder) if entry.deed.action == "import"][-1]


def test_what_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(tmp_path / "ws", monkeypatch, timeout_s=1) as (service, held):
        held[0].readings._call(_nothing(tmp_path))  # the process is there
        running = held[0].readings._processes.children[0]._running
        assert running
        os.kill(running.process.pid, signal.SIGSTOP)  # so that it takes too long on any machine
        response = hand_in(service, BULK)
        _refused(service, tmp_path / "ws", response, "MCQMS_IMPORT_TIMEOUT_S")


def test_what_takes_too_much_memory_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many different statements as would take more than there may be."""
    many = "".join(f"<http://example.org/a/long/name/{n}> <http://e/p> {n} .\n" for n in range(250_000))
    with served(tmp_path / "ws", monkeypatch, memory_mb=25) as (service, _):
        response = hand_in(service, many, "text/turtle")
        _refused(service, tmp_path / "ws", response, "MCQMS_IMPORT_MEMORY_MB")


@pytest.mark.parametrize("seconds", [0.05, 0.4], ids=["while files are told apart", "while they are read"])
def test_a_reader_that_is_killed_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    with served(tmp_path / "ws", monkeypatch) as (service, held):
        held[0].readings._call(_nothing(tmp_path))
        running = held[0].readings._processes.children[0]._running
        assert running
        threading.Timer(seconds, os.kill, (running.process.pid, signal.SIGKILL)).start()
        response = hand_in(service, BULK * 10)
        _refused(service, tmp_path / "ws", response, "nothing was kept")


def _nothing(folder: Path) -> Write:
    return Write((), Settings(), folder / "none.nt", 4096)


def test_questions_are_answered_and_nothing_is_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("read in the service's own process")

    with served(tmp_path / "ws", monkeypatch) as (service, _):
        monkeypatch.setattr("mcqms_kg.store.statements.read_quads", never)
        found: list[httpx.Response] = []
        sending = threading.Thread(target=lambda: found.append(hand_in(service, BULK)))
        sending.start()
        times: list[float] = []
        while sending.is_alive():
            begun = time.monotonic()
            assert service.get("/sparql", params={"query": f"SELECT (1 AS ?n{len(times)}) {{}}"}).status_code == 200
            times.append(time.monotonic() - begun)
        assert found[0].status_code == 201 and found[0].json()["statements"] == 60_000
        assert len(times) > 10 and sorted(times)[len(times) // 2] < 1, "most are answered at once"
        assert service.post("/datasets/school/rollbacks", json={"version": 1}).json()["statements"] == 60_000
        query = "SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/mcqms/dataset/school/2> { ?s ?p ?o } }"
        assert service.get("/sparql", params={"query": query}, headers={"accept": "text/csv"}).text.split() == [
            "n",
            "60000",
        ]


@pytest.mark.parametrize("large", [100_000, 100], ids=["in one transaction", "in bulk"])
@pytest.mark.parametrize("kills", [pytest.param(2), pytest.param(20, marks=pytest.mark.slow)])
def test_the_service_is_killed_at_random_moments(tmp_path: Path, kills: int, large: int) -> None:
    create(tmp_path / "ws")
    seed = random.randrange(2**32)
    moments, said = random.Random(seed), 0
    for kill in range(kills):
        said = max(
            said, killed_after(moments.uniform(0.5, 3), "service.importing_by_http", tmp_path / "ws", large, said + 1)
        )
        with open_workspace(tmp_path / "ws") as workspace:
            found = [version for version in versions(workspace) if version.dataset == "school"]
            assert said <= len(found) <= said + 1, f"seed {seed}, kill {kill}: {said} acknowledged, {len(found)} there"
            for version in found[-2:]:
                assert sum(1 for _ in workspace.home.match(version.graph)) == STATEMENTS
            assert not list((tmp_path / "ws" / "incoming").iterdir())
        assert not verify(tmp_path / "ws").broken
        said = len(found)


_TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
_VALUES: list[Callable[[str], str]] = [terms.literal, lambda text: terms.literal(text, language="en"), lambda _: "_:x"]


@given(
    st.lists(
        st.tuples(st.sampled_from(["<http://e/a>", "_:x"]), _TEXTS, st.sampled_from(_VALUES)), min_size=1, max_size=8
    )
)
def test_what_is_written_for_the_service_is_what_was_read(found: list[tuple[str, str, Callable[[str], str]]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "a.nt"
        given.write_text(
            "".join(f"{s} <http://e/p> {value(text)} .\n" for s, text, value in found), "utf-8", newline="\n"
        )
        source = Source(given, FORMATS[".nt"])
        written = write([source, source], Settings(), Path(folder) / "b.nt")
        assert tuple(written) == read([source, source], Settings()) and len(written) == len(tuple(written))
