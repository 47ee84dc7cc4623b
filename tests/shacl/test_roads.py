"""The roads of the columnar engine: which is taken, what Python leaves to SQL, and that nothing of it shows in the report."""

from __future__ import annotations

import subprocess
import sys
from threading import Thread
from unittest.mock import Mock

import pytest
from hypothesis import HealthCheck, given, settings

from differential.shapes_and_data import graphs, shapes_graphs
from mcqms_kg.errors import BadValue
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Triple, ValidationReport
from mcqms_kg.shacl import columns, roads
from mcqms_kg.shacl.roads import Road
from mcqms_kg.shacl.sets import rows
from shacl import all_roads
from shacl.shapes_in_turtle import turtle
from shapes.case_runner import Case, bound, cases, shapes_of, small_background

DATA = """
    ex:a a ex:C ; ex:name "a", "b"@en ; ex:knows ex:b ; ex:age 7 ; ex:born "2020-01-01"^^xsd:date .
    ex:b a ex:D ; ex:name "b" ; ex:knows ex:a, ex:c ; ex:age "old" ; ex:born "2020-01-01T00:00:00Z"^^xsd:dateTime .
    ex:D rdfs:subClassOf ex:C .
"""
SHAPES = """
    ex:shape sh:targetClass ex:C ; sh:property ex:age, ex:names ; sh:sparql ex:query .
    ex:age sh:path ex:age ; sh:datatype xsd:integer ; sh:maxInclusive 6 .
    ex:names sh:path ( ex:knows ex:name ) ; sh:maxCount 0 .
    ex:query sh:message "{?value} is known" ;
      sh:select "SELECT $this ?value WHERE { $this <https://example.org/knows> ?value }" .
"""
BEYOND_RE2 = turtle(r"""ex:shape sh:targetClass ex:C ; sh:path ex:name ; sh:pattern "^[a-z-[b]]$" .""")


def loaded(data: str = DATA) -> Columns:
    return Columns.load((*triple, None) for triple in turtle(data))


def refusing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(columns, name, Mock(side_effect=AssertionError(f"{name} was asked")))


def test_a_small_graph_needs_no_sql(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, "_by_sql")
    with loaded() as data:
        report = columns.validate(data, turtle(SHAPES))
    assert len(report.results) == 8
    assert set(report.engines.values()) == {"columns"}
    told = {message for result in report.results for message in result.messages}
    assert told == {f'"https://example.org/{name} is known"' for name in "abc"}


def test_all_roads_give_the_same_report() -> None:
    with loaded() as data:
        assert len(all_roads.validate(data, turtle(SHAPES)).results) == 8


def test_a_large_graph_takes_the_road_of_sql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roads, "MANY", 5)
    asked = Mock(wraps=columns._by_sql)
    monkeypatch.setattr(columns, "_by_sql", asked)
    with loaded() as data:
        columns.validate(data, turtle(SHAPES))
        asked.assert_called_once()


def test_what_only_sql_can_match_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Mock(wraps=columns._by_sql)
    monkeypatch.setattr(columns, "_by_sql", asked)
    with loaded() as data:
        report = columns.validate(
            data, (*BEYOND_RE2, *turtle("ex:other sh:targetClass ex:C ; sh:nodeKind sh:Literal ."))
        )
    assert len(report.results) == 4
    asked.assert_called_once()
    ((_, _, left, _, _), _) = asked.call_args
    assert [shape.name for shape in left] == ["<https://example.org/shape>"]


def test_too_many_rows_are_left_to_sql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mcqms_kg.shacl.sets.answering.MOST", 3)
    with loaded() as data:
        assert columns.validate(data, turtle(SHAPES), road=Road.PYTHON) == columns.validate(
            data, turtle(SHAPES), road=Road.SQL
        )


def test_a_product_of_everything_is_never_made() -> None:
    many: rows.Rows = [(n,) for n in range(3_000)]
    with pytest.raises(rows.TooMuch):
        rows.joined(many, ("a",), many, ("b",))
    alike: rows.Rows = [(1, n) for n in range(3_000)]
    with pytest.raises(rows.TooMuch):
        rows.joined(alike, ("a", "b"), alike, ("a", "c"))


def test_the_setting_forces_a_road(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, "_by_sql")
    monkeypatch.setenv(roads.SETTING, "sql")
    with loaded() as data, pytest.raises(AssertionError):
        columns.validate(data, turtle(SHAPES))
    monkeypatch.setenv(roads.SETTING, "rail")
    with loaded() as data, pytest.raises(BadValue):
        columns.validate(data, turtle(SHAPES))


def test_threads_share_a_rulebook() -> None:
    shapes = turtle(SHAPES.replace("ex:shape", "ex:shared"))
    found: list[ValidationReport] = []

    def run() -> None:
        with loaded() as data:
            found.append(columns.validate(data, shapes))

    threads = [Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert all(report == found[0] for report in found)


def test_a_small_validation_imports_neither_databases_nor_the_store() -> None:
    program = """
import sys
from mcqms_kg.shacl import columns
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Term
def iri(name): return Term(f"<https://example.org/{name}>")
sh = "<http://www.w3.org/ns/shacl#%s>"
with Columns.load([(iri("a"), iri("p"), iri("b"), None)]) as data:
    shapes = ((iri("s"), Term(sh % "targetSubjectsOf"), iri("p")), (iri("s"), Term(sh % "nodeKind"), Term(sh % "Literal")))
    assert len(columns.validate(data, shapes).results) == 1
print(sorted({"duckdb", "numpy", "sqlglot", "rdflib", "pyshacl", "mcqms_kg.store"} & sys.modules.keys()))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@settings(max_examples=60, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=graphs, shapes=shapes_graphs())
def test_all_roads_agree_on_anything(data: list[Triple], shapes: tuple[Triple, ...]) -> None:
    with Columns.load((*triple, None) for triple in data) as columns_:
        all_roads.validate(columns_, shapes)


def agrees(case: Case) -> None:
    with Columns.load((*triple, None) for triple in (*small_background(), *case_data(case))) as columns_:
        all_roads.validate(columns_, bound(case.framework, shapes_of(case.framework, case.stem)))


def case_data(case: Case) -> tuple[Triple, ...]:
    from mcqms_kg.graph.read import read_triples

    return read_triples([case.path])


@pytest.mark.parametrize("case", cases()[::12], ids=lambda case: case.name)
def test_some_cases(case: Case) -> None:
    agrees(case)
