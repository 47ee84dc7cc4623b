"""A SPARQL constraint that no other engine can run is handed over alone, and the results are those of the whole."""

from __future__ import annotations

import pytest

from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.reference import pyshacl as reference
from mcqms_kg.shacl.roads import Road
from shacl import all_roads
from shacl.shapes_in_turtle import turtle

JOINED = """sh:select '''PREFIX ex: <https://example.org/>
    SELECT $this (GROUP_CONCAT(?o) AS ?value) WHERE { $this ex:p ?o } GROUP BY $this HAVING (COUNT(?o) = 1)'''"""
SIMPLE = """sh:select '''PREFIX ex: <https://example.org/> SELECT $this ?value WHERE { $this ex:n ?value FILTER (?value > 1) }'''"""
OF_ONE = (
    """sh:select '''SELECT $this WHERE { $this $PATH ?o } GROUP BY $this HAVING (STRLEN(GROUP_CONCAT(?o)) = 1)'''"""
)
COMPONENT = f"""ex:component a sh:ConstraintComponent ; sh:parameter [ sh:path ex:joined ] ;
    sh:propertyValidator [ a sh:SPARQLSelectValidator ; {OF_ONE} ] ."""
DATA = """ex:a a ex:C ; ex:p "x" ; ex:n 1 , 2 ; ex:q ex:b . ex:b a ex:C , ex:D ; ex:p "x" , "y" ; ex:n 3 ; ex:q ex:a .
    ex:c a ex:D ; ex:p "z" ; ex:q ex:a , ex:b ."""
SHAPES = {
    "beside Core": f"ex:s sh:targetClass ex:C ; sh:property [ sh:path ex:n ; sh:maxCount 1 ] ; sh:sparql [ {JOINED} ] .",
    "beside SPARQL": f"ex:s sh:targetClass ex:C ; sh:sparql [ {SIMPLE} ] , [ {JOINED} ; sh:message 'joined: {{?value}}' ] .",
    "below a path": f"""ex:s sh:targetClass ex:C ; sh:message "s" ; sh:property [ sh:path ex:q ; sh:minCount 2 ; sh:severity sh:Info ;
        sh:property [ sh:path ex:p ; sh:maxCount 1 ; sh:sparql [ {JOINED} ] ] ; sh:sparql [ {JOINED} ] ] .""",
    "of a class that is a shape": f"ex:C a rdfs:Class , sh:NodeShape ; sh:closed true ; sh:sparql [ {JOINED} ] .",
    "of two targets": f"ex:s sh:targetClass ex:C ; sh:targetSubjectsOf ex:p ; sh:sparql [ {JOINED} ] , [ {SIMPLE} ] .",
    "of a shape that others need": f"""ex:s sh:targetClass ex:C ; sh:sparql [ {JOINED} ] , [ {SIMPLE} ] .
        ex:t sh:targetClass ex:D ; sh:node ex:s .""",
    "shared by two shapes": f"""ex:s sh:targetClass ex:C ; sh:property ex:below . ex:t sh:targetClass ex:D ; sh:property ex:below .
        ex:below sh:path ex:q ; sh:maxCount 1 ; sh:sparql [ {JOINED} ] .""",
    "that asks for its name": f"""ex:s sh:targetClass ex:C ; sh:property [ sh:path ex:n ; sh:maxCount 1 ] ;
        sh:sparql [ {JOINED.replace("$this ex:p", "FILTER (BOUND($currentShape)) $this ex:p")} ] .""",
    "a component": f"ex:s sh:targetClass ex:C ; sh:path ex:p ; sh:maxCount 1 ; ex:joined true . {COMPONENT}",
    "a component and its neighbour": f"""ex:s sh:targetClass ex:C ; sh:path ex:p ; sh:maxCount 1 ; ex:joined true . {COMPONENT}
        {COMPONENT.replace("ex:component", "ex:other")}""",
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_results_are_those_of_the_whole(name: str) -> None:
    data, shapes = turtle(DATA), turtle(SHAPES[name])
    with Columns.load((*triple, None) for triple in data) as loaded:
        report = all_roads.validate(loaded, shapes)
    whole = reference.validate(data, shapes)
    assert report.results
    assert sorted(_key(result) for result in report.results) == sorted(_key(result) for result in whole.results)
    assert report.focus_nodes == whole.focus_nodes
    assert "reference" in report.engines.values()


def _key(result: object) -> tuple[str, ...]:
    names = ("focus", "path", "value", "component", "severity", "source_constraint")
    shape = str(getattr(result, "source_shape", ""))
    return ("_:" if shape.startswith("_:") else shape, *(str(getattr(result, name)) for name in names))


def test_classes_of_classes_are_not_asked_twice() -> None:
    """A class of classes makes implicit targets of its instances, which are reported once whoever decides another shape."""
    shapes = turtle(f"""ex:Meta rdfs:subClassOf rdfs:Class . ex:D a ex:Meta , sh:NodeShape ; sh:property [ sh:path ex:q ; sh:maxCount 1 ] .
        ex:t sh:targetClass ex:C ; sh:sparql [ {JOINED} ] .""")
    with Columns.load((*triple, None) for triple in turtle(DATA)) as loaded:
        report = all_roads.validate(loaded, shapes)
    assert [result.focus for result in report.results if result.component.endswith("MaxCountConstraintComponent>")] == [
        "<https://example.org/c>"
    ]


def test_only_it_is_asked_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[str]] = []
    run = reference.validate

    def seen(data: object, shapes: object, **more: object) -> object:
        asked.append({p for s, p, _ in shapes if s.startswith("<urn:x-mcqms:part-of-a-shape")})  # type: ignore[attr-defined]  # terms are texts
        return run(data, shapes, **more)  # type: ignore[arg-type]  # what was given is handed on

    monkeypatch.setattr(reference, "validate", seen)
    with Columns.load((*triple, None) for triple in turtle(DATA)) as loaded:
        columns.validate(loaded, turtle(SHAPES["beside SPARQL"]), road=Road.PYTHON)
    (predicates,) = asked
    assert {name.rpartition("#")[2] for name in predicates} == {"type>", "targetClass>", "sparql>"}
