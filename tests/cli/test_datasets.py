"""Datasets from the command line: handed in, listed, given back, compared, rolled back, backed up, checked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import mcqms_kg

FACTS = """@prefix mc: <https://w3id.org/mcqms/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <https://example.org/> .
ex:provider a mc:Provider ; rdfs:label "Example Institute"@en .
"""
RISK = 'ex:risk a mc:Risk ; rdfs:label "A risk"@en ; mc:belongsTo ex:provider .\n'


def mcqms(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "mcqms_kg", *map(str, arguments)],
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **environment},
        timeout=300,
        check=False,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a workspace that holds two versions."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "provider.ttl").write_text(FACTS)
    mcqms_kg.init(tmp_path / ".mcqms")
    mcqms_kg.import_files([data], "school", title="A school", by="Ana", workspace=tmp_path / ".mcqms")
    (data / "risks.ttl").write_text(FACTS[: FACTS.index("ex:provider")] + RISK)
    mcqms_kg.import_files([data], "school", by="Budi", workspace=tmp_path / ".mcqms")
    return tmp_path


def test_from_init_to_a_list(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(FACTS)
    assert mcqms("init", cwd=tmp_path, MCQMS_WORKSPACE="here").stdout == b"Made: here\n"
    done = mcqms("import", "a.ttl", "-d", "school", cwd=tmp_path, MCQMS_WORKSPACE="here")
    assert done.stdout == b"school version 1: 2 statements, 1 file\n"
    listed = mcqms("datasets", "-w", "here", cwd=tmp_path).stdout.decode().splitlines()
    assert listed[0].split() == ["Dataset", "Version", "Handed", "in", "By", "Statements", "Files", "Title"]
    assert listed[1].startswith("school   1 ")


def test_the_list_of_versions(home: Path) -> None:
    found = json.loads(mcqms("datasets", "school", "-f", "json", cwd=home).stdout)
    assert [(v["version"], v["by"], v["title"], len(v["files"])) for v in found] == [
        (1, "Ana", "A school", 1),
        (2, "Budi", "A school", 2),
    ]


def test_a_file_in_the_place_of_a_dataset_is_told(home: Path) -> None:
    told = mcqms("export", "data/risks.ttl", "--to", "ctdl", cwd=home)
    assert told.returncode == 2 and b"--from data/risks.ttl" in told.stderr


def test_the_bytes_come_back_as_they_came(home: Path) -> None:
    assert mcqms("export", "school", "--version", "1", cwd=home).stdout == FACTS.encode()
    assert mcqms("export", "school", "-o", "out", cwd=home).returncode == 0
    for name in ("provider.ttl", "risks.ttl"):
        assert (home / "out" / name).read_bytes() == (home / "data" / name).read_bytes()
    several = mcqms("export", "school", cwd=home)
    assert several.returncode == 2 and b"came in 2 files" in several.stderr and not several.stdout
    assert mcqms("export", "school", "-f", "nt", cwd=home).stdout.count(b" .\n") == 5


def test_differences(home: Path) -> None:
    done = mcqms("diff", "school", "1", "2", cwd=home)
    assert done.returncode == 1
    assert [line[:2] for line in done.stdout.decode().splitlines()] == ["+ "] * 3
    assert b"- <https://example.org/risk>" in mcqms("diff", "school", "2", "1", cwd=home).stdout
    same = mcqms("diff", "school", "2", "2", cwd=home)
    assert (same.returncode, same.stdout) == (0, b"")


def test_going_back_and_a_backup(home: Path) -> None:
    done = mcqms("rollback", "school", "1", "--by", "Citra", cwd=home)
    assert done.stdout == b"school version 3: equal to version 1\n"
    assert mcqms("export", "school", cwd=home).stdout == FACTS.encode()
    assert mcqms("backup", "kept", cwd=home).stdout == b"3 versions: kept\n"
    assert mcqms("restore", "kept", "-w", "again", cwd=home).stdout == b"3 versions restored\n"
    both = [mcqms("datasets", "school", "-f", "json", "-w", w, cwd=home).stdout for w in (".mcqms", "again")]
    assert both[0] == both[1]


def test_a_check_of_a_dataset_is_the_check_of_its_files(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    kept = mcqms_kg.check(dataset="school", as_of="2026-06-30")
    came = mcqms_kg.check(["data"], as_of="2026-06-30")
    assert [(f.id, f.grade, f.found) for f in kept.findings()] == [(f.id, f.grade, f.found) for f in came.findings()]
    assert [c.sha256 for c in kept.checked] == [c.sha256 for c in came.checked]
    places = {str(place) for finding in kept.findings() for place in finding.places}
    assert any(place.startswith(".mcqms/files/school/2/risks.ttl:") for place in places)
    assert not any(f.focus.label.get("en") == "A risk" for f in mcqms_kg.check(dataset="school", version=1).findings())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["datasets", "-w", "nowhere"],
            "There is no workspace here. Make one with `mcqms init`, or give files where the verb takes some.",
        ),
        (["datasets", "shcool"], "Known datasets: school"),
        (["import", "data", "-d", "../up"], "cannot be the name of a dataset"),
        (["import", "nowhere.ttl", "-d", "school"], "nowhere.ttl: There is no such file"),
        (["export", "school", "--version", "9"], "has no version 9"),
        (["export", "school", "-f", "docx"], "Known: turtle, trig"),
        (["diff", "school", "1", "9"], "has no version 9"),
        (["rollback", "school", "9"], "has no version 9"),
        (["backup", "data"], "is there already"),
        (["restore", "data", "-w", "new"], "no whole backup"),
        (["restore", "data"], "no whole backup"),
        (["check", "--dataset", "shcool"], "Known datasets: school"),
        (["check", "data", "--dataset", "school"], "Files and a dataset were given"),
        (["check", "data", "--version", "1"], "without a dataset"),
        (["check"], "No file was given"),
        (["init", "-w", "data"], "holds something else"),
    ],
)
def test_what_cannot_be_done_is_said_with_exit_code_2(home: Path, arguments: list[str], says: str) -> None:
    done = mcqms(*arguments, cwd=home)
    assert done.returncode == 2, done.stdout
    assert says in done.stderr.decode()
    assert b"Traceback" not in done.stderr
