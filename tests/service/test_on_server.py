"""The service over graphs on a server: the same answers, the same limits, and nothing of what is private; what cannot be had is named."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest

from mcqms_kg import resources
from mcqms_kg.query.library import fill_in
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits
from mcqms_kg.store.remote import RemoteHome
from query.asked import asked, stories
from query.test_questions import EXPECTED, QUESTIONS
from service.leaks import GRAPHS, LEAKS, PREFIX, REFUSED
from service.live import live
from service.tenants import MINE, OTHERS, PROVENANCE, PUBLIC, SEES_NOT, SEES_OTHERS, TRACE, Tenants, ask, tenants
from store.servers import SERVERS

FOREIGN = f'INSERT DATA {{ GRAPH <http://e/foreign> {{ <http://e/a> <http://e/p> "{TRACE}" ; a <http://e/Secret> }} }}'
"""What somebody else keeps on the same server."""
NOT_ON_VIRTUOSO = {
    "by a path",
    "by a path that may be empty",
    "by counting",
    "by counting graphs",
    "DESCRIBE",
    "DESCRIBE what a pattern finds",
}
NOT_ASKED_OF_VIRTUOSO = {
    "occupations_by_units_covered",  # its compiler does not take it
    "rules_short_of_options",
    "ways_of_earning_a_credential",
    "what_a_credential_counts_towards",
    "what_to_earn_first",
}


@pytest.fixture(params=SERVERS, scope="module")
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The addresses, which the environment names too."""
    with (
        request.param(tmp_path_factory.mktemp("server") / "data") as addresses,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("MCQMS_CHECK_WAIT_S", "100")
        patch.setenv("MCQMS_STORE", addresses[0])
        patch.setenv("MCQMS_STORE_UPDATE", addresses[1])
        assert httpx.post(addresses[1], data={"update": FOREIGN}).is_success
        yield addresses


@pytest.fixture(scope="module")
def is_virtuoso(server: tuple[str, str]) -> bool:
    return server[0] == server[1]


@pytest.fixture(scope="module")
def built(server: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Tenants:
    assert server
    return tenants(tmp_path_factory.mktemp("tenants"))


@pytest.fixture(scope="module")
def service(built: Tenants) -> Iterator[httpx.Client]:
    limits = QueryLimits(query_timeout_s=5, query_max_rows=3000, query_max_bytes=3_000_000)
    with live(partial(Serving, built.folder, limits, 2)) as client:
        yield client


def nothing_of_it(response: httpx.Response) -> bool:
    said = response.text + str(response.headers)
    return not any(trace in said for trace in (TRACE, "Quark", "dataset/others", "private/others", "e/foreign"))


@pytest.mark.parametrize("who", SEES_NOT)
def test_no_question_leaks(service: httpx.Client, built: Tenants, who: str, is_virtuoso: bool) -> None:
    refused = NOT_ON_VIRTUOSO if is_virtuoso else ()
    for way, query in {**LEAKS, **GRAPHS}.items():
        accept = "text/csv" if way in LEAKS else "text/turtle"
        response = ask(service, PREFIX + query, built.headers(who), accept)
        assert nothing_of_it(response), f"{who}, {way}: {response.text[:300]}"
        assert response.status_code == (422 if way in refused else 200), f"{way}: {response.text[:300]}"
        if response.status_code == 422:
            assert response.json()["title"] == "Unsupported"


@pytest.mark.parametrize("who", SEES_NOT)
def test_a_private_graph_is_one_that_is_not_there(service: httpx.Client, built: Tenants, who: str) -> None:
    headers = built.headers(who)
    for way, query in REFUSED.items():
        made_up = query.replace("others", "otherz").replace("\\u006Fthers", "\\u006Ftherz")
        there, absent = (ask(service, PREFIX + text, headers) for text in (query, made_up))
        assert there.status_code == absent.status_code == 403, way
        assert there.json()["detail"] == absent.json()["detail"].replace("otherz", "others"), way
    everything = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    for graph in (OTHERS, f"{PROVENANCE}/private/others", f"{PROVENANCE}/private", "http://e/foreign"):
        for parameter in ("default-graph-uri", "named-graph-uri"):
            given = {"query": everything, parameter: graph}
            response = service.get("/sparql", params=given, headers={"accept": "text/csv", **headers})
            assert response.status_code == 200 and response.text.count("\n") == 1, (parameter, graph)
        one, other = (service.get("/graphs", params={"graph": g}, headers=headers) for g in (graph, f"{graph}x"))
        assert one.status_code == other.status_code == 404 and one.content == other.content
        direct = ask(service, f"SELECT * {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", headers)
        assert direct.text.count("\n") == 1


def test_only_the_graphs_that_are_named_are_asked(service: httpx.Client, built: Tenants) -> None:
    """Some servers take all they have where a query names no graph for one of its two parts."""
    headers = {"accept": "text/csv", **built.headers("admin")}
    default, named = "SELECT ?o { <http://e/a> <http://e/p> ?o }", "SELECT ?g { GRAPH ?g { <http://e/a> ?p ?o } }"
    for text, parameter, expected in (
        (default, "default-graph-uri", ["everybody"]),
        (default, "named-graph-uri", []),
        (named, "default-graph-uri", []),
        (named, "named-graph-uri", [PUBLIC, PUBLIC]),
    ):
        found = service.get("/sparql", params={"query": text, parameter: PUBLIC}, headers=headers)
        assert found.text.replace("\r", "").split("\n")[1:-1] == expected, (parameter, text)
    chosen = service.get(
        "/sparql", params={"query": f"SELECT ?o FROM <{MINE}> {{ ?s <http://e/p> ?o }}"}, headers=headers
    )
    assert chosen.text.split() == ["o", "mine"], "FROM adds nothing to what it names"


@pytest.mark.parametrize("who", SEES_OTHERS)
def test_those_who_may_see_it(service: httpx.Client, built: Tenants, who: str) -> None:
    headers = built.headers(who)
    assert TRACE in ask(service, PREFIX + LEAKS["by value"], headers).text
    assert "foreign" not in ask(service, PREFIX + LEAKS["by any graph"], headers).text, (
        "not even an admin sees others' graphs"
    )
    assert ask(service, PREFIX + LEAKS["by the graph's name"], headers).text.count("\n") == 5
    assert service.get("/graphs", params={"graph": OTHERS}, headers=headers).status_code == 200


def test_working_graphs_are_seen_by_all_and_written_by_those_who_may(service: httpx.Client, built: Tenants) -> None:
    text = "INSERT DATA { <http://e/x> <http://e/p> 1 GRAPH <http://e/w> { <http://e/x> <http://e/p> 2 } }"
    for who in SEES_NOT:
        refused = service.post("/sparql", data={"update": text}, headers=built.headers(who))
        assert refused.status_code in (401, 403), who
    admin = built.headers("admin")
    assert service.post("/sparql", data={"update": text}, headers=admin).status_code == 204
    said = service.get("/sparql", headers={"accept": "application/n-triples"}).text
    assert "SPARQL11Update" in said and "<http://e/w>" in said and "e/foreign" not in said
    assert ask(service, "SELECT ?o { GRAPH ?g { <http://e/x> ?p ?o } }", {}).text.split() == ["o", "2"]
    assert service.get("/graphs?default", headers={"accept": "application/n-triples"}).text.count("\n") == 1
    assert service.get("/health/ready").json()["status"] == "ready"
    assert service.post("/sparql", data={"update": "DROP ALL"}, headers=admin).status_code == 204


def test_limits_hold_and_nothing_is_cut_short(service: httpx.Client) -> None:
    rows = ask(service, "SELECT * { ?s ?p ?o }", {})
    assert rows.status_code == 413 and rows.json()["title"] == "AnswerTooLarge"
    begun = time.monotonic()
    cross = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) > STR(?f)) }"
    late = ask(service, cross, {})
    assert late.status_code == 503 and late.json()["title"] == "TookTooLong", late.text
    assert time.monotonic() - begun < 15
    assert ask(service, "ASK { ?s ?p ?o }", {}, "application/sparql-results+json").json()["boolean"] is True
    absent = ask(service, "ASK { ?s ?p 'nobody said this' }", {}, "application/sparql-results+xml")
    assert absent.status_code == 200 and "<boolean>false</boolean>" in absent.text
    wrong = ask(service, "SELECT * { ?s ?p }", {})
    assert wrong.status_code == 400 and wrong.json()["line"] == 1
    for hidden in (
        "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://e/> { ?s ?p ?o } }",
    ):
        assert ask(service, hidden, {}).status_code == 403


def test_a_provider_hands_in_and_checks(service: httpx.Client, built: Tenants) -> None:
    story = resources.root() / "data" / "flawed-provider"
    mine = built.headers("provider")
    files = [("data", (path.name, path.read_bytes(), "text/turtle")) for path in sorted(story.glob("*.ttl"))]
    made = service.post("/datasets/mine", files=files, headers=mine)
    assert made.status_code == 201 and made.json()["private"] is True, made.text
    report = service.post(
        "/checks", json={"dataset": "mine", "as_of": "2026-06-30"}, headers={"prefer": "wait=120", **mine}
    )
    assert report.status_code == 200 and report.json()["verdict"] == "nonconformant", report.text[:300]
    listed = service.get("/datasets", headers=mine).text
    assert "mine" in listed and "mine" not in service.get("/datasets").text
    counted = "SELECT (COUNT(*) AS ?n) { ?s a mc:Provider }"
    assert ask(service, counted, mine).text.split() == ["n", "1"] and ask(service, counted, {}).text.split() == [
        "n",
        "0",
    ]
    for page in ("/", "/datasets", "/questions", "/vocabulary", "/query", "/dataset/school"):
        shown = service.get(page, headers={"accept": "text/html"}, follow_redirects=True)
        assert shown.status_code == 200 and nothing_of_it(shown), page


@pytest.mark.slow
def test_named_questions_have_the_rows_that_they_have_in_the_folder(
    server: tuple[str, str], is_virtuoso: bool, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MCQMS_STORE")
        with stories(tmp_path / "here") as workspace, asked(workspace) as folder:
            expected = {
                (name, json.dumps(given)): sorted(folder.rows(fill_in(QUESTIONS[name], given)))
                for name, given, _ in EXPECTED
            }
    for graph in RemoteHome(*server, 60).graphs():
        httpx.post(server[1], data={"update": f"DROP SILENT GRAPH {graph}"})
    stories(tmp_path / "there").close()
    refused, compared, wrong = set(), 0, []
    with live(partial(Serving, tmp_path / "there", QueryLimits(), 2)) as client:
        for name, given, _ in EXPECTED:
            found = client.get(f"/questions/{name}", params=given, headers={"accept": "text/csv"})
            if found.status_code == 422:
                refused.add(name)
                continue
            assert found.status_code == 200, (name, found.text)
            compared += 1
            if sorted(found.text.split("\r\n")[1:-1]) != expected[name, json.dumps(given)]:
                wrong.append(name)
    assert not wrong
    assert compared > 20
    assert refused == (NOT_ASKED_OF_VIRTUOSO if is_virtuoso else set())
