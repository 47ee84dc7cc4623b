"""The W3C tests of the SPARQL Protocol and of Service Description, against the live service."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest

from conformance.protocol_manifest import Exchange, ProtocolCase, protocol_cases
from conformance.sparql_manifest import load, suite
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE, GraphIndex
from mcqms_kg.graph.read import FORMATS, Source, read_quads
from mcqms_kg.service.access import Caller
from mcqms_kg.service.serving import Serving, View
from mcqms_kg.settings import QueryLimits
from mcqms_kg.store.workspace import create, open_workspace
from service.live import live

ROOT = suite()
CASES = protocol_cases(ROOT) if ROOT else []
pytestmark = pytest.mark.skipif(ROOT is None, reason="the W3C SPARQL 1.1 suite is not here; set MCQMS_SUITES")
UPDATES = {
    "update_base_uri",
    "update_dataset_default_graph",
    "update_dataset_default_graphs",
    "update_dataset_full",
    "update_dataset_named_graphs",
    "update_post_direct",
    "update_post_form",
}
"""Tests that want an update to be done: the service only reads, and answers 401."""
BOOLEAN = {"application/sparql-results+json", "application/sparql-results+xml"}
MEDIA_TYPES = {
    "boolean": BOOLEAN,
    "tabular": BOOLEAN | {"text/csv", "text/tab-separated-values"},
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"},
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A service whose workspace has the graphs that the tests name."""
    folder = tmp_path_factory.mktemp("service") / "ws"
    create(folder)
    graphs = {terms.iri(name): path for case in CASES for name, path in case.graphs}

    with open_workspace(folder) as workspace:
        workspace.home.add({graph: load(path) for graph, path in graphs.items()})

    class OfTheSuite(Serving):
        def view(self, caller: Caller) -> View:  # noqa: ARG002
            return View((), tuple(graphs), tuple(graphs))

    with live(partial(OfTheSuite, folder, QueryLimits(), 2)) as client:
        yield client


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_protocol(service: httpx.Client, case: ProtocolCase) -> None:
    if case.name in UPDATES:
        assert send(service, case.exchanges[0]).status_code == 401
        return
    for exchange in case.exchanges:
        response = send(service, exchange)
        assert str(response.status_code)[0] in exchange.statuses, response.text
        if exchange.format:
            assert response.headers["content-type"].split(";")[0] in MEDIA_TYPES[exchange.format]
        if exchange.boolean is not None:
            assert response.json()["boolean"] is exchange.boolean


def send(service: httpx.Client, exchange: Exchange) -> httpx.Response:
    request = service.build_request(
        exchange.method, exchange.path, content=exchange.body or None, headers=list(exchange.headers)
    )
    if not any(name.lower() == "content-type" for name, _ in exchange.headers):
        request.headers.pop("content-type", None)
    return service.send(request)


def test_the_suite_is_whole() -> None:
    assert len(CASES) == 34 and set(UPDATES) < {case.name for case in CASES}
    assert all(exchange.statuses for case in CASES for exchange in case.exchanges)


SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json", "*/*"]
)
def test_service_description(service: httpx.Client, tmp_path: Path, accept: str) -> None:
    """The three tests of the suite: RDF comes back, it names this endpoint, and it keeps to the vocabulary."""
    response = service.get("/sparql", headers={"accept": accept})
    kind = response.headers["content-type"].split(";")[0]
    assert response.status_code == 200 and kind == accept.replace("*/*", "text/turtle")
    endings = {
        "text/turtle": ".ttl",
        "application/rdf+xml": ".rdf",
        "application/n-triples": ".nt",
        "application/ld+json": ".jsonld",
    }
    file = tmp_path / f"description{endings[kind]}"
    file.write_bytes(response.content)
    graph = GraphIndex((s, p, o) for s, p, o, _ in read_quads(Source(file, FORMATS[file.suffix])))
    (described,) = graph.instances(terms.iri(SD + "Service"))
    assert graph.objects(described, terms.iri(SD + "endpoint")) == (terms.iri(str(service.base_url.join("/sparql"))),)
    (dataset,) = graph.objects(described, terms.iri(SD + "defaultDataset"))
    assert graph.types(dataset) == (terms.iri(SD + "Dataset"),)
    for name in ("supportedLanguage", "resultFormat"):
        assert all(terms.is_iri(value) for value in graph.objects(described, terms.iri(SD + name)))
    for predicate, kind_ in (("defaultGraph", "Graph"), ("namedGraph", "NamedGraph")):
        for part in graph.objects(dataset, terms.iri(SD + predicate)):
            assert terms.iri(SD + kind_) in graph.objects(part, TYPE)
