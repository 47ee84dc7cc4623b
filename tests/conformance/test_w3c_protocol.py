"""The W3C tests of the SPARQL Protocol, the Graph Store Protocol and Service Description, against the live service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from conformance.endpoint import Endpoint, serving, triples_of
from conformance.protocol_manifest import Exchange, ProtocolCase, graph_store_cases, protocol_cases
from conformance.sparql_manifest import canonical, load, suite
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE, GraphIndex
from mcqms_kg.graph.read import FORMATS, Source, read_quads
from service.writable import writable

ROOT = suite()
CASES, STORE_CASES = (protocol_cases(ROOT), graph_store_cases(ROOT)) if ROOT else ([], [])
pytestmark = [
    pytest.mark.skipif(ROOT is None, reason="the W3C SPARQL 1.1 suite is not here; set MCQMS_SUITES"),
    pytest.mark.xdist_group("w3c-protocol"),
]
BOOLEAN = {"application/sparql-results+json", "application/sparql-results+xml"}
MEDIA_TYPES = {
    "boolean": BOOLEAN,
    "tabular": BOOLEAN | {"text/csv", "text/tab-separated-values"},
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"},
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with writable(serving(tmp_path_factory.mktemp("service"))) as client:
        yield client


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_protocol(service: httpx.Client, case: ProtocolCase) -> None:
    Endpoint(service).hold({name: load(path) for name, path in case.graphs})
    for exchange in case.exchanges:
        response = send(service, exchange)
        assert str(response.status_code)[0] in exchange.statuses, response.text
        if exchange.format:
            assert response.headers["content-type"].split(";")[0] in MEDIA_TYPES[exchange.format]
        if exchange.boolean is not None:
            assert response.json()["boolean"] is exchange.boolean


@pytest.mark.parametrize("case", STORE_CASES, ids=lambda case: case.name)
def test_graph_store(service: httpx.Client, case: ProtocolCase) -> None:
    Endpoint(service).hold({})
    locations: dict[str, str] = {}
    for exchange in case.exchanges:
        path = exchange.path.replace("/gsp", "/graphs", 1)
        for name, location in locations.items():
            path = path.replace(name, location)
        response = send(service, replace(exchange, path=path))
        assert str(response.status_code) in exchange.statuses, response.text
        if exchange.location:
            locations[exchange.location] = response.headers["location"]
        if exchange.content is not None:
            turtle = ox.RdfFormat.TURTLE
            assert response.headers["content-type"] == "text/turtle; charset=utf-8"
            wanted = triples_of(exchange.content.encode(), turtle, str(response.url))
            assert canonical(triples_of(response.content, turtle)) == canonical(wanted)


def send(service: httpx.Client, exchange: Exchange) -> httpx.Response:
    request = service.build_request(
        exchange.method, exchange.path, content=exchange.body or None, headers=list(exchange.headers)
    )
    if not any(name.lower() == "content-type" for name, _ in exchange.headers):
        request.headers.pop("content-type", None)
    return service.send(request)


def test_the_suite_is_whole() -> None:
    assert (len(CASES), len(STORE_CASES)) == (34, 14), "the manifests define 14 and list 13"
    assert all(exchange.statuses for case in (*CASES, *STORE_CASES) for exchange in case.exchanges)
    assert sum(exchange.content is not None for case in STORE_CASES for exchange in case.exchanges) >= 8


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
