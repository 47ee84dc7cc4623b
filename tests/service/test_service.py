"""The service: what it answers, in which format, what it refuses, and that it goes on after a runaway."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

import mcqms_kg
from mcqms_kg.service.http.negotiation import formats
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits
from service.live import live
from store.workspaces import hand, new_workspace, turtle

LIMITS = QueryLimits(query_timeout_s=5, query_max_rows=1000, query_max_length=5000)
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GRAPH = "https://w3id.org/mcqms/dataset/school/1"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("served")
    with new_workspace(folder / "ws") as workspace:
        text = "".join(f"ex:s{n} ex:p {n} .\n" for n in range(300))
        hand(workspace, turtle(folder / "a.ttl", f"ex:a ex:p 'old' .\n{text}"))
        hand(workspace, turtle(folder / "a.ttl", f"ex:a ex:p 'new' .\n{text}"))
    with live(partial(Serving, folder / "ws", LIMITS, 2)) as client:
        yield client


def ask(service: httpx.Client, query: str, accept: str = "text/csv") -> httpx.Response:
    return service.get("/sparql", params={"query": query}, headers={"accept": accept})


def test_the_latest_version_is_asked_and_every_version_can_be_named(service: httpx.Client) -> None:
    assert ask(service, "SELECT ?o { <http://e/a> <http://e/p> ?o }").text == "o\r\nnew\r\n"
    assert ask(service, f"SELECT ?o {{ GRAPH <{GRAPH}> {{ <http://e/a> <http://e/p> ?o }} }}").text == "o\r\nold\r\n"
    both = ask(
        service,
        "PREFIX p: <http://www.w3.org/ns/prov#> SELECT ?by { GRAPH <https://w3id.org/mcqms/provenance> { ?v p:wasAttributedTo ?by } }",
    )
    assert both.text.count("agent/Ana") == 2
    assert ask(service, "SELECT ?d { mc:Provider skos:definition ?d } LIMIT 1").text.count("\n") == 2, (
        "nothing is shipped"
    )


@pytest.mark.parametrize(
    ("accept", "kind", "begins"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", b'{"head"'),
        ("application/json", "application/sparql-results+json", b'{"head"'),
        ("application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("text/csv", "text/csv; charset=utf-8", b"o\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?o\n"),
        ("text/html, text/csv;q=0.5, application/json;q=0.9", "application/sparql-results+json", b'{"head"'),
        ("text/turtle, */*;q=0.1", "application/sparql-results+json", b'{"head"'),
    ],
)
def test_formats_are_negotiated(service: httpx.Client, accept: str, kind: str, begins: bytes) -> None:
    response = ask(service, "SELECT ?o { <http://e/a> <http://e/p> ?o }", accept)
    assert response.status_code == 200 and response.headers["content-type"] == kind
    assert response.content.startswith(begins)


@pytest.mark.parametrize(
    ("accept", "kind", "format"),
    [
        ("application/trig", "application/trig", ox.RdfFormat.TRIG),
        ("application/n-quads, text/turtle;q=0.5", "application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
    ],
)
def test_a_graph_is_a_dataset_with_nothing_else(
    service: httpx.Client, accept: str, kind: str, format: ox.RdfFormat
) -> None:
    response = ask(service, "CONSTRUCT { <http://e/a> <http://e/q> ?o } WHERE { <http://e/a> <http://e/p> ?o }", accept)
    assert response.status_code == 200 and response.headers["content-type"] == kind
    (quad,) = ox.parse(response.content, format=format)
    assert isinstance(quad.graph_name, ox.DefaultGraph) and quad.predicate.value == "http://e/q"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*;q=0.9, application/sparql-results+json;q=0.1", "xml"),
        ("text/*, text/csv;q=0.1", "tsv"),
        ("*/*, text/*;q=0, application/sparql-results+json;q=0", "xml"),
        ("application/json;q=0.2, application/sparql-results+json;q=0.3, text/csv;q=0.25", "json"),
        ("text/csv;q=7, text/tab-separated-values", "csv"),
        ("text/csv;q=nan, text/turtle;q=0.001", "turtle"),
        ("text/tab-separated-values, text/csv", "tsv"),
    ],
)
def test_the_narrowest_range_counts(accept: str, expected: str) -> None:
    assert formats(accept)[0] == expected


def test_several_headers_are_one(service: httpx.Client) -> None:
    """A list may stand in several lines (RFC 9110, 5.3)."""
    lines = [("accept", "text/csv;q=0.1"), ("accept", "application/sparql-results+xml")]
    answer = service.get("/sparql", params={"query": "SELECT (1 AS ?x) {}"}, headers=lines)
    assert answer.headers["content-type"] == "application/sparql-results+xml"
    answer = service.get(
        "/sparql", params={"query": "SELECT (1 AS ?x) {}"}, headers=[lines[0], ("accept", "image/png")]
    )
    assert answer.headers["content-type"].startswith("text/csv")


def test_what_stands_in_the_address_and_in_the_form_is_refused(service: httpx.Client) -> None:
    for name in ("query", "default-graph-uri"):
        form = {"query": "ASK {}", "default-graph-uri": "http://e/g"}
        answer = service.post(f"/sparql?{name}=ASK%20%7B%7D", data=form)
        assert answer.status_code == 400 and f"{name} stands in the address" in answer.json()["detail"]


def test_weights_and_refusals_of_formats() -> None:
    assert formats("*/*;q=0.1, text/csv, application/sparql-results+json;q=0")[0] == "csv"
    assert "json" not in formats("*/*;q=0.1, text/csv, application/sparql-results+json;q=0")
    assert formats("image/png") == () and formats("text/csv;q=much") == ()
    assert formats(None)[0] == formats("*/*")[0] == "json"


@pytest.mark.parametrize(
    ("query", "accept", "status", "says"),
    [
        ("SELECT", "text/csv", 400, "must stand here"),
        ("SELECT *\n{ ?s ?p }", "text/csv", 400, "A term must stand here"),
        ("ASK { SERVICE <http://127.0.0.1:9/> {} }", "text/csv", 403, "reach outside"),
        ("DELETE WHERE { ?s ?p ?o }", "text/csv", 403, "only read"),
        ("ASK FROM <file:///etc/passwd> {}", "application/json", 403, "There is no graph"),
        ("ASK {}", "text/turtle", 406, "Known: json"),
        ("ASK {}", "image/png", 406, "Known: application/sparql-results+json"),
        ("SELECT * { ?s ?p ?o . ?a ?b ?c }", "text/csv", 413, "more than 1000 rows"),
        ("ASK { <http://e/none> <http://e/p>* ?y }", "application/json", 422, "not in the data"),
        (RUNAWAY, "text/csv", 503, "longer than 5 s"),
        ("ASK {} #" + "x" * 5000, "application/json", 400, "longer than 5000 characters"),
    ],
)
def test_what_is_refused_is_a_problem(service: httpx.Client, query: str, accept: str, status: int, says: str) -> None:
    response = ask(service, query, accept)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert says in response.json()["detail"] and response.json()["status"] == status
    assert ("retry-after" in response.headers) == (status == 503)


def test_a_problem_has_the_place_in_the_query(service: httpx.Client) -> None:
    found = ask(service, "SELECT *\n{ ?s ?p }").json()
    assert (found["title"], found["line"], found["column"]) == ("BadQuery", 2, 9)


def test_others_are_answered_while_a_query_runs_away(service: httpx.Client) -> None:
    statuses: list[int] = []
    thread = threading.Thread(target=lambda: statuses.append(ask(service, RUNAWAY).status_code))
    thread.start()
    time.sleep(0.3)
    assert ask(service, "SELECT ?o { <http://e/a> <http://e/p> ?o }").text == "o\r\nnew\r\n"
    assert thread.is_alive()
    thread.join()
    assert statuses == [503]


def test_unchanged_answers_are_not_sent_again(service: httpx.Client) -> None:
    first = ask(service, "ASK {}", "application/json")
    tag = first.headers["etag"]
    again = service.get(
        "/sparql", params={"query": "ASK {}"}, headers={"accept": "application/json", "if-none-match": tag}
    )
    assert again.status_code == 304 and not again.content
    for known in (f"W/{tag}", f'"x", W/{tag}', "*"):
        headers = {"accept": "application/json", "if-none-match": known}
        assert service.get("/sparql", params={"query": "ASK {}"}, headers=headers).status_code == 304, known
    other = service.get("/sparql", params={"query": "ASK {}"}, headers={"if-none-match": '"other"'})
    assert other.status_code == 200


def test_graphs_are_read_and_not_written_by_just_anybody(service: httpx.Client) -> None:
    old = service.get("/graphs", params={"graph": GRAPH}, headers={"accept": "application/n-triples"})
    assert old.status_code == 200 and old.text.count(" .\n") == 301 and '"old"' in old.text
    assert service.get("/graphs?default").headers["content-type"].startswith("text/turtle")
    head = service.head("/graphs", params={"graph": GRAPH})
    assert head.status_code == 200 and not head.content
    assert service.get("/graphs", params={"graph": "http://e/none"}).status_code == 404
    assert service.head("/graphs", params={"graph": "http://e/none"}).status_code == 404
    assert service.get("/graphs").status_code == 400
    assert service.get(f"/graphs?default&graph={GRAPH}").status_code == 400
    assert service.get("/graphs?default", headers={"accept": "text/csv"}).status_code == 406
    for method, status in (("PUT", 401), ("POST", 401), ("DELETE", 401), ("PATCH", 405)):
        for named in ({"graph": GRAPH}, {"graph": "http://e/new"}, {"default": ""}):
            assert service.request(method, "/graphs", params=named, content=b"").status_code == status


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"content-type": "application/sparql-query"}, b"ASK {}", 200),
        ({"content-type": "application/sparql-query; charset=utf-16"}, "ASK {}".encode("utf-16"), 415),
        ({"content-type": "application/sparql-query"}, b"ASK { \xff }", 400),
        ({"content-type": "application/x-www-form-urlencoded"}, b"query=ASK%20%7B%FF%7D", 400),
        ({"content-type": "application/x-www-form-urlencoded"}, b"&".join([b"a=1"] * 5000), 400),
        ({"content-type": "application/x-www-form-urlencoded"}, b"update=CLEAR+ALL", 401),
        ({"content-type": "application/sparql-update"}, b"CLEAR ALL", 401),
        ({"content-type": "multipart/form-data; boundary=x"}, b"--x--", 415),
        ({"content-type": "application/sparql-query"}, b"#" * 30_000, 413),
        ({}, b"ASK {}", 415),
    ],
)
def test_bodies(service: httpx.Client, headers: dict[str, str], body: bytes, status: int) -> None:
    assert service.post("/sparql", content=body, headers=headers).status_code == status


def test_another_name_for_this_machine_is_not_answered(service: httpx.Client) -> None:
    """A page in a browser that points its own name at this machine gets nothing."""
    response = service.get("/sparql?query=ASK%20%7B%7D", headers={"host": "evil.example"})
    assert response.status_code == 400 and "boolean" not in response.text


def test_every_response_forbids_what_browsers_might_do(service: httpx.Client) -> None:
    for response in (ask(service, "ASK {}"), service.get("/graphs"), service.get("/nothing")):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org", ""])  # noqa: S104  # they must be refused
def test_other_machines_are_not_served(tmp_path: Path, host: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mcqms_kg", "serve", "--host", host],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
    )
    assert done.returncode == 2 and "can be reached from other machines" in done.stderr


def test_from_the_command_line(tmp_path: Path) -> None:
    mcqms_kg.init(tmp_path / "ws")
    file = turtle(tmp_path / "a.ttl", "ex:a ex:p 1 .")
    mcqms_kg.import_files([file], "school", workspace=tmp_path / "ws")
    command = [sys.executable, "-m", "mcqms_kg", "serve", "--port", "18473", "--workspace", str(tmp_path / "ws")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ}) as running:
        try:
            assert running.stderr and "http://127.0.0.1:18473/" in running.stderr.readline()
            for _ in range(200):
                try:
                    answer = httpx.get("http://127.0.0.1:18473/sparql", params={"query": "ASK { ?s ?p 1 }"}, timeout=30)
                    break
                except httpx.ConnectError:
                    time.sleep(0.1)
            assert answer.json()["boolean"] is True
            with pytest.raises(mcqms_kg.errors.WorkspaceError, match="ask the service"):
                mcqms_kg.datasets(workspace=tmp_path / "ws")
        finally:
            running.terminate()
    assert mcqms_kg.datasets(workspace=tmp_path / "ws")
