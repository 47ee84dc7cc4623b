"""The embedded store, where it is asked, gives the results of SQL and of the reference; where it may not, it is not asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from differential.shapes_and_data import EX
from differential.test_sparql_agrees import GROUPED, NUMBERS, QUERIES, random_data, shape_with
from mcqms_kg.errors import RulebookError, Unsupported
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Triple, ValidationReport
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.components.sparql_constraint import SparqlConstraint
from mcqms_kg.shacl.embedded.asked import NAME
from mcqms_kg.shacl.reference import pyshacl as reference
from mcqms_kg.shacl.roads import Road
from shacl.shapes_in_turtle import turtle

NOT_TAKEN = {"arithmetic", "arithmetic between variables", "subquery"}
"""The digits of products are not left to the store."""
ONLY_STORE = {
    "computed value": "SELECT $this (CONCAT('<', STR(?o), '>') AS ?value) WHERE { $this ex:p ?o FILTER isIRI(?o) }",
    "counted value": "SELECT $this (COUNT(?o) AS ?value) WHERE { $this ex:p ?o } GROUP BY $this",
    "counted in a subquery": """SELECT $this ?value WHERE { $this ex:n ?n FILTER (?value > 0)
        { SELECT $this (COUNT(?o) AS ?value) WHERE { $this ex:p ?o } GROUP BY $this } }""",
    "computed message": """SELECT $this ?value (CONCAT('of ', STR(?value)) AS ?message) WHERE { $this ex:p ?value }""",
    "casts": "SELECT $this ?value WHERE { $this ex:n ?value FILTER (xsd:integer(?value) > 1) }",
    "star between unknown nodes": "SELECT $this ?value WHERE { { ?value ex:p* ?o } $this ex:q ?o }",
    "what only the writer of SQL refuses": """SELECT $this ?value WHERE { $this ex:p ?value
        FILTER (COALESCE(STRLEN(STR(?value)), 0) > 20) }""",
    "parts of moments": """SELECT $this ?value WHERE { $this ex:d ?value
        FILTER (YEAR(?value) = 2026 && MONTH(?value) > 1 && DAY(?value) >= 1 || HOURS(?value) > 1 || MINUTES(?value) > 1) }""",
    "now": "SELECT $this ?value WHERE { $this ex:n ?value FILTER (YEAR(NOW()) > 2025) }",
    "group by what is computed": """SELECT $this ?value WHERE { $this ex:p ?x }
        GROUP BY $this (isIRI(?x) AS ?value) HAVING (COUNT(?x) > 0)""",
}
SHAPE = "ex:shape sh:targetClass ex:C ; sh:sparql [ sh:select '''PREFIX ex: <%s> %s''' ] ."
COUNTED = "SELECT $this (COUNT(?x) AS ?value) WHERE { $this ex:p ?x %s } GROUP BY $this"


def full(data: Iterable[Triple], shapes: Iterable[Triple]) -> ValidationReport:
    """On the road that asks the store: others compute such terms themselves (`test_computed_agrees`)."""
    with Columns.load((*triple, None) for triple in data) as loaded:
        return columns.validate(loaded, shapes, road=Road.SQL)


def decided(report: ValidationReport) -> set[str]:
    return set(report.engines.values())


def keys(report: ValidationReport) -> Counter[tuple[object, ...]]:
    return Counter((r.focus, r.path, r.value, r.messages) for r in report.results)


def plain(seed: int) -> list[Triple]:
    """Random data of literals that the store writes as they are."""
    return [
        t
        for t in random_data(seed)
        if not t[2].startswith('"') or t[2] in NUMBERS[:4] or (t[2].endswith("#date>") and "02-30" not in t[2])
    ]


def refuse(*_: object, **__: object) -> None:
    raise Unsupported("Not in SQL, for this test")


@pytest.mark.parametrize("name", [*QUERIES, *GROUPED])
def test_the_store_and_sql_agree(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each query that SQL can run too: in the store the same results, and as often."""
    query = GROUPED.get(name) or f"SELECT $this ?value ?path WHERE {{ {QUERIES[name]} }}"
    cases = [(plain(seed), shape_with(query)) for seed in range(3)]
    columns.prepared_shapes.cache_clear()
    by_sql = [full(*case) for case in cases]
    monkeypatch.setattr(SparqlConstraint, "solutions", refuse)
    columns.prepared_shapes.cache_clear()
    by_store = [full(*case) for case in cases]
    columns.prepared_shapes.cache_clear()
    assert any(decided(found) == {NAME} for found in by_store) is (name not in NOT_TAKEN)
    for sql, store in zip(by_sql, by_store, strict=True):
        if decided(store) == {NAME}:
            assert keys(store) == keys(sql)


@pytest.mark.parametrize("name", ONLY_STORE)
def test_the_store_and_the_reference_agree(name: str) -> None:
    found = 0
    for seed in range(3):
        data, shapes = plain(seed), shape_with(ONLY_STORE[name])
        ours, theirs = full(data, shapes), reference.validate(data, shapes)
        assert decided(ours) == {NAME}
        assert {key[:3] for key in keys(ours)} == {key[:3] for key in keys(theirs)}
        found += len(ours.results)
    assert found


@pytest.mark.parametrize(
    ("data", "more", "engine"),
    [
        pytest.param("ex:a a ex:C ; ex:p 1 , 2 .", "", NAME, id="plain literals"),
        pytest.param("ex:a a ex:C ; ex:p ex:b ; ex:q 01 .", "", NAME, id="what the query cannot meet"),
        pytest.param("ex:a a ex:C ; ex:p 1 , 01 .", "", "reference", id="two literals that the store takes for one"),
        pytest.param("ex:a a ex:C ; ex:p 01 .", "", NAME, id="a count beside what is normalised"),
        pytest.param("ex:a a ex:C ; ex:p 01 .", "FILTER (STR(?x) = '1')", "reference", id="how a literal is written"),
        pytest.param("ex:a a ex:C ; ex:p 99999999999999999999 .", "", "reference", id="a number beyond the store"),
        pytest.param("ex:a a ex:C ; ex:p 'P1Y'^^xsd:yearMonthDuration .", "", "reference", id="a duration"),
        pytest.param(
            "ex:a a ex:C ; ex:p 'x'@en , 'y'@de .", "FILTER (?x < ?x)", "reference", id="tagged texts in order"
        ),
        pytest.param("ex:a a ex:C ; ex:p 'x'@en , 'y'@de .", "FILTER (?x != 'y')", NAME, id="tagged texts, unequal"),
        pytest.param("ex:a a ex:C ; ex:p true , false .", "FILTER (?x < ?x)", "reference", id="truth values in order"),
        pytest.param(
            "ex:a a ex:C ; ex:p '2020-01-01Z'^^xsd:date , '2020-01-01'^^xsd:date .", "", "reference", id="zoned or not"
        ),
        pytest.param("ex:a a ex:C ; ex:p '2020-03-04'^^xsd:date .", "FILTER (DAY(?x) = 4)", NAME, id="a day"),
        pytest.param("ex:a a ex:C ; ex:p '2020'^^xsd:gYear .", "FILTER (YEAR(?x) = 1)", "reference", id="no moment"),
        pytest.param(
            "ex:a a ex:C ; ex:p '2020-03-04T05:06:07'^^xsd:dateTime .",
            "FILTER (?x < NOW())",
            "reference",
            id="now is zoned",
        ),
        pytest.param(
            "ex:a a ex:C ; ex:p '2020-03-04T05:06:07Z'^^xsd:dateTime .", "FILTER (?x < NOW())", NAME, id="before now"
        ),
        pytest.param("ex:a a ex:C ; ex:p '5' .", "FILTER (xsd:integer(?x) > 4)", NAME, id="a cast"),
        pytest.param("ex:a a ex:C ; ex:p ' 5 ' .", "FILTER (xsd:integer(?x) > 4)", "reference", id="a cast with space"),
        pytest.param("ex:a a ex:C ; ex:p 'a b' .", "FILTER REGEX(?x, '^[a-z ]+$')", NAME, id="a plain expression"),
        pytest.param(
            "ex:a a ex:C ; ex:p 'a b' .", "FILTER REGEX(?x, '\\\\\\\\s')", "reference", id="other white space"
        ),
        pytest.param("ex:a a ex:C ; ex:p 'ab' .", "FILTER (REPLACE(?x, 'a', '') = 'b')", NAME, id="a replacement"),
        pytest.param(
            "ex:a a ex:C ; ex:p 'ab' .", "FILTER (REPLACE(?x, '(a)', '$1') = 'ab')", "reference", id="a group"
        ),
        pytest.param("ex:a a ex:C ; ex:p 4 .", "FILTER (?x * 2 > 7)", "reference", id="a product"),
        pytest.param("ex:a a ex:C ; ex:p 4 .", "FILTER (?x + 2 > 5)", NAME, id="a sum"),
        pytest.param("[] a ex:C ; ex:p [] .", "", NAME, id="blank nodes"),
    ],
)
def test_when_the_store_is_asked(data: str, more: str, engine: str) -> None:
    prefix = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
    shapes = turtle(SHAPE % (EX, prefix + COUNTED % more))
    given = turtle(data)
    report, expected = full(given, shapes), reference.validate(given, shapes)
    assert decided(report) == {engine}
    assert keys(report) == keys(expected)


def test_values_come_back_as_the_data_have_them() -> None:
    data = turtle("ex:a a ex:C ; ex:p 01 , 1.50 , '2'^^xsd:byte , 'x'@en-GB .")
    query = """SELECT $this ?value ?path WHERE { $this ex:p ?value ; ?path ?value . { ?any ex:p* ?other } ?any ex:p ?value
        FILTER (?any = ?other) }"""
    shapes = turtle(SHAPE % (EX, query))
    report = full(data, shapes)
    assert decided(report) == {NAME}
    assert {r.value for r in report.results} == {o for _, p, o in data if p.endswith("/p>")}


def test_a_path_of_length_zero_from_a_node_that_the_graph_lacks() -> None:
    query = "SELECT $this (STR(?o) AS ?value) WHERE { $this ex:p* ?o }"
    shapes = (SHAPE % (EX, query)).replace("sh:targetClass ex:C", "sh:targetNode ex:absent")
    report = full(turtle("ex:a ex:p ex:b ."), turtle(shapes))
    assert decided(report) == {"reference"}
    assert [r.value for r in report.results] == ['"https://example.org/absent"']


def test_a_target_query_that_sql_cannot_run() -> None:
    shapes = """ex:shape sh:target [ sh:select '''PREFIX ex: <https://example.org/>
        SELECT ?this WHERE { { ?this ex:p* ?other } ?other ex:q 1 }''' ] ; sh:path ex:p ; sh:minCount 1 ."""
    report = full(turtle("ex:a ex:p ex:b . ex:b ex:q 1 . ex:c ex:q 2 ."), turtle(shapes))
    assert list(report.focus_nodes.values()) == [2]
    assert [r.focus for r in report.results] == ["<https://example.org/b>"]
    assert decided(report) == {NAME}


def test_a_shape_with_a_target_query_that_no_engine_can_decide_is_refused_with_the_reason() -> None:
    shapes = """ex:shape sh:target [ sh:select 'SELECT ?this WHERE { ?this a <https://example.org/C> }' ] ;
        sh:sparql [ sh:select 'SELECT $this (GROUP_CONCAT(?o) AS ?value) WHERE { $this ?p ?o } GROUP BY $this' ] ."""
    with pytest.raises(RulebookError, match="GROUP_CONCAT"):
        full(turtle("ex:a a ex:C ."), turtle(shapes))


def test_a_component_whose_question_sql_cannot_run() -> None:
    shapes = """ex:component a sh:ConstraintComponent ; sh:parameter [ sh:path ex:least ] ;
        sh:validator [ a sh:SPARQLAskValidator ; sh:ask '''PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
            ASK { FILTER (xsd:integer($value) >= $least) }''' ] .
        ex:shape sh:targetClass ex:C ; sh:path ex:p ; ex:least 3 ."""
    data = "ex:a a ex:C ; ex:p '2' , '3' . ex:b a ex:C ; ex:p '4' , 'x' ."
    report = full(turtle(data), turtle(shapes))
    assert decided(report) == {NAME}
    assert [(r.focus, r.value) for r in report.results] == [
        ("<https://example.org/a>", '"2"'),
        ("<https://example.org/b>", '"x"'),
    ]


def test_two_questions_to_the_store_in_one_query() -> None:
    """Each has its own answers."""
    shapes = """ex:component a sh:ConstraintComponent ; sh:parameter [ sh:path ex:least ] ;
        sh:validator [ a sh:SPARQLAskValidator ; sh:ask '''PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
            ASK { FILTER (xsd:integer($value) >= $least) }''' ] .
        ex:shape sh:targetClass ex:C ; sh:path ex:p ; ex:least 3 , 5 , 6 ."""
    report = full(turtle("ex:a a ex:C ; ex:p '5' . ex:b a ex:C ; ex:p '2' , '7' ."), turtle(shapes))
    assert decided(report) == {NAME}
    assert Counter(r.value for r in report.results) == {'"5"': 1, '"2"': 3}


def test_one_node_after_the_other_where_solutions_are_counted_off() -> None:
    query = "SELECT $this WHERE { $this ex:p ?x FILTER (STRLEN(STR(?x)) > 0 || STR(?x) = 'x') } LIMIT 2"
    report = full(turtle("ex:a a ex:C ; ex:p 1 , 2 , 3 . ex:b a ex:C ; ex:p 1 ."), turtle(SHAPE % (EX, query)))
    assert decided(report) == {NAME}
    assert Counter(r.focus for r in report.results) == {"<https://example.org/a>": 2, "<https://example.org/b>": 1}


def test_what_a_solution_binds_to_message_is_the_message() -> None:
    """SHACL 5.3.2: the binding comes before `sh:message`, which stands for solutions without one."""
    query = "SELECT $this ?value ?message WHERE { $this ex:p ?value OPTIONAL { ?value ex:says ?message } }"
    shapes = (SHAPE % (EX, query)).replace("[ ", "[ sh:message 'of {?value}' ; ", 1)
    data = "ex:a a ex:C ; ex:p ex:b , ex:c . ex:b ex:says 'own'@en ."
    assert [r.messages for r in full(turtle(data), turtle(shapes)).results] == [
        ('"own"@en',),
        ('"of https://example.org/c"',),
    ]
