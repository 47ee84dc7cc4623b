"""What a query is read as, where an oracle is wrong or says nothing; and what is refused, with the place."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcqms_kg.errors import BadQuery
from mcqms_kg.model import Term
from mcqms_kg.namespaces import RDF, XSD
from mcqms_kg.sparql.algebra import BGP, AggregateJoin, Extend, Filter, LeftJoin, Pattern, Project, Query
from mcqms_kg.sparql.expressions import Aggregate, Call, Expression, Variable
from mcqms_kg.sparql.iris import resolved
from mcqms_kg.sparql.paths import Inverse, Negated, TriplePattern
from mcqms_kg.sparql.reading import MAX_DEPTH
from mcqms_kg.sparql.translate import read
from mcqms_kg.sparql.walk import variables

X, Y = Variable("x"), Variable("y")
P = Term("<http://e/p>")


def pattern(text: str) -> Pattern:
    """What is asked between the braces of a query."""
    return read(f"PREFIX : <http://e/> ASK {{ {text} }}").pattern


def condition(text: str) -> Expression:
    found = pattern(f"FILTER ({text})")
    assert isinstance(found, Filter)
    return found.condition


def triples(text: str) -> tuple[TriplePattern, ...]:
    found = pattern(text)
    assert isinstance(found, BGP)
    return found.triples


def integer(text: str) -> Term:
    return Term(f'"{text}"^^<{XSD}integer>')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("?x-1", Call("-", (X, integer("1")))),
        ("?x -1*2", Call("-", (X, Call("*", (integer("1"), integer("2")))))),
        ("?x - -1", Call("-", (X, integer("-1")))),
        ("-?x", Call("-", (X,))),
        ("1-?x/2*3", Call("-", (integer("1"), Call("*", (Call("/", (X, integer("2"))), integer("3")))))),
        ("!?x = ?y", Call("=", (Call("!", (X,)), Y))),
        ("?x || ?y && ?x = 01", Call("||", (X, Call("&&", (Y, Call("=", (X, integer("01")))))))),
        ("?x NOT IN ()", Call("NOT IN", (X,))),
        ("COALESCE()", Call("COALESCE", ())),
        ("+1.50", Term(f'"+1.50"^^<{XSD}decimal>')),
        ("2.E0", Term(f'"2.E0"^^<{XSD}double>')),
        ("FALSE", Term(f'"false"^^<{XSD}boolean>')),
        ("'a'@en-GB", Term('"a"@en-GB')),
        (f"'a'^^<{XSD}string>", Term('"a"')),
        ("'''it's\n\"so\"\\t'''", Term('"it\'s\\n\\"so\\"\\t"')),
        ("?x<?y", Call("<", (X, Y))),
    ],
)
def test_expression(text: str, expected: Expression) -> None:
    assert condition(text) == expected


def test_blank_nodes_lists_and_what_follows_them() -> None:
    first, rest, nil = (Term(f"<{RDF}{name}>") for name in ("first", "rest", "nil"))
    assert triples("?x :p [ :p ?y ; a :c ], (1 _:l) . _:l ^:p ()") == (
        TriplePattern(X, P, Term("_:b1")),
        TriplePattern(Term("_:b1"), P, Y),
        TriplePattern(Term("_:b1"), Term(f"<{RDF}type>"), Term("<http://e/c>")),
        TriplePattern(X, P, Term("_:b2")),
        TriplePattern(Term("_:b2"), first, integer("1")),
        TriplePattern(Term("_:b2"), rest, Term("_:b3")),
        TriplePattern(Term("_:b3"), first, Term("_:b4")),
        TriplePattern(Term("_:b3"), rest, nil),
        TriplePattern(Term("_:b4"), Inverse(P), nil),
    )


def test_names_and_negated_sets() -> None:
    assert triples("?x !(^:p|a|^:q) :a\\,b%41.c") == (
        TriplePattern(
            X,
            Negated((Term(f"<{RDF}type>"),), (P, Term("<http://e/q>"))),
            Term("<http://e/a,b%41.c>"),
        ),
    )


def test_filters_are_about_the_group_that_they_stand_in() -> None:
    found = pattern("?x :p 1 FILTER (?y) OPTIONAL { ?x :p ?y FILTER (?x) } ?x :p 2")
    assert isinstance(found, Filter)
    assert found.condition == Y
    inner = pattern("?x :p 1 OPTIONAL { { ?x :p ?y FILTER (?x) } }")
    assert isinstance(inner, LeftJoin)
    assert inner.condition is None
    assert isinstance(inner.right, Filter)


def test_a_basic_graph_pattern_goes_on_behind_a_filter() -> None:
    assert pattern("?x :p _:l . FILTER (?x) _:l :p ?y") == Filter(BGP(triples("?x :p _:l . _:l :p ?y")), X)


def test_groups() -> None:
    query = read("SELECT ?x (COUNT(?y) AS ?n) (?n * 2 AS ?m) { ?x ?p ?y } GROUP BY ?x HAVING (?p = 1)")
    assert isinstance(query.pattern, Project)
    extended = query.pattern.pattern
    assert isinstance(extended, Extend)
    assert isinstance(extended.pattern, Extend)
    assert extended.expression == Call("*", (Variable("n"), integer("2")))
    grouped = extended.pattern.pattern
    assert isinstance(grouped, Filter)
    assert isinstance(grouped.pattern, AggregateJoin)
    assert grouped.pattern.keys == (X,)
    assert [one for _, one in grouped.pattern.aggregates] == [Aggregate("COUNT", Y), Aggregate("SAMPLE", Variable("p"))]


def test_what_is_one_term_throughout_may_stand_beside_aggregates() -> None:
    text = "SELECT $this (COUNT(?y) AS ?n) { $this ?p ?y }"
    with pytest.raises(BadQuery, match=r"query:1:8: \?this is selected beside groups"):
        read(text)
    assert read(text, frozenset({"this"})).variables == (Variable("this"), Variable("n"))


def test_everything_selects_what_is_in_scope_in_order() -> None:
    query = read(
        "SELECT * { ?x ?p ?y MINUS { ?m ?p ?y } FILTER (?f) { SELECT ?s { ?s ?t ?u } } BIND (1 AS ?b) } VALUES ?v { 1 }"
    )
    assert [one.name for one in query.variables] == ["x", "p", "y", "s", "b", "v"]


def test_variables_anywhere() -> None:
    query = read("SELECT ?x { ?x !<p> ?y FILTER NOT EXISTS { ?z <p> ?w } }")
    assert variables(query) == {"x", "y", "z", "w"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("SELECT", "query:1:7: The query ends too early"),
        ("SELECT ?x {\n ?x ?y }", r"query:2:8: '}' cannot stand here"),
        ("SELECT ?x { ?x :p 1 }", "query:1:16: The prefix : is not declared"),
        ("PREFIX a:b <c> ASK { }", "query:1:8: A prefix must stand here"),
        ("ASK { ?x ?y ?z . . }", "query:1:18: '.' cannot stand here"),
        ("ASK { ?x ?y 1 ?z ?y 1 }", r"query:1:15: '\?z' cannot stand here"),
        ("ASK { FILTER (1 = 2 = 3) }", "query:1:21"),
        ("ASK { FILTER (!!?x) }", "query:1:16"),
        ("ASK { FILTER ?x }", "query:1:14"),
        ("ASK { FILTER <f> }", "query:1:14: A function must be called here"),
        ("ASK { FILTER (STR(?x, 1)) }", "query:1:15: STR does not take 2 arguments"),
        ("ASK { FILTER (BOUND(1)) }", "query:1:15: BOUND takes a variable"),
        ("ASK { FILTER (COUNT(?x) > 1) }", "query:1:15: The aggregate COUNT cannot stand here"),
        ("SELECT (SUM(MAX(?x)) AS ?y) { }", "query:1:13: The aggregate MAX cannot stand here"),
        ("ASK { ?x ?y _:a OPTIONAL { _:a ?y 1 } }", "query:1:28: _:a stands in two basic graph patterns"),
        ("ASK { ?x ?y 1 BIND (1 AS ?x) }", r"query:1:26: \?x may have a value already"),
        ("ASK { { SELECT ?x { } } BIND (1 AS ?x) }", r"query:1:36: \?x may have a value already"),
        ("SELECT (1 AS ?x) { ?x ?y 1 }", r"query:1:14: \?x may have a value already"),
        ("SELECT (1 AS ?x) (2 AS ?x) { }", r"query:1:24: \?x may have a value already"),
        ("SELECT * { ?x ?y 1 } GROUP BY ?x", r"SELECT \* cannot select from groups"),
        ("SELECT ?y { ?x ?y 1 } GROUP BY ?x", r"query:1:8: \?y is selected beside groups"),
        ("ASK { VALUES (?x ?y) { (1) } }", "query:1:24: There are 1 values for 2 variables"),
        ("CONSTRUCT { } WHERE { }", "query:1:1: CONSTRUCT gives no solutions"),
        ("DESCRIBE <a>", "query:1:1: DESCRIBE gives no solutions"),
        ("INSERT DATA { }", "query:1:1: 'INSERT' cannot stand here"),
        ("SELECT ?x { } LIMIT -1", "query:1:21: A whole number must stand here"),
        ("ASK { } ASK { }", "query:1:9: 'ASK' cannot stand here"),
        ("ASK " + "{ " * (MAX_DEPTH + 1), f"The query is nested deeper than {MAX_DEPTH} levels"),
        ("ASK { FILTER (1" + " + 1" * 300 + ") }", "The sum or product has more than 200 terms"),
    ],
)
def test_refused(text: str, what: str) -> None:
    with pytest.raises(BadQuery, match=what):
        read(text)


@pytest.mark.parametrize(
    "opening", ["{", "FILTER (1+(", "?x ?y [ ?z ", "?x ?y ( ", "?x ^(^(", "OPTIONAL {", "FILTER EXISTS {"]
)
def test_depth_is_bounded(opening: str) -> None:
    with pytest.raises(BadQuery):
        read("ASK { " + opening * 5000)


@given(st.text(alphabet="{}()[]<>?x:a1.,;|/^*+!='\"\\ \n", max_size=40).map("SELECT * { {} ".__add__))
def test_anything_is_read_or_refused(text: str) -> None:
    with suppress(BadQuery):
        assert isinstance(read(text), Query)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("g:h", "g:h"),
        ("g", "http://a/b/c/g"),
        ("./g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"),
        ("//g", "http://g"),
        ("?y", "http://a/b/c/d;p?y"),
        ("g?y/./x", "http://a/b/c/g?y/./x"),
        ("#s", "http://a/b/c/d;p?q#s"),
        ("", "http://a/b/c/d;p?q"),
        ("..", "http://a/b/"),
        ("../..", "http://a/"),
        ("../../../g", "http://a/g"),
        ("/./g", "http://a/g"),
        ("g..", "http://a/b/c/g.."),
        ("./../g", "http://a/b/g"),
        ("g/../h", "http://a/b/c/h"),
        ("g;x=1/../y", "http://a/b/c/y"),
    ],
)
def test_references(reference: str, expected: str) -> None:
    """The examples of RFC 3986, 5.4."""
    assert resolved("http://a/b/c/d;p?q", reference) == expected


def test_references_in_other_schemes() -> None:
    assert resolved("urn:a:b", "#c") == "urn:a:b#c"
    assert resolved("http://a", "b") == "http://a/b"
    assert resolved("", "b") == "b"
