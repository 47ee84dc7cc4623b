"""Exports over HTTP: a dataset or files that are sent, in another syntax or standard, with what was lost."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

import mcqms_kg
from mcqms_kg.interop.standards import writable
from service.served import DAY, STORY, Api

BASE = "https://catalogue.example.org/"
WISH = {"as_of": DAY, "base": BASE}


def sent(files: list[Path]) -> list[tuple[str, tuple[str, bytes]]]:
    return [("data", (path.name, path.read_bytes())) for path in files]


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("to", ["turtle", "nq", *writable()])
def test_a_dataset_gives_the_bytes_that_python_gives(api_client: Api, to: str) -> None:
    wish = {"to": to, "force": "true", **WISH}
    found = api_client.get("/datasets/horizon/export", params={**wish, "version": "1"})
    copy = _copied(api_client)
    request = mcqms_kg.ExportRequest(to, dataset="horizon", version=1, workspace=copy, as_of=DAY, base=BASE)
    written = mcqms_kg.export_to(request, force=True)
    assert found.status_code == 200, found.text
    if len(written.files) > 1:
        assert unpacked(found.content) == {**written.files}
    else:
        ((name, content),) = written.files.items()
        assert found.content == content, name
    assert found.headers["mcqms-losses"] == str(len(written.losses))
    assert found.headers["content-disposition"].startswith("attachment")
    lost = api_client.get("/datasets/horizon/export", params={**wish, "version": "1", "part": "losses"})
    assert len(lost.json()["losses"]) == len(written.losses)


def _copied(api: Api) -> Path:
    """The service has its workspace for itself: a copy of the versions is asked."""
    copy = api.workspace.parent / "copy"
    if not copy.exists():
        mcqms_kg.init(copy)
        mcqms_kg.import_files([STORY], "horizon", title="Horizon", by="Ana", workspace=copy)
    return copy


def test_files_that_are_sent(api_client: Api) -> None:
    files = sorted(STORY.glob("*.ttl"))
    found = api_client.post("/exports", params={"to": "nt", **WISH}, files=sent(files))
    assert found.status_code == 200, found.text
    assert found.headers["content-type"] == "application/n-triples"
    written = mcqms_kg.export_to(mcqms_kg.ExportRequest("nt", [STORY]))
    assert sorted(found.content.splitlines()) == sorted(written.files["data.nt"].splitlines())


def test_names_that_are_not_known(api_client: Api) -> None:
    for to, part in (("toys", "files"), ("toys", "precheck")):
        found = api_client.get("/datasets/horizon/export", params={"to": to, "part": part})
        assert found.status_code == 404 and "No standard is named" in found.json()["detail"]
    assert api_client.get("/datasets/nobody/export", params={"to": "nt"}).status_code == 404
    assert api_client.get("/datasets/horizon/export").status_code == 400
    assert api_client.get("/datasets/horizon/export", params={"to": "nt", "option": "x"}).status_code == 400


def test_nobody_sends_files(api_client: Api) -> None:
    refused = api_client.post("/exports", params={"to": "nt"}, files=sent([]), headers={"authorization": ""})
    assert refused.status_code == 401


def test_losses_are_json(api_client: Api) -> None:
    found = api_client.get("/datasets/horizon/export", params={"to": "nt", "part": "losses"})
    assert json.loads(found.content) == {"standard": "nt", "losses": []}
