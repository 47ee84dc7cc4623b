"""Default graphs are asked as the one graph that SPARQL makes of them: no statement counts twice."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcqms_kg.model import Term
from mcqms_kg.query.engine.merged import Merging
from mcqms_kg.query.update.change_request import UpdateRequest, Work
from mcqms_kg.query.update.worker import drafted
from mcqms_kg.settings import QueryLimits, UpdateLimits
from mcqms_kg.store.change import GraphName
from query.asked import Asked
from store.workspaces import hand, new_workspace, turtle

QUERIES = (
    "SELECT * { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?a ?c { ?a ?p ?b . ?b ?q ?c }",
    "SELECT ?a ?c { ?a <e:p>/<e:p> ?c }",
    "SELECT ?a ?b { ?a <e:p>|<e:q> ?b }",
    "SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b } GROUP BY ?a",
    "SELECT ?a ?x { ?a <e:p> ?b OPTIONAL { ?b <e:q> ?x } }",
    "SELECT ?a { ?a <e:p> ?b MINUS { ?b ?q ?a } }",
    "SELECT ?g ?s { GRAPH ?g { ?s <e:p> ?o } ?s ?q ?o }",
)
NAMES = st.sampled_from([ox.NamedNode(f"e:{letter}") for letter in "abpq"])
OBJECTS = NAMES | st.sampled_from([ox.Literal("x", language="en"), ox.Literal(1), ox.BlankNode("b")])
GRAPHS: list[GraphName] = [
    *(
        ox.NamedNode(name)
        for name in ("https://w3id.org/mcqms/dataset/a/1", "https://w3id.org/mcqms/dataset/b/1", "e:g")
    ),
    ox.DefaultGraph(),
]
QUADS = st.builds(ox.Quad, NAMES | st.just(ox.BlankNode("b")), NAMES, OBJECTS, st.sampled_from(GRAPHS))


def bag(found: object) -> list[str]:
    assert isinstance(found, ox.QuerySolutions)
    names = sorted(variable.value for variable in found.variables)
    return sorted(str([str(row[name]) for name in names]) for row in found)


def test_the_engine_gives_a_statement_for_each_graph_that_has_it() -> None:
    """Where this fails the engine has learned it, and nothing need be done about it."""
    store = ox.Store()
    for graph in GRAPHS[:2]:
        store.add(ox.Quad(ox.NamedNode("e:a"), ox.NamedNode("e:p"), ox.Literal(1), graph))
    assert len(bag(store.query(QUERIES[0], default_graph=[*GRAPHS[:2]]))) == 2


@settings(max_examples=60)
@given(st.lists(QUADS, max_size=14), st.lists(st.sampled_from(GRAPHS), max_size=6), st.sampled_from(["", "all"]))
def test_several_graphs_answer_as_one_with_all_their_statements(
    quads: list[ox.Quad], asked: list[GraphName], name: str
) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        original, one = ox.Store(f"{folder}/original"), ox.Store()
        original.extend(quads)
        one.extend(quads)
        whole = ox.NamedNode("e:one")
        one.extend([ox.Quad(q.subject, q.predicate, q.object, whole) for q in quads if q.graph_name in asked])
        (place := Path(folder) / "place").mkdir()
        original.backup(Path(folder) / "copy")
        store = ox.Store.read_only(f"{folder}/copy")
        named = [graph for graph in GRAPHS if isinstance(graph, ox.NamedNode)]
        merging = Merging()
        for merged in (merging.of(store, asked, place, name) for _ in range(2)):  # the second time from what is known
            for query in QUERIES:
                found = merged[0].query(query, default_graph=[*merged[1]], named_graphs=[*named])
                expected = one.query(query, default_graph=[whole], named_graphs=[*named])
                assert bag(found) == bag(expected), query
        merging.forget_copies()


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Asked]:
    """Two datasets that share one statement."""
    with new_workspace(tmp_path / "ws") as workspace:
        hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 1 . ex:a ex:q 1 ."), dataset="one")
        hand(workspace, turtle(tmp_path / "b.ttl", "ex:a ex:p 1 . ex:b ex:p 1 . ex:c ex:p 1 ."), dataset="two")
        found = Asked(workspace, QueryLimits())
        try:
            yield found
        finally:
            found.pool.close()


def test_what_two_datasets_say_counts_once(ask: Asked) -> None:
    one, two = ask.graphs
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s <http://e/p> ?o }}"
    for _ in range(3):
        assert ask.rows(count.format("")) == ["3"]
    assert ask.rows(count.format(f"FROM {one} FROM {two}")) == ["3"]
    assert ask.rows(count.format(f"FROM {one} FROM {one}")) == ["1"]
    assert ask.rows(f"SELECT ?g FROM {one} FROM {two} FROM NAMED {two} {{ GRAPH ?g {{ <http://e/a> ?p ?o }} }}") == [
        two[1:-1]
    ]
    assert ask.rows("SELECT ?g { GRAPH ?g { <http://e/a> <http://e/p> ?o } }") == [one[1:-1], two[1:-1]]
    assert ask.rows("SELECT DISTINCT ?g { GRAPH ?g { } FILTER (CONTAINS(STR(?g), 'merged')) }") == []
    for graphs in ([one, two], [one, one, two]):
        chosen = ask.answer(count.format(""), graphs, [], ["csv"], from_protocol=True)
        assert chosen.content == b"n\r\n3\r\n"


def test_copies_are_shared_and_go(ask: Asked) -> None:
    """One for what is seen, whatever process asks; one for what was chosen last; none of a process that is gone."""
    one, two = ask.graphs
    ask.checkpoints.refresh()
    copy = ask.checkpoints.newest()
    assert copy
    (copy / "merging-4194305").mkdir()  # no process has so large a number
    for text in ("SELECT ?s { ?s ?p 1 }", "SELECT ?s { ?s ?p ?o }", "SELECT * { ?s ?p ?o }"):
        for named in ([one], [two], [one, two]):
            ask.answer(text, [one, two], [Term(n) for n in named], ["csv"])
            ask.answer(text, [one, two], [Term(n) for n in named], ["csv"], from_protocol=True)
    assert len([*copy.glob("merged-*.store")]) == 1 and len([*copy.glob("merging-*")]) <= 1
    ask.checkpoints.outdate()
    ask.checkpoints.refresh()
    assert not copy.exists(), "they go with the copy of the store that they are of"


def test_an_update_takes_several_graphs_as_one(tmp_path: Path) -> None:
    store = ox.Store(tmp_path / "store")
    store.update("INSERT DATA { GRAPH <e:x> { <e:a> <e:p> 1 } GRAPH <e:y> { <e:a> <e:p> 1 } }")
    store.backup(tmp_path / "copy")
    text = "INSERT { <e:s> <e:n> ?n } USING <e:x> USING <e:y> WHERE { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }"
    limits = UpdateLimits(update_memory_mb=100_000)
    change = drafted(Work(UpdateRequest(text), tmp_path / "copy", tmp_path / "scratch", limits)).change
    assert [quad.object for quad in change.added] == [ox.Literal(1)]
