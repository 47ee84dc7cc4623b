"""The command line as people use it: exit codes, files, errors, and the same verdict as in Python."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import mcqms_kg

PROVIDER = """@prefix mc: <https://w3id.org/mcqms/ns#> .
@prefix code: <https://w3id.org/mcqms/code/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <https://example.org/> .
ex:provider a mc:Provider ; rdfs:label "Example Institute"@en .
ex:risk a mc:Risk ;
  rdfs:label "Employers do not know the credential"@en ;
  mc:belongsTo ex:provider ;
  mc:hasRiskKind code:risk-not-recognised-by-industry .
"""
DATE = ("--as-of", "2026-06-30")


def mcqms(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mcqms_kg", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "200", **environment},
        timeout=300,
        check=False,
    )


@pytest.fixture
def provider(tmp_path: Path) -> Path:
    path = tmp_path / "provider.ttl"
    path.write_text(PROVIDER)
    return path


def test_check_prints_the_clause_tree_and_ends_with_1(provider: Path) -> None:
    done = mcqms("check", provider.name, *DATE, cwd=provider.parent)
    assert done.returncode == 1
    assert "nonconformant" in done.stdout
    assert "6.1c" in done.stdout
    assert "Employers do not know the credential" in done.stdout
    assert "provider.ttl:6" in done.stdout
    assert not done.stderr


_ENDINGS = (".html", ".json", ".ttl", ".csv", ".sarif", ".xml", ".txt", ".pdf", ".xlsx", ".earl.ttl", ".oscal.json")


def test_one_run_writes_several_formats(provider: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"report{ending}" for ending in _ENDINGS]
    done = mcqms("check", provider, *DATE, *(part for f in files for part in ("-o", f)))
    assert done.returncode == 1
    assert all(f.stat().st_size > 500 for f in files)
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_both_doors_give_the_same_bytes(provider: Path, tmp_path: Path) -> None:
    from mcqms_kg.report import FORMATS

    report = mcqms_kg.check([provider], as_of="2026-06-30")
    files = {name: tmp_path / f"report{known.ending}" for name, known in FORMATS.items()}
    arguments = [part for path in files.values() for part in ("-o", path)]
    mcqms("check", provider, *DATE, "--lang", "id", *arguments, PYTHONHASHSEED="7")
    for name, known in FORMATS.items():
        assert files[name].read_bytes() == known.write(report, "id"), name


@pytest.mark.parametrize(("fail_on", "code"), [("major", 1), ("minor", 1), ("opportunity", 1), ("never", 0)])
def test_fail_on(provider: Path, fail_on: str, code: int) -> None:
    assert mcqms("check", provider, *DATE, "--fail-on", fail_on, "-o", os.devnull, "-f", "csv").returncode == code


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "nowhere.ttl"], "nowhere.ttl: There is no such file"),
        (["check", "broken.ttl"], "broken.ttl:2:"),
        (["check", "empty.ttl"], "The file holds no statement"),
        (["check", "comments.ttl"], "The file holds no statement"),
        (["check", "."], "provider"),
        (
            ["check", "provider.ttl", "--profile", "mcqsm"],
            "Known profiles: eu-2022, mcqms-academic, mcqms-vocational, mcqms",
        ),
        (["check", "provider.ttl", "--as-of", "30/06/2026"], "'30/06/2026' is not a date"),
        (["check", "provider.ttl", "--as-of", "2026-02-30"], "is not a date"),
        (["check", "provider.ttl", "--format", "docx"], "Known formats"),
        (["check", "provider.ttl", "--engine", "fast"], "Known engines"),
        (["check", "provider.ttl", "-o", "report.docx"], "names no format"),
        (["check", "provider.ttl", "-o", "no/such/folder/report.json"], "cannot be written"),
        (["check", "entities.rdf"], "document type declaration"),
        (["check", "remote.jsonld"], "nothing remote is fetched"),
        (["validate", "provider.ttl", "--shapes", "empty.ttl"], "The file holds no statement"),
        (["validate", "provider.ttl", "--shapes", "service.ttl"], "uses SERVICE"),
        (["explain", "8.1z"], "Did you mean"),
        (["explain", "0123456789abcdef", "--in", "provider.ttl"], "has no finding"),
        (["compare", "provider.ttl", "nowhere.json"], "no such file"),
    ],
)
def test_what_cannot_be_done_is_said_with_exit_code_2(tmp_path: Path, arguments: list[str], says: str) -> None:
    files = {
        "provider.ttl": PROVIDER,
        "broken.ttl": "<http://e/a> <http://e/p> <http://e/b> .\n<http://e/a> <http://e/p> .",
        "empty.ttl": "",
        "comments.ttl": "# nothing but a comment\n@prefix ex: <http://e/> .\n",
        "entities.rdf": '<!DOCTYPE r [<!ENTITY a "aaa">]><r>&a;</r>',
        "remote.jsonld": '{"@context": "http://127.0.0.1:9/context.jsonld", "@id": "http://e/a"}',
        "service.ttl": """@prefix sh: <http://www.w3.org/ns/shacl#> .
<http://e/shape> a sh:NodeShape ; sh:targetClass <http://e/C> ;
  sh:sparql [ sh:select "SELECT $this WHERE { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }" ] .""",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    done = mcqms(*arguments, cwd=tmp_path)
    assert done.returncode == 2, done.stdout + done.stderr
    if arguments != ["check", "."]:
        assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("report*"))


def test_a_line_of_two_gigabytes_is_refused_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "long.nt"
    with path.open("wb") as stream:
        stream.write(b'<http://e/a> <http://e/p> "')
        stream.truncate(2 * 1024**3)  # a hole in the file: two gigabytes of zero bytes, no disk space
    done = mcqms("check", path)
    assert done.returncode == 2
    assert f"{path}:1" in done.stderr


def test_nothing_checked_is_not_conformant(tmp_path: Path) -> None:
    path = tmp_path / "other.ttl"
    path.write_text("<http://e/a> <http://e/p> <http://e/b> .")
    done = mcqms("check", path, *DATE)
    assert done.returncode == 2
    assert "not checked" in done.stdout


SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/> .
ex:shape a sh:NodeShape ; sh:targetClass {target} ; sh:property ex:shape-name .
ex:shape-name sh:path <http://www.w3.org/2000/01/rdf-schema#label> ; sh:minCount {count} .
"""


@pytest.mark.parametrize(
    ("target", "count", "code"),
    [("<https://w3id.org/mcqms/ns#Risk>", 1, 0), ("<https://w3id.org/mcqms/ns#Risk>", 2, 1), ("ex:Nothing", 1, 2)],
)
def test_validate(provider: Path, tmp_path: Path, target: str, count: int, code: int) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(SHAPES.format(target=target, count=count))
    done = mcqms("validate", provider, "--shapes", shapes)
    assert done.returncode == code, done.stderr
    assert "ValidationReport" in done.stdout
    assert ("nothing was validated" in done.stderr) == (code == 2)


@pytest.mark.parametrize(
    ("shape", "term"),
    [
        ("sh:nodekind sh:IRI", "sh:nodekind"),
        ("sh:property [ sh:path ex:p ; sh:MinCount 1 ]", "sh:MinCount"),
        ("sh:or ( [ dash:hasValueIn ( 1 ) ; sh:class ex:D ] )", "hasValueIn"),
        ("sh:rule [ a sh:TripleRule ]", "sh:rule"),
        ("sh:property [ sh:path ex:p ; sh:values [ sh:path ex:q ] ]", "sh:values"),
        (
            "sh:order 1 ; sh:property [ sh:path ex:p ; sh:name 'p' ; dash:singleLine false ; dash:editor dash:Field ]",
            "",
        ),
        ("ex:most 3 . ex:Most sh:parameter [ sh:path ex:most ; sh:optional false ]", ""),
        ("dash:stem 'x' . ex:Stem sh:parameter [ sh:path dash:stem ; sh:datatype xsd:string ]", ""),
    ],
)
def test_validate_says_what_nobody_checked(tmp_path: Path, shape: str, term: str) -> None:
    """Misspelt terms and notes beside SHACL do nothing; a report that says nothing of them would look as if they were met."""
    (tmp_path / "data.ttl").write_text("@prefix ex: <https://example.org/> . ex:a a ex:C .")
    (tmp_path / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> . "
        "@prefix dash: <http://datashapes.org/dash#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
        f"ex:s sh:targetClass ex:C ; sh:class ex:C ; {shape} ."
    )
    done = mcqms("validate", "data.ttl", "--shapes", "shapes.ttl", "--format", "json", cwd=tmp_path)
    passed_over = json.loads(done.stdout)["passedOver"]
    if term:
        assert len(passed_over) == 1
        assert term in done.stderr
        assert "nobody checked it" in done.stderr
    else:
        assert passed_over == []
        assert done.stderr == ""


def test_validate_files_with_relative_iris(tmp_path: Path) -> None:
    """They start from the file they stand in, as other engines have it."""
    (tmp_path / "data.ttl").write_text("<#a> a <shapes.ttl#C> .")
    (tmp_path / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <#s> sh:targetClass <#C> ; sh:nodeKind sh:Literal ."
    )
    for engine in ("columns", "reference"):
        done = mcqms("validate", "data.ttl", "--shapes", "shapes.ttl", "--engine", engine, cwd=tmp_path)
        assert done.returncode == 1, done.stderr
        assert f"sh:focusNode <{(tmp_path / 'data.ttl').as_uri()}#a>" in done.stdout


def test_explain_a_requirement_a_shape_and_a_finding(provider: Path, tmp_path: Path) -> None:
    assert "validated" in mcqms("explain", "8.1d").stdout
    assert "Cara memperbaiki" in mcqms("explain", "8.1d", "--lang", "id").stdout
    assert "Enforced by" not in mcqms("explain", "shape:8.1d-MicroCredential").stdout
    report = tmp_path / "report.json"
    mcqms("check", provider, *DATE, "-o", report, "-f", "json")
    id_ = next(f["id"] for f in json.loads(report.read_text())["findings"] if f["notation"] == "6.1c")
    done = mcqms("explain", id_, "--in", report)
    assert done.returncode == 0
    assert "Employers do not know the credential" in done.stdout
    assert done.stdout == mcqms("explain", id_, "--in", provider, *DATE).stdout


def test_compare_says_what_is_new_fixed_and_persisting(provider: Path, tmp_path: Path) -> None:
    old, later = tmp_path / "old.json", tmp_path / "later.ttl"
    mcqms("check", provider, *DATE, "-o", old, "-f", "json")
    later.write_text(
        PROVIDER.replace("  mc:belongsTo ex:provider ;\n", "  mc:belongsTo ex:provider ; mc:likelihood 9 ;\n")
    )
    done = mcqms("compare", old, later, *DATE, "-f", "json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert [f["requirement"] for f in found["new"]] == ["6.1c"]
    assert [f["requirement"] for f in found["fixed"]] == ["6.1c"]
    assert found["persisting"]
    same = mcqms("compare", old, provider, *DATE)
    assert same.returncode == 0
    assert same.stdout.startswith("New: 0, Fixed: 0, Graded otherwise: 0, Persisting: ")


def test_clauses_lists_every_requirement_and_every_profile() -> None:
    listed = mcqms("clauses").stdout
    assert all(notation in listed for notation in ("0.6", "8.1d", "10.2b", "F4", "X3"))
    assert "mcqms-vocational" in mcqms("clauses", "--profiles").stdout
    assert "AI." in mcqms("clauses", "--profile", "eu-2022").stdout


def test_version_and_help() -> None:
    assert mcqms("--version").stdout == f"mcqms {mcqms_kg.__version__}\n"
    assert "0 conformant" in mcqms("--help").stdout
