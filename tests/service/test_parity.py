"""The command line, Python and the API give the same bytes for the same input, in every format."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import mcqms_kg
from mcqms_kg.report import FORMATS, VALIDATION_FORMATS
from mcqms_kg.report.comparison import COMPARISON_FORMATS
from service.served import DAY, STORY, Api

SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .
e:shape a sh:NodeShape ; sh:targetClass e:C ; sh:property e:named .
e:named a sh:PropertyShape ; sh:path e:name ; sh:minCount 1 ; sh:message "It must have a name."@en .
"""
DATA = "@prefix e: <http://e/> . e:a a e:C . e:b a e:C ; e:name 'b' ."


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("story")
    return [Path(shutil.copy(path, folder)) for path in sorted(STORY.glob("*.ttl"))]


def cli(folder: Path, *arguments: str) -> bytes:
    """What the command line writes; a report says what was found by its exit code too."""
    command = [sys.executable, "-m", "mcqms_kg", *arguments, "-o", "out.report"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=300)
    assert done.returncode in (0, 1), done.stderr
    return (folder / "out.report").read_bytes()


def sent(field: str, files: list[Path]) -> list[tuple[str, tuple[str, bytes]]]:
    return [(field, (path.name, path.read_bytes())) for path in files]


@pytest.fixture(scope="module")
def check(api_client: Api, files: list[Path]) -> str:
    done = api_client.post("/checks", files=sent("data", files), data={"as_of": DAY})
    assert done.status_code == 200, done.text
    return done.headers["content-location"]


@pytest.fixture(scope="module")
def by_cli(files: list[Path]) -> dict[tuple[str, str], bytes]:
    """Every report, written by one command a language."""
    found = {}
    for language in ("en", "id"):
        outs = [f"out.{language}{known.ending}" for known in FORMATS.values()]
        options = [part for out in outs for part in ("-o", out)]
        names = [path.name for path in files]
        command = [sys.executable, "-m", "mcqms_kg", "check", *names, "--as-of", DAY, "-l", language, *options]
        done = subprocess.run(command, cwd=files[0].parent, capture_output=True, timeout=300)
        assert done.returncode == 1, done.stderr
        for known, out in zip(FORMATS.values(), outs, strict=True):
            found[language, known.name] = (files[0].parent / out).read_bytes()
    return found


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("name", FORMATS)
def test_checks(api_client: Api, check: str, by_cli: dict[tuple[str, str], bytes], name: str, language: str) -> None:
    accept = {"accept": FORMATS[name].media_type}
    found = api_client.get(check, params={"lang": language}, headers=accept)
    assert found.status_code == 200
    assert found.headers["content-type"].split("; charset")[0] == FORMATS[name].media_type
    assert found.content == by_cli[language, name]


def test_python(files: list[Path], by_cli: dict[tuple[str, str], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(files[0].parent)
    report = mcqms_kg.check([path.name for path in files], as_of=DAY)
    for (language, name), expected in by_cli.items():
        assert FORMATS[name].write(report, language) == expected


@pytest.mark.parametrize("name", VALIDATION_FORMATS)
def test_validations(api_client: Api, tmp_path: Path, name: str) -> None:
    (tmp_path / "data.ttl").write_text(DATA)
    (tmp_path / "shapes.ttl").write_text(SHAPES)
    expected = cli(tmp_path, "validate", "data.ttl", "--shapes", "shapes.ttl", "--format", name)
    given = [*sent("data", [tmp_path / "data.ttl"]), *sent("shapes", [tmp_path / "shapes.ttl"])]
    found = api_client.post("/validations", files=given, headers={"accept": VALIDATION_FORMATS[name].media_type})
    assert found.status_code == 200 and found.content == expected
    report = mcqms_kg.validate([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"])
    assert VALIDATION_FORMATS[name].write(report, "en") == expected


@pytest.mark.parametrize("name", COMPARISON_FORMATS)
def test_comparisons(api_client: Api, check: str, tmp_path: Path, name: str) -> None:
    report = api_client.get(check).content
    changed = report.replace(b'"grade": "minor"', b'"grade": "major"')
    assert changed != report
    (tmp_path / "old.json").write_bytes(report)
    (tmp_path / "new.json").write_bytes(changed)
    expected = cli(tmp_path, "compare", "old.json", "new.json", "--format", name)
    given = [*sent("old", [tmp_path / "old.json"]), *sent("new", [tmp_path / "new.json"])]
    accept = {"accept": {"text": "text/plain", "json": "application/json"}[name]}
    found = api_client.post("/comparisons", files=given, headers=accept)
    assert found.status_code == 200 and found.content == expected


def test_explanations(api_client: Api) -> None:
    told = subprocess.run([sys.executable, "-m", "mcqms_kg", "explain", "8.1d"], capture_output=True, timeout=120)
    found = api_client.get("/requirements/8.1d", headers={"accept": "text/plain"})
    assert found.content == told.stdout and len(found.content) > 300


@pytest.mark.parametrize("name", ["text", "json"])
def test_verifications(api_client: Api, tmp_path: Path, name: str) -> None:
    award = "https://example.org/flawed-provider/award-1"
    for command in (
        ["key", "new", "key.pem"],
        ["sign", str(STORY), "--award", award, "--key", "key.pem", "-o", "b.json"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "mcqms_kg", *command], cwd=tmp_path, capture_output=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
    (tmp_path / "trust.json").write_text('{"issuers": [{"id": "did:key:zOther"}]}')
    options = ("--trust", "trust.json", "--as-of", DAY, "--lang", "id", "--format", name)
    expected = cli(tmp_path, "verify", "b.json", *options)
    given = [*sent("file", [tmp_path / "b.json"]), *sent("trust", [tmp_path / "trust.json"])]
    accept = {"accept": {"text": "text/plain", "json": "application/json"}[name]}
    found = api_client.post("/verifications", files=given, data={"as_of": DAY}, params={"lang": "id"}, headers=accept)
    assert found.status_code == 200, found.text
    assert found.content == expected
    assert {"text": b"penerbit: gagal", "json": b'"proof": "failed"'}[name] in found.content
