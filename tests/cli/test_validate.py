"""`mcqms validate` says which engine decided what."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from cli.test_command_line import mcqms

DATA = "@prefix ex: <https://example.org/> . ex:a ex:next ex:b ; ex:name 'a' . ex:b ex:name 'b' ."
SHAPES = """@prefix ex: <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
ex:Chain a sh:NodeShape ; sh:targetSubjectsOf ex:next ; sh:property ex:Chain-next .
ex:Chain-next a sh:PropertyShape ; sh:path ex:next ; sh:node ex:Chain .
ex:Named a sh:NodeShape ; sh:targetSubjectsOf ex:name ; sh:property ex:Named-name .
ex:Named-name a sh:PropertyShape ; sh:path ex:name ; sh:maxLength 1 .
"""


def test_a_shape_that_needs_itself_is_decided_by_the_reference_and_said_so(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text(DATA, "utf-8")
    (tmp_path / "shapes.ttl").write_text(SHAPES, "utf-8")
    done = mcqms("validate", "data.ttl", "--shapes", "shapes.ttl", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0
    engines = {one["shape"]["value"]: one["engine"] for one in json.loads(done.stdout)["shapes"]}
    assert engines == {"https://example.org/Chain": "reference", "https://example.org/Named": "columns"}
    assert (
        "1 of 2 shapes cannot be run exactly by columns and were decided by reference: <https://example.org/Chain>"
        in done.stderr
    )


def test_nothing_is_said_where_one_engine_decides_all(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text(DATA, "utf-8")
    (tmp_path / "shapes.ttl").write_text(SHAPES.replace("sh:node ex:Chain", "sh:nodeKind sh:IRI"), "utf-8")
    done = mcqms("validate", "data.ttl", "--shapes", "shapes.ttl", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


QUERY = """@prefix ex: <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
ex:Named a sh:NodeShape ; sh:targetSubjectsOf ex:name ; sh:sparql [ sh:select "SELECT $this WHERE { $this ex:next ?other }" ] .
"""


def test_a_query_may_use_the_prefixes_of_its_file(tmp_path: Path) -> None:
    """As in other engines; the specification knows sh:prefixes only, which comes first where both declare one."""
    (tmp_path / "data.ttl").write_text(DATA, "utf-8")
    (tmp_path / "shapes.ttl").write_text(QUERY, "utf-8")
    done = mcqms("validate", "data.ttl", "--shapes", "shapes.ttl", cwd=tmp_path)
    assert (done.returncode, done.stdout.count("a sh:ValidationResult ")) == (1, 1)
    (tmp_path / "other.ttl").write_text("@prefix ex: <https://other.example/> . ex:a ex:b ex:c .", "utf-8")
    unclear = mcqms("validate", "data.ttl", "--shapes", "shapes.ttl", "--shapes", "other.ttl", cwd=tmp_path)
    assert unclear.returncode == 2
    assert "ex" in unclear.stderr


def test_a_file_of_shapes_may_be_called_so(tmp_path: Path) -> None:
    """`.shacl` and `.shapes` are Turtle; its prefixes serve its queries too."""
    (tmp_path / "data.ttl").write_text(DATA, "utf-8")
    for name in ("rules.shacl", "rules.shapes"):
        (tmp_path / name).write_text(QUERY, "utf-8")
        done = mcqms("validate", "data.ttl", "--shapes", name, "--format", "json", cwd=tmp_path)
        assert done.returncode == 1
        assert [one["focus"]["value"] for one in json.loads(done.stdout)["results"]] == ["https://example.org/a"]


IN_SPARQL = """@prefix ex: <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
ex:Matched a sh:NodeShape ; sh:targetSubjectsOf ex:name ; sh:property ex:Matched-name .
ex:Matched-name a sh:PropertyShape ; sh:path ex:name ; sh:sparql
  [ sh:select "SELECT $this ?value { $this $PATH ?value FILTER (!REGEX(?value, '^service$')) }" ] ,
  [ sh:select "SELECT $this (COUNT(?other) AS ?value) { ?other ex:next+ $this } GROUP BY $this HAVING (COUNT(?other) > 0)" ] ,
  [ sh:select "SELECT $this { $this ex:next ?next } LIMIT 1" ] .
ex:Longer a sh:ConstraintComponent ; sh:parameter [ sh:path ex:atLeast ] ;
  sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER (STRLEN(STR($value)) >= $atLeast) }" ] .
ex:Long a sh:NodeShape ; sh:targetObjectsOf ex:name ; ex:atLeast 2 .
"""
IMPORTED = """
import runpy, sys
sys.argv = ["mcqms", *sys.argv[1:]]
try:
    runpy.run_module("mcqms_kg", run_name="__main__")
finally:
    print(sorted({"rdflib", "pyparsing", "pyshacl"} & sys.modules.keys()), file=sys.stderr)
"""


def test_sparql_in_shapes_takes_no_parser_but_ours(tmp_path: Path) -> None:
    """rdflib takes longer to import than a small graph to validate; it comes with the reference engine only."""
    (tmp_path / "data.ttl").write_text(DATA, "utf-8")
    (tmp_path / "shapes.ttl").write_text(IN_SPARQL, "utf-8")
    command = [sys.executable, "-c", IMPORTED, "validate", "data.ttl", "--shapes", "shapes.ttl", "--format", "json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "[]")
    report = json.loads(done.stdout)
    assert {one["engine"] for one in report["shapes"]} == {"columns", "store"}
    assert len(report["results"]) == 6
