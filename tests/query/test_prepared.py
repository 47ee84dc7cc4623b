"""Queries alike are judged once, and what is run is what would have been run."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcqms_kg.errors import McqmsError
from mcqms_kg.query.engine.prepared import PreparedQueries, prepared
from mcqms_kg.query.guard import judge

_PIECES = [
    *(
        " ",
        "\n",
        "{",
        "}",
        ".",
        ";",
        "?a",
        "?b",
        "<",
        "<=",
        "<<",
        ">",
        "&&",
        "=",
        "a",
        "mc:x",
        ":p",
        "1",
        "(",
        ")",
        "/",
        "+",
        "*",
    ),
    *(
        '"',
        "'",
        "#",
        "\\u003c",
        "\\",
        "FILTER",
        "SELECT *",
        "ASK",
        "UNION",
        "LIMIT 3",
        "FROM",
        "NOW()",
        "SERVICE",
        "GRAPH ?g",
    ),
]
_IRIS = ["<>", "<http://e/a>", "<http://e/a#b>", "<x>", "<?b&&?c>", "<=?a>", "<urn:x:'q'>"]
_QUERIES = [
    "SELECT ?p ?o WHERE {{ {} ?p ?o }}",
    "PREFIX e: {} SELECT * {{ ?s e:p {} . ?s {} ?o FILTER(?o != {} && ?o > 2) }} LIMIT 5",
    "ASK {{ {} a mc:Provider }}",
    "CONSTRUCT {{ {} ?p ?o }} WHERE {{ {} ?p ?o . OPTIONAL {{ ?o rdfs:label ?l }} }}",
    "DESCRIBE {}",
    "SELECT (COUNT(*) AS ?n) {{ GRAPH {} {{ ?s {} ?o }} }}",
]


@given(
    st.lists(st.sampled_from(_PIECES), max_size=12),
    st.lists(st.tuples(st.sampled_from(_IRIS), st.sampled_from(_IRIS)), max_size=12),
)
@settings(max_examples=400)
def test_what_is_found_is_what_is_judged(pieces: list[str], names: list[tuple[str, str]]) -> None:
    woven = [part for n, piece in enumerate(pieces) for part in ((piece, piece), *names[n : n + 1])]
    _same("SELECT * { " + "".join(a for a, _ in woven) + " }", "SELECT * { " + "".join(b for _, b in woven) + " }")


@given(st.sampled_from(_QUERIES), st.lists(st.sampled_from(_IRIS), min_size=8, max_size=8))
def test_queries_as_they_are_asked(query: str, names: list[str]) -> None:
    count = query.count("{}")
    first, second = query.format(*names[:count]), query.format(*names[4 : 4 + count])
    known = PreparedQueries()
    known.keep(first, judge(first, 10_000))
    assert known.find(second) == prepared(judge(second, 10_000))


def _same(first: str, second: str) -> None:
    known = PreparedQueries()
    try:
        known.keep(first, judge(first, 10_000))
    except McqmsError:
        return
    found = known.find(second)
    assert found is None or found == prepared(judge(second, 10_000))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <http://e/g> { ?s ?p ?o }",
        "SELECT * { <http://e/a> <http://e/p>* ?o }",
        "SELECT * { GRAPH ?g { ?s ?p ?o MINUS { ?s <http://e/p> ?o } } }",
        "SELECT * { ?s <http://e/p> '<http://e/a>' }",
        "SELECT * { ?s <http://e/p> ?o } # <http://e/a>",
    ],
)
def test_where_an_iri_matters_each_is_judged(query: str) -> None:
    known = PreparedQueries()
    known.keep(query, judge(query, 10_000))
    assert known.find(query) is None


@pytest.mark.parametrize(
    ("first", "like", "other"),
    [
        ("{ <http://e/a> <http://e/p>+ ?o }", "{ <http://e/b> <http://e/p>+ ?o }", "{ <http://e/a> <http://e/q>+ ?o }"),
        ("{ ?s !<http://e/p> <http://e/a> }", "{ ?s !<http://e/p> <http://e/b> }", "{ ?s !<http://e/q> <http://e/a> }"),
    ],
)
@pytest.mark.parametrize("prologue", ["", "PREFIX x: <http://x/> "])
def test_paths_that_are_walked_are_the_same(first: str, like: str, other: str, prologue: str) -> None:
    known = PreparedQueries()
    known.keep(f"{prologue}SELECT * {first}", judge(f"{prologue}SELECT * {first}", 10_000))
    found = known.find(f"{prologue}SELECT * {like}")
    assert found == prepared(judge(f"{prologue}SELECT * {like}", 10_000)) and found and found.walked
    assert known.find(f"{prologue}SELECT * {other}") is None
    assert not prologue or known.find(f"PREFIX x: <http://y/> SELECT * {like}") is None


def test_no_more_are_kept_than_there_is_room_for() -> None:
    known = PreparedQueries()
    for number in range(1500):
        text = f"SELECT ?v{number} {{ ?s <http://e/p> ?v{number} }}"
        known.keep(text, judge(text, 10_000))
    assert len(known._known) == 1000
