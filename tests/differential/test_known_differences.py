"""Where the two engines differ because pySHACL departs from the specification: found by the random test, shrunk, and kept."""

from __future__ import annotations

import pytest

from mcqms_kg.errors import RulebookError
from mcqms_kg.shacl.reference import pyshacl as reference
from shacl.shapes_in_turtle import turtle, validate

LANGUAGE_ORDER = ('ex:a ex:p "one"@en .', "ex:shape sh:targetNode ex:a ; sh:path ex:p ; sh:lessThanOrEquals ex:p .")
DATE_BOUND = ("ex:a ex:p 1 .", 'ex:shape sh:targetNode 2 ; sh:minInclusive "2026-07-01"^^xsd:date .')
UNKNOWN_DATATYPE = ('ex:a ex:p "x"^^ex:own .', "ex:shape sh:targetNode ex:a ; sh:path ex:p ; sh:minInclusive 1 .")
BLANK_ORDER = ("ex:a ex:p [] ; ex:q 1 .", "ex:shape sh:targetNode ex:a ; sh:path ex:p ; sh:lessThan ex:q .")


@pytest.mark.parametrize(
    ("data", "shapes"),
    [
        pytest.param(
            *LANGUAGE_ORDER,
            id="texts with a language have no order (SPARQL 1.1, 17.3), so the pair is a result (4.5.4)",
        ),
        pytest.param(
            *UNKNOWN_DATATYPE, id="a literal of an unknown datatype cannot be compared, so it is a result (4.3.2)"
        ),
        pytest.param(*DATE_BOUND, id="a number and a date cannot be compared, so the value is a result (4.3.2)"),
    ],
)
def test_incomparable_values_are_results(data: str, shapes: str) -> None:
    assert not validate(data, shapes).conforms
    assert reference.validate(turtle(data), turtle(shapes)).conforms, "pySHACL has been mended: drop this case"


@pytest.mark.parametrize(
    ("data", "shapes"),
    [
        pytest.param(
            'ex:a ex:p "text" .',
            "ex:shape sh:targetNode ex:a ; sh:path ex:p ; sh:datatype rdfs:Literal .",
            id="no literal has the datatype rdfs:Literal (4.1.2 compares datatypes; RDF 1.1, 3.3), and pySHACL takes any",
        ),
        pytest.param(
            'ex:a ex:p "NaN"^^xsd:double .',
            "ex:shape sh:targetNode ex:a ; sh:path ex:p ; sh:maxInclusive 9 .",
            id="a number and NaN compare as not true, so the value is a result (4.3.4; XPath op:numeric-less-than)",
        ),
        pytest.param(
            "_:x ex:p ex:a .",
            "ex:shape sh:targetSubjectsOf ex:p ; sh:minLength 0 .",
            id="a blank node has no length, so it is a result even where no length is asked for (4.4.1)",
        ),
        pytest.param(
            "ex:a ex:p '2019-04-03'^^xsd:dateTime .",
            "ex:shape sh:targetNode ex:a ; sh:path ex:p ; sh:datatype xsd:dateTime .",
            id="a day alone is no xsd:dateTime, so the literal is ill-formed (4.1.2), and rdflib reads it as midnight",
        ),
        pytest.param(
            "ex:a ex:p '2019-04-03T10:00:00+14:01'^^xsd:dateTime .",
            "ex:shape sh:targetNode ex:a ; sh:path ex:p ; sh:datatype xsd:dateTime .",
            id="no time zone is more than 14 hours from UTC (XSD 1.1, part 2, 3.3.7), so the literal is ill-formed (4.1.2)",
        ),
        pytest.param(
            "ex:a ex:p 'soon'^^xsd:dateTimeStamp .",
            "ex:shape sh:targetNode ex:a ; sh:path ex:p ; sh:datatype xsd:dateTimeStamp .",
            id="an xsd:dateTimeStamp is a moment with a time zone (XSD 1.1, part 2, 3.4.28); rdflib does not know the datatype",
        ),
    ],
)
def test_results_that_the_reference_lacks(data: str, shapes: str) -> None:
    assert not validate(data, shapes).conforms
    assert reference.validate(turtle(data), turtle(shapes)).conforms, "pySHACL has been mended: drop this case"


@pytest.mark.parametrize(
    ("data", "shapes"),
    [
        pytest.param(
            "ex:a ex:p '2020-02-28T24:00:00Z'^^xsd:dateTime .",
            "ex:shape sh:targetNode ex:a ; sh:path ex:p ; sh:datatype xsd:dateTime .",
            id="24:00:00 is the end of a day (XSD 1.1, part 2, 3.3.7); rdflib cannot read it",
        ),
        pytest.param(
            "ex:a ex:p 'x'@mn-Cyrl-MN .",
            "ex:shape sh:targetNode ex:a ; sh:path ex:p ; sh:languageIn ( 'mn-Cyrl' ) .",
            id="a range of two subtags takes tags with more (4.4.4; langMatches, RFC 4647, 3.3.1); pySHACL compares the first only",
        ),
    ],
)
def test_results_that_the_reference_has_too_many(data: str, shapes: str) -> None:
    assert validate(data, shapes).conforms
    assert not reference.validate(turtle(data), turtle(shapes)).conforms, "pySHACL has been mended: drop this case"


def test_a_blank_node_has_no_text() -> None:
    """STR of a blank node is an error (SPARQL 1.1, 17.4.2.5), and a filter in error is not met (17.2); rdflib and Jena give its label."""
    data = "[] a ex:C ."
    shapes = """ex:shape sh:targetClass ex:C ; sh:sparql [ sh:select
        "SELECT $this WHERE { $this a <https://example.org/C> FILTER (!REGEX(STR($this), '^https:')) }" ] ."""
    assert validate(data, shapes).conforms
    assert not reference.validate(turtle(data), turtle(shapes)).conforms, "rdflib has been mended: drop this case"


def test_a_blank_node_cannot_be_compared_so_it_is_a_result() -> None:
    data, shapes = BLANK_ORDER
    assert not validate(data, shapes).conforms
    with pytest.raises(RulebookError):
        reference.validate(turtle(data), turtle(shapes))


def test_every_solution_is_a_result_also_one_that_comes_twice() -> None:
    """SHACL 5.3: one validation result for each solution; a query without DISTINCT may give the same one twice."""
    data = "ex:a ex:owns ex:b , ex:c . ex:b ex:colour ex:red . ex:c ex:colour ex:red ."
    shapes = """ex:shape sh:targetNode ex:a ; sh:sparql [ sh:select
        "SELECT $this ?value WHERE { $this <https://example.org/owns>/<https://example.org/colour> ?value }" ] ."""
    assert len(validate(data, shapes).results) == 2
    assert len(validate(data, shapes.replace("SELECT", "SELECT DISTINCT")).results) == 1
    assert len(reference.validate(turtle(data), turtle(shapes)).results) == 1, "pySHACL has been mended: compare counts"


def test_solutions_differ_by_variables_that_no_result_holds() -> None:
    """As above; here the solutions differ, so pySHACL too gives two results that look alike."""
    data = "ex:a ex:knows ex:b , ex:c ."
    shapes = """ex:shape sh:targetNode ex:a ; sh:sparql [ sh:select
        "SELECT $this ?other WHERE { $this <https://example.org/knows> ?other }" ] ."""
    assert len(validate(data, shapes).results) == 2
    assert len(reference.validate(turtle(data), turtle(shapes)).results) == 2
