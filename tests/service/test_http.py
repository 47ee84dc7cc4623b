"""HTTP as it should be: methods, compression, tags, and large answers that do not fill the memory."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest

from mcqms_kg.query.engine.capped import IN_MEMORY
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import MEBIBYTE, QueryLimits, UpdateLimits
from service.writable import writable
from store.workspaces import hand, new_workspace, turtle

ROWS = 60_000
ALL = "SELECT ?o { <http://e/s> <http://e/p> ?o }"
CSV = {"accept": "text/csv", "accept-encoding": "identity"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    with new_workspace(folder / "ws") as workspace:
        hand(
            workspace,
            turtle(folder / "a.ttl", "".join(f"ex:s ex:p 'a text of some length {n}' .\n" for n in range(ROWS))),
        )
    return folder


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[httpx.Client]:
    with writable(partial(Serving, folder / "ws", QueryLimits(), 1, UpdateLimits())) as client:
        yield client


def ask(service: httpx.Client, query: str, **headers: str) -> httpx.Response:
    return service.get("/sparql", params={"query": query}, headers={**CSV, **headers})


def test_large_answers_come_whole(service: httpx.Client, folder: Path) -> None:
    answer = ask(service, ALL)
    assert answer.status_code == 200 and len(answer.text.splitlines()) == ROWS + 1
    assert len(answer.content) > 1.5 * IN_MEMORY and answer.headers["content-length"] == str(len(answer.content))
    assert hashlib.sha256(answer.content).hexdigest()[:32] in answer.headers["etag"]
    assert not list((folder / "ws" / "checkpoints").glob("answer-*")), "no file is left"
    again = ask(service, ALL, **{"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304 and not again.content


def test_small_and_large_answers_are_compressed_for_who_can_read_it(service: httpx.Client) -> None:
    plain = ask(service, ALL)
    with service.stream("GET", "/sparql", params={"query": ALL}, headers={**CSV, "accept-encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip" and len(raw) < len(plain.content) / 3
    assert gzip.decompress(raw) == plain.content
    assert packed.headers["etag"] != plain.headers["etag"] and "Accept-Encoding" in packed.headers["vary"]
    same = ask(service, ALL, **{"accept-encoding": "gzip", "if-none-match": packed.headers["etag"]})
    assert same.status_code == 304
    assert "content-encoding" not in ask(service, ALL, **{"accept-encoding": "br, gzip;q=0"}).headers
    small = ask(service, "SELECT ?x { VALUES ?x { 1 } }", **{"accept-encoding": "gzip"})
    assert "content-encoding" not in small.headers


def test_a_limit_met_late_gives_no_part_of_an_answer(tmp_path: Path) -> None:
    with new_workspace(tmp_path / "own") as workspace:
        hand(
            workspace,
            turtle(tmp_path / "a.ttl", "".join(f"ex:s ex:p 'a text of some length {n}' .\n" for n in range(ROWS))),
        )
    limits = QueryLimits(query_max_bytes=2 * MEBIBYTE - 1000, query_max_rows=ROWS - 10)
    with writable(partial(Serving, tmp_path / "own", limits, 1, UpdateLimits())) as service:
        answer = ask(service, ALL)
        assert answer.status_code == 413 and answer.headers["content-type"] == "application/problem+json"
        assert not list((tmp_path / "own" / "checkpoints").glob("answer-*"))


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/sparql", "GET, HEAD, POST, OPTIONS"),
        ("/graphs", "GET, HEAD, PUT, POST, DELETE, OPTIONS"),
        ("/datasets", "GET, HEAD, OPTIONS"),
        ("/datasets/school", "GET, HEAD, POST, PUT, OPTIONS"),
        ("/checks", "POST, OPTIONS"),
        ("/jobs/x", "GET, HEAD, DELETE, OPTIONS"),
        ("/health/live", "GET, HEAD, OPTIONS"),
        ("/", "GET, HEAD, OPTIONS"),
    ],
)
def test_methods(service: httpx.Client, path: str, allowed: str) -> None:
    told = service.options(path)
    assert (told.status_code, told.headers["allow"]) == (204, allowed)
    for method in {"PUT", "DELETE", "PATCH", "TRACE"} - set(allowed.split(", ")):
        refused = service.request(method, path)
        assert (refused.status_code, refused.headers["allow"]) == (405, allowed)
        assert refused.headers["content-type"] == "application/problem+json"


def test_head_is_get_without_a_body(service: httpx.Client) -> None:
    for query in (ALL, "ASK {}"):
        headers = {"accept": "application/sparql-results+json", "accept-encoding": "identity"}
        full = service.get("/sparql", params={"query": query}, headers=headers)
        head = service.head("/sparql", params={"query": query}, headers=headers)
        assert head.status_code == 200 and not head.content
        for name in ("content-type", "content-length", "etag"):
            assert head.headers[name] == full.headers[name]


@pytest.mark.parametrize(
    "path",
    ["/", "/datasets", "/datasets/school", "/questions", "/health/live", "/metrics", "/openapi.json", "/nothing"],
)
def test_head_is_there_where_get_is(service: httpx.Client, path: str) -> None:
    full, head = service.get(path), service.head(path)
    assert (head.status_code, head.content) == (full.status_code, b"")
    assert head.headers["content-type"] == full.headers["content-type"]


def test_a_part_is_not_taken_for_the_whole(service: httpx.Client) -> None:
    part = {"content-type": "text/turtle", "content-range": "bytes 0-18/100"}
    for method, path in (("PUT", "/graphs?graph=http://g/part"), ("PUT", "/datasets/part"), ("POST", "/datasets/part")):
        refused = service.request(method, path, content=b"<x:a> <x:b> <x:c> .", headers=part)
        assert refused.status_code == 400 and "Send all of it" in refused.text
    assert service.get("/graphs?graph=http://g/part").status_code == 404
