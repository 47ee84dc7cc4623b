"""The SQL of each component, pinned. After a change that is meant: MCQMS_WRITE_SNAPSHOTS=1 pytest tests/shacl/test_sql_snapshots.py."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mcqms_kg.shacl.columns import compile_all
from mcqms_kg.shacl.parse import parse
from shacl.shapes_in_turtle import turtle

SNAPSHOTS = Path(__file__).parent / "snapshots"
SELECT = "SELECT $this ?value WHERE"
NAMESPACE = "PREFIX ex: <https://example.org/>"
SHAPES = {
    "class": "sh:path ex:p ; sh:class ex:D",
    "datatype": "sh:path ex:p ; sh:datatype xsd:date",
    "nodeKind": "sh:path ex:p ; sh:nodeKind sh:BlankNodeOrIRI",
    "minCount": "sh:path ex:p ; sh:minCount 1",
    "minCount-2": "sh:path ex:p ; sh:minCount 2",
    "maxCount": "sh:path ex:p ; sh:maxCount 1",
    "minInclusive": "sh:path ex:p ; sh:minInclusive 5",
    "minLength": "sh:path ex:p ; sh:minLength 3",
    "pattern": "sh:path ex:p ; sh:pattern '^[a-z]+$' ; sh:flags 'i'",
    "languageIn": "sh:path ex:p ; sh:languageIn ( 'en' 'id' )",
    "uniqueLang": "sh:path ex:p ; sh:uniqueLang true",
    "equals": "sh:path ex:p ; sh:equals ex:q",
    "disjoint": "sh:path ex:p ; sh:disjoint ex:q",
    "lessThan": "sh:path ex:p ; sh:lessThan ex:q",
    "not": "sh:not [ sh:class ex:D ]",
    "and": "sh:and ( [ sh:class ex:D ] [ sh:class ex:E ] )",
    "or": "sh:or ( [ sh:class ex:D ] [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] )",
    "xone": "sh:xone ( [ sh:class ex:D ] [ sh:class ex:E ] )",
    "node": "sh:path ex:p ; sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ]",
    "qualified": "sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:D ] ; sh:qualifiedMinCount 1",
    "qualified-narrow": "sh:path ex:p ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 2 ; sh:qualifiedValueShape [ sh:class ex:D ;"
    " sh:property [ sh:path ex:q ; sh:minCount 1 ] , [ sh:path ex:r ; sh:hasValue ex:v ] ]",
    "closed": "sh:closed true ; sh:ignoredProperties ( ex:p ) ; sh:property [ sh:path ex:q ]",
    "hasValue": "sh:path ex:p ; sh:hasValue ex:a",
    "in": "sh:path ex:p ; sh:in ( ex:a 'b' )",
    "path-sequence": "sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:minCount 1",
    "path-zero-or-more": "sh:path ( ex:p [ sh:zeroOrMorePath ex:q ] ) ; sh:hasValue ex:a",
    "sparql-not-exists": f"sh:sparql [ sh:select '{NAMESPACE} {SELECT} {{ $this ex:p ?value FILTER NOT EXISTS {{ ?value ex:q ?x }} }}' ]",
    "sparql-compare": f"sh:sparql [ sh:select '{NAMESPACE} {SELECT} {{ $this ex:p ?value ; ex:q ?x FILTER (?value < ?x) }}' ]",
    "sparql-group": f"sh:sparql [ sh:select '{NAMESPACE} SELECT $this WHERE {{ $this ex:p ?v }} GROUP BY $this HAVING (SUM(?v) > 5)' ]",
}


def sql(shape: str) -> str:
    """What the engine runs for a shape: the query of its focus nodes, then those of its results."""
    compiled, beyond = compile_all(parse(turtle(f"ex:shape sh:targetClass ex:C ; {shape} .")))
    assert not beyond
    return "\n\n".join(query.readable + ";" for one in compiled for query in one.all) + "\n"


@pytest.mark.parametrize("name", SHAPES)
def test_snapshot(name: str) -> None:
    path = SNAPSHOTS / f"{name}.sql"
    written = f"-- {SHAPES[name]}\n{sql(SHAPES[name])}"
    if os.environ.get("MCQMS_WRITE_SNAPSHOTS"):
        path.write_text(written, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == written


def test_every_snapshot_has_its_shape() -> None:
    assert {path.stem for path in SNAPSHOTS.glob("*.sql")} == set(SHAPES)
