"""Questions asked of value nodes alone, in whatever order, leave the nodes that the reference engine finds conforming."""

from __future__ import annotations

import pytest

from differential.test_engines_agree import results
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Triple, ValidationReport
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.reference import pyshacl as reference
from shacl.shapes_in_turtle import turtle

DATA = turtle("""ex:a a ex:C ; ex:p ex:x , ex:y , ex:z , 1 , 'v' . ex:b a ex:C ; ex:p ex:x . ex:c a ex:C .
    ex:x a ex:D ; ex:q 5 ; ex:r ex:v . ex:y a ex:E ; ex:q 5 , 6 ; ex:r ex:v , ex:w . ex:z a ex:D , ex:E ; ex:s 'v' .
    ex:E rdfs:subClassOf ex:D . ex:v ex:t ex:x . ex:w ex:t ex:y .""")
QUALIFIED = {
    "class and value": "sh:class ex:D ; sh:property [ sh:path ex:r ; sh:hasValue ex:v ]",
    "value of no path": "sh:hasValue ex:x ; sh:class ex:D",
    "a literal itself": "sh:hasValue 'v'",
    "value backwards": "sh:property [ sh:path [ sh:inversePath ex:t ] ; sh:hasValue ex:w ]",
    "backwards from a literal": "sh:property [ sh:path [ sh:inversePath ex:s ] ; sh:hasValue ex:z ]",
    "value at the end of a longer path": "sh:property [ sh:path ( ex:r ex:t ) ; sh:hasValue ex:y ]",
    "value on any of two paths": "sh:property [ sh:path [ sh:alternativePath ( ex:r ex:q ) ] ; sh:hasValue 6 ]",
    "two values": "sh:property [ sh:path ex:r ; sh:hasValue ex:v , ex:w ]",
    "tests of the node": "sh:nodeKind sh:IRI ; sh:pattern '[xy]$' ; sh:maxLength 40",
    "a range of the node": "sh:minInclusive 1 ; sh:datatype xsd:integer",
    "another shape of the node": "sh:node [ sh:class ex:E ; sh:property [ sh:path ex:q ; sh:minCount 2 ] ] ; sh:nodeKind sh:IRI",
    "a deactivated part": "sh:class ex:D ; sh:property [ sh:path ex:r ; sh:hasValue ex:w ; sh:deactivated true ]",
    "wholly deactivated": "sh:class ex:None ; sh:deactivated true",
    "a negation": "sh:class ex:D ; sh:not [ sh:property [ sh:path ex:r ; sh:hasValue ex:w ] ]",
    "a property shape itself": "sh:path ex:q ; sh:class ex:D ; sh:hasValue 5",
    "qualified inside": "sh:property [ sh:path ex:r ; sh:qualifiedValueShape [ sh:hasValue ex:v ] ; sh:qualifiedMinCount 1 ]",
}
SIBLINGS = """ex:shape sh:targetClass ex:C ; sh:property ex:one , ex:two .
    ex:one sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:D ] ; sh:qualifiedMinCount 2 ;
      sh:qualifiedValueShapesDisjoint true .
    ex:two sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:E ; sh:property [ sh:path ex:r ; sh:hasValue ex:v ] ] ;
      sh:qualifiedMaxCount 0 ; sh:qualifiedValueShapesDisjoint true ."""


def both(shapes: tuple[Triple, ...]) -> tuple[ValidationReport, ValidationReport]:
    with Columns.load((*triple, None) for triple in DATA) as loaded:
        return columns.validate(loaded, shapes), reference.validate(DATA, shapes)


@pytest.mark.parametrize("name", QUALIFIED)
@pytest.mark.parametrize("bounds", ["sh:qualifiedMinCount 1", "sh:qualifiedMinCount 2 ; sh:qualifiedMaxCount 2"])
def test_values_that_conform_are_counted_alike(name: str, bounds: str) -> None:
    shapes = f"ex:shape sh:targetClass ex:C ; sh:path ex:p ; {bounds} ; sh:qualifiedValueShape [ {QUALIFIED[name]} ] ."
    found, expected = both(turtle(shapes))
    assert results(found) == results(expected)
    assert set(found.engines.values()) == {columns.NAME}


@pytest.mark.parametrize("name", QUALIFIED)
def test_nodes_that_conform_are_told_alike(name: str) -> None:
    found, expected = both(turtle(f"ex:shape sh:targetObjectsOf ex:p ; sh:not [ {QUALIFIED[name]} ] ."))
    assert results(found) == results(expected)


def test_siblings_are_taken_from_what_is_left() -> None:
    found, expected = both(turtle(SIBLINGS))
    assert results(found) == results(expected)
    assert found.results
