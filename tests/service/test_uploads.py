"""What is handed in over HTTP is bounded and strict: sizes, packed bodies, forms, shapes that are code, and random bytes."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcqms_kg.service.http.uploads import DOCUMENTS
from service.served import Api, served, story_workspace

TURTLE = {"content-type": "text/turtle"}
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .
e:shape a sh:NodeShape ; sh:targetClass e:C ; """
DATA = "@prefix e: <http://e/> . e:a a e:C ; e:name 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' ."


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A service that takes 100,000 bytes and three files, and gives a check ten seconds."""
    limits = {"UPLOAD_MAX_BYTES": "100000", "UPLOAD_MAX_FILES": "3", "CHECK_TIMEOUT_S": "10"}
    settings = {f"MCQMS_{name}": value for name, value in limits.items()}
    with served(story_workspace(tmp_path_factory.mktemp("small")), settings) as client:
        yield client


def test_packed_bodies_are_unpacked(small: Api) -> None:
    packed = gzip.compress(DATA.encode(), mtime=0)
    found = small.post("/datasets/packed", content=packed, headers={**TURTLE, "content-encoding": "gzip"})
    assert found.status_code == 201
    assert small.get("/datasets/packed/versions/1/files/data.ttl").text == DATA


@pytest.mark.parametrize(
    ("body", "headers", "status", "says"),
    [
        (b"#" * 100_001, TURTLE, 413, "larger than 100000 bytes"),
        (gzip.compress(b"#" * 50_000_000, mtime=0), {**TURTLE, "content-encoding": "gzip"}, 413, "larger than"),
        (gzip.compress(DATA.encode(), mtime=0)[:-9], {**TURTLE, "content-encoding": "gzip"}, 400, "cut short"),
        (b"no gzip", {**TURTLE, "content-encoding": "gzip"}, 400, "not gzip"),
        (gzip.compress(b"#", mtime=0) * 2, {**TURTLE, "content-encoding": "gzip"}, 400, "behind the gzip stream"),
        (zlib.compress(b"#"), {**TURTLE, "content-encoding": "deflate"}, 415, "packed by"),
        (b"", TURTLE, 400, "holds no statement"),
        (b"{}", {"content-type": "application/x-www-form-urlencoded"}, 415, "The body is"),
        (b"--x\r\n", {"content-type": "multipart/form-data; boundary=x"}, 400, ""),
        (b"x", {"content-type": "multipart/form-data"}, 400, "boundary"),
        (
            b'--x\r\nContent-Disposition: form-data; name="data"; filename="a.ttl"\r\n\r\n<http://e/a>',
            {"content-type": "multipart/form-data; boundary=x"},
            400,
            "cut short",
        ),
        (b"<!DOCTYPE x []><x/>", {"content-type": "application/rdf+xml"}, 400, "document type"),
        (b'{"@context": "http://127.0.0.1:9/c"}', {"content-type": "application/ld+json"}, 400, "remote context"),
        (b"[" * 50_000, {"content-type": "application/ld+json"}, 400, "nested deeper"),
    ],
)
def test_what_is_refused(small: Api, body: bytes, headers: dict[str, str], status: int, says: str) -> None:
    for address in ("/checks", "/datasets/refused"):
        found = small.post(address, content=body, headers=headers)
        assert (found.status_code, found.headers["content-type"]) == (status, "application/problem+json"), found.text
        assert says in found.json()["detail"]
    assert small.get("/datasets/refused").status_code == 404


def test_forms_are_bounded(small: Api) -> None:
    def post(files: list[tuple[str, tuple[str, bytes]]], **values: str) -> httpx.Response:
        return small.post("/checks", files=files, data=values)

    one = ("data", ("a.ttl", DATA.encode()))
    assert "Too many files" in post([("data", (f"{n}.ttl", DATA.encode())) for n in range(4)]).json()["detail"]
    assert "Too many fields" in post([one], **{f"f{n}": "" for n in range(30)}).json()["detail"]
    assert "No field of files" in post([("other", ("a.ttl", b""))]).json()["detail"]
    assert "maximum size" in post([one], profile="x" * 20_000).json()["detail"]
    assert "more" in post([one], more="1").json()["detail"]
    assert post([one], as_of="2026-13-01").status_code == 400


@pytest.mark.parametrize(
    ("shapes", "status", "says"),
    [
        (
            "sh:sparql [ sh:select 'SELECT $this WHERE { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }' ] .",
            422,
            "SERVICE",
        ),
        ("sh:sparql [ sh:select 'SELECT $this FROM <file:///etc/passwd> WHERE { $this ?p ?o }' ] .", 422, "FROM"),
        ("sh:sparql [ sh:select 'SELECT $this WHERE { S\\\\u0045RVICE <http://e/> { $this ?p ?o } }' ] .", 422, ""),
        ("sh:js [ ] ; sh:property [ sh:path e:p ; sh:pattern '(' ] .", 422, ""),
        ("sh:entailment <http://www.w3.org/ns/entailment/RDFS> .", 422, "entailment"),
        ("sh:property [ sh:path 5 ] .", 422, ""),
    ],
)
def test_shapes_that_would_reach_out_are_refused(small: Api, shapes: str, status: int, says: str) -> None:
    files = [("data", ("data.ttl", DATA.encode())), ("shapes", ("shapes.ttl", (SHAPES + shapes).encode()))]
    found = small.post("/validations", files=files)
    assert found.status_code == status, found.text
    assert says in found.json()["detail"]


@pytest.mark.parametrize("field", ["data", "shapes"])
def test_relative_iris_are_refused_and_no_path_of_the_machine_is_told(small: Api, field: str) -> None:
    given = {"data": DATA, "shapes": SHAPES + "sh:property [ sh:path e:p ] ."}
    given[field] += " <#here> <http://e/p> 1 ."
    found = small.post("/validations", files=[(name, (f"{name}.ttl", text.encode())) for name, text in given.items()])
    assert found.status_code == 400, found.text
    assert "relative IRI" in found.json()["detail"]
    assert found.json()["file"] == f"{field}/{field}.ttl"
    assert "file:" not in found.text


def test_a_pattern_that_never_ends_is_not_decided(small: Api) -> None:
    shapes = SHAPES + "sh:property e:named . e:named sh:path e:name ; sh:pattern '^(a+)+(?=b)$' ."
    files = [("data", ("data.ttl", DATA.encode())), ("shapes", ("shapes.ttl", shapes.encode()))]
    found = small.post("/validations", files=files)
    assert found.status_code in (422, 503) or found.json()["conforms"] is False
    assert small.get("/health/live").status_code == 200


_PIECES = st.sampled_from(
    [
        *(b"<http://e/a> ", b"<http://e/p> ", b'"x"@en', b"^^", b"<", b"_:b ", b" .\n", b"[", b"]", b"{", b"}", b"("),
        *(b"@prefix e: <http://e/> .\n", b"e:a ", b"'''", b'"', b"\\u0041", b"\\uD800", b"\xff", b"\x00", b"a ", b")"),
        *(
            b'{"@id": "http://e/a"',
            b', "http://e/p": ',
            b'{"@value": 1, "@type": "@json"}',
            b'"@context": {"@vocab": "x:"}',
        ),
        *(
            b"<?xml version='1.0'?>",
            b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>",
            b"</rdf:RDF>",
        ),
        *(
            b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
            b"&b;",
            b"<rdf:Description rdf:about='a'/>",
            b"1e400",
            b"<<",
            b">>",
            b"#\n",
        ),
    ]
)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(kind=st.sampled_from(sorted(DOCUMENTS)), pieces=st.lists(_PIECES, max_size=14))
def test_random_documents_are_taken_or_refused_with_a_reason(small: Api, kind: str, pieces: list[bytes]) -> None:
    found = small.post("/datasets/random", content=b"".join(pieces), headers={"content-type": kind})
    assert found.status_code in (201, 400, 422), found.text
    if found.status_code != 201:
        assert found.headers["content-type"] == "application/problem+json" and len(found.json()["detail"]) > 10


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    head=st.binary(max_size=60),
    body=st.binary(max_size=200),
    name=st.text(max_size=30),
    encoding=st.sampled_from(["identity", "gzip", "br", "gzip, gzip"]),
)
def test_random_forms_are_refused(small: Api, head: bytes, body: bytes, name: str, encoding: str) -> None:
    disposition = f'Content-Disposition: form-data; name="data"; filename="{name}"'.encode("utf-8", "replace")
    content = b"--x\r\n" + disposition + b"\r\n" + head + b"\r\n\r\n" + body + b"\r\n--x--\r\n"
    headers = {"content-type": "multipart/form-data; boundary=x", "content-encoding": encoding}
    found = small.post("/datasets/forms", content=content, headers=headers)
    assert found.status_code in (201, 400, 415), found.text
    assert "mcqms-upload" not in found.text, "the path of the server is told"
