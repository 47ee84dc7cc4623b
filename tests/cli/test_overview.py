"""The overview and the kept checks from the command line, as a regulator would ask for them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import mcqms_kg
from mcqms_kg import operations

DAY = "2026-06-30"
PROVIDER = "https://example.org/national/4/provider/1"


def mcqms(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "mcqms_kg", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, cwd=cwd, timeout=300, check=False)


def as_json(done: subprocess.CompletedProcess[bytes]) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two versions of a nation of three providers; the first was checked on two days."""
    folder = tmp_path_factory.mktemp("home")
    mcqms_kg.init(folder / ".mcqms")
    for number, share in ((1, 0.4), (2, 0.1)):
        path = folder / f"{number}.nq"
        operations.generate(path, providers=3, credentials=9, seed=4, defects=share, as_of=DAY)
        mcqms_kg.import_files([path], "nation", workspace=folder / ".mcqms")
        mcqms_kg.check(dataset="nation", as_of=DAY, workspace=folder / ".mcqms")
    mcqms_kg.check(dataset="nation", version=1, as_of="2026-03-31", workspace=folder / ".mcqms")
    return folder


def test_files_and_a_dataset_say_the_same_of_providers(home: Path) -> None:
    of_file = as_json(mcqms("overview", "2.nq", "--as-of", DAY, "-f", "json", cwd=home))
    of_dataset = as_json(mcqms("overview", "--dataset", "nation", "-f", "json", cwd=home))
    assert (of_file["checks"], [c["version"] for c in of_dataset["checks"]]) == ([], [2])
    for key in ("score", "counts", "clauses", "weakest", "deadlines", "actions"):
        assert of_file[key] == of_dataset[key], key
    assert [p["verdict"] for p in of_file["providers"]] == [p["verdict"] for p in of_dataset["providers"]]


def test_nothing_is_checked_twice(home: Path) -> None:
    before = as_json(mcqms("checks", "-f", "json", cwd=home))
    for _ in range(2):
        assert mcqms("overview", "--dataset", "nation", "--as-of", DAY, cwd=home).returncode == 0
    assert as_json(mcqms("checks", "-f", "json", cwd=home)) == before
    assert [(c["version"], c["asOf"]) for c in before] == [(1, "2026-03-31"), (2, DAY), (1, DAY)]


def test_the_trend(home: Path) -> None:
    found = as_json(mcqms("overview", "-f", "json", "--provider", PROVIDER, cwd=home))
    assert [(p["check"]["asOf"], p["check"]["version"]) for p in found["trend"]] == [
        ("2026-03-31", 1),
        (DAY, 1),
        (DAY, 2),
    ]
    assert all(len(point["providers"]) == 1 for point in found["trend"])
    assert found["trend"][2]["score"]["share"] == found["score"]["share"]


def test_rows_for_a_spreadsheet(home: Path) -> None:
    done = mcqms("overview", "--dataset", "nation", "-f", "csv", "-l", "id", cwd=home)
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    by_provider = {row["provider_iri"] for row in rows}
    assert len(by_provider) == 4 and "" in by_provider
    of_all = [row for row in rows if not row["provider_iri"]]
    assert len(of_all) * 4 == len(rows)
    assert {row["clause"] for row in of_all} >= {"8.1", "10.1", "X"}


def test_two_kept_checks_are_compared(home: Path) -> None:
    new, old = (c["id"] for c in as_json(mcqms("checks", "nation", "-f", "json", cwd=home)) if c["asOf"] == DAY)
    done = mcqms("compare", old, new, "-f", "json", cwd=home)
    found = json.loads(done.stdout)
    assert found["fixed"] and done.returncode == (1 if found["isWorse"] else 0)
    standing = as_json(mcqms("overview", "--dataset", "nation", "-f", "json", cwd=home))["counts"]
    assert len(found["new"]) + len(found["persisting"]) == sum(standing[g] for g in ("major", "minor", "opportunity"))
    one = (found["persisting"] or found["new"])[0]["id"]
    told = mcqms("checks", "nation", "--finding", one, cwd=home).stdout.decode()
    assert told.startswith(f"Finding {one} stands since version ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["overview", "--dataset", "nowhere"], "No dataset is named 'nowhere'"),
        (["overview", "--dataset", "nation", "--sector", "fishing"], "no sector 'fishing'"),
        (["overview", "--dataset", "nation", "--provider", "nobody"], "no provider 'nobody'"),
        (["overview", "1.nq", "--dataset", "nation"], "Files and a dataset"),
        (["overview", "--version", "1"], "without a dataset"),
        (["overview", "--profile", "mcqms-academic"], "is kept"),
        (["overview", "--format", "xml", "--dataset", "nation"], "No format is named"),
        (["checks", "nation", "--finding", "0000000000000000"], "has the finding"),
        (["checks", "--finding", "0000000000000000"], "without a dataset"),
        (["compare", "0" * 32, "1" * 32], "keeps no check"),
    ],
    ids=lambda given: given if isinstance(given, str) else " ".join(given[:2]),
)
def test_what_cannot_be_done_is_said(home: Path, arguments: list[str], said: str) -> None:
    done = mcqms(*arguments, cwd=home)
    assert done.returncode == 2 and said in done.stderr.decode()
