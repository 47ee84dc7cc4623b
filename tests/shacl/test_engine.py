"""What the engine tells beside the results: counts, engines, messages, progress, and what it refuses."""

from __future__ import annotations

import pytest

from mcqms_kg.errors import RulebookError
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Term
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.reference import pyshacl as reference
from shacl.shapes_in_turtle import names, turtle, validate

DATA = "ex:a a ex:C ; ex:p 1, 2 . ex:b a ex:D ; ex:p 3 . ex:D rdfs:subClassOf ex:C . ex:C rdfs:subClassOf ex:D ."


def test_focus_nodes_are_counted_and_engines_named() -> None:
    report = validate(
        DATA, "ex:shape sh:targetClass ex:C ; sh:property ex:inner . ex:inner sh:path ex:p ; sh:maxCount 1 ."
    )
    assert report.focus_nodes == {Term("<https://example.org/shape>"): 2}
    assert report.engines == {Term("<https://example.org/shape>"): columns.NAME}
    assert names(report) == ["a"]


def test_a_target_that_meets_nothing_counts_none() -> None:
    report = validate(DATA, "ex:shape sh:targetClass ex:Mistyped ; sh:class ex:X .")
    assert report.conforms
    assert set(report.focus_nodes.values()) == {0}


def test_no_value_allowed_is_one_result_however_many_there_are() -> None:
    assert names(validate(DATA, "ex:shape sh:targetNode ex:a ; sh:path ex:p ; sh:maxCount 0 .")) == ["a"]


def test_messages_tell_what_a_solution_binds() -> None:
    report = validate(
        DATA,
        """ex:shape sh:targetClass ex:C ; sh:sparql [
             sh:message "{?this} has {$value} beside {?other}"@en , "{?this} punya {$value}"@id ;
             sh:select "SELECT $this ?value ?other WHERE { $this <https://example.org/p> ?value, ?other FILTER (?value < ?other) }" ] .""",
    )
    assert report.results[0].messages == (
        '"https://example.org/a has 1 beside 2"@en',
        '"https://example.org/a punya 1"@id',
    )


def test_what_sql_cannot_say_exactly_goes_to_the_reference_whole() -> None:
    report = validate(
        DATA,
        """ex:whole sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 2 ] ;
             sh:sparql [ sh:select "SELECT $this WHERE { $this <https://example.org/p> ?v} GROUP BY $this HAVING (AVG(DISTINCT ?v) > 2)" ] .
           ex:other sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 2 ] .""",
    )
    assert sorted(report.engines.values()) == ["columns", "reference"]
    assert names(report) == ["b", "b", "b"]


def test_a_shape_that_needs_itself_goes_to_the_reference() -> None:
    report = validate(
        "ex:a ex:next ex:b .", "ex:shape sh:targetNode ex:a ; sh:property [ sh:path ex:next ; sh:node ex:shape ] ."
    )
    assert set(report.engines.values()) == {"reference"}


def test_arithmetic_that_does_not_fit_is_not_rounded() -> None:
    shapes = """ex:shape sh:targetNode ex:a ; sh:sparql [ sh:select '''SELECT $this WHERE {
        $this <https://example.org/n> ?n FILTER (?n * 10 > 1.2345678) }''' ] ."""
    report = validate("ex:a ex:n 0.123456789012345 .", shapes)
    assert set(report.engines.values()) == {"reference"}
    assert names(report) == ["a"]


@pytest.mark.parametrize(
    "shapes",
    [
        "ex:shape sh:targetNode ex:a ; sh:path ( ex:p ) ; sh:minCount 1 .",
        "ex:shape sh:targetNode ex:a ; sh:path ex:p , ex:q ; sh:minCount 1 .",
        'ex:shape sh:targetNode ex:a ; sh:path ex:p ; sh:minCount "one" .',
        "ex:shape sh:targetNode ex:a ; sh:nodeKind sh:Thing .",
        "ex:shape sh:targetNode ex:a ; sh:or ex:b .",
        "ex:shape sh:targetNode ex:a ; sh:property 7 .",
        "ex:shape sh:targetNode ex:a ; sh:not 'ex:b' .",
        "ex:shape sh:targetNode ex:a ; sh:and ( ex:b true ) .",
        "ex:shape sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedValueShape 'ex:b' ; sh:qualifiedMinCount 1 .",
        "ex:shape sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT $this WHERE { $this ?p ?v FILTER (<x:own>(?v)) }' ] .",
        "ex:shape sh:targetNode ex:a ; sh:closed true ; sh:ignoredProperties ( ex:p ) , ( ex:q ) .",
        "ex:shape sh:targetNode ex:a ; sh:expression [ sh:path ex:p ] .",
        "ex:shape sh:targetNode ex:a ; sh:js [ sh:jsFunctionName 'check' ] .",
        "ex:shape sh:target [ a ex:OwnTargetType ; ex:country ex:C ] ; sh:class ex:C .",
        "ex:shape sh:target [ sh:select 'SELECT ?this WHERE { ?this <https://example.org/p> 1 } LIMIT 1' ] ; sh:class ex:C .",
        "ex:shape sh:targetNode ex:a ; sh:class ex:C . <https://example.org/> sh:entailment <http://www.w3.org/ns/entailment/RDFS> .",
        'ex:shape sh:targetClass "C" ; sh:class ex:C .',
        "ex:shape sh:targetNode ex:a ; sh:sparql [ sh:message 'no query' ] .",
        "ex:shape sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT $this WHERE { SERVICE <https://example.org/> { ?s ?p ?o } }' ] .",
        "ex:shape sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT this' ] .",
    ],
)
def test_ill_formed_shapes_are_refused(shapes: str) -> None:
    with pytest.raises(RulebookError):
        validate("ex:a ex:p 1 .", shapes)


def test_what_is_ill_formed_does_no_harm_where_it_meets_no_node() -> None:
    """Shapes in use have such mistakes beside what is right, as `sh:nodeKind` of a class of DCAT-AP 2.0.0."""
    right = "ex:right sh:targetSubjectsOf ex:p ; sh:path ex:p ; sh:minInclusive 2 ."
    for wrong in (
        "sh:nodeKind ex:C",
        'sh:path ex:p ; sh:maxCount "1"',
        "sh:node [ sh:closed true ; sh:ignoredProperties ex:p ]",
    ):
        shapes = f"{right} ex:wrong sh:targetClass ex:C ; {wrong} ."
        assert names(validate("ex:a ex:p 1 .", shapes)) == ["a"]
        with pytest.raises(RulebookError, match=r"ex|example"):
            validate("ex:a ex:p 1 ; a ex:C .", shapes)


@pytest.mark.parametrize(
    ("shapes", "says"),
    [
        (
            "ex:shape sh:targetNode ex:a ; sh:or ( [ sh:property [ sh:path ex:p ; sh:minCount '1' ] ] ) .",
            r'below <https://example.org/shape> on the path <https://example.org/p> has "1" as sh:minCount',
        ),
        (
            "ex:shape sh:targetNode ex:a ; sh:property [ sh:path ( ex:p ) ; sh:minCount 1 ] .",
            "below <https://example.org/shape>: The property path",
        ),
        (
            "ex:shape sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT $this WHERE { $this no:where 1 }' ] .",
            "^The shape <https://example.org/shape>: The SPARQL of a shape cannot be read: query:1:28: The prefix no: is not declared",
        ),
    ],
)
def test_what_is_wrong_with_shapes_is_told_with_a_name_to_look_for(shapes: str, says: str) -> None:
    with pytest.raises(RulebookError, match=says):
        validate("ex:a ex:p 1 .", shapes)


EXAMPLE = """ex:example sh:select 'SELECT ?x WHERE { SERVICE <https://example.org/> { ?x ?p ?o } }' .
    ex:shape sh:targetNode ex:a ; sh:class ex:C ."""


def test_a_query_that_belongs_to_no_shape_is_not_run_and_not_refused() -> None:
    """Vocabularies hold examples of queries beside their shapes."""
    assert names(validate("ex:a ex:p 1 .", EXAMPLE)) == ["a"]
    for predicate in ("sh:sparql", "sh:target"):
        with pytest.raises(RulebookError, match="SERVICE"):
            validate("ex:a ex:p 1 .", f"{EXAMPLE} ex:shape {predicate} ex:example .")


def test_a_date_that_is_none_is_an_error_of_its_filter_and_not_of_the_run() -> None:
    data = (
        "ex:a ex:on '2020-13-45T00:00:00'^^xsd:dateTime , '2020-01-02T03:04:05'^^xsd:dateTime , '10:00:00'^^xsd:time ."
    )
    query = "SELECT $this ?value WHERE { $this <https://example.org/on> ?value FILTER (YEAR(?value) = 2020) }"
    report = validate(data, f"ex:shape sh:targetNode ex:a ; sh:sparql [ sh:select '{query}' ] .")
    assert [result.value for result in report.results] == [
        '"2020-01-02T03:04:05"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
    ]


def test_what_is_refused_is_told_once() -> None:
    with pytest.raises(RulebookError) as refused:
        validate("ex:a ex:p 1 .", "ex:shape sh:targetNode ex:a ; sh:expression [ sh:path ex:p ] .")
    assert refused.value.what.count("The shape") == 1


def test_a_query_in_which_groups_stand_too_deep_is_refused_by_name() -> None:
    query = "SELECT $this WHERE " + "{ " * 2000 + "$this ex:from ?x " + "} " * 2000
    with pytest.raises(RulebookError, match="nested deeper than 60 levels"):
        validate("ex:a ex:p 1 .", f"ex:shape sh:targetNode ex:a ; sh:sparql [ sh:select '{query}' ] .")


def test_a_query_may_use_common_prefixes_that_nobody_declared() -> None:
    query = "SELECT $this WHERE { $this rdf:type ?class FILTER (DATATYPE('x') = xsd:string) }"
    report = validate("ex:a a ex:C .", f'ex:shape sh:targetClass ex:C ; sh:sparql [ sh:select "{query}" ] .')
    assert len(report.results) == 1


@pytest.mark.parametrize("query", ["ASK { $this ?p ?o }", "CONSTRUCT { $this ?p ?o } WHERE { $this ?p ?o }"])
def test_a_query_of_another_form_is_refused(query: str) -> None:
    with pytest.raises(RulebookError, match=r"no SELECT query|Write a SELECT or ASK query"):
        validate("ex:a ex:p 1 .", f"ex:shape sh:targetNode ex:a ; sh:sparql [ sh:select '{query}' ] .")


def test_progress_is_told_shape_by_shape() -> None:
    told: list[tuple[int, int, Term]] = []
    shapes = turtle("ex:one sh:targetNode ex:a ; sh:class ex:C . ex:two sh:targetNode ex:a ; sh:class ex:C .")
    with Columns.load([]) as empty:
        columns.validate(empty, shapes, progress=lambda *step: told.append(step))
    assert told == [(0, 2, Term("<https://example.org/one>")), (1, 2, Term("<https://example.org/two>"))]


def test_zero_steps_lead_from_a_node_that_the_graph_lacks_to_itself() -> None:
    shapes = "ex:shape sh:targetNode ex:absent ; sh:path [ sh:zeroOrMorePath ex:p ] ; sh:minCount 1 ; sh:hasValue ex:absent ."
    assert validate("ex:a ex:p ex:b .", shapes).conforms


def test_repeated_paths_end_on_rings() -> None:
    data = "ex:a ex:p ex:b . ex:b ex:p ex:c . ex:c ex:p ex:a ."
    shapes = "ex:shape sh:targetNode ex:a ; sh:path [ sh:oneOrMorePath ex:p ] ; sh:maxCount 2 ."
    assert not validate(data, shapes).conforms
    assert validate(data, shapes.replace("maxCount 2", "maxCount 3")).conforms


def test_lists_of_shapes_may_be_empty() -> None:
    """Nothing conforms to one of no shapes (4.6.3) or exactly one of them (4.6.4); everything conforms to all (4.6.2)."""
    report = validate("ex:a ex:p 1 .", "ex:shape sh:targetNode ex:a ; sh:or () ; sh:and () ; sh:xone () .")
    assert sorted(r.component.rpartition("#")[2] for r in report.results) == [
        "OrConstraintComponent>",
        "XoneConstraintComponent>",
    ]


def test_ignored_properties_may_be_said_twice_if_they_are_the_same() -> None:
    shapes = "ex:shape sh:targetNode ex:a ; sh:closed true ; sh:ignoredProperties ( ex:p ex:q ) , ( ex:q ex:p ) ."
    assert validate("ex:a ex:p 1 ; ex:q 2 .", shapes).conforms


def test_rules_are_no_part_of_validation() -> None:
    """They derive statements (SHACL-AF 8) where a processor is asked to; validation (SHACL 3.4) reads the data as they are."""
    shapes = """ex:shape sh:targetClass ex:C ; sh:property [ sh:path ex:q ; sh:minCount 1 ] ;
        sh:rule [ a sh:TripleRule ; sh:subject sh:this ; sh:predicate ex:q ; sh:object 1 ] ."""
    assert names(validate("ex:a a ex:C .", shapes)) == ["a"]


def test_constraints_of_notes_matter_only_where_they_are_asked() -> None:
    shapes = """ex:unmet sh:targetClass ex:Absent ; sh:expression [ sh:path ex:p ] .
        ex:shape sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 3 ] ."""
    assert names(validate(DATA, shapes)) == ["a", "b"]


def test_a_query_may_give_the_targets() -> None:
    shapes = """ex:shape sh:target [ sh:select "SELECT ?this WHERE { ?this <https://example.org/p> ?v FILTER (?v > 2) }" ] ;
        sh:property [ sh:path ex:p ; sh:minCount 2 ] ."""
    report = validate(DATA, shapes)
    assert report.focus_nodes == {Term("<https://example.org/shape>"): 1}
    assert names(report) == ["b"]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("VALUES ?this { ex:a ex:x }", ["a", "x"]),
        ("VALUES ( ?c ?v ) { ( ex:C 1 ) ( ex:D 2 ) } ?this a ?c ; ex:n ?v", ["a", "d"]),
        ("?this a ex:C } VALUES ?this { ex:a ex:x", ["a"]),
        ("?this a ex:C VALUES ?none { }", []),
        ("?this ex:n ?v MINUS { ?this a ex:C }", ["c", "d"]),
        ("?this ex:n ?v MINUS { ?other a ex:C }", ["a", "b", "c", "d"]),
        ("?this ex:n ?v MINUS { ?this ex:off ?yes FILTER (?yes) }", ["a", "b", "d"]),
    ],
)
def test_a_target_query_may_hold_what_pre_binding_forbids(where: str, found: list[str]) -> None:
    """Nothing is pre-bound in it (SHACL-AF 3.1), so VALUES and MINUS mean what SPARQL says."""
    data = "ex:a a ex:C ; ex:n 1 . ex:b a ex:C ; ex:n 2 . ex:c a ex:D ; ex:n 1 ; ex:off true . ex:d a ex:D ; ex:n 2 ."
    query = f"PREFIX ex: <https://example.org/> SELECT ?this WHERE {{ {where} }}"
    assert names(validate(data, f"ex:shape sh:target [ sh:select '{query}' ] ; sh:class ex:Absent .")) == found


@pytest.mark.parametrize(
    "where", ["VALUES ?this { UNDEF ex:a }", "?this ex:n ?v MINUS { OPTIONAL { ?this ex:off ?v } ?x ex:n ?y }"]
)
def test_a_target_query_whose_rows_may_lack_a_value_is_refused(where: str) -> None:
    query = f"PREFIX ex: <https://example.org/> SELECT ?this WHERE {{ {where} }}"
    with pytest.raises(RulebookError, match=r"cannot be run exactly: (VALUES|MINUS)"):
        validate("ex:a ex:n 1 .", f"ex:shape sh:target [ sh:select '{query}' ] ; sh:class ex:Absent .")


def test_a_component_without_a_validator_for_the_kind_of_shape_is_passed_over() -> None:
    """SHACL 6.2.3. Declarations in SHACL's own namespace, as dash.ttl has them, add nothing to what is built in."""
    shapes = """ex:Component a sh:ConstraintComponent ; sh:parameter [ sh:path ex:most ] ;
          sh:propertyValidator [ sh:select "SELECT $this WHERE { $this $PATH ?v FILTER (?v > $most) }" ] .
        sh:MinCountConstraintComponent sh:parameter [ sh:path sh:minCount ] ; sh:validator [ sh:ask "ASK { }" ] .
        ex:node sh:targetClass ex:C ; ex:most 0 .
        ex:property sh:targetClass ex:C ; sh:path ex:p ; ex:most 2 ; sh:minCount 2 ."""
    assert names(validate(DATA, shapes)) == ["b", "b"]


@pytest.mark.parametrize("limit", ["sh:maxCount 0", "sh:qualifiedValueShape [] ; sh:qualifiedMaxCount 0"])
def test_a_focus_node_with_too_many_values_is_one_result_however_many_there_are(limit: str) -> None:
    report = validate("ex:a ex:p 1, 2, 3 .", f"ex:shape sh:targetNode ex:a ; sh:path ex:p ; {limit} .")
    assert names(report) == ["a"]


@pytest.mark.parametrize(("condition", "met"), [("false", 1), ("true", 2), ("0", 1), ("''", 1), ("'x'", 2)])
def test_a_constant_condition_counts(condition: str, met: int) -> None:
    shapes = f"""ex:shape sh:targetNode ex:a ; sh:sparql [ sh:select
        "SELECT $this WHERE {{ {{ $this ?p 1 FILTER ({condition}) }} UNION {{ $this ?p 1 }} }}" ] ."""
    assert len(validate("ex:a ex:p 1 .", shapes).results) == met


OF_RESULTS = "ex:a ex:p 1 ; ex:q 2 ; ex:path ex:b , 'text' ."


@pytest.mark.parametrize(
    ("where", "of_node", "of_property"),
    [
        ("{ $this ex:p ?value } UNION { $this ex:q ?other }", {("1", ""), ("a", "")}, {("1", "p"), ("", "p")}),
        ("$this ex:path ?path OPTIONAL { $this ex:absent ?value }", {("a", "b"), ("a", "")}, {("", "b"), ("", "p")}),
    ],
)
def test_what_is_bound_first_counts(where: str, of_node: set[object], of_property: set[object]) -> None:
    """SHACL 5.3.2: the value is the binding of ?value, else of a node shape the focus node; the path that of ?path if it is an IRI."""

    def short(term: str | None) -> str:
        return (term or "").strip("<>").split('"^^')[0].strip('"').rpartition("/")[2]

    for own, expected in (("", of_node), ("sh:path ex:p ;", of_property)):
        shapes = f"""ex:shape sh:targetNode ex:a ; {own} sh:sparql [ sh:select
            "PREFIX ex: <https://example.org/> SELECT $this ?path ?value WHERE {{ {where} }}" ] ."""
        report = validate(OF_RESULTS, shapes)
        assert {(short(r.value), short(r.path)) for r in report.results} == expected
        assert set(report.engines.values()) == {columns.NAME}


@pytest.mark.parametrize("kind", ["rdfs:Class", "<http://www.w3.org/2002/07/owl#Class>"])
def test_a_class_that_is_a_shape_targets_its_instances(kind: str) -> None:
    data, shapes = "ex:a a ex:C .", f"ex:C a {kind}, sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    assert names(validate(data, shapes)) == names(reference.validate(turtle(data), turtle(shapes))) == ["a"]


@pytest.mark.parametrize("path", ["(ex:p) +", "(ex:p / ex:p) *", "ex:p + ", "ex:p ? "])
def test_white_space_after_a_path_makes_no_difference(path: str) -> None:
    """SPARQL's grammar takes it; rdflib's does not."""
    shapes = f"""ex:shape sh:targetNode ex:a ; sh:sparql [ sh:select '''PREFIX ex: <https://example.org/>
        SELECT $this ?value WHERE {{ $this {path} ?value FILTER (?value != "a + b") }} # a + b''' ] ."""
    data = "ex:a ex:p ex:b . ex:b ex:p ex:c ."
    closed = shapes.replace(path, path.replace(" +", "+").replace(") *", ")*").replace(" ?", "?"))
    assert path in shapes and closed != shapes
    found, expected = ({r.value for r in validate(data, written).results} for written in (shapes, closed))
    assert found == expected != set()
