"""Packs and marked workbooks over HTTP: the bytes that the command line writes, for those who may, signed by the service's key alone."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import mcqms_kg
from interop.test_workbook_round_trip import story
from interop.workbooks import exported, inline, package, raw
from mcqms_kg.interop.signing.keys import load_key, new_key
from service.served import DAY, STORY, Api, served, story_workspace

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TURTLE = b'@prefix mc: <https://w3id.org/mcqms/ns#> . <http://e/p> a mc:Provider ; mc:note "x" .\n'


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("key") / "office.pem"
    new_key(path, "Ed25519")
    return path


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory, key: Path) -> Iterator[Api]:
    with served(story_workspace(tmp_path_factory.mktemp("packs")), {"MCQMS_PACK_KEY": str(key)}) as client:
        yield client


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return exported(story("flawed-provider")).files["workbook.xlsx"]


def command_line(folder: Path, *arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "mcqms_kg", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr


def test_files_that_are_sent_are_packed_as_on_the_command_line(api: Api, key: Path, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(TURTLE)
    (tmp_path / "b.ttl").write_bytes(TURTLE.replace(b"/p>", b"/q>"))
    command_line(
        tmp_path, "pack", "a.ttl", "b.ttl", "--as-of", DAY, "--key", str(key), "-o", "pack.zip", "--lang", "id"
    )
    files = [("data", (path.name, path.read_bytes(), "text/turtle")) for path in sorted(tmp_path.glob("*.ttl"))]
    made = api.post("/packs?lang=id", files=files, data={"as_of": DAY})
    assert made.status_code == 200 and made.headers["content-type"] == "application/zip", made.text[:300]
    assert made.headers["mcqms-signed"] == "yes" and made.headers["mcqms-verdict"] == "nonconformant"
    assert made.content == (tmp_path / "pack.zip").read_bytes()
    did = load_key(key).public.did
    for given, proof in (({"key": did, "as_of": DAY}, "good"), ({"as_of": DAY}, "could not check")):
        found = api.post("/verifications", files=[("file", ("pack.zip", made.content))], data=given)
        assert found.status_code == 200 and found.json()["proof"] == proof, found.text
    checked = api.post("/checks", files=files, data={"as_of": DAY})
    id_ = checked.headers["content-location"].rpartition("/")[2]
    again = api.get(f"/checks/{id_}/pack?lang=id")
    assert again.content == made.content and again.headers["mcqms-signed"] == "yes", (
        "the files are kept with the report"
    )
    assert api.get(f"/check/{id_}/pack?lang=id").content == made.content
    assert api.get(f"/checks/{id_}/pack", headers=api.of("Budi")).status_code == 404, "it is Ana's"
    assert api.delete(f"/checks/{id_}").status_code == 204
    assert api.get(f"/checks/{id_}/pack?lang=id").status_code == 404, "with the report its files go"
    broken = made.content[:-30] + bytes(30)
    found = api.post("/verifications", files=[("file", ("pack.zip", broken))], data={"key": did})
    assert found.json()["proof"] == "failed"
    assert (
        api.post("/verifications", files=[("file", ("p.zip", broken))], data={"key": "/etc/passwd"}).status_code == 400
    )


def test_a_check_of_a_dataset_is_packed_once_and_as_on_the_command_line(api: Api, key: Path, tmp_path: Path) -> None:
    asked = {"dataset": "horizon", "version": 1, "as_of": DAY}
    checked = api.post("/checks", json=asked)
    id_ = checked.headers["content-location"].rpartition("/")[2]
    made = api.get(f"/checks/{id_}/pack")
    assert made.status_code == 200, made.text[:300]
    assert made.content == api.get(f"/checks/{id_}/pack").content
    assert api.get(f"/check/{id_}/pack").content == made.content
    mcqms_kg.init(tmp_path / "ws")
    mcqms_kg.import_files([STORY], "horizon", workspace=tmp_path / "ws")
    content, _ = mcqms_kg.pack([], key, dataset="horizon", as_of=DAY, workspace=tmp_path / "ws")
    assert made.content == content
    page = api.get(f"/check/{id_}", headers={"accept": "text/html"}).text
    assert f'href="/check/{id_}/pack' in page and "/workbook" not in page
    entries = (api.workspace / "audit.jsonl").read_text("utf-8")
    assert f'"check":"{id_}"' in entries.replace(" ", "") and '"pack"' in entries
    for who, status in (("Citra", 403), ("Budi", 200)):
        assert api.get(f"/checks/{id_}/pack", headers=api.of(who)).status_code == status, who


def test_what_cannot_be_packed_is_said(api: Api) -> None:
    upload = api.post("/checks", content=TURTLE, headers={"content-type": "text/turtle"})
    id_ = upload.headers["content-location"].rpartition("/")[2]
    begun = api.post("/checks", content=b"<a> <b", headers={"content-type": "text/turtle", "prefer": "respond-async"})
    assert begun.status_code == 202, begun.text
    broken = begun.headers["location"].rpartition("/")[2]
    for path in (f"/checks/{id_}/workbook", f"/checks/{broken}/pack", "/checks/none/pack", "/check/none/pack"):
        assert api.get(path).status_code == 404, path
    assert api.post("/packs", files=[("data", ("a.exe", b"x"))]).status_code == 400
    assert api.post("/packs", files=[("data", ("a.ttl", TURTLE))], data={"key": "/etc/passwd"}).status_code == 400
    assert api.post("/packs", files=[("data", ("a.ttl", TURTLE))], headers={"accept": "text/html"}).status_code == 406
    for path in ("/packs", "/annotations"):
        assert api.post(path, files=[("data", ("a.ttl", TURTLE))], headers=api.of("Citra")).status_code == 403


def test_a_workbook_comes_back_with_marks(api: Api, workbook: bytes, tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(workbook)
    command_line(tmp_path, "check", "book.xlsx", "--as-of", DAY, "--annotate", "marked.xlsx")
    expected = (tmp_path / "marked.xlsx").read_bytes()
    made = api.post("/annotations", files=[("data", ("book.xlsx", workbook, XLSX))], data={"as_of": DAY})
    assert made.status_code == 200 and made.headers["content-type"] == XLSX, made.text[:300]
    assert made.content == expected and int(made.headers["mcqms-marked"]) > 10
    assert 'filename="book.xlsx"' in made.headers["content-disposition"]
    checked = api.post("/checks", files=[("data", ("book.xlsx", workbook, XLSX))], data={"as_of": DAY})
    id_ = checked.headers["content-location"].rpartition("/")[2]
    assert api.get(f"/checks/{id_}/workbook").content == expected
    assert api.get(f"/check/{id_}/workbook").content == expected
    assert f'href="/check/{id_}/workbook' in api.get(f"/check/{id_}", headers={"accept": "text/html"}).text
    assert api.get(f"/checks/{id_}/workbook", headers=api.of("Budi")).status_code == 404, "it is Ana's"
    assert api.get(f"/checks/{id_}/workbook?lang=id").content != expected
    two = [("data", (name, workbook, XLSX)) for name in ("a.xlsx", "b.xlsx")]
    assert api.post("/annotations", files=two).status_code == 400


def test_cells_that_cannot_be_read_come_back_marked(api: Api, tmp_path: Path) -> None:
    rows = f'<row r="1">{inline("A1", "ID")}{inline("B1", "Likelihood")}</row><row r="2">{inline("A2", "R")}{inline("B2", "often")}</row>'
    content = package(tmp_path / "book.xlsx", raw(rows)).read_bytes()
    made = api.post("/annotations", content=content, headers={"content-type": XLSX})
    assert (
        made.status_code == 200
        and made.headers["mcqms-verdict"] == "not-checked"
        and made.headers["mcqms-marked"] == "1"
    )
    with zipfile.ZipFile(io.BytesIO(made.content)) as book:
        assert any(b"often" in book.read(name) for name in book.namelist())


def test_without_a_key_a_pack_says_that_nobody_signed_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MCQMS_PACK_KEY", raising=False)
    (tmp_path / "a.ttl").write_bytes(TURTLE)
    command_line(tmp_path, "pack", "a.ttl", "--as-of", DAY, "-o", "pack.zip")
    with served(story_workspace(tmp_path)) as api:
        made = api.post("/packs", files=[("data", ("a.ttl", TURTLE))], data={"as_of": DAY})
    assert made.headers["mcqms-signed"] == "no" and made.content == (tmp_path / "pack.zip").read_bytes()
    found = mcqms_kg.verify(tmp_path / "pack.zip")
    points = {point.name: point.proof.value for point in found.points}
    assert points.pop("signature") == points.pop("signer") == "could not check" and set(points.values()) == {"good"}
    assert found.proof.value == "could not check"
