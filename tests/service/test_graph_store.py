"""Graphs over HTTP: written whole, added to, dropped; media types, conditions, limits."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import MEBIBYTE, QueryLimits, UpdateLimits
from service.writable import writable
from store.workspaces import new_workspace

TURTLE, NT = {"content-type": "text/turtle"}, {"accept": "application/n-triples"}
G1 = {"graph": "http://g/1"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "ws"
    new_workspace(folder).close()
    return folder


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[httpx.Client]:
    limits = UpdateLimits(update_max_bytes=5 * MEBIBYTE)
    with writable(partial(Serving, folder, QueryLimits(), 1, limits)) as client:
        yield client


@pytest.fixture(autouse=True)
def emptied(service: httpx.Client) -> None:
    assert service.post("/sparql", data={"update": "DROP SILENT ALL"}).status_code == 204


def got(service: httpx.Client, **parameters: str) -> list[str]:
    answer = service.get("/graphs", params=parameters, headers=NT)
    assert answer.status_code == 200, answer.text
    return sorted(answer.text.splitlines())


def test_replace_merge_and_drop(service: httpx.Client) -> None:
    first = service.put("/graphs", params=G1, content="<s> <http://e/p> 1 .", headers=TURTLE)
    assert (first.status_code, first.headers["location"]) == (201, "http://g/1")
    assert service.post("/graphs", params=G1, content="<s> <http://e/p> 2 .", headers=TURTLE).status_code == 204
    assert len(got(service, **G1)) == 2 and got(service, **G1)[0].startswith("<http://g/s>")
    assert service.put("/graphs", params=G1, content="<s> <http://e/p> 3 .", headers=TURTLE).status_code == 204
    assert [line.split('"')[1] for line in got(service, **G1)] == ["3"]
    assert service.delete("/graphs", params=G1).status_code == 204
    assert service.delete("/graphs", params=G1).status_code == 404
    assert service.get("/graphs", params=G1).status_code == service.head("/graphs", params=G1).status_code == 404


def test_the_unnamed_graph_is_always_there(service: httpx.Client) -> None:
    assert got(service, default="") == []
    assert service.put("/graphs?default", content="<http://e/s> <http://e/p> 1 .", headers=TURTLE).status_code == 204
    assert len(got(service, default="")) == 1
    assert service.delete("/graphs?default").status_code == 204
    assert got(service, default="") == []


def test_graphs_without_statements_are_graphs(service: httpx.Client) -> None:
    assert service.put("/graphs", params=G1, content="", headers=TURTLE).status_code == 201
    assert got(service, **G1) == []
    assert service.put("/graphs", params=G1, content="# nothing", headers=TURTLE).status_code == 204
    assert service.post("/graphs", params={"graph": "http://g/2"}, content="", headers=TURTLE).status_code == 201


def test_the_address_is_a_name(service: httpx.Client) -> None:
    made = service.put("/graphs/school/2026", content="<> <http://e/p> <x> .", headers=TURTLE)
    address = f"{str(service.base_url).rstrip('/')}/graphs/school/2026"
    assert (made.status_code, made.headers["location"]) == (201, address)
    assert got(service, graph=address) == [f"<{address}> <http://e/p> <{address.replace('2026', 'x')}> ."]
    assert service.get("/graphs/school/2026", params=G1).status_code == 400
    assert service.get("/graphs/school/none").status_code == 404
    assert service.delete("/graphs/school/2026").status_code == 204


@pytest.mark.parametrize("name", ["é", "\u202eabc", "漢字", "\U0001f600"])
def test_names_in_any_letters(service: httpx.Client, name: str) -> None:
    graph = f"http://g/{name}"
    made = service.put("/graphs", params={"graph": graph}, content=b"<http://e/s> <http://e/p> 1 .", headers=TURTLE)
    assert (made.status_code, made.headers["location"]) == (201, f"http://g/{quote(name)}")
    assert len(got(service, graph=graph)) == 1
    assert service.delete("/graphs", params={"graph": graph}).status_code == 204


def test_a_new_graph_gets_a_name(service: httpx.Client) -> None:
    made = [service.post("/graphs", content="<> <http://e/p> 1 .", headers=TURTLE) for _ in "ab"]
    first, second = (response.headers["location"] for response in made)
    assert first != second and {response.status_code for response in made} == {201}
    assert service.get(first, headers=NT).text.startswith(f"<{first}> <http://e/p>")


def test_blank_nodes_of_each_body_are_its_own(service: httpx.Client) -> None:
    for _ in "ab":
        service.post("/graphs", params=G1, content="_:b <http://e/p> 1 .", headers=TURTLE)
    assert len(got(service, **G1)) == 2


def test_parts_of_a_form(service: httpx.Client) -> None:
    files = {
        "one": ("one.ttl", b"_:b <http://e/p> 1 .", "text/turtle; charset=utf-8"),
        "two": ("two.nt", b"_:b <http://e/p> <http://e/o> .\n", "application/n-triples"),
        "three": ("three.jsonld", b'{"@id": "http://e/s", "http://e/p": [{"@value": "x"}]}', "application/ld+json"),
    }
    assert service.post("/graphs", params=G1, files=files).status_code == 201
    assert len(got(service, **G1)) == 3
    bad = {"one": ("one.csv", b"a,b", "text/csv")}
    refused = service.post("/graphs", params=G1, files=bad)
    assert refused.status_code == 400 and "text/csv" in refused.json()["detail"]
    form = {"content-type": "multipart/form-data; boundary=x"}
    assert service.post("/graphs", params=G1, content=b"no form", headers=form).status_code == 400
    assert len(got(service, **G1)) == 3


@pytest.mark.parametrize(
    ("content", "headers", "status", "says"),
    [
        (b"<a> <b>", TURTLE, 400, "not well-formed"),
        (b"s,p,o", {"content-type": "text/csv"}, 415, "text/turtle"),
        (b"<http://e/s> <http://e/p> 1 .", {}, 415, "text/turtle"),
        (b"<http://e/s> <http://e/p> 1 .", {"content-type": "text/turtle; charset=latin-1"}, 415, "UTF-8"),
        (b"<http://e/s> <http://e/p> 1 .", {**TURTLE, "content-encoding": "br"}, 415, "gzip"),
        (b"<http://e/s> <http://e/p> 1 .", {**TURTLE, "content-encoding": "gzip"}, 400, "not gzip"),
        (
            gzip.compress(b"<http://e/s> <http://e/p> 1 .", mtime=0)[:-9],
            {**TURTLE, "content-encoding": "gzip"},
            400,
            "too early",
        ),
        (gzip.compress(b"#" * 6 * MEBIBYTE, mtime=0), {**TURTLE, "content-encoding": "gzip"}, 413, "larger"),
        (b"#" * 6 * MEBIBYTE, TURTLE, 413, "larger"),
        (b"<http://e/s> <http://e/p> <http://e/o> <http://g/2> .", {"content-type": "application/n-quads"}, 415, ""),
        (b'{"@graph": [], "@context": "http://127.0.0.1:9/"}', {"content-type": "application/ld+json"}, 400, "remote"),
        (
            b'{"@id": "http://g/2", "@graph": [{"@id": "http://e/s", "http://e/p": 1}]}',
            {"content-type": "application/ld+json"},
            400,
            "names graphs",
        ),
        (
            b'<!DOCTYPE x [<!ENTITY a "b">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
            {"content-type": "application/rdf+xml"},
            400,
            "DTD",
        ),
    ],
)
def test_bodies_that_are_refused(
    service: httpx.Client, content: bytes, headers: dict[str, str], status: int, says: str
) -> None:
    refused = service.put("/graphs", params=G1, content=content, headers=headers)
    assert refused.status_code == status, refused.text
    assert says in refused.json()["detail"] and refused.headers["content-type"] == "application/problem+json"
    assert service.get("/graphs", params=G1).status_code == 404


def test_gzip_is_read(service: httpx.Client) -> None:
    content = gzip.compress(b"<http://e/s> <http://e/p> 1 .", mtime=0)
    assert service.put("/graphs", params=G1, content=content, headers={**TURTLE, "content-encoding": "gzip"}).is_success
    assert len(got(service, **G1)) == 1


@pytest.mark.parametrize("graph", ["https://w3id.org/mcqms/dataset/shipped/1", "https://w3id.org/mcqms/new"])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_what_is_ours_never_changes(service: httpx.Client, method: str, graph: str) -> None:
    refused = service.request(method, "/graphs", params={"graph": graph}, content="", headers=TURTLE)
    assert refused.status_code == 403 and "never changes" in refused.json()["detail"]


@pytest.mark.parametrize("graph", ["relative", "", "http://e/ space", "http://e/>", "http://e/\u0000"])
def test_names_that_are_none(service: httpx.Client, graph: str) -> None:
    for method in ("GET", "PUT", "DELETE"):
        assert service.request(method, "/graphs", params={"graph": graph}, headers=TURTLE).status_code == 400


def test_only_what_was_seen_is_overwritten(service: httpx.Client) -> None:
    service.put("/graphs", params=G1, content="<s> <http://e/p> 1 .", headers=TURTLE)
    tags = [
        service.get("/graphs", params=G1, headers={"accept": accept}).headers["etag"]
        for accept in ("text/turtle", "application/ld+json")
    ]

    def put(content: str, **headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return service.put("/graphs", params=G1, content=content, headers={**TURTLE, **named}).status_code

    assert put("<s> <http://e/p> 2 .", if_match=tags[1]) == 204
    assert put("<s> <http://e/p> 3 .", if_match=tags[0]) == 412
    assert put("<s> <http://e/p> 3 .", if_none_match="*") == 412
    assert put("<s> <http://e/p> 3 .", if_match="*") == 204
    assert put("<s> <http://e/p> 4 .", if_match='W/"x", "turtle-0"') == 412
    gone = service.delete("/graphs", params=G1, headers={"if-match": tags[0]})
    assert gone.status_code == 412 and got(service, **G1)[0].split('"')[1] == "3"
    assert service.delete("/graphs", params=G1).status_code == 204
    assert put("", if_match="*") == 412
    assert put("", if_none_match="*") == 201


def test_of_two_who_change_the_same_one_is_told(service: httpx.Client) -> None:
    service.put("/graphs", params=G1, content="<s> <http://e/p> 0 .", headers=TURTLE)
    tag = service.get("/graphs", params=G1, headers={"accept": "text/turtle"}).headers["etag"]
    statuses: list[int] = []

    def change(number: int) -> None:
        answer = httpx.put(
            service.base_url.join("/graphs"),
            params=G1,
            content=f"<s> <http://e/p> {number} .",
            headers={**TURTLE, "if-match": tag},
            timeout=60,
        )
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=change, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [204, 412, 412, 412]


def test_nothing_is_left_of_what_was_sent(service: httpx.Client, folder: Path) -> None:
    for content in ("<a> <b>", "<a> <http://e/p> 1 ."):
        service.put("/graphs", params=G1, content=content, headers=TURTLE)
    assert not list((folder / "incoming").iterdir()) and not (folder / "checkpoints" / "scratch").exists()
