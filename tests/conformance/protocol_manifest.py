"""Reads the SPARQL Protocol tests of the W3C suite: the requests of each, and what every response must be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from conformance.sparql_manifest import load
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Term

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_HT = "http://www.w3.org/2011/http#"
_CNT = "http://www.w3.org/2011/content#"
_UT = "http://www.w3.org/2009/sparql/tests/test-update#"
_STATUS = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}
_LABEL = terms.iri("http://www.w3.org/2000/01/rdf-schema#label")


@dataclass(frozen=True)
class Exchange:
    """A request, and the response that it must get: the status or its first digit, its format, its yes or no."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statuses: frozenset[str]
    format: str
    boolean: bool | None
    location: str = ""
    """What stands in later requests for the address that the response tells."""
    content: str | None = None
    """The graph that comes back, as Turtle."""


@dataclass(frozen=True)
class ProtocolCase:
    """A test: graphs by name, and requests in order."""

    name: str
    graphs: tuple[tuple[str, Path], ...]
    exchanges: tuple[Exchange, ...]


def protocol_cases(root: Path) -> list[ProtocolCase]:
    """Every protocol test, by name."""
    graph = GraphIndex(load(root / "protocol" / "manifest.ttl"))
    found = (_case(graph, test) for test in graph.instances(terms.iri(_MF + "ProtocolTest")))
    return sorted(found, key=lambda case: case.name)


def graph_store_cases(root: Path) -> list[ProtocolCase]:
    """Every test of the Graph Store Protocol, those in `http-rdf-update` aside, which these took the place of."""
    manifests = sorted((root / "graph-store-protocol").glob("manifest-*.ttl"))
    indexes = [GraphIndex(load(manifest)) for manifest in manifests]
    return [
        _case(graph, test) for graph in indexes for test in graph.instances(terms.iri(_MF + "GraphStoreProtocolTest"))
    ]


def _case(graph: GraphIndex, test: Term) -> ProtocolCase:
    (connection,) = graph.objects(test, terms.iri(_MF + "action"))
    (requests,) = graph.objects(connection, terms.iri(_HT + "requests"))
    return ProtocolCase(
        terms.local_name(test),
        tuple(_graphs(graph, test)),
        tuple(_exchange(graph, request) for request in graph.collection(requests)),
    )


def _graphs(graph: GraphIndex, test: Term) -> Iterator[tuple[str, Path]]:
    for node in graph.objects(test, terms.iri(_UT + "graphData")):
        (file,), (name,) = graph.objects(node, terms.iri(_UT + "graph")), graph.objects(node, _LABEL)
        yield terms.lexical(name), Path(terms.iri_text(file).removeprefix("file://"))


def _exchange(graph: GraphIndex, request: Term) -> Exchange:
    (response,) = graph.objects(request, terms.iri(_HT + "resp"))
    (headers,) = graph.objects(request, terms.iri(_HT + "headers")) or (terms.iri("none"),)
    said = graph.value(response, terms.iri(_MF + "expectedBoolean"))
    return Exchange(
        method=_text(graph, request, _HT + "methodName"),
        path=_text(graph, request, _HT + "absolutePath"),
        headers=tuple(
            (_text(graph, h, _HT + "fieldName"), _text(graph, h, _HT + "fieldValue")) for h in graph.collection(headers)
        ),
        body=_body(graph, request),
        statuses=frozenset(
            _STATUS.get(name, name.removeprefix("StatusCode").rstrip("x"))
            for name in map(terms.local_name, graph.objects(response, terms.iri(_MF + "expectedStatus")))
        ),
        format=_text(graph, response, _MF + "expectedFormat"),
        boolean=None if said is None else terms.lexical(said) == "true",
        location=_text(graph, response, _MF + "expectedLocation"),
        content=_body(graph, response).decode() or None,
    )


def _body(graph: GraphIndex, request: Term) -> bytes:
    body = graph.value(request, terms.iri(_HT + "body"))
    if body is None:
        return b""
    encoding = _text(graph, body, _CNT + "characterEncoding") or "utf-8"
    return _text(graph, body, _CNT + "chars").encode(encoding)


def _text(graph: GraphIndex, subject: Term, predicate: str) -> str:
    found = graph.value(subject, terms.iri(predicate))
    return terms.lexical(found) if found else ""
