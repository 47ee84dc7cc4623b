"""Attacks on the REST API: names that are ways, files that are none, jobs of others, options that are code."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

LOCAL = "http://127.0.0.1:9/x"
QUESTION = "/questions/problems_still_open?date=2026-06-30"
TURTLE = b"<x:s> <x:p> 1 ."
_SHAPES = "@prefix sh: <http://www.w3.org/ns/shacl#> . <x:S> a sh:NodeShape ; sh:targetSubjectsOf <x:p> ; "


class Rest(NamedTuple):
    """A request of `who`, with files under names, fields, or JSON."""

    name: str
    promise: str
    method: str
    path: str
    status: int
    says: str = ""
    who: str = "admin"
    files: Sequence[tuple[str, str, bytes]] = ()
    fields: Mapping[str, str] = {}
    json: Any = None
    body: bytes | None = None
    headers: Mapping[str, str] = {}


def _handed(name: str, file: str, content: bytes, status: int, promise: str = "files", says: str = "") -> Rest:
    return Rest(name, promise, "POST", "/datasets/mine", status, says, files=[("data", file, content)])


def _shapes(name: str, shapes: str, status: int, says: str = "") -> Rest:
    files = [("data", "data.ttl", TURTLE), ("shapes", "shapes.ttl", (_SHAPES + shapes).encode())]
    return Rest(name, "shapes", "POST", "/validations", status, says, files=files)


def _select(select: str) -> str:
    return f"sh:sparql [ sh:message 'm' ; sh:select '{select}' ] ."


RESTS = (
    # names that are ways
    _handed("a file up the folders", "../../../../var/evil.ttl", TURTLE, 400, "names"),
    _handed("a file with an absolute name", "/etc/cron.d/evil.ttl", TURTLE, 400, "names"),
    _handed("a file with backslashes", "..\\..\\evil.ttl", TURTLE, 400, "names"),
    _handed("a file without a name", "", TURTLE, 400, "names"),
    Rest("a dataset up the folders", "names", "GET", "/datasets/..%2f..%2fetc", 404),
    Rest(
        "a dataset in capitals",
        "names",
        "POST",
        "/datasets/MINE",
        400,
        body=TURTLE,
        headers={"content-type": "text/turtle"},
    ),
    Rest(
        "a dataset that is ours",
        "names",
        "POST",
        "/datasets/shipped",
        403,
        body=TURTLE,
        headers={"content-type": "text/turtle"},
    ),
    Rest(
        "a file of a version up the folders",
        "names",
        "GET",
        "/datasets/school/versions/1/files/..%2f..%2f..%2ftokens.json",
        404,
    ),
    Rest("a file of a version that is absolute", "names", "GET", "/datasets/school/versions/1/files//etc/passwd", 404),
    Rest("a version below zero", "names", "GET", "/datasets/school/versions/-1", 400),
    Rest("a version without end", "names", "GET", "/datasets/school/versions/99999999999999999999", 400),
    Rest(
        "a profile up the folders",
        "names",
        "POST",
        "/checks",
        404,
        json={"dataset": "school", "profile": "../../../etc/passwd"},
    ),
    Rest(
        "an engine that is a module", "names", "POST", "/checks", 400, json={"dataset": "school", "engine": "os.system"}
    ),
    Rest("a question up the folders", "names", "GET", "/questions/..%2f..%2fsecret", 404),
    # files that are none
    _handed("a bomb of entities", "a.rdf", b"<!DOCTYPE r [<!ENTITY a 'b'>]><r/>", 400, says="document type"),
    _handed("a context from the network", "a.jsonld", f'{{"@context": "{LOCAL}", "@id": "x:a"}}'.encode(), 400),
    _handed("a page", "a.ttl", b"<html>", 400),
    _handed("a program", "a.exe", b"MZ", 400),
    Rest(
        "a bomb of gzip",
        "requests",
        "POST",
        "/datasets/mine",
        413,
        body=gzip.compress(b"#" * 200_000_000, mtime=0),
        headers={"content-type": "text/turtle", "content-encoding": "gzip"},
    ),
    Rest(
        "streams of gzip behind each other",
        "requests",
        "POST",
        "/datasets/mine",
        400,
        "behind the gzip stream",
        body=gzip.compress(b"#" * 3_000_000, mtime=0) * 3,
        headers={"content-type": "text/turtle", "content-encoding": "gzip"},
    ),
    Rest(
        "a form without parts",
        "requests",
        "POST",
        "/datasets/mine",
        400,
        body=b"",
        headers={"content-type": "multipart/form-data"},
    ),
    Rest(
        "a form without end",
        "requests",
        "POST",
        "/datasets/mine",
        400,
        body=b"--x\r\n" * 1000,
        headers={"content-type": "multipart/form-data; boundary=x"},
    ),
    Rest(
        "JSON within JSON",
        "requests",
        "POST",
        "/checks",
        400,
        body=b"[" * 50_000,
        headers={"content-type": "application/json"},
    ),
    Rest("JSON with more than is asked", "requests", "POST", "/checks", 400, json={"dataset": "school", "admin": True}),
    Rest(
        "a field that is not known",
        "requests",
        "POST",
        "/datasets/mine",
        400,
        files=[("data", "a.ttl", TURTLE)],
        fields={"by": "x"},
    ),
    # shapes that are code
    _shapes(
        "a shape that asks the network",
        _select(f"SELECT $this {{ SERVICE <{LOCAL}> {{ $this ?p ?o }} }}"),
        422,
        "SERVICE",
    ),
    _shapes(
        "a shape that reads a file", _select("SELECT $this FROM <file:///etc/passwd> { $this ?p ?o }"), 422, "FROM"
    ),
    # what is somebody else's
    Rest("another's dataset", "private", "GET", "/datasets/others", 404, who="provider"),
    Rest("another's dataset, checked", "private", "POST", "/checks", 404, who="provider", json={"dataset": "others"}),
    Rest(
        "another's dataset, written",
        "roles",
        "POST",
        "/datasets/others",
        403,
        who="provider",
        body=TURTLE,
        headers={"content-type": "text/turtle"},
    ),
    Rest(
        "another's dataset, rolled back",
        "roles",
        "POST",
        "/datasets/others/rollbacks",
        403,
        who="provider",
        json={"version": 1},
    ),
    Rest(
        "a dataset handed in by an auditor",
        "roles",
        "POST",
        "/datasets/others",
        403,
        who="auditor",
        body=TURTLE,
        headers={"content-type": "text/turtle"},
    ),
    Rest("a check by nobody", "roles", "POST", "/checks", 401, who="nobody", json={"dataset": "school"}),
    Rest("a job that was guessed", "private", "GET", f"/jobs/{'0' * 32}", 404, who="provider"),
    Rest("a job up the folders", "names", "GET", "/jobs/..%2f..%2fetc", 404, who="provider"),
    Rest("a value of a question that is a query", "parameters", "GET", f"{QUESTION}%27%20%7D%20DROP%20ALL", 400),
    Rest("a parameter of a question that it has not", "parameters", "GET", f"{QUESTION}&graph=x", 400),
)
