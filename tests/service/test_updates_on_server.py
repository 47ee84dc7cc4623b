"""Writing through the service where the graphs are on a server: the same updates and the same graphs over HTTP as in the folder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from mcqms_kg.errors import ServerFailed
from mcqms_kg.graph import terms
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits, UpdateLimits
from mcqms_kg.store.change import Change
from mcqms_kg.store.remote import RemoteHome
from mcqms_kg.store.remote_change import BATCH, Journal, planned
from service.test_graph_store import (  # noqa: F401  # asked here of servers, by the fixtures of this file
    test_a_new_graph_gets_a_name,
    test_bodies_that_are_refused,
    test_graphs_without_statements_are_graphs,
    test_gzip_is_read,
    test_names_that_are_none,
    test_nothing_is_left_of_what_was_sent,
    test_of_two_who_change_the_same_one_is_told,
    test_only_what_was_seen_is_overwritten,
    test_parts_of_a_form,
    test_replace_merge_and_drop,
    test_the_address_is_a_name,
    test_the_unnamed_graph_is_always_there,
    test_what_is_ours_never_changes,
)
from service.test_updates import (  # noqa: F401  # the same
    PROVENANCE,
    VERSION,
    protected,
    rows,
    test_a_form_is_as_good,
    test_a_runaway_update_is_stopped_and_changes_nothing,
    test_all_and_named_and_variables_mean_working_graphs,
    test_all_operations_of_a_request_or_none,
    test_later_operations_see_what_earlier_ones_did,
    test_nothing_to_do_is_done,
    test_the_protocol_names_the_graphs_of_where,
    test_too_much_is_refused,
    test_versions_and_provenance_never_change,
    test_versions_are_read_where_they_are_named,
    test_what_is_refused_is_a_problem,
    test_what_is_written_is_seen_by_default_and_by_name,
    update,
    working,
)
from service.writable import writable
from store.servers import SERVERS
from store.workspaces import hand, new_workspace, turtle

LIMITS = UpdateLimits(update_timeout_s=8, update_max_bytes=200_000, update_max_statements=2000)
FOREIGN = "INSERT DATA { GRAPH <http://e/foreign> { <http://e/a> <http://e/p> 'theirs' } }"


@pytest.fixture(params=SERVERS, scope="module")
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with (
        request.param(tmp_path_factory.mktemp("server") / "data") as addresses,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("MCQMS_STORE", addresses[0])
        patch.setenv("MCQMS_STORE_UPDATE", addresses[1])
        assert httpx.post(addresses[1], data={"update": FOREIGN}).is_success
        yield addresses


@pytest.fixture(scope="module")
def folder(server: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert server
    at = tmp_path_factory.mktemp("ws")
    with new_workspace(at / "ws") as workspace:
        hand(workspace, turtle(at / "a.ttl", "ex:a ex:p 'kept' . ex:b ex:p ex:a ."))
    return at / "ws"


@pytest.fixture(scope="module")
def serving(folder: Path) -> Iterator[httpx.Client]:
    with writable(partial(Serving, folder, QueryLimits(query_timeout_s=10), 1, LIMITS)) as client:
        yield client


@pytest.fixture
def service(serving: httpx.Client) -> Iterator[httpx.Client]:
    kept = [protected(serving, graph) for graph in (VERSION, PROVENANCE)]
    assert update(serving, "DROP SILENT ALL").status_code == 204
    yield serving
    assert [protected(serving, graph) for graph in (VERSION, PROVENANCE)] == kept


LITERALS = [
    *("true", "false", "0", "-7", "1.5", "1.0e3", "''", "'a'", "'a'@en", "'a'@en-GB", "'x'^^<http://e/type>"),
    *("'2026-06-30'^^xsd:date", "'2026-06-30T12:00:00Z'^^xsd:dateTime", "'P1D'^^xsd:dayTimeDuration"),
    *("'\\u00e9\\U0001f600'", r"""'two\nlines "quoted" and \\ back'"""),
]


def test_what_is_added_can_be_removed_again(service: httpx.Client) -> None:
    """Servers keep literals in their own ways, and all of what is asked must be done all the same."""
    for number, literal in enumerate(LITERALS):
        assert update(service, f"INSERT DATA {{ <http://e/l{number}> <http://e/p> {literal} }}").status_code == 204, (
            literal
        )
    assert len(rows(service, "SELECT ?s ?o { ?s <http://e/p> ?o FILTER(STRSTARTS(STR(?s), 'http://e/l')) }")) == len(
        LITERALS
    )
    assert update(service, "DELETE WHERE { ?s <http://e/p> ?o }").status_code == 204
    assert service.get("/graphs?default", headers={"accept": "application/n-triples"}).text.strip() == ""


def test_what_somebody_else_keeps_there_is_not_touched(service: httpx.Client, server: tuple[str, str]) -> None:
    theirs = "INSERT DATA { GRAPH <http://e/foreign> { <http://e/a> <http://e/p> 2 } }"
    turtle_ = {"content-type": "text/turtle"}
    for refused in (
        update(service, theirs),
        update(service, "CREATE GRAPH <http://e/foreign>"),
        update(service, "COPY DEFAULT TO <http://e/foreign>"),
        service.put("/graphs?graph=http://e/foreign", content=b"<a:b> <a:c> 1 .", headers=turtle_),
    ):
        assert refused.status_code == 403 and "not of this workspace" in refused.json()["detail"], refused.text
    for text in ("DROP GRAPH <http://e/foreign>", "COPY <http://e/foreign> TO DEFAULT"):
        assert update(service, text).status_code == 404
    assert update(service, "DROP ALL").status_code == 204
    foreign = RemoteHome(*server, 60).statements(ox.NamedNode("http://e/foreign"))
    assert [str(quad.object) for quad in foreign] == ['"theirs"']
    assert rows(service, "SELECT ?o { GRAPH <http://e/foreign> { ?s ?p ?o } }") == []


def test_a_dataset_is_handed_in_and_rolled_back(serving: httpx.Client) -> None:
    for value in (1, 2):
        made = serving.post(
            "/datasets/other", content=f"<a:b> <a:c> {value} .".encode(), headers={"content-type": "text/turtle"}
        )
        assert made.status_code == 201, made.text
    back = serving.post("/datasets/other/rollbacks", json={"version": 1})
    assert (back.status_code, back.json()["version"]) == (201, 3), back.text
    assert rows(serving, "SELECT ?o { <a:b> <a:c> ?o }") == ["1"]


def change_of(size: int) -> Change:
    name, predicate = ox.NamedNode("http://g/large"), ox.NamedNode("http://e/p")
    quads = [ox.Quad(ox.NamedNode(f"http://e/{n}"), predicate, ox.Literal(n), name) for n in range(size)]
    return Change(added=tuple(quads), created=(name,))


def test_what_was_begun_is_ended_by_the_next_who_opens(server: tuple[str, str], tmp_path: Path) -> None:
    """A process that is killed between two requests leaves its journal."""
    change, journal = change_of(2 * BATCH + 5), Journal(tmp_path / "sent.json", tmp_path)
    plan = planned(change)
    assert len(plan.forward) > 2
    for sent in range(len(plan.forward) + 1):
        journal.keep(plan)
        for request in plan.forward[:sent]:
            assert httpx.post(server[1], data={"update": request}, timeout=60).is_success
        home = RemoteHome(*server, 60, journal)
        home.finish()
        assert len(list(home.statements(change.created[0]))) == 2 * BATCH + 5 and journal.left() is None
        assert terms.iri("http://g/large") in home.working()
        home.change(Change(removed=change.added, dropped=change.created))
        assert not list(home.statements(change.created[0])) and terms.iri("http://g/large") not in home.working()


def test_what_a_server_refuses_half_way_is_taken_back(
    server: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = RemoteHome(*server, 60, Journal(tmp_path / "sent.json", tmp_path))
    sent, update_ = [0], home._update

    def third_fails(text: str) -> None:
        sent[0] += 1
        update_(text if sent[0] != 3 else "NOT SPARQL")

    monkeypatch.setattr(home, "_update", third_fails)
    with pytest.raises(ServerFailed, match="nothing was changed"):
        home.change(change_of(2 * BATCH + 5))
    assert sent[0] > 3 and not list(home.statements(ox.NamedNode("http://g/large")))
    assert terms.iri("http://g/large") not in home.working() and not (tmp_path / "sent.json").exists()


def test_where_a_server_neither_goes_on_nor_takes_back_the_way_out_is_said(
    server: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = RemoteHome(*server, 60, Journal(tmp_path / "sent.json", tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr(home, "_update", lambda _: RemoteHome._update(home, "NOT SPARQL"))
        for _ in range(2):
            with pytest.raises(ServerFailed, match="neither ended nor taken back") as told:
                home.change(change_of(5))
            assert "sent.json" in str(told.value) and "remove the file" in str(told.value)
    with monkeypatch.context() as patch:
        patch.setattr(RemoteHome, "_update", lambda home, _: home._post(server[1], {"update": "NOT SPARQL"}, "*/*"))
        with pytest.raises(ServerFailed, match="remove the file"):
            RemoteHome(*server, 60, Journal(tmp_path / "sent.json", tmp_path)).finish()
    (tmp_path / "sent.json").unlink()
    home.change(change_of(5))
    assert len(list(home.statements(ox.NamedNode("http://g/large")))) == 5
    home.change(Change(removed=change_of(5).added, dropped=change_of(5).created))


def test_where_no_answer_comes_the_journal_stays(server: tuple[str, str], tmp_path: Path) -> None:
    home = RemoteHome(server[0], "http://127.0.0.1:9/", 60, Journal(tmp_path / "sent.json", tmp_path))
    with pytest.raises(ServerFailed, match="cannot be reached"):
        home.change(change_of(5))
    again = RemoteHome(*server, 60, Journal(tmp_path / "sent.json", tmp_path))
    assert not list(again.statements(ox.NamedNode("http://g/large")))
    again.finish()
    assert len(list(again.statements(ox.NamedNode("http://g/large")))) == 5
    again.change(Change(removed=change_of(5).added, dropped=change_of(5).created))


def test_a_statement_that_two_graphs_have_counts_once_or_is_refused(service: httpx.Client) -> None:
    update(service, "INSERT DATA { <http://e/a> <http://e/p> 'kept' ; <http://e/p> 'more' }")
    for text in (
        "SELECT DISTINCT ?o { <http://e/a> <http://e/p> ?o }",
        "SELECT (COUNT(DISTINCT ?o) AS ?n) { <http://e/a> <http://e/p> ?o }",
        "SELECT ?s (MAX(?o) AS ?n) { ?s <http://e/p> ?o } GROUP BY ?s",
        "SELECT DISTINCT ?n { { SELECT (COUNT(DISTINCT ?o) AS ?n) { <http://e/a> <http://e/p> ?o } } }",
    ):
        assert len(rows(service, text)) == len(set(rows(service, text))), text
    assert rows(service, "SELECT (COUNT(DISTINCT ?o) AS ?n) { <http://e/a> <http://e/p> ?o }") == ["2"]
    for text, right in (
        ("SELECT ?o { <http://e/a> <http://e/p> ?o }", ["kept", "more"]),
        ("SELECT (COUNT(*) AS ?n) { <http://e/a> <http://e/p> ?o }", ["2"]),
        ("SELECT (COUNT(?o) AS ?n) { <http://e/a> <http://e/p> ?o }", ["2"]),
        ("SELECT (GROUP_CONCAT(?o) AS ?n) { <http://e/a> <http://e/p> ?o FILTER(?o = 'kept') }", ["kept"]),
        ("SELECT DISTINCT ?n { { SELECT (COUNT(?o) AS ?n) { <http://e/a> <http://e/p> ?o } } }", ["2"]),
        ("SELECT DISTINCT ?o { { SELECT ?o { <http://e/a> <http://e/p> ?o } ORDER BY ?o LIMIT 2 } }", ["kept", "more"]),
    ):
        answer = service.get("/sparql", params={"query": text}, headers={"accept": "text/csv"})
        if answer.status_code == 422:
            assert "in common" in answer.json()["detail"]
        else:
            assert sorted(answer.text.split("\r\n")[1:-1]) == right, text
    update(service, "DELETE DATA { <http://e/a> <http://e/p> 'kept' }")
    assert rows(service, "SELECT (COUNT(*) AS ?n) { <http://e/a> <http://e/p> ?o }") == ["2"], "apart, they are counted"
