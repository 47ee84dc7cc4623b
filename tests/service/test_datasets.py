"""`/datasets` over HTTP: handing in, looking, taking out, comparing, going back, and checking what is kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

import mcqms_kg
from mcqms_kg.report import FORMATS
from service.served import DAY, STORY, Api, served, story_workspace

A = "@prefix e: <http://e/> .\ne:a e:p 01 ; e:q [ e:r 'x' ] .\n"
B = A + "e:a e:p 2 .\n"


def hand_in(client: httpx.Client, name: str, *files: tuple[str, str], method: str = "POST") -> httpx.Response:
    return client.request(method, f"/datasets/{name}", files=[("data", (file, text.encode())) for file, text in files])


def test_the_life_of_a_dataset(api_client: Api) -> None:
    first = hand_in(api_client, "life", ("a.ttl", A))
    assert (first.status_code, first.headers["location"]) == (201, "/datasets/life/versions/1")
    assert first.json()["by"] == "Ana" and first.json()["statements"] == 3
    second = api_client.post("/datasets/life", content=B, headers={"content-type": "text/turtle"})
    assert second.headers["location"] == "/datasets/life/versions/2"
    assert [f["name"] for f in second.json()["files"]] == ["data.ttl"]
    assert api_client.get("/datasets/life/versions/1/files/a.ttl").text == A
    assert api_client.get("/datasets/life/versions/1").json() == first.json()
    found = api_client.get("/datasets/life/differences", params={"old": 1, "new": 2}).json()
    assert found["added"] == ['<http://e/a> <http://e/p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .']
    assert found["removed"] == []
    back = api_client.post("/datasets/life/rollbacks", json={"version": 1})
    assert (back.status_code, back.json()["restores"], back.json()["version"]) == (201, 1, 3)
    whole = api_client.get("/datasets/life").json()
    assert [version["version"] for version in whole["versions"]] == [1, 2, 3]
    assert {"life", "horizon", "shipped"} <= {d["dataset"] for d in api_client.get("/datasets").json()}
    asked = api_client.get("/sparql", params={"query": "ASK { <http://e/a> <http://e/p> 1 }"})
    assert asked.json()["boolean"] is True, "what was handed in is not asked"


def test_the_same_files_put_again_are_no_new_version(api_client: Api) -> None:
    assert hand_in(api_client, "put", ("a.ttl", A), method="PUT").status_code == 201
    again = hand_in(api_client, "put", ("a.ttl", A), method="PUT")
    assert (again.status_code, again.json()["version"]) == (200, 1)
    assert hand_in(api_client, "put", ("a.ttl", B), method="PUT").json()["version"] == 2
    assert hand_in(api_client, "put", ("a.ttl", B)).json()["version"] == 3


@pytest.mark.parametrize(
    ("accept", "kind", "holds"),
    [
        ("text/turtle", "text/turtle", b"01"),
        ("application/n-triples", "application/n-triples", b'<http://e/p> "01"^^'),
        ("application/n-quads", "application/n-quads", b"dataset/syntaxes/1> ."),
        ("application/trig", "application/trig", b"dataset/syntaxes/1> {"),
        ("application/rdf+xml", "application/rdf+xml", b"<rdf:RDF"),
        ("application/ld+json", "application/ld+json", b'"@id"'),
        ("image/png, application/json;q=0.1", "application/json", b'"statements":3'),
    ],
)
def test_a_version_in_other_syntaxes(api_client: Api, accept: str, kind: str, holds: bytes) -> None:
    if api_client.get("/datasets/syntaxes").status_code == 404:
        hand_in(api_client, "syntaxes", ("a.ttl", A))
    found = api_client.get("/datasets/syntaxes/versions/1", headers={"accept": accept})
    assert found.status_code == 200 and found.headers["content-type"].split(";")[0] == kind
    assert holds in found.content


def test_versions_are_read_in_processes_of_their_own(api_client: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it takes to read one, the service itself goes on answering."""

    def read_here(*_: object) -> None:
        raise AssertionError("read in the service itself")

    hand_in(api_client, "aside", ("a.ttl", A))
    hand_in(api_client, "aside", ("a.ttl", B))
    monkeypatch.setattr("mcqms_kg.store.statements.read_quads", read_here)
    assert (
        b"<rdf:RDF" in api_client.get("/datasets/aside/versions/1", headers={"accept": "application/rdf+xml"}).content
    )
    found = api_client.get("/datasets/aside/differences", params={"old": 1, "new": 2}).json()
    assert (
        found["added"] == ['<http://e/a> <http://e/p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .']
        and not found["removed"]
    )
    page = api_client.get("/dataset/aside/2?since=1", headers={"accept": "text/html"})
    assert page.status_code == 200 and "http://e/p" in page.text


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/datasets/none", 404, "Known datasets: "),
        ("/datasets/horizon/versions/9", 404, "Its versions are 1 to 2"),
        ("/datasets/horizon/versions/1/files/none.ttl", 404, "Its files: assessment.ttl"),
        ("/datasets/horizon/versions/1/files/..%2f..%2fworkspace.txt", 404, "has no file"),
        ("/datasets/..%2f..%2fetc", 404, ""),
        ("/datasets/Horizon", 400, "pattern"),
        ("/datasets/horizon/versions/0", 400, "greater than or equal to 1"),
        ("/datasets/horizon/versions/99999999999999999999", 400, "less than or equal"),
        ("/datasets/horizon/differences?old=1&new=7", 404, "has no version 7"),
        ("/datasets/horizon/differences?old=1", 400, "new"),
    ],
)
def test_what_is_not_there_is_a_problem(api_client: Api, address: str, status: int, says: str) -> None:
    found = api_client.get(address)
    assert (found.status_code, found.headers["content-type"]) == (status, "application/problem+json")
    assert says in found.json()["detail"] and found.json()["status"] == status


@pytest.mark.parametrize(
    ("files", "status", "says"),
    [
        ([("a.ttl", "e:a e:p")], 400, "not well-formed"),
        ([("a.ttl", "")], 400, "holds no statement"),
        ([("a.ttl", A), ("A.TTL", A)], 400, "Two files are named"),
        ([("a.exe", A)], 400, "names no format that can be read"),
        ([("../a.ttl", A)], 400, "cannot be the name of a file"),
        ([("/etc/a.ttl", A)], 400, "cannot be the name of a file"),
        ([("..\\a.ttl", A)], 400, "cannot be the name of a file"),
        ([("C:a.ttl", A)], 400, "cannot be the name of a file"),
        ([("a/.ttl", A)], 400, "cannot be the name of a file"),
        ([("a.ttl", A), ("a.ttl/b.ttl", A)], 400, "both named like"),
        ([(f"{'x' * 200}.ttl", A)], 400, "cannot be the name of a file"),
        ([], 415, "The body is"),
    ],
)
def test_bad_uploads_leave_nothing(api_client: Api, files: list[tuple[str, str]], status: int, says: str) -> None:
    found = hand_in(api_client, "bad", *files)
    assert found.status_code == status and says in found.json()["detail"]
    assert "mcqms-upload" not in found.text, "the path of the server is told"
    assert api_client.get("/datasets/bad").status_code == 404


def test_a_problem_names_the_file_and_the_line(api_client: Api) -> None:
    found = hand_in(api_client, "bad", ("below/b.ttl", "<http://e/a> <http://e/p> 1 .\n<http://e/a> <> .\n")).json()
    assert (found["file"], found["line"]) == ("below/b.ttl", 2)


def test_files_in_folders_keep_their_names(api_client: Api) -> None:
    made = hand_in(api_client, "folders", ("one/a.ttl", A), ("two/a.ttl", B)).json()
    assert [f["name"] for f in made["files"]] == ["one/a.ttl", "two/a.ttl"]
    assert api_client.get("/datasets/folders/versions/1/files/two/a.ttl").text == B


@pytest.mark.slow
def test_checks_of_versions_one_after_another_are_those_of_the_command_line(tmp_path: Path) -> None:
    """Version after version, the process that keeps the dataset gives the bytes that a check from nothing gives."""
    workspace = story_workspace(tmp_path)
    found: dict[tuple[int, str], bytes] = {}
    with served(workspace) as client:
        for number in (1, 2):
            options = {"dataset": "horizon", "version": number, "as_of": DAY}
            check = client.post("/checks", json=options)
            assert check.status_code == 200
            for name, known in FORMATS.items():
                again = client.get(check.headers["content-location"], headers={"accept": known.media_type})
                found[number, name] = again.content
        latest = client.post("/datasets/horizon/checks", json={"as_of": DAY})
        assert latest.content == found[2, "json"]
        listed = client.get("/datasets/horizon/checks").json()
        assert [job["version"] for job in listed] == [2, 2, 1]
        assert listed[0]["outcome"]["verdict"] == "nonconformant"
    assert found[1, "json"] != found[2, "json"]
    for number in (1, 2):
        outs = [part for known in FORMATS.values() for part in ("-o", f"out{known.ending}")]
        command = ["check", "--dataset", "horizon", "--version", str(number), "-w", "ws", "--as-of", DAY, *outs]
        done = subprocess.run([sys.executable, "-m", "mcqms_kg", *command], cwd=tmp_path, capture_output=True)
        assert done.returncode == 1, done.stderr
        for name, known in FORMATS.items():
            assert (tmp_path / f"out{known.ending}").read_bytes() == found[number, name], (number, name)


def test_the_story_is_what_was_handed_in(api_client: Api) -> None:
    for path in STORY.glob("*.ttl"):
        assert api_client.get(f"/datasets/horizon/versions/1/files/{path.name}").content == path.read_bytes()
    assert mcqms_kg.__version__ == api_client.get("/health/ready").json()["version"]
