"""Asking from the command line: by name, by query, in every format, and within limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import mcqms_kg
from cli.test_datasets import mcqms
from mcqms_kg.query.request import Answer

DATA = """@prefix mc: <https://w3id.org/mcqms/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <https://example.org/> .
ex:one a mc:MicroCredential ; rdfs:label "One"@en .
ex:two a mc:MicroCredential ; rdfs:label "Two"@en ; mc:requires ex:one .
"""
ALL = "PREFIX mc: <https://w3id.org/mcqms/ns#> SELECT ?c { ?c a mc:MicroCredential } ORDER BY ?c"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    (folder / "data.ttl").write_text(DATA)
    (folder / "other.ttl").write_text("<https://example.org/three> a <https://w3id.org/mcqms/ns#MicroCredential> .")
    (folder / "all.rq").write_text(ALL)
    workspace = folder / ".mcqms"
    mcqms_kg.init(workspace)
    mcqms_kg.import_files([folder / "data.ttl"], "school", by="Ana", workspace=workspace)
    mcqms_kg.import_files([folder / "other.ttl"], "other", by="Ana", workspace=workspace)
    return folder


def test_questions_are_listed(home: Path) -> None:
    listed = mcqms("ask", cwd=home).stdout.decode()
    assert "problems_still_open date= [provider=] [language=]\n  Which audit findings" in listed


def test_by_name(home: Path) -> None:
    done = mcqms("ask", "what_to_earn_first", "-f", "csv", cwd=home)
    assert done.stdout == b"credential,required,label\r\nhttps://example.org/two,https://example.org/one,One\r\n"
    shown = mcqms("ask", "what_to_earn_first", "credential=https://example.org/two", cwd=home).stdout.decode()
    assert [line.split() for line in shown.splitlines()] == [
        ["credential", "required", "label"],
        ["<https://example.org/two>", "<https://example.org/one>", "One"],
    ]


def test_by_query_over_all_or_some_datasets(home: Path) -> None:
    every = mcqms("ask", "-q", "all.rq", "-f", "tsv", cwd=home).stdout
    assert every.count(b"\n") == 4
    one = mcqms("ask", "-q", "all.rq", "-d", "other", "-f", "json", "-o", "out.json", cwd=home)
    assert one.returncode == 0 and not one.stdout
    found = json.loads((home / "out.json").read_bytes())["results"]["bindings"]
    assert [row["c"]["value"] for row in found] == ["https://example.org/three"]


def test_graphs_and_yes_or_no(home: Path) -> None:
    (home / "construct.rq").write_text("CONSTRUCT WHERE { <https://example.org/two> ?p ?o }")
    assert mcqms("ask", "-q", "construct.rq", "-f", "nt", cwd=home).stdout.count(b" .\n") == 3
    (home / "yes.rq").write_text("ASK { <https://example.org/two> ?p ?o }")
    assert mcqms("ask", "-q", "yes.rq", cwd=home).stdout == b"yes\n"


def test_python_and_the_command_line_give_the_same_bytes(home: Path) -> None:
    answer = mcqms_kg.ask("what_to_earn_first", formats=["xml"], workspace=home / ".mcqms")
    assert isinstance(answer, Answer) and answer.format == "xml"
    assert mcqms("ask", "what_to_earn_first", "-f", "xml", cwd=home).stdout == answer.content


@pytest.mark.parametrize(
    ("arguments", "query", "says"),
    [
        (["who"], "", "No question is named 'who'"),
        (["problems_still_open"], "", "needs a value for 'date'"),
        (["problems_still_open", "date"], "", "is no value for a parameter"),
        (["problems_still_open", "date=soon"], "", "Its kind is date"),
        (["problems_still_open", "date=2026-06-30", "-f", "docx"], "", "Known formats: text, json"),
        (["problems_still_open", "date=2026-06-30", "-f", "turtle"], "", "cannot be answered as turtle"),
        (["problems_still_open", "date=2026-06-30", "-d", "shcool"], "", "Known datasets: "),
        (["what_to_earn_first", "-q", "q.rq"], "ASK {}", "either a question or a query"),
        (["-q", "nowhere.rq"], "", "cannot be read"),
        (["-q", "q.rq"], "SELECT\n*\n{ ?s ?p }", "query:3:9: A term must stand here"),
        (["-q", "q.rq"], "ASK { SERVICE <http://127.0.0.1:9/> {} }", "SERVICE would reach outside"),
        (["-q", "q.rq"], "DELETE WHERE { ?s ?p ?o }", "DELETE would write"),
        (["-q", "q.rq"], "ASK FROM <file:///etc/passwd> {}", "There is no graph file:///etc/passwd to read"),
    ],
)
def test_what_cannot_be_asked_is_said_with_exit_code_2(home: Path, arguments: list[str], query: str, says: str) -> None:
    (home / "q.rq").write_text(query)
    done = mcqms("ask", *arguments, cwd=home)
    assert done.returncode == 2, done.stdout
    assert says in done.stderr.decode() and b"Traceback" not in done.stderr and not done.stdout


def test_limits_are_set_in_the_environment(home: Path) -> None:
    (home / "q.rq").write_text("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    late = mcqms("ask", "-q", "q.rq", cwd=home, MCQMS_QUERY_TIMEOUT_S="1")
    assert late.returncode == 2 and b"longer than 1 s" in late.stderr and not late.stdout
    many = mcqms("ask", "-q", "all.rq", "-f", "csv", cwd=home, MCQMS_QUERY_MAX_ROWS="2")
    assert many.returncode == 2 and b"more than 2 rows" in many.stderr and not many.stdout


def test_nobody_else_hands_in_what_is_shipped(home: Path) -> None:
    done = mcqms("import", "data.ttl", "-d", "shipped", cwd=home)
    assert done.returncode == 2 and b"the dataset of the package itself" in done.stderr
