"""A disk without room: whoever writes is told so, without a place of this machine; others are answered, and afterwards all is as before."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from mcqms_kg.errors import Unavailable
from mcqms_kg.query.checkpoints import Checkpoints
from mcqms_kg.service.jobs import reader
from mcqms_kg.service.jobs.read_requests import Keep
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits
from service.writable import writable
from store.workspaces import hand, new_workspace, turtle

PLACE = "/srv/secret/store/000072.sst"
FULL = OSError(f"IO error: No space left on device: While appending to file: {PLACE}: No space left on device")
"""As the engine says it."""
FULL.errno = errno.ENOSPC
TURTLE = {"content-type": "text/turtle"}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[httpx.Client]:
    with new_workspace(tmp_path / "ws") as workspace:
        hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 'kept' ."))
    with writable(partial(Serving, tmp_path / "ws", QueryLimits(query_timeout_s=20), 1)) as client:
        yield client


def full(*_: Any, **__: Any) -> Any:
    raise FULL


def update(service: httpx.Client) -> httpx.Response:
    return service.post(
        "/sparql", data={"update": "INSERT DATA { GRAPH <http://g/1> { <http://e/x> <http://e/p> 1 } }"}
    )


def count(service: httpx.Client) -> str:
    return service.post(
        "/sparql", data={"query": "SELECT * { ?s <http://e/p> ?o }"}, headers={"accept": "text/csv"}
    ).text


def test_the_store_that_cannot_be_written(service: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = count(service)
    with monkeypatch.context() as patch:
        patch.setattr("mcqms_kg.store.embedded.apply", full)
        told = update(service)
        assert told.status_code == 500 and "cannot be written" in told.text and "No space left" in told.text
        assert "secret" not in told.text and "sst" not in told.text
        assert count(service) == before
    assert update(service).status_code == 204


def test_reading_goes_on_where_neither_the_store_nor_a_copy_can_be_written(
    service: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = count(service)
    with monkeypatch.context() as patch:
        patch.setattr(Checkpoints, "_copy", full)
        with patch.context() as inner:
            inner.setattr("mcqms_kg.store.embedded.apply", full)
            assert update(service).status_code == 500
        asked = service.post(
            "/sparql", data={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
        )  # asked for the first time
        assert asked.status_code == 200 and count(service) == before
        told = update(service)
        assert told.status_code == 503 and "cannot be copied" in told.text, (
            "nothing is built on a copy that may lack something"
        )
        assert count(service) == before
    assert update(service).status_code == 204
    assert "http://e/x" in service.get("/graphs", params={"graph": "http://g/1"}).text


def test_a_copy_that_has_no_room(service: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    count(service)  # from a copy that is made now
    with monkeypatch.context() as patch:
        patch.setattr(Checkpoints, "_copy", full)
        assert update(service).status_code == 204, "it is done, and seen when there is room"
        for told in (update(service), service.post("/sparql", data={"query": "ASK {}"})):
            assert told.status_code == 503 and "cannot be copied" in told.text and "secret" not in told.text
    assert count(service).count("http://e/x") == 0, "it is in a graph of its own"
    assert "http://e/x" in service.get("/graphs", params={"graph": "http://g/1"}).text


def test_an_import_that_has_no_room(service: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("mcqms_kg.service.handing_in.sha256", "mcqms_kg.service.http.uploads.run_in_threadpool"):
        with monkeypatch.context() as patch:
            patch.setattr(place, full)
            told = service.put("/datasets/new", content=b"<http://e/y> <http://e/p> 2 .", headers=TURTLE)
        assert told.status_code == 503 and "The disk cannot be written" in told.json()["detail"], place
        assert "secret" not in told.text and service.get("/datasets/new").status_code == 404
    assert service.put("/datasets/new", content=b"<http://e/y> <http://e/p> 2 .", headers=TURTLE).status_code == 201


def test_who_reads_what_is_handed_in_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "kept_files", full)
    with pytest.raises(Unavailable, match="The disk cannot be written"):
        reader.answer(Keep(tmp_path, tmp_path, 100_000))
