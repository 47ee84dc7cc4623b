"""The engine on Spark gives the reports of the columnar engine, and refuses by name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mcqms_kg import operations
from mcqms_kg.cli.app import app
from mcqms_kg.errors import BadValue, RulebookError, Unsupported
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import ValidationReport
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.engines import engine_named
from mcqms_kg.shacl.searching import Slow
from shacl.shapes_in_turtle import turtle
from shacl.spark.one_session import MASTER, needs_spark
from shacl.test_patterns import HOSTILE

on_spark = [pytest.mark.slow, pytest.mark.xdist_group("spark"), needs_spark]
SHAPES = Path(__file__).resolve().parents[3] / "bench" / "shapes" / "rulebook-like.ttl"
VALUES = """ex:a ex:n 1, 1.0, 01, 1e0, "1"^^xsd:float, 9007199254740993, 9007199254740992.5 ;
    ex:n "INF"^^xsd:double, "NaN"^^xsd:double, "x"^^xsd:int ;
    ex:n "2026-01-01"^^xsd:date, "2026-01-01Z"^^xsd:date, "2026-01-01T00:00:00.00000001Z"^^xsd:dateTime, "24:00:00"^^xsd:time ;
    ex:n "P1M"^^xsd:duration, "P30D"^^xsd:duration, "PT0.0000000001S"^^xsd:duration, true, "b", "a\\\\b", "é"@EN-gb, ex:b, [] .
    ex:b ex:n 2, "2026-01-01T00:00:00.00000002Z"^^xsd:dateTime, "P31D"^^xsd:duration, 9007199254740993.0 ."""
COMPARED = """ex:less sh:targetSubjectsOf ex:n ; sh:path ex:n ; sh:lessThan ex:n .
    ex:sparql sh:targetSubjectsOf ex:n ; sh:sparql [ sh:select '''PREFIX ex: <https://example.org/> SELECT $this ?value
        WHERE { $this ex:n ?value . ?other ex:n ?more FILTER (?value = ?more && ?other != $this) }''' ] .
    ex:bound sh:targetSubjectsOf ex:n ; sh:path ex:n ; sh:maxInclusive "2026-01-01T00:00:00.00000001Z"^^xsd:dateTime .
    ex:duration sh:targetSubjectsOf ex:n ; sh:path ex:n ; sh:minExclusive "P30D"^^xsd:duration ; sh:datatype xsd:duration .
    ex:text sh:targetSubjectsOf ex:n ; sh:path ex:n ; sh:pattern '^a\\\\\\\\b$' ; sh:languageIn ( 'en' ) ; sh:minLength 2 .
    ex:beyond sh:targetSubjectsOf ex:n ; sh:path ex:n ; sh:pattern '^(?=1)[0-9]+$' ."""


def same(found: ValidationReport, expected: ValidationReport) -> None:
    assert found.results == expected.results
    assert found.focus_nodes == expected.focus_nodes
    assert found.conforms == expected.conforms
    assert set(found.engines.values()) <= {"spark"}


def test_a_master_is_for_spark_alone() -> None:
    with pytest.raises(BadValue, match="columns has no master"):
        engine_named("columns", "local[2]")
    found = CliRunner().invoke(app, ["validate", "data.ttl", "--shapes", "shapes.ttl", "--master", "local[2]"])
    assert found.exit_code != 0


def test_pyspark_is_not_imported_unless_asked_for() -> None:
    asked = "import sys, mcqms_kg.cli.app, mcqms_kg.shacl.engines; sys.exit('pyspark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


@pytest.mark.parametrize("package", ["pyspark", "pyarrow"])
def test_without_a_package_the_remedy_is_named(package: str) -> None:
    asked = f"""
import sys
sys.modules["{package}"] = None
from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.engines import engine_named
from mcqms_kg.shacl.searching import Slow
try:
    engine_named("spark").validate([], [])
except Unsupported as problem:
    sys.exit("mcqms-kg[spark]" not in str(problem))
"""
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


class TestOnSpark:
    pytestmark = on_spark

    def test_values_compare_as_on_one_machine(self) -> None:
        from mcqms_kg.shacl.spark import engine

        data, shapes = turtle(VALUES), turtle(COMPARED)
        with Columns.load((*triple, None) for triple in data) as loaded:
            same(engine.validate_triples(MASTER, data, shapes), columns.validate(loaded, shapes))

    def test_what_cannot_be_exact_goes_to_the_reference(self) -> None:
        from mcqms_kg.shacl.spark import engine

        data = turtle("ex:a ex:n 99999999999999999999999999999999 . ex:b ex:n 1 .")
        shapes = turtle("""ex:sum sh:targetSubjectsOf ex:n ; sh:sparql [ sh:select '''SELECT $this
            WHERE { $this <https://example.org/n> ?n FILTER (?n + 1 > 2) }''' ] .
            ex:kind sh:targetSubjectsOf ex:n ; sh:nodeKind sh:IRI .""")
        report = engine.validate_triples(MASTER, data, shapes)
        assert {name.strip("<>").rsplit("/", 1)[-1]: by for name, by in report.engines.items()} == {
            "sum": "reference",
            "kind": "spark",
        }
        assert [result.focus for result in report.results] == ["<https://example.org/a>"]

    def test_what_cannot_be_exact_on_many_statements_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from mcqms_kg.shacl.spark import engine

        monkeypatch.setattr(engine, "MOST_BY_REFERENCE", 0)
        shapes = "ex:s sh:targetSubjectsOf ex:n ; sh:node ex:t . ex:t sh:property [ sh:path ex:n ; sh:node ex:t ] ."
        with pytest.raises(Unsupported, match="needs itself"):
            engine.validate_triples(MASTER, turtle("ex:a ex:n ex:a ."), turtle(shapes))

    def test_a_pattern_that_is_none_and_one_that_takes_too_long(self) -> None:
        from mcqms_kg.shacl.spark import engine

        data = turtle(f"ex:a ex:n '{'a' * 40}!' .")
        with pytest.raises(RulebookError, match="not a regular expression"):
            engine.validate_triples(
                MASTER, data, turtle("ex:s sh:targetSubjectsOf ex:n ; sh:path ex:n ; sh:pattern '(?=' .")
            )
        report = engine.validate_triples(
            MASTER, data, turtle("ex:s sh:targetSubjectsOf ex:n ; sh:path ex:n ; sh:pattern '^(a|a)*$' .")
        )
        assert len(report.results) == 1, "RE2 takes no longer on a hostile text"
        with pytest.raises(Slow):
            engine.validate_triples(
                MASTER,
                turtle(f"ex:a ex:n '{'a' * 60}!' ."),
                turtle(f"ex:s sh:targetSubjectsOf ex:n ; sh:path ex:n ; sh:pattern '{HOSTILE}' ."),
            )

    def test_targets_by_sparql(self) -> None:
        from mcqms_kg.shacl.spark import engine

        data = turtle("ex:a ex:n 1 . ex:b ex:n 7 .")
        shapes = turtle("""ex:s a sh:NodeShape ; sh:nodeKind sh:Literal ; sh:target [ a sh:SPARQLTarget ;
            sh:select 'SELECT ?this WHERE { ?this <https://example.org/n> ?n FILTER (?n > 5) }' ] .""")
        with Columns.load((*triple, None) for triple in data) as loaded:
            expected = columns.validate(loaded, shapes)
        assert len(expected.results) == 1
        same(engine.validate_triples(MASTER, data, shapes), expected)

    def test_the_command_line(self, tmp_path: Path) -> None:
        data, shapes = tmp_path / "data.nt", tmp_path / "shapes.ttl"
        data.write_text('<https://example.org/a> <https://example.org/p> "b" .\n', encoding="utf-8")
        shapes.write_text(
            "@prefix sh: <http://www.w3.org/ns/shacl#> . <https://example.org/s> sh:targetSubjectsOf <https://example.org/p> ;"
            " sh:path <https://example.org/p> ; sh:maxCount 0 .",
            encoding="utf-8",
        )
        asked = ["validate", str(data), "--shapes", str(shapes), "--engine", "spark", "--master", MASTER]
        found = CliRunner().invoke(app, asked)
        assert found.exit_code == 1
        assert "MaxCountConstraintComponent" in found.stdout
        again = CliRunner().invoke(app, [*asked[:-1], "local[7]"])
        assert isinstance(again.exception, BadValue)
        assert "already runs" in str(again.exception)

    def test_workers_in_processes_of_their_own(self, tmp_path: Path) -> None:
        data, shapes = tmp_path / "data.nt", tmp_path / "shapes.ttl"
        data.write_text('<https://example.org/a> <https://example.org/p> "caf\\u00E9" .\n', encoding="utf-8")
        shapes.write_text(
            "@prefix sh: <http://www.w3.org/ns/shacl#> . <https://example.org/s> sh:targetSubjectsOf <https://example.org/p> ;"
            " sh:path <https://example.org/p> ; sh:pattern '^cafe$' .",
            encoding="utf-8",
        )
        asked = [sys.executable, "-m", "mcqms_kg", "validate", str(data), "--shapes", str(shapes)]
        asked += ["--engine", "spark", "--master", "local-cluster[1,1,1024]"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert done.returncode == 1, done.stderr
        assert "PatternConstraintComponent" in done.stdout

    def test_the_national_graph(self, tmp_path: Path) -> None:
        path = tmp_path / "nation.nq"
        operations.generate(path, providers=16, credentials=80, defects=0.05, as_of="2026-06-30")
        shapes = read_triples([SHAPES])
        with Columns.load_files([path]) as loaded:
            expected = columns.validate(loaded, shapes)
            loaded.write_parquet(tmp_path / "columns")
        assert expected.results
        same(operations.validate([path], [SHAPES], engine="spark", master=MASTER), expected)
        same(operations.validate([tmp_path / "columns"], [SHAPES], engine="spark", master=MASTER), expected)
