"""Private datasets: whoever they are not named to finds no trace of them, however they ask."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest

from mcqms_kg.model import Version
from mcqms_kg.service.callers.access import Caller, Role
from mcqms_kg.service.callers.views import Views
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits
from mcqms_kg.store.working_graphs import UNNAMED
from service.leaks import GRAPHS, LEAKS, PREFIX, REFUSED
from service.live import live
from service.tenants import MINE, OTHERS, PROVENANCE, SEES_NOT, SEES_OTHERS, TRACE, Tenants, ask, tenants
from store.workspaces import NOON


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Tenants:
    return tenants(tmp_path_factory.mktemp("tenants"))


@pytest.fixture(scope="module")
def service(built: Tenants) -> Iterator[httpx.Client]:
    with live(partial(Serving, built.folder, QueryLimits(query_timeout_s=10), 2)) as client:
        yield client


def nothing_of_it(response: httpx.Response) -> bool:
    said = response.text + str(response.headers)
    return not any(trace in said for trace in (TRACE, "Quark", "dataset/others", "private/others"))


@pytest.mark.parametrize("who", SEES_NOT)
def test_no_question_leaks(service: httpx.Client, built: Tenants, who: str) -> None:
    for way, query in LEAKS.items():
        response = ask(service, PREFIX + query, built.headers(who))
        assert response.status_code == 200 and nothing_of_it(response), f"{who}, {way}: {response.text[:300]}"
    for way, query in GRAPHS.items():
        response = ask(service, PREFIX + query, built.headers(who), "text/turtle")
        assert response.status_code == 200 and nothing_of_it(response), f"{who}, {way}"


@pytest.mark.parametrize("who", SEES_NOT)
def test_a_private_graph_is_refused_as_one_that_is_not_there(service: httpx.Client, built: Tenants, who: str) -> None:
    for way, query in REFUSED.items():
        asked, made_up = (
            PREFIX + query,
            PREFIX + query.replace("others", "otherz").replace("\\u006Fthers", "\\u006Ftherz"),
        )
        there, absent = (ask(service, text, built.headers(who)) for text in (asked, made_up))
        assert there.status_code == absent.status_code == 403, way
        assert there.json()["detail"] == absent.json()["detail"].replace("otherz", "others"), way


@pytest.mark.parametrize("who", SEES_NOT)
@pytest.mark.parametrize("graph", [OTHERS, f"{PROVENANCE}/private/others", f"{PROVENANCE}/private"])
def test_protocol_parameters_and_the_graph_store_leak_nothing(
    service: httpx.Client, built: Tenants, who: str, graph: str
) -> None:
    headers = built.headers(who)
    for parameter in ("default-graph-uri", "named-graph-uri"):
        query = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
        response = service.get(
            "/sparql", params={"query": query, parameter: graph}, headers={"accept": "text/csv", **headers}
        )
        assert response.status_code == 200 and response.text.count("\n") == 1
    there, absent = (service.get("/graphs", params={"graph": name}, headers=headers) for name in (graph, f"{graph}x"))
    assert there.status_code == absent.status_code == 404 and there.content == absent.content
    assert "etag" not in there.headers
    assert nothing_of_it(service.get("/graphs?default", headers=headers))


@pytest.mark.parametrize("who", SEES_NOT)
def test_the_description_counts_what_is_seen(service: httpx.Client, built: Tenants, who: str) -> None:
    shown = service.get("/sparql", headers={"accept": "application/n-triples", **built.headers(who)})
    assert nothing_of_it(shown)
    expected = 3 if who == "provider" else 2
    assert shown.text.count("sparql-service-description#namedGraph>") == expected


@pytest.mark.parametrize("who", SEES_OTHERS)
def test_those_who_may_see_it(service: httpx.Client, built: Tenants, who: str) -> None:
    headers = built.headers(who)
    assert TRACE in ask(service, PREFIX + LEAKS["by value"], headers).text
    assert ask(service, PREFIX + LEAKS["by the graph's name"], headers).text.count("\n") == 5
    assert TRACE in ask(service, PREFIX + LEAKS["by the other's provenance"], headers).text
    assert TRACE not in ask(service, PREFIX + LEAKS["by provenance"], headers).text, "it is in a graph of its own"
    assert service.get("/graphs", params={"graph": OTHERS}, headers=headers).status_code == 200
    mine = service.get("/graphs", params={"graph": MINE}, headers=headers).status_code
    assert mine == (200 if who in ("regulator", "admin") else 404)


def test_answers_are_not_mixed_up(service: httpx.Client, built: Tenants) -> None:
    """The same query by different callers, one after the other: no answer and no tag of one is given to another."""
    query = PREFIX + LEAKS["by value"]
    tags: dict[str, str] = {}
    for who in (*SEES_OTHERS, *SEES_NOT, *SEES_OTHERS, *SEES_NOT):
        response = ask(service, query, built.headers(who))
        assert (TRACE in response.text) == (who in SEES_OTHERS)
        assert "Authorization" in response.headers["vary"]
        assert tags.setdefault(who, response.headers["etag"]) == response.headers["etag"]
    stale = ask(service, query, {"if-none-match": tags["rival"]})
    assert stale.status_code == 200 and nothing_of_it(stale)


def versions(*given: tuple[str, int, bool]) -> list[Version]:
    return [Version(name, number, name, NOON, "Ana", 1, (), None, private) for name, number, private in given]


def test_a_version_is_seen_or_not_by_itself() -> None:
    every = versions(("a", 1, False), ("a", 2, True), ("b", 1, True), ("c", 1, True), ("c", 2, False))
    views = Views(every)
    seen = views.of(Caller("x", Role.PUBLIC))
    assert [(v.dataset, v.number) for v in seen.versions] == [("a", 1), ("c", 2)]
    assert seen.default_graphs == (every[0].graph, every[4].graph, UNNAMED), "the latest that is seen"
    assert len(views.of(Caller("x", Role.PROVIDER, frozenset(["b"]))).versions) == 3
    assert len(views.of(Caller("x", Role.PUBLIC, frozenset(["b"]))).versions) == 2
    assert views.of(Caller("x", Role.ADMIN)).versions == tuple(every)


def test_views_are_made_once_for_all_who_see_the_same() -> None:
    views = Views(versions(("a", 1, False), ("b", 1, True)))
    assert views.of(Caller("x", Role.PUBLIC)) is views.of(Caller("y", Role.PROVIDER, frozenset(["nothing-here"])))
    assert views.of(Caller("x", Role.ADMIN)) is views.of(Caller("y", Role.PROVIDER, frozenset(["b"])))
    for number in range(3000):
        views.of(Caller("x", Role.PROVIDER, frozenset([f"made-up-{number}"])))
    assert len(views._made) == 2, "what callers make up does not fill the memory"
    public, admin = views.askers
    later = Views(versions(("a", 1, False), ("b", 1, True), ("b", 2, True)))
    assert later.default_graphs([public, admin]) == tuple(later.of(one).default_graphs for one in (public, admin))
    assert len(later.default_graphs([admin, admin, Caller("y", Role.REGULATOR)])) == 1, "once for all who see the same"


def test_what_is_written_is_seen_by_those_who_may(tmp_path: Path) -> None:
    from store.workspaces import hand, turtle

    built = tenants(tmp_path)
    serving = Serving(built.folder, QueryLimits(), 1)
    try:
        provider = Caller("provider", Role.PROVIDER, frozenset(["mine"]))
        before = serving.view(provider)
        with serving.writing() as workspace:
            made = hand(workspace, turtle(tmp_path / "b.ttl", "ex:a ex:p 2 ."), dataset="mine")
        assert made.private, "a new version is as the one before"
        assert made.graph in serving.view(provider).default_graphs and made.graph not in before.named_graphs
        assert made.graph not in serving.view(Caller("x", Role.PUBLIC)).named_graphs
    finally:
        serving.stop()
