"""Paths that fork count each way, as SPARQL says; the engine gives an end once however many ways lead there."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from mcqms_kg.errors import Unsupported
from mcqms_kg.query.guard import judge
from mcqms_kg.query.update.parse import parse_update
from query.test_guard import P, rows

DATA = """PREFIX e: <http://e/> INSERT DATA {
  e:x e:p e:y , e:w ; e:q e:y . e:y e:z 1 , 2 ; e:p e:x . e:w e:z 1 . e:k a e:K ; e:label "k" , "K"@en ; e:name "k" }"""


def store() -> ox.Store:
    made = ox.Store()
    made.update(DATA)
    return made


@pytest.mark.parametrize(
    ("pattern", "same"),
    [
        ("e:x e:p|e:q ?o", "{ e:x e:p ?o } UNION { e:x e:q ?o }"),
        ("e:x (e:p|e:p) ?o", "{ e:x e:p ?o } UNION { e:x e:p ?o }"),
        ("e:x (e:p|e:q)/e:z ?o", "{ e:x e:p/e:z ?o } UNION { e:x e:q/e:z ?o }"),
        ("?s (e:p/e:z)|(e:q/e:z) ?o", "{ ?s e:p/e:z ?o } UNION { ?s e:q/e:z ?o }"),
        ("?s ^(e:p|e:q) ?o", "{ ?o e:p ?s } UNION { ?o e:q ?s }"),
        ("?s (e:p|^e:p) ?o", "{ ?s e:p ?o } UNION { ?o e:p ?s }"),
        ("?s !(e:z|^e:z) ?o", "{ ?s ?r ?o FILTER(?r != e:z) } UNION { ?o ?r ?s FILTER(?r != e:z) }"),
        ("?s (e:p|!e:p) ?o", "?s ?r ?o"),
        (
            "?s ((e:p|e:q)|e:p)/(e:z|e:z) ?o",
            "{ ?s ?r ?on . VALUES ?r { e:p e:q e:p } . ?on ?t ?o VALUES ?t { e:z e:z } }",
        ),
        (
            "?s e:z ?n ; e:p|e:q ?o , ?o2 .",
            "?s e:z ?n . ?s ?r ?o . ?s ?t ?o2 VALUES ?r { e:p e:q } VALUES ?t { e:p e:q }",
        ),
        (
            "?s a|e:label \"K\"@en . ?s e:name|e:label 'k'",
            "?s e:label \"K\"@en . ?s ?r 'k' VALUES ?r { e:name e:label }",
        ),
        ("?s e:q ?o OPTIONAL { ?s e:p|e:q ?o }", "?s e:q ?o OPTIONAL { ?s ?r ?o VALUES ?r { e:p e:q } }"),
        ("?s e:p|e:q ?o FILTER(?o = e:y) ?o e:z ?n", "?s ?r ?o VALUES ?r { e:p e:q } ?o e:z ?n FILTER(?o = e:y)"),
        ("?s (e:p|e:q)+ ?o", "{ SELECT DISTINCT ?s ?o { ?s (e:p|e:q)+ ?o } }"),
        (
            "e:x (e:p|e:q)? ?o",
            "{ SELECT DISTINCT ?o { { e:x ?r ?o VALUES ?r { e:p e:q } } UNION { BIND(e:x AS ?o) } } }",
        ),
        ("_:b e:z ?n . ?s e:p|e:q ?o . _:b e:p ?m", "?b e:z ?n . ?s ?r ?o VALUES ?r { e:p e:q } ?b e:p ?m"),
    ],
)
@pytest.mark.parametrize("asked", ["SELECT ?s ?o ?n ?m ?o2", "SELECT (COUNT(*) AS ?all)"])
def test_each_way_counts(asked: str, pattern: str, same: str) -> None:
    judged = judge(f"{P} {asked} {{ {pattern} }}", 10_000)
    assert rows(store(), judged.text) == rows(store(), f"{P} {asked} {{ {same} }}"), judged.text


def test_nothing_new_is_seen_by_a_star() -> None:
    found = store().query(judge(f"{P} SELECT * {{ ?s e:p|e:q ?o ; e:z|!e:p ?n }}", 10_000).text)
    assert isinstance(found, ox.QuerySolutions)
    assert {variable.value for variable in found.variables} == {"s", "o", "n"}


def test_the_store_gives_an_end_once() -> None:
    """Where this fails, the store was mended, and paths may be asked as they are."""
    assert len(rows(store(), f"{P} SELECT ?o {{ e:x e:p|e:q ?o }}")) == 2


@pytest.mark.parametrize(
    "pattern", ["[] e:p|e:q ?o", "_:b e:p|e:q ?o", "?s e:p|e:q [ e:z 1 ]", "?s e:p [ e:z|e:p 1 ]", "?s e:p|e:q ( 1 )"]
)
def test_at_a_blank_node_it_is_refused_by_name(pattern: str) -> None:
    with pytest.raises(Unsupported, match=r"query:1:\d+: .*at a blank node. Use a variable"):
        judge(f"{P} SELECT * {{ {pattern} }}", 10_000)


def test_very_many_ways_are_refused_by_name() -> None:
    with pytest.raises(Unsupported, match="more than 64 ways"):
        judge(f"{P} ASK {{ ?s {'/'.join(['(e:p|e:q)'] * 40)} ?o }}", 10_000)


def test_very_many_forks_are_refused_by_name() -> None:
    objects = ", ".join(f"?o{n}" for n in range(5000))
    with pytest.raises(Unsupported, match="too many of them"):
        judge(f"{P} ASK {{ ?s e:p|e:q {objects} }}", 100_000)


def test_updates_count_them_too() -> None:
    (operation,) = parse_update(f"{P} INSERT {{ ?s e:n ?o }} WHERE {{ ?s e:p|e:q ?o }}", 10_000)
    assert operation.where and "UNION" in operation.where.text  # type: ignore[union-attr]  # it has a pattern
