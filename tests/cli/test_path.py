"""`mcqms path` on the stories: verdicts, exit codes, both languages, every form, and the same in Python."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

import mcqms_kg
from mcqms_kg.cli import main
from mcqms_kg.cli.path import FORMATS as KNOWN
from mcqms_kg.pathway.telling.formats import FORMATS, write

ROOT = Path(__file__).resolve().parents[2]
POLY, UNI, FLAWED = (
    f"https://example.org/{s}/" for s in ("polytechnic-networks", "university-data-science", "flawed-provider")
)
OCCUPATION = "https://w3id.org/mcqms/occupation/"
STORY = "data/polytechnic-networks"
DAY = ("--as-of", "2026-06-30")
TECHNICIAN = ("--holds", f"{POLY}learner-2", "--to", f"{POLY}certificate-technician", *DAY)


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def path(*arguments: str | Path, cwd: Path = ROOT) -> Done:
    """The command as its own program runs it, but in this process: the solver is slow to import."""
    out, err = io.StringIO(), io.StringIO()
    before, here = sys.argv, Path.cwd()
    sys.argv = ["mcqms", "path", *map(str, arguments)]
    os.chdir(cwd)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
        code: object = 0
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.argv = before
        os.chdir(here)
    return Done(int(str(code or 0)), out.getvalue(), err.getvalue())


def test_the_program_itself() -> None:
    command = [sys.executable, "-m", "mcqms_kg", "path", STORY, *TECHNICIAN]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)
    assert done.returncode == 0 and "can be reached" in done.stdout and not done.stderr


GOLDEN = [
    ("data/polytechnic-networks", f"{POLY}learner-1", f"{POLY}certificate-technician", 0, "What is held is enough"),
    (
        "data/polytechnic-networks",
        f"{POLY}learner-2",
        f"{POLY}certificate-technician",
        0,
        "3 credentials to earn in 2 stages, 228 hours of work, 5 credits",
    ),
    ("data/polytechnic-networks", f"{POLY}mc-installation", f"{POLY}mc-installation", 0, "Already held"),
    ("data/polytechnic-networks", f"{POLY}learner-2", f"{POLY}diploma", 1, "Missing: 103 credits for Diploma III"),
    ("data/polytechnic-networks", f"{POLY}learner-2", f"{POLY}mc-cable", 1, "which was withdrawn"),
    ("data/university-data-science", f"{UNI}learner-1", f"{UNI}certificate-analyst", 0, "What is held is enough"),
    ("data/flawed-provider", f"{FLAWED}mc-word", f"{FLAWED}mc-security", 1, "stands in a circle of prerequisites"),
    ("data/flawed-provider", f"{FLAWED}mc-word", f"{FLAWED}certificate-operator", 0, "can be reached"),
]


@pytest.mark.parametrize(("data", "holds", "to", "code", "says"), GOLDEN)
def test_answers_on_the_stories(data: str, holds: str, to: str, code: int, says: str) -> None:
    done = path(data, "--holds", holds, "--to", to, *DAY)
    assert (done.returncode, done.stderr) == (code, "")
    assert says in done.stdout


def test_the_same_in_indonesian() -> None:
    done = path(STORY, *TECHNICIAN, "--lang", "id")
    assert "Sertifikat okupasi: teknisi jaringan dapat dicapai." in done.stdout
    assert "3 kredensial untuk diraih dalam 2 tahap, 228 jam belajar, 5 kredit" in done.stdout
    assert "Pelajari Mengoperasikan jaringan: 96 jam, 2 kredit." in done.stdout


def test_every_reason_has_its_statements_and_every_statement_its_line() -> None:
    found = json.loads(path(STORY, *TECHNICIAN, "-f", "json").stdout)
    plan = found["answers"][0]["plans"][0]
    assert plan["proven"] and plan["workloadHours"] == "228"
    assert [s["how"] for s in plan["steps"]] == ["learn", "learn", "stack"]
    statements = [s for r in plan["reasons"] for s in r["statements"]]
    assert all(r["statements"] for r in plan["reasons"]) and statements
    for s in statements:
        file, line = s["source"].split(";")[0].rsplit(":", 1)
        subject = s["subject"].strip("<>").rsplit("/", 1)[1]
        text = (ROOT / file).read_text("utf-8").splitlines()
        assert any(subject in words for words in text[: int(line)]), s


def test_what_follows_by_a_query_names_it() -> None:
    found = json.loads(
        path(
            STORY, "--holds", f"{POLY}mc-installation", "--to", f"{OCCUPATION}network-technician", *DAY, "-f", "json"
        ).stdout
    )
    reasons = found["answers"][0]["plans"][0]["reasons"]
    assert {d["query"] for r in reasons for d in r["derived"]} == {"covers_unit"}
    assert {m["kind"] for m in found["answers"][0]["plans"][0]["missing"]} == {"unit", "credential"}


def test_the_command_knows_every_form() -> None:
    assert tuple(FORMATS) == KNOWN


@pytest.mark.parametrize("format", FORMATS)
def test_python_and_the_command_line_say_the_same(format: str) -> None:
    answer = mcqms_kg.path([STORY], holds=[f"{POLY}learner-2"], to=f"{POLY}certificate-technician", as_of="2026-06-30")
    written = write(answer, format, "en").replace(f"{ROOT}/", "")
    done = path(STORY, *TECHNICIAN, "-f", format)
    assert done.stdout == written
    assert done.returncode == answer.exit_code == 0


def test_the_turtle_is_a_part_of_the_data() -> None:
    done = path(STORY, *TECHNICIAN, "-f", "turtle")
    parsed = set(ox.parse(input=done.stdout, format=ox.RdfFormat.TURTLE))
    given = {q for file in (ROOT / STORY).glob("*.ttl") for q in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)}
    derived = {q for q in parsed if "countsTowards" in str(q.predicate)}
    assert len(derived) == 3
    assert parsed - derived < given


@pytest.mark.parametrize("format", ["svg", "graphml", "gexf"])
def test_pictures_are_well_formed_and_tell_states_apart(format: str) -> None:
    text = path(STORY, *TECHNICIAN, "-f", format).stdout
    root = ET.fromstring(text)  # noqa: S314  # our own output
    assert "Operating a network" in "".join(root.itertext()) or "Operating a network" in text
    assert all(state in text for state in ("held", "learn", "stack"))
    assert "<script" not in text and "http:" not in text.replace("http://www.", "").replace("http://graphml", "")


def test_the_page_stands_alone() -> None:
    text = path(STORY, *TECHNICIAN, "-f", "html").stdout
    assert "<script" not in text and "src=" not in text and "href=" not in text
    assert "default-src 'none'" in text and "<svg" in text and "can be reached" in text


def test_labels_from_outside_are_only_text(tmp_path: Path) -> None:
    data = tmp_path / "hostile.ttl"
    data.write_text(
        "@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        " <https://e.org/a> a mc:MicroCredential ; rdfs:label '</text><script>x</script>]]\"-->\\u001B[31m\\nend' ; mc:workloadHours 5 ."
    )
    for format in FORMATS:
        done = path(data, "--to", "https://e.org/a", "-f", format, *DAY)
        assert done.returncode == 0
        assert "\x1b" not in done.stdout and "\\u001b" not in done.stdout.lower()
        assert "<script>" not in done.stdout or format in ("text", "json", "turtle")
    assert "\n  n0_0" in path(data, "--to", "https://e.org/a", "-f", "mermaid", *DAY).stdout


def test_everything_in_reach() -> None:
    done = path(STORY, "--holds", f"{POLY}learner-2", "--reachable", *DAY)
    assert done.returncode == 0
    assert "network technician can be reached" in done.stdout and "Diploma" not in done.stdout
    nothing = path(STORY, "--holds", f"{POLY}mc-cable", "--reachable", *DAY)
    assert nothing.returncode == 1 and "Nothing is in reach" in nothing.stdout


def test_missing_gives_alternatives(tmp_path: Path) -> None:
    data = tmp_path / "circle.ttl"
    data.write_text(
        "@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix e: <https://e.org/> . e:c a mc:MicroCredential ; mc:requires e:a ."
        " e:a a mc:MicroCredential ; mc:requires e:b . e:b a mc:MicroCredential ; mc:requires e:a ."
        " e:x a mc:Certification ; mc:isStackedBy e:r . e:r mc:hasOption e:p , e:q ; mc:minimumCount 1 ."
        " e:p a mc:MicroCredential . e:q a mc:MicroCredential ."
    )
    done = path(data, "--to", "https://e.org/x", "--missing", *DAY)
    assert done.returncode == 0 and "Way 2" in done.stdout and "Way 3" not in done.stdout
    done = path(data, "--to", "https://e.org/c", "--missing", *DAY)
    assert done.returncode == 1 and "Gap 1" in done.stdout and "Gap 2" in done.stdout and "Gap 3" not in done.stdout
    assert "There is no other minimal gap." in done.stdout


def test_a_date_changes_the_answer() -> None:
    before = path(STORY, "--to", f"{POLY}certificate-technician", "--as-of", "2025-01-01")
    assert before.returncode == 1 and before.stdout.count("not offered yet") == 2


def test_a_dataset_of_the_workspace(tmp_path: Path) -> None:
    for arguments in (["init"], ["import", str(ROOT / STORY), "-d", "poly"]):
        subprocess.run([sys.executable, "-m", "mcqms_kg", *arguments], cwd=tmp_path, check=True, capture_output=True)
    done = path("--dataset", "poly", *TECHNICIAN, cwd=tmp_path)
    assert done.returncode == 0 and "can be reached" in done.stdout


def test_several_datasets_of_the_workspace_and_all_where_none_is_named(tmp_path: Path) -> None:
    """What is held is told in one, and where it leads in another."""
    begin = "@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix ex: <https://example.org/> . "
    held = "ex:a a mc:MicroCredential ; mc:coversUnit ex:u . ex:w mc:awardsCredential ex:a ; mc:isAwardedTo ex:l ."
    job = "ex:job a mc:JobTitle ; mc:requiresUnit ex:u ."
    (tmp_path / "held.ttl").write_text(begin + held)
    (tmp_path / "job.ttl").write_text(begin + job)
    for arguments in (["init"], ["import", "held.ttl", "-d", "held"], ["import", "job.ttl", "-d", "job"]):
        subprocess.run([sys.executable, "-m", "mcqms_kg", *arguments], cwd=tmp_path, check=True, capture_output=True)
    ask = ("--holds", "https://example.org/l", "--to", "https://example.org/job")
    for datasets in ((), ("-d", "held", "-d", "job")):
        done = path(*ask, *datasets, cwd=tmp_path)
        assert (done.returncode, done.stdout[:21]) == (0, "What is held is enoug"), done.stderr
    done = path(*ask, "-d", "held", cwd=tmp_path)
    assert done.returncode == 2 and "https://example.org/job" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([STORY, "--to", f"{POLY}certificate-technicia"], f"Close are: {POLY}certificate-technician"),
        ([STORY, "--to", "technician"], "is no IRI"),
        (
            [STORY, "--holds", f"{POLY}nobody", "--to", f"{POLY}diploma"],
            "no credential, award, learner or competency unit",
        ),
        ([STORY], "Give either --to or --reachable"),
        ([STORY, "--to", f"{POLY}diploma", "--reachable"], "Give either --to or --reachable"),
        ([STORY, "--to", f"{POLY}diploma", "-f", "docx"], "Known formats: text, json"),
        ([STORY, "--to", f"{POLY}diploma", "--as-of", "soon"], "soon"),
        ([STORY, "--to", f"{POLY}diploma", "--seconds", "0"], "seconds cannot be used"),
        (["nowhere.ttl", "--to", f"{POLY}diploma"], "There is no such file"),
        (["--to", f"{POLY}diploma"], "mcqms init"),
        ([STORY, "-d", "poly", "--to", f"{POLY}diploma"], "Both files and datasets are given"),
    ],
)
def test_what_cannot_be_asked_is_said_with_exit_code_2(arguments: list[str], says: str) -> None:
    done = path(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr and "Traceback" not in done.stderr
