"""Checkpoints: a query sees everything that was acknowledged before it, and old copies go."""

from __future__ import annotations

from pathlib import Path

from mcqms_kg.query.checkpoints import Checkpoints, remove
from mcqms_kg.settings import QueryLimits
from query.asked import Asked
from store.workspaces import hand, new_workspace, turtle


def test_what_was_written_is_read(tmp_path: Path) -> None:
    with new_workspace(tmp_path / "ws") as workspace:
        hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 1 ."))
        ask = Asked(workspace, QueryLimits())
        try:
            query = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s <http://e/p> ?o } }"
            assert ask.rows(query) == ["1"]
            second = hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 2 ."))
            ask.graphs.append(second.graph)
            assert ask.rows(query) == ["1"], "the copy is read until it is said to be out of date"
            ask.checkpoints.outdate()
            assert ask.rows(query) == ["2"]
            ask.checkpoints.outdate()
            assert ask.rows(query) == ["2"]
            assert len(list(ask.folder.iterdir())) == 1
        finally:
            ask.pool.close()


def test_others_read_the_copy_before_until_the_next_is_there(tmp_path: Path) -> None:
    made: list[Path | None] = []

    def make(folder: Path) -> None:
        made.append(copies.take())
        folder.mkdir()

    copies = Checkpoints(tmp_path / "copies", make)
    assert copies.newest() is None and copies.take() is None
    copies.refresh()
    first = copies.take()
    for _ in range(3):
        copies.renew()
    assert first and made == [None, first, made[2], made[3]] and len(set(made)) == 4
    newest = copies.take()
    for path in (first, first, *made[2:]):
        assert path
        remove(copies.give_back(path))
    assert [*(tmp_path / "copies").iterdir()] == [newest] == [copies.newest()]
    for _ in range(3):
        copies.renew()
    assert copies.newest() != newest and len([*(tmp_path / "copies").iterdir()]) == 4, "each is being read"


def test_a_copy_that_nobody_reads_goes_with_the_next(tmp_path: Path) -> None:
    copies = Checkpoints(tmp_path / "copies", Path.mkdir)
    for _ in range(5):
        copies.renew()
    assert [*(tmp_path / "copies").iterdir()] == [copies.newest()]


def test_a_query_sees_only_the_graphs_it_was_given(tmp_path: Path) -> None:
    with new_workspace(tmp_path / "ws") as workspace:
        first = hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 1 ."))
        hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:secret 2 ."), dataset="private")
        ask = Asked(workspace, QueryLimits())
        try:
            for query in (
                "SELECT ?o { ?s <http://e/secret> ?o }",
                "SELECT ?o { GRAPH ?g { ?s <http://e/secret> ?o } }",
                "SELECT ?o { GRAPH <https://w3id.org/mcqms/dataset/private/1> { ?s ?p ?o } }",
                "SELECT ?o { <http://e/a> (!<http://e/none>)* ?o FILTER(?o = 2) }",
                "SELECT ?g { GRAPH ?g { } FILTER(CONTAINS(STR(?g), 'private')) }",
            ):
                answer = ask.answer(query, [first.graph], [first.graph], ["csv"])
                assert answer.content.count(b"\n") == 1, query
            described = ask.answer("DESCRIBE <http://e/a>", [first.graph], [first.graph], ["nt"])
            assert b"secret" not in described.content and b"http://e/p" in described.content
        finally:
            ask.pool.close()
