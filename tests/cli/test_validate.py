"""`mcqms validate` says which engine decided what."""

from __future__ import annotations

import json
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
